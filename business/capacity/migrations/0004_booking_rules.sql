-- How far ahead, how late and how often customers may book themselves. A service overrides the
-- site, a level of customers overrides the service; what is empty is as before. What a site says
-- of notice, horizon and cancelling is the site's own; here is only how many bookings at once.
create table booking_rules (
    org text not null,
    scope text not null check (scope in ('site', 'service', 'level')),
    subject text not null,
    notice_minutes bigint check (notice_minutes between 0 and 43200),
    horizon_days bigint check (horizon_days between 1 and 730),
    upcoming_max bigint check (upcoming_max between 1 and 100),
    cancel_minutes bigint check (cancel_minutes between 0 and 43200),
    version bigint not null check (version > 0),
    changed_at bigint not null,
    changed_by text not null,
    primary key (org, scope, subject),
    check (scope <> 'site'
        or (notice_minutes is null and horizon_days is null and cancel_minutes is null))
);
