-- How the name of a user is read, in Latin letters; empty where it is read as it is written.
alter table users add column reading text not null default '';
