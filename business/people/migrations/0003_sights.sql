-- Who saw personal data of a customer, apart from the journal because seeing changes nothing and is
-- forgotten after a while. What is seen again within a quarter of an hour counts up one row.
create table sights (
    org text not null,
    user_id text not null,
    kind text not null,
    subject text not null,
    since_at bigint not null,
    last_at bigint not null,
    times bigint not null,
    count bigint not null,
    noun text not null,
    subjects text not null,
    channel text not null,
    primary key (org, user_id, kind, subject, since_at),
    check (kind in ('page', 'list', 'search', 'export', 'file', 'audit')),
    check (times > 0 and count >= 0 and last_at >= since_at)
);
create index sights_by_time on sights (org, last_at);
create index sights_by_subject on sights (org, subject, last_at);
