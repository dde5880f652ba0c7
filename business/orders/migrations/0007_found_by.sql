-- Found are the steps that ended and the orders somebody serves: the others need no entry.
drop index order_steps_observed;
create index order_steps_observed on order_steps (org, blueprint, ended_at)
    where ended_at is not null;
drop index orders_by_staff;
create index orders_by_staff on orders (org, staff, created_at, id) where staff is not null;
