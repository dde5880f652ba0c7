# Today
desk-today = Today
desk-new = New
desk-new-order = New order
desk-check-in = Check in
desk-check-in-hint = Check in: name, phone, booking code…
desk-walk-in = Walk-in
desk-walk-in-title = Add a walk-in
desk-walk-in-this = Walk-in
desk-book = Booking
desk-book-this = New booking
desk-right-now = Right now
desk-waiting = Waiting
desk-nobody = nobody
desk-longest = longest { $minutes }
desk-median-wait = Median wait
desk-min = min
desk-minutes = { $minutes } min
desk-promise = promise { $minutes }
desk-visits =
    { $count ->
        [one] 1 visit
       *[other] { $count } visits
    }
desk-in-service = In service
desk-free = { $count } free
desk-on-time = On-time start
desk-target = target { $percent }
desk-of-bookings = of { $count } bookings
desk-taken = Taken today
desk-orders-done =
    { $count ->
        [one] 1 order
       *[other] { $count } orders
    }
desk-lanes = Lanes
desk-lane-queue = Queue
desk-lane-arriving = Arriving
desk-alerts = Alerts
desk-attention = Needs attention
desk-lines = Lines
desk-queue-empty = Nobody is waiting
desk-queue-empty-text = Walk-ins and people who scan the code appear here.
desk-arriving-empty = No booking in the next two hours
desk-arriving-empty-text = Whoever is booked appears here two hours ahead, to be checked in.
desk-serving-empty = Nobody is being served
desk-serving-empty-text = A started service runs here against its promise.
desk-all-well = All is well
desk-all-well-text = Late starts, broken promises and missing guests appear here.
desk-finish-time = finish time
desk-next-hours = next { $hours } h
desk-opening = { $length } free · { $name }
desk-offer = Offer
desk-later-today = { $count } later today
desk-now = now { $time }
desk-guest = Guest
desk-anyone = Anyone
desk-next = Next
desk-called-at = Called { $time }
desk-coming = On the way
desk-back-at = back { $time }
desk-vip = VIP
desk-priority = Priority
desk-remote = Remote
desk-waited = waited { $minutes }
desk-over = { $minutes } over
desk-left = { $minutes } left
desk-arrived = Arrived
desk-confirmed = Confirmed
desk-late = { $minutes } late
desk-done-at = done { $time }
desk-handled = Handled in the last hour
desk-handled-moved = { $number } moved
desk-handled-assigned = { $number } assigned
desk-handled-skipped = { $number } let somebody ahead
desk-handled-no-show = { $number } did not come
# What the buttons do
desk-call = Call
desk-call-again = Call again
desk-again = Again
desk-call-for = Call for { $name }
desk-call-number = Call { $number }
desk-start = Start
desk-assign = Assign
desk-no-show = No-show
desk-let-one = Let one ahead
desk-later = Back in 15 min
desk-ticket-code = Ticket code
desk-open = Open
desk-more = More
desk-move = Move
desk-move-to = Move to { $name }
desk-complete-step = Complete step
desk-complete-last = Complete last step
desk-finish = Finish
desk-phone = Phone
desk-show = Show
desk-undo-call = { $number } called
desk-undo-away = { $number } comes back later
desk-undo-no-show = { $number } did not come
desk-done-arrival = { $number } checked in
desk-done-start = { $number } started
desk-done-step = Step completed
desk-done-checklist = Checklist kept
desk-done-finish = { $number } finished
desk-done-no-show = { $number } did not come
desk-done-undo = { $number } set back
desk-done-moved = Booking moved
desk-done-failure = Noted. The step will be done again
desk-done-walk-in = { $number }: { $wait }
# What needs a person
desk-past-promise = { $number } is past its { $minutes } promise
desk-waited-free = Waited { $minutes }. { $name } is free now.
desk-waited-nobody = Waited { $minutes }. Nobody who can take it is free.
desk-not-come = { $number } was called { $minutes } ago
desk-held-until = Called at { $time }, not here yet.
desk-runs-over = { $name } runs { $minutes } over
desk-now-at = { $step }, { $name }
desk-has-nobody = { $time } · { $name } has nobody to serve
desk-off-until = { $name } is off until { $time }
desk-no-shift-then = { $name } is not at work then
desk-give-to = Give to { $name }
desk-will-start-late = { $time } { $name } will start late
desk-busy-until = { $name } is busy until { $time }.
desk-is-late = { $time } { $name } is { $minutes } late
desk-waits-past-slot = { $name } has waited { $minutes } past the time booked
desk-booked-with = Booked for { $time } with { $name }.
# Hints
desk-hint-check-in = check in
desk-hint-walk-in = walk-in
desk-hint-move = move
desk-hint-lane = lane
desk-hint-call = call
desk-hint-start = start
desk-hint-done = done
desk-hint-undo = undo
desk-hint-all = all shortcuts
# Walk-in and ticket
desk-customer = Customer
desk-customer-hint = Name, phone or both
desk-service = Service
desk-with = With
desk-note = Note
desk-priority-why = Goes before others because
desk-priority-why-hint = With a reason the number counts from earlier; the reason is kept.
desk-give-number = Give a number
desk-assign-title = Give the job to
desk-name-free = { $name } · free now
desk-later-title = Later
desk-back-places =
    { $count ->
        [one] Let 1 ahead
       *[other] Let { $count } ahead
    }
