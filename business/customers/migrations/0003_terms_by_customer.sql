-- The terms of one customer are read from the index alone: held against several words, and those
-- of the customers served last.
create index customer_terms_by_customer on customer_terms (org, customer, term);
drop index customer_terms_of;
