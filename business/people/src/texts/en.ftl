people-menu = Staff and shifts
people-product = Steward
people-comma = { ", " }
people-sign-in = Sign in
people-login = E-mail or name
people-password = Password
people-new-password = New password
people-old-password = Password until now
people-set-password = Set password
people-forgot = Forgot your password? The owner or a manager can give you a link to set a new one.
people-password-hint = At least 10 characters; a short sentence is easy to remember.
people-password-short = Use at least { $least } characters.
people-password-long = Use at most { $most } characters.
people-password-common = This is one of the first that others would guess. Choose a different one, such as a short sentence.
people-sign-in-wrong = Login or password is not right. Check both and try again.
people-sign-in-wait = Too many wrong tries. Wait { $seconds } { $seconds ->
    [one] second
   *[other] seconds
 } and try again.
people-link-spent = This link was used already or is older than a day. Ask for a new one.
people-old-password-wrong = This is not your password until now.
people-welcome = Welcome to Steward
people-welcome-text = Three things and you can take the first order: your business, when it is open, and you.
people-business-name = Name of the business
people-site-name = Name of the first site
people-site-name-hint = Empty takes the name of the business.
people-opens = Opens
people-closes = Closes
people-days = Open on
people-days-needed = Choose at least one day.
people-zone = Time zone
people-currency = Currency
people-you = You
people-your-name = Your name
people-login-hint = What you type to sign in: an e-mail address or a short name without spaces.
people-begin = Begin
people-already-founded = There is a business here already. Sign in instead.
people-user-missing = There is no such account, or it may no longer sign in.
people-staff-missing = There is no such member of staff, or they do not work at your sites.
people-scopes-needed = Choose at least one permission.
people-until-before = Choose a day on or after the first.
people-until-far = Repeat for at most { $weeks } weeks at once.
people-not-at-site = This person does not work at that site now. Add the site to them first.
people-shift-long = A shift is longer than nothing and at most 24 hours.
people-shift-overlaps = { $name } already works on { $date }, { $hours }, at { $site }. Change that shift or choose other hours.
people-text-long = Keep it to { $max } characters, on one line.
people-off-long = Enter at most { $days } days at once.
people-off-backwards = The end must come after the beginning.
people-sites-needed = Choose at least one site.
people-skill-unknown = There is no skill “{ $code }”. Name it under Skills first.
people-external-id-taken = Somebody else already has this key.
people-skill-code-wrong = Use up to 40 small letters, digits and hyphens, such as hair-colour.
people-skill-name-wrong = Give it a name of up to 40 characters in at least one language.
people-login-wrong = Use 2 to 120 characters without spaces.
people-login-taken = This login is taken. Choose a different one.
people-name-needed = Give a name.
people-role-unknown = Choose a role from the list.
people-last-owner = This is the only owner. Make somebody else an owner first.
people-not-yourself = You cannot keep yourself out. Ask another owner.
people-role-owner = Owner
people-role-manager = Manager
people-role-desk = Front desk
people-role-staff = Staff
people-role-support = Support
people-role-read-only = Read only
people-settings = Settings
people-account = Account
people-accounts = Accounts
people-name = Name
people-language = Language
people-language-zh = 中文
people-language-en = English
people-single-keys = Single keys are shortcuts
people-single-keys-hint = Turn off if you press keys by accident or use speech input.
people-save = Save
people-saved = Saved
people-password-ends = Every other browser is signed out.
people-change-password = Change password
people-password-changed = Password changed
people-sessions = Signed-in browsers
people-browser = Browser
people-browser-unknown = Unknown browser
people-address = Address
people-last-used = Last used
people-this-one = This one
people-end-session = Sign out
people-end-others = Sign out all others
people-session-ended = Browser signed out
people-sessions-ended = All other browsers signed out
people-tokens = Tokens for programs
people-token-name = What it is for
people-token-hint = Such as Website or Accounting.
people-token-scopes = Permissions
people-token-once = Copy this token now. It is not shown again.
people-no-tokens = No program has access.
people-new-token = New token
people-make-token = Make token
people-never = Never
people-revoke = Revoke
people-token-revoked = Token revoked
people-new-staff = New member of staff
people-take-on = Take on
people-taken-on = Taken on. Now enter their shifts.
people-no-staff = Nobody serves here yet
people-no-staff-text = Add the people who serve customers. Their shifts decide what can be booked.
people-today = Today
people-not-today = Not today
people-site = Site
people-sites = Sites
people-all-sites = All sites
people-or-these-sites = Or only these sites
people-skills = Skills
people-no-skills = No skill yet. Services ask for skills; staff have them.
people-new-skill = New skill
people-skill-name-zh = Name in Chinese
people-skill-name-en = Name in English
people-skill-code = Short name
people-skill-code-hint = Small letters, as used in files: hair-colour
people-add-skill = Add skill
people-skill-saved = Skill added
people-state = State
people-active = Active
people-inactive = Inactive
people-no-password = No password yet
people-no-password-text = No password was set yet.
people-role = Role
people-role-hint = An owner may do everything; a manager designs services and plans people; the front desk runs the day.
people-new-user = New account
people-let-in = Let in
people-link-follows = You get a link with which they set their own password. It works once, for 24 hours.
people-link-once = Pass this link on now; it is not shown again. It works once, for 24 hours.
people-link-text = A link lets them set a new password without knowing the old one.
people-make-link = Make password link
people-keep-out = Deactivate
people-keep-out-text = They are signed out everywhere at once. What they did keeps their name.
people-let-in-again = Reactivate
people-let-in-again-text = They can sign in again with their password.
people-kept-out = Account deactivated
people-let-in-done = Account reactivated
people-facts = Details
people-reading = Reading
people-name-reading-hint = How the name is said, in Latin letters; shown to those who read English.
people-reading-hint = How the name is said, in Latin letters; lists are sorted by it.
people-cancel = Cancel
people-no-account = Cannot sign in yet.
people-let-go = Mark as left
people-let-go-text = Their shifts no longer count. What they did keeps their name.
people-gone = Marked as left
people-take-back = Take back
people-take-back-text = Their shifts count again.
people-back = Taken back
people-week = Shifts
people-week-before = Week before
people-week-after = Week after
people-free = Free
people-add-shift = Add shift
people-shift-added = Shift added
people-shift-removed = Shift removed
people-remove-shift = Remove shift { $hours }
people-day = Day
people-from = From
people-to = To
people-to-hint = Earlier than the beginning means the next day.
people-until = Repeat weekly until
people-until-hint = Empty means only this once.
people-time-off = Time off
people-no-time-off = No time off ahead.
people-add-time-off = Add time off
people-time-off-added = Time off added
people-time-off-removed = Time off removed
people-remove-time-off = Remove time off { $days }
people-first-day = First day
people-last-day = Last day
people-is-now = It is now:
people-save-anyway = Your input is kept below. Save again to replace what is there now.
people-action = Action
people-hours = Hours
people-days-range = { $first }–{ $last }
people-view = View
people-view-people = People
people-view-week = Week
people-this-site = This site
people-on-duty = On duty
people-off-short = Off
people-week-absurd = There is no such week.
people-beside = Time off and account
people-light = Appearance
people-light-hint = In this browser
people-light-device = As the device
people-light-light = Light
people-light-dark = Dark
people-save-light = Apply
people-link = Link
people-token = Token
people-reason = Reason
people-asked-at = Asked
people-decided-by = Decided by
people-shift = Shift
people-shift-changed = Shift changed
people-shift-missing = This shift is not there any more.
people-following = Also in the following weeks, where it is at the same times
people-back-link = Back
people-remove = Remove
people-remove-one = Remove this shift
people-remove-following = Remove this and the following weeks
people-remove-text = The following weeks are the shifts after this one on the same weekday, at the same times and site.
people-left = Bookings without anybody
people-left-text =
    { $count ->
        [one] One booking with { $name } would have nobody. Nothing is changed yet.
       *[other] { $count } bookings with { $name } would have nobody. Nothing is changed yet.
    }
