//! A house with four people, two rooms and one machine, served by several processes where the
//! database allows it.

use std::collections::BTreeMap;

use kernel::{
    Bilingual, Ctx, Currency, Fault, IdSource, Span, Timestamp,
    ids::{OrganisationId, ResourceId, ServiceId, SiteId, StaffId},
};
use people::StaffFields;
use store::{Db, Target, Tx, params};
use testing::Taken;

use crate::{
    browser::Browser,
    program::{Place, Server},
};

/// Processes on one PostgreSQL; SQLite belongs to one.
const PROCESSES: usize = 3;
const OPENS: i64 = 10;
/// Starts of one day: every quarter of an hour up to an hour before closing.
const STARTS: i64 = 37;

/// What is sold: minutes, clean-up, and the kinds of things it takes beside a person.
const SOLD: [(i64, i64, &[&str]); 3] = [
    (30, 0, &[]),
    (45, 10, &["room"]),
    (40, 10, &["room", "equipment"]),
];

/// Who and what is there.
pub struct Things {
    pub org: OrganisationId,
    pub site: SiteId,
    pub staff: Vec<StaffId>,
    pub services: Vec<ServiceId>,
    /// By kind.
    things: BTreeMap<&'static str, Vec<ResourceId>>,
    /// Midnight of the first day, where the house stands.
    midnight: Timestamp,
}

/// The house with its doors open.
pub struct House<'a> {
    pub place: &'a Place,
    pub servers: Vec<Server>,
    pub token: String,
    pub things: Things,
}

fn later(from: Timestamp, minutes: i64) -> Timestamp {
    let moved = Timestamp::from_second(from.as_second() + minutes * 60);
    moved.expect("a time in these years")
}

fn hire(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    (name, midnight): (&str, Timestamp),
    days: i64,
) -> Result<StaffId, Fault> {
    let fields = StaffFields {
        name: name.to_owned(),
        reading: name.to_owned(),
        sites: vec![site],
        skills: vec!["hand".to_owned()],
        external_id: None,
    };
    let staff = people::create_staff(tx, ctx, fields)?.id;
    for day in 0..days {
        let morning = later(midnight, (day * 24 + OPENS) * 60);
        let span = Span::new(morning, later(morning, 10 * 60));
        people::add_shift(tx, ctx, staff, site, span.expect("forwards"))?;
    }
    Ok(staff)
}

fn furnish(tx: &mut Tx, ctx: &Ctx, midnight: Timestamp, days: i64) -> Result<Things, Fault> {
    let sql = "select id from sites where org = $1 order by id limit 1";
    let site = tx.one(sql, params![ctx.org], |row| row.id(0))?;
    let site: SiteId = site.expect("the business has a site");
    people::save_skill(tx, ctx, "hand", &Bilingual::new("手艺", "Craft"))?;
    let mut staff = Vec::new();
    for name in ["Lin Mei", "Wang Hao", "Zhao Min", "Wu Lei"] {
        staff.push(hire(tx, ctx, site, (name, midnight), days)?);
    }
    let mut things: BTreeMap<&'static str, Vec<ResourceId>> = BTreeMap::new();
    for (kind, name) in [
        ("room", "Room 1"),
        ("room", "Room 2"),
        ("equipment", "Laser"),
    ] {
        let fields = capacity::ResourceFields {
            site,
            kind: kind.to_owned(),
            name: Bilingual::new(name, name),
        };
        let made = capacity::create_resource(tx, ctx, fields)?.id;
        things.entry(kind).or_default().push(made);
    }
    let mut services = Vec::new();
    for (minutes, after, kinds) in SOLD {
        let mut service = offers::Service::new(ctx.id(), Currency::CNY);
        service.name = Bilingual::new("服务", format!("Service of {minutes}"));
        service.minutes = minutes;
        service.buffer_after_minutes = after;
        service.skills = vec!["hand".to_owned()];
        service.resources = kinds.iter().map(ToString::to_string).collect();
        services.push(offers::save_service(tx, ctx, &service)?.id);
    }
    Ok(Things {
        org: ctx.org,
        site,
        staff,
        services,
        things,
        midnight,
    })
}

