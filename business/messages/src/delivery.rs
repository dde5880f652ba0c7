//! Out of the house: mail through a server, texts through a gateway.

mod gateway;
mod letterhead;
mod mail;

pub(crate) use gateway::Gateways;
pub(crate) use letterhead::Letterhead;
pub(crate) use mail::Mailer;
pub use mail::check_mail;

use kernel::{Ctx, Fault};
use web::App;

use crate::{
    House,
    commands::{self, Outcome},
    model::{Gateway, Message, Settings, Way},
    queries,
};

/// Batches handed over in one round, so that a round ends.
const BATCHES_MAX: usize = 10;

/// Sends what is due. No transaction is open while another machine is spoken to.
pub(crate) fn deliver(app: &App, ctx: &Ctx) -> Result<(), Fault> {
    let house = House::of(app);
    let round = ctx.clone();
    app.db.write(move |tx| commands::give_up_lost(tx, &round))?;
    let reader = ctx.clone();
    let settings = app.db.read(move |tx| queries::settings(tx, &reader))?;
    let mut doors = Doors::open(app, ctx, &house, settings);
    for _ in 0..BATCHES_MAX {
        let round = ctx.clone();
        let due = app.db.write(move |tx| commands::claim_due(tx, &round))?;
        if due.is_empty() {
            break;
        }
        for message in due {
            let outcome = doors.hand_over(&message);
            if let Outcome::Postponed(reason) | Outcome::Refused(reason) = &outcome {
                tracing::warn!(message = %message.id, way = message.way.as_str(), %reason,
                    "a message was not taken");
            }
            let after = ctx.at(app.clock.now());
            app.db
                .write(move |tx| commands::settle(tx, &after, &message, &outcome))?;
        }
    }
    Ok(())
}

/// The ways out, opened when the first message needs them.
struct Doors {
    mail: Result<Mailer, String>,
    gateway: Option<(Gateways, Gateway)>,
}

impl Doors {
    fn open(app: &App, ctx: &Ctx, house: &House, settings: Settings) -> Self {
        let outside = &app.config.outside;
        let name = (!settings.sender.is_empty()).then(|| settings.sender.clone());
        let name = name.or_else(|| business_name(app, ctx)).unwrap_or_default();
        let mail = if house.sends_mail {
            Mailer::open(outside, &name, settings.reply_to.as_deref())
                .map(|mailer| mailer.under(letterhead(app, ctx, &name)))
        } else {
            Err("no mail server is set".to_owned())
        };
        let gateways = Gateways::new(outside.private_targets);
        Self {
            mail,
            gateway: settings.gateway.map(|gateway| (gateways, gateway)),
        }
    }

    fn hand_over(&mut self, message: &Message) -> Outcome {
        match message.way {
            Way::Mail => match &self.mail {
                Ok(mailer) => mailer.send(message),
                Err(reason) => Outcome::Postponed(reason.clone()),
            },
            Way::Text => match &self.gateway {
                Some((gateways, gateway)) => gateways.send(gateway, message),
                None => Outcome::Postponed("no gateway is set".to_owned()),
            },
        }
    }
}

/// The business's logo. Mail leaves without it when it cannot be had.
fn letterhead(app: &App, ctx: &Ctx, name: &str) -> Option<Letterhead> {
    let found = app.db.read(|tx| organisation::logo(tx, ctx.org));
    let file = found.ok().flatten()?;
    let copy = file.copy(files::Size::Small)?;
    let key = files::Key {
        org: ctx.org,
        hash: &copy.hash,
    };
    let bytes = files::Place::of(app).and_then(|place| place.get(key, ctx.now));
    match bytes {
        Ok(bytes) => Some(Letterhead {
            business: name.to_owned(),
            media_type: file.media_type,
            width: copy.width,
            height: copy.height,
            bytes: bytes?,
        }),
        Err(fault) => {
            tracing::warn!(?fault, "the logo could not be read for a mail");
            None
        }
    }
}

fn business_name(app: &App, ctx: &Ctx) -> Option<String> {
    let org = ctx.org;
    let found = app.db.read(move |tx| organisation::organisation(tx, org));
    found.ok().map(|it| it.name.get(ctx.locale).to_owned())
}
