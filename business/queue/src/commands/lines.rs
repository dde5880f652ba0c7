//! What may happen to lines.

use kernel::ids::SiteId;
use kernel::{Bilingual, Ctx, Fault, Locale, Text};
use store::{Event, Tx, params};

use crate::queries::{self, Line};
use crate::{LINES, SERVE};

/// A line as the form gives it.
#[derive(Debug, Clone)]
pub struct LineDraft {
    /// The letter before the number.
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
    /// The service families it serves.
    pub families: Vec<String>,
    /// Whether numbers are given out.
    pub is_open: bool,
    /// From which minute of the local day, when not from the site's opening on.
    pub opens_minute: Option<i64>,
    /// Until which minute of the local day, when not until the site closes.
    pub closes_minute: Option<i64>,
    /// The most people who may stand in it.
    pub standing_max: Option<i64>,
}

impl LineDraft {
    /// An open line without hours and without a limit of its own.
    pub fn new(code: &str, name: Bilingual) -> Self {
        Self {
            code: code.to_owned(),
            name,
            families: Vec::new(),
            is_open: true,
            opens_minute: None,
            closes_minute: None,
            standing_max: None,
        }
    }
}

const ADD_LINE: &str = "
    insert into lines (org, site, code, name_zh, name_en, families, is_open, opens_minute,
        closes_minute, standing_max, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) on conflict (org, site, code) do nothing";
const CHANGE_LINE: &str = "
    update lines set name_zh = $4, name_en = $5, families = $6, is_open = $7,
        opens_minute = $8, closes_minute = $9, standing_max = $10, version = version + 1
    where org = $1 and site = $2 and code = $3 and version = $11";
const SET_OPEN: &str = "
    update lines set is_open = $4, version = version + 1
    where org = $1 and site = $2 and code = $3 and is_open <> $4";

/// The most people a line may be limited to.
pub const STANDING_MAX: i64 = 500;
/// Families a line may serve, in the order of menus.
pub const FAMILIES: [&str; 6] = ["hair", "colour", "care", "spa", "repair", "cafe"];
/// The longest name of a line or a counter, in characters.
const NAME_CHARS_MAX: usize = 40;

/// Refuses a name that no page could have typed; `missing` says that there is none.
pub(super) fn check_name(name: &Bilingual, missing: &'static str) -> Result<(), Fault> {
    if name.is_empty() {
        return Err(Fault::invalid("name_en", Text::key(missing)));
    }
    for (field, text) in [("name_zh", &name.zh), ("name_en", &name.en)] {
        if text.chars().count() > NAME_CHARS_MAX {
            let long = Text::key("web-too-long").with("max", NAME_CHARS_MAX);
            return Err(Fault::invalid(field, long));
        }
    }
    Ok(())
}

fn check_line(draft: &LineDraft) -> Result<(), Fault> {
    let letters = draft.code.chars().all(|c| c.is_ascii_uppercase());
    if !(1..=2).contains(&draft.code.len()) || !letters {
        return Err(Fault::invalid("code", Text::key("queue-line-code-wrong")));
    }
    check_name(&draft.name, "queue-line-name-missing")?;
    let opens = draft.opens_minute.unwrap_or(0);
    if draft.closes_minute.is_some_and(|closes| opens >= closes) {
        return Err(Fault::invalid(
            "closes",
            Text::key("queue-line-hours-wrong"),
        ));
    }
    let limit = draft.standing_max.unwrap_or(1);
    if !(1..=STANDING_MAX).contains(&limit) {
        let text = Text::key("queue-line-max-wrong").with("max", STANDING_MAX);
        return Err(Fault::invalid("standing_max", text));
    }
    Ok(())
}

/// Opens a new line at a site.
pub fn add_line(tx: &mut Tx, ctx: &Ctx, site: SiteId, draft: &LineDraft) -> Result<(), Fault> {
    ctx.require_at(LINES, site)?;
    check_line(draft)?;
    let families = serde_json::to_string(&draft.families).map_err(Fault::broken)?;
    let added = tx.execute(
        ADD_LINE,
        params![
            ctx.org,
            site,
            &draft.code,
            &draft.name.zh,
            &draft.name.en,
            families,
            draft.is_open,
            draft.opens_minute,
            draft.closes_minute,
            draft.standing_max
        ],
    )?;
    if added == 0 {
        return Err(Fault::invalid("code", Text::key("queue-line-code-taken")));
    }
    let event = Event::new("line.created")
        .site(site)
        .object("line", format!("{site}/{}", draft.code), "line")
        .attr("code", draft.code.as_str());
    tx.record(ctx, event);
    Ok(())
}

/// Changes a line; refuses when somebody else changed it since `version`.
pub fn change_line(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    draft: &LineDraft,
    version: i64,
) -> Result<(), Fault> {
    ctx.require_at(LINES, site)?;
    check_line(draft)?;
    let families = serde_json::to_string(&draft.families).map_err(Fault::broken)?;
    let changed = tx.execute(
        CHANGE_LINE,
        params![
            ctx.org,
            site,
            &draft.code,
            &draft.name.zh,
            &draft.name.en,
            families,
            draft.is_open,
            draft.opens_minute,
            draft.closes_minute,
            draft.standing_max,
            version
        ],
    )?;
    if changed == 0 {
        return Err(Fault::stale());
    }
    let event = Event::new("line.changed")
        .site(site)
        .object("line", format!("{site}/{}", draft.code), "line")
        .attr("code", draft.code.as_str());
    tx.record(ctx, event);
    Ok(())
}

/// Begins or stops giving out a line's numbers by hand. Whoever has one is still served.
pub fn set_line_open(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    code: &str,
    open: bool,
) -> Result<(), Fault> {
    ctx.require_at(SERVE, site)?;
    let lines = queries::lines(tx, ctx, site)?;
    if !lines.iter().any(|line| line.code == code) {
        return Err(Fault::missing("queue-line-missing"));
    }
    if tx.execute(SET_OPEN, params![ctx.org, site, code, open])? == 1 {
        let activity = if open { "line.opened" } else { "line.closed" };
        let event = Event::new(activity)
            .site(site)
            .object("line", format!("{site}/{code}"), "line")
            .attr("code", code);
        tx.record(ctx, event);
    }
    Ok(())
}

/// The line for a family; makes the site's first line when there is none yet.
pub(super) fn line_for(tx: &mut Tx, ctx: &Ctx, site: SiteId, family: &str) -> Result<Line, Fault> {
    let lines = queries::lines(tx, ctx, site)?;
    if let Some(line) = queries::line_for(&lines, family) {
        return Ok(line);
    }
    let (zh, en) = (
        Locale::ZhCn.t("queue-first-line"),
        Locale::En.t("queue-first-line"),
    );
    let none: Option<i64> = None;
    let values = params![ctx.org, site, "A", zh, en, "[]", true, none, none, none];
    tx.execute(ADD_LINE, values)?;
    let lines = queries::lines(tx, ctx, site)?;
    queries::line_for(&lines, family).ok_or_else(|| Fault::missing("queue-line-missing"))
}