desk-away-minutes = Back in { $minutes } min
desk-put-back = Back in line
desk-ticket-scan = The customer scans this to watch their place.
desk-ticket-open = Open the customer's page
# Finding
desk-found = Found
desk-found-nothing = No booking or customer for “{ $text }”
desk-search = Search
desk-search-none = Nothing found
desk-search-nothing = Try a name, its initials, the last digits of a phone or an order number.
desk-no-rooms = No rooms or equipment yet
desk-no-rooms-text = Each room gets a column here, with what is booked in it. Services that need nothing but a person do without.
desk-no-rooms-add = Add a room
desk-no-columns = Nobody serves here yet
desk-no-columns-text = Each member of staff gets a column here, with shifts and bookings.
desk-no-columns-add = Add staff
desk-search-commands = Commands
desk-search-orders = Orders
desk-search-tickets = Queue numbers
desk-search-recent = Served last
desk-search-services = Services and goods
desk-search-customers = Customers
desk-queue-code = Queue code
# Calendar
desk-calendar = Calendar
desk-day-before = Day before
desk-day-after = Day after
desk-month-before = Month before
desk-month-after = Month after
desk-day-summary =
    { $count ->
        [one] 1 booking, { $percent }% booked
       *[other] { $count } bookings, { $percent }% booked
    }
desk-columns = Columns
desk-columns-both = Staff + rooms
desk-columns-staff = Staff
desk-columns-rooms = Rooms
desk-from-here = From here
desk-time-off = Time off
desk-break = Break
desk-off-shift = Off shift
desk-families = Service families
desk-alt-arrows = Drag a booking, or Alt and arrow keys. Enter opens it.
desk-times = Does it fit?
desk-times-hint = Click an empty time to see what fits there, or why nothing does.
desk-load-light = light
desk-load-full = nearly full
desk-fits = Fits: skill, shift and room are free
desk-open-order = Open order
desk-customer-page = Customer
desk-move-title = Move to another time
desk-day = Day
desk-time = Time
desk-near = Free times nearby
# My day
desk-my-day = My day
desk-my-shift = { $date }, shift { $shift }
desk-my-whose = Whose day?
desk-my-nothing = Nothing in hand
desk-my-idle = Who waits for you and what is booked with you today appears here, to be started with one press.
desk-my-done =
    { $count ->
        [0] No job finished yet today.
        [one] 1 job finished today.
       *[other] { $count } jobs finished today.
    }
desk-my-now = Now
desk-my-step = Step { $step } of { $total }
desk-my-minutes = { $taken } of { $standard } minutes
desk-my-of = of { $minutes } min
desk-my-up-next = Next step
desk-my-start-step = Start step
desk-my-trouble = Something went wrong
desk-my-cause = What went wrong?
desk-my-again = Note it and do the step again
desk-my-line = In line for you
desk-my-next = Next
desk-my-jobs =
    { $count ->
        [one] 1 job, done about { $time }
       *[other] { $count } jobs, done about { $time }
    }
desk-ready-by = ready by { $time }
desk-step-missing = This order has no such step. Reload the page.
# Journal
desk-journal = Journal
desk-journal-check = Check the chain
desk-journal-intact = The chain is whole: { $count } events, none altered or missing.
desk-journal-broken = The chain is broken.
desk-journal-count = { $count } events
desk-journal-any = Anything
desk-journal-activity = Activity
desk-journal-kind = Kind
desk-journal-one = Only this: { $kind }
desk-journal-none = No event matches. Take a filter away.
desk-journal-when = When
desk-journal-what = What
desk-journal-who = Who
desk-journal-about = About
desk-journal-seal = Seal
desk-journal-system = Steward
desk-journal-guest = Guest
desk-date-time = { $date }, { $time }
desk-calendar-side = Month and families

