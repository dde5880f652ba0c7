-- SQLite only.
-- An order's lines and steps lie in their order by position: one entry for each, not two.
create table order_lines_in_order (
    org text not null,
    order_id text not null,
    id text not null,
    position bigint not null,
    service text,
    family text,
    name_zh text not null,
    name_en text not null,
    quantity bigint not null check (quantity between 1 and 999),
    unit_minor bigint not null check (unit_minor >= 0),
    tax_permille bigint not null check (tax_permille between 0 and 1000),
    minutes bigint not null check (minutes >= 0),
    primary key (org, order_id, position),
    foreign key (org, order_id) references orders (org, id)
) without rowid;
insert into order_lines_in_order (org, order_id, id, position, service, family, name_zh, name_en,
    quantity, unit_minor, tax_permille, minutes)
select org, order_id, id, position, service, family, name_zh, name_en, quantity, unit_minor,
    tax_permille, minutes
from order_lines order by org, order_id, position;
drop table order_lines;
alter table order_lines_in_order rename to order_lines;

create table order_steps_in_order (
    org text not null,
    order_id text not null,
    id text not null,
    position bigint not null,
    attempt bigint not null check (attempt between 1 and 99),
    site text not null,
    blueprint text,
    key text not null,
    name_zh text not null,
    name_en text not null,
    lane text not null,
    minutes_standard bigint,
    skill text,
    checklist text not null,
    answers text not null,
    state text not null check (state in ('pending', 'running', 'done', 'failed', 'skipped')),
    staff text,
    started_at bigint,
    ended_at bigint,
    minutes_observed bigint,
    error_cause text,
    rework_of text,
    primary key (org, order_id, position, attempt),
    foreign key (org, order_id) references orders (org, id),
    check ((started_at is not null) = (state in ('running', 'done', 'failed'))),
    check ((ended_at is not null) = (state in ('done', 'failed', 'skipped'))),
    check (ended_at is null or started_at is null or ended_at >= started_at),
    check ((minutes_observed is not null) = (state = 'done')),
    check (state <> 'pending' or staff is null),
    check ((error_cause is not null) = (state = 'failed')),
    check ((rework_of is null) = (attempt = 1))
) without rowid;
insert into order_steps_in_order (org, order_id, id, position, attempt, site, blueprint, key,
    name_zh, name_en, lane, minutes_standard, skill, checklist, answers, state, staff, started_at,
    ended_at, minutes_observed, error_cause, rework_of)
select org, order_id, id, position, attempt, site, blueprint, key, name_zh, name_en, lane,
    minutes_standard, skill, checklist, answers, state, staff, started_at, ended_at,
    minutes_observed, error_cause, rework_of
from order_steps order by org, order_id, position, attempt;
drop table order_steps;
alter table order_steps_in_order rename to order_steps;
create index order_steps_observed on order_steps (org, blueprint, ended_at)
    where ended_at is not null;
