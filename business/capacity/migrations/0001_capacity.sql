-- Rooms and equipment, and who or what is taken when.
-- A claim is one visit's hold on a person and on rooms and equipment. Each of them is cut into
-- five-minute quanta, and the key of a quantum is (organisation, resource, quantum): two claims on
-- one resource at one time cannot both exist, whatever the program does.

create table resources (
    org text not null,
    id text not null,
    site text not null,
    kind text not null check (length(kind) between 1 and 40),
    name_zh text not null,
    name_en text not null,
    state text not null check (state in ('active', 'retired')),
    version bigint not null,
    created_at bigint not null,
    primary key (org, id),
    check (length(name_zh) + length(name_en) > 0)
);

create index resources_by_site on resources (org, site, kind, id);

create table claims (
    org text not null,
    id text not null,
    order_id text not null,
    site text not null,
    service text not null,
    staff text not null,
    starts_at bigint not null,
    ends_at bigint not null,
    busy_from bigint not null,
    busy_to bigint not null,
    state text not null,
    hold_until bigint,
    created_at bigint not null,
    primary key (org, id),
    unique (org, order_id),
    check (busy_from <= starts_at and starts_at < ends_at and ends_at <= busy_to),
    check (busy_to - busy_from <= 86400000000),
    check ((state = 'firm' and hold_until is null)
        or (state in ('held', 'lapsed') and hold_until is not null))
);

create index claims_by_time on claims (org, busy_from);
create index claims_by_site on claims (org, site, busy_from);
create index claims_by_hold on claims (org, hold_until);

create table claim_resources (
    org text not null,
    claim text not null,
    resource text not null,
    kind text not null,
    primary key (org, claim, resource)
);

create table claim_quanta (
    org text not null,
    resource text not null,
    quantum bigint not null,
    claim text not null,
    primary key (org, resource, quantum)
);

create index claim_quanta_by_claim on claim_quanta (org, claim, resource);

-- One row a site: whoever claims there changes it first, and so claims of one site are made one
-- after the other on PostgreSQL too. This only spares waiting in circles; the guarantee is the key
-- of claim_quanta.
create table claim_gates (
    org text not null,
    site text not null,
    turns bigint not null,
    primary key (org, site)
);
