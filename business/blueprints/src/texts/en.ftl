blueprints-menu = Blueprints
blueprints-lane-customer = Customer
blueprints-lane-frontstage = Frontstage
blueprints-lane-backstage = Backstage
blueprints-lane-support = Support

# Refused
blueprints-missing = There is no such blueprint. Go back to the list.
blueprints-step-missing = This step is no longer there. Choose another.
blueprints-phase-missing = This phase is no longer there. Choose another.
blueprints-full = An organisation can have at most { $max } blueprints. Change one that is archived.
blueprints-nothing-to-undo = There is nothing to undo or to do again.
blueprints-nothing-to-publish = There is no draft to publish. Edit a step first.
blueprints-nothing-to-discard = There is no draft that could be thrown away.
blueprints-name-needed = Give it a name in at least one language.
blueprints-too-long = At most { $max } characters.
blueprints-minutes-range = Enter minutes from 0 to { $max }.
blueprints-steps-max = A blueprint has at most { $max } steps. Remove one first.
blueprints-steps-unsorted = Steps must stand in the order of their phases.
blueprints-key-twice = Each step and each phase needs a key of its own.
blueprints-key-wrong = A key has 1 to 40 small letters, digits and hyphens.
blueprints-phase-unknown = Choose one of the phases of this blueprint.
blueprints-phases-range = A blueprint has 1 to { $max } phases.
blueprints-phase-not-empty = Move or remove the steps of this phase first.
blueprints-evidence-max = At most { $max } things to see in one phase.
blueprints-skill-wrong = This skill is not known. Choose one from the list.
blueprints-checklist-max = At most { $max } points in a checklist.
blueprints-link-unknown = A step can lead to other steps of this blueprint, each once.
blueprints-links-max = A step can lead to at most { $max } others.
blueprints-no-work = Nobody has anything to do in it. Add a frontstage or backstage step before publishing.
blueprints-unreachable = No way leads to “{ $name }”. Let a step before it lead there, then publish.
blueprints-trapped = “{ $name }” leads round in a circle without an end. Give it a way out, then publish.
blueprints-version-missing = There is no such version.

# List
blueprints-title = Blueprints
blueprints-new = New blueprint
blueprints-column-published = Published version
blueprints-column-draft = Draft
blueprints-column-phases = Phases
blueprints-column-saved = Last saved
blueprints-archived = Archived
blueprints-none = No blueprints yet
blueprints-none-text = A blueprint says step by step how a service is carried out, before and behind the scenes.
blueprints-none-archived = No blueprint is archived
blueprints-badge-published = v{ $number } in force
blueprints-badge-draft = v{ $number } draft
blueprints-card-facts = { $steps ->
    [one] { $steps } step
   *[other] { $steps } steps
  }, { $minutes } of work, saved { $saved }
blueprints-from = Begin with
blueprints-from-starter = A simple visit
blueprints-from-hint = Everything can be changed afterwards.
blueprints-copy-of = A copy of “{ $name }”
blueprints-create = Create blueprint
blueprints-cancel = Cancel

# Drawing
blueprints-drawing = Blueprint, lanes from the customer inwards
blueprints-inspector = Details
blueprints-subtitle-draft = v{ $number } draft, saved { $time }
blueprints-subtitle-published = v{ $number }, in force
blueprints-subtitle-retired = v{ $number }, no longer in force
blueprints-publish = Publish v{ $number }
blueprints-view = View
blueprints-view-design = Design
blueprints-view-observed = Observed
blueprints-data = Period
blueprints-days = { $days } days
blueprints-data-of = { $site }, { $count ->
    [0] no visits yet
    [one] { $count } visit
   *[other] { $count } visits
  }
blueprints-undo = Undo
blueprints-redo = Redo
blueprints-to-current = Back to the current version
blueprints-compare = Compare with v{ $number }
blueprints-evidence = Evidence
blueprints-evidence-by = what they see
blueprints-lane-customer-hint = what they do
blueprints-lane-frontstage-hint = seen
blueprints-lane-backstage-hint = not seen
blueprints-lane-support-hint = systems
blueprints-line-interaction = Line of interaction
blueprints-line-visibility = Line of visibility
blueprints-line-internal = Internal line
blueprints-fail-mark = F
blueprints-wait-mark = W { $minutes }
blueprints-automatic = automatic
blueprints-observed = Observed
blueprints-step = Step
blueprints-minutes = Minutes
blueprints-minutes-both = observed / standard
blueprints-minutes-standard = standard

# Step
blueprints-close = Close
blueprints-position = Step { $index } of { $count } · { $phase } · { $lane }
blueprints-over-standard = { $minutes } min over standard
blueprints-under-standard = { $minutes } min under standard
blueprints-at-standard = As designed
blueprints-costs = Costs { $hours } h in { $days } days.
blueprints-mark-standard = std { $minutes }
blueprints-mark-median = p50 { $minutes }
blueprints-mark-p90 = p90 { $minutes }
blueprints-minutes-of = minutes, { $count ->
    [one] { $count } visit
   *[other] { $count } visits
  }
