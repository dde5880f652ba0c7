-- What goes with the service in the same visit: ids of services, joined by commas; empty for nothing.
alter table waiting add column also text not null default '' check (length(also) <= 443);
