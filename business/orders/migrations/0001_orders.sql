-- The next order number of an organisation. One row, so numbers have no gaps but rolled-back ones.
create table order_numbers (
    org text not null,
    next bigint not null check (next > 0),
    primary key (org)
);

-- An order and where it stands. The checks repeat the types of `model::State`: a state has its
-- own facts, exactly then.
create table orders (
    org text not null,
    id text not null,
    number bigint not null,
    code text not null,
    site text not null,
    kind text not null
        check (kind in ('walk_in', 'booking', 'purchase', 'on_site', 'enquiry', 'complaint')),
    channel text not null,
    customer text,
    level text not null check (level in ('normal', 'priority')),
    note text not null,
    state text not null check (state in ('held', 'booked', 'open', 'waiting', 'serving',
        'finished', 'cancelled', 'no_show', 'expired')),
    version bigint not null check (version > 0),
    slot_starts_at bigint,
    slot_ends_at bigint,
    slot_staff text,
    staff text,
    hold_until bigint,
    arrived_at bigint,
    started_at bigint,
    finished_at bigint,
    closed_at bigint,
    reason text,
    created_at bigint not null,
    promised_at bigint,
    -- The slot, or else the arrival, or else the creation: where the order lies in a day.
    due_at bigint not null,
    blueprint text,
    blueprint_version bigint,
    -- The first line's service, family and promised wait, and what all lines come to.
    service text,
    family text,
    wait_minutes_target bigint,
    title_zh text not null,
    title_en text not null,
    minutes bigint not null check (minutes >= 0),
    total_minor bigint not null,
    tax_minor bigint not null,
    currency text not null,
    steps_total bigint not null check (steps_total >= 0),
    steps_done bigint not null check (steps_done between 0 and steps_total),
    step_zh text not null,
    step_en text not null,
    secret text not null,
    external_id text,
    primary key (org, id),
    unique (org, number),
    unique (org, secret),
    unique (org, external_id),
    check ((slot_starts_at is null) = (slot_ends_at is null)),
    check (slot_ends_at > slot_starts_at),
    check (slot_starts_at is not null or slot_staff is null),
    check (slot_starts_at is not null or state not in ('held', 'booked', 'expired')),
    check (slot_starts_at is null or state <> 'open'),
    check ((hold_until is not null) = (state in ('held', 'expired'))),
    check (arrived_at is not null or state not in ('waiting', 'serving', 'finished')),
    check (arrived_at is null or state not in ('held', 'booked', 'open', 'expired')),
    check (started_at is not null or state not in ('serving', 'finished')),
    check (started_at is null or state in ('serving', 'finished', 'cancelled')),
    check (started_at is null or started_at >= arrived_at),
    check ((finished_at is not null) = (state = 'finished')),
    check (finished_at is null or finished_at >= started_at),
    check ((closed_at is not null)
        = (state in ('finished', 'cancelled', 'no_show', 'expired'))),
    check ((reason is not null) = (state = 'cancelled')),
    check ((blueprint is null) = (blueprint_version is null))
);
-- Wide enough that a rare kind, channel, customer or word is looked for in the index alone.
create index orders_by_time on orders
    (org, created_at, id, number, kind, channel, customer, title_zh, title_en);
create index orders_by_site on orders (org, site, created_at, id);
create index orders_by_state on orders (org, state, created_at, id);
create index orders_by_customer on orders (org, customer, created_at, id);
create index orders_by_staff on orders (org, staff, created_at, id);
create index orders_by_due on orders (org, site, due_at, id);
create index orders_unclosed on orders (org, site, state, due_at) where closed_at is null;
create index orders_holds on orders (org, hold_until) where state = 'held';

-- What is sold, as it was when it was sold.
create table order_lines (
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
    primary key (org, order_id, id),
    unique (org, order_id, position),
    foreign key (org, order_id) references orders (org, id)
);

-- The blueprint being carried out. A step that failed stays, and its rework follows it.
create table order_steps (
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
    primary key (org, order_id, id),
    unique (org, order_id, position, attempt),
    foreign key (org, order_id) references orders (org, id),
    check ((started_at is not null) = (state in ('running', 'done', 'failed'))),
    check ((ended_at is not null) = (state in ('done', 'failed', 'skipped'))),
    check (ended_at is null or started_at is null or ended_at >= started_at),
    check ((minutes_observed is not null) = (state = 'done')),
    check (state <> 'pending' or staff is null),
    check ((error_cause is not null) = (state = 'failed')),
    check ((rework_of is null) = (attempt = 1))
);
create index order_steps_observed on order_steps (org, blueprint, ended_at);

-- What was written down about an order. Notes are added, never changed.
create table order_notes (
    org text not null,
    order_id text not null,
    id text not null,
    written_at bigint not null,
    author text not null,
    text text not null check (length(text) between 1 and 2000),
    primary key (org, order_id, id),
    foreign key (org, order_id) references orders (org, id)
);
