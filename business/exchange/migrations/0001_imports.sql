-- Files that came or will be fetched, in parts, so that no row is large: an import's file from
-- its upload until it is forgotten, an archive until its link ends.
create table file_parts (
    org text not null,
    file text not null,
    position bigint not null check (position >= 0),
    bytes bytea not null,
    primary key (org, file, position)
);

-- An import: what came, how its columns are understood, and how far it has got. The counts and the
-- place are written with the rows themselves, so that a row is never taken twice.
create table imports (
    org text not null,
    id text not null,
    what text not null check (what in ('services', 'staff', 'customers', 'orders', 'history')),
    site text,
    name text not null check (length(name) between 1 and 120),
    state text not null check (state in ('mapping', 'checking', 'checked', 'running', 'stopped',
        'done', 'undoing', 'undone', 'failed')),
    header text not null,
    columns text not null,
    units bigint not null check (units >= 0),
    units_done bigint not null check (units_done between 0 and units),
    rows_new bigint not null check (rows_new >= 0),
    rows_changed bigint not null check (rows_changed >= 0),
    rows_same bigint not null check (rows_same >= 0),
    rows_refused bigint not null check (rows_refused >= 0),
    things_undone bigint not null check (things_undone >= 0),
    things_kept bigint not null check (things_kept >= 0),
    trouble text not null,
    asked_by text not null,
    asked_name text not null,
    created_at bigint not null,
    changed_at bigint not null,
    version bigint not null check (version > 0),
    primary key (org, id)
);
create index imports_by_time on imports (org, created_at, id);
create index imports_at_work on imports (org, state, created_at)
    where state in ('checking', 'running', 'undoing');

-- Why rows were not taken.
create table import_refusals (
    org text not null,
    import text not null,
    row_number bigint not null,
    position bigint not null,
    heading text not null,
    reason_zh text not null,
    reason_en text not null,
    primary key (org, import, row_number, position),
    foreign key (org, import) references imports (org, id) on delete cascade
);

-- What the rows made and changed, in their order; undone from the last to the first.
create table import_things (
    org text not null,
    import text not null,
    position bigint not null,
    row_number bigint not null,
    kind text not null check (kind in ('customer', 'order', 'service', 'staff')),
    object text not null,
    before text,
    taken_at bigint not null,
    state text not null check (state in ('taken', 'undone', 'kept')),
    reason_zh text not null,
    reason_en text not null,
    primary key (org, import, position),
    foreign key (org, import) references imports (org, id) on delete cascade,
    check ((reason_en <> '') = (state = 'kept'))
);

-- How headings were understood before; an empty column passes them over.
create table import_headings (
    org text not null,
    what text not null,
    heading text not null,
    column_name text not null,
    primary key (org, what, heading)
);
