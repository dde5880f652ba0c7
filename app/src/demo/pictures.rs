//! The pictures of Lotus, drawn for the demonstration: its logo, services, portraits.

use files::{Place, Shelf, Target};
use kernel::{Ctx, Fault};
use store::Db;

use super::Lotus;

/// Codes of services, and the picture of each.
const SERVICES: [(&str, &[u8]); 12] = [
    ("CUT-S", include_bytes!("pictures/service-cut.webp")),
    ("BLOW", include_bytes!("pictures/service-blow.webp")),
    ("CUT-C", include_bytes!("pictures/service-colour.webp")),
    ("SCALP", include_bytes!("pictures/service-scalp.webp")),
    ("STONE", include_bytes!("pictures/service-stone.webp")),
    ("AROMA", include_bytes!("pictures/service-aroma.webp")),
    ("PUMP", include_bytes!("pictures/service-pump.webp")),
    ("PHONE", include_bytes!("pictures/service-phone.webp")),
    ("BIKE", include_bytes!("pictures/service-bike.webp")),
    ("TASTE", include_bytes!("pictures/service-taste.webp")),
    ("CORTE", include_bytes!("pictures/service-cut.webp")),
    ("COR", include_bytes!("pictures/service-colour.webp")),
];

/// Readings of names, and the portrait of each.
const STAFF: [(&str, &[u8]); 6] = [
    ("Li Mei", include_bytes!("pictures/staff-li-mei.webp")),
    (
        "Jonas Weber",
        include_bytes!("pictures/staff-jonas-weber.webp"),
    ),
    (
        "Aiko Tanaka",
        include_bytes!("pictures/staff-aiko-tanaka.webp"),
    ),
    ("Wang Hao", include_bytes!("pictures/staff-wang-hao.webp")),
    (
        "Chen Suyin",
        include_bytes!("pictures/staff-chen-suyin.webp"),
    ),
    (
        "Priya Nair",
        include_bytes!("pictures/staff-priya-nair.webp"),
    ),
];

const LOGO: &[u8] = include_bytes!("pictures/logo.webp");

/// Puts every picture where it belongs.
pub fn hang(db: &Db, place: &Place, ctx: &Ctx, lotus: &Lotus) -> Result<(), Fault> {
    let hang = |shelf: Shelf, owner: String, picture: &[u8]| {
        let picture = files::prepare("lotus.webp", picture.to_vec())?;
        let part = None;
        let target = Target { shelf, owner, part };
        files::keep(db, place, ctx, &target, vec![picture]).map(|_| ())
    };
    hang(organisation::LOGO, ctx.org.to_string(), LOGO)?;
    for service in lotus.places.iter().flat_map(|place| &place.services) {
        if let Some((_, picture)) = SERVICES.iter().find(|(code, _)| *code == service.code) {
            hang(offers::SHELF, service.id.to_string(), picture)?;
        }
    }
    for person in lotus.places.iter().flat_map(|place| &place.staff) {
        if let Some((_, picture)) = STAFF.iter().find(|(name, _)| *name == person.reading) {
            hang(people::PORTRAIT, person.id.to_string(), picture)?;
        }
    }
    Ok(())
}
