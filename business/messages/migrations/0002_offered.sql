-- A time offered to somebody who waits for one is written about, too. Neither database changes a
-- check in place, so both tables are made anew.
create table message_templates_of_0002 (
    org text not null,
    occasion text not null check (occasion in
        ('booked', 'moved', 'cancelled', 'reminder', 'next', 'thanks', 'offered')),
    locale text not null check (locale in ('zh-CN', 'en')),
    subject text not null check (length(subject) between 1 and 150),
    body text not null check (length(body) between 1 and 4000),
    version bigint not null check (version > 0),
    primary key (org, occasion, locale)
);
insert into message_templates_of_0002 (org, occasion, locale, subject, body, version)
    select org, occasion, locale, subject, body, version from message_templates;
drop table message_templates;
alter table message_templates_of_0002 rename to message_templates;

create table messages_of_0002 (
    org text not null,
    id text not null,
    key text not null check (length(key) between 1 and 200),
    occasion text not null check (occasion in
        ('booked', 'moved', 'cancelled', 'reminder', 'next', 'thanks', 'offered', 'test')),
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
insert into messages_of_0002 (org, id, key, occasion, way, site, order_id, customer, locale, recipient,
        subject, body, calendar, state, attempts, created_at, due_at, useful_until,
        lease_until, sent_at, reason)
    select org, id, key, occasion, way, site, order_id, customer, locale, recipient,
        subject, body, calendar, state, attempts, created_at, due_at, useful_until,
        lease_until, sent_at, reason
    from messages;
drop table messages;
alter table messages_of_0002 rename to messages;
create index messages_due on messages (org, state, due_at);
create index messages_by_order on messages (org, order_id, occasion, state);
create index messages_by_time on messages (org, created_at, id);
