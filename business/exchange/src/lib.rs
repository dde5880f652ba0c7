//! Import of services, staff, customers, orders and histories.
