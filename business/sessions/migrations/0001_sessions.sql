-- Services that are held for groups, and what a new session of one begins with.
create table group_offers (
    org text not null,
    service text not null,
    seats bigint not null check (seats between 1 and 500),
    -- The most seats of one session that one customer may have.
    each_max bigint not null check (each_max between 1 and 500),
    version bigint not null check (version > 0),
    primary key (org, service)
);

-- A class or workshop at a time, with somebody who leads it. Its time and its seats are claimed in
-- capacity under its id; whoever comes has an order.
create table group_sessions (
    org text not null,
    id text not null,
    site text not null,
    service text not null,
    -- Sessions planned in one act.
    series text,
    starts_at bigint not null,
    ends_at bigint not null,
    staff text not null,
    room text,
    seats bigint not null check (seats between 1 and 500),
    each_max bigint not null check (each_max between 1 and 500),
    state text not null check (state in ('planned', 'running', 'ended', 'cancelled')),
    begun_at bigint,
    closed_at bigint,
    reason text,
    version bigint not null check (version > 0),
    created_at bigint not null,
    primary key (org, id),
    check (starts_at < ends_at),
    check (begun_at is not null or state not in ('running', 'ended')),
    check (begun_at is null or state not in ('planned', 'cancelled')),
    check ((closed_at is not null) = (state in ('ended', 'cancelled'))),
    check ((reason is not null) = (state = 'cancelled'))
);
create index group_sessions_by_time on group_sessions (org, site, starts_at, id);
create index group_sessions_by_series on group_sessions (org, series, starts_at, id);
