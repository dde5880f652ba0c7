//! Booking by the customer.
