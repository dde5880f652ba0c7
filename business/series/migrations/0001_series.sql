-- Orders that repeat, taken in one act. Each is an order like any other; here is what binds them.
create table series (
    org text not null,
    id text not null,
    site text not null,
    -- Days, weeks or months between two dates.
    unit text not null check (unit in ('days', 'weeks', 'months')),
    step bigint not null check (step between 1 and 52),
    created_at bigint not null,
    primary key (org, id)
);

create table series_orders (
    org text not null,
    series text not null,
    position bigint not null check (position > 0),
    order_id text not null,
    primary key (org, series, position),
    unique (org, order_id),
    foreign key (org, series) references series (org, id)
);
