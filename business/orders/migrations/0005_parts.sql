-- The parts of a visit, each with its own person and time, in order of time. A visit of one part
-- has none, unless somebody was booked over for it: its slot says it all.
create table order_parts (
    org text not null,
    order_id text not null,
    position bigint not null check (position between 1 and 12),
    service text not null,
    title_zh text not null,
    title_en text not null,
    starts_at bigint not null,
    ends_at bigint not null,
    staff text not null,
    overbooked text check (length(overbooked) between 1 and 300),
    primary key (org, order_id, position),
    foreign key (org, order_id) references orders (org, id),
    check (ends_at > starts_at)
);
create index order_parts_by_staff on order_parts (org, staff, starts_at);
