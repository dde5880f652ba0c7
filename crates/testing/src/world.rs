//! One organisation with one open site, on one database.

use std::{
    env,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use kernel::{
    Bilingual, Ctx, Fault, Grants, Id, IdSource, Locale, Role, SiteScope, Timestamp,
    ids::{OrganisationId, SiteId, StaffId},
};
use organisation::{DayHours, NewOrganisation, Site, SiteFields, Week};
use store::{Db, Target, Tx};
use web::{
    App, Clock, Config, Hooks, Outside, Room, SignedIn,
    axum::{Router, extract::connect_info::MockConnectInfo},
};

use crate::Client;

static WORLDS: AtomicU32 = AtomicU32::new(0);

/// Which database a world stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded one.
    Sqlite,
    /// A server.
    Postgres,
}

/// A business of its own: organisation `lotus` with the site `riverside` in Shanghai, open every
/// day from 09:00 to 21:00, at Saturday 21 November 2026, 10:00 local time.
pub struct World {
    /// Which database it stands on.
    pub engine: Engine,
    /// The database.
    pub db: Db,
    /// The program.
    pub app: App,
    /// The clock; it stands still until [`World::set_time`].
    pub clock: Clock,
    /// The organisation.
    pub org: OrganisationId,
    /// The first site.
    pub site: Site,
    pub(crate) router: Router,
    rooms: Vec<Room>,
    target: Target,
    schema: Option<String>,
}

/// An instant in a test: `at("2026-11-21T10:00+08:00")`.
///
/// # Panics
/// When the text is no instant.
pub fn at(text: &str) -> Timestamp {
    text.parse().expect("a test names a valid instant")
}

/// Runs a test on SQLite, and on PostgreSQL when `STEWARD_TEST_POSTGRES` names a server.
///
/// # Panics
/// When the test does, or when a world cannot be made.
pub fn each_engine(rooms: &[Room], test: impl Fn(&World)) {
    on_engine(Engine::Sqlite, rooms, &test);
    if env::var_os("STEWARD_TEST_POSTGRES").is_some() {
        on_engine(Engine::Postgres, rooms, &test);
    } else {
        eprintln!("STEWARD_TEST_POSTGRES is not set: not run on PostgreSQL");
    }
}

/// Runs a test on one database.
///
/// # Panics
/// When the test does, or when a world cannot be made.
pub fn on_engine(engine: Engine, rooms: &[Room], test: impl Fn(&World)) {
    eprintln!("on {engine:?}");
    test(&World::new(engine, rooms));
}

fn fresh_target(engine: Engine) -> (Target, Option<String>) {
    let number = WORLDS.fetch_add(1, Ordering::SeqCst);
    let name = format!("world_{}_{number}", std::process::id());
    match engine {
        Engine::Sqlite => {
            let folder: PathBuf = env::temp_dir().join(format!("steward_{name}"));
            // A test that was killed left it behind, and its number came round again.
            let _ = std::fs::remove_dir_all(&folder);
            (Target::Folder(folder), None)
        }
        Engine::Postgres => {
            let url = env::var("STEWARD_TEST_POSTGRES").expect("a server is named");
            let server = Target::Postgres(url.clone());
            Db::administer(&server, &format!("create schema {name}")).expect("the server answers");
            let joiner = if url.contains('?') { '&' } else { '?' };
            let url = format!("{url}{joiner}options=-csearch_path%3D{name}");
            (Target::Postgres(url), Some(name))
        }
    }
}

fn files_folder(org: OrganisationId) -> PathBuf {
    env::temp_dir().join(format!("steward_files_{org}"))
}

impl World {
    /// A new world with the rooms a test needs; `organisation`, `fields` and `files` are added when
    /// missing.
    ///
    /// # Panics
    /// When the database cannot be made.
    pub fn new(engine: Engine, rooms: &[Room]) -> Self {
        let mut rooms = rooms.to_vec();
        if !rooms.iter().any(|room| room.name == "organisation") {
            rooms.insert(0, organisation::room());
        }
        if !rooms.iter().any(|room| room.name == "fields") {
            rooms.insert(1, fields::room());
        }
        if !rooms.iter().any(|room| room.name == "files") {
            rooms.insert(1, files::room());
        }
        web::install_texts(&rooms);
        let (target, schema) = fresh_target(engine);
        let migrations: Vec<_> = rooms.iter().flat_map(|r| r.migrations.clone()).collect();
        let db = Db::open(&target, &migrations).expect("a new database opens");
        let clock = Clock::fixed(at("2026-11-21T10:00+08:00"));
        let org = Id::from_uuid(IdSource::system().uuid(clock.now()));
        let ctx = Ctx::system(org, clock.now(), IdSource::system());
        let site = db
            .write(move |tx| found(tx, &ctx))
            .expect("a business is founded");
        let hooks = Hooks {
            authenticate,
            note_use: |_, _, _| Ok(()),
            guest: organisation::guest,
            shell: organisation::shell,
        };
        let config = Config {
            key: Some(web::Key::new([7; 32])),
            outside: Outside {
                files: Some(files_folder(org).display().to_string()),
                ..Outside::default()
            },
            ..Config::default()
        };
        let app = App::new(db.clone(), &rooms, hooks, config, clock.clone());
        let address = std::net::SocketAddr::from(([127, 0, 0, 1], 4000));
        let router = web::router(app.clone(), &rooms).layer(MockConnectInfo(address));
        Self {
            engine,
            db,
            app,
            clock,
            org,
            site,
            router,
            rooms,
            target,
            schema,
        }
    }

