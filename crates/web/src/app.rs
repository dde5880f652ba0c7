//! What every handler shares.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use kernel::{
    Bilingual, Ctx, Fault, Grants, IdSource, Locale, Role, SiteScope, TimeZone, Timestamp,
    ids::{OrganisationId, SessionId, SiteId, StaffId, UserId},
};
use store::{Change, Db, Tx};
use tokio::sync::{Semaphore, broadcast, watch};
use tracing::Span;

use crate::{
    Backlog, Menu, Queue, Room, Vitals,
    api::Documents,
    crowd::{Places, WAIT_MAX},
    listening::Listening,
};

/// Changes a slow page may lag behind before it is told to look at everything anew.
const LIVE_BACKLOG: usize = 1024;
const SLOW_MILLISECONDS: u64 = 500;
/// Requests that may wait for a thread that works; the next one is told to come back later.
const WORK_MAX: usize = 512;

/// Where the time comes from.
#[derive(Clone)]
enum Source {
    /// The system's clock, moved by so many microseconds.
    Running { offset_microseconds: i64 },
    /// A test's hand.
    Standing(Arc<AtomicI64>),
}

/// The program's clock.
#[derive(Clone)]
pub struct Clock(Source);

impl Clock {
    /// The system's clock.
    pub const fn system() -> Self {
        Self(Source::Running {
            offset_microseconds: 0,
        })
    }

    /// A clock that shows `at` now and runs on at the usual speed: for demonstrations.
    pub fn running_from(at: Timestamp) -> Self {
        let offset_microseconds = at.as_microsecond() - Timestamp::now().as_microsecond();
        Self(Source::Running {
            offset_microseconds,
        })
    }

    /// A clock that stands still until it is set.
    pub fn fixed(at: Timestamp) -> Self {
        Self(Source::Standing(Arc::new(AtomicI64::new(
            at.as_microsecond(),
        ))))
    }

    /// Sets a clock that stands still; a running one runs on.
    pub fn set(&self, at: Timestamp) {
        if let Source::Standing(clock) = &self.0 {
            clock.store(at.as_microsecond(), Ordering::SeqCst);
        }
    }

    /// The time, in whole microseconds.
    pub fn now(&self) -> Timestamp {
        let microseconds = match &self.0 {
            Source::Running {
                offset_microseconds,
            } => Timestamp::now().as_microsecond() + offset_microseconds,
            Source::Standing(clock) => clock.load(Ordering::SeqCst),
        };
        Timestamp::from_microsecond(microseconds).expect("a clock shows a representable time")
    }
}

/// Somebody who signed in, or a program with a token.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The organisation.
    pub org: OrganisationId,
    /// The user.
    pub user: UserId,
    /// The member of staff the user is, if any.
    pub staff: Option<StaffId>,
    /// The user's name.
    pub name: String,
    /// How the name is read, in Latin letters; may be empty.
    pub reading: String,
    /// What the user is.
    pub role: Role,
    /// For a role that the business made itself: its name, and what it may do.
    pub own_role: Option<(Bilingual, Grants)>,
    /// Where the user may act.
    pub sites: SiteScope,
    /// For a token: the permissions it is limited to.
    pub scopes: Option<Vec<String>>,
    /// The language the user chose, if any.
    pub locale: Option<Locale>,
    /// The session, for everything but tokens.
    pub session: Option<SessionId>,
    /// On a shared computer: whose computer it is, and until when this person may act there.
    pub shared: Option<Shared>,
    /// Whether single keys do something.
    pub keys: bool,
    /// Whether this use should be noted: the last noted one was a while ago.
    pub use_is_due: bool,
}

/// A computer that several people use: it is signed in for itself, and somebody acts by a PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// What the computer's own account is called.
    pub computer: String,
    /// When it locks itself unless something is done.
    pub locks_at: Timestamp,
}

/// A site somebody can choose in the shell.
#[derive(Debug, Clone)]
pub struct SiteChoice {
    /// Its id.
    pub id: SiteId,
    /// Its name.
    pub name: Bilingual,
    /// What kind of shop it is.
    pub kind: Bilingual,
    /// Its time zone.
    pub zone: TimeZone,
    /// Its part of a public address.
    pub slug: String,
}

/// The organisation of a public page.
#[derive(Debug, Clone)]
pub struct GuestOrganisation {
    /// Its id.
    pub org: OrganisationId,
    /// Its part of a public address.
    pub slug: String,
    /// Its name.
    pub name: Bilingual,
    /// Its colour, `#rrggbb`.
    pub brand: String,
    /// Its logo, where guests may see it.
    pub logo: Option<ui::Logo>,
}

