-- PostgreSQL only.
-- An order's lines and steps lie in their order by position: one entry for each, not two.
alter table order_lines drop constraint order_lines_pkey;
alter table order_lines drop constraint order_lines_org_order_id_position_key;
alter table order_lines add primary key (org, order_id, position);
alter table order_steps drop constraint order_steps_pkey;
alter table order_steps drop constraint order_steps_org_order_id_position_attempt_key;
alter table order_steps add primary key (org, order_id, position, attempt);
