operation-menu = Health
operation-title = Health
operation-subtitle = How the program is doing
operation-all-well = Nothing wants a hand.
operation-backup-failed = The last backup failed. See why under Backups, and mend it before anything else.
operation-backup-late = Backups are late: look whether the folder they go to can be reached.
operation-backup-never = No backup was ever made. Whoever runs the program starts it with --backup-folder, or calls steward backup.
operation-disk-full = Almost no room is left where the data lies. Make room now; otherwise nothing can be saved.
operation-disk-short = Less than 1 GB is left where the data lies.
operation-queue-stuck = { $name }: what should have left a quarter of an hour ago still waits.
operation-queue-failed = { $name }: something was given up within a week.
operation-job-failed = The job “{ $name }” failed the last time. The log says why.
operation-figures = Figures
operation-database-size = Database
operation-disk-free = Room left
operation-memory = Memory
operation-live = Open pages
operation-backups = Backups
operation-backups-elsewhere = The database is on a PostgreSQL server and is backed up by its own tools, such as pg_dump. The program does not know how that goes.
operation-plan = { $hours ->
    [one] Every hour, { $keep } kept
   *[other] Every { $hours } hours, { $keep } kept
}
operation-no-plan = None: only when somebody calls steward backup
operation-planned = Plan
operation-last-good = Last good one
operation-last-failed = Last failure
operation-file = File
operation-sealed = sealed
operation-not-sealed = not sealed
operation-drill = A backup nobody has restored is a hope: steward drill FILE restores it into a place of its own and checks everything.
operation-queues = What waits
operation-queue = Where
operation-waiting = Waits
operation-overdue = Overdue since
operation-given-up = Given up within a week
operation-no-queues = Nothing is sent to anybody.
operation-jobs = Recurring jobs
operation-job = Job
operation-job-name = { $job ->
    [forget-taps] Forget old taps
    [prune-claims] Clear claims that have run out
    [customers-terms-made-anew] Renew the index of names
    [enquiries-adopt] Take in new enquiries
    [work-on-imports] Work on imports
    [make-archives] Make archives
    [forget-archives] Forget old archives
    [forget-old-import-files] Forget old import files
    [files-clear] Clear files that nobody owns
    [write-messages] Write messages
    [write-reminders] Write reminders
    [send-messages] Send messages
    [send-webhooks] Send webhooks
    [forget-sent-webhooks] Forget webhooks sent long ago
    [offers-move-photos] Put photos of services on their shelf
    [orders-expire-holds] Let holds go that have run out
    [forget-what-no-longer-opens] Forget sessions and links that no longer open
    [settle-tickets] Settle tickets
    [learn-from-quotes] Learn from waits that were told
    [offer-freed-times] Offer times that became free
    [sweep-waiting-lists] Sweep waiting lists
    [back-up] Back up
   *[other] { $name }
}
operation-last-run = Last run
operation-took = Took
operation-outcome = Outcome
operation-well = Went well
operation-failed = Failed
operation-none = None yet
operation-no-jobs = None has run since the program began.
operation-slow = Slow commands
operation-command = Command
operation-when = When
operation-none-slow = None was slow since the program began.
operation-versions = Versions
operation-program = Program
operation-database = Database
operation-running = Running for
