//! A past of the demonstration, as files that `steward import` takes in: the same rows each time.

use std::{fmt::Write, fs, ops::Range, path::Path};

use jiff::{ToSpan, civil::DateTime};

use crate::load::customer_of;

/// Customers who come to the demonstration; each order is one of theirs.
const CUSTOMERS: usize = 50_000;
/// Each file of orders reaches back so far, and ends where the demonstration's own past begins.
const PAST_DAYS: i64 = 3_650;
const OWN_PAST_DAYS: i64 = 20;
const OPENS_HOUR: i8 = 9;
const OPEN_MINUTES: u64 = 540;

/// What is sold at a site, and by whom.
struct Shop {
    site: &'static str,
    services: [&'static str; 4],
    staff: [&'static str; 4],
}

const SHOPS: [Shop; 3] = [
    Shop {
        site: "riverside",
        services: ["CUT-S", "CUT-L", "BLOW+SHAMP", "CUT-S+SHAMP+OIL"],
        staff: ["Li Mei", "Jonas Weber", "Aiko Tanaka", "Wang Hao"],
    },
    Shop {
        site: "canal-street",
        services: ["PUMP", "DESC", "PHONE+FILTER", "BIKE"],
        staff: ["Tariq Aziz", "Zhou Lin", "Emre Kaya", "He Wei"],
    },
    Shop {
        site: "ribeira",
        services: ["CORTE", "BARBA", "COR", "CABECA"],
        staff: ["Marta Silva", "João Reis", "Rita Lopes", "Ana Moura"],
    },
];

/// A number that looks drawn, the same one for the same row.
const fn drawn(row: usize) -> u64 {
    let mixed = (row as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn written(file: &Path, text: &str) -> Result<(), String> {
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}

/// Writes down those whom the load then takes orders for.
pub fn customers(file: &Path, count: usize) -> Result<(), String> {
    let mut text = String::from("external_id,name,phone\n");
    for number in 0..count {
        let (name, phone) = customer_of(number);
        let _ = writeln!(text, "K{number},{name},{phone}");
    }
    written(file, &text)
}

/// Writes these orders down, spread evenly over the years.
pub fn orders(file: &Path, rows: Range<usize>) -> Result<(), String> {
    let today = jiff::Zoned::now().date();
    let first = today - (OWN_PAST_DAYS + PAST_DAYS).days();
    let mut text = String::from(
        "external_id,site,kind,channel,created,customer_external_id,service,staff,\
         booked_for,booked_until,arrived,started,finished,state\n",
    );
    let count = rows.len().max(1);
    for (at, row) in rows.enumerate() {
        let day = i64::try_from(at).unwrap_or(0) * PAST_DAYS / i64::try_from(count).unwrap_or(1);
        text.push_str(&order(row, (first + day.days()).at(OPENS_HOUR, 0, 0, 0)));
    }
    written(file, &text)
}

/// A row: booked two days before, or walked in; most are served, some call off or stay away.
fn order(row: usize, opens: DateTime) -> String {
    let draw = drawn(row);
    let below = |shift: u32, most: usize| ((draw >> shift) % most as u64) as usize;
    let shop = &SHOPS[below(0, SHOPS.len())];
    let (service, staff) = (shop.services[below(8, 4)], shop.staff[below(12, 4)]);
    let starts = opens
        + i64::try_from((draw >> 16) % OPEN_MINUTES)
            .unwrap_or(0)
            .minutes();
    let ends = starts + 45.minutes();
    let is_booked = below(32, 3) > 0;
    let (kind, channel) = if is_booked {
        ("booking", "online")
    } else {
        ("walk_in", "desk")
    };
    let created = if is_booked { starts - 2.days() } else { starts };
    let (booked_for, booked_until) = match is_booked {
        true => (starts.to_string(), ends.to_string()),
        false => Default::default(),
    };
    let (state, was_served) = match below(40, 20) {
        0 if is_booked => ("no_show", false),
        1 => ("cancelled", false),
        _ => ("finished", true),
    };
    let times = if was_served {
        format!("{starts},{starts},{ends}")
    } else {
        ",,".to_owned()
    };
    format!(
        "P{row},{},{kind},{channel},{created},K{},{service},{staff},\
         {booked_for},{booked_until},{times},{state}\n",
        shop.site,
        (draw >> 44) as usize % CUSTOMERS,
    )
}

#[cfg(test)]
mod tests {
    use super::order;
    use jiff::civil::date;

    #[test]
    fn a_row_is_the_same_each_time_and_rows_differ() {
        let opens = date(2020, 3, 2).at(9, 0, 0, 0);
        assert_eq!(order(7, opens), order(7, opens));
        assert_ne!(order(7, opens), order(8, opens));
        let commas: Vec<usize> = (0..500)
            .map(|row| order(row, opens).matches(',').count())
            .collect();
        assert!(commas.iter().all(|count| *count == 13), "{commas:?}");
    }
}
