//! The same shop in the program: the same asks as commands, and what stands in the database.

use blueprints::{Body, Lane, NewBlueprint, Phase};
use kernel::{
    Bilingual, Ctx, Currency, Fault, Span, Timestamp,
    ids::{BlueprintId, OrderId, ServiceId, SiteId, StaffId, StepId},
};
use offers::{Family, Service};
use orders::{Kind, NewLine, NewOrder, Reschedule, WantedSlot};
use queue::{
    Stage, Ticket, WalkIn,
    commands::{CounterDraft, LineDraft},
    queries::CounterId,
};
use store::{Tx, params};
use testing::{World, at};

use super::{
    Seen,
    book::{self, Claim, PEOPLE, Standing},
    paper::{Ask, StepAct, Wish},
};

/// Who and what is there, and the orders of one day.
#[derive(Clone)]
pub struct House {
    site: SiteId,
    staff: Vec<StaffId>,
    counters: Vec<CounterId>,
    services: [ServiceId; 2],
    morning: Timestamp,
    minute: i64,
    pub orders: Vec<OrderId>,
}

fn later(from: Timestamp, minutes: i64) -> Timestamp {
    let moved = Timestamp::from_microsecond(from.as_microsecond() + minutes * 60_000_000);
    moved.expect("a minute of that day")
}

