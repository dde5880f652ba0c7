-- Keys kept by people's devices, with which they sign in without a password. A key is found by its
-- id before an organisation is known, so ids are unique in the installation.
create table passkeys (
    org text not null,
    id text not null,
    user_id text not null,
    credential text not null,
    name text not null,
    host text not null,
    algorithm bigint not null,
    public_key bytea not null,
    counter bigint not null,
    created_at bigint not null,
    used_at bigint,
    primary key (org, id),
    check (name <> ''),
    check (algorithm in (-7, -8, -257))
);
create index passkeys_by_user on passkeys (org, user_id);

create table passkey_owners (
    credential text not null,
    org text not null,
    passkey text not null,
    primary key (credential)
);

-- What a browser was asked to sign, good once and for five minutes.
create table passkey_challenges (
    challenge_hash text not null,
    expires_at bigint not null,
    primary key (challenge_hash)
);
create index passkey_challenges_by_age on passkey_challenges (expires_at);
