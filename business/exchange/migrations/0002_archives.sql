-- Everything of an organisation in one file, made when somebody asks for it and kept for a while.
create table archives (
    org text not null,
    id text not null,
    state text not null check (state in ('asked', 'working', 'ready', 'failed', 'gone')),
    asked_by text not null,
    asked_name text not null,
    created_at bigint not null,
    -- When the work last showed that it goes on.
    beat_at bigint not null,
    tables bigint not null check (tables >= 0),
    tables_done bigint not null check (tables_done between 0 and tables),
    rows_done bigint not null check (rows_done >= 0),
    bytes bigint not null check (bytes >= 0),
    expires_at bigint,
    primary key (org, id),
    check ((expires_at is not null) = (state in ('ready', 'gone')))
);
create index archives_by_time on archives (org, created_at, id);
