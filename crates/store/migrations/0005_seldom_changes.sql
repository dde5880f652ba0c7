-- How often tables that change seldom have changed, so that a process knows whether what it read
-- from them still holds. One row.
create table seldom_changes (
    changes bigint not null check (changes >= 0)
);
insert into seldom_changes (changes) values (0);
