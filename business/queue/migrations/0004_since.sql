-- The tickets of the last days are looked through every few seconds, those of all years never.
create index tickets_since on tickets (org, day, id);
