-- What a customer has tapped: each times page carries a key, and one key leads to one order,
-- however often it is sent.

create table booking_taps (
    org text not null,
    key text not null check (length(key) between 8 and 80),
    order_id text not null,
    address text not null,
    created_at bigint not null,
    primary key (org, key)
);

create index booking_taps_by_time on booking_taps (org, created_at);
create index booking_taps_by_address on booking_taps (org, address, created_at);
