-- The private calendar address of a member of staff, of a room or of a piece of equipment: at most
-- one each, kept as a hash alone. Stopping it removes the row.
create table desk_feeds (
    org text not null,
    owner_kind text not null check (owner_kind in ('staff', 'resource')),
    owner text not null,
    secret_hash text not null,
    created_at bigint not null,
    primary key (org, owner_kind, owner),
    unique (org, secret_hash)
);
