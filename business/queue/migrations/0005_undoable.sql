-- The latest act that can be taken back is found at once, however many tickets there were.
create index tickets_undoable on tickets (org, site, undo_until) where undo_until is not null;