    /// Where photos and files lie.
    pub fn files_folder(&self) -> PathBuf {
        files_folder(self.org)
    }

    /// The program's own context at the world's time.
    pub fn ctx(&self) -> Ctx {
        Ctx::system(self.org, self.clock.now(), IdSource::system())
    }

    /// The context of a user with a role, at every site.
    pub fn ctx_of(&self, role: Role) -> Ctx {
        Ctx { role, ..self.ctx() }
    }

    /// A customer's context.
    pub fn guest_ctx(&self) -> Ctx {
        Ctx::guest(self.org, self.clock.now(), Locale::En)
    }

    /// Sets the time.
    pub fn set_time(&self, text: &str) {
        self.clock.set(at(text));
    }

    /// Runs a command with the program's own context.
    pub fn write<T: Send + 'static>(
        &self,
        command: impl FnOnce(&mut Tx, &Ctx) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        self.write_as(self.ctx(), command)
    }

    /// Runs a command with a context.
    pub fn write_as<T: Send + 'static>(
        &self,
        ctx: Ctx,
        command: impl FnOnce(&mut Tx, &Ctx) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        self.db.write(move |tx| command(tx, &ctx))
    }

    /// Runs a query with the program's own context.
    pub fn read<T>(
        &self,
        query: impl FnOnce(&mut Tx, &Ctx) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let ctx = self.ctx();
        self.db.read(move |tx| query(tx, &ctx))
    }

    /// The activities of the journal, oldest first, at most 500.
    ///
    /// # Panics
    /// When the journal cannot be read.
    pub fn activities(&self) -> Vec<String> {
        let entries = self
            .db
            .read(|tx| store::journal::after(tx, self.org, 0, 500));
        entries
            .expect("the journal is readable")
            .into_iter()
            .map(|e| e.activity)
            .collect()
    }

    /// A browser of somebody signed in with a role.
    pub fn client(&self, role: Role) -> Client {
        Client::new(
            self.router.clone(),
            Some(format!("test.{}.{}..", self.org, role.as_str())),
        )
    }

    /// A browser of somebody with a role that the business made itself.
    pub fn client_with(&self, base: Role, permissions: &[&str]) -> Client {
        let (base, names) = (base.as_str(), permissions.join("+"));
        let session = format!("test.{}.{base}..={names}", self.org);
        Client::new(self.router.clone(), Some(session))
    }

    /// A browser of a member of staff who signed in.
    pub fn client_of(&self, staff: StaffId) -> Client {
        Client::new(
            self.router.clone(),
            Some(format!("test.{}.staff.{staff}.", self.org)),
        )
    }

    /// A browser of somebody with a role at these sites alone.
    pub fn client_at(&self, role: Role, sites: &[SiteId]) -> Client {
        let sites: Vec<String> = sites.iter().map(ToString::to_string).collect();
        let (role, sites) = (role.as_str(), sites.join("+"));
        let session = format!("test.{}.{role}.@{sites}.", self.org);
        Client::new(self.router.clone(), Some(session))
    }

    /// A browser whose credential is read by a room's own door, not by the one of tests.
    pub fn client_by(&self, hooks: Hooks, session: &str) -> Client {
        let config = Config::clone(&self.app.config);
        let clock = self.clock.clone();
        let app = App::new(self.db.clone(), &self.rooms, hooks, config, clock);
        let address = std::net::SocketAddr::from(([127, 0, 0, 1], 4000));
        let router = web::router(app, &self.rooms).layer(MockConnectInfo(address));
        Client::new(router, Some(session.to_owned()))
    }

    /// Somebody who asks for metrics, as a machine in the own network does.
    pub fn meter(&self) -> Client {
        let router = web::metrics(self.app.clone(), |app| {
            Ok(web::Surroundings {
                database_bytes: app.db.size_bytes()?,
                ..web::Surroundings::default()
            })
        });
        Client::new(router, None)
    }

    /// A program with a token of somebody with a role.
    pub fn program(&self, role: Role) -> Client {
        let token = format!("Bearer test.{}.{}..", self.org, role.as_str());
        self.nobody().with_header("authorization", &token)
    }

    /// The same, at a server where one account may call so often.
    pub fn limited_program(&self, role: Role, calls_a_minute: u32) -> Client {
        self.program_by(role, |config| {
            config.api_calls_a_minute = Some(calls_a_minute);
        })
    }

    /// The same, at a server that is told to run otherwise.
    pub fn program_by(&self, role: Role, change: impl FnOnce(&mut Config)) -> Client {
        let mut app = self.app.clone();
        let mut config = Config::clone(&app.config);
        change(&mut config);
        app.config = Arc::new(config);
        let token = format!("Bearer test.{}.{}..", self.org, role.as_str());
        Client::new(web::router(app, &self.rooms), None).with_header("authorization", &token)
    }

    /// A program whose token is that of a member of staff with a role.
    pub fn program_of(&self, role: Role, staff: StaffId) -> Client {
        let token = format!("Bearer test.{}.{}.{staff}.", self.org, role.as_str());
        self.nobody().with_header("authorization", &token)
    }

    /// A browser of nobody in particular.
    pub fn nobody(&self) -> Client {
        Client::new(self.router.clone(), None)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // Leaving a folder or schema behind harms nothing; the next run uses new names.
        let _ = std::fs::remove_dir_all(self.files_folder());
        match (&self.target, &self.schema) {
            (Target::Folder(folder), _) => {
                let _ = std::fs::remove_dir_all(folder);
            }
            (Target::Postgres(_), Some(schema)) => {
                if let Ok(url) = env::var("STEWARD_TEST_POSTGRES") {
                    let server = Target::Postgres(url);
                    let _ = Db::administer(&server, &format!("drop schema {schema} cascade"));
                }
            }
            (Target::Postgres(_), None) => {}
        }
    }
}

