-- What a program was answered, so that the same request is answered the same.
create table request_answers (
    org text not null,
    key text not null,
    answer text not null,
    at bigint not null,
    primary key (org, key)
);
create index request_answers_by_age on request_answers (org, at);
