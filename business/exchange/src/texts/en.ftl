exchange-complaint = row { $row }, { $column }: { $reason }
exchange-complaint-row = row { $row }: { $reason }
exchange-report = new { $new }, changed { $changed }, skipped { $skipped }, failed { $failed }
exchange-dry-run = This was a dry run; nothing was changed.
exchange-file-no-text = The file is not text in UTF-8, UTF-16 or GBK. Save it as CSV in UTF-8, or as XLSX.
exchange-file-large = The file is larger than { $max } MB. Split it.
exchange-file-packed = The file is damaged: it cannot be unpacked.
exchange-file-sheet = The file is damaged, protected or no XLSX workbook. Save it again as XLSX.
exchange-file-swells = The workbook unpacks to more than { $max } MB. Save its first sheet as CSV.
exchange-file-old-sheet = This is an old XLS workbook, or one with a password. Save it as XLSX or CSV.
exchange-file-empty = The file is empty. The first row must name the columns.
exchange-file-columns = The file has more than { $max } columns.
exchange-file-rows = The file has more than { $max } rows. Split it.
exchange-file-cell = A cell in row { $row } is longer than { $max } characters.
exchange-file-log = The event log cannot be read: { $problem }
exchange-file-quote = A quotation mark opens in row { $row } and is never closed.
exchange-column-twice = The column { $column } is there twice.
exchange-column-lacking = These columns are needed: { $columns }. The file has: { $found }.
exchange-row-long = It has { $cells } cells, but there are { $columns } columns.
exchange-needed = It must not be empty.
exchange-twice = Row { $earlier } is already about the same one.
exchange-identity-phone = Give an external_id or a phone, so that the customer is known again.
exchange-identity-code = Give an external_id or a code, so that the service is known again.
exchange-text-long = Keep it to { $max } characters.
exchange-text-control = It holds signs that cannot be shown.
exchange-whole-wrong = “{ $value }” is no whole number from { $min } to { $max }.
exchange-percent-wrong = “{ $value }” is no percentage from 0 to 100 with at most one decimal.
exchange-money-negative = An amount cannot be negative.
exchange-money-wrong = “{ $value }” is no amount in { $currency }; write it as 1680.50.
exchange-currency-wrong = “{ $value }” is no currency code of three letters, such as CNY.
exchange-choice-wrong = “{ $value }” is not one of { $allowed }.
exchange-date-wrong = “{ $value }” is no date that can be read in only one way; write 2026-11-21 14:30.
exchange-date-absurd = “{ $value }” is too far away; dates lie between 1970 and ten years from now.
exchange-time-skipped = “{ $value }” never was: the clocks jumped over that hour.
exchange-future = It has not happened yet; only the past is taken in.
exchange-backwards = It ends before it begins.
exchange-phone-wrong = “{ $value }” is no phone number of 5 to 15 digits.
exchange-site-needed = Say which site, in the column site or with --site.
exchange-site-unknown = There is no site “{ $value }”; there are { $allowed }.
exchange-skill-unknown = There is no skill “{ $value }”; name it first, or write a code in small Latin letters.
exchange-staff-unknown = Nobody here is called “{ $value }”; take in the staff first.
exchange-customer-unknown = There is no customer “{ $value }”; take in the customers first, or give a name or phone.
exchange-lines-many = An order has at most { $max } lines.
exchange-steps-many = A case has at most { $max } steps.
exchange-menu = Import
exchange-new = New import
exchange-none = No imports yet
exchange-none-text = Bring customers, services, staff and past orders from a file of another program. Each import is listed here and can be undone.
exchange-file = File
exchange-kind = What it holds
exchange-state-head = State
exchange-rows = Rows
exchange-refused = Refused
exchange-when = When
exchange-who = Who
exchange-site = Site of rows that name none
exchange-site-in-file = Each row names its site
exchange-site-hint = For files without a column of sites.
exchange-file-hint = CSV or XLSX (a history also as XES), up to 64 MB, 200,000 rows and 500 columns.
exchange-file-needed = Choose a file.
exchange-upload = Upload
exchange-samples = Sample files
exchange-samples-text = Headings and a few rows as they may look. Any order, other headings too: you choose what each column means.
exchange-import-missing = There is no such import.
exchange-file-forgotten = The file is no longer kept. Upload it again.
exchange-file-no-rows = There is no row below the headings.
exchange-not-now = This cannot be done now. Look at where the import stands.
exchange-kept-changed = It was changed since.
exchange-kept-used = It was used since ({ $fact }).
exchange-new-rows = New
exchange-changed = Changed
exchange-same = Same
exchange-undone = Undone
exchange-kept = Left as they are
exchange-run = { $count ->
        [one] Bring { $count } row in
       *[other] Bring { $count } rows in
    }
