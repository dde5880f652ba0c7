//! Whose live streams are open, and whether they still may be: one look at the database a
//! credential, however many streams it has, and for all that listen in one sweep.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard},
    time::{Duration, Instant},
};

use kernel::{
    Actor, Ctx, Fault, Grants, Role, SiteScope,
    ids::{OrganisationId, UserId},
};
use store::Change;
use tokio::sync::watch;

use crate::{App, SignedIn};

/// Seconds after which a stream whose session was ended, or whose rights changed, ends too.
const SWEEP: Duration = Duration::from_secs(3);
/// Every credential is looked at so often: time itself ends sessions, too.
const SWEEP_ALL: Duration = Duration::from_secs(60);
/// Credentials one read looks at.
const AT_ONCE: usize = 128;
/// Facts about these may change who may listen.
const NOUNS: [&str; 7] = [
    "access",
    "organisation",
    "region",
    "role",
    "site",
    "token",
    "user",
];

/// What somebody might hear when a stream of theirs began.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rights {
    pub org: OrganisationId,
    pub sites: SiteScope,
    user: Option<UserId>,
    role: Role,
    grants: Option<Grants>,
}

impl Rights {
    pub(crate) fn of(ctx: &Ctx) -> Self {
        Self {
            org: ctx.org,
            sites: ctx.sites.clone(),
            user: match &ctx.actor {
                Actor::User { id, .. } => Some(*id),
                Actor::Guest | Actor::System => None,
            },
            role: ctx.role,
            grants: ctx.grants.clone(),
        }
    }

    /// Whether somebody is still who they were, with the same rights.
    fn are_of(&self, who: &SignedIn) -> bool {
        let grants = who.own_role.as_ref().map(|(_, grants)| grants);
        let same = self.user == Some(who.user) && self.role == who.role;
        same && self.grants.as_ref() == grants && self.sites == who.sites
    }
}

/// The streams of one credential.
struct Listener {
    rights: Arc<Rights>,
    /// A shared computer locks itself while nothing happens.
    is_shared: bool,
    /// Dropped, it ends them.
    open: watch::Sender<()>,
}

/// Everybody who listens, by the token they came with.
#[derive(Default)]
pub(crate) struct Listening {
    listeners: Mutex<BTreeMap<String, Listener>>,
    /// Organisations in which rights may have changed since the last sweep.
    marked: Mutex<BTreeSet<OrganisationId>>,
}

/// A stream's place; [`Place::ended`] resolves when it must end.
pub(crate) struct Place {
    pub rights: Arc<Rights>,
    open: watch::Receiver<()>,
}

impl Place {
    pub(crate) async fn ended(mut self) {
        while self.open.changed().await.is_ok() {}
    }
}

impl Listening {
    fn listeners(&self) -> MutexGuard<'_, BTreeMap<String, Listener>> {
        self.listeners
            .lock()
            .expect("nobody panics while they are kept")
    }

    /// A place for one more stream of a credential.
    pub(crate) fn join(&self, token: &str, rights: Rights, is_shared: bool) -> Place {
        let mut listeners = self.listeners();
        if let Some(known) = listeners.get(token).filter(|known| *known.rights == rights) {
            return Place {
                rights: known.rights.clone(),
                open: known.open.subscribe(),
            };
        }
        let (open, place) = watch::channel(());
        let rights = Arc::new(rights);
        let listener = Listener {
            rights: rights.clone(),
            is_shared,
            open,
        };
        // Streams that began with other rights end with the sender that is replaced.
        listeners.insert(token.to_owned(), listener);
        Place {
            rights,
            open: place,
        }
    }

    /// Notes what happened where it may change who may listen.
    pub(crate) fn note(&self, change: &Change) {
        let noun = change.activity.split('.').next().unwrap_or_default();
        if NOUNS.contains(&noun) && change.activity != "user.signed_in" {
            self.mark(change.org);
        }
    }

    fn mark(&self, org: OrganisationId) {
        let mut marked = self.marked.lock().expect("nobody panics while marking");
        marked.insert(org);
    }

    /// The tokens to look at now; those that nobody listens with any more are forgotten.
    fn due(&self, all: bool) -> Vec<String> {
        let marked = std::mem::take(&mut *self.marked.lock().expect("nobody panics while marking"));
        let mut listeners = self.listeners();
        listeners.retain(|_, one| one.open.receiver_count() > 0);
        let due = |one: &Listener| all || one.is_shared || marked.contains(&one.rights.org);
        let found = listeners.iter().filter(|(_, one)| due(one));
        found.map(|(token, _)| token.clone()).collect()
    }

    /// Ends the streams of a token unless it opens what it opened when they began.
    fn settle(&self, token: &str, who: Option<&SignedIn>) {
        let mut listeners = self.listeners();
        let stays = |one: &Listener| who.is_some_and(|who| one.rights.are_of(who));
        if listeners.get(token).is_some_and(|one| !stays(one)) {
            listeners.remove(token);
        }
    }
}

/// Looks at who listens until the program drains.
pub(crate) async fn sweep(app: App) {
    let mut draining = app.draining.subscribe();
    let mut all_at = Instant::now() + SWEEP_ALL;
    loop {
        tokio::select! {
            _ = draining.wait_for(|draining| *draining) => return,
            () = tokio::time::sleep(SWEEP) => {}
        }
        let all = Instant::now() >= all_at;
        if all {
            all_at = Instant::now() + SWEEP_ALL;
        }
        for some in app.listening.due(all).chunks(AT_ONCE) {
            if let Err(fault) = look_at(&app, some.to_vec()).await {
                // A database that does not answer for a moment shuts nobody out.
                tracing::warn!(%fault, "live streams could not be checked");
                all_at = Instant::now();
            }
        }
    }
}

async fn look_at(app: &App, tokens: Vec<String>) -> Result<(), Fault> {
    let (now, authenticate) = (app.clock.now(), app.hooks.authenticate);
    let found = app
        .read(move |tx| {
            let holder = |token: String| {
                let who = authenticate(tx, &token, now)?;
                Ok((token, who))
            };
            tokens
                .into_iter()
                .map(holder)
                .collect::<Result<Vec<_>, Fault>>()
        })
        .await?;
    for (token, who) in found {
        app.listening.settle(&token, who.as_ref());
    }
    Ok(())
}
