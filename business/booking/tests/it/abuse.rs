//! Forged links, absurd dates, times that are not on offer, and many at once.

use testing::each_engine;

use crate::shop::{KEY, TEN, TIMES, booked, open, rooms, states, tap};

#[test]
fn forged_links_lead_nowhere_and_tell_nothing() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        let path = booked(&guest, TEN, KEY);
        let secret = path.rsplit('/').next().expect("a secret").to_owned();
        let forged = [
            "x".to_owned(),
            "a".repeat(32),
            "a".repeat(4000),
            secret.to_uppercase(),
            format!("{}'--", &secret[..29]),
            "%00%ff".to_owned(),
        ];
        let mut told = Vec::new();
        for forged in forged {
            for rest in ["", "/details", "/times", "/calendar.ics"] {
                let answer = guest.get(&format!("/at/lotus/bookings/{forged}{rest}"));
                assert_eq!(answer.status, 404, "{forged}{rest}");
            }
            for rest in ["/details", "/times", "/cancellation"] {
                let form = format!("start={TEN}&name=A&phone=13805712047");
                let answer = guest.post(&format!("/at/lotus/bookings/{forged}{rest}"), &form);
                assert_eq!(answer.status, 404, "{forged}{rest}");
                told.push(answer.body.contains("Chen"));
            }
        }
        assert!(told.iter().all(|told| !told));
        assert_eq!(
            guest.get(&format!("/at/other/bookings/{secret}")).status,
            404
        );
        assert_eq!(states(world).len(), 1);
    });
}

#[test]
fn times_that_are_not_on_offer_are_refused_with_a_reason() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        for (start, reason) in [
            ("2026-11-20T02:00:00Z", "has passed"),
            ("2026-11-22T02:05:00Z", "quarter hour"),
            ("2026-11-22T14:00:00Z", "closed"),
            ("2026-11-23T02:00:00Z", "on shift"),
            ("2029-11-22T02:00:00Z", "at most 60 days ahead"),
            ("9999-12-30T00:00:00Z", "at most 60 days ahead"),
            ("1900-01-01T00:00:00Z", "has passed"),
        ] {
            let answer = tap(&guest, start, KEY);
            assert_eq!(answer.status, 422, "{start}");
            assert!(answer.says(reason), "{start}: {reason}");
        }
        for nonsense in [
            "",
            "-009999-01-01T00:00:00Z",
            "tomorrow",
            "2026-03-29T02:30",
            "2026-02-30T10:00:00Z",
            "%F0%9F",
        ] {
            let answer = tap(&guest, nonsense, KEY);
            assert_eq!(answer.status, 422, "{nonsense}");
        }
        assert_eq!(states(world), []);
    });
}

#[test]
fn absurd_days_people_and_keys_show_the_page_all_the_same() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        for query in [
            "day=2026-02-30",
            "day=9999-12-31",
            "day=-000001-01-01",
            "day=1900-01-01",
            "who=nobody",
            "who=00000000-0000-7000-8000-000000000000",
            "key=A%20B",
            "day=2026-11-22&day=2026-11-23",
        ] {
            let answer = guest.get(&format!("{TIMES}?{query}"));
            assert_eq!(answer.status, 200, "{query}");
        }
        assert_eq!(guest.get(&format!("{TIMES}?day=%ff")).status, 422);
        assert_eq!(
            guest.get("/at/lotus/riverside/wash/times").status,
            404,
            "not online"
        );
        assert_eq!(guest.get("/at/lotus/riverside/nothing/times").status, 404);
        assert_eq!(guest.get("/at/lotus/nowhere").status, 404);
        assert_eq!(guest.get("/at/nobody").status, 404);
    });
}

#[test]
fn of_many_browsers_after_two_hairdressers_two_win() {
    each_engine(&rooms(), |world| {
        open(world);
        let won = std::thread::scope(|scope| {
            let race = |number: usize| {
                let guest = world.nobody();
                move || tap(&guest, TEN, &format!("customer-{number:03}")).status
            };
            let all: Vec<_> = (0..16).map(|number| scope.spawn(race(number))).collect();
            let statuses = all.into_iter().map(|one| one.join().expect("no panic"));
            statuses.filter(|status| *status == 303).count()
        });
        assert_eq!(won, 2);
        assert_eq!(states(world).len(), 2);
    });
}

#[test]
fn one_key_sent_many_times_at_once_holds_once() {
    each_engine(&rooms(), |world| {
        open(world);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                let guest = world.nobody();
                scope.spawn(move || tap(&guest, TEN, KEY));
            }
        });
        assert_eq!(states(world).len(), 1);
    });
}

#[test]
fn one_network_cannot_hold_the_whole_week() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        world
            .write(|tx, ctx| {
                let sql = "
                    insert into booking_taps (org, key, order_id, address, created_at)
                    values ($1, $2, 'none', '127.0.0.1', $3)";
                for number in 0..30 {
                    let key = format!("anothercustomer{number}");
                    tx.execute(sql, store::params![ctx.org, key, ctx.now])?;
                }
                Ok(())
            })
            .expect("written");
        let more = tap(&guest, "2026-11-22T12:00:00Z", "yetanothercustomer");
        assert_eq!(more.status, 429);
        assert!(more.says("Try again in 10 minutes"));
        world.set_time("2026-11-21T10:11+08:00");
        let later = tap(&guest, "2026-11-22T12:00:00Z", "yetanothercustomer");
        assert_ne!(
            later.status, 429,
            "the limit is forgotten after ten minutes"
        );
    });
}
