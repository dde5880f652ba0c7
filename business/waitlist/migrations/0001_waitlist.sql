-- Who waits for a time, and for which. Whose turn it is follows from turn_at: the joining, or the
-- moment at which an offer went unanswered.
create table waiting (
    org text not null,
    id text not null,
    site text not null,
    service text not null,
    -- This person and nobody else; this session and no other.
    staff text,
    session text,
    seats bigint not null check (seats between 1 and 50),
    customer text not null,
    -- Days of the week as digits, Monday first; empty for any.
    weekdays text not null check (length(weekdays) <= 7),
    from_minute bigint not null check (from_minute between 0 and 1440),
    to_minute bigint not null check (to_minute between 0 and 1440),
    first_day text not null,
    last_day text not null,
    note text not null check (length(note) <= 500),
    -- Where to write about this, when it was given.
    mail text check (length(mail) between 3 and 254),
    channel text not null,
    secret text not null,
    state text not null check (state in ('waiting', 'placed', 'left', 'lapsed')),
    order_id text,
    joined_at bigint not null,
    turn_at bigint not null,
    unanswered bigint not null check (unanswered >= 0),
    closed_at bigint,
    primary key (org, id),
    unique (org, secret),
    check (from_minute < to_minute),
    check (first_day <= last_day),
    check ((closed_at is null) = (state = 'waiting')),
    check ((order_id is not null) = (state = 'placed'))
);
create index waiting_by_turn on waiting (org, site, state, turn_at, id);
create index waiting_by_customer on waiting (org, customer, state, id);

-- A time offered to somebody who waits. The order holds it until the answer, so nobody else can
-- have it meanwhile.
create table waiting_offers (
    org text not null,
    id text not null,
    waiting text not null,
    site text not null,
    order_id text not null,
    starts_at bigint not null,
    staff text,
    made_at bigint not null,
    until_at bigint not null,
    -- By how many ways the customer was told; none means: somebody has to call.
    told bigint not null check (told >= 0),
    state text not null check (state in ('open', 'accepted', 'declined', 'lapsed', 'withdrawn')),
    answered_at bigint,
    primary key (org, id),
    unique (org, order_id),
    check (made_at < until_at),
    check ((answered_at is null) = (state = 'open'))
);
-- Nobody has two offers to answer at once.
create unique index waiting_offers_open on waiting_offers (org, waiting) where state = 'open';
create index waiting_offers_by_entry on waiting_offers (org, waiting, made_at, id);
create index waiting_offers_by_site on waiting_offers (org, site, state, until_at);

-- Up to which entry of the journal has been heard.
create table waiting_cursors (
    org text not null,
    seq bigint not null check (seq >= 0),
    primary key (org)
);

-- How long somebody has to answer. A business without a row keeps the default.
create table waiting_settings (
    org text not null,
    answer_minutes bigint not null check (answer_minutes between 5 and 1440),
    version bigint not null check (version > 0),
    primary key (org)
);
