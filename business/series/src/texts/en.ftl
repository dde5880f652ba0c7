series-api-create = Take a booking that repeats
series-api-look = Look at the dates of a booking that repeats
series-api-repeat = Repeat a booking that is there
series-api-show = One series, booking by booking
series-api-move = Move this, the following or all bookings of a series
series-api-cancel = Call off this, the following or all bookings of a series
series-title = Repeating booking
series-missing = There is no such series.
series-too-long = A series has at most { $max } dates. Choose fewer, or an earlier last day.
series-no-dates = No date is left. Choose a later last day, or more times.
series-start-needed = Choose the time of the first date.
series-service-needed = Choose a service.
series-undecided = { $count } { $count ->
        [one] date cannot
       *[other] dates cannot
    } be had. Say for each what to do.
series-in-another = This booking repeats in another series already.
series-not-this = Only a booking with a time of its own can be repeated.
series-overruled = Booked knowingly as part of a series
series-shift-refused = Not possible: { $dates }
series-every-days = { $count ->
        [one] Every day
       *[other] Every { $count } days
    }
series-every-weeks = { $count ->
        [one] Every week
       *[other] Every { $count } weeks
    }
series-every-months = { $count ->
        [one] Every month
       *[other] Every { $count } months
    }
series-how-often = How often
series-what = Service
series-first = First
series-with = With
series-anybody = Anybody who can
series-unit = Unit
series-unit-days = days
series-unit-weeks = weeks
series-unit-months = months
series-step = Every
series-times = Times in all
series-until = or until
series-look = Show the dates
series-take = Book these dates
series-none-yet = Which dates?
series-none-yet-text = Say how often, then see every date before anything is booked: those that are closed or busy are named, each with the nearest free time.
series-dates = { $count } { $count ->
        [one] date
       *[other] dates
    }, { $wrong } not possible
series-date = Date
series-time = Time
series-state = State
series-free = Free
series-skip = Leave it out
series-instead = Take { $when } instead
series-overrule = Book it all the same
series-decide = What to do about { $date }
series-back = Back
series-taken = { $count } { $count ->
        [one] booking
       *[other] bookings
    } taken
series-number = Order
series-place = { $position } of { $count }
series-which = Which
series-this = This one
series-following = This and the following
series-all = All still ahead
series-reason = Reason
series-cancel = Cancel
series-told-cancelled = { $count } { $count ->
        [one] booking
       *[other] bookings
    } cancelled
series-move = Move
series-move-text = The others move by as many days, to the same time of the day.
series-keep-staff = The same person
series-skip-moves = Leave those as they are that cannot be moved
series-told-moved = { $count } { $count ->
        [one] booking
       *[other] bookings
    } moved
series-why-holiday = Closed: { $name }.
