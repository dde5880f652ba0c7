-- The group session an order has seats in: its time is the session's, and it claims none itself.
alter table orders add column session text;
create index orders_by_session on orders (org, session, id) where session is not null;