people-left-time = When
people-left-booking = Booking
people-left-customer = Customer
people-left-service = What for
people-left-nobody-known = No name
people-left-more =
    { $count ->
        [one] And one more.
       *[other] And { $count } more.
    }
people-left-advice = Open a booking to give it to somebody else or to another time. If you go on, the bookings stay as they are, with { $name } who will not be there.
people-left-leave = Leave it as it was
people-left-go-on = Change it all the same
people-external-id = External id
people-until-time = Until
people-minutes = Minutes
people-site-all = All sites
people-users-file = Export accounts
people-access = Access
people-access-rules = Rules
people-access-roles = Roles
people-access-sign-ins = Sign-ins
people-access-audit = Who saw what
people-role-missing = There is no such role here.
people-role-name-needed = Give the role a name in at least one language.
people-role-name-taken = Another role has this name. Choose a different one.
people-role-beyond = This role would allow something that you may not do yourself: { $permission }. Leave it out.
people-role-in-use =
    { $count ->
        [one] One account has this role. Give it another one first.
       *[other] { $count } accounts have this role. Give them another one first.
    }
people-permission-unknown = There is no such permission. Load the page again.
people-new-role = New role
people-role-edit = Role
people-role-made = Role made
people-role-removed = Role removed
people-role-copy = Copy
people-role-base = Begins from
people-role-base-hint = Decides where somebody with this role begins the day, nothing else.
people-role-may = Permissions
people-role-holders = Accounts
people-role-meaning = What it is for
people-own-roles = Roles of this business
people-built-in-roles = Built-in roles
people-no-roles = No role of your own yet
people-no-roles-text = Copy a built-in role below and choose what it may do, such as a cashier who sees no journal.
people-role-text = { $role ->
    [owner] Owns the business and may do everything.
    [manager] Runs sites: designs services, plans people.
    [desk] Runs the day at the front desk.
    [staff] Serves customers; sees the day and their own work.
    [support] Answers customers from afar.
   *[other] Looks, changes nothing.
}
people-may-noun = { $noun ->
    [waitlist] Waiting list
    [exchange] Import and export
    [access] Signing in
    [audit] Audit
    [blueprints] Blueprints
    [capacity] Rooms, equipment and times
    [customers] Customers
    [desk] The day
    [enquiries] Enquiries
    [fields] Own fields
    [help] Help
    [journal] Journal
    [messages] Messages
    [offers] Services
    [orders] Orders
    [organisation] The business
    [queue] Queue
    [regions] Regions
    [roles] Roles
    [sessions] Group sessions
    [shifts] Shifts
    [sites] Sites
    [staff] Staff
    [tokens] Tokens for programs
    [webhooks] Webhooks
    [users] Accounts
   *[other] { $noun }
}
people-may = { $permission ->
    [help-set_up] See the list of the first hour
    [waitlist-edit] Put people on the waiting list and offer them times
    [waitlist-settings] Set how long an offer waits for its answer
    [operation-view] See how the program is doing
    [waitlist-view] See who waits
    [enquiries-view] See enquiries and complaints
    [enquiries-edit] Write enquiries down, answer and close them
    [enquiries-targets] Say by when enquiries are answered
    [exchange-import] Bring in files, and undo imports
    [exchange-archive] Take everything along
    [access-edit] Say how people sign in, and see who did
    [audit-view] Read who saw or changed what of a customer
    [blueprints-edit] Design and publish blueprints
    [blueprints-read] Have orders follow a blueprint (needed to take orders)
    [blueprints-view] See blueprints
    [capacity-claim] Take and give back time (needed to take orders)
    [capacity-edit] Change rooms and equipment
    [capacity-view] See free times, rooms and equipment
    [customers-edit] Write customers down and change them
    [customers-join] Name a customer while taking an order
    [customers-phone] Read phone numbers in full
    [customers-view] Look customers up
    [desk-feeds] Give out calendar addresses of others
    [desk-regions] See the day of all one's sites together
    [desk-serve] Call, start and finish on Today
    [desk-take] Check in and move bookings
    [desk-view] See Today, Calendar and My day
    [fields-manage] Define fields of their own for customers, orders and services
    [journal-view] Read the journal
    [messages-edit] Change what customers are told, and send again
    [messages-view] See what customers were told
    [offers-edit] Create, change and archive services
    [offers-read] Read what is on offer (needed to take orders)
    [offers-view] See the list of services
    [orders-edit] Change what is sold and written down
    [orders-overbook] Book somebody over knowingly, with a reason
    [orders-serve] Start, finish and complete steps
    [orders-take] Take orders and move them
    [orders-view] See orders
    [organisation-edit] Name the business, choose its colour and address
    [queue-devices] Link and stop kiosks and wall screens
    [queue-issue] Give out numbers
    [queue-lines] Open, close and name lines
    [queue-serve] Call and serve numbers
    [queue-view] See the queue
    [regions-edit] Put sites into regions and see the day of all of them
    [roles-manage] Make roles and give what they may do
    [sessions-plan] Plan, move and call off group sessions
    [sessions-view] See group sessions and who comes
    [shifts-edit] Enter shifts and time off
    [sites-edit] Open, change and give up sites
    [staff-edit] Take staff on, change them, name skills
    [staff-view] See staff and their shifts
    [tokens-manage] Give tokens to programs
    [webhooks-manage] Have other programs told what happens
    [users-manage] Let people in and change their accounts
   *[other] { $permission }
}
people-or-regions = Or whole regions, with sites to come
people-requests = Requests
people-request-sent = Sent. You will see the answer here
people-request-withdrawn = Request withdrawn
people-request-agreed = Agreed. Whoever plans the shifts decides now
people-request-refused = Refused
people-request-approved = Approved and entered
people-request-declined = Declined
people-request-missing = There is no such request.
people-request-not-staff = Only those who serve customers can ask for time off or another shift.
people-request-past = This time has passed. Choose a later day.
people-request-shift-gone = This shift was changed or removed in the meantime. Look at the week again.
people-request-begun = This shift has begun; it can no longer change hands.
people-request-twice = You have asked for this already. Withdraw that request first.
people-request-agreed-already = This was agreed to already. Whoever plans the shifts decides now.
people-request-not-agreed = The colleague has not answered yet.
people-request-over = This request is { $state ->
    [approved] approved
    [declined] declined
    [refused] refused
   *[withdrawn] withdrawn
} already.
people-request-over-by = This request was { $state ->
    [approved] approved
    [declined] declined
    [refused] refused
   *[withdrawn] withdrawn
} by { $name } already. Nothing was changed.
people-request-more-lost = Since you looked, the bookings have changed: { $count ->
    [one] 1 visit
   *[other] { $count } visits
} would have nobody now. Look again and decide.
people-request-sentence = { $kind ->
    [off] { $name }: time off, { $when }
    [give] { $name } gives { $other } the shift { $when }
   *[swap] { $name } swaps the shift { $when } with { $other }
}
people-request-state = { $state ->
    [asked] Asked
    [open] To decide
    [approved] Approved
    [declined] Declined
    [refused] Refused
   *[withdrawn] Withdrawn
}
people-request-nobody = Nothing to ask for
people-request-nobody-text = This page is for those who serve customers: time off, and shifts to give away or swap.
people-request-off = Ask for time off
people-request-none = You have not asked for anything, and nobody has asked you.
people-request-agree = Agree
people-request-refuse = Refuse
people-request-withdraw = Withdraw
people-request-by = By { $name }.
people-request-no-shifts = No shift ahead.
people-request-hand-on = Give or swap
people-request-shifts = Your shifts
people-request-part = { $part ->
    [days] Whole days
    [morning] First half of a day
    [afternoon] Second half of a day
   *[hours] Some hours
}
people-request-how-long = How long
people-request-last-hint = Only for several whole days.
people-request-send = Send
people-request-to = To
people-request-for = For the shift
people-request-hand-on-text = Your colleague is asked first. Then whoever plans the shifts decides.
people-request-alone = Nobody else works here
people-request-give = Give it away
people-request-swap = Swap it
people-requests-none = Nothing to decide
people-requests-none-text = Staff ask for time off and shifts on their phone, under My day.
people-request-lost = { $count ->
    [one] 1 visit would have nobody:
   *[other] { $count } visits would have nobody:
}
people-request-none-lost = No visit is left with nobody
people-request-no-work = There is no shift in this time.
people-request-cover = { $when }: { $count ->
    [0] nobody else at some time
    [one] at least 1 other
   *[other] at least { $count } others
}
people-request-approve = Approve
people-request-approve-knowing = Approve all the same
people-request-decline = Decline
people-request-word = A word with it
people-requests-over = Decided last
people-no-key = This installation has no key to seal second factors with. Start it with --key-file, then set one up.
people-code-already = A second factor is set up already. Remove it first to set up another one.
people-code-wrong = This code is not right, or was used already. Wait for the next one and type it.
people-code-demanded = Your role needs a second factor. Set up another one first.
people-step-over = You waited too long after the password. Sign in again.
people-passkey-refused = This passkey was not accepted. Try again, or sign in with your password.
people-passkey-missing = There is no such passkey of yours.
people-passkey-no-name = Passkeys need a name in the address, such as lotus.example or localhost, not a bare number.
people-passkeys-many = You have { $max } passkeys already. Remove one first.
people-pin-minutes-range = Choose 1 to 60 minutes.
people-sight-days-range = Choose 30 to 3,650 days.
people-code = Code
people-code-title = One more step
people-code-text = Type the six digits that your authenticator app shows now, or one of your recovery codes.
people-code-lost = Lost the phone and the recovery codes? An owner can take your second factor away.
people-code-back = Begin again
people-code-scan = Scan this picture with an authenticator app on your phone, then type the code it shows.
people-code-picture = Code to scan with an authenticator app
people-code-key = Or type this key into the app
people-code-first = Six digits; a new code comes every half minute.
people-code-confirm = Confirm
people-setup-title = Set up a second factor
people-setup-text = Your role needs one besides the password. It takes a minute and an app on your phone.
people-recovery = Recovery codes
people-recovery-once = Keep these codes where you find them without your phone. Each works once in place of a code; they are not shown again.
people-recovery-kept = I have kept them
people-recovery-new = New recovery codes
people-recovery-left =
    { $count ->
        [0] No recovery code is left.
        [one] One recovery code is left.
       *[other] { $count } recovery codes are left.
    }
