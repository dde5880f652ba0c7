-- A letter can come back after it was taken; one that waits keeps quiet hours. Neither database changes a check in place, so the
-- table is made anew.
create table messages_of_0003 (
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
        ('waiting', 'sending', 'sent', 'bounced', 'failed', 'unsure', 'withdrawn')),
    attempts bigint not null check (attempts >= 0),
    created_at bigint not null,
    due_at bigint not null,
    useful_until bigint not null,
    lease_until bigint,
    sent_at bigint,
    reason text,
    -- Whether it may leave in quiet hours, however late it has become.
    at_once bigint not null check (at_once in (0, 1)),
    primary key (org, id),
    unique (org, key),
    check ((lease_until is not null) = (state = 'sending')),
    check ((sent_at is not null) = (state in ('sent', 'bounced'))),
    check (reason is not null or state not in ('bounced', 'failed', 'unsure'))
);
insert into messages_of_0003 (org, id, key, occasion, way, site, order_id, customer, locale, recipient,
        subject, body, calendar, state, attempts, created_at, due_at, useful_until,
        lease_until, sent_at, reason, at_once)
    select org, id, key, occasion, way, site, order_id, customer, locale, recipient,
        subject, body, calendar, state, attempts, created_at, due_at, useful_until,
        lease_until, sent_at, reason, 1
    from messages;
drop table messages;
alter table messages_of_0003 rename to messages;
create index messages_due on messages (org, state, due_at);
create index messages_by_order on messages (org, order_id, occasion, state);
create index messages_by_time on messages (org, created_at, id);
create index messages_by_recipient on messages (org, recipient, created_at);

-- The key that whoever carries the mail signs its reports with; none while the door is closed.
alter table message_settings add column report_secret text;
