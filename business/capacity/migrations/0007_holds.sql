-- Nobody looks for holds by their end; those in the way of a time are found by claims_held.
drop index claims_by_hold;