people-code-remove = Remove the second factor
people-code-remove-text = Then your password alone opens your account again.
people-factor = Second factor
people-factor-on = On
people-factor-off = Off
people-factor-text = After the password, a code from an app on your phone.
people-factor-demanded = Your role needs one.
people-factor-set = Set up
people-factor-change = Change
people-factor-removed = Second factor removed
people-factors = Second factors
people-factors-reset = Take them away
people-factors-reset-text = For somebody who lost the phone: they are signed out everywhere and come in by password alone.
people-passkeys = Passkeys
people-passkeys-text = A passkey on your phone, computer or security key signs you in without a password.
people-passkey-name = Name
people-passkey-name-hint = Such as Work laptop.
people-passkey-make = Make a passkey
people-passkey-made = Passkey made
people-passkey-removed = Passkey removed
people-passkey-rename = Name of the passkey
people-passkey-sign-in = Sign in with a passkey
people-way-head = How
people-way = { $way ->
    [code] Password and code
    [recovery] Password and recovery code
    [passkey] Passkey
    [link] Link
    [pin] PIN
   *[password] Password
}
people-when = When
people-outcome = Outcome
people-outcome-in = Signed in
people-outcome-wrong = Refused
people-outcome-waiting = Had to wait
people-outcome-next = Code asked
people-no-sign-ins = Nobody has signed in yet.
people-no-sessions = Not signed in anywhere.
people-sign-out-everywhere = Sign out everywhere
people-signed-out-everywhere = Signed out everywhere
people-tries-all = All
people-tries-failed = Not successful
people-tries-kept = Kept for half a year.
people-unit-minutes = min
people-unit-days = days
people-rule-factor = Second factor needed
people-rule-factor-effect = Whoever has one of these roles sets up a code or a passkey before they can go on; sessions without one end at once.
people-rule-factor-none = for nobody
people-rule-pin = A shared computer locks after
people-rule-pin-effect = After so long without an act, the next person chooses their name and types their PIN again.
people-rule-sights = Who saw a customer’s data is known for
people-rule-sights-effect = After so many days it is forgotten who saw what; what was changed stays in the journal. Laws on personal data ask you to be able to tell, and not to keep it for ever.
people-rule-sights-days = { $days } days
people-pin = PIN
people-pin-digits = Use four to six digits.
people-pin-plain = Everybody tries this one first. Choose digits that are no row.
people-pin-wrong = This PIN is not right. Try again.
people-pin-locked = This PIN was typed wrongly too often. Sign in with your password elsewhere and set a new one, or ask a manager.
people-pin-is-locked = Locked
people-pin-new = New PIN
people-pin-hint = Four to six digits.
people-pin-text = With a PIN you take your turn at a computer that several people share; what you do there is yours.
people-pin-set = Set PIN
people-pin-kept = PIN set
people-pin-remove = Remove PIN
people-pin-removed = PIN removed
people-share = Share this computer
people-share-text = At a shared computer everybody chooses their name and types their PIN. What can be done is what both they and this account may do.
people-turn-title = Whose turn is it?
people-turn-text = Shared computer: { $computer }
people-turn-who = Name
people-turn-take = Take over
people-turn-nobody = Nobody has a PIN yet. Everybody sets their own under Settings.
people-turn-sign-out = Sign this computer out
people-turn-missing = This person may not take a turn here.
people-portrait = Portrait
people-portrait-effect = Colleagues see it in the calendar, and guests where they choose with whom.
people-api-fields = Fields of the business on a member of staff
people-api-fill = Fill in fields of the business on a member of staff
people-api-create = Take somebody on
people-api-show = Somebody who serves
people-api-change = Change somebody who serves
people-api-shift = Plan time at work
people-api-backwards = Choose an end after the start.
people-api-depart = Somebody leaves the business
people-api-return = Take somebody back
people-api-leaves = These visits would have nobody: { $visits }. Give them to somebody else, or send knowing: true.
people-api-list = Those who serve
people-api-reference = What programs may ask
people-webhooks = Webhooks
people-api-skills = What staff can do
people-api-skill = Name a skill; a known code gets the new name
people-api-shifts = When somebody works
people-api-shift-hours = Let a shift begin and end at other times
people-api-shift-remove = Take a shift back
people-api-off = When somebody is off
people-api-off-add = Give somebody time off
people-api-off-remove = Take time off back
people-api-window = Choose an end after the start, at most { $days } days later.
people-api-requests = What the token's own member of staff asked for, or was asked
people-api-requests-all = What staff ask for, with what granting it would do
people-api-request = One request, with what granting it would do
people-api-request-off = Ask for time off
people-api-request-shift = Ask to give a shift away, or to swap it
people-api-request-agree = A colleague agrees
people-api-request-refuse = A colleague does not want to
people-api-request-withdraw = Take a request back
people-api-request-approve = Grant a request, and do it
people-api-request-decline = Decline a request
people-api-week = The week of those who serve at a site
