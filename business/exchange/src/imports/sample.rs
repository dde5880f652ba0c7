//! Sample files: the headings of a kind in the reader's language, and rows as they may look.

use kernel::Locale;
use web::Column;

use crate::model::What;

/// What a column of ours is called.
pub fn label(locale: Locale, name: &str) -> String {
    locale.tx("exchange-column", &[("name", name.into())])
}

type Cells = &'static [&'static str];

/// Columns, and rows under them.
type Sample = (Cells, &'static [Cells]);

const SERVICES: Sample = (
    &[
        "code",
        "name_zh",
        "name_en",
        "family",
        "minutes",
        "price",
        "tax_percent",
        "skills",
    ],
    &[
        &["CUT", "", "Cut", "hair", "45", "168.00", "6", "cut"],
        &[
            "COL", "", "Colour", "colour", "120", "680.00", "6", "colour",
        ],
    ],
);
const STAFF: Sample = (
    &["external_id", "name", "reading", "sites", "skills"],
    &[
        &["E-01", "Lin Mei", "Lin Mei", "", "cut; colour"],
        &["E-02", "Wang Qiang", "Wang Qiang", "", "cut"],
    ],
);
const CUSTOMERS: Sample = (
    &[
        "external_id",
        "name",
        "phone",
        "email",
        "language",
        "level",
        "note",
    ],
    &[
        &[
            "C-001",
            "Chen Yutong",
            "13800132047",
            "",
            "zh-CN",
            "vip",
            "",
        ],
        &[
            "C-002",
            "Ada Lovelace",
            "+351 912 345 678",
            "ada@example.com",
            "en",
            "",
            "",
        ],
    ],
);
const ORDERS: Sample = (
    &[
        "external_id",
        "created",
        "customer",
        "phone",
        "service",
        "arrived",
        "started",
        "finished",
    ],
    &[&[
        "A-1001",
        "2026-11-01 10:00",
        "Chen Yutong",
        "13800132047",
        "Cut",
        "2026-11-01 10:00",
        "2026-11-01 10:10",
        "2026-11-01 10:55",
    ]],
);
const HISTORY: Sample = (
    &["case", "activity", "start", "complete", "resource"],
    &[
        &[
            "1",
            "Wash",
            "2026-11-01 10:00",
            "2026-11-01 10:10",
            "Lin Mei",
        ],
        &[
            "1",
            "Cut",
            "2026-11-01 10:10",
            "2026-11-01 10:50",
            "Lin Mei",
        ],
    ],
);

fn rows(what: What) -> Sample {
    match what {
        What::Services => SERVICES,
        What::Staff => STAFF,
        What::Customers => CUSTOMERS,
        What::Orders => ORDERS,
        What::History => HISTORY,
    }
}

/// The columns and rows of a sample; fields of the business's own are columns without values.
pub fn sample(
    what: What,
    fields: &[fields::Field],
    locale: Locale,
) -> (Vec<Column<Cells>>, Vec<Cells>) {
    let (names, rows) = rows(what);
    let fixed = names.iter().enumerate().map(|(at, name)| {
        Column::new(label(locale, name), move |row: &Cells| {
            row.get(at).copied().unwrap_or_default()
        })
    });
    let own = fields
        .iter()
        .map(|field| Column::new(field.label(locale), |_: &Cells| ""));
    (fixed.chain(own).collect(), rows.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns;

    #[test]
    fn every_column_is_found_again_by_its_name_in_either_language() {
        web::install_texts(&[crate::room()]);
        let mut lost = Vec::new();
        for what in What::ALL {
            for (name, _) in columns::offered(what, &[]) {
                for locale in Locale::ALL {
                    let label = label(locale, &name);
                    if columns::guess(what, &[], &label).as_ref() != Some(&name) {
                        lost.push(format!("{what:?} {name}: {label}"));
                    }
                }
            }
        }
        assert_eq!(lost, Vec::<String>::new());
    }
}
