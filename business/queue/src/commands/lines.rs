//! What may happen to lines.

use kernel::ids::SiteId;
use kernel::{Bilingual, Ctx, Fault, Locale, Text};
use store::{Event, Tx, params};

use crate::LINES;
use crate::queries::{self, Line};

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
}

const ADD_LINE: &str = "
    insert into lines (org, site, code, name_zh, name_en, families, is_open, version)
    values ($1, $2, $3, $4, $5, $6, $7, 1) on conflict (org, site, code) do nothing";
const CHANGE_LINE: &str = "
    update lines set name_zh = $4, name_en = $5, families = $6, is_open = $7,
        version = version + 1
    where org = $1 and site = $2 and code = $3 and version = $8";

fn check_line(draft: &LineDraft) -> Result<(), Fault> {
    let letters = draft.code.chars().all(|c| c.is_ascii_uppercase());
    if !(1..=2).contains(&draft.code.len()) || !letters {
        return Err(Fault::invalid("code", Text::key("queue-line-code-wrong")));
    }
    if draft.name.is_empty() {
        return Err(Fault::invalid(
            "name_en",
            Text::key("queue-line-name-missing"),
        ));
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
            draft.is_open
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

/// The line for a family; makes the site's first line when there is none yet.
pub(super) fn line_for(tx: &mut Tx, ctx: &Ctx, site: SiteId, family: &str) -> Result<Line, Fault> {
    let lines = queries::lines(tx, ctx, site)?;
    if let Some(line) = queries::line_for(&lines, family) {
        return Ok(line);
    }
    tx.execute(
        ADD_LINE,
        params![
            ctx.org,
            site,
            "A",
            Locale::ZhCn.t("queue-first-line"),
            Locale::En.t("queue-first-line"),
            "[]",
            true
        ],
    )?;
    let lines = queries::lines(tx, ctx, site)?;
    queries::line_for(&lines, family).ok_or_else(|| Fault::missing("queue-line-missing"))
}
