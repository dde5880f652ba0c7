-- Roles that a business puts together itself, out of permissions, beginning from a built-in one.
create table roles (
    org text not null,
    id text not null,
    name_zh text not null,
    name_en text not null,
    base text not null,
    permissions text not null,
    created_at bigint not null,
    version bigint not null,
    primary key (org, id),
    unique (org, name_zh, name_en),
    check (name_zh <> '' or name_en <> ''),
    check (base in ('manager', 'desk', 'staff', 'support', 'read_only'))
);
-- Which of them a user has; `role` is then what it began from.
alter table users add column own_role text;
create index users_by_own_role on users (org, own_role);

-- Regions where a user may act, besides single sites: whatever sites are in them now.
create table user_groups (
    org text not null,
    user_id text not null,
    site_group text not null,
    primary key (org, user_id, site_group)
);