# What the journal calls a fact: the activity with a hyphen for the dot.
desk-activity = { $activity ->
    [session-offered] Service held for groups
    [session-withdrawn] Service no longer held for groups
    [session-planned] Group session planned
    [session-moved] Group session moved
    [session-changed] Group session changed
    [session-cancelled] Group session called off
    [session-begun] Group session begun
    [session-ended] Group session over
    [series-created] Repeating booking taken
    [waiting-joined] Joined the waiting list
    [waiting-offered] Time offered from the waiting list
    [waiting-accepted] Offered time taken
    [waiting-declined] Offered time let go
    [waiting-unanswered] Offer not answered
    [waiting-left] Left the waiting list
    [waiting-lapsed] Waiting days over
    [waiting-settings_changed] Time to answer an offer changed
    [customer-removed] Customer taken back
    [service-removed] Service taken back
    [staff-removed] Member of staff taken back
    [order-removed] Order taken back
    [import-uploaded] File for an import uploaded
    [import-started] Import started
    [import-resumed] Import resumed
    [import-stopped] Import stopped
    [import-finished] Import finished
    [import-failed] Import failed
    [import-undone] Import undone
    [archive-asked] Archive of everything asked for
    [archive-made] Archive of everything made
    [archive-taken] Archive of everything downloaded
    [field-filled] Custom field filled in
    [field-defined] Custom field defined
    [field-changed] Custom field changed
    [field-archived] Custom field archived
    [field-restored] Custom field in use again
    [field-moved] Custom field moved
    [list-exported] List exported
    [order-created] Order taken
    [order-booked] Booking confirmed
    [order-arrived] Checked in
    [order-started] Service started
    [order-finished] Order finished
    [order-cancelled] Order cancelled
    [order-no_show] Did not come
    [order-rescheduled] Booking moved
    [order-overbooked] Booked over somebody busy
    [booking_rule-changed] Booking rule changed
    [moves-changed] Time between rooms or sites changed
    [order-expired] Hold ran out
    [order-changed] Order changed
    [order-noted] Note added
    [order-restored] Taken back
    [order-arrival_undone] Check-in undone
    [order-start_undone] Start undone
    [order-finish_undone] Finish undone
    [order-no_show_undone] No-show undone
    [step-started] Step started
    [step-finished] Step completed
    [step-failed] Step failed
    [step-reworked] Step done again
    [step-skipped] Step left out
    [step-ticked] Checklist ticked
    [step-restored] Step taken up again
    [ticket-issued] Number given
    [ticket-called] Number called
    [ticket-recalled] Number called again
    [ticket-answered] Answered the call
    [ticket-assigned] Number assigned
    [ticket-skipped] Let one go ahead
    [ticket-stepped_out] Stepped out
    [ticket-returned] Came back to the line
    [ticket-restored] Call taken back
    [ticket-no_show] Did not answer
    [ticket-left] Left the line
    [ticket-served] Served from the line
    [ticket-closed] Number closed
    [customer-created] Customer added
    [file-added] File added
    [file-captioned] File described
    [file-removed] File removed
    [file-put_back] File put back
    [enquiry-opened] Enquiry written down
    [enquiry-taken] Enquiry taken on
    [enquiry-released] Enquiry let go
    [enquiry-level_set] Level of an enquiry set
    [enquiry-closed] Enquiry closed
    [enquiry-reopened] Enquiry reopened
    [enquiry-targets_changed] Answer times changed
    [order-reopened] Order opened again
    [help-first_hour_put_away] The first hour put away
    [help-first_hour_brought_back] The first hour brought back
    [customer-changed] Customer changed
    [customer-unreachable] Mail address does not reach
    [customer-reachable] Mail address reaches again
    [message-bounced] Mail came back
    [service-created] Service added
    [service-changed] Service changed
    [service-archived] Service archived
    [service-restored] Service restored
    [blueprint-created] Blueprint created
    [blueprint-edited] Blueprint edited
    [blueprint-published] Blueprint published
    [blueprint-renamed] Blueprint renamed
    [blueprint-discarded] Draft discarded
    [blueprint-archived] Blueprint archived
    [blueprint-restored] Blueprint restored
    [line-created] Line added
    [line-changed] Line changed
    [ticket-transferred] Sent to another line
    [ticket-prioritised] Given priority
    [ticket-return_reserved] Told when to come back
    [line-opened] Line gives out numbers
    [line-closed] Line gives out no more numbers
    [queue_rules-changed] Rules of the queue changed
    [counter-created] Counter added
    [counter-changed] Counter changed
    [counter-removed] Counter removed
    [counter-staffed] Took a seat at a counter
    [counter-left] Left a counter
    [counter-paused] Went on a break
    [counter-resumed] Back from a break
    [device-linked] Tablet or screen linked
    [device-revoked] Link of a tablet or screen stopped
    [organisation-created] Business founded
    [organisation-changed] Business changed
    [site-created] Site opened
    [site-changed] Site changed
    [site-hours_changed] Opening hours changed
    [site-special_day_set] Special day set
    [site-special_day_removed] Special day removed
    [site-closed] Site given up
    [site-reopened] Site reopened
    [resource-created] Room or equipment added
    [resource-changed] Room or equipment changed
    [resource-retired] Taken out of use
    [resource-restored] Taken into use again
    [skill-saved] Skill saved
    [staff-created] Member of staff added
    [staff-changed] Member of staff changed
    [staff-deactivated] Member of staff left
    [staff-reactivated] Member of staff is back
    [shift-added] Shift added
    [shift-changed] Shift changed
    [shift-removed] Shift removed
    [shift-handed_over] Shift handed over
    [request-asked] Staff request sent
    [request-agreed] Colleague agreed to a request
    [request-refused] Colleague refused a request
    [request-withdrawn] Staff request withdrawn
    [request-approved] Staff request approved
    [request-declined] Staff request declined
    [time_off-added] Time off added
    [time_off-removed] Time off removed
    [user-created] Account created
    [user-changed] Account changed
    [user-deactivated] Account deactivated
    [user-reactivated] Account reactivated
    [user-password_link_made] Password link made
    [user-password_set] Password set
    [user-signed_in] Signed in
    [user-session_ended] Signed out
    [token-created] Token created
    [token-revoked] Token revoked
    [webhook-created] Webhook made
    [webhook-changed] Webhook changed
    [webhook-key_changed] Key of a webhook changed
    [webhook-paused] Webhook paused
    [webhook-resumed] Webhook resumed
    [webhook-stopped] Webhook stopped: nothing was taken
    [webhook-replayed] Facts sent to a webhook again
    [webhook-removed] Webhook removed
    [message-sent] Customer told
    [message-failed] Message failed
    [message-revived] Message sent again
    [messages-settings_changed] Message settings changed
    [messages-wording_changed] Wording changed
    [feed-created] Calendar address made
    [feed-revoked] Calendar address stopped
    [role-created] Role made
    [role-changed] Role changed
    [role-removed] Role removed
    [region-created] Region made
    [region-changed] Region changed
    [region-removed] Region removed
    [site-placed] Site put into a region
    [user-second_factor_set] Second factor set up
    [user-second_factor_removed] Second factor removed
    [user-recovery_codes_made] Recovery codes made
    [user-passkey_made] Passkey made
    [user-passkey_removed] Passkey removed
    [access-rules_changed] Rules of signing in changed
    [user-pin_set] PIN set
    [user-pin_removed] PIN removed
    [user-computer_shared] Computer shared
    [user-turn_taken] Turn taken at a shared computer
   *[other] { $code }
}

