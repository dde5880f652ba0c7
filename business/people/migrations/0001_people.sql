-- Who may come in, who serves, and when they work.
create table users (
    org text not null,
    id text not null,
    login text not null,
    name text not null,
    password_hash text,
    role text not null,
    all_sites bigint not null,
    locale text not null,
    single_keys bigint not null,
    state text not null,
    created_at bigint not null,
    version bigint not null,
    primary key (org, id),
    check (role in ('owner', 'manager', 'desk', 'staff', 'support', 'read_only')),
    check (all_sites in (0, 1) and single_keys in (0, 1)),
    check (role <> 'owner' or all_sites = 1),
    check (state in ('active', 'inactive')),
    check (locale in ('zh-CN', 'en'))
);

create table user_sites (
    org text not null,
    user_id text not null,
    site text not null,
    primary key (org, user_id, site)
);

-- One row per login of the installation: signing in happens before an organisation is known.
create table logins (
    login text not null,
    org text not null,
    user_id text not null,
    primary key (login)
);

-- Failures that count against a login or an address, kept until the window has passed.
create table sign_in_attempts (
    kind text not null,
    subject text not null,
    failures bigint not null,
    since_at bigint not null,
    last_at bigint not null,
    primary key (kind, subject),
    check (kind in ('login', 'address'))
);
create index sign_in_attempts_by_age on sign_in_attempts (last_at);

create table sessions (
    org text not null,
    token_hash text not null,
    id text not null,
    user_id text not null,
    created_at bigint not null,
    seen_at bigint not null,
    address text not null,
    agent text not null,
    primary key (org, token_hash)
);
create index sessions_by_user on sessions (org, user_id);
create index sessions_by_age on sessions (seen_at);

create table password_links (
    org text not null,
    token_hash text not null,
    user_id text not null,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    primary key (org, token_hash)
);
create index password_links_by_user on password_links (org, user_id);

create table api_tokens (
    org text not null,
    token_hash text not null,
    id text not null,
    user_id text not null,
    name text not null,
    scopes text not null,
    created_at bigint not null,
    seen_at bigint,
    primary key (org, token_hash)
);

create table skills (
    org text not null,
    code text not null,
    name_zh text not null,
    name_en text not null,
    primary key (org, code),
    check (name_zh <> '' or name_en <> '')
);

create table staff (
    org text not null,
    id text not null,
    name text not null,
    reading text not null,
    user_id text,
    colour bigint not null,
    state text not null,
    external_id text,
    created_at bigint not null,
    version bigint not null,
    primary key (org, id),
    unique (org, external_id),
    unique (org, user_id),
    check (name <> ''),
    check (colour between 0 and 7),
    check (state in ('active', 'inactive'))
);

create table staff_sites (
    org text not null,
    staff text not null,
    site text not null,
    position bigint not null,
    primary key (org, staff, site)
);
create index staff_sites_by_site on staff_sites (org, site);

create table staff_skills (
    org text not null,
    staff text not null,
    skill text not null,
    primary key (org, staff, skill)
);

create table shifts (
    org text not null,
    staff text not null,
    id text not null,
    site text not null,
    starts_at bigint not null,
    ends_at bigint not null,
    primary key (org, staff, id),
    check (ends_at > starts_at and ends_at - starts_at <= 86400000000)
);
create index shifts_by_site on shifts (org, site, starts_at);
create index shifts_by_staff on shifts (org, staff, starts_at);

create table time_off (
    org text not null,
    staff text not null,
    id text not null,
    starts_at bigint not null,
    ends_at bigint not null,
    reason text not null,
    primary key (org, staff, id),
    check (ends_at > starts_at)
);
create index time_off_by_end on time_off (org, ends_at);