impl Things {
    /// The start of a slot, of as many as are wanted.
    pub fn start(&self, slot: i64) -> Timestamp {
        let (day, quarter) = (slot.div_euclid(STARTS), slot.rem_euclid(STARTS));
        later(self.midnight, (day * 24 + OPENS) * 60 + quarter * 15)
    }
}

impl<'a> House<'a> {
    /// Sets the house up for so many slots and opens it.
    pub fn open(place: &'a Place, slots: i64) -> Self {
        place.found();
        let db = Db::open_as_it_is(&place.target()).expect("the database opens");
        let now = Timestamp::try_from(std::time::SystemTime::now()).expect("the clock is right");
        // The house stands in Shanghai; the first day is the day after tomorrow.
        let day = (now.as_second() + 8 * 3600).div_euclid(86_400) + 2;
        let midnight = Timestamp::from_second(day * 86_400 - 8 * 3600).expect("soon");
        let businesses = db.read(organisation::organisations).expect("it is read");
        let ctx = Ctx::system(businesses[0].id, now, IdSource::system());
        let days = slots.div_euclid(STARTS) + 1;
        let things = db.write(move |tx| furnish(tx, &ctx, midnight, days));
        let things = things.expect("the house is furnished");
        drop(db);
        let token = place.run(&["token", "create", "--scope", "all"]);
        assert!(token.ok, "{token:?}");
        let processes = match place {
            Place::Folder(_) => 1,
            Place::Schema(..) => PROCESSES,
        };
        Self {
            place,
            servers: (0..processes).map(|_| place.serve()).collect(),
            token: token.out.trim().to_owned(),
            things,
        }
    }

    /// A program at one of the doors.
    pub fn program(&self, number: usize) -> Browser {
        let address = self.servers[number % self.servers.len()].address;
        Browser::new(address, &format!("10.7.0.{number}")).with_token(&self.token)
    }

    /// Closes the doors and looks whether all is well.
    pub fn close(self) {
        drop(self.servers);
        let sound = self.place.run(&["verify"]);
        assert!(sound.ok, "{sound:?}");
    }

    /// Reads the tables themselves, past the program.
    pub fn taken(&self) -> Taken {
        let copy = Place::folder();
        let from = self.place.target();
        let at = match (&from, &copy) {
            (Target::Folder(_), Place::Folder(folder)) => {
                let file = folder.join("steward.db");
                Db::snapshot(&from, &file).expect("it is copied as it stands");
                copy.target()
            }
            _ => from,
        };
        let db = Db::open_as_it_is(&at).expect("the database opens");
        Taken::read(&db, self.things.org)
    }

    /// Whether a time could not be had: the person, everybody, or all things of a kind are taken.
    pub fn explains(&self, taken: &Taken, wish: &Wish) -> bool {
        let (minutes, after, kinds) = SOLD[wish.service];
        let start = self.things.start(wish.slot).as_microsecond();
        let busy = (start, start + (minutes + after) * 60_000_000);
        let mut asked = self.things.staff.iter().enumerate();
        let staff = asked.all(|(at, staff)| {
            wish.staff.is_some_and(|wished| wished != at) || taken.is_busy(&staff.to_string(), busy)
        });
        let mut kinds = kinds.iter().map(|kind| &self.things.things[kind]);
        staff
            || kinds.any(|of_kind| {
                let mut of_kind = of_kind.iter();
                of_kind.all(|thing| taken.is_busy(&thing.to_string(), busy))
            })
    }
}

/// What somebody wants: a slot, a service, perhaps a person.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    pub slot: i64,
    pub service: usize,
    pub staff: Option<usize>,
}

impl Wish {
    /// How many people and things a visit takes.
    pub fn takes(&self) -> usize {
        1 + SOLD[self.service].2.len()
    }
}
