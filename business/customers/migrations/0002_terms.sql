-- Which way of making terms a customer's terms were made by: those behind are made anew, some at a
-- time, and are found by their old terms until then.
alter table customers add column terms_version bigint not null default 0;
create index customers_terms_behind on customers (org, id) where terms_version < 1;
