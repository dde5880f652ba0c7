-- The first hour of a business, when somebody has put its list away.
create table first_hours (
    org text not null,
    put_away_at bigint not null,
    primary key (org)
);
