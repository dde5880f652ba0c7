-- Blueprints: one name, numbered versions, and the edits of the draft so that they can be undone.

create table blueprints (
    org text not null,
    id text not null,
    name_zh text not null,
    name_en text not null,
    state text not null check (state in ('active', 'archived')),
    draft bigint check (draft >= 1),
    published bigint check (published >= 1),
    edit bigint not null check (edit >= 0),
    saved_at bigint not null,
    version bigint not null check (version >= 1),
    primary key (org, id),
    check (name_zh <> '' or name_en <> ''),
    check (draft is not null or published is not null)
);

create table blueprint_versions (
    org text not null,
    blueprint text not null,
    number bigint not null check (number >= 1),
    state text not null check (state in ('draft', 'published', 'retired')),
    body text not null,
    published_at bigint,
    published_by text,
    primary key (org, blueprint, number),
    check ((state = 'draft') = (published_at is null))
);

-- Bodies the draft has had; blueprints.edit points at the present one.
create table blueprint_edits (
    org text not null,
    blueprint text not null,
    edit bigint not null check (edit >= 0),
    body text not null,
    primary key (org, blueprint, edit)
);
