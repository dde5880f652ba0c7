-- What somebody asks or complains of, as those who answer see it. The order it belongs to keeps
-- who asked, the notes and whether it is settled.
create table enquiries (
    org text not null,
    order_id text not null,
    site text not null,
    code text not null,
    kind text not null check (kind in ('enquiry', 'complaint')),
    level text not null check (level in ('normal', 'high', 'urgent')),
    -- The beginning of what was asked, for the list.
    matter text not null check (length(matter) <= 200),
    opened_at bigint not null,
    due_at bigint not null,
    -- Who answers: a user, and the name they had when they took it.
    owner text,
    owner_name text not null,
    -- The order complained of.
    about text,
    closed_at bigint,
    outcome text,
    version bigint not null check (version > 0),
    primary key (org, order_id),
    check ((owner is null) = (owner_name = '')),
    check ((closed_at is null) = (outcome is null)),
    check (outcome is null or length(outcome) between 1 and 500),
    check (due_at >= opened_at),
    check (about is null or about <> order_id)
);
create index enquiries_open on enquiries (org, due_at, order_id) where closed_at is null;
create index enquiries_closed on enquiries (org, closed_at, order_id) where closed_at is not null;
create index enquiries_about on enquiries (org, about) where about is not null;

-- Within how many minutes of opening hours an answer is promised. Absent means the standard.
create table enquiry_targets (
    org text not null,
    level text not null check (level in ('normal', 'high', 'urgent')),
    minutes bigint not null check (minutes between 5 and 14400),
    primary key (org, level)
);
