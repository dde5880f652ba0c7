-- Keys of requests that may be sent again: a key names one request, and that request acts once.
create table request_keys (
    org text not null,
    key text not null,
    fingerprint text not null,
    at bigint not null,
    primary key (org, key)
);
create index request_keys_by_age on request_keys (org, at);