exchange-check = Check every row
exchange-check-again = Check again
exchange-resume = Go on
exchange-undo = Undo this import
exchange-stop = Stop
exchange-refused-file = Refused rows as a file
exchange-all = All imports
exchange-columns = What the columns mean
exchange-columns-text = Below each select stands what the file has there. Your choice is remembered for the next file of this kind.
exchange-pass-over = – passed over –
exchange-preview = First rows, as they will be read
exchange-row = Row
exchange-column-head = Column
exchange-reason = Reason
exchange-refused-rows = Refused rows
exchange-kept-rows = Left as they are
exchange-thing = What
exchange-what = { $what ->
    [services] Services
    [staff] Staff
    [customers] Customers
    [orders] Past orders
   *[other] Event log
    }
exchange-thing-kind = { $kind ->
    [customer] Customer
    [order] Order
    [service] Service
   *[other] Member of staff
    }
exchange-state = { $state ->
    [mapping] Columns
    [checking] Checking
    [checked] Checked
    [running] Bringing in
    [stopped] Stopped
    [done] Done
    [undoing] Undoing
    [undone] Undone
   *[other] Failed
    }
exchange-told = { $state ->
    [mapping] The file is here, { $rows } rows. Say what its columns mean; nothing is brought in yet.
    [checking] Every row is tried and taken back, so the counts are the real ones.
    [checked] This is what would happen. Nothing has been brought in yet.
    [running] Rows come in, a few hundred at a time. You can leave this page; it goes on.
    [stopped] It stopped. What came in stays; the rest can follow.
    [done] The file is brought in.
    [undoing] What the import made goes, what it changed becomes what it was.
    [undone] The import is taken back.
   *[other] It stopped by a fault of ours. What came in stays; the rest can follow.
    }
exchange-column = { $name ->
    [external_id] External id
    [code] Code
    [name] Name
    [name_zh] Chinese name
    [name_en] English name
    [text_zh] Chinese text
    [text_en] English text
    [kind] Kind
    [family] Family
    [minutes] Minutes
    [buffer_before] Buffer before
    [buffer_after] Buffer after
    [price] Price
    [currency] Currency
    [tax_percent] Tax percent
    [channels] Channels
    [sites] Sites
    [skills] Skills
    [resources] Resources
    [wait_target] Wait target
    [completion_target] Completion target
    [state] State
    [reading] Reading
    [phone] Phone
    [email] E-mail
    [language] Language
    [level] Level
    [note] Note
    [site] Site
    [channel] Channel
    [customer] Customer
    [customer_external_id] Customer id
    [service] Service
    [quantity] Quantity
    [staff] Staff
    [created] Created
    [booked_for] Booked for
    [booked_until] Booked until
    [arrived] Arrived
    [started] Started
    [finished] Finished
    [reason] Reason
    [case] Case
    [activity] Activity
    [start] Start
    [complete] Complete
    [resource] Resource
    [product] Product
   *[other] { $name }
    }
exchange-archive = Everything in one file
exchange-archive-text = A ZIP with every table of your business as CSV, its photos and files, and a manifest that counts them. Keys, passwords and links that open doors are left out.
exchange-archive-open = To the archive
exchange-archive-ask = Make an archive
exchange-archive-none = No archive yet
exchange-archive-none-text = An archive takes a moment, depending on how much there is. It can be downloaded for 24 hours.
exchange-archive-fetch = Download
exchange-archive-ready = { $rows } rows, { $size }. It can be downloaded until { $until }.
exchange-archive-rows = { $rows } rows so far
exchange-archive-missing = There is no such archive.
exchange-archive-over = This archive can no longer be downloaded. Make another one.
exchange-archive-state = { $state ->
    [asked] Waiting
    [working] Being made
    [ready] Ready
    [failed] It failed by a fault of ours. Make another one.
   *[other] It is no longer kept.
    }
exchange-api-list = Imports, newest first
exchange-api-show = An import: how far it has got, and what its headings may mean
exchange-api-send = Send a file to be imported
exchange-api-columns = Say what the columns mean, and try the rows
exchange-api-check = Try every row of an import; nothing is taken in
exchange-api-run = Take the rows of an import in, or go on with it
exchange-api-stop = Stop an import after the rows under way
exchange-api-undo = Take back what an import made and changed
exchange-api-refusals = Rows of an import that were refused
exchange-api-kept = What was left when an import was taken back