fn hire(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<StaffId>, Fault> {
    let mut ids = Vec::new();
    for (place, person) in PEOPLE.iter().enumerate() {
        let fields = |skills: &[&str]| people::StaffFields {
            name: format!("Person {place}"),
            reading: format!("Person {place}"),
            sites: vec![site],
            skills: skills.iter().map(ToString::to_string).collect(),
            external_id: None,
        };
        // Equals are chosen in the order of their ids, which follow the clock.
        let ctx = &ctx.at(later(ctx.now, place as i64));
        let skills: &[&str] = match person.facials {
            true => &["hair", "skin"],
            false => &["hair"],
        };
        ids.push(people::create_staff(tx, ctx, fields(skills))?.id);
    }
    Ok(ids)
}

/// Three steps, one after the other.
fn blueprint(tx: &mut Tx, ctx: &Ctx) -> Result<BlueprintId, Fault> {
    let mut body = Body {
        phases: vec![Phase {
            key: "visit".to_owned(),
            name: Bilingual::new("到店", "Visit"),
        }],
        ..Body::default()
    };
    for key in ["consult", "cut", "finish"] {
        let name = Bilingual::new(key, key);
        let step = blueprints::Step::new(key, "visit", Lane::Frontstage, name);
        body.steps.push(step);
    }
    let name = Bilingual::new("剪发", "Cut");
    let made = blueprints::create(tx, ctx, NewBlueprint { name, body })?;
    blueprints::publish(tx, ctx, made.id, made.version)?;
    Ok(made.id)
}

fn sell(tx: &mut Tx, ctx: &Ctx, facial: bool) -> Result<ServiceId, Fault> {
    let mut service = Service::new(ctx.id(), Currency::CNY);
    (
        service.buffer_before_minutes,
        service.minutes,
        service.buffer_after_minutes,
    ) = book::minutes(facial);
    service.name = Bilingual::new("服务", if facial { "Facial" } else { "Cut" });
    if facial {
        service.family = Family::Spa;
        service.skills = vec!["skin".to_owned()];
        service.resources = vec!["room".to_owned()];
    } else {
        service.skills = vec!["hair".to_owned()];
        service.blueprint = Some(blueprint(tx, ctx)?);
    }
    Ok(offers::save_service(tx, ctx, &service)?.id)
}

/// The shop in a world.
pub fn open(world: &World) -> House {
    let site = world.site.id;
    let house = world.write(move |tx, ctx| {
        for code in ["hair", "skin"] {
            people::save_skill(tx, ctx, code, &Bilingual::new(code, code))?;
        }
        for (code, families) in [("A", vec![]), ("B", vec!["spa".to_owned()])] {
            let draft = LineDraft {
                families,
                ..LineDraft::new(code, Bilingual::new(code, code))
            };
            queue::commands::add_line(tx, ctx, site, &draft)?;
        }
        let room = capacity::ResourceFields {
            site,
            kind: "room".to_owned(),
            name: Bilingual::new("房", "Room"),
        };
        capacity::create_resource(tx, ctx, room)?;
        let staff = hire(tx, ctx, site)?;
        let mut counters = Vec::new();
        for person in &staff {
            let draft = CounterDraft {
                name: Bilingual::new("台", "Chair"),
                lines: Vec::new(),
            };
            let counter = queue::commands::add_counter(tx, ctx, site, &draft)?;
            queue::commands::sit(tx, ctx, counter, Some(*person))?;
            counters.push(counter);
        }
        Ok(House {
            site,
            staff,
            counters,
            services: [sell(tx, ctx, false)?, sell(tx, ctx, true)?],
            morning: at("2026-11-22T09:00+08:00"),
            minute: 0,
            orders: Vec::new(),
        })
    });
    house.expect("the shop opens")
}

impl House {
    /// The shop on a day of its own, with everybody's shift.
    pub fn on_day(&self, tx: &mut Tx, ctx: &Ctx, day: i64) -> Result<House, Fault> {
        let morning = later(self.morning, day * 24 * 60);
        let ctx = &ctx.at(morning);
        for (who, person) in self.staff.iter().zip(PEOPLE) {
            let span = Span::new(later(morning, person.from), later(morning, person.to));
            people::add_shift(tx, ctx, *who, self.site, span.expect("forwards"))?;
        }
        Ok(House {
            morning,
            ..self.clone()
        })
    }

    fn ctx(&self, ctx: &Ctx) -> Ctx {
        ctx.at(later(self.morning, self.minute))
    }

    fn meant(&self, back: usize) -> Option<OrderId> {
        let count = self.orders.len();
        (count > 0).then(|| self.orders[count - 1 - back % count])
    }

    /// Lets time go by, where that is what is asked.
    pub fn pass(&mut self, ask: Ask) {
        if let Ask::Wait(minutes) = ask {
            self.minute += minutes;
        }
    }

    /// Does what is asked.
    pub fn obey(&mut self, tx: &mut Tx, ctx: &Ctx, ask: Ask) -> Result<(), Fault> {
        let ctx = &self.ctx(ctx);
        let back = match ask {
            Ask::Take(wish) => return self.take(tx, ctx, wish, None),
            Ask::Hold(wish, minutes) => {
                let until = later(ctx.now, minutes);
                return self.take(tx, ctx, wish, Some(until));
            }
            Ask::Number(wish) => return self.number(tx, ctx, wish),
            Ask::CallNext(who) => {
                let counter = Some(self.counters[who]);
                return queue::call_next(tx, ctx, self.site, counter).map(drop);
            }
            Ask::Off(who, from, minutes) => {
                let (from, to) = (from, from + minutes);
                let span = Span::new(later(self.morning, from), later(self.morning, to));
                let span = span.expect("forwards");
                return people::add_time_off(tx, ctx, self.staff[who], span, "Ill").map(drop);
            }
            Ask::GiveUpHolds => return orders::expire_holds(tx, ctx).map(drop),
            Ask::Wait(_) => return queue::settle(tx, ctx),
            _ => ask.back(),
        };
        match back.and_then(|back| self.meant(back)) {
            Some(order) => self.obey_about(tx, ctx, order, ask),
            None => Ok(()),
        }
    }

    fn take(
        &mut self,
        tx: &mut Tx,
        ctx: &Ctx,
        wish: Wish,
        hold_until: Option<Timestamp>,
    ) -> Result<(), Fault> {
        let slot = WantedSlot {
            start: later(self.morning, wish.start),
            staff: wish.who.map(|who| self.staff[who]),
        };
        let new = NewOrder {
            lines: vec![NewLine::one(self.services[usize::from(wish.facial)])],
            slot: Some(slot),
            hold_until,
            ..NewOrder::new(self.site, Kind::Booking)
        };
        let order = orders::create(tx, ctx, &new)?;
        self.orders.push(order.id);
        Ok(())
    }

    fn number(&mut self, tx: &mut Tx, ctx: &Ctx, wish: Wish) -> Result<(), Fault> {
        let day = organisation::site(tx, ctx, self.site)?.date_of(ctx.now);
        let service = self.services[usize::from(wish.facial)];
        let walk_in = WalkIn {
            staff: wish.who.map(|who| self.staff[who]),
            ..WalkIn::new(self.site, day, vec![service])
        };
        let standing = queue::issue(tx, ctx, &walk_in)?;
        self.orders.push(standing.ticket.order);
        Ok(())
    }

    fn obey_about(&self, tx: &mut Tx, ctx: &Ctx, id: OrderId, ask: Ask) -> Result<(), Fault> {
        let done = match ask {
            Ask::Confirm(_) => orders::confirm(tx, ctx, id),
            Ask::Move(_, wish) => {
                let wanted = Reschedule {
                    start: later(self.morning, wish.start),
                    staff: wish.who.map(|who| self.staff[who]),
                    version: None,
                };
                orders::reschedule(tx, ctx, id, wanted)
            }
            Ask::Cancel(_) => orders::cancel(tx, ctx, id, "Ill"),
            Ask::Arrive(_) => orders::arrive(tx, ctx, id),
            Ask::Start(_, who) => orders::start(tx, ctx, id, who.map(|who| self.staff[who])),
            Ask::Finish(_) => orders::finish(tx, ctx, id),
            Ask::NoShow(_) => orders::no_show(tx, ctx, id),
            Ask::Undo(_) => {
                let sql = "select version from order_undos where org = $1 and order_id = $2";
                let version = tx.count(sql, params![ctx.org, id])?;
                orders::undo(tx, ctx, id, version)?;
                return queue::settle(tx, ctx);
            }
            Ask::Step(_, act, place) => return step(tx, ctx, id, (act, place)),
            Ask::Complete(_) => orders::complete_step(tx, ctx, id),
            Ask::CheckIn(_) => return queue::check_in(tx, ctx, id, None).map(drop),
            ticket => return self.obey_about_ticket(tx, ctx, id, ticket),
        };
        done.map(drop)
    }

    fn obey_about_ticket(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        order: OrderId,
        ask: Ask,
    ) -> Result<(), Fault> {
        let Some(Ticket { id, .. }) = queue::by_order(tx, ctx, order)? else {
            return Ok(());
        };
        let done = match ask {
            Ask::Call(_, who) => queue::call(tx, ctx, id, Some(self.staff[who])),
            Ask::StepOut(_, minutes) => queue::return_later(tx, ctx, id, minutes),
            Ask::PutBack(_) => queue::put_back(tx, ctx, id),
            Ask::Miss(_) => queue::no_show(tx, ctx, id),
            Ask::Serve(_, who) => queue::start(tx, ctx, id, Some(self.staff[who])),
            Ask::TakeBack(_) => queue::undo(tx, ctx, id),
            other => panic!("{other:?} is no ask about a number"),
        };
        done.map(drop)
    }

    /// An order as the database has it, in the words of paper.
    pub fn seen(&self, tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Seen, Fault> {
        let order = orders::order(tx, ctx, id)?;
        let steps = orders::steps(tx, ctx, id)?;
        let claims = capacity::claims_of(tx, ctx, id)?;
        let ticket = queue::by_order(tx, ctx, id)?;
        let slot = order.state.slot();
        let slot = slot.map(|slot| Some((self.minute_of(slot.span.start), self.who(slot.staff)?)));
        Ok(Seen {
            state: order.state.name(),
            slot: slot.flatten(),
            staff: self.who(order.state.staff()),
            steps: steps.iter().map(|step| step.state.as_str()).collect(),
            claims: claims.iter().map(|claim| self.claim(claim)).collect(),
            ticket: ticket.map(|ticket| {
                let rank = ticket.place.rank - self.morning.as_microsecond();
                (ticket.number, ticket.stage.word(), rank, self.away(&ticket))
            }),
        })
    }

    fn away(&self, ticket: &Ticket) -> Option<i64> {
        match ticket.stage {
            Stage::Away { until } => Some(self.minute_of(until)),
            _ => None,
        }
    }

    fn claim(&self, claim: &capacity::Claim) -> Claim {
        Claim {
            start: self.minute_of(claim.start),
            end: self.minute_of(claim.end),
            from: self.minute_of(claim.busy.start),
            to: self.minute_of(claim.busy.end),
            staff: self.who(Some(claim.staff)).expect("one of the three"),
            room: !claim.resources.is_empty(),
            standing: match claim.standing {
                capacity::Standing::Firm => Standing::Firm,
                capacity::Standing::Held(until) => Standing::Held(self.minute_of(until)),
                capacity::Standing::Lapsed(_) => Standing::Lapsed,
            },
        }
    }

    fn minute_of(&self, at: Timestamp) -> i64 {
        (at.as_microsecond() - self.morning.as_microsecond()).div_euclid(60_000_000)
    }

    fn who(&self, staff: Option<StaffId>) -> Option<usize> {
        self.staff.iter().position(|known| Some(*known) == staff)
    }

    /// Leaves the day as whoever closes the shop does: nothing is left open.
    pub fn close(&self, tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
        let ctx = &self.ctx(ctx);
        for id in &self.orders {
            if !orders::order(tx, ctx, *id)?.state.name().is_closed() {
                orders::cancel(tx, ctx, *id, "Over")?;
            }
        }
        queue::settle(tx, &ctx.at(later(ctx.now, 1)))
    }
}

fn step(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    (act, place): (StepAct, usize),
) -> Result<(), Fault> {
    let steps: Vec<StepId> = orders::steps(tx, ctx, order)?
        .iter()
        .map(|step| step.id)
        .collect();
    if steps.is_empty() {
        return orders::complete_step(tx, ctx, order).map(drop);
    }
    let step = steps[place % steps.len()];
    let done = match act {
        StepAct::Start => orders::start_step(tx, ctx, order, step, None),
        StepAct::Finish => orders::finish_step(tx, ctx, order, step, None),
        StepAct::Fail => orders::fail_step(tx, ctx, order, step, "Broken"),
        StepAct::Skip => orders::skip_step(tx, ctx, order, step),
    };
    done.map(drop)
}
