-- What staff ask for: time off, or to give a shift away or swap it.
create table staff_requests (
    org text not null,
    id text not null,
    kind text not null,
    staff text not null,
    starts_at bigint not null,
    ends_at bigint not null,
    shift text,
    other text,
    other_shift text,
    reason text not null,
    state text not null,
    word text not null,
    decided_by text not null,
    asked_at bigint not null,
    decided_at bigint,
    version bigint not null,
    primary key (org, id),
    check (kind in ('off', 'give', 'swap')),
    check (state in ('asked', 'open', 'approved', 'declined', 'refused', 'withdrawn')),
    check (ends_at > starts_at),
    check ((kind = 'off') = (shift is null)),
    check ((kind = 'off') = (other is null)),
    check ((kind = 'swap') = (other_shift is not null)),
    check (other is null or other <> staff),
    check (kind <> 'off' or state not in ('asked', 'refused')),
    check ((state in ('asked', 'open')) = (decided_at is null))
);
create index staff_requests_by_state on staff_requests (org, state, starts_at);
create index staff_requests_by_staff on staff_requests (org, staff, asked_at);
create index staff_requests_by_other on staff_requests (org, other, asked_at);
