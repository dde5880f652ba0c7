# What an order is.
orders-kind-walk-in = Walk-in
orders-kind-booking = Booking
orders-kind-purchase = Purchase
orders-kind-on-site = On-site job
orders-kind-enquiry = Enquiry
orders-kind-complaint = Complaint
orders-level-normal = In turn
orders-level-priority = Priority
orders-channel-desk = Desk
orders-channel-online = Online
orders-channel-phone = Phone
orders-channel-kiosk = Kiosk
orders-channel-api = API
orders-channel-import = Import
orders-channel-system = System
orders-state-held = Held
orders-state-booked = Booked
orders-state-open = Open
orders-state-waiting = Waiting
orders-state-serving = In service
orders-state-finished = Finished
orders-state-cancelled = Cancelled
orders-state-no-show = No-show
orders-state-expired = Expired

# Why something cannot be done.
orders-missing = There is no such order. Look for its number or its customer again.
orders-link-missing = This link names no order. Check that it is complete.
orders-step-missing = The order has no such step any more. Look at it again.
orders-customer-missing = There is no such customer. Choose one, or type a name or phone number.
orders-refuse-only-held = The slot is only held. Confirm the booking first.
orders-refuse-not-over = The hold has not run out, or was confirmed.
orders-refuse-no-slot = This order has no appointment.
orders-refuse-here = The customer is here already. Start the order, or cancel it and take a new one.
orders-refuse-in-service = The order is in service. Finish it, or cancel it with a reason.
orders-refuse-not-started = The order is not in service. Start it first.
orders-refuse-too-early = The appointment has not begun. Wait until it has, or cancel it.
orders-refuse-finished = The order is finished. Take a new order for further work.
orders-refuse-cancelled = The order was cancelled. Take a new one.
orders-refuse-no-show = The customer did not come, so the order is closed. Take a new one.
orders-refuse-expired = The hold ran out, so the slot was given up. Take a new order.
orders-refuse-undo-followed = Something has happened to the order since, so nothing was undone.
orders-refuse-undo-late = That was too long ago to be undone. Take a new order instead.
orders-refuse-step-not-started = The step has not begun. Start it first.
orders-refuse-step-running = The step is being carried out. Finish it, or record the error.
orders-refuse-step-done = The step is done.
orders-refuse-step-failed = The step failed. Go on with its rework.
orders-refuse-step-skipped = The step was left out.
orders-refuse-rework-endless = The step has failed too often. Cancel the order with a reason.
orders-refuse-lines-closed = The order is closed, so its lines stay as they are. Write a note instead.
orders-refuse-main-service = The slot was booked for the first service. To change that, cancel and book anew.
orders-note-long = At most { $max } characters.
orders-note-empty = Write something down first.
orders-reason-needed = Say why, in a few words.
orders-reason-long = At most { $max } characters.
orders-cause-needed = Say what went wrong, in a few words.
orders-service-needed = Choose a service.
orders-no-matter = Only an enquiry or a complaint is settled like this.
orders-matter-needed = Say what it is about, or choose a service.
orders-service-missing = There is no such service any more. Choose another.
orders-service-archived = This service is no longer on offer. Choose another.
orders-service-elsewhere = This service is not offered at this site. Choose another, or another site.
orders-service-not-online = This service cannot be booked online. Call us, or choose another.
orders-service-currency = Prices in another currency cannot be on this order.
orders-lines-many = At most { $max } lines.
orders-quantity-wrong = Write a whole number from 1 to 999.
orders-slot-needed = Choose a time.
orders-slot-not-wanted = Only bookings and on-site jobs have a time.
orders-past-backwards = The times run backwards. Check which came first.
orders-past-future = The order ends in the future. Only past orders can be recorded.
orders-past-twice = This external number comes twice.

