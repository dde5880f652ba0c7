-- A rare kind or channel is found at once, however many orders there are.
create index orders_by_kind on orders (org, kind, created_at, id);
create index orders_by_channel on orders (org, channel, created_at, id);
