-- Programs that are told what happens. The keys are read again to sign with them.
create table webhooks (
    org text not null,
    id text not null,
    url text not null check (length(url) between 10 and 500),
    secret text not null,
    former_secret text,
    former_until bigint,
    -- Nouns and activities, as JSON; an empty list means everything.
    kinds text not null,
    state text not null check (state in ('active', 'paused', 'stopped')),
    -- The place in the journal up to which it was told, or is on its way to be.
    heard_seq bigint not null check (heard_seq >= 0),
    -- Since when nothing was taken, and when it is tried again.
    failing_since bigint,
    retry_at bigint,
    -- Until when whoever takes its deliveries out has it alone.
    busy_until bigint,
    created_at bigint not null,
    version bigint not null check (version > 0),
    primary key (org, id),
    check ((former_secret is null) = (former_until is null)),
    check (retry_at is null or failing_since is not null)
);

-- One fact on its way to one webhook. Its place is that of the journal; a test has place 0.
create table webhook_deliveries (
    org text not null,
    id text not null,
    webhook text not null,
    place bigint not null check (place >= 0),
    activity text not null,
    body text not null,
    state text not null check (state in ('waiting', 'failed', 'delivered', 'dead')),
    attempts bigint not null check (attempts >= 0),
    created_at bigint not null,
    tried_at bigint,
    ended_at bigint,
    -- What the other side answered the last time, and after how many milliseconds.
    status bigint,
    answer_ms bigint check (answer_ms >= 0),
    reason text,
    primary key (org, id),
    check ((ended_at is not null) = (state in ('delivered', 'dead'))),
    check (attempts > 0 or state = 'waiting'),
    check (reason is not null or state not in ('failed', 'dead'))
);
create unique index webhook_deliveries_once on webhook_deliveries (org, webhook, place)
    where place > 0;
create index webhook_deliveries_pending on webhook_deliveries (org, webhook, place, id)
    where ended_at is null;
create index webhook_deliveries_newest on webhook_deliveries (org, webhook, created_at, place, id);
create index webhook_deliveries_ended on webhook_deliveries (org, ended_at)
    where ended_at is not null;
