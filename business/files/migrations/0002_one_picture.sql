-- A member of staff has one portrait and an organisation one logo: the next one replaces it.
create unique index files_one_picture on files (org, owner_kind, owner)
    where removed_at is null and owner_kind in ('staff', 'organisation');
