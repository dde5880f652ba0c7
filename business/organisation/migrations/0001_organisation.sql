-- A business, its places and when each is open.
create table organisations (
    org text not null,
    slug text not null,
    name_zh text not null,
    name_en text not null,
    brand text not null,
    created_at bigint not null,
    primary key (org),
    unique (slug),
    check (name_zh <> '' or name_en <> ''),
    check (length(brand) = 7)
);

create table sites (
    org text not null,
    id text not null,
    position bigint not null,
    slug text not null,
    name_zh text not null,
    name_en text not null,
    kind_zh text not null,
    kind_en text not null,
    address text not null,
    zone text not null,
    currency text not null,
    phone text not null,
    state text not null,
    notice_minutes bigint not null,
    horizon_days bigint not null,
    cancel_minutes bigint not null,
    created_at bigint not null,
    version bigint not null,
    primary key (org, id),
    unique (org, slug),
    check (name_zh <> '' or name_en <> ''),
    check (length(currency) = 3),
    check (state in ('open', 'closed')),
    check (notice_minutes >= 0 and horizon_days >= 0 and cancel_minutes >= 0)
);

-- Minutes are counted from local midnight of the weekday (Monday = 1) on which a span begins.
-- Past 1440 they belong to the next day, so that a bar may be open from 20:00 until 02:00.
create table opening_spans (
    org text not null,
    site text not null,
    weekday bigint not null,
    position bigint not null,
    opens_minute bigint not null,
    closes_minute bigint not null,
    primary key (org, site, weekday, position),
    check (weekday between 1 and 7),
    check (opens_minute between 0 and 1439),
    check (closes_minute > opens_minute and closes_minute <= opens_minute + 1440)
);

-- A holiday (closed, no spans) or a day with hours of its own; `spans` is a list of minute pairs.
create table special_days (
    org text not null,
    site text not null,
    day text not null,
    closed bigint not null,
    spans text not null,
    name_zh text not null,
    name_en text not null,
    primary key (org, site, day),
    check (closed in (0, 1)),
    check ((closed = 1) = (spans = '[]'))
);