# The list.
orders-menu = Orders
orders-new = New order
orders-filter-text = Find
orders-filter-text-hint = Number, name, phone, service
orders-filter-state = State
orders-filter-any-state = Any state
orders-filter-current = Not closed
orders-filter-kind = Kind
orders-filter-any-kind = Any kind
orders-filter-channel = Channel
orders-filter-any-channel = Any channel
orders-filter-site = Site
orders-filter-any-site = Any site
orders-filter-staff = Served by
orders-filter-any-staff = Anybody
orders-filter-from = Taken from
orders-filter-to = Until
orders-filter-apply = Filter
orders-filter-clear = Clear filter
orders-of-customer = Orders of { $name }
orders-count = { $count ->
    [one] 1 order
   *[other] { $count } orders
}
orders-count-more = More than { $count } orders
orders-none = No orders yet
orders-none-text = Walk-ins, bookings, purchases, enquiries and complaints are listed here.
orders-none-found = No order matches
orders-none-found-text = Try fewer words, or clear the filter.
orders-booked-as = Booked as { $name }
orders-no-customer = No name
orders-col-number = Number
orders-col-customer = Customer
orders-col-what = Service
orders-col-when = Time
orders-col-staff = Served by
orders-col-state = State
orders-col-amount = Amount

# Taking an order.
orders-new-kind = Kind of order
orders-remark = Customer’s note
orders-remark-hint = What the customer asked for or told us
orders-priority = Goes before others
orders-by-phone = Taken by phone
orders-take-walk-in = Add walk-in
orders-take-booking = Book
orders-take = Take order
orders-taken = Order { $number } taken
orders-line-none = –
orders-line-first = Service
orders-line-more = And
orders-slot-day = Day
orders-slot-staff = With
orders-slot-anybody = Anybody who can
orders-slot-show = Show times
orders-slot-times = Free times
orders-slot-none = No free times. Choose a service and a day, then show the times.
orders-slot-now = Now: { $time }

# The page of one order.
orders-do-confirm = Confirm booking
orders-do-arrive = Check in
orders-do-start = Start
orders-do-complete-step = Complete step
orders-do-start-step = Start step
orders-do-finish = Finish order
orders-do-reschedule = Reschedule
orders-do-fail = Record error
orders-do-no-show = No-show
orders-do-cancel = Cancel order
orders-done-step-started = Step started
orders-done-step-finished = Step completed
orders-done-step-failed = Error recorded
orders-done-step-skipped = Step left out
orders-done-checklist = Checklist saved
orders-done-undo = Undone
orders-undo-arrival = Undo check-in
orders-undo-start = Undo start
orders-undo-finish = Undo finish
orders-undo-no-show = Undo no-show
orders-since-arrived = here since { $time }
orders-since-taken = taken { $time }
orders-progress = Progress through the blueprint
orders-steps = Steps
orders-step-skipped = left out
orders-step-again = { $name } again
orders-promise-ahead = { $minutes } ahead of promise
orders-promise-behind = { $minutes } behind promise
orders-promise-kept = Done { $minutes } before the promise
orders-promise-broken = Done { $minutes } after the promise
orders-promise-wait = Waiting at most { $minutes } min
orders-promise-ready = Ready by { $time }
orders-promise-left = { $time } left
orders-promise-over = { $time } over
orders-promises = Promises
orders-lines = Lines
orders-lines-edit = Edit
orders-lines-none = Nothing is sold on this order yet.
orders-line-item = Item
orders-line-quantity = Qty
orders-line-price = Price
orders-line-amount = Amount
orders-line-standard = { $minutes } standard min
orders-tax-within = Includes { $rate } % tax
orders-total = Total
orders-server = Who serves
orders-server-label = Served by
orders-server-open = Decide later
orders-checklist = Before { $step } ends
orders-checklist-keep = Save ticks
orders-customer = Customer
orders-customer-name = Add customer
orders-customer-since = since { $year }
orders-customer-vip = VIP
orders-customer-regular = Regular
orders-customer-spent = Spent
orders-customer-visits = Visits
orders-customer-no-shows = No-shows
orders-customer-phone = Phone
orders-customer-last = Last visit
orders-customer-language = Language
orders-facts = Details
orders-fact-number = Number
orders-fact-taken = Taken
orders-fact-staff = Served by
orders-fact-blueprint = Blueprint
orders-fact-version = version { $number }
orders-fact-external = External number