/// What the shell around a page names: the organisation, and the sites somebody may choose.
pub type Shell = (GuestOrganisation, Vec<SiteChoice>);

/// What the edge asks of rooms it does not know.
#[derive(Clone, Copy)]
pub struct Hooks {
    /// Who holds a session or API token; `None` for nobody.
    pub authenticate: fn(&mut Tx, &str, Timestamp) -> Result<Option<SignedIn>, Fault>,
    /// Notes that a session or API token was used.
    pub note_use: fn(&mut Tx, &str, Timestamp) -> Result<(), Fault>,
    /// The organisation of a public address.
    pub guest: fn(&mut Tx, &str) -> Result<Option<GuestOrganisation>, Fault>,
    /// The organisation, and the sites somebody may choose, in order.
    pub shell: fn(&mut Tx, &Ctx) -> Result<Shell, Fault>,
}

/// How the program was told to run.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Whether browsers reach it by https, so that cookies are sent over nothing else.
    pub secure: bool,
    /// Whether to believe `X-Forwarded-For` of the proxy in front.
    pub behind_proxy: bool,
    /// The key that seals secrets which must be read again; none on a server without a key file.
    pub key: Option<Key>,
    /// What the program may do outside.
    pub outside: Outside,
    /// The folder of the embedded database, if that is used.
    pub data: Option<PathBuf>,
    /// Backups to make by plan, if any.
    pub backups: Option<BackupPlan>,
    /// From how many milliseconds on a command is called slow. [default: 500]
    pub slow_milliseconds: Option<u64>,
    /// Calls a minute that one account's programs may make; `None` for the usual number.
    pub api_calls_a_minute: Option<u32>,
    /// Counts the spans that no collector of traces took, where there is one.
    pub traces_dropped: Option<Arc<AtomicU64>>,
}

/// When backups are made, where to, and how many are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupPlan {
    /// The folder they go to.
    pub folder: PathBuf,
    /// Hours between two.
    pub every_hours: u64,
    /// How many are kept.
    pub keep: usize,
    /// The file with the passphrase that seals them.
    pub passphrase_file: Option<PathBuf>,
}

/// A key of 256 bits. It is never printed.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// A key of these bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

/// How the program reaches others, and they it.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    /// The address under which customers reach it, without a slash at its end.
    pub public_url: String,
    /// The server that takes mail, `smtp://…` or `smtps://…`, or a folder, `file:…`.
    pub mail_server: Option<String>,
    /// The address that mail comes from.
    pub mail_from: Option<String>,
    /// Where photos and files lie: a folder, or `s3+https://KEY:SECRET@HOST/BUCKET?region=…`.
    pub files: Option<String>,
    /// Whether gateways and webhooks may be inside the own network.
    pub private_targets: bool,
}

/// The program, as handlers see it. Clones share everything.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// How the program was told to run.
    pub config: Arc<Config>,
    pub(crate) hooks: Hooks,
    pub(crate) menu: Arc<Vec<Menu>>,
    pub(crate) below: Arc<Vec<(&'static str, &'static str)>>,
    pub(crate) api: Arc<Documents>,
    pub(crate) live: broadcast::Sender<Arc<Change>>,
    pub(crate) draining: watch::Sender<bool>,
    /// What the program counts and remembers of itself.
    pub vitals: Arc<Vitals>,
    pub(crate) queues: Arc<Vec<Queue>>,
    pub(crate) places: Arc<Places>,
    pub(crate) listening: Arc<Listening>,
    turns: Arc<Semaphore>,
}

impl App {
    /// Puts the program together and begins to listen to the database.
    pub fn new(db: Db, rooms: &[Room], hooks: Hooks, config: Config, clock: Clock) -> Self {
        let (live, _) = broadcast::channel(LIVE_BACKLOG);
        let sender = live.clone();
        let listening: Arc<Listening> = Arc::default();
        let noted = listening.clone();
        db.listen(move |change| {
            noted.note(change);
            // Nobody listening is no fault.
            let _ = sender.send(Arc::new(change.clone()));
        });
        let mut menu: Vec<Menu> = rooms.iter().flat_map(|room| room.menu.clone()).collect();
        menu.sort_by_key(|entry| (entry.group, entry.order));
        let (draining, _) = watch::channel(false);
        let vitals = Arc::new(Vitals::default());
        observe(&db, &vitals, &clock, &config);
        Self {
            vitals,
            queues: Arc::new(rooms.iter().flat_map(|room| room.queues.clone()).collect()),
            places: Arc::default(),
            listening,
            turns: Arc::new(Semaphore::new(WORK_MAX)),
            db,
            clock,
            config: Arc::new(config),
            hooks,
            menu: Arc::new(menu),
            below: Arc::new(rooms.iter().flat_map(|room| room.below.clone()).collect()),
            api: Arc::new(Documents::new(rooms)),
            live,
            draining,
        }
    }

