-- Mail addresses that letters came back from, or whose owners complained. Nothing is sent to one
-- until somebody clears it; a report that comes again later does not mark it again.
create table unreachable_addresses (
    org text not null,
    -- In small letters.
    address text not null check (length(address) between 3 and 254),
    why text not null check (why in ('bounced', 'complained')),
    reason text not null check (length(reason) <= 300),
    report text not null check (length(report) between 1 and 200),
    since bigint not null,
    cleared_at bigint check (cleared_at >= since),
    primary key (org, address)
);