# What happened.
orders-told = Activity
orders-note = Note for colleagues
orders-note-hint = What the next colleague should know
orders-note-add = Add note
orders-told-note = Note added
orders-told-guest = Customer
orders-told-system = Steward
orders-told-created = Order taken
orders-told-booked = Booking confirmed
orders-told-rescheduled = Rescheduled
orders-told-arrived = Checked in
orders-told-started = Order started
orders-told-finished = Order finished
orders-told-cancelled = Order cancelled
orders-told-no-show = Marked as no-show
orders-told-expired = Hold ran out
orders-told-arrival-undone = Check-in undone
orders-told-start-undone = Start undone
orders-told-finish-undone = Finish undone
orders-told-no-show-undone = No-show undone
orders-told-changed = Order changed
orders-told-step-started = { $step }: started
orders-told-step-finished = { $step }: completed
orders-told-step-failed = { $step }: error recorded
orders-told-step-reworked = { $step }: done again
orders-told-step-skipped = { $step }: left out
orders-told-step-ticked = { $step }: checklist ticked
orders-told-step-restored = { $step }: set back
orders-told-ticket-issued = Ticket issued
orders-told-ticket-called = Called
orders-told-ticket-recalled = Called again
orders-told-ticket-skipped = Skipped in the queue
orders-told-ticket-returned = Returns later
orders-told-ticket-restored = Back in the queue
orders-told-ticket-left = Left the queue

# Pages that ask one thing.
orders-back = Back
orders-reason = Why is it cancelled?
orders-reason-hint = Kept with the order and shown to colleagues
orders-failure-of = Step: { $step }
orders-cause = What went wrong?
orders-cause-hint = The step is done again; the cause helps to prevent it next time
orders-content = Edit order
orders-content-save = Save
orders-content-now = The order is now:
orders-level = Order of service

# The page of one customer.
orders-customer-all = All orders
orders-customer-none = No orders yet
orders-customer-none-text = What this customer asks for is listed here.
orders-customer-orders = Orders
orders-customer-details = Details
orders-customer-saved = Customer saved
orders-customer-field-name = Name
orders-customer-field-reading = Reading
orders-customer-field-email = Mail
orders-customer-field-level = Level
orders-customer-field-note = Note
orders-customer-language-open = Not known
orders-language-zh = Chinese
orders-language-en = English
orders-aside = Customer, promises and details
orders-new-rest = Note and confirmation
orders-do-skip = Leave step out
orders-told-message-sent = Customer told: { $occasion ->
    [booked] booking confirmed
    [moved] new time
    [cancelled] booking cancelled
    [reminder] reminder
    [next] next in line
    [thanks] thank you
   *[other] message
}
orders-told-message-failed = Message could not be sent: { $occasion ->
    [booked] booking confirmed
    [moved] new time
    [cancelled] booking cancelled
    [reminder] reminder
    [next] next in line
    [thanks] thank you
   *[other] message
}
orders-told-message-revived = Message sent again: { $occasion ->
    [booked] booking confirmed
    [moved] new time
    [cancelled] booking cancelled
    [reminder] reminder
    [next] next in line
    [thanks] thank you
   *[other] message
}
orders-refuse-session = This is a place in a group session. Change it on the page of the session.
orders-refuse-not-seated = This order has no place in a group session of this service.
orders-col-phone = Phone
orders-col-currency = Currency
orders-col-note = Note
orders-col-external-id = External id
orders-col-created = Taken at
orders-col-slot-start = Slot
orders-col-slot-end = Slot end
orders-col-arrived = Arrived at
orders-col-started = Started at
orders-col-finished = Finished at
orders-col-closed = Closed at
orders-col-reason = Reason
orders-not-of-an-import = Only a closed order of an import that nobody has changed can be taken back.
orders-slot-other = Another time
orders-slot-other-hint = Any time of the day, in steps of five minutes.
orders-slot-together = The other parts of the visit move along.
orders-times = What fits at a time
orders-times-at = Time
orders-times-service = Service
orders-times-ask = Does it fit?
orders-times-back = Back to the calendar
orders-times-free = { $time } is free.
orders-times-book = Book this time
orders-times-overbook = Book over
orders-times-others = Free times of the day
orders-times-none = Nothing can be booked here
orders-times-none-text = Services that take time appear here once the site offers them.
orders-why-ask = Why is it not offered?
orders-why-title = { $time } is not offered because:
orders-why-free = { $time } is free. Choose “Another time” to take it.
orders-why-customers = Customers cannot book it online, the desk can:
orders-why-part = Part { $part }: { " " }
orders-why-past = The time has passed.
orders-why-step = Visits begin every { $minutes } minutes.
orders-why-length = A visit takes between 5 minutes and 24 hours.
orders-why-closed = The shop is closed for a part of it; open { $hours }.
orders-why-closed-all = The shop is closed that day.
orders-why-notice = It must be booked at least { $time } ahead.
orders-why-horizon = Bookings are taken at most { $days } days ahead.
orders-why-limit = The customer has { $max } { $max ->
        [one] booking
       *[other] bookings
    } ahead, the most allowed at once.
