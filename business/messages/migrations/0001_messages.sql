-- How a business writes to its customers. A business without a row keeps the defaults.
create table message_settings (
    org text not null,
    sender text not null check (length(sender) <= 80),
    reply_to text check (length(reply_to) between 3 and 254),
    reminder_hours bigint not null check (reminder_hours between 1 and 168),
    thanks_minutes bigint not null check (thanks_minutes between 0 and 10080),
    -- Minutes of the site's day between which nobody is disturbed; equal when there is no such time.
    quiet_from bigint not null check (quiet_from between 0 and 1439),
    quiet_to bigint not null check (quiet_to between 0 and 1439),
    -- Occasions that are not written about, as words with spaces between: mail:thanks text:moved
    silent text not null,
    gateway_url text check (length(gateway_url) between 10 and 500),
    gateway_secret text,
    version bigint not null check (version > 0),
    primary key (org),
    check ((gateway_url is null) = (gateway_secret is null))
);

-- Wordings that differ from the ones the program comes with.
create table message_templates (
    org text not null,
    occasion text not null check (occasion in
        ('booked', 'moved', 'cancelled', 'reminder', 'next', 'thanks')),
    locale text not null check (locale in ('zh-CN', 'en')),
    subject text not null check (length(subject) between 1 and 150),
    body text not null check (length(body) between 1 and 4000),
    version bigint not null check (version > 0),
    primary key (org, occasion, locale)
);

-- One message to one customer by one way. The key says what it is about, so that a fact heard
-- twice is written about once.
create table messages (
    org text not null,
    id text not null,
    key text not null check (length(key) between 1 and 200),
    occasion text not null check (occasion in
        ('booked', 'moved', 'cancelled', 'reminder', 'next', 'thanks', 'test')),
    way text not null check (way in ('mail', 'text')),
    site text,
    order_id text,
    customer text,
    locale text not null check (locale in ('zh-CN', 'en')),
    recipient text not null check (length(recipient) between 3 and 254),
    subject text not null,
    body text not null,
    calendar text,
    state text not null check (state in
        ('waiting', 'sending', 'sent', 'failed', 'unsure', 'withdrawn')),
    attempts bigint not null check (attempts >= 0),
    created_at bigint not null,
    due_at bigint not null,
    useful_until bigint not null,
    lease_until bigint,
    sent_at bigint,
    reason text,
    primary key (org, id),
    unique (org, key),
    check ((lease_until is not null) = (state = 'sending')),
    check ((sent_at is not null) = (state = 'sent')),
    check (reason is not null or state not in ('failed', 'unsure'))
);
create index messages_due on messages (org, state, due_at);
create index messages_by_order on messages (org, order_id, occasion, state);
create index messages_by_time on messages (org, created_at, id);

-- Up to which entry of the journal has been heard.
create table message_cursors (
    org text not null,
    seq bigint not null check (seq >= 0),
    primary key (org)
);
