-- Where whoever booked online wants to be written to about this booking. It belongs to the booking
-- and not to the customer: a phone number proves nobody to be the customer it belongs to.
create table booking_contacts (
    org text not null,
    order_id text not null,
    mail text not null check (length(mail) between 3 and 120),
    primary key (org, order_id)
);
