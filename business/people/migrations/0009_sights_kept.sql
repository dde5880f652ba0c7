-- Days for which it is known who saw a customer's data.
alter table access_rules add column sight_days bigint not null default 365
    check (sight_days between 30 and 3650);
