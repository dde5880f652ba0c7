-- Holds that ran out are looked for before each claim: few rows, among all claims there ever were.
create index claims_held on claims (org, busy_from) where state = 'held';
-- Whose time a moment touches is told by the index alone: claims may be a day long, so those of
-- a day are looked through.
drop index claims_by_time;
create index claims_by_time on claims (org, busy_from, busy_to);
drop index claims_by_site;
create index claims_by_site on claims (org, site, busy_from, busy_to);
