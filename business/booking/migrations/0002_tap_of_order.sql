-- The page of details leads back to the page of times whose tap it came from.
create index booking_taps_by_order on booking_taps (org, order_id);
