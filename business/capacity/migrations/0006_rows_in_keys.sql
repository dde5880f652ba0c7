-- SQLite only.
-- Rows that are hardly more than their key are kept in it: one entry for each, not two.
create table claim_quanta_in_key (
    org text not null,
    resource text not null,
    quantum bigint not null,
    claim text not null,
    primary key (org, resource, quantum)
) without rowid;
insert into claim_quanta_in_key select org, resource, quantum, claim from claim_quanta
    order by org, resource, quantum;
drop table claim_quanta;
alter table claim_quanta_in_key rename to claim_quanta;
create index claim_quanta_by_claim on claim_quanta (org, claim, resource);

create table claim_resources_in_key (
    org text not null,
    claim text not null,
    resource text not null,
    kind text not null,
    primary key (org, claim, resource)
) without rowid;
insert into claim_resources_in_key select org, claim, resource, kind from claim_resources
    order by org, claim, resource;
drop table claim_resources;
alter table claim_resources_in_key rename to claim_resources;
