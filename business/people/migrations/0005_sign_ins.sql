-- Every try to sign in under a login that exists, and how it ended; forgotten after half a year.
create table sign_ins (
    org text not null,
    id text not null,
    user_id text not null,
    at bigint not null,
    way text not null,
    outcome text not null,
    address text not null,
    agent text not null,
    primary key (org, id),
    check (way in ('password', 'code', 'recovery', 'passkey', 'link', 'pin')),
    check (outcome in ('in', 'wrong', 'waiting', 'next'))
);
create index sign_ins_by_user on sign_ins (org, user_id, at);
create index sign_ins_by_time on sign_ins (org, at);

-- How a browser came in.
alter table sessions add column way text not null default 'password';

-- How people sign in here; a missing row means the defaults.
create table access_rules (
    org text not null,
    factor_roles text not null,
    pin_minutes bigint not null,
    version bigint not null,
    primary key (org),
    check (pin_minutes between 1 and 60)
);

-- A second factor: a secret that makes a code every half minute, sealed by the installation's key.
-- It counts once the first code was right; the latest half minute used is never used again.
create table code_secrets (
    org text not null,
    user_id text not null,
    sealed bytea not null,
    confirmed_at bigint,
    last_step bigint not null,
    primary key (org, user_id)
);

create table recovery_codes (
    org text not null,
    user_id text not null,
    code_hash text not null,
    used_at bigint,
    primary key (org, user_id, code_hash)
);

-- Somebody whose password was right and whose second step is still to come.
create table sign_in_steps (
    org text not null,
    token_hash text not null,
    user_id text not null,
    expires_at bigint not null,
    primary key (org, token_hash)
);
create index sign_in_steps_by_age on sign_in_steps (org, expires_at);
