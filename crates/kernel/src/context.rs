//! Who acts, when, in which organisation, with which source of ids and randomness.

use std::{
    cell::RefCell,
    sync::{Arc, Mutex},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Fault, Grants, Id, Locale, Permission, Role,
    id::ids::{OrganisationId, SiteId, StaffId, UserId},
};

/// Through which door something came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The front desk.
    Desk,
    /// The public pages.
    Online,
    /// A call.
    Phone,
    /// A screen in the shop that customers use.
    Kiosk,
    /// Another program.
    Api,
    /// A file of past data.
    Import,
    /// The program itself.
    System,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 7] = [
        Self::Desk,
        Self::Online,
        Self::Phone,
        Self::Kiosk,
        Self::Api,
        Self::Import,
        Self::System,
    ];

    /// The name kept in tables and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Online => "online",
            Self::Phone => "phone",
            Self::Kiosk => "kiosk",
            Self::Api => "api",
            Self::Import => "import",
            Self::System => "system",
        }
    }

    /// Reads the name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|channel| channel.as_str() == name)
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Somebody who signed in.
    User {
        /// The user.
        id: UserId,
        /// The member of staff the user is, if any.
        staff: Option<StaffId>,
        /// The user's name.
        name: String,
    },
    /// A customer on a public page.
    Guest,
    /// The program itself.
    System,
}

/// The sites somebody may act at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SiteScope {
    /// Every site of the organisation.
    All,
    /// These alone.
    Only(Vec<SiteId>),
}

impl SiteScope {
    /// Whether a site is among them.
    pub fn includes(&self, site: SiteId) -> bool {
        match self {
            Self::All => true,
            Self::Only(sites) => sites.contains(&site),
        }
    }
}

/// Where ids and randomness come from: the operating system, or a seed in tests and demonstrations.
#[derive(Clone, Default)]
pub struct IdSource(Option<Arc<Mutex<u64>>>);

impl IdSource {
    /// Randomness of the operating system.
    pub const fn system() -> Self {
        Self(None)
    }

    /// The same sequence for the same seed.
    pub fn seeded(seed: u64) -> Self {
        Self(Some(Arc::new(Mutex::new(seed))))
    }

    /// 64 random bits.
    pub fn bits(&self) -> u64 {
        match &self.0 {
            None => STOCK.with_borrow_mut(Stock::take),
            Some(state) => {
                // SplitMix64 (Steele, Lea & Flood 2014): one addition and three mixing rounds.
                let mut state = state.lock().expect("nobody panics while drawing a number");
                *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
                let mut mixed = *state;
                mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
                mixed ^ (mixed >> 31)
            }
        }
    }

    /// A UUID version 7 of an instant.
    pub fn uuid(&self, now: Timestamp) -> Uuid {
        let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or(0);
        let (high, low) = (self.bits(), self.bits());
        let first = (milliseconds << 16) | 0x7000 | (high & 0x0FFF);
        let second = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        Uuid::from_u64_pair(first, second)
    }
}

/// Randomness of the operating system, fetched for many numbers at once.
struct Stock {
    bytes: [u8; 512],
    left: usize,
}

thread_local! {
    static STOCK: RefCell<Stock> = const {
        RefCell::new(Stock {
            bytes: [0; 512],
            left: 0,
        })
    };
}

impl Stock {
    fn take(&mut self) -> u64 {
        if self.left == 0 {
            getrandom::fill(&mut self.bytes).expect("the operating system gives randomness");
            self.left = self.bytes.len();
        }
        self.left -= 8;
        let mut number = [0; 8];
        // Nothing given out stays behind in memory: secrets are made of it.
        number.swap_with_slice(&mut self.bytes[self.left..self.left + 8]);
        u64::from_le_bytes(number)
    }
}

impl std::fmt::Debug for IdSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() {
            "IdSource(seeded)"
        } else {
            "IdSource(system)"
        })
    }
}

/// The context of one command or query.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// The organisation everything is scoped to.
    pub org: OrganisationId,
    /// Who acts.
    pub actor: Actor,
    /// The time of the act.
    pub now: Timestamp,
    /// The language to answer in.
    pub locale: Locale,
    /// The door it came through.
    pub channel: Channel,
    /// What the actor is.
    pub role: Role,
    /// For a role that the business made itself: what it may do, in place of what `role` may.
    pub grants: Option<Grants>,
    /// Where the actor may act.
    pub sites: SiteScope,
    /// For an API token: the permissions it is limited to.
    pub scopes: Option<Vec<String>>,
    /// Where ids and randomness come from.
    pub ids: IdSource,
}

/// How many letters a secret has, and how many of a link's tell the time.
const SECRET_LETTERS: usize = 32;
const TIME_LETTERS: usize = 8;

/// Five bits of a word as a letter. They are in the order of their codes, so that secrets are in
/// the order of the words.
fn letter_of(word: u64, index: usize) -> char {
    const LETTERS: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";
    char::from(LETTERS[((word >> (5 * index)) & 31) as usize])
}

