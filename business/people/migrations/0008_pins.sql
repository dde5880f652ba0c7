-- Short numbers with which people take turns at a computer they share.
create table pins (
    org text not null,
    user_id text not null,
    pin_hash text not null,
    failures bigint not null,
    set_at bigint not null,
    primary key (org, user_id),
    check (failures >= 0)
);

-- A computer that several people use, and who acts there until when.
alter table sessions add column shared bigint not null default 0;
alter table sessions add column acting_user text;
alter table sessions add column acting_until bigint;
