-- What the business offers. Money in minor units, durations in minutes.

create table services (
    org text not null,
    id text not null,
    code text not null check (length(code) between 1 and 24),
    kind text not null check (kind in ('service', 'good')),
    family text not null
        check (family in ('hair', 'spa', 'repair', 'colour', 'care', 'cafe')),
    name_zh text not null,
    name_en text not null,
    text_zh text not null,
    text_en text not null,
    minutes bigint not null check (minutes between 0 and 1440),
    buffer_before_minutes bigint not null check (buffer_before_minutes between 0 and 240),
    buffer_after_minutes bigint not null check (buffer_after_minutes between 0 and 240),
    price_minor bigint not null check (price_minor between 0 and 10000000000),
    currency text not null check (length(currency) = 3),
    tax_permille bigint not null check (tax_permille between 0 and 1000),
    state text not null check (state in ('active', 'archived')),
    blueprint text,
    wait_minutes_target bigint check (wait_minutes_target between 1 and 43200),
    response_minutes_target bigint check (response_minutes_target between 1 and 43200),
    completion_minutes_target bigint check (completion_minutes_target between 1 and 43200),
    external_id text,
    photo text,
    version bigint not null check (version >= 1),
    primary key (org, id),
    unique (org, code),
    unique (org, external_id),
    check (name_zh <> '' or name_en <> ''),
    check (kind = 'good' or minutes >= 5)
);

-- No row at all means: at every site.
create table service_sites (
    org text not null,
    service text not null,
    site text not null,
    primary key (org, service, site)
);

create table service_channels (
    org text not null,
    service text not null,
    channel text not null check (channel in ('desk', 'online', 'phone', 'kiosk')),
    primary key (org, service, channel)
);

create table service_skills (
    org text not null,
    service text not null,
    skill text not null,
    primary key (org, service, skill)
);

create table service_resources (
    org text not null,
    service text not null,
    resource_kind text not null,
    primary key (org, service, resource_kind)
);

create table service_add_ons (
    org text not null,
    service text not null,
    add_on text not null check (add_on <> service),
    primary key (org, service, add_on)
);

-- The picture; services.photo holds its fingerprint.
create table service_photos (
    org text not null,
    service text not null,
    fingerprint text not null,
    media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
    body bytea not null,
    primary key (org, service)
);
