-- Holds that ran out are looked for before each claim: few rows, among all claims there ever were.
create index claims_held on claims (org, busy_from) where state = 'held';
