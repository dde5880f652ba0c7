-- When a line gives out numbers by itself, as minutes of the local day; null is the site's hours.
alter table lines add column opens_minute bigint check (opens_minute between 0 and 1439);
alter table lines add column closes_minute bigint check (closes_minute between 1 and 1440);
-- The most people who may stand in it before others are told when to come back.
alter table lines add column standing_max bigint check (standing_max between 1 and 500);

-- The line a ticket stands in now; `line` stays the letter that is printed on it.
alter table tickets add column stands_in text not null default '';
alter table tickets add column priority_reason text;
-- The time booked, of somebody who has an appointment.
alter table tickets add column booked_at bigint;
-- The return time that was promised when the line was full.
alter table tickets add column returns_at bigint;
alter table tickets add column counter text;
-- Whether whoever serves it took a turn with it: a customer's own choice costs nobody a turn.
alter table tickets add column by_turn bigint not null default 0 check (by_turn in (0, 1));
alter table tickets add column served_at bigint;
alter table tickets add column device text;
alter table tickets add column undo_line text;
update tickets set stands_in = line;
-- A place is now the instant a ticket counts from, in microseconds.
update tickets set place_rank = joined_at - priority * 1800000000
where state in ('waiting', 'called', 'away');

-- How the one order of booked and unbooked customers is made, per site.
create table queue_rules (
    org text not null,
    site text not null,
    booked_head_minutes bigint not null check (booked_head_minutes between 0 and 60),
    booked_grace_minutes bigint not null check (booked_grace_minutes between 0 and 60),
    priority_head_minutes bigint not null check (priority_head_minutes between 0 and 240),
    transfer_keeps_percent bigint not null check (transfer_keeps_percent between 0 and 100),
    break_minutes bigint not null check (break_minutes between 5 and 120),
    desk_numbers bigint not null check (desk_numbers in (0, 1)),
    version bigint not null,
    primary key (org, site)
);

-- Where people are called to, which lines are served there, and by whom just now.
create table counters (
    org text not null,
    id text not null,
    site text not null,
    name_zh text not null,
    name_en text not null,
    -- JSON array of line letters; an empty array serves every line.
    lines text not null,
    staff text,
    version bigint not null,
    primary key (org, id),
    check (name_zh <> '' or name_en <> '')
);
-- Nobody sits at two counters.
create unique index counters_by_staff on counters (org, site, staff);

-- Who has stepped away from the counter, since when, and until when they said.
create table breaks (
    org text not null,
    site text not null,
    staff text not null,
    since bigint not null,
    until bigint not null,
    primary key (org, site, staff),
    check (until > since)
);

-- A tablet or a screen with a link of its own: no person signs in there.
create table devices (
    org text not null,
    id text not null,
    site text not null,
    kind text not null check (kind in ('kiosk', 'wall')),
    name text not null check (name <> ''),
    locale text not null,
    secret_hash text not null,
    created_at bigint not null,
    revoked_at bigint,
    primary key (org, id),
    unique (org, secret_hash)
);

-- How often a device was used for something in a stretch of ten minutes.
create table device_uses (
    org text not null,
    device text not null,
    act text not null,
    stretch bigint not null,
    uses bigint not null check (uses > 0),
    primary key (org, device, act, stretch)
);

alter table quotes add column line text not null default '';
alter table quotes add column wait_seconds_expected bigint;
-- The number of the model in quote_models; 0 is what stands before anything was learnt.
alter table quotes add column model bigint not null default 0;
-- The guesses the quote was made of, as JSON, for learning how they turn out.
alter table quotes add column guess text;
alter table quotes add column staff_on_duty bigint;
update quotes set line = (
    select t.line from tickets t where t.org = quotes.org and t.id = quotes.ticket)
where exists (select 1 from tickets t where t.org = quotes.org and t.id = quotes.ticket);

-- What a site learnt from its past errors.
create table quote_models (
    org text not null,
    site text not null,
    number bigint not null check (number > 0),
    learned_at bigint not null,
    pairs bigint not null check (pairs >= 0),
    -- JSON: weights of the guesses, levels told, how long jobs take against their standard.
    lessons text not null,
    primary key (org, site, number)
);
