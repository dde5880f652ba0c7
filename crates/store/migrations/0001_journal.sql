-- The journal: what happened, in order, each row sealed by a hash over the row before it.
create table journal_heads (
    org text not null primary key,
    seq bigint not null check (seq >= 0),
    hash text not null
);

create table journal (
    org text not null,
    seq bigint not null check (seq > 0),
    id text not null,
    activity text not null check (length(activity) between 3 and 60),
    at bigint not null,
    recorded_at bigint not null,
    actor text not null,
    actor_name text not null,
    site text,
    channel text not null,
    objects text not null,
    attributes text not null,
    hash text not null,
    primary key (org, seq)
);

create index journal_by_time on journal (org, at, seq);
create index journal_by_activity on journal (org, activity, seq);

-- Which events touch which object, for timelines.
create table journal_objects (
    org text not null,
    kind text not null,
    object text not null,
    seq bigint not null,
    qualifier text not null,
    primary key (org, kind, object, seq, qualifier)
);
