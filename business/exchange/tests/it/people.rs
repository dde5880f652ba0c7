//! Customers and staff.

use exchange::What;
use testing::each_engine;

use crate::shop::{counts, job, lines, rooms, take, take_job};

const CUSTOMERS: &str = "编号,姓名,手机号,等级,备注
C-1,陈雨桐,138 0013 2047,贵宾,
C-2,Ada Lovelace,+351 912 345 678,,likes window seats
,周静,13900001111,普通,
";

#[test]
fn the_same_file_twice_is_one_customer_each() {
    each_engine(&rooms(), |world| {
        assert_eq!(
            counts(&take(world, What::Customers, CUSTOMERS).unwrap()),
            (3, 0, 0, 0)
        );
        let events = world.activities().len();
        assert_eq!(
            counts(&take(world, What::Customers, CUSTOMERS).unwrap()),
            (0, 0, 3, 0)
        );
        assert_eq!(
            world.activities().len(),
            events,
            "nothing is recorded twice"
        );
        let moved = CUSTOMERS.replace("13900001111,普通", "139 0000 1111,贵宾");
        assert_eq!(
            counts(&take(world, What::Customers, &moved).unwrap()),
            (0, 1, 2, 0)
        );
    });
}

#[test]
fn an_empty_cell_leaves_what_was_known() {
    each_engine(&rooms(), |world| {
        take(world, What::Customers, CUSTOMERS).unwrap();
        let report = take(
            world,
            What::Customers,
            "external_id,name,note\nC-2,Ada Lovelace,\n",
        );
        assert_eq!(counts(&report.unwrap()), (0, 0, 1, 0));
    });
}

#[test]
fn a_dry_run_says_what_would_happen_and_changes_nothing() {
    each_engine(&rooms(), |world| {
        let mut dry = job(What::Customers);
        dry.dry_run = true;
        let before = world.activities();
        let report = take_job(world, dry, CUSTOMERS.as_bytes()).unwrap();
        assert_eq!(counts(&report), (3, 0, 0, 0));
        assert_eq!(world.activities(), before);
        let found = world
            .read(|tx, ctx| customers::search(tx, ctx, "", 10))
            .unwrap();
        assert_eq!(found, []);
    });
}

#[test]
fn each_bad_row_is_named_and_the_good_ones_come_in() {
    each_engine(&rooms(), |world| {
        let file = "external_id,name,phone,language,shoe size
1,Ada,call me,en,38
2,,13800001111,klingon,
3,Bo,13800002222,,,extra
4,Cy,13800003333,,
4,Cy again,,,
,Nobody,,,
";
        let report = take(world, What::Customers, file).unwrap();
        assert_eq!(counts(&report), (1, 0, 0, 5));
        assert_eq!(report.ignored, ["shoe size"]);
        assert_eq!(
            lines(&report)[1..],
            [
                "row 3, name: It must not be empty.",
                "row 3, language: “klingon” is not one of zh-cn, en.",
                "row 4: It has 6 cells, but there are 5 columns.",
                "row 6: Row 5 is already about the same one.",
                "row 7, external_id: Give an external_id or a phone, so that the customer is known \
                 again.",
            ]
        );
        assert!(
            lines(&report)[0].starts_with("row 2, phone: "),
            "{:?}",
            lines(&report)
        );
    });
}

#[test]
fn staff_come_with_skills_and_places_and_change_with_the_file() {
    each_engine(&rooms(), |world| {
        let file = "工号,姓名,拼音,门店,技能\nE1,林美,Lin Mei,riverside,cut; colour\n";
        assert_eq!(
            counts(&take(world, What::Staff, file).unwrap()),
            (1, 0, 0, 0)
        );
        assert_eq!(
            counts(&take(world, What::Staff, file).unwrap()),
            (0, 0, 1, 0)
        );
        let more = file.replace("cut; colour", "cut; colour; Hot stone");
        assert_eq!(
            counts(&take(world, What::Staff, &more).unwrap()),
            (0, 1, 0, 0)
        );
        let staff = world.read(people::staff).unwrap();
        assert_eq!(staff[0].skills, ["colour", "cut", "hot-stone"]);
        let wrong = "name,site,skills\nBo,Atlantis,剪发\n";
        let report = take(world, What::Staff, wrong).unwrap();
        assert_eq!(
            lines(&report),
            ["row 2, site: There is no site “Atlantis”; there are riverside."]
        );
    });
}
