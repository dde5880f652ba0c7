//! What a business crate hands to the program: tables, texts, routes, menu, jobs, checks.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    middleware::from_fn_with_state,
    routing::{MethodRouter, get, post},
};
use kernel::{Ctx, Fault, Locale, Permission};
use store::{Migration, Tx};

use crate::{App, Backlog, api::Endpoints, me};

/// Who may come in by a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Somebody signed in who has a permission.
    SignedIn(Permission),
    /// A program with a token that has a permission.
    Program(Permission),
}

/// A route, as the test that walks all of them sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteInfo {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path with its `{parameters}`.
    pub path: String,
    /// Who may come in.
    pub access: Access,
}

/// The routes of a room.
#[derive(Clone, Default)]
pub struct Routes(Vec<(RouteInfo, MethodRouter<App>)>);

impl Routes {
    /// No routes yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page or fragment for those who have a permission.
    #[must_use]
    pub fn get<H, T>(self, path: &str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("GET", path, Access::SignedIn(permission), get(handler))
    }

    /// A command for those who have a permission.
    #[must_use]
    pub fn post<H, T>(self, path: &str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("POST", path, Access::SignedIn(permission), post(handler))
    }

    /// A command that takes a file: its body may have so many bytes.
    #[must_use]
    pub fn upload<H, T>(
        self,
        path: &str,
        permission: Permission,
        bytes_max: usize,
        handler: H,
    ) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let taken = post(handler).layer(DefaultBodyLimit::max(bytes_max));
        self.add("POST", path, Access::SignedIn(permission), taken)
    }

    /// A page or fragment for anybody.
    #[must_use]
    pub fn public_get<H, T>(self, path: &str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("GET", path, Access::Public, get(handler))
    }

    /// A command for anybody.
    #[must_use]
    pub fn public_post<H, T>(self, path: &str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("POST", path, Access::Public, post(handler))
    }

    fn add(
        mut self,
        method: &'static str,
        path: &str,
        access: Access,
        handler: MethodRouter<App>,
    ) -> Self {
        let path = path.to_owned();
        self.0.push((
            RouteInfo {
                method,
                path,
                access,
            },
            handler,
        ));
        self
    }

    /// The routes of both.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub(crate) fn infos(&self) -> impl Iterator<Item = &RouteInfo> {
        self.0.iter().map(|(info, _)| info)
    }

    /// The router of these routes. It asks who is there before a handler runs, so that a handler
    /// that forgets to ask is guarded all the same.
    pub(crate) fn router(&self, app: &App) -> Router<App> {
        let routes = self.0.iter().cloned();
        routes.fold(Router::new(), |router, (info, handler)| {
            let handler = match info.access {
                Access::Public | Access::Program(_) => handler,
                Access::SignedIn(permission) => {
                    handler.route_layer(from_fn_with_state((app.clone(), permission), me::guard))
                }
            };
            router.route(&info.path, handler)
        })
    }
}

/// A group of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The running day.
    Run,
    /// What is offered and how.
    Design,
    /// The business itself.
    Manage,
}

impl Group {
    pub(crate) fn label(self, locale: Locale) -> String {
        match self {
            Self::Run => locale.t("web-menu-run"),
            Self::Design => locale.t("web-menu-design"),
            Self::Manage => locale.t("web-menu-manage"),
        }
    }
}

/// A menu entry.
#[derive(Debug, Clone)]
pub struct Menu {
    /// Where it stands.
    pub group: Group,
    /// Its place within the group, small first.
    pub order: u32,
    /// The key of its words.
    pub label_key: &'static str,
    /// Where it leads.
    pub path: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Who sees it.
    pub permission: Permission,
    /// The letter after `G` that leads there.
    pub key: Option<char>,
}

/// Checks that a room's tables agree with themselves and the journal; answers the first break.
pub type Verify = fn(&mut Tx, &Ctx) -> Result<Option<String>, Fault>;

/// Something done again and again, for every organisation.
#[derive(Clone, Copy)]
pub struct Job {
    /// Its name in the log.
    pub name: &'static str,
    /// Seconds between two runs.
    pub every_seconds: u64,
    /// What it does, in a transaction of its own.
    pub run: fn(&mut Tx, &Ctx) -> Result<(), Fault>,
}

/// Something done again and again, for every organisation, that reaches outside the program: it
/// opens its own transactions, and none while it waits for somebody else's computer.
#[derive(Clone, Copy)]
pub struct Errand {
    /// Its name in the log.
    pub name: &'static str,
    /// Seconds between two runs.
    pub every_seconds: u64,
    /// What it does, on a thread that may wait.
    pub run: fn(&App, &Ctx) -> Result<(), Fault>,
}

