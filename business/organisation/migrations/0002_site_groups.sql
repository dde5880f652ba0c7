-- Regions, areas, brands: sites in groups, and groups within groups.
create table site_groups (
    org text not null,
    id text not null,
    parent text,
    position bigint not null,
    name_zh text not null,
    name_en text not null,
    version bigint not null,
    primary key (org, id),
    check (name_zh <> '' or name_en <> ''),
    check (parent is null or parent <> id)
);
alter table sites add column site_group text;
create index sites_by_group on sites (org, site_group);