impl Ctx {
    /// The program itself, which may do everything.
    pub fn system(org: OrganisationId, now: Timestamp, ids: IdSource) -> Self {
        Self {
            org,
            actor: Actor::System,
            now,
            locale: Locale::En,
            channel: Channel::System,
            role: Role::Owner,
            grants: None,
            sites: SiteScope::All,
            scopes: None,
            ids,
        }
    }

    /// A customer on a public page.
    pub fn guest(org: OrganisationId, now: Timestamp, locale: Locale) -> Self {
        Self {
            actor: Actor::Guest,
            channel: Channel::Online,
            role: Role::Guest,
            locale,
            ..Self::system(org, now, IdSource::system())
        }
    }

    /// The same context at another time.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Self {
        Self {
            now,
            ..self.clone()
        }
    }

    /// The same actor with the rights of a built-in role: for what the program does for them.
    #[must_use]
    pub fn raised(&self, role: Role) -> Self {
        Self {
            role,
            grants: None,
            scopes: None,
            ..self.clone()
        }
    }

    /// The same actor for what a command needs on its way: a token's scopes say what may be asked
    /// for, and the role of its user what may happen.
    #[must_use]
    pub fn unscoped(&self) -> Self {
        Self {
            scopes: None,
            ..self.clone()
        }
    }

    /// The same context through another door.
    #[must_use]
    pub fn with_channel(&self, channel: Channel) -> Self {
        Self {
            channel,
            ..self.clone()
        }
    }

    /// Whether the actor has a permission.
    pub fn may(&self, permission: Permission) -> bool {
        let in_scope = self
            .scopes
            .as_ref()
            .is_none_or(|scopes| scopes.iter().any(|scope| scope == permission.name));
        let allowed = match &self.grants {
            Some(grants) => grants.has(permission),
            None => permission.allows(self.role),
        };
        in_scope && allowed
    }

    /// Refuses unless the actor has a permission.
    pub fn require(&self, permission: Permission) -> Result<(), Fault> {
        if self.may(permission) {
            Ok(())
        } else {
            Err(Fault::forbidden())
        }
    }

    /// Refuses unless the actor has a permission, and has it at this site.
    pub fn require_at(&self, permission: Permission, site: SiteId) -> Result<(), Fault> {
        self.require(permission)?;
        if self.sites.includes(site) {
            Ok(())
        } else {
            Err(Fault::forbidden())
        }
    }

    /// The member of staff who acts, if the actor is one.
    pub fn staff(&self) -> Option<StaffId> {
        match &self.actor {
            Actor::User { staff, .. } => *staff,
            Actor::Guest | Actor::System => None,
        }
    }

    /// A new id, ordered by the time of the act.
    pub fn id<T>(&self) -> Id<T> {
        Id::from_uuid(self.ids.uuid(self.now))
    }

    /// A secret of 160 bits in 32 letters and digits safe in a URL.
    pub fn secret(&self) -> String {
        let words = [self.ids.bits(), self.ids.bits(), self.ids.bits()];
        let letter = |index: usize| letter_of(words[index / 12], index % 12);
        (0..SECRET_LETTERS).map(letter).collect()
    }

    /// A secret of 120 bits for the link of something that is found by it, in as many letters as
    /// [`Ctx::secret`]. The first eight tell the millisecond, round and round every 34 years: the
    /// secrets of one hour lie side by side in their index, and the next one does not change a page
    /// of its own.
    pub fn link_secret(&self) -> String {
        let since = self
            .now
            .as_millisecond()
            .rem_euclid(1 << (5 * TIME_LETTERS));
        let since = since.unsigned_abs();
        let time = (0..TIME_LETTERS).rev().map(|index| letter_of(since, index));
        let words = [self.ids.bits(), self.ids.bits(), self.ids.bits()];
        let chance = words.map(|word| (0..TIME_LETTERS).map(move |index| letter_of(word, index)));
        time.chain(chance.into_iter().flatten()).collect()
    }

    /// A number from 0 up to, but without, `bound`; 0 when `bound` is 0.
    pub fn random_below(&self, bound: u64) -> u64 {
        let wide = u128::from(self.ids.bits()) * u128::from(bound);
        u64::try_from(wide >> 64).expect("the upper half of a product of two u64 fits")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn secrets_of_links_are_in_the_order_of_time_and_never_alike() {
        let ctx = Ctx::guest(
            Id::from_uuid(Uuid::nil()),
            Timestamp::UNIX_EPOCH,
            Locale::En,
        );
        let at = |millisecond| ctx.at(Timestamp::from_millisecond(millisecond).expect("in reach"));
        let secrets: Vec<String> = [0, 1, 31, 32, 1_795_000_000_000, 1_795_000_000_001]
            .map(|millisecond| at(millisecond).link_secret())
            .into();
        assert!(secrets.is_sorted(), "{secrets:?}");
        assert!(secrets.iter().all(|secret| secret.len() == SECRET_LETTERS));
        let same_moment: BTreeSet<String> = (0..1_000).map(|_| ctx.link_secret()).collect();
        assert_eq!(same_moment.len(), 1_000);
    }
}