/// Something that waits to be done in a room, for the page Health and for metrics.
#[derive(Clone, Copy)]
pub struct Queue {
    /// Its name among metrics.
    pub name: &'static str,
    /// The key of its words.
    pub label_key: &'static str,
    /// The page that shows what waits.
    pub path: &'static str,
    /// Counts it.
    pub count: fn(&mut Tx, &Ctx) -> Result<Backlog, Fault>,
}

/// A room of the house.
#[derive(Clone)]
pub struct Room {
    /// Its noun.
    pub name: &'static str,
    /// Its tables.
    pub migrations: Vec<Migration>,
    /// Its texts.
    pub texts: Vec<(Locale, &'static str)>,
    /// Its routes.
    pub routes: Routes,
    /// What programs may ask of it.
    pub api: Endpoints,
    /// The tags of those endpoints, each with the key of its name for people.
    pub parts: Vec<(&'static str, &'static str)>,
    /// What those endpoints read and write means in Chinese.
    pub meanings: Vec<&'static str>,
    /// What one may be allowed to do here.
    pub permissions: Vec<Permission>,
    /// Its menu entries.
    pub menu: Vec<Menu>,
    /// How addresses begin that lie below an entry of the menu which begins otherwise, each with
    /// the entry's path.
    pub below: Vec<(&'static str, &'static str)>,
    /// Its checks.
    pub verify: Vec<Verify>,
    /// Its jobs.
    pub jobs: Vec<Job>,
    /// Its errands.
    pub errands: Vec<Errand>,
    /// What waits here to be done.
    pub queues: Vec<Queue>,
}

impl Room {
    /// An empty room.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            migrations: Vec::new(),
            texts: Vec::new(),
            routes: Routes::new(),
            api: Endpoints::default(),
            parts: Vec::new(),
            meanings: Vec::new(),
            permissions: Vec::new(),
            menu: Vec::new(),
            below: Vec::new(),
            verify: Vec::new(),
            jobs: Vec::new(),
            errands: Vec::new(),
            queues: Vec::new(),
        }
    }

    /// Its tables, in order.
    #[must_use]
    pub fn migrations(mut self, texts: &[&'static str]) -> Self {
        for (number, sql) in (1..).zip(texts) {
            self.migrations.push(Migration::new(self.name, number, sql));
        }
        self
    }

    /// Its texts: English, then Chinese.
    #[must_use]
    pub fn texts(mut self, english: &'static str, chinese: &'static str) -> Self {
        self.texts
            .extend([(Locale::En, english), (Locale::ZhCn, chinese)]);
        self
    }

    /// Its routes.
    #[must_use]
    pub fn routes(mut self, routes: Routes) -> Self {
        self.routes = self.routes.merge(routes);
        self
    }

    /// What programs may ask of it.
    #[must_use]
    pub fn api(mut self, endpoints: Endpoints) -> Self {
        self.api = self.api.merge(endpoints);
        self
    }

    /// How people call a tag of its endpoints.
    #[must_use]
    pub fn part(mut self, tag: &'static str, label_key: &'static str) -> Self {
        self.parts.push((tag, label_key));
        self
    }

    /// What the fields of its endpoints mean in Chinese: pairs of lines, first what stands on the
    /// type in English, then the same in Chinese, and an empty line between pairs.
    #[must_use]
    pub fn meanings(mut self, chinese: &'static str) -> Self {
        self.meanings.push(chinese);
        self
    }

    /// Every permission it asks for: what a role of the business's own is put together from.
    #[must_use]
    pub fn permissions(mut self, permissions: &[Permission]) -> Self {
        self.permissions.extend(permissions);
        self
    }

    /// A menu entry.
    #[must_use]
    pub fn menu(mut self, entry: Menu) -> Self {
        self.menu.push(entry);
        self
    }

    /// Addresses that begin so lie below the menu's entry of another path.
    #[must_use]
    pub fn below(mut self, entry: &'static str, begins: &'static str) -> Self {
        self.below.push((begins, entry));
        self
    }

    /// A check for `steward verify`.
    #[must_use]
    pub fn verify(mut self, check: Verify) -> Self {
        self.verify.push(check);
        self
    }

    /// Something that waits here to be done.
    #[must_use]
    pub fn queue(mut self, queue: Queue) -> Self {
        self.queues.push(queue);
        self
    }

    /// Something to be done again and again outside the program.
    #[must_use]
    pub fn errand(
        mut self,
        name: &'static str,
        every_seconds: u64,
        run: fn(&App, &Ctx) -> Result<(), Fault>,
    ) -> Self {
        self.errands.push(Errand {
            name,
            every_seconds,
            run,
        });
        self
    }

    /// Something to be done again and again.
    #[must_use]
    pub fn job(
        mut self,
        name: &'static str,
        every_seconds: u64,
        run: fn(&mut Tx, &Ctx) -> Result<(), Fault>,
    ) -> Self {
        self.jobs.push(Job {
            name,
            every_seconds,
            run,
        });
        self
    }
}
