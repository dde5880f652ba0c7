kernel-fields-wrong = { $count } fields need another look.
kernel-stale = Somebody else changed this in the meantime. Look at what it is now, then decide again.
kernel-forbidden = Your role does not allow this. Ask the owner or a manager.
kernel-sign-in = Sign in to go on.
kernel-broken = Something failed on our side and nothing was changed. Try again; if it stays, pass on the reference.
