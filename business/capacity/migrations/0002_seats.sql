-- A group session claims a person and a room as a visit does; its claim stands under the session's
-- own id. Here is how many seats it has, and whose they are. A seat is a key, so the last one
-- cannot be sold twice.
create table seat_plans (
    org text not null,
    session text not null,
    site text not null,
    service text not null,
    seats bigint not null check (seats between 1 and 500),
    primary key (org, session)
);

create table claim_seats (
    org text not null,
    session text not null,
    seat bigint not null check (seat between 1 and 500),
    order_id text not null,
    hold_until bigint,
    primary key (org, session, seat)
);

create index claim_seats_by_order on claim_seats (org, order_id, session, seat);
