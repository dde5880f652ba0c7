-- A line people stand in at one site. `code` is the letter printed before the number.
create table lines (
    org text not null,
    site text not null,
    code text not null check (length(code) between 1 and 2),
    name_zh text not null,
    name_en text not null,
    -- JSON array of the service families it serves; an empty array takes whatever no other line does.
    families text not null,
    is_open bigint not null check (is_open in (0, 1)),
    version bigint not null,
    primary key (org, site, code)
);

-- The last number given out in a line on a local day. One row, one atomic step: never a number twice.
create table ticket_numbers (
    org text not null,
    site text not null,
    line text not null,
    day text not null,
    last_number bigint not null check (last_number between 1 and 9999),
    primary key (org, site, line, day)
);

create table tickets (
    org text not null,
    id text not null,
    site text not null,
    line text not null,
    day text not null,
    number bigint not null check (number between 1 and 9999),
    order_id text not null,
    -- The main service of the order: its skills say who can take the job.
    service text not null,
    minutes bigint not null check (minutes >= 0),
    secret text not null,
    channel text not null,
    state text not null check (
        state in ('waiting', 'called', 'away', 'serving', 'done', 'left', 'no_show')),
    -- Smaller ranks are called earlier; `priority` goes before all ranks.
    priority bigint not null check (priority in (0, 1)),
    place_rank bigint not null,
    joined_at bigint not null,
    called_at bigint,
    called_count bigint not null default 0,
    called_staff text,
    -- Whom the customer wants, or whom the desk gave the job.
    wanted_staff text,
    coming_at bigint,
    away_until bigint,
    closed_at bigint,
    undo_until bigint,
    undo_state text,
    undo_rank bigint,
    undo_priority bigint,
    primary key (org, id),
    unique (org, site, line, day, number),
    unique (org, secret),
    unique (org, order_id),
    check (state <> 'called' or called_at is not null),
    check (state <> 'away' or away_until is not null),
    check ((state in ('done', 'left', 'no_show')) = (closed_at is not null))
);
create index tickets_by_day on tickets (org, site, day, state);

-- What a customer was told, and the wait that followed.
create table quotes (
    org text not null,
    ticket text not null,
    quoted_at bigint not null,
    site text not null,
    people_ahead bigint not null check (people_ahead >= 0),
    wait_minutes_min bigint check (wait_minutes_min >= 0),
    wait_minutes_max bigint check (wait_minutes_max >= wait_minutes_min),
    actual_minutes bigint check (actual_minutes >= 0),
    primary key (org, ticket, quoted_at)
);
create index quotes_by_time on quotes (org, site, quoted_at);
