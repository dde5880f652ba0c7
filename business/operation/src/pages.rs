//! What is seen of how the program is doing.

use kernel::{Locale, TimeZone, Timestamp, format};
use maud::{Markup, html};
use ui::Tone;
use web::{Backlog, JobState};

use crate::{
    backup::{Failed, Good, Last},
    health::{Health, Keeping, Name, Trouble},
};

/// Whose language and clock the page speaks by.
struct View<'a> {
    locale: Locale,
    zone: &'a TimeZone,
}

/// The page *Health*.
pub(crate) fn health(locale: Locale, zone: &TimeZone, now: Timestamp, health: &Health) -> Markup {
    let view = View { locale, zone };
    let troubles = health.troubles(now);
    html! {
        (ui::stack(html! {
            (verdict(locale, &troubles))
            (figures(locale, health))
            (view.backups(&health.keeping))
            (view.queues(&health.queues))
            (view.jobs(&health.jobs))
            (view.slow(health))
            (versions(locale, health))
        }))
    }
}

fn verdict(locale: Locale, troubles: &[Trouble]) -> Markup {
    let tone = troubles.first().map_or(Tone::Ok, |worst| worst.tone);
    ui::note(
        tone,
        html! {
            @if troubles.is_empty() { p { (locale.t("operation-all-well")) } }
            @for trouble in troubles {
                p { (locale.tx(trouble.key, &[("name", named(locale, &trouble.name).into())])) }
            }
        },
    )
}

/// What a job does, in words; one without words keeps its name in the log.
pub fn job_words(locale: Locale, name: &str) -> String {
    let parts = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let key: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let words = [("job", key.join("-").into()), ("name", name.into())];
    locale.tx("operation-job-name", &words)
}

/// A queue and a job are called by their words.
fn named(locale: Locale, name: &str) -> String {
    match name.ends_with("-menu") {
        true => locale.t(name),
        false => job_words(locale, name),
    }
}

fn figures(locale: Locale, health: &Health) -> Markup {
    let figure = |key: &str, value: &str| ui::stat(&locale.t(key), value, "", "", Tone::Neutral);
    let or_unknown = |bytes: Option<i64>| bytes.map_or_else(|| "–".to_owned(), size);
    let free = health
        .disk_free_bytes
        .and_then(|free| i64::try_from(free).ok());
    ui::stats(
        &locale.t("operation-figures"),
        html! {
            (figure("operation-database-size", &size(health.database_bytes)))
            (figure("operation-disk-free", &or_unknown(free)))
            (figure("operation-memory", &or_unknown(health.resident_bytes)))
            (figure("operation-live", &format::number(health.live_connections)))
        },
    )
}

/// Bytes as people say them: 3.4 MB.
fn size(bytes: i64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    let (mut tenths, mut unit) = (bytes.max(0) / 100, UNITS[0]);
    for larger in &UNITS[1..] {
        if tenths < 10_000 {
            break;
        }
        (tenths, unit) = (tenths / 1000, larger);
    }
    match tenths {
        0..100 => format!("{}.{} {unit}", tenths / 10, tenths % 10),
        _ => format!("{} {unit}", tenths / 10),
    }
}

