-- The name a customer gave when it is not the one the business knows: empty when it is.
alter table orders add column booked_as text not null default '' check (length(booked_as) <= 80);
