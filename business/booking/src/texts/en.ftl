booking-title = Book a visit
booking-choose-site = Choose a shop.
booking-no-sites = Nothing to book yet
booking-no-sites-text = This business has not opened online booking.
booking-families = Kinds of service
booking-family-all = All
booking-no-services = Nothing to book here
booking-no-services-text = This shop offers nothing online at the moment. Call { $phone }.
booking-queue = Take a number instead
booking-next-free = next free { $time }
booking-open-until = Open until { $time }
booking-opens-at = Opens { $time }
booking-step = Step { $step } of 3
booking-with-whom = With whom?
booking-anybody = Anyone
booking-anybody-soonest = soonest
booking-person-full = full
booking-person-free = { $count } free
booking-add-ons = Add something?
booking-add-on = { $name } · { $time } · { $price }
booking-add-on-good = { $name } · { $price }
booking-together = together { $time } · { $price }
booking-add-on-missing = Something you added is no longer offered. Choose a time without it.
booking-days = Days
booking-day-free = { $count ->
    [0] nothing free
    [one] 1 time free
   *[other] { $count } times free
}
booking-earlier = Earlier
booking-later = Later days
booking-morning = Morning
booking-afternoon = Afternoon
booking-evening = Evening
booking-zone = times in { $site } ({ $zone })
booking-zone-short = ({ $zone })
booking-no-times = No free time on this day
booking-no-times-text = Choose another day or another person.
booking-no-times-call = Choose another day or another person, or call { $phone }.
booking-nearby = Nearest free times
booking-taken = That time has just been taken.
booking-choose-time = Choose one of the times.
booking-twice = This was sent twice. Look at your booking.
booking-lost = The time is no longer held. Choose a time again.
booking-held-until = Held for you until { $time }
booking-your-details = Your details
booking-name = Name
booking-name-needed = Tell us your name, with at most 80 characters.
booking-phone = Mobile
booking-phone-hint = Only for this booking. We never pass it on.
booking-phone-wrong = This is not a phone number. Use 5 to 15 digits.
booking-mail = E-mail
booking-mail-hint = For the confirmation and a reminder.
booking-mail-wrong = This is not a mail address. Write it like name@example.com.
booking-summary = Summary
booking-book = Book
booking-with = with { $staff }
booking-with-about = with { $staff }, about { $time }
booking-about = about { $time }
booking-change = Change
booking-price = Price
booking-due-at-shop = Due at the shop
booking-free-until = Free to cancel or move until { $time }.
booking-day-time = { $day }, { $time }
booking-month-short = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
booking-booked = You are booked
booking-booked-text = We look forward to seeing you { $when }.
booking-held = Not booked yet
booking-held-text = This time is held until { $time }. Give your name to book it.
booking-expired = The time ran out
booking-expired-text = The time was not confirmed and is free for others again.
booking-cancelled = Cancelled
booking-cancelled-text = This booking was cancelled. Nothing is due.
booking-here = You are here
booking-here-text = We know that you have come. Please take a seat.
booking-serving = In service
booking-serving-text = Enjoy your visit.
booking-finished = Thank you
booking-finished-text = This visit is over. See you again.
booking-no-show = We missed you
booking-no-show-text = The time passed without you. Book again whenever you like.
booking-number = Number
booking-where = Where
booking-address = Address
booking-shop-phone = Phone
booking-calendar = Add to calendar
booking-keep-link = Keep the link of this page: it is your booking.
booking-move = Change time
booking-move-title = Another time
booking-move-from = Booked now: { $when }
booking-cancel = Cancel booking
booking-cancel-really = Yes, cancel it
booking-cancel-reason = Cancelled online by the customer
booking-again = Book again
booking-finish = Finish booking
booking-too-late = Changes are possible until { $time } before. Please tell the shop.
booking-too-late-call = Changes are possible until { $time } before. Please call { $phone }.
booking-not-open = This booking can no longer be changed.
booking-was-cancelled = This booking was cancelled. Choose a time again.
booking-site-missing = There is no such shop.
booking-service-missing = This service cannot be booked online here.
booking-link-missing = This link leads to no booking. Check it, or call the shop.
booking-service-time = { $service }, { $time }
booking-too-many = Too many times are held from your network. Try again in { $minutes } minutes, or call the shop.
booking-shop = { $organisation } { $site }
booking-choose-time-title = Choose a time
booking-by-phone = This is soon: for changes call { $phone }.
booking-at-shop = This is soon: for changes ask at the shop.
booking-parts = Parts of the visit
booking-more = Add another service to the same visit
booking-more-text = One after the other, with whoever can do each. The times below fit all of it.
booking-nothing-suits = No time suits you?
booking-wait = Join the waiting list
booking-sessions = Choose a session
booking-no-sessions = No sessions in the next weeks
booking-no-sessions-text = Please look again later.
booking-seats = Seats
booking-seats-most = Between 1 and { $max } seats.
booking-choose-session = Please choose a session.
booking-session-full = Full
booking-session-left = { $left } of { $seats } seats free
booking-session-choose = Choose
booking-session-wait = Waiting list
booking-portrait-missing = There is no such picture.
