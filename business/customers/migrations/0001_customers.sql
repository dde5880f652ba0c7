-- People the business serves. A phone number belongs to one customer only; nulls do not collide.
create table customers (
    org text not null,
    id text not null,
    name text not null check (length(name) between 1 and 80),
    reading text not null,
    -- What lists are sorted by: the reading, or else the name, in small letters.
    sort_name text not null,
    phone text,
    phone_digits text check (length(phone_digits) between 5 and 15),
    email text,
    language text check (language in ('zh-CN', 'en')),
    note text not null,
    level text not null check (level in ('regular', 'vip')),
    created_at bigint not null,
    version bigint not null check (version > 0),
    external_id text,
    primary key (org, id),
    unique (org, phone_digits),
    unique (org, external_id),
    check ((phone is null) = (phone_digits is null))
);
create index customers_by_name on customers (org, name, id);
create index customers_by_sort_name on customers (org, sort_name, id);

-- What a customer can be found by: words of name and reading, initials, both ends of the phone.
-- A term is the hexadecimal of its UTF-8 bytes, so that a prefix is a plain range in every
-- collation of either engine.
create table customer_terms (
    org text not null,
    term text not null,
    customer text not null,
    primary key (org, term, customer),
    foreign key (org, customer) references customers (org, id) on delete cascade
);
create index customer_terms_of on customer_terms (org, customer);
