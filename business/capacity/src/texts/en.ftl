capacity-menu = Rooms and equipment
capacity-why-past = This time has passed. Choose a later one.
capacity-why-notice =
    This can only be booked at least { $unit ->
        [days] { $days } { $days ->
            [one] day
           *[other] days
        }
        [hours] { $hours } h
       *[minutes] { $minutes } min
    } ahead. Choose a later time, or call the shop.
capacity-why-horizon = Bookings are taken at most { $days } days ahead. Choose an earlier day.
capacity-why-step = Bookings start on the quarter hour. Choose one of the times offered.
capacity-why-length = A visit takes between 5 minutes and 24 hours.
capacity-why-closed = The shop is closed for part of that time.
capacity-why-skill = Nobody chosen here can do this service. Choose somebody else.
capacity-why-shift = Nobody who can do this is on shift then. Choose another time or person.
capacity-why-staff = That time is taken. Choose another time or person.
capacity-why-travel = Whoever could serve needs the time to come from another site, or to go there. Choose another time or person.
capacity-why-room-change = Whoever could serve needs the time to change the room. Choose another time or person.
capacity-why-resource = Every room or piece of equipment this needs is taken then. Choose another time.
capacity-why-resource-none = This site has no room or equipment for this service yet. Add one under Rooms and equipment.
capacity-days-wrong = Ask for 1 to { $max } days, from the first to the last.
capacity-order-claimed = This order has a time already. Move it instead.
capacity-hold-gone = The time is no longer held. Choose a time again.
capacity-resource-missing = There is no such room or piece of equipment.
capacity-kind-unknown = Choose one of the kinds in the list.
capacity-name-long = A name has at most { $max } characters.
capacity-name-missing = Give it a name in at least one language.
capacity-title = Rooms and equipment
capacity-site-note = A service that needs a kind of room or equipment is only offered when one of them is free.
capacity-empty = No rooms or equipment yet
capacity-empty-text = Services that need nothing but a person can be booked without any.
capacity-name-zh = Chinese name
capacity-name-en = English name
capacity-kind = Kind
capacity-add = Add
capacity-added = Added
capacity-add-title = Add a room or equipment
capacity-save = Save
capacity-saved = Saved
capacity-retire = Take out of use
capacity-restore = Use again
capacity-retired = Out of use
capacity-active = In use
capacity-name = Name
capacity-state = State
capacity-today = Today
capacity-claims-today = { $count ->
    [0] No visits
    [one] { $count } visit, { $time }
   *[other] { $count } visits, { $time }
}
capacity-visits-today = Visits today
capacity-minutes-today = Minutes today
capacity-needed-by = Needed by
capacity-needed-by-none = No service needs this kind
capacity-session-full = All seats are taken.
capacity-session-few = Only { $left } { $left ->
        [one] seat is
       *[other] seats are
    } left.
capacity-session-gone = This session was called off.
capacity-session-begun = This session has begun.
capacity-seats-taken = { $taken } { $taken ->
        [one] seat is
       *[other] seats are
    } taken already.
capacity-room-not-here = This room cannot be used for the service here.
capacity-rule-range = From { $min } to { $max }, or empty.
capacity-rules = Booking rules
capacity-rules-order = These hold for customers who book online; the desk may book as it sees fit. What a service says overrides the site, and what a level of customers says overrides the service. Of several services in one visit the strictest counts. An empty field leaves it as it is.
capacity-rules-back = All rules
capacity-rule-missing = There is no such rule.
capacity-rule-for = For
capacity-rule-notice = Notice
capacity-rule-notice-effect = How long ahead an online booking must be made at least.
capacity-rule-horizon = Horizon
capacity-rule-horizon-effect = How far ahead customers may book at most.
capacity-rule-upcoming = At once
capacity-rule-upcoming-effect = How many bookings one customer may have ahead at the same time.
capacity-rule-cancel = Cancelling
capacity-rule-cancel-effect = Until how long before the start customers may cancel or move a booking themselves.
capacity-rule-changed = Changed by
capacity-rule-none = As it is
capacity-rule-no-limit = No limit
capacity-rule-days = { $days } { $days ->
        [one] day
       *[other] days
    }
capacity-rule-service = A service with rules of its own
capacity-rule-set = Set rules
capacity-rule-site-rest = Notice, horizon and cancelling of the site are set on its own page.
capacity-unit-minutes = min
capacity-unit-days = days
capacity-unit-bookings = bookings
capacity-moves = Between rooms and sites
capacity-moves-text = Time a person needs between two visits. It is kept free before and after each of them; customers and rooms are not affected.
capacity-moves-room = To change the room
capacity-moves-room-effect = Between two visits of one person in different rooms or places of this site.
capacity-moves-travel = Between any two sites
capacity-moves-travel-effect = For whoever works at several sites on one day, wherever no minutes of its own are set below.
capacity-moves-to = To { $name }
capacity-moves-to-effect = Both ways. Empty: as between any two sites.
capacity-level-regular = Regular customers
capacity-level-vip = VIP customers
capacity-api-availability = Free times of one service
capacity-api-resources = Rooms and equipment
capacity-api-create = Add a room or a piece of equipment
capacity-api-show = One room or piece of equipment
capacity-api-change = Change a room or a piece of equipment
capacity-api-state = Take a room or a piece of equipment out of use, or back
capacity-api-rules = Booking rules
capacity-api-rule-site = State the booking rule of a site
capacity-api-rule-service = State the booking rule of a service
capacity-api-rule-level = State the booking rule of a level of customers
capacity-api-moves = Minutes that people need between rooms and between sites
capacity-api-moves-rooms = Set the minutes between the rooms of a site
capacity-api-moves-usual = Set the minutes between any two sites
capacity-api-moves-sites = Set the minutes between two sites
capacity-api-moves-itself = Choose another site.
