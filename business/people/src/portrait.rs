//! Portraits of staff: the shelf of each, and the mark that stands for a person on a page.

use std::{collections::BTreeMap, sync::Arc};

use kernel::ids::{FileId, StaffId};
use kernel::{Ctx, Fault, Locale};
use store::Tx;
use ui::Markup;

use crate::model::Staff;
use crate::{EDIT_STAFF, VIEW_STAFF, http, queries};

/// The one picture of a member of staff.
pub const PORTRAIT: files::Shelf = files::Shelf {
    kind: files::OwnerKind::Staff,
    holds: files::Holds::OnePicture {
        title: "people-portrait",
        effect: "people-portrait-effect",
    },
    home: "/staff/{id}",
    view: VIEW_STAFF,
    edit: EDIT_STAFF,
    find,
    seen: None,
};

fn find(tx: &mut Tx, ctx: &Ctx, id: &str) -> Result<files::Reached, Fault> {
    let id = StaffId::parse(id).ok_or_else(|| Fault::missing("people-staff-missing"))?;
    let staff = queries::staff_member(tx, ctx, id)?;
    let home = http::home_of(tx, ctx, &staff)?;
    Ok(files::Reached {
        title: staff.shown(ctx.locale).to_owned(),
        home: format!("/staff/{id}"),
        site: Some(home.id),
        customer: None,
        zone: home.zone,
        parts: Vec::new(),
    })
}

/// Which picture stands for whom.
#[derive(Debug, Clone, Default)]
pub struct Portraits(Arc<BTreeMap<StaffId, FileId>>);

/// The portraits of everybody who has one.
pub fn portraits(tx: &mut Tx, ctx: &Ctx) -> Result<Portraits, Fault> {
    let kept = tx.kept(format!("portraits {}", ctx.org), |tx| {
        let covers = files::covers(tx, ctx, PORTRAIT.kind)?;
        let known = covers
            .iter()
            .filter_map(|(owner, file)| Some((StaffId::parse(owner)?, file.id)));
        Ok(known.collect())
    });
    kept.map(Portraits)
}

impl Portraits {
    /// The picture of a person.
    pub fn of(&self, staff: StaffId) -> Option<FileId> {
        self.0.get(&staff).copied()
    }

    /// The round mark of a person for colleagues: the portrait, or the initials.
    pub fn mark(&self, locale: Locale, staff: &Staff) -> Markup {
        match self.of(staff.id) {
            Some(file) => ui::portrait(
                staff.shown(locale),
                &format!("{}/{file}/small", PORTRAIT.path(&staff.id.to_string())),
            ),
            None => ui::avatar(staff.shown(locale), staff.colour),
        }
    }
}
