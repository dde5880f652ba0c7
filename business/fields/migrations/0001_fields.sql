-- A field that the business defined for itself.
create table fields (
    org text not null,
    id text not null,
    subject text not null check (subject in ('customer', 'order', 'service', 'staff')),
    -- What imports and the API call it; never changes.
    key text not null check (length(key) between 1 and 40),
    name_zh text not null check (length(name_zh) <= 60),
    name_en text not null check (length(name_en) <= 60),
    kind text not null check (kind in ('text', 'long_text', 'whole', 'decimal', 'money', 'date',
        'flag', 'choice', 'choices')),
    required bigint not null check (required in (0, 1)),
    personal bigint not null check (personal in (0, 1)),
    listed bigint not null check (listed in (0, 1)),
    -- What a new form begins with, as it would be typed; empty for nothing.
    standard text not null,
    -- Length of a text, or bounds of a number in its smallest unit, or of a date in days since 1970.
    least bigint,
    most bigint,
    -- Digits after the point of a decimal.
    decimals bigint not null check (decimals between 0 and 6),
    -- What may be chosen: key, names, whether it is still offered.
    picks text not null,
    position bigint not null check (position > 0),
    state text not null check (state in ('active', 'archived')),
    version bigint not null check (version > 0),
    primary key (org, id),
    unique (org, subject, key),
    check (name_zh <> '' or name_en <> ''),
    check (least is null or most is null or least <= most),
    check (decimals = 0 or kind = 'decimal'),
    check ((picks <> '[]') = (kind in ('choice', 'choices')))
);

-- What stands in a field. The kind of the value decides its column, exactly one.
create table field_values (
    org text not null,
    subject text not null,
    object text not null,
    field text not null,
    kind text not null,
    words text,
    number bigint,
    currency text,
    day text,
    primary key (org, subject, object, field),
    foreign key (org, field) references fields (org, id),
    check ((words is not null) = (kind in ('text', 'long_text', 'choice', 'choices'))),
    check ((number is not null) = (kind in ('whole', 'decimal', 'money', 'flag'))),
    check ((currency is not null) = (kind = 'money')),
    check ((day is not null) = (kind = 'date')),
    check (kind <> 'text' or length(words) between 1 and 200),
    check (kind <> 'long_text' or length(words) between 1 and 5000),
    -- Several chosen ones stand between commas: ,oak,pine,
    check (kind <> 'choices' or (words like ',%,' and length(words) > 2)),
    check (kind <> 'flag' or number in (0, 1)),
    check (kind <> 'date' or length(day) = 10)
);
create index field_values_by_words on field_values (org, field, words, object)
    where kind in ('text', 'choice');
create index field_values_by_number on field_values (org, field, number, object)
    where number is not null;
create index field_values_by_day on field_values (org, field, day, object) where day is not null;

-- Counts the changes of all fields of one object: two editors of it are told apart by this.
create table field_heads (
    org text not null,
    subject text not null,
    object text not null,
    version bigint not null check (version > 0),
    primary key (org, subject, object)
);
