-- Until when somebody had stepped out before the act that can be taken back.
alter table tickets add column undo_away_until bigint;
