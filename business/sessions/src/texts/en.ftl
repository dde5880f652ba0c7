sessions-menu = Group sessions
sessions-title = Group sessions
sessions-new = Plan a session
sessions-none = No sessions in the next four weeks
sessions-none-text = A class, a workshop, a course: plan one, and customers take seats in it at the desk or online.
sessions-time = Time
sessions-day = Day
sessions-what = Service
sessions-leader = Led by
sessions-room = Room
sessions-seats = Seats
sessions-each = Seats per customer, at most
sessions-state = State
sessions-state-planned = Planned
sessions-state-full = Full
sessions-state-running = Under way
sessions-state-ended = Held
sessions-state-cancelled = Called off
sessions-fill = { $taken } of { $seats } seats taken
sessions-left = { $left } left
sessions-offers = Services held for groups
sessions-offers-text = Online, customers of these services choose a session with free seats and not a time of their own.
sessions-offer-facts = { $seats } seats, at most { $max } each
sessions-offer-remove = No longer hold { $service } for groups
sessions-offer-save = Hold for groups
sessions-no-offers = No service is held for groups yet
sessions-service-gone = Service no longer on offer
sessions-service-wrong = Choose a service that can be booked at this site.
sessions-missing = There is no such session.
sessions-seats-wrong = A session has between 1 and { $max } seats.
sessions-each-wrong = At least 1 and at most { $max } seats for one customer.
sessions-minutes-wrong = A session lasts between 5 and { $max } minutes, in steps of 5.
sessions-share = One customer may have at most { $max } { $max ->
        [one] seat
       *[other] seats
    } of this session.
sessions-reason-needed = Say why, so that customers can be told.
sessions-reason-long = At most { $max } characters.
sessions-not-begun = This session has not begun yet.
sessions-was-cancelled = This session was called off.
sessions-was-held = This session has begun or is over; it can no longer be changed.
sessions-series-long = At most { $max } dates can be planned in one act. Choose fewer, or an earlier last day.
sessions-series-conflict = { $count } { $count ->
        [one] date is
       *[other] dates are
    } not possible. Leave them out, or choose another time.
sessions-minutes = Minutes
sessions-anybody = Anybody who can
sessions-any-room = Any free room
sessions-keep-leader = The same person
sessions-keep-room = The same room
sessions-plan = Plan
sessions-planned = { $count } { $count ->
        [one] session
       *[other] sessions
    } planned
sessions-back = Back
sessions-save = Save
sessions-saved = Saved
sessions-repeat = Repeat
sessions-how-often = How often
sessions-every = { $weeks ->
        [0] Once
        [one] Every week
       *[other] Every { $weeks } weeks
    }
sessions-times = Times in all
sessions-until = or until
sessions-skip = Leave out dates that are not possible
sessions-look = Show the dates
sessions-dates = Dates
sessions-dates-count = { $count } in all, { $wrong } not possible
sessions-change = Change session
sessions-change-text = Another time or leader is told to everybody who comes.
sessions-cancel = Call off
sessions-cancel-text = { $count ->
        [0] Nobody has booked yet.
        [one] One booking is cancelled, and the customer is told.
       *[other] { $count } bookings are cancelled, and the customers are told.
    }
sessions-told-cancelled = { $count } { $count ->
        [one] session
       *[other] sessions
    } called off
sessions-which = Which
sessions-this = This one
sessions-following = This and the following
sessions-reason = Reason
sessions-begin = Begin
sessions-begun = The session has begun
sessions-end = Finish
sessions-ended = The session is over
sessions-nobody = Nobody has booked yet
sessions-nobody-text = Bookings of this session, from the desk and online, appear here.
sessions-participant = Participant
sessions-count = Seats
sessions-number = Order
sessions-unnamed = No name
sessions-check-in = Check in
sessions-checked-in = Checked in
sessions-sell = Add a participant
sessions-sell-do = Book seats
sessions-sold = Booked, order { $number }
sessions-note = Note
sessions-by-phone = Called by phone
sessions-too-early = A session begins an hour before its time at the earliest.
sessions-wait = Full: put somebody on the waiting list
sessions-from = From
sessions-to = Until
sessions-show = Show
sessions-none-then = No sessions on these days
sessions-begins = Begins
sessions-ends = Ends
sessions-taken = Seats taken
sessions-api-list = Group sessions of a site, by day
sessions-api-plan = Plan a group session
sessions-api-show = One group session
sessions-api-sell = Sell seats of a session, as one order
sessions-api-cancel = Call a session off; everybody who was to come is told
sessions-api-start = A session begins
sessions-api-finish = A session is over
sessions-api-change = Change a session
sessions-api-participants = Who comes to a session
sessions-api-arrive = Somebody who has a seat is here
sessions-api-offers = The services held for groups
sessions-api-offer = Hold a service for groups
sessions-api-withdraw = Hold a service for groups no more
sessions-api-repeat = Plan sessions every few weeks
sessions-api-days = Ask for at most 366 days, the last one not before the first.
