-- SQLite only.
-- A link of the journal is its key: one entry for each, not two.
create table journal_objects_in_key (
    org text not null,
    kind text not null,
    object text not null,
    seq bigint not null,
    qualifier text not null,
    primary key (org, kind, object, seq, qualifier)
) without rowid;
insert into journal_objects_in_key select org, kind, object, seq, qualifier from journal_objects
    order by org, kind, object, seq, qualifier;
drop table journal_objects;
alter table journal_objects_in_key rename to journal_objects;