blueprints-histogram = Minutes of { $count } visits: half took at most { $median }, nine of ten at most { $most }.
blueprints-name = Name
blueprints-name-zh = Name in Chinese
blueprints-name-en = Name in English
blueprints-standard-minutes = Standard minutes
blueprints-lane = Lane
blueprints-phase = Phase
blueprints-skill = Done by
blueprints-anybody = Anybody
blueprints-if-it-fails = If it fails
blueprints-fail-point = Fail point
blueprints-remedy = Remedy
blueprints-fail-zh = What may fail, Chinese
blueprints-fail-en = What may fail, English
blueprints-remedy-zh = What to do then, Chinese
blueprints-remedy-en = What to do then, English
blueprints-checklist = Checklist
blueprints-checklist-of = Checklist ({ $count })
blueprints-checklist-zh = Points in Chinese
blueprints-checklist-en = Points in English
blueprints-checklist-hint = One point a line; the same line in both languages is the same point.
blueprints-more = Touchpoint, wait, look
blueprints-touchpoint = Touchpoint
blueprints-touchpoint-zh = Touchpoint, Chinese
blueprints-touchpoint-en = Touchpoint, English
blueprints-wait = Wait after it, minutes
blueprints-wait-hint = How long the customer may wait before the next step.
blueprints-automatic-long = Done automatically, by no person
blueprints-icon = Icon
blueprints-icon-none = None
blueprints-icon-calendar = Calendar
blueprints-icon-people = People
blueprints-icon-stock = Stock
blueprints-icon-payment = Payment
blueprints-icon-messages = Messages
blueprints-icon-phone = Phone
blueprints-icon-printer = Printer
blueprints-icon-web = Web
blueprints-icon-supplier = Supplier
blueprints-icon-tools = Tools
blueprints-icon-unknown = Choose an icon from the list.
blueprints-links = Next steps
blueprints-links-hint = Tick none and the following step comes next.
blueprints-links-more = With several, choose then whether one of them follows or all at once.
blueprints-end = The end
blueprints-split = Of these
blueprints-split-hint = What runs at the same time has to meet again in one step.
blueprints-split-choice = one follows: a choice
blueprints-split-parallel = all follow at the same time
blueprints-question-zh = Question of the choice (Chinese)
blueprints-question-en = Question of the choice (English)
blueprints-when-zh = When to “{ $name }” (Chinese)
blueprints-when-en = When to “{ $name }” (English)
blueprints-cut = Cut this way
blueprints-way-added = Linked.
blueprints-way-cut = The way was cut.
blueprints-parallel-loose = What runs at the same time behind “{ $name }” has to meet again in one step, and no other way may lead in or out before. Join the parts, or make it a choice.
blueprints-save-step = Save step
blueprints-compare-yours = Not saved: these differ from what is saved now
blueprints-yours-and-saved = { $field }: yours “{ $yours }”, saved “{ $saved }”
blueprints-move = Move the step
blueprints-move-left = Into the phase before
blueprints-move-right = Into the phase after
blueprints-move-up = One lane up
blueprints-move-down = One lane down
blueprints-move-earlier = Earlier in order
blueprints-move-later = Later in order
blueprints-add-here = Add step here
blueprints-add-step = Add step
blueprints-remove-step = Remove step

# Overview
blueprints-overview = Whole blueprint
blueprints-steps = Steps
blueprints-work-steps = Carried out by staff
blueprints-fail-points = Fail points
blueprints-used-by = Used by
blueprints-services = Services that follow it
blueprints-go-on = Go on
blueprints-phases = Phases and evidence
blueprints-evidence-zh = What they see, Chinese
blueprints-evidence-en = What they see, English
blueprints-evidence-hint = One thing a line, at most 3.
blueprints-save-phase = Save phase
blueprints-add-phase = Add phase
blueprints-remove-phase = Remove phase
blueprints-phase-left = Phase to the left
blueprints-phase-right = Phase to the right
blueprints-rename = Name of the blueprint
blueprints-save-name = Save name
blueprints-versions = Versions
blueprints-version-draft = v{ $number }, draft
blueprints-version-at = v{ $number }, { $date }
blueprints-version-by = v{ $number }, { $date }, { $name }
blueprints-in-force = In force
blueprints-discard = Discard draft
blueprints-archive = Archive
blueprints-restore = Use again
blueprints-compared = v{ $number } against v{ $before }
blueprints-no-change = Both versions have the same steps.
blueprints-change-added = New
blueprints-change-removed = Removed
blueprints-change-line = { $field }: { $old } → { $new }
blueprints-change-other = Texts or place changed
blueprints-mark-choice = One of several ways follows
blueprints-mark-parallel = Several parts run at the same time
blueprints-draw-way = Drag to the step that may follow
blueprints-draw-hint = Choose the step that may follow and press Enter. Esc leaves.
blueprints-change-came = { $field } “{ $name }” is new.
blueprints-change-went = { $field } “{ $name }” is gone.
blueprints-v = v{ $number }

