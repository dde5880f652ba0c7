//! Sample files: the headings of a kind in the reader's language, and rows as they may look.

use kernel::Locale;
use web::Column;

use crate::model::What;

/// What a column of ours is called.
pub fn label(locale: Locale, name: &str) -> String {
    locale.tx("exchange-column", &[("name", name.into())])
}

/// The rows of a sample, each in the order of the columns given.
fn rows(what: What) -> (&'static [&'static str], &'static [&'static [&'static str]]) {
    match what {
        What::Services => (
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
                &["CUT", "剪发", "Cut", "hair", "45", "168.00", "6", "cut"],
                &[
                    "COL", "染发", "Colour", "colour", "120", "680.00", "6", "colour",
                ],
            ],
        ),
        What::Staff => (
            &["external_id", "name", "reading", "sites", "skills"],
            &[
                &["E-01", "林美", "Lin Mei", "", "cut; colour"],
                &["E-02", "王强", "Wang Qiang", "", "cut"],
            ],
        ),
        What::Customers => (
            &[
                "external_id",
                "name",
                "reading",
                "phone",
                "email",
                "language",
                "level",
                "note",
            ],
            &[
                &[
                    "C-001",
                    "陈雨桐",
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
                    "",
                    "+351 912 345 678",
                    "ada@example.com",
                    "en",
                    "",
                    "",
                ],
            ],
        ),
        What::Orders => (
            &[
                "external_id",
                "created",
                "customer",
                "phone",
                "service",
                "staff",
                "arrived",
                "started",
                "finished",
                "state",
            ],
            &[&[
                "A-1001",
                "2026-11-01 10:00",
                "陈雨桐",
                "13800132047",
                "剪发",
                "",
                "2026-11-01 10:00",
                "2026-11-01 10:10",
                "2026-11-01 10:55",
                "finished",
            ]],
        ),
        What::History => (
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
        ),
    }
}

type Cells = &'static [&'static str];

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
