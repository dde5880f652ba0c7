-- Names in the address that a business had before: printed codes lead on to the new one.
create table former_slugs (
    org text not null,
    slug text not null,
    until_at bigint not null,
    primary key (org, slug),
    unique (slug)
);
alter table organisations add column version bigint not null default 1;
