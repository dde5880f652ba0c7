-- Whose letter came back: the list of unreachable addresses names them.
alter table unreachable_addresses add column customer text;
create index unreachable_by_time on unreachable_addresses (org, since, address);
