organisation-missing = This business is not here any more.
organisation-site-missing = There is no such site, or it is not one of yours.
organisation-time-skipped = The clocks never show { $time } on that day: they jump ahead to { $resumes }. Choose another time.
organisation-date-absurd = That date is too far away. Choose one within ten years.
organisation-slug-taken = Another address already uses this name. Choose a different one.
organisation-slug-wrong = Use 2 to 40 small letters, digits and single hyphens, such as old-town.
organisation-name-needed = Give it a name in at least one language.
organisation-text-long = Keep it to { $max } characters, on one line.
organisation-brand-wrong = Write the colour as # and six digits, such as #9b2d5c.
organisation-currency-unknown = Use a currency code of three letters, such as CNY or EUR.
organisation-currency-in-use = Orders here are already counted in { $code }. To trade in another currency, open another site.
organisation-zone-in-use =
    { $count ->
        [one] One visit ahead was
       *[other] { $count } visits ahead were
    } promised by the clock of { $zone }. Move or cancel first, or wait until they are over.
organisation-zone-unknown = Use a time zone from the list, such as Asia/Shanghai.
organisation-number-range = Choose a number from { $least } to { $most }.
organisation-hours-overlap = These hours run into the next morning’s. Close earlier or open later.
organisation-menu = Sites and hours
organisation-sites-title = Sites and hours
organisation-new-site = New site
organisation-open-site = Open site
organisation-site-opened = Site opened. Now set its hours.
organisation-site = Site
organisation-address = Address
organisation-today = Today
organisation-zone = Time zone
organisation-state = State
organisation-no-sites = No site yet
organisation-no-sites-text = Each place where you serve customers appears here with its hours.
organisation-closed-today = Closed today
organisation-state-open = In business
organisation-state-closed = Given up
organisation-business = The business
organisation-name-zh = Name in Chinese
organisation-name-en = Name in English
organisation-brand = Colour for guests
organisation-brand-hint = As # and six digits. It is darkened where it would be hard to read.
organisation-save = Save
organisation-saved = Saved
organisation-facts = The site
organisation-kind-zh = Kind in Chinese
organisation-kind-en = Kind in English
organisation-phone = Telephone
organisation-slug = Name in the address
organisation-slug-hint = Small letters, digits and hyphens. Printed QR codes lead to it.
organisation-currency = Currency
organisation-unit-minutes = min
organisation-unit-days = days
organisation-notice = Shortest notice
organisation-notice-hint = An online booking is made at least this long before it starts.
organisation-cancel = Cancel until
organisation-cancel-hint = Guests may cancel or move a booking until this long before it starts.
organisation-horizon = Book ahead
organisation-horizon-hint = Bookings are taken this many days ahead.
organisation-is-now = It is now:
organisation-fact = { $label }: { $value }
organisation-save-anyway = Your input is kept below. Save again to replace what is there now.
organisation-week = Opening hours
organisation-hours-hint = Several spans a day go between commas: 09:00–12:00, 14:00–18:00. A closing after midnight is fine: 20:00–02:00. Empty means closed.
organisation-hours-wrong = Write hours as 09:00–18:00, with commas between spans that do not overlap; at most four.
organisation-save-hours = Save hours
organisation-hours-saved = Hours saved
organisation-closed = Closed
organisation-special-days = Holidays and special days
organisation-no-special-days = No special day ahead. Add holidays, or days with hours of their own.
organisation-special-hint = Empty means closed all day.
organisation-day = Day
organisation-hours = Hours
organisation-day-name = Reason
organisation-add-day = Add day
organisation-visits-outside =
    { $count ->
        [one] One visit ahead lies outside the opening hours. Move or cancel it.
       *[other] { $count } visits ahead lie outside the opening hours. Move or cancel them.
    }
organisation-day-saved = Day saved
organisation-day-removed = Day removed
organisation-remove = Remove
organisation-remove-day = Remove { $day }
organisation-public = Public page
organisation-public-text = Guests book and queue here:
organisation-close-site = Give this site up
organisation-reopen-site = Take back into business
organisation-site-closed = Site given up
organisation-site-reopened = Site back in business
organisation-cancel-form = Cancel
organisation-beside = Special days and public page
organisation-region-missing = There is no such region here.
organisation-region-circle = A region cannot lie within itself. Choose another one above it.
organisation-region-deep = Regions lie at most { $max } deep. Choose a higher one.
organisation-region-held =
    { $count ->
        [one] One account acts by this region. Give it its sites first.
       *[other] { $count } accounts act by this region. Give them their sites first.
    }
organisation-rules = Online booking
organisation-days =
    { $days ->
        [one] 1 day
       *[other] { $days } days
    }
organisation-name-effect = Guests see it on every page, in messages and on tickets.
organisation-address-effect = Guests book under this name. The one until now keeps leading here, so printed codes stay good.
organisation-region = Region
organisation-region-hint = Its figures are counted there, and whoever acts in the region acts here.
organisation-region-of-none = None
organisation-regions = Regions
organisation-no-regions = No region yet
organisation-regions-text = Put sites into regions, and regions into larger ones: their days are summed, and managers can be given whole regions.
organisation-new-region = New region
organisation-region-empty = No site directly in it.
organisation-region-change = Change
organisation-region-top = None: at the top
organisation-region-above = Part of
organisation-region-gone = Region removed
organisation-logo = Logo
organisation-logo-effect = Guests see it above every booking page, on tickets and on the tablet at the door, and in mails. Without one they see the first letter of the name.
organisation-logo-missing = There is no logo.
organisation-api-create = Open another site
organisation-api-show = One site
organisation-api-change = Change a site
organisation-api-week = State the hours of a site's ordinary week
organisation-api-hours = When a site is open
organisation-api-special = Give one date hours of its own, or close it
organisation-api-ordinary = Let a date follow the week again
organisation-api-state = Give a site up, or open it again
organisation-api-list = Sites that are open
organisation-api-regions = Regions and the sites in them
organisation-api-region = One region
organisation-api-region-create = Make a region
organisation-api-region-change = Rename a region
organisation-api-region-remove = Remove a region; what was in it moves to the one above
organisation-api-region-move = Make a region part of another
organisation-api-site-place = Put a site into a region
organisation-api-business = The business itself
organisation-api-business-change = Change the name, colour or public address of the business
