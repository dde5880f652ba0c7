-- A visit may have several parts, each with a claim of its own: its person, its rooms, its time.
-- Somebody may be booked over knowingly: such a claim says why, and takes none of the person's
-- quanta, so that two claims on one person's time still cannot both exist in claim_quanta.

create table claims_of_visits (
    org text not null,
    id text not null,
    order_id text not null,
    part bigint not null check (part between 1 and 12),
    site text not null,
    service text not null,
    staff text not null,
    starts_at bigint not null,
    ends_at bigint not null,
    busy_from bigint not null,
    busy_to bigint not null,
    state text not null,
    hold_until bigint,
    overbooked text check (length(overbooked) between 1 and 300),
    created_at bigint not null,
    primary key (org, id),
    unique (org, order_id, part),
    check (busy_from <= starts_at and starts_at < ends_at and ends_at <= busy_to),
    check (busy_to - busy_from <= 86400000000),
    check ((state = 'firm' and hold_until is null)
        or (state in ('held', 'lapsed') and hold_until is not null))
);

insert into claims_of_visits (org, id, order_id, part, site, service, staff, starts_at, ends_at,
    busy_from, busy_to, state, hold_until, overbooked, created_at)
select org, id, order_id, 1, site, service, staff, starts_at, ends_at,
    busy_from, busy_to, state, hold_until, null, created_at
from claims;

drop table claims;
alter table claims_of_visits rename to claims;

create index claims_by_time on claims (org, busy_from);
create index claims_by_site on claims (org, site, busy_from);
create index claims_by_hold on claims (org, hold_until);

-- What a person needs between two rooms of a site; nothing where a site has no row.
create table room_moves (
    org text not null,
    site text not null,
    minutes bigint not null check (minutes between 0 and 120),
    version bigint not null check (version > 0),
    changed_at bigint not null,
    changed_by text not null,
    primary key (org, site)
);

-- What a person needs between two sites, both ways; the row of two empty names is for every pair
-- that has none of its own.
create table site_moves (
    org text not null,
    site text not null,
    other text not null,
    minutes bigint not null check (minutes between 0 and 600),
    version bigint not null check (version > 0),
    changed_at bigint not null,
    changed_by text not null,
    primary key (org, site, other),
    check (site < other or (site = '' and other = ''))
);
