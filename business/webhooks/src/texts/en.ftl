webhooks-title = Webhooks
webhooks-one = Webhook
webhooks-none = No program is told yet
webhooks-about = A webhook tells another program what happens here, as it happens: each fact is signed, sent in order, and tried again until it is taken.
webhooks-new = New webhook
webhooks-url = Address
webhooks-url-hint = Facts are posted there as JSON, signed by the Standard Webhooks scheme.
webhooks-url-wrong = Type an address that begins with https:// or http://, without a password in it.
webhooks-kinds = Facts
webhooks-kinds-hint = Tick none to send everything. Customers are named by their id alone.
webhooks-kinds-wrong = Name at most 50 nouns or facts, such as order or ticket.called. Nouns are: { $nouns }.
webhooks-kind = { $kind ->
    [order] Orders
    [step] Steps
    [ticket] Queue numbers
    [session] Group sessions
    [series] Repeating bookings
    [waiting] Waiting list
    [enquiry] Enquiries
    [customer] Customers
    [message] Messages
    [service] Services
    [blueprint] Blueprints
    [resource] Rooms and equipment
    [staff] Staff
    [shift] Shifts
    [time_off] Time off
    [request] Staff requests
    [site] Sites
    [user] Accounts
   *[other] { $kind }
}
webhooks-comma = ,{" "}
webhooks-everything = Everything
webhooks-make = Make webhook
webhooks-many = There are { $max } webhooks already. Remove one first.
webhooks-missing = There is no such webhook any more.
webhooks-delivery-missing = There is no such delivery any more.
webhooks-state = State
webhooks-active = Active
webhooks-failing = Not taken
webhooks-is-paused = Paused
webhooks-is-stopped = Stopped
webhooks-stopped-text = The other side took nothing for five days, or answered that it wants nothing any more. Look after it, send a test, then resume: what happened meanwhile is sent first.
webhooks-failing-since = Nothing was taken since { $since }.
webhooks-retry-at = It is tried again at { $at }; what happened later waits behind it.
webhooks-on-the-way = On the way
webhooks-made-at = Made
webhooks-choices = What is sent where
webhooks-save = Save
webhooks-saved = Saved
webhooks-key = Key for signatures
webhooks-key-once = Copy this key now. It is not shown again.
webhooks-key-text = The other side checks with it that a fact comes from here. A new key is shown once; the former one signs beside it for a day.
webhooks-key-former = The former key signs until { $until }.
webhooks-key-change = New key
webhooks-test = Send a test
webhooks-tested = A test is on its way.
webhooks-a-test = Test
webhooks-pause = Pause
webhooks-paused = Nothing is sent for now.
webhooks-resume = Resume
webhooks-resumed = Facts are sent again, those of the meantime first.
webhooks-remove = Remove webhook
webhooks-remove-title = Remove this webhook?
webhooks-remove-text = What is on the way to it and the list of what was sent go with it. This cannot be taken back.
webhooks-removed = The webhook is gone.
webhooks-replay = Send again
webhooks-replayed = It is on its way once more.
webhooks-replay-title = Send a time again
webhooks-replay-text = What was given up between these times is sent once more, in order.
webhooks-replay-delivered = What arrived, too
webhooks-replay-range = Send again
webhooks-replayed-count = { $count ->
    [0] Nothing was to be sent again.
    [one] One fact is on its way once more.
   *[other] { $count } facts are on their way once more.
}
webhooks-range-backwards = Choose a time after the first one.
webhooks-from = From
webhooks-until = Until
webhooks-sent = What was sent
webhooks-all = All
webhooks-nothing = Nothing here
webhooks-nothing-text = What happens from now on stands here when it is sent. A test shows whether the way is open.
webhooks-written = Written
webhooks-tried = Tried last
webhooks-attempts = Attempts
webhooks-answer = Answer
webhooks-took = Took
webhooks-body = What is sent
webhooks-id = Id at every attempt
webhooks-stage-waiting = Waiting
webhooks-stage-failed = Tried again
webhooks-stage-delivered = Delivered
webhooks-stage-dead = Given up
webhooks-reason = { $reason ->
    [moved] points elsewhere, which is not followed
    [key] the key cannot be read
   *[inside] lies in the own network, which is not allowed
}
webhooks-api-list = Programs that are told what happens
webhooks-api-create = Have a program told
webhooks-api-show = One webhook
webhooks-api-change = Change where facts go, and which
webhooks-api-remove = Tell a program no more
webhooks-api-pause = Send nothing for now
webhooks-api-resume = Send again, what happened meanwhile first
webhooks-api-key = Make a new key; the former one signs for another day
webhooks-api-test = Send a test the way every fact goes
webhooks-api-deliveries = What was sent, newest first
webhooks-api-replay = Send one delivery once more
webhooks-api-replays = Send the deliveries of a time once more
webhooks-api-delivery = A delivery: what is sent, and what was answered
