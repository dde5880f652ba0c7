//! Services and orders of the past.

use exchange::What;
use orders::{Filter, StateName};
use testing::each_engine;

use crate::shop::{counts, lines, rooms, take};

const SERVICES: &str = "code;名称;英文名;类别;时长;价格;税率;技能
CUT;剪发;Cut;美发;45;¥168;6;cut
COL;染发;Colour;染烫;120;1,680.50;6%;colour
";

const ORDERS: &str = "单号,下单时间,客户,手机号,项目,员工,到店时间,开始时间,完成时间,状态,预约时间
A-1,2026-11-01 10:00,陈雨桐,13800132047,剪发,,2026-11-01 10:00,2026-11-01 10:12,\
2026-11-01 11:00,完成,
A-2,2026-11-02 09:00,,13800132047,CUT + Tea,,,,2026-11-03 15:00,完成,2026-11-03 14:00
A-3,2026-11-02 09:30,Ada,,Colour,,,,,爽约,2026-11-04 10:00
A-4,2026-11-02 09:40,Ada,,Colour,,,,2026-11-02 12:00,cancelled,
";

#[test]
fn services_are_known_again_by_code() {
    each_engine(&rooms(), |world| {
        assert_eq!(
            counts(&take(world, What::Services, SERVICES).unwrap()),
            (2, 0, 0, 0)
        );
        assert_eq!(
            counts(&take(world, What::Services, SERVICES).unwrap()),
            (0, 0, 2, 0)
        );
        let dearer = SERVICES.replace("¥168", "¥188");
        assert_eq!(
            counts(&take(world, What::Services, &dearer).unwrap()),
            (0, 1, 1, 0)
        );
        let cut = world
            .read(|tx, ctx| offers::service_by_code(tx, ctx, "CUT"))
            .unwrap();
        let cut = cut.unwrap();
        assert_eq!(
            (cut.price.minor, cut.minutes, cut.tax_permille),
            (18_800, 45, 60)
        );
        assert_eq!(
            (cut.name.zh.as_str(), cut.name.en.as_str()),
            ("剪发", "Cut")
        );
    });
}

#[test]
fn wrong_prices_and_durations_are_named_and_nothing_of_the_row_comes_in() {
    each_engine(&rooms(), |world| {
        let file = "code,name,minutes,price,currency
N,Nails,30,-5,
B,Brows,7,10.005,
L,Lashes,soon,20,yuan
";
        let report = take(world, What::Services, file).unwrap();
        assert_eq!(counts(&report), (0, 0, 0, 3));
        assert_eq!(
            lines(&report),
            [
                "row 2, price: An amount cannot be negative.",
                "row 3, price: “10.005” is no amount in CNY; write it as 1680.50.",
                "row 4, currency: “yuan” is no currency code of three letters, such as CNY.",
                "row 4, minutes: “soon” is no whole number from 0 to 1440.",
            ]
        );
        let all = world.read(|tx, ctx| offers::services(tx, ctx, &offers::Filter::default()));
        assert_eq!(all.unwrap(), []);
    });
}

#[test]
fn orders_of_the_past_come_in_once_with_customer_and_lines() {
    each_engine(&rooms(), |world| {
        take(world, What::Services, SERVICES).unwrap();
        assert_eq!(
            counts(&take(world, What::Orders, ORDERS).unwrap()),
            (4, 0, 0, 0)
        );
        assert_eq!(
            counts(&take(world, What::Orders, ORDERS).unwrap()),
            (0, 0, 4, 0)
        );
        let order = |id| {
            let found = world.read(|tx, ctx| orders::order_by_external_id(tx, ctx, id));
            found.unwrap().expect("it came in")
        };
        let (first, second) = (order("A-1"), order("A-2"));
        assert_eq!(first.customer, second.customer, "one phone is one customer");
        assert_eq!(first.total.minor, 16_800);
        assert_eq!(first.created.to_string(), "2026-11-01T02:00:00Z");
        let names = ["A-1", "A-2", "A-3", "A-4"].map(|id| order(id).state.name());
        assert_eq!(
            names,
            [
                StateName::Finished,
                StateName::Finished,
                StateName::NoShow,
                StateName::Cancelled
            ]
        );
        let page = world.read(|tx, ctx| orders::list(tx, ctx, &Filter::default(), None, 10));
        assert_eq!(page.unwrap().rows.len(), 4);
    });
}

#[test]
fn orders_that_cannot_have_been_are_refused() {
    each_engine(&rooms(), |world| {
        let file = "external_id,created,finished,price,service,staff,phone
1,2026-11-20 10:00,2026-11-20 09:00,,,,
2,2027-01-01,2027-01-02,,,,
3,1066-10-14,2026-01-01,,,,
4,20/11/2026,2026-11-20,-3,Cut,,
5,2026-11-20,2026-11-20,1,Cut,Nemo,12
,2026-11-20,2026-11-20,,,,
";
        let report = take(world, What::Orders, file).unwrap();
        assert_eq!(counts(&report), (0, 0, 0, 6));
        let all = lines(&report).join("\n");
        for part in [
            "row 2, finished: It ends before it begins.",
            "row 3, created: It has not happened yet",
            "row 4, created: “1066-10-14” is too far away",
            "row 5, created: “20/11/2026” is no date that can be read in only one way",
            "row 5, price: An amount cannot be negative.",
            "row 6, staff: Nobody here is called “Nemo”",
            "row 6, phone: “12” is no phone number",
            "row 7, external_id: It must not be empty.",
        ] {
            assert!(all.contains(part), "{part}\nis not in\n{all}");
        }
    });
}