fn found(tx: &mut Tx, ctx: &Ctx) -> Result<Site, Fault> {
    let name = Bilingual::new("莲花", "Lotus");
    let slug = Some("lotus".to_owned());
    organisation::create_organisation(
        tx,
        ctx,
        NewOrganisation {
            name,
            slug,
            brand: None,
        },
    )?;
    let fields = SiteFields {
        kind: Bilingual::new("美发与水疗", "Hair & spa"),
        slug: Some("riverside".to_owned()),
        phone: "021 5555 0100".to_owned(),
        ..SiteFields::new(
            Bilingual::new("滨江店", "Riverside"),
            "Asia/Shanghai",
            "CNY",
        )
    };
    let site = organisation::create_site(tx, ctx, fields)?;
    let hours = DayHours::parse("09:00-21:00").expect("the hours are well formed");
    let week = Week::same(&[1, 2, 3, 4, 5, 6, 7], &hours);
    organisation::set_week(tx, ctx, site.id, site.version, &week)?;
    organisation::site(tx, ctx, site.id)
}

/// Reads `test.ORGANISATION.ROLE.STAFF.GRANTS`, with `@SITES` for the staff where somebody works at
/// some sites alone: who a test says it is. Real sessions are tested where they live, in `people`.
fn authenticate(_: &mut Tx, token: &str, _: Timestamp) -> Result<Option<SignedIn>, Fault> {
    let parts: Vec<&str> = token.splitn(5, '.').collect();
    let ["test", org, role, staff, granted] = parts.as_slice() else {
        return Ok(None);
    };
    let granted = granted.strip_prefix('=');
    let own_role = granted.map(|names| {
        let name = Bilingual::new("收银", "Cashier");
        (name, Grants::new(names.split('+')))
    });
    let (Some(org), Some(role)) = (Id::parse(org), Role::parse(role)) else {
        return Ok(None);
    };
    let sites = match staff.strip_prefix('@') {
        Some(sites) => SiteScope::Only(sites.split('+').filter_map(Id::parse).collect()),
        None => SiteScope::All,
    };
    Ok(Some(SignedIn {
        org,
        user: Id::from_uuid(kernel::id::NIL),
        staff: Id::parse(staff),
        name: "刘燕".to_owned(),
        reading: "Liu Yan".to_owned(),
        role,
        own_role,
        sites,
        scopes: None,
        locale: Some(Locale::En),
        session: None,
        shared: None,
        keys: true,
        use_is_due: false,
    }))
}
