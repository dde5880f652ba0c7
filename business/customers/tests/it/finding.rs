//! Finding customers as they are typed, on both databases.

use customers::{Details, How, find};
use kernel::{FaultKind, ids::CustomerId};
use store::params;
use testing::{World, each_engine};

use crate::{details, rooms};

fn with_mail(name: &str, email: &str) -> Details {
    Details {
        email: email.to_owned(),
        ..details(name, "", "")
    }
}

fn write(world: &World, all: Vec<Details>) -> Vec<CustomerId> {
    world
        .write(move |tx, ctx| {
            let each = all.iter();
            each.map(|one| customers::create_customer(tx, ctx, one))
                .collect()
        })
        .expect("they are written down")
}

fn found_after(world: &World, text: &str, recent: &[CustomerId]) -> Vec<(String, How)> {
    let found = world
        .read(|tx, ctx| find(tx, ctx, text, recent, 8))
        .expect("it answers");
    let shown = |one: customers::Match| (one.customer.name, one.how);
    found.into_iter().map(shown).collect()
}

fn names(world: &World, text: &str) -> Vec<String> {
    let found = found_after(world, text, &[]);
    found.into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_customer_is_found_however_the_name_is_typed() {
    each_engine(&rooms(), |world| {
        write(
            world,
            vec![
                details("张伟", "", "13800001234"),
                details("单雨桐", "", "13900005678"),
                details("José Álvarez", "", ""),
                with_mail("Amy", "amy.lee@lotus.example"),
                details("曾乐", "", ""),
            ],
        );
        for (typed, name) in [
            ("张", "张伟"),
            ("zhangwei", "张伟"),
            ("zhang wei", "张伟"),
            ("Wei Zhang", "张伟"),
            ("ＺＨＡＮＧ", "张伟"),
            ("zw", "张伟"),
            ("zhang'w", "张伟"),
            ("张w", "张伟"),
            ("zhagn", "张伟"),
            ("zhagnwei", "张伟"),
            ("zhng", "张伟"),
            ("1234", "张伟"),
            ("１２３４", "张伟"),
            ("138 0000 1234", "张伟"),
            ("张 1234", "张伟"),
            ("shanyutong", "单雨桐"),
            ("danyu", "单雨桐"),
            ("yutnog", "单雨桐"),
            ("syt", "单雨桐"),
            ("单yt", "单雨桐"),
            ("jose", "José Álvarez"),
            ("álvarez", "José Álvarez"),
            ("alvraez", "José Álvarez"),
            ("amy.lee@lo", "Amy"),
            ("lee", "Amy"),
            ("zengyue", "曾乐"),
            ("cengle", "曾乐"),
        ] {
            assert_eq!(
                names(world, typed).first().map(String::as_str),
                Some(name),
                "{typed}"
            );
        }
        for nobody in ["", "  ", "'", "%", "_", "qqqq", "9", "张 5678", "陈"] {
            assert_eq!(names(world, nobody), Vec::<String>::new(), "{nobody}");
        }
    });
}

#[test]
fn whole_words_come_before_begun_ones_and_those_before_slips() {
    each_engine(&rooms(), |world| {
        let ids = write(
            world,
            vec![
                details("Wangari", "", ""),
                details("Wang", "", ""),
                details("Wagner", "", ""),
                details("Wangdu", "", ""),
            ],
        );
        let found = found_after(world, "wang", &[]);
        assert_eq!(
            found,
            [
                ("Wang".to_owned(), How::Whole),
                ("Wangari".to_owned(), How::Begun),
                ("Wangdu".to_owned(), How::Begun),
                ("Wagner".to_owned(), How::Near),
            ]
        );
        let after = |recent: &[CustomerId]| {
            let found = found_after(world, "wang", recent);
            found.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
        };
        assert_eq!(after(&[ids[3]]), ["Wang", "Wangdu", "Wangari", "Wagner"]);
        assert_eq!(
            after(&[ids[0], ids[3]]),
            ["Wang", "Wangari", "Wangdu", "Wagner"]
        );
    });
}

#[test]
fn whoever_was_served_last_is_found_among_very_many_of_one_name() {
    each_engine(&rooms(), |world| {
        let many = (0..250)
            .map(|at| details(&format!("李伟 {at}"), "", ""))
            .collect();
        let ids = write(world, many);
        let first = found_after(world, "liwei", &[ids[120]]);
        assert_eq!(first[0].0, "李伟 120");
    });
}

#[test]
fn only_the_own_organisation_is_searched_by_those_who_may() {
    each_engine(&rooms(), |world| {
        write(world, vec![details("张伟", "", "13800001234")]);
        let mut other = world.ctx();
        other.org = other.id();
        let seen = world
            .db
            .read(|tx| find(tx, &other, "zhang", &[], 8))
            .expect("it answers");
        assert_eq!(seen, []);
        let guest = world.guest_ctx();
        let refused = world.db.read(|tx| find(tx, &guest, "zhang", &[], 8));
        assert_eq!(
            refused.expect_err("it is refused").kind,
            FaultKind::Forbidden
        );
    });
}

#[test]
fn a_change_is_found_at_once_and_the_old_name_no_longer() {
    each_engine(&rooms(), |world| {
        let id = write(world, vec![details("张伟", "", "13800001234")])[0];
        let new = details("李娜", "", "13800009999");
        world
            .write(move |tx, ctx| customers::change_customer(tx, ctx, id, 1, &new))
            .expect("it is changed");
        for (typed, count) in [("zhangwei", 0), ("1234", 0), ("lina", 1), ("9999", 1)] {
            assert_eq!(names(world, typed).len(), count, "{typed}");
        }
    });
}

#[test]
fn terms_of_an_older_version_are_made_anew_some_at_a_time() {
    each_engine(&rooms(), |world| {
        write(
            world,
            vec![details("张伟", "", ""), details("李娜", "", "")],
        );
        world
            .write(|tx, ctx| {
                tx.execute(
                    "delete from customer_terms where org = $1",
                    params![ctx.org],
                )?;
                let sql = "update customers set terms_version = 0 where org = $1";
                tx.execute(sql, params![ctx.org])
            })
            .expect("an older state");
        assert_eq!(names(world, "zhang"), Vec::<String>::new());
        let behind = || world.read(customers::terms_behind).expect("a number");
        assert_eq!(behind(), 2);
        let renewed = world
            .write(customers::renew_terms)
            .expect("it is made anew");
        assert_eq!((renewed, behind()), (2, 0));
        assert_eq!(names(world, "zhang"), ["张伟"]);
    });
}

#[test]
fn what_customers_are_found_by_is_checked_and_made_anew() {
    each_engine(&rooms(), |world| {
        write(
            world,
            vec![
                details("陈雨桐", "", "13800001234"),
                details("张伟", "", ""),
            ],
        );
        let room = customers::room();
        let told = || {
            let check = room.verify.first().expect("there is a check");
            world.read(check).expect("it answers")
        };
        assert_eq!(told(), None);
        for broken in [
            "delete from customer_terms where org = $1 and term like '2b%'",
            "update customers set name = '王芳' where org = $1 and phone is null",
        ] {
            let broke = world.write(move |tx, ctx| tx.execute(broken, params![ctx.org]));
            assert!(broke.expect("it is broken") > 0, "{broken}");
            let words = told().unwrap_or_default();
            assert!(words.contains("steward reindex"), "{broken}: {words}");
            let last = world.write(|tx, ctx| customers::rebuild_terms(tx, ctx, None));
            let last = last.expect("they are made anew");
            assert!(last.is_some());
            let more = world.write(move |tx, ctx| customers::rebuild_terms(tx, ctx, last));
            assert_eq!(more.expect("it answers"), None);
            assert_eq!(told(), None, "{broken}");
        }
        assert_eq!(names(world, "wf"), ["王芳"]);
        assert_eq!(names(world, "zw"), Vec::<String>::new());
        assert_eq!(names(world, "1380"), ["陈雨桐"]);
    });
}
