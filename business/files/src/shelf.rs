//! A shelf: the files of one kind of thing, where they stand and who may reach them.

use std::pin::Pin;

use kernel::{
    Ctx, Fault, Permission, TimeZone,
    ids::{CustomerId, SiteId},
};
use store::Tx;
use web::App;

use crate::model::OwnerKind;

/// What somebody reached for.
#[derive(Debug, Clone)]
pub struct Reached {
    /// What it is called.
    pub title: String,
    /// Its own page.
    pub home: String,
    /// Where it is, when it is at one site alone.
    pub site: Option<SiteId>,
    /// The zone times are told in.
    pub zone: TimeZone,
    /// Whose personal data its files are, if anybody's.
    pub customer: Option<CustomerId>,
    /// Its parts that can have files of their own: id and name.
    pub parts: Vec<(String, String)>,
}

/// Finds a thing by its id, or refuses.
pub type Reach = fn(&mut Tx, &Ctx, &str) -> Result<Reached, Fault>;

/// How much lies on a shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Photos and files, as many as there is room for.
    Many,
    /// One picture, which the next one replaces.
    OnePicture {
        /// The text that names it.
        title: &'static str,
        /// The text that says where it is shown.
        effect: &'static str,
    },
}

impl Holds {
    /// Whether there is one picture at most.
    pub fn is_one(self) -> bool {
        self != Self::Many
    }

    /// The text above the shelf.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Many => "files-title",
            Self::OnePicture { title, .. } => title,
        }
    }
}

/// A sight being kept.
pub type Keeping = Pin<Box<dyn Future<Output = Result<(), Fault>> + Send>>;

/// Keeping that somebody is about to see a file of a customer's; this room knows no people.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Before a page shows it, which asks for the same file again and again.
    pub on_page: fn(App, Ctx, CustomerId) -> Keeping,
    /// In the transaction that tells a program.
    pub by_program: fn(&mut Tx, &Ctx, CustomerId) -> Result<(), Fault>,
}

/// The files of one kind of thing.
#[derive(Debug, Clone, Copy)]
pub struct Shelf {
    /// Of what.
    pub kind: OwnerKind,
    /// How much.
    pub holds: Holds,
    /// The address of the thing, `{id}` for its id: the files lie below it, at `files`.
    pub home: &'static str,
    /// To see them.
    pub view: Permission,
    /// To add, describe and remove them.
    pub edit: Permission,
    /// How to find the thing.
    pub find: Reach,
    /// Who is told that a customer's file is seen, where they may be a customer's.
    pub seen: Option<Seen>,
}

impl Shelf {
    /// Where the files of one thing lie.
    pub fn path(&self, owner: &str) -> String {
        format!("{}/files", self.home.replace("{id}", owner))
    }

    /// Finds a thing for somebody who may see its files, or change them.
    pub(crate) fn reach(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        owner: &str,
        to_change: bool,
    ) -> Result<Reached, Fault> {
        let permission = if to_change { self.edit } else { self.view };
        ctx.require(permission)?;
        let reached = (self.find)(tx, ctx, owner)?;
        if let Some(site) = reached.site.filter(|_| to_change) {
            ctx.require_at(permission, site)?;
        }
        Ok(reached)
    }
}