desk-kind = { $kind ->
    [order] Order
    [step] Step
    [ticket] Number
    [customer] Customer
    [service] Service
    [blueprint] Blueprint
    [line] Line
    [site] Site
    [resource] Room or equipment
    [staff] Staff
    [skill] Skill
    [shift] Shift
    [request] Staff request
    [time_off] Time off
    [user] Account
    [token] Token
    [organisation] Business
    [message] Message
    [webhook] Webhook
    [setting] Setting
    [role] Role
    [region] Region
    [session] Group session
    [series] Repeating booking
    [waiting] Waiting list
    [device] Screen or tablet
    [counter] Counter
    [field] Custom field
    [file] File
    [list] List
    [import] Import
    [archive] Archive
   *[other] { $kind }
}

# Calendar addresses
desk-feeds = Calendar addresses
desk-feeds-text = Give the address to a calendar as a subscription: it shows these bookings, from 30 days back to 180 days ahead, and follows every change. Whoever knows the address sees them and nothing else.
desk-feed-own = My calendar address
desk-feed-new = This address is shown this once. Any address before it is void.
desk-feed-address = Address
desk-feed-whose = Person or room
desk-feed-made = Made
desk-feed-none = none
desk-feed-action = Action
desk-feed-make = Make address
desk-feed-renew = New address
desk-feed-stop = Stop
desk-feed-stopped = Address stopped
desk-feed-missing = There is no calendar at this address. It may have been stopped: ask the shop for a new one.
desk-feed-nobody = This account belongs to no member of staff.
desk-col-seq = Number
desk-col-at = Happened at
desk-col-recorded = Written down at
desk-col-fact = Fact
desk-col-by = By
desk-col-channel = Channel
desk-col-site = Site
desk-col-about = Concerns
desk-col-attributes = Details
desk-col-seal = Seal
desk-columns-week = Week
desk-week-range = { $first } – { $last }
desk-week-before = The week before
desk-week-after = The week after
desk-everybody = Everybody
desk-team-cell = { $count } visits, { $percent } % of the working time
desk-agenda-days = Days of the week
desk-agenda-nobody = Nobody serves here yet
desk-agenda-nobody-text = Whoever serves at this site stands here, with their day.
desk-agenda-free = Nothing on this day
desk-agenda-free-text = No shift, no visit, no time off.
desk-agenda-break = Break, { $minutes } min
desk-agenda-gap = Free until { $until }
desk-over-time = Over time
desk-held = Held
desk-agenda-now = Now
desk-call-next = Call next
desk-booked-at = Booked { $time }
desk-moved-line = Line { $line }
desk-line-title = Another line
desk-line-to = To { $name }
desk-priority-title = Priority
desk-priority-reason = Why it goes before others
desk-priority-give = Give priority
desk-priority-kept = Counts from earlier: { $reason }
desk-undo-moved = { $number }: place changed
desk-my-requests = Time off and shifts
desk-my-answer = Answer
desk-my-asked = { $count ->
    [one] A colleague asks you about a shift.
   *[other] { $count } colleagues ask you about shifts.
}

