//! By when enquiries are answered: the settings.

use kernel::{Fault, FaultKind};
use web::{App, Fields, Form, Me, Page, Reply, SettingChanges, State, done, page};

use super::zone;
use crate::{
    commands,
    model::{Level, TARGET_MINUTES, Targets},
    pages, queries,
};

const NAMES: [&str; 3] = ["enquiry_normal", "enquiry_high", "enquiry_urgent"];

pub(super) async fn show(State(app): State<App>, me: Me) -> Reply {
    answer(&app, &me, None).await
}

async fn answer(app: &App, me: &Me, typed: Option<(&Fields, &Fault)>) -> Reply {
    let ctx = me.ctx.clone();
    let (targets, changes) = app
        .read(move |tx| {
            let changes = SettingChanges::read(tx, &ctx, ctx.org, &NAMES)?;
            Ok((queries::targets(tx, &ctx)?, changes))
        })
        .await?;
    let (locale, zone) = (me.look.locale, zone(me));
    let changed = NAMES.map(|name| changes.of(name, locale, &zone));
    let shown = Page::new(locale.t("enquiries-targets")).still();
    let body = pages::targets(locale, &targets, &changed, typed);
    match typed {
        None => page(me, shown, body),
        Some(_) => web::unprocessable(me, shown, body),
    }
}

pub(super) async fn save(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let reset = Level::parse(form.typed("reset"));
    let ctx = me.ctx.clone();
    let now = app.read(move |tx| queries::targets(tx, &ctx)).await?;
    let mut new: Targets = now;
    match reset {
        Some(level) => new.0[level as usize] = level.standard_minutes(),
        None => {
            for level in Level::ALL {
                let (least, most) = TARGET_MINUTES;
                new.0[level as usize] = form.int(level.as_str(), least, most);
            }
        }
    }
    let ctx = me.ctx.clone();
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::set_targets(tx, &ctx, &new))
                .await
        }
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => done(
            "/enquiries/targets",
            &me.look.locale.t("enquiries-told-targets"),
        ),
        Err(fault) if fault.kind == FaultKind::Invalid => {
            answer(&app, &me, Some((&form.0, &fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}
