//! Gathers one person's day: the job in hand and what comes next.

use kernel::ids::StaffId;
use kernel::{Ctx, Date, Fault, Span, Timestamp};
use orders::{Card, State, StateName};
use organisation::Site;
use people::Staff;
use store::Tx;

use crate::calendar::stay;
use crate::today::day_span;

/// One person's day.
pub(crate) struct MyDay {
    pub site: Site,
    pub date: Date,
    pub now: Timestamp,
    pub person: Option<Staff>,
    pub people: Vec<Staff>,
    pub shifts: Vec<Span>,
    pub current: Vec<Card>,
    pub next: Vec<(Span, Card)>,
    pub waiting: Vec<(queue::Ticket, Card)>,
    pub done: usize,
    /// Requests of colleagues that wait for an answer.
    pub asked: i64,
}

/// Gathers the day of `staff`, or of whoever asks.
pub(crate) fn gather(
    tx: &mut Tx,
    ctx: &Ctx,
    site: kernel::ids::SiteId,
    staff: Option<StaffId>,
) -> Result<MyDay, Fault> {
    let site = organisation::site(tx, ctx, site)?;
    let date = site.date_of(ctx.now);
    let span = day_span(&site, date);
    let people = people::staff_at(tx, ctx, site.id)?;
    let wanted = staff.or(ctx.staff());
    let person = people
        .iter()
        .find(|member| Some(member.id) == wanted)
        .cloned();
    let mut day = MyDay {
        date,
        now: ctx.now,
        person,
        people,
        shifts: Vec::new(),
        current: Vec::new(),
        next: Vec::new(),
        waiting: Vec::new(),
        done: 0,
        asked: 0,
        site,
    };
    let Some(id) = day.person.as_ref().map(|member| member.id) else {
        return Ok(day);
    };
    if ctx.staff() == Some(id) {
        day.asked = people::requests_waiting(tx, ctx, id)?;
    }
    let work = people::work_spans(tx, ctx, day.site.id, span)?;
    day.shifts = work
        .into_iter()
        .filter(|(staff, _)| *staff == id)
        .map(|(_, s)| s)
        .collect();
    let cards = orders::board(tx, ctx, day.site.id, span)?;
    let picture = queue::line_now(tx, ctx, day.site.id, date)?;
    for ticket in &picture.tickets {
        let mine = ticket.wanted_staff == Some(id) || ticket.called_staff == Some(id);
        let card = cards.iter().find(|card| card.order.id == ticket.order);
        if let (true, Some(card)) = (mine, card) {
            day.waiting.push((ticket.clone(), card.clone()));
        }
    }
    for card in cards {
        day.take(id, card);
    }
    day.next
        .sort_by_key(|(span, card)| (span.start, card.order.id));
    day.current
        .sort_by_key(|card| (card.order.state.started(), card.order.id));
    Ok(day)
}

impl MyDay {
    /// Puts an order where it belongs in the day of a person; of a visit of several parts, the
    /// person's own alone.
    fn take(&mut self, id: StaffId, card: Card) {
        let name = card.order.state.name();
        if card.parts.len() < 2 {
            if card.order.state.staff() != Some(id) {
                return;
            }
            match name {
                StateName::Serving => self.current.push(card),
                StateName::Finished => self.done += 1,
                StateName::Booked | StateName::Waiting => {
                    let stay = stay(&card, self.now);
                    self.next.extend(stay.map(|stay| (stay.span, card)));
                }
                _ => {}
            }
            return;
        }
        let last = card.parts.len();
        for part in card.parts.iter().filter(|part| part.staff == id) {
            let mut own = card.clone();
            own.order.title = part.title.clone();
            let is_last = usize::try_from(part.position) == Ok(last);
            match name {
                // The first part runs from the start on, each other from its own time.
                StateName::Serving if part.position > 1 && part.span.start > self.now => {
                    self.next.push((part.span, own));
                }
                StateName::Serving if is_last || part.span.end > self.now => {
                    self.current.push(own);
                }
                StateName::Serving | StateName::Finished => self.done += 1,
                StateName::Booked | StateName::Waiting => self.next.push((part.span, own)),
                _ => {}
            }
        }
    }

    /// The orders that are shown.
    pub(crate) fn cards(&self) -> impl Iterator<Item = &Card> {
        let next = self.next.iter().map(|(_, card)| card);
        let waiting = self.waiting.iter().map(|(_, card)| card);
        self.current.iter().chain(next).chain(waiting)
    }

    /// When the last job of the day should end.
    pub(crate) fn ends(&self) -> Option<Timestamp> {
        self.next.iter().map(|(span, _)| span.end).max()
    }
}

/// Whether the customer of a job is here.
pub(crate) fn is_here(card: &Card) -> bool {
    matches!(card.order.state, State::Waiting { .. })
}