orders-why-nobody = Nobody here has the skill: { $skills }.
orders-why-place = { $name } is taken until { $time } ({ $number }).
orders-why-no-place = The site has none of: { $kind }.
orders-why-apart = Each part is free alone, but not one after the other within half an hour.
orders-why-skill = { $name } lacks the skill: { $skills }.
orders-why-no-shift = { $name } does not work that day.
orders-why-shift = { $name } works { $hours }.
orders-why-break = { $name } has a break until { $time }.
orders-why-off = { $name } is off until { $time }.
orders-why-busy = { $name } is busy until { $time } ({ $number }).
orders-why-buffer = { $name } needs the time for setting up and cleaning up until { $time } ({ $number }).
orders-why-travel = { $name } comes from { $site } or goes there: { $time } on the way.
orders-why-room-change = { $name } needs { $time } to change the room.
orders-overbook = Book over, because
orders-overbook-hint = The person has two visits at once then. The reason stays with the order and in the journal.
orders-overbook-reason = Say why somebody busy is booked over.
orders-overbooked = Booked over
orders-parts = Parts of the visit
orders-part-move = Change
orders-refuse-limit = You have { $max } { $max ->
        [one] booking
       *[other] bookings
    } ahead already, the most allowed at once. Cancel one first, or call the shop.
orders-part-when = When
orders-part-what = What, who, where
orders-do-repeat = Repeat …
orders-told-series = Taken as one of a series
orders-told-waiting-offered = Offered to somebody who waits
orders-told-waiting-accepted = Taken from the waiting list
orders-told-waiting-declined = Let go by who was waiting
orders-told-waiting-unanswered = Not answered by who was waiting
orders-slot-wait = Waiting list
orders-told-file-added = File added
orders-told-file-captioned = File described
orders-told-file-removed = File removed
orders-told-file-put-back = File put back
orders-told-reopened = Opened again
orders-told-enquiry-opened = Enquiry written down
orders-told-enquiry-taken = Taken on to answer
orders-told-enquiry-released = Let go
orders-told-enquiry-level = Level set
orders-told-enquiry-closed = Closed
orders-told-enquiry-reopened = Reopened
orders-api-change = Change what an order holds
orders-api-undo = Take the last act back
orders-api-step-tick = Tick off a step's checklist
orders-api-fields = Fields of the business on an order
orders-api-fill = Fill in fields of the business on an order
orders-api-list = Orders, newest first
orders-api-show = One order with lines, steps and notes
orders-api-create = Take an order
orders-api-confirm = Make a held time a promise
orders-api-arrive = The customer is here
orders-api-no-show = The customer did not come
orders-api-start = Begin the work
orders-api-finish = End the work
orders-api-cancel = Call off
orders-api-reason = Called off by a program
orders-api-move = Move to another time
orders-api-note = Write a note down
orders-api-step-start = Begin a step
orders-api-step-finish = End a step
orders-api-step-skip = Leave a step out
orders-api-step-fail = A step went wrong
orders-api-reasons = Why a time cannot be had
orders-api-slot-reasons = Why an order cannot be moved to a time
