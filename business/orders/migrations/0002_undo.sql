-- The last act of an order that can be taken back, and what was there before it: the steps it
-- changed and the time it gave back. Whatever happens afterwards has another version.
create table order_undos (
    org text not null,
    order_id text not null,
    site text not null,
    act text not null check (act in ('arrival', 'start', 'finish', 'no_show')),
    version bigint not null check (version > 1),
    acted_at bigint not null,
    -- Whether a person did it, who may want to take it back at once.
    by_person bigint not null check (by_person in (0, 1)),
    state_before text not null check (state_before in ('booked', 'open', 'waiting', 'serving')),
    steps text not null,
    claim text,
    undone_at bigint,
    primary key (org, order_id),
    foreign key (org, order_id) references orders (org, id),
    check (undone_at is null or undone_at >= acted_at)
);
create index order_undos_by_time on order_undos (org, site, acted_at);
create index order_undos_undone on order_undos (org, undone_at) where undone_at is not null;