# Regions: today at every site together
desk-regions = Regions
desk-regions-edit = Rearrange
desk-regions-sites = Sites
desk-regions-region = Region
desk-regions-site = Site
desk-regions-all = All sites
desk-regions-all-mine = All your sites
desk-regions-none = No region yet. Put sites into regions to see each region’s day.
desk-regions-count =
    { $count ->
        [one] 1 site
       *[other] { $count } sites
    }
desk-regions-booked = Booked
desk-regions-waiting = Waiting
desk-regions-in-line = { $count } in line
desk-regions-standing = In line
desk-regions-serving = Being served
desk-regions-served = Served
desk-regions-no-shows = No-shows
desk-regions-takings = Takings
desk-regions-nothing = –

# Who saw what
desk-audit = Who saw what
desk-audit-who = Who
desk-audit-what = What
desk-audit-when = When
desk-audit-times = Times
desk-audit-customer = Customer
desk-audit-customer-self = Customer or program
desk-audit-anybody = Anybody
desk-audit-all = Everything
desk-audit-saw = Seen
desk-audit-changed = Changed
desk-audit-exports = Exported
desk-audit-first = From
desk-audit-last = Until
desk-audit-none = Nobody saw or changed anything
desk-audit-none-text = Every look at a customer’s page, every list, search and export with personal data appears here.
desk-audit-more = Only the latest are shown. Choose fewer days.
desk-audit-kept = What was seen is kept for { $days } days; what was changed stays in the journal. Opening this page is recorded, too.
desk-audit-sight = { $kind ->
    [list] { $noun ->
        [today] Today
        [calendar] Calendar
        [my-day] My day
       *[other] List
    } with { $count ->
        [one] 1 customer
       *[other] { $count } customers
    }
    [search] { $count ->
        [one] Search that found 1 customer
       *[other] Search that found { $count } customers
    }
    [export] Export of { $noun ->
        [customers] customers
        [orders] orders
        [enquiries] enquiries
        [waiting] waiting list
        [unreachable] unreachable addresses
        [regions] the day of the sites
        [fields] custom fields
        [messages] outbox
        [audit] audit record
        [archive] everything (archive)
       *[other] { $noun }
    }{ $count ->
        [0] { "" }
       *[other] , { $count } rows
    }
    [file] Photo or file
    [audit] This record
   *[page] Page
}
desk-unanswered = { $number } should have been answered by { $time }
desk-not-reached = { $name } was not told about { $time }: the message did not arrive
desk-correct-address = Correct the address
desk-webhook-stopped = A program takes nothing any more
desk-answer = Assign to me
desk-api-journal = What happened, oldest first
desk-api-feeds = Calendar addresses of a site
desk-api-feed-staff = Make the calendar address of a member of staff anew
desk-api-feed-staff-stop = Stop the calendar address of a member of staff
desk-api-feed-room = Make the calendar address of a room anew
desk-api-feed-room-stop = Stop the calendar address of a room
desk-api-today = How the day goes at a site
desk-api-search = Find tickets, orders, customers and services
