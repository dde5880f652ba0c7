-- What is kept under its hash, once for an organisation. A claim is renewed before the bytes are
-- put in place, so that nobody clears them away in between.
create table file_contents (
    org text not null,
    hash text not null check (length(hash) = 64),
    bytes bigint not null check (bytes > 0),
    claimed_at bigint not null,
    leaving bigint not null check (leaving in (0, 1)),
    primary key (org, hash)
);

-- A photo or a file that was added to something.
create table files (
    org text not null,
    id text not null,
    owner_kind text not null
        check (owner_kind in ('order', 'service', 'customer', 'staff', 'organisation')),
    owner text not null,
    -- A part of the owner: the step of an order.
    part text,
    media_type text not null check (media_type in
        ('image/jpeg', 'image/png', 'application/pdf', 'text/plain')),
    name text not null check (length(name) between 1 and 120),
    caption text not null check (length(caption) <= 300),
    version bigint not null check (version > 0),
    -- Its place among the files of the owner.
    position bigint not null check (position > 0),
    added_at bigint not null,
    added_by text not null,
    removed_at bigint,
    primary key (org, id),
    check (removed_at is null or removed_at >= added_at),
    check (part is null or owner_kind = 'order')
);
create index files_by_owner on files (org, owner_kind, owner, position, id);
create index files_removed on files (org, removed_at) where removed_at is not null;

-- The sizes in which a file is kept: a picture in up to three, anything else as it came.
create table file_copies (
    org text not null,
    file text not null,
    size text not null check (size in ('full', 'medium', 'small')),
    width bigint not null check (width >= 0),
    height bigint not null check (height >= 0),
    hash text not null,
    primary key (org, file, size),
    foreign key (org, file) references files (org, id),
    foreign key (org, hash) references file_contents (org, hash),
    check ((width = 0) = (height = 0)),
    check (width > 0 or size = 'full')
);
create index file_copies_by_hash on file_copies (org, hash);
