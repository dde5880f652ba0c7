//! The rules by which the order is made.

use kernel::Fault;
use web::{App, Form, Me, Page, Reply, SettingChanges, State};

use super::spoken;
use crate::model::Rules;
use crate::pages::rules::{self, RulesView};
use crate::{LINES, VIEW, commands, queries};

const NAMES: [&str; 6] = [
    "booked_head_minutes",
    "booked_grace_minutes",
    "priority_head_minutes",
    "transfer_keeps_percent",
    "break_minutes",
    "desk_numbers",
];

async fn view(app: &App, me: &Me) -> Result<RulesView, Fault> {
    let (ctx, site) = (me.ctx.clone(), me.site()?.clone());
    let locale = me.look.locale;
    app.read(move |tx| {
        ctx.require_at(VIEW, site.id)?;
        let (rules, version) = queries::rules(tx, &ctx, site.id)?;
        let changes = SettingChanges::read(tx, &ctx, site.id, &NAMES)?;
        let changed = NAMES.map(|name| changes.of(name, locale, &site.zone));
        Ok(RulesView {
            rules,
            version,
            changed: changed.to_vec(),
            may_edit: ctx.may(LINES) && ctx.sites.includes(site.id),
            may_link: ctx.may(crate::DEVICES),
            faults: Vec::new(),
            typed: Vec::new(),
        })
    })
    .await
}

pub(super) async fn page(State(app): State<App>, me: Me) -> Reply {
    let view = view(&app, &me).await?;
    let locale = me.look.locale;
    let page = Page::new(locale.t("queue-rules-title"));
    web::page(&me, page, rules::page(locale, &view))
}

/// The rules as typed; one of them set back, or all of them.
fn read(form: &mut Form, kept: Rules) -> Rules {
    let standard = Rules::default();
    match form.typed("reset").to_owned().as_str() {
        "booked_head_minutes" => Rules {
            booked_head_minutes: standard.booked_head_minutes,
            ..kept
        },
        "booked_grace_minutes" => Rules {
            booked_grace_minutes: standard.booked_grace_minutes,
            ..kept
        },
        "priority_head_minutes" => Rules {
            priority_head_minutes: standard.priority_head_minutes,
            ..kept
        },
        "transfer_keeps_percent" => Rules {
            transfer_keeps_percent: standard.transfer_keeps_percent,
            ..kept
        },
        "break_minutes" => Rules {
            break_minutes: standard.break_minutes,
            ..kept
        },
        "desk_numbers" => Rules {
            desk_numbers: standard.desk_numbers,
            ..kept
        },
        _ => Rules {
            booked_head_minutes: form.int("booked_head_minutes", 0, 60),
            booked_grace_minutes: form.int("booked_grace_minutes", 0, 60),
            priority_head_minutes: form.int("priority_head_minutes", 0, 240),
            transfer_keeps_percent: form.int("transfer_keeps_percent", 0, 100),
            break_minutes: form.int("break_minutes", 5, 120),
            desk_numbers: form.flag("desk_numbers"),
        },
    }
}

pub(super) async fn save(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let locale = me.look.locale;
    let mut view = view(&app, &me).await?;
    let version = form.int("version", 0, i64::MAX);
    let rules = read(&mut form, view.rules);
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::change_rules(tx, &ctx, site, &rules, version))
                .await
        }
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => web::done("/queue/rules", &locale.t("queue-rules-saved")),
        Err(fault) if fault.kind == kernel::FaultKind::Invalid => {
            view.faults = spoken(&fault, locale);
            view.typed = form.values().to_vec();
            let page = Page::new(locale.t("queue-rules-title"));
            web::unprocessable(&me, page, rules::page(locale, &view))
        }
        Err(fault) => Err(fault.into()),
    }
}
