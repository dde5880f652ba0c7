//! A busy shop: customers book and the desk writes, until somebody pulls the plug.

use std::{
    net::SocketAddr,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use kernel::{TimeZone, Timestamp};

use crate::browser::{Browser, Shop, between};

const BOOKING: i64 = 3;
const WRITING: u32 = 5;
/// Numbers of customers, so that no two have one phone.
static PHONES: AtomicU32 = AtomicU32::new(0);

/// A day soon, as the shop's calendar names it.
pub fn day(ahead: i64) -> String {
    let now = Timestamp::try_from(std::time::SystemTime::now()).expect("the clock is right");
    let then = Timestamp::from_second(now.as_second() + ahead * 86_400).expect("it is near");
    let zone = TimeZone::get("Asia/Shanghai").expect("the zone is known");
    then.to_zoned(zone).date().to_string()
}

/// What was acknowledged: the pages that must be found afterwards.
#[derive(Default)]
pub struct Promised {
    bookings: Mutex<Vec<String>>,
    customers: Mutex<Vec<String>>,
}

impl Promised {
    /// How many.
    pub fn count(&self) -> usize {
        self.all().len()
    }

    /// The pages of what was acknowledged up to now.
    pub fn all(&self) -> Vec<String> {
        let bookings = self.bookings.lock().expect("nobody falls").clone();
        let customers = self.customers.lock().expect("nobody falls").clone();
        [bookings, customers].concat()
    }

    /// Waits until so many are acknowledged.
    pub fn wait_for(&self, count: usize) {
        let begun = Instant::now();
        while self.count() < count {
            assert!(
                begun.elapsed() < Duration::from_secs(90),
                "nothing is written"
            );
            thread::sleep(Duration::from_millis(2));
        }
    }
}

/// Books and writes from eight browsers at once while `act` goes on; answers what was promised.
/// Whoever is refused tries on; whoever loses the server stops.
pub fn during(owner: &Browser, round: i64, act: impl FnOnce(&Promised)) -> Promised {
    let (promised, is_over) = (Promised::default(), AtomicBool::new(false));
    let address = owner.address();
    let shop = Shop::find(address);
    thread::scope(|scope| {
        let (promised_to, over) = (&promised, &is_over);
        for number in 0..BOOKING {
            let shop = &shop;
            scope.spawn(move || book(shop, address, (round * BOOKING + number, over), promised_to));
        }
        for _ in 0..WRITING {
            scope.spawn(move || write(owner, over, promised_to));
        }
        let _over = Over(&is_over);
        act(&promised);
    });
    promised
}

/// Ends the load, also when a test fails meanwhile.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

fn write(owner: &Browser, is_over: &AtomicBool, promised: &Promised) {
    while !is_over.load(Ordering::SeqCst) {
        let number = PHONES.fetch_add(1, Ordering::SeqCst);
        let form = format!("name=Guest+{number}&phone=139{number:08}");
        match owner.post("/customers", &form) {
            Some(answer) if answer.status == 303 => {
                let mut known = promised.customers.lock().expect("nobody falls");
                known.push(answer.location);
            }
            Some(answer) => {
                assert!(answer.status >= 409, "{}", answer.body);
                thread::sleep(Duration::from_millis(5));
            }
            None => return,
        }
    }
}

/// Every second start of a day is free of its neighbour, so that each can be booked.
fn book(
    shop: &Shop,
    address: SocketAddr,
    (number, is_over): (i64, &AtomicBool),
    promised: &Promised,
) {
    let day = day(1 + number % 54);
    let guest = Browser::new(address, &format!("10.3.{}.{}", number / 250, number % 250));
    let Some(page) = guest.get(&format!("{}?day={day}", shop.times)) else {
        return;
    };
    let starts = between(&page.body, "name=\"start\" value=\"", "\"");
    for start in starts.into_iter().step_by(2) {
        if is_over.load(Ordering::SeqCst) {
            return;
        }
        if let Some(path) = one(shop, &guest, &day, start) {
            promised.bookings.lock().expect("nobody falls").push(path);
        }
    }
}

/// One booking; nothing when the server is gone or refuses.
fn one(shop: &Shop, guest: &Browser, day: &str, start: &str) -> Option<String> {
    let page = guest.get(&format!("{}?day={day}", shop.times))?.body;
    let key = between(&page, "name=\"key\" value=\"", "\"");
    let held = shop.hold(guest, key.first()?, day, start)?;
    if held.status != 303 {
        return None;
    }
    let booked = guest.post(&held.location, "name=Ada&phone=13800132047")?;
    (booked.status == 303).then_some(booked.location)
}

/// Asks for every page that was promised.
pub fn find(owner: &Browser, promised: &[String]) {
    for path in promised {
        let page = owner.get(path).expect("the server answers");
        assert_eq!(page.status, 200, "{path} was promised");
        let is_booked = path.starts_with("/customers/") || page.body.contains("calendar.ics");
        assert!(is_booked, "{path} is no longer booked");
    }
}