# Done
blueprints-created = “{ $name }” created
blueprints-step-added = Step added
blueprints-step-saved = Step saved
blueprints-step-moved = Step moved
blueprints-step-removed = Step removed
blueprints-phase-added = Phase added
blueprints-phase-saved = Phase saved
blueprints-phase-removed = Phase removed
blueprints-renamed = Name saved
blueprints-archived-done = Blueprint archived
blueprints-restored = Blueprint in use again
blueprints-undone = Undone
blueprints-redone = Done again
blueprints-published = Published. New orders follow this version.
blueprints-discarded = Draft discarded

# BPMN
blueprints-bpmn-export = Download as BPMN
blueprints-bpmn-import = Import BPMN
blueprints-bpmn-file = BPMN 2.0 file
blueprints-bpmn-file-hint = Up to 1 MB and 60 steps. Steps are drawn anew, in the four lanes.
blueprints-bpmn-name-hint = Without a name, the one in the file is taken.
blueprints-bpmn-open = Open the draft
blueprints-bpmn-needed = Choose a file.
blueprints-bpmn-too-large = The file is too large: up to { $max } MB are read. Nothing was changed.
blueprints-bpmn-unreadable = This is no BPMN file that can be read ({ $problem }). Nothing was changed.
blueprints-bpmn-no-steps = The file has no steps: at least one task is needed. Nothing was changed.
blueprints-bpmn-steps = The file has { $count } steps; a blueprint has at most { $max }. Nothing was changed.
blueprints-bpmn-step = “{ $name }”: { $problem } Nothing was changed.
blueprints-bpmn-trapped = “{ $name }” leads round in a circle without an end. Give it a way out in the file. Nothing was changed.
blueprints-bpmn-left-out = The draft is there. { $count ->
    [one] One thing of the file is
   *[other] { $count } things of the file are
  } not kept, or kept in another way:
blueprints-bpmn-more = and { $count } more
blueprints-bpmn-process = Process “{ $name }” was left out: one is read.
blueprints-bpmn-edge-event = Event “{ $name }” on the edge of “{ $of }” was left out, with what follows it.
blueprints-bpmn-annotation = The note “{ $text }” was left out.
blueprints-bpmn-element = { $kind } “{ $name }” was left out.
blueprints-bpmn-part = { $kind } of “{ $of }” was left out.
blueprints-bpmn-inside = “{ $name }” inside of “{ $of }” was left out.
blueprints-bpmn-flow = Path “{ $id }” was left out: it leads from “{ $from }” to “{ $to }”, one of which is not kept.
blueprints-bpmn-text = “{ $name }”: the text “{ $text }” was left out.
blueprints-bpmn-nameless = Step { $name } has no name; it is called by its id.
blueprints-bpmn-kind = “{ $name }” is a plain step now; what kind of task it was is not kept.
blueprints-bpmn-no-lane = “{ $name }” stands in no lane; it was put frontstage.
blueprints-bpmn-lane-customer = Lane “{ $name }” became the lane of the customer.
blueprints-bpmn-lane-frontstage = Lane “{ $name }” became frontstage.
blueprints-bpmn-lane-backstage = Lane “{ $name }” became backstage.
blueprints-bpmn-lane-support = Lane “{ $name }” became support.
blueprints-bpmn-again = “{ $name }” leads back to itself; that way was left out.
blueprints-bpmn-question = The words of gateway “{ $name }” were left out; its ways are kept.
blueprints-bpmn-mixed = “{ $name }” both chooses and runs ways at the same time; here one of the steps behind it is chosen.
blueprints-bpmn-one-way = Any of the ways behind “{ $name }” may be taken in the file; here exactly one is.
blueprints-bpmn-event = Event “{ $name }” was left out; the way through it is kept.
blueprints-bpmn-condition = On the way to “{ $name }” the condition “{ $text }” was left out.
blueprints-bpmn-default = The way to “{ $name }” is no longer the one taken by default.
blueprints-bpmn-phase = All steps
blueprints-sop = Work instructions
blueprints-sop-all = All roles
blueprints-sop-role = Whose steps
blueprints-sop-print = Print
blueprints-sop-line = { $name }, v{ $number } · { $role } · { $count ->
    [one] one step
   *[other] { $count } steps
 } · { $minutes }
blueprints-sop-none = This role has no steps here.
blueprints-diagram = BPMN 2.0 diagram
blueprints-diagram-open = View as BPMN diagram
blueprints-diagram-loading = Drawing…
blueprints-diagram-failed = The diagram could not be drawn. Download the file and open it in another tool.
blueprints-api-list = Blueprints
blueprints-api-create = Make a blueprint out of a BPMN file
blueprints-api-show = A blueprint and its steps
blueprints-api-bpmn = A version of a blueprint as BPMN
blueprints-api-draft = Put a BPMN file in the draft's place
blueprints-api-publish = Publish the draft: new orders follow it
blueprints-api-state = Put a blueprint away, or take it out again
blueprints-api-rename = Give a blueprint another name
blueprints-api-discard = Throw the draft away: the published version stays
blueprints-api-instructions = What is to be done in each step
blueprints-api-instruct = Change what is to be done in a step of the draft
