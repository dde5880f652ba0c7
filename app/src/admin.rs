//! Commands that work on the data and end: init, user, token, migrate, verify, reindex.

use std::io::{self, IsTerminal, Read};

use kernel::{Bilingual, Ctx, Id, IdSource, Locale, Role, Timestamp, ids::OrganisationId};
use organisation::{DayHours, NewOrganisation, SiteFields, Week};
use people::{HashCost, NewUser, Password, hash_password};
use store::{Db, Target, Tx, journal};
use web::Room;

use crate::{
    cli::{At, Init, TokenAction, UserAction},
    config::Settings,
    failure::Failure,
    rooms,
};

const PASSWORD_BYTES_MAX: u64 = 1024;

fn now() -> Timestamp {
    web::Clock::system().now()
}

/// The program's own context in an organisation.
pub fn system(org: OrganisationId, now: Timestamp) -> Ctx {
    Ctx::system(org, now, IdSource::system())
}

/// Sets up a business; prints a link with which the owner sets a password.
pub fn init(settings: &Settings, init: Init, rooms: &[Room]) -> Result<(), Failure> {
    let target = settings.target(&init.at)?;
    let db = rooms::open(&target, rooms)?;
    let now = now();
    let ids = IdSource::system();
    let ctx = Ctx::system(Id::from_uuid(ids.uuid(now)), now, ids);
    let password = typed_password(&init.login)?;
    let hash = password
        .map(|p| hash_password(&ctx, &p, HashCost::Full))
        .transpose()?;
    let has_password = hash.is_some();
    let link = db.write(move |tx| found(tx, &ctx, init, hash))?;
    let place = match &target {
        Target::Folder(folder) => format!("--data {}", folder.display()),
        // An address may hold a password, which a terminal keeps in sight.
        Target::Postgres(_) => "--database URL".to_owned(),
    };
    println!("the business is set up; start it with: steward serve {place}");
    if !has_password {
        println!("set the owner's password here, once: /set-password/{link}");
    }
    Ok(())
}

/// A password given on standard input by a script; nothing when a person sits at a terminal.
fn typed_password(login: &str) -> Result<Option<Password>, Failure> {
    if io::stdin().is_terminal() {
        return Ok(None);
    }
    let mut text = String::new();
    io::stdin()
        .lock()
        .take(PASSWORD_BYTES_MAX)
        .read_to_string(&mut text)?;
    match text.trim_end_matches(['\r', '\n']) {
        "" => Ok(None),
        typed => Ok(Some(Password::new(typed, login)?)),
    }
}

fn found(
    tx: &mut Tx,
    ctx: &Ctx,
    init: Init,
    password_hash: Option<String>,
) -> Result<String, kernel::Fault> {
    let locale = Locale::parse(&init.language).unwrap_or_default();
    let in_both = |name: &str| Bilingual::new(name, name);
    let new = NewOrganisation {
        name: in_both(&init.name),
        slug: None,
        brand: None,
    };
    organisation::create_organisation(tx, ctx, new)?;
    let site_name = init.site.as_deref().unwrap_or(&init.name);
    let fields = SiteFields::new(in_both(site_name), &init.zone, &init.currency);
    let site = organisation::create_site(tx, ctx, fields)?;
    let hours = DayHours::parse("10:00-20:00").expect("the hours are well formed");
    let week = Week::same(&[1, 2, 3, 4, 5, 6, 7], &hours);
    organisation::set_week(tx, ctx, site.id, site.version, &week)?;
    let owner = people::create_user(
        tx,
        ctx,
        NewUser {
            locale,
            password_hash,
            ..NewUser::new(&init.login, &init.owner, Role::Owner)
        },
    )?;
    crate::sample::usable(tx, ctx, site.id)?;
    let link = people::create_password_link(tx, ctx, owner.id)?;
    Ok(link.text().to_owned())
}

/// The organisation a command is about: the named one, or the only one.
pub fn organisation_named(db: &Db, slug: Option<&str>) -> Result<OrganisationId, Failure> {
    let all = db.read(organisation::organisations)?;
    match (slug, all.as_slice()) {
        (Some(slug), all) => all
            .iter()
            .find(|o| o.slug == slug)
            .map(|o| o.id)
            .ok_or_else(|| Failure(format!("there is no business {slug}"))),
        (None, [only]) => Ok(only.id),
        (None, []) => Err(Failure(
            "there is no business yet; run steward init".to_owned(),
        )),
        (None, many) => {
            let slugs: Vec<&str> = many.iter().map(|o| o.slug.as_str()).collect();
            Err(Failure(format!(
                "say which with --organisation: {}",
                slugs.join(", ")
            )))
        }
    }
}