    /// Runs a command on a blocking thread; durable when it answers `Ok`.
    pub async fn write<T, F>(&self, command: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, Fault> + Send + 'static,
    {
        let db = self.db.clone();
        self.blocking(move || db.write(command)).await
    }

    /// Runs queries on a blocking thread.
    pub async fn read<T, F>(&self, query: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, Fault> + Send + 'static,
    {
        let db = self.db.clone();
        self.blocking(move || db.read(query)).await
    }

    /// As [`App::read`], and at once where all that is asked for is kept.
    pub async fn glance<T, F>(&self, query: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: Fn(&mut Tx) -> Result<T, Fault> + Send + 'static,
    {
        match self.db.known(&query)? {
            Some(found) => Ok(found),
            None => self.read(query).await,
        }
    }

    /// Runs something that takes its time, such as hashing a password, on a blocking thread.
    pub async fn blocking<T, F>(&self, work: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, Fault> + Send + 'static,
    {
        let Ok(turn) = self.turns.clone().try_acquire_owned() else {
            self.vitals.turned_away();
            return Err(Fault::unavailable("web-busy", "too many requests wait"));
        };
        let (span, vitals, asked) = (Span::current(), self.vitals.clone(), Instant::now());
        let within = move || {
            let _turn = turn;
            if asked.elapsed() > WAIT_MAX {
                // Whoever asked has long pressed again: those behind them are served the sooner.
                vitals.turned_away();
                return Err(Fault::unavailable(
                    "web-busy",
                    "the request waited too long",
                ));
            }
            span.in_scope(work)
        };
        tokio::task::spawn_blocking(within)
            .await
            .unwrap_or_else(|error| Err(Fault::broken(error)))
    }

    /// What waits in the rooms' queues of one organisation. Blocks.
    pub fn backlogs(&self, ctx: &Ctx) -> Result<Vec<(Queue, Backlog)>, Fault> {
        self.db.read(|tx| {
            let queues = self.queues.iter();
            queues
                .map(|queue| Ok((*queue, (queue.count)(tx, ctx)?)))
                .collect()
        })
    }

    /// The program's own context in an organisation.
    pub fn system(&self, org: OrganisationId) -> Ctx {
        Ctx::system(org, self.clock.now(), IdSource::system())
    }

    /// Tells open pages, of every process, that something moved which is no fact, such as how far
    /// long work has got. Blocks.
    pub fn tell(&self, org: OrganisationId, kind: &str, id: impl ToString) {
        let change = Change {
            org,
            seq: 0,
            site: None,
            activity: format!("{kind}.moved"),
            objects: vec![(kind.to_owned(), id.to_string())],
        };
        if let Err(fault) = self.db.tell(&change) {
            tracing::warn!(%fault, "open pages could not be told");
        }
    }

    /// Has the live streams of an organisation ended whose session no longer opens anything, in
    /// every process: for what ends one and is no fact.
    pub async fn look_who_listens(&self, org: OrganisationId) -> Result<(), Fault> {
        let app = self.clone();
        let told = move || {
            app.tell(org, "user", "");
            Ok(())
        };
        self.blocking(told).await
    }

    /// Ends live streams, so that the server can stop.
    pub fn drain(&self) {
        self.draining.send_replace(true);
    }
}

/// Counts every transaction, and names the slow ones in the log.
fn observe(db: &Db, vitals: &Arc<Vitals>, clock: &Clock, config: &Config) {
    let (vitals, clock) = (vitals.clone(), clock.clone());
    let slow = Duration::from_millis(config.slow_milliseconds.unwrap_or(SLOW_MILLISECONDS));
    db.observe(move |work| {
        vitals.work_done(work);
        tracing::trace!(
            target: traces::TARGET,
            name = work.name,
            writes = work.write,
            failed = work.failed,
            microseconds = u64::try_from(work.took.as_micros()).unwrap_or(u64::MAX)
        );
        if work.took >= slow {
            vitals.slow(work, clock.now());
            let milliseconds = work.took.as_millis();
            tracing::warn!(target: "slow", command = work.name, milliseconds, "a slow command");
        }
    });
}
