//! Fields of Lotus's own: what its people want to know of those they serve.

use fields::{Draft, Given, Kind, Pick, Subject};
use kernel::{Ctx, Currency, Fault};
use store::Tx;

use super::{Lotus, both, past::later};

/// How long ago the owner defined them, in days.
const DEFINED_DAYS_AGO: i64 = 60;
/// Every so many-th of the customers has something in them.
const EVERY: usize = 9;
const SKINS: [&str; 3] = ["dry", "oily", "sensitive"];

/// Defines the fields and fills some in.
pub fn write(tx: &mut Tx, ctx: &Ctx, lotus: &Lotus) -> Result<(), Fault> {
    let ctx = ctx.at(later(ctx.now, -1440 * DEFINED_DAYS_AGO));
    let skin = picks(&[
        ("dry", "干性", "Dry"),
        ("oily", "油性", "Oily"),
        ("sensitive", "敏感", "Sensitive"),
    ]);
    fields::define(
        tx,
        &ctx,
        draft(Subject::Customer, ("skin", "肤质", "Skin"), skin),
    )?;
    let allergies = Draft {
        kind: Kind::Text,
        personal: true,
        listed: false,
        ..draft(
            Subject::Customer,
            ("allergies", "过敏", "Allergies"),
            Vec::new(),
        )
    };
    fields::define(tx, &ctx, allergies)?;
    let occasion = picks(&[
        ("wedding", "婚礼", "Wedding"),
        ("birthday", "生日", "Birthday"),
        ("shoot", "拍摄", "Photo shoot"),
    ]);
    fields::define(
        tx,
        &ctx,
        draft(Subject::Order, ("occasion", "场合", "Occasion"), occasion),
    )?;
    let certificate = Draft {
        kind: Kind::Date,
        ..draft(
            Subject::Staff,
            ("certificate_until", "证书有效期", "Certificate until"),
            Vec::new(),
        )
    };
    fields::define(tx, &ctx, certificate)?;
    fill(tx, &ctx, lotus)
}

fn fill(tx: &mut Tx, ctx: &Ctx, lotus: &Lotus) -> Result<(), Fault> {
    let some = lotus.customers.iter().take(400).step_by(EVERY);
    for (at, customer) in some.enumerate() {
        let mut cells = vec![("skin".to_owned(), SKINS[at % SKINS.len()].to_owned())];
        if at % 5 == 0 {
            cells.push(("allergies".to_owned(), "对苯二胺（染发剂）".to_owned()));
        }
        let about = (Subject::Customer, customer.to_string());
        let given = Given::of_cells(cells);
        fields::fill(tx, ctx, (about.0, &about.1), &given, Currency::CNY)?;
    }
    for (at, person) in lotus
        .places
        .iter()
        .flat_map(|place| &place.staff)
        .enumerate()
    {
        let until = format!("2027-{:02}-28", at % 12 + 1);
        let given = Given::of_cells([("certificate_until".to_owned(), until)]);
        let about = (Subject::Staff, person.id.to_string());
        fields::fill(tx, ctx, (about.0, &about.1), &given, Currency::CNY)?;
    }
    Ok(())
}

fn draft(subject: Subject, (key, zh, en): (&str, &str, &str), picks: Vec<Pick>) -> Draft {
    Draft {
        subject,
        key: key.to_owned(),
        name: both(zh, en),
        kind: Kind::Choice,
        required: false,
        personal: false,
        listed: true,
        standard: String::new(),
        least: None,
        most: None,
        decimals: 0,
        picks,
    }
}

fn picks(all: &[(&str, &str, &str)]) -> Vec<Pick> {
    let pick = |(key, zh, en): &(&str, &str, &str)| Pick {
        key: (*key).to_owned(),
        zh: (*zh).to_owned(),
        en: (*en).to_owned(),
        offered: true,
    };
    all.iter().map(pick).collect()
}