/// Users: add, list, link.
pub fn user(settings: &Settings, action: UserAction, rooms: &[Room]) -> Result<(), Failure> {
    match action {
        UserAction::Add {
            at,
            login,
            name,
            role,
            organisation,
        } => {
            let db = rooms::open_existing(&settings.target(&at)?, rooms)?;
            let ctx = system(organisation_named(&db, organisation.as_deref())?, now());
            let role = Role::parse(&role).ok_or_else(|| {
                let roles: Vec<&str> = Role::USERS.iter().map(|role| role.as_str()).collect();
                Failure(format!("--role is one of {}", roles.join(", ")))
            })?;
            let link = db.write(move |tx| {
                let user = people::create_user(tx, &ctx, NewUser::new(&login, &name, role))?;
                people::create_password_link(tx, &ctx, user.id)
            })?;
            println!("/set-password/{}", link.text());
        }
        UserAction::List { at, organisation } => {
            let db = rooms::open_existing(&settings.target(&at)?, rooms)?;
            let ctx = system(organisation_named(&db, organisation.as_deref())?, now());
            for user in db.read(|tx| people::users(tx, &ctx))? {
                println!("{}\t{}\t{}", user.login, user.role.as_str(), user.name);
            }
        }
        UserAction::Link {
            at,
            login,
            organisation,
        } => {
            let db = rooms::open_existing(&settings.target(&at)?, rooms)?;
            let ctx = system(organisation_named(&db, organisation.as_deref())?, now());
            let user = named_user(&db, &ctx, Some(&login))?;
            let link = db.write(move |tx| people::create_password_link(tx, &ctx, user.id))?;
            println!("/set-password/{}", link.text());
        }
    }
    Ok(())
}

fn named_user(db: &Db, ctx: &Ctx, login: Option<&str>) -> Result<people::User, Failure> {
    let users = db.read(|tx| people::users(tx, ctx))?;
    let found = match login {
        Some(login) => users
            .into_iter()
            .find(|u| u.login.eq_ignore_ascii_case(login)),
        None => users.into_iter().find(|u| u.role == Role::Owner),
    };
    found.ok_or_else(|| {
        Failure(format!(
            "nobody signs in as {}",
            login.unwrap_or("an owner")
        ))
    })
}

/// Tokens: create.
pub fn token(settings: &Settings, action: TokenAction, rooms: &[Room]) -> Result<(), Failure> {
    let TokenAction::Create {
        at,
        scope,
        login,
        name,
        organisation,
    } = action;
    let db = rooms::open_existing(&settings.target(&at)?, rooms)?;
    let ctx = system(organisation_named(&db, organisation.as_deref())?, now());
    let known = rooms::permissions(rooms);
    let scope = match scope.as_slice() {
        [all] if all == "all" => known.iter().map(ToString::to_string).collect(),
        _ => scope,
    };
    if let Some(unknown) = scope.iter().find(|scope| !known.contains(&scope.as_str())) {
        return Err(Failure(format!(
            "{unknown} is no scope; there are {}",
            known.join(", ")
        )));
    }
    let user = named_user(&db, &ctx, login.as_deref())?;
    let token = db.write(move |tx| people::create_api_token(tx, &ctx, user.id, &name, &scope))?;
    println!("{}", token.text());
    Ok(())
}

/// Brings the database up to date and says what was done.
pub fn migrate(target: &Target, rooms: &[Room]) -> Result<(), Failure> {
    let (_, taken) = Db::open_and_migrate(target, &rooms::migrations(rooms))?;
    if taken.is_empty() {
        println!("nothing to do");
    }
    for step in taken {
        println!("done: {step}");
    }
    Ok(())
}

/// Walks every organisation's journal and every room's checks; names the first break.
pub fn verify(settings: &Settings, at: &At, rooms: &[Room]) -> Result<(), Failure> {
    let db = rooms::open_existing(&settings.target(at)?, rooms)?;
    let place = settings.place(at)?;
    let organisations = db.read(journal::organisations)?;
    let (mut events, mut checks) = (0, 0);
    for org in &organisations {
        events += db.read(|tx| journal::verify(tx, *org))?.map_err(Failure)?;
        let ctx = system(*org, now());
        for room in rooms {
            for check in &room.verify {
                if let Some(broken) = db.read(|tx| check(tx, &ctx))? {
                    return Err(Failure(format!("{}: {broken}", room.name)));
                }
                checks += 1;
            }
        }
        if let Some(place) = &place {
            if let Some(broken) = files::check_place(&db, place, &ctx)? {
                return Err(Failure(format!("files: {broken}")));
            }
            checks += 1;
        }
    }
    let businesses = organisations.len();
    println!("ok: {businesses} organisations, {events} events, {checks} checks");
    Ok(())
}

/// Makes what customers are found by anew, a thousand at a time; a server may go on beside it.
pub fn reindex(target: &Target, rooms: &[Room]) -> Result<(), Failure> {
    let db = rooms::open_existing(target, rooms)?;
    for org in db.read(journal::organisations)? {
        let ctx = system(org, now());
        let mut last = None;
        loop {
            let ctx = ctx.clone();
            match db.write(move |tx| customers::rebuild_terms(tx, &ctx, last))? {
                None => break,
                next => last = next,
            }
        }
    }
    println!("ok: customers are found by what is known of them");
    Ok(())
}
