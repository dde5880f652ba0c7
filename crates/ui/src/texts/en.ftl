ui-skip = Skip to content
ui-navigation = Main navigation
ui-more = More
ui-search = Search or run a command
ui-palette = Command palette
ui-palette-placeholder = Type a name, phone, order or command…
ui-live = Live
ui-reconnecting = Reconnecting
ui-as-of = as of { $time }
ui-theme-dark = Switch to dark
ui-theme-light = Switch to light
ui-language = 切换到中文
ui-language-short = 中
ui-sign-out = Sign out
ui-settings = Settings
ui-sites = Change site
ui-close = Close
ui-undo = Undo
ui-pages = Pages
ui-previous = Previous
ui-next = Next
ui-shortcuts-title = Keyboard shortcuts
ui-errors = { $count ->
    [one] One thing needs another look
   *[other] { $count } things need another look
}
ui-optional = optional
ui-left = { $time } left
ui-over = { $time } over
ui-step-of = Step { $done } of { $total }
ui-minutes = { $minutes } min
ui-forecast = forecast { $time }
ui-powered = Steward
ui-seen = The customer sees this
ui-unseen = The customer does not see this
ui-by-customer = The customer does this