impl View<'_> {
    fn moment(&self, at: Timestamp) -> String {
        let local = at.to_zoned(self.zone.clone());
        let day = format::date(self.locale, local.date());
        format!("{day} {}", format::time(local.time()))
    }

    fn backups(&self, keeping: &Keeping) -> Markup {
        let locale = self.locale;
        let title = locale.t("operation-backups");
        match keeping {
            Keeping::Elsewhere => ui::card(
                &title,
                html! {},
                html! { p { (locale.t("operation-backups-elsewhere")) } },
            ),
            Keeping::Here { plan, last } => {
                let planned = match plan {
                    Some(plan) => locale.tx(
                        "operation-plan",
                        &[
                            ("hours", i64::try_from(plan.every_hours).unwrap_or(0).into()),
                            ("keep", plan.keep.into()),
                        ],
                    ),
                    None => locale.t("operation-no-plan"),
                };
                ui::card(
                    &title,
                    backup_badge(locale, last),
                    html! {
                        (ui::kv(&self.backup_facts(last, planned)))
                        p class="mt muted sm" { (locale.t("operation-drill")) }
                    },
                )
            }
        }
    }

    fn backup_facts(&self, last: &Last, planned: String) -> Vec<(String, Markup)> {
        let locale = self.locale;
        let mut facts = vec![(locale.t("operation-planned"), html! { (planned) })];
        if let Some(Good {
            at,
            file,
            bytes,
            milliseconds,
            is_sealed,
        }) = &last.good
        {
            let sealed = match is_sealed {
                true => "operation-sealed",
                false => "operation-not-sealed",
            };
            let seconds = format!("{}.{} s", milliseconds / 1000, milliseconds % 1000 / 100);
            let bytes = i64::try_from(*bytes).unwrap_or(i64::MAX);
            let words = [self.moment(*at), size(bytes), seconds, locale.t(sealed)];
            facts.push((
                locale.t("operation-last-good"),
                html! { (words.join(" · ")) },
            ));
            let file = file.file_name().unwrap_or_default().to_string_lossy();
            facts.push((locale.t("operation-file"), html! { code { (file) } }));
        }
        if let Some(Failed { at, reason }) = &last.failed {
            facts.push((
                locale.t("operation-last-failed"),
                html! { (self.moment(*at)) " · " (ui::lang_run(Locale::En, reason)) },
            ));
        }
        facts
    }

    fn queues(&self, queues: &[(Name, Backlog)]) -> Markup {
        let locale = self.locale;
        let head = [
            ui::head(locale.t("operation-queue")),
            ui::head(locale.t("operation-waiting")).number(),
            ui::head(locale.t("operation-overdue")).drop(1),
            ui::head(locale.t("operation-given-up")).number(),
        ];
        let row = |(name, backlog): &(Name, Backlog)| {
            let overdue = backlog.overdue_since.map(|since| self.moment(since));
            ui::row(vec![
                html! { (locale.t(name.label_key)) },
                html! { (format::number(backlog.waiting)) },
                html! { (overdue.unwrap_or_else(|| "–".to_owned())) },
                html! { (format::number(backlog.failed)) },
            ])
            .href(name.path)
        };
        let rows: Vec<_> = queues.iter().map(row).collect();
        ui::card(
            &locale.t("operation-queues"),
            html! {},
            html! {
                @if rows.is_empty() { p class="muted" { (locale.t("operation-no-queues")) } }
                @else { (ui::table(&head, &rows)) }
            },
        )
    }

    fn jobs(&self, jobs: &[(&'static str, JobState)]) -> Markup {
        let locale = self.locale;
        let head = [
            ui::head(locale.t("operation-job")),
            ui::head(locale.t("operation-last-run")).drop(1),
            ui::head(locale.t("operation-took")).number().drop(1),
            ui::head(locale.t("operation-outcome")),
        ];
        let row = |(name, state): &(&'static str, JobState)| {
            let (tone, key) = match state.is_well {
                true => (Tone::Ok, "operation-well"),
                false => (Tone::Danger, "operation-failed"),
            };
            ui::row(vec![
                html! { (job_words(locale, name)) },
                html! { (self.moment(state.at)) },
                html! { (state.took.as_millis()) " ms" },
                ui::badge(tone, tone.icon(), &locale.t(key)),
            ])
        };
        let rows: Vec<_> = jobs.iter().map(row).collect();
        ui::card(
            &locale.t("operation-jobs"),
            html! {},
            html! {
                @if rows.is_empty() { p class="muted" { (locale.t("operation-no-jobs")) } }
                @else { (ui::table(&head, &rows)) }
            },
        )
    }

    fn slow(&self, health: &Health) -> Markup {
        let locale = self.locale;
        let head = [
            ui::head(locale.t("operation-command")),
            ui::head(locale.t("operation-when")).drop(1),
            ui::head(locale.t("operation-took")).number(),
        ];
        let rows: Vec<_> = health
            .slow
            .iter()
            .map(|slow| {
                ui::row(vec![
                    ui::lang_run(Locale::En, slow.name),
                    html! { (self.moment(slow.at)) },
                    html! { (slow.took.as_millis()) " ms" },
                ])
            })
            .collect();
        ui::card(
            &locale.t("operation-slow"),
            html! {},
            html! {
                @if rows.is_empty() { p class="muted" { (locale.t("operation-none-slow")) } }
                @else { (ui::table(&head, &rows)) }
            },
        )
    }
}

fn backup_badge(locale: Locale, last: &Last) -> Markup {
    let (tone, key) = match (&last.failed, &last.good) {
        (Some(_), _) => (Tone::Danger, "operation-failed"),
        (None, Some(_)) => (Tone::Ok, "operation-well"),
        (None, None) => (Tone::Warn, "operation-none"),
    };
    ui::badge(tone, tone.icon(), &locale.t(key))
}

fn versions(locale: Locale, health: &Health) -> Markup {
    let running = format::minutes(locale, health.running_minutes);
    ui::card(
        &locale.t("operation-versions"),
        html! {},
        ui::kv(&[
            (
                locale.t("operation-program"),
                html! { "Steward " (env!("CARGO_PKG_VERSION")) },
            ),
            (locale.t("operation-database"), html! { (health.database) }),
            (locale.t("operation-running"), html! { (running) }),
        ]),
    )
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn bytes_are_said_in_the_unit_that_fits() {
        let said = [
            (0, "0.0 kB"),
            (3_400, "3.4 kB"),
            (950_000, "950 kB"),
            (1_200_000, "1.2 MB"),
        ];
        for (bytes, words) in said {
            assert_eq!(size(bytes), words);
        }
        assert_eq!(size(2_500_000_000), "2.5 GB");
    }
}
