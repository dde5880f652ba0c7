-- A claim's quanta are found by whose time they are, and when: they need no entry by claim.
drop index claim_quanta_by_claim;
