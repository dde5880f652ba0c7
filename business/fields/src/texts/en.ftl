fields-menu = Custom fields
fields-subject = Whose fields
fields-subject-customer = Customers
fields-subject-order = Orders
fields-subject-service = Services
fields-subject-staff = Staff
fields-kind-text = Text
fields-kind-long-text = Long text
fields-kind-whole = Whole number
fields-kind-decimal = Decimal
fields-kind-money = Money
fields-kind-date = Date
fields-kind-flag = Yes or no
fields-kind-choice = One of several
fields-kind-choices = Several of several
fields-none = No fields of your own yet
fields-none-text = What your business wants to note about these, beyond what is there, is defined here once: it then stands in forms, lists, filters and files.
fields-new = New field
fields-name = Name
fields-name-zh = Name in Chinese
fields-name-en = Name in English
fields-kind = Kind
fields-key = Key
fields-key-hint = What files and programs call it: small Latin letters, digits, underscores. Left empty, it comes from the English name.
fields-key-fixed = Files and programs know the field by it, so it stays.
fields-rules = Rules
fields-state = State
fields-order = Order
fields-required = Required
fields-required-hint = A form without it is refused. What is there already stays as it is.
fields-listed = Shown in lists
fields-listed-hint = As a column on wide screens, and as a filter.
fields-personal = Personal
fields-personal-hint = The journal then tells that it changed, not what stood in it.
fields-active = In use
fields-archived = Archived
fields-earlier = Move { $name } up
fields-later = Move { $name } down
fields-picks = To choose from
fields-picks-hint = One a line: 中文 | English. A line taken away is no longer offered; where it was chosen it stays.
fields-least = At least
fields-most = At most
fields-limits-hint = Characters of a text, value of a number or amount, day of a date. Empty for no limit.
fields-decimals = Digits after the point
fields-decimals-hint = For decimals: 1 to 6.
fields-standard = Begins with
fields-standard-hint = What stands in the field of a new form.
fields-kind-hint-values = { $count ->
        [one] It has { $count } value.
       *[other] It has { $count } values.
    }
fields-convert = Read the values anew when the kind changes
fields-convert-hint = All of them or none: a value that cannot be read as the new kind refuses the change.
fields-save = Save field
fields-back = Back
fields-archive = Archive field
fields-archive-text = Forms and lists no longer show it. Its values and its history stay.
fields-restore = Use again
fields-restore-text = Forms and lists do not show it. Its values are still there.
fields-defined = Field defined
fields-saved = Field saved
fields-archived-done = Field archived
fields-restored = Field in use again
fields-missing = There is no such field.
fields-many = At most { $max } fields, archived ones included.
fields-name-needed = Give it a name in at least one language.
fields-key-wrong = Write a key of small Latin letters, digits and underscores that begins with a letter, such as skin_type.
fields-key-taken = Another field has this key already.
fields-limits-crossed = The largest is below the smallest.
fields-limit-wrong = Write a value from { $least } to { $most }.
fields-picks-needed = Give at least one thing to choose from.
fields-picks-many = At most { $max } things to choose from.
fields-picks-twice = The same thing stands there twice.
fields-kind-has-values = { $count ->
        [one] { $count } value stands in this field. Tick the box below to read it anew, or archive the field and define another.
       *[other] { $count } values stand in this field. Tick the box below to read them anew, or archive the field and define another.
    }
fields-kind-not-read = { $count ->
        [one] { $count } value cannot be read as this kind, such as “{ $example }”. Nothing was changed.
       *[other] { $count } values cannot be read as this kind, such as “{ $example }”. Nothing was changed.
    }
fields-whole-wrong = Write a whole number.
fields-decimal-wrong = { $digits ->
        [one] Write a number with at most { $digits } digit after the point.
       *[other] Write a number with at most { $digits } digits after the point.
    }
fields-flag-wrong = Write yes or no.
fields-pick-wrong = “{ $value }” is not one of: { $allowed }.
fields-between = Between { $least } and { $most }.
fields-at-least = At least { $least }.
fields-at-most = At most { $most }.
fields-json-wrong = Give a text, a number, true or false, a list of texts, or an amount with its currency.
fields-unknown = There is no field with the key “{ $key }”.
fields-yes = Yes
fields-no = No
fields-comma = {", "}
fields-nothing = –
fields-any = Any
fields-more-filters = More filters
fields-from = { $name }, from
fields-to = { $name }, to
fields-card = More about it
fields-keep = Save
fields-filled = Saved
fields-narrow = Apply these filters
fields-words-yes = yes true on y
fields-words-no = no false off n
fields-api-list = Fields of the business for one kind of thing
fields-api-define = Define a field of the business
fields-api-show = One field of the business
fields-api-change = Change a field of the business
fields-api-state = Archive a field of the business, or ask for it again
fields-api-picks = Begin each key with a small letter, then small letters, digits and underscores; names are one line without strokes (|).
fields-api-place = Move a field of the business up or down
