//! A booking as a calendar file (RFC 5545).

use kernel::{Locale, Timestamp};
use orders::{Order, State};
use organisation::Site;

use crate::ToldPart;

/// The most octets of a line, without its end.
const LINE_OCTETS: usize = 75;

/// What a calendar keeps of a booking.
#[derive(Debug, Clone)]
pub struct Appointment {
    /// Unique and the same for ever: the order.
    pub uid: String,
    /// Grows with every change, so that a calendar replaces the older copy.
    pub sequence: i64,
    /// When the file was made.
    pub made: Timestamp,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// Its name.
    pub summary: String,
    /// Where.
    pub location: String,
    /// Anything else worth knowing.
    pub description: String,
    /// Whether it was called off.
    pub cancelled: bool,
}

/// What a calendar keeps of an order at a site of a business; `None` for an order without a slot.
pub fn appointment(
    order: &Order,
    site: &Site,
    shop: &str,
    locale: Locale,
    now: Timestamp,
) -> Option<Appointment> {
    let slot = order.state.slot()?;
    let place = [shop, site.address.as_str()].map(str::trim);
    let location: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let contact = format!("{} {}", order.code, site.phone);
    Some(Appointment {
        uid: format!("{}@steward", order.id),
        sequence: order.version,
        made: now,
        start: slot.span.start,
        end: slot.span.end,
        summary: format!("{} · {shop}", order.title(locale)),
        location: location.join(", "),
        description: contact.trim().to_owned(),
        cancelled: !matches!(
            order.state,
            State::Booked { .. }
                | State::Waiting { .. }
                | State::Serving { .. }
                | State::Finished { .. }
        ),
    })
}

/// Where an appointment is, and for whom its words are.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The site.
    pub site: &'a Site,
    /// The name of the shop there.
    pub shop: &'a str,
    /// The language of whoever reads it.
    pub locale: Locale,
}

/// The calendar file of an order, one event with its parts described: a change or a cancellation
/// replaces the whole of it. `None` for an order without a slot.
pub fn of_order(
    order: &Order,
    parts: &[ToldPart],
    at: &Place<'_>,
    now: Timestamp,
) -> Option<String> {
    let mut found = appointment(order, at.site, at.shop, at.locale, now)?;
    let lines = parts.iter().map(|part| part.line(at.locale, &at.site.zone));
    let lines: Vec<String> = lines.chain([found.description]).collect();
    found.description = lines.join("\n");
    Some(file(&found))
}

/// The file of one appointment, to be added to a calendar or taken out of it.
pub fn file(appointment: &Appointment) -> String {
    let method = if appointment.cancelled {
        "CANCEL"
    } else {
        "PUBLISH"
    };
    let head = vec![format!("METHOD:{method}")];
    calendar(head, std::slice::from_ref(appointment))
}

/// A calendar of many appointments, to be fetched again every hour.
pub fn feed(name: &str, appointments: &[Appointment]) -> String {
    let name = escaped(name);
    let head = vec![
        format!("NAME:{name}"),
        format!("X-WR-CALNAME:{name}"),
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H".to_owned(),
        "X-PUBLISHED-TTL:PT1H".to_owned(),
    ];
    calendar(head, appointments)
}

fn calendar(head: Vec<String>, appointments: &[Appointment]) -> String {
    let first = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Steward//Booking//EN",
        "CALSCALE:GREGORIAN",
    ];
    let lines = first.map(str::to_owned).into_iter().chain(head);
    let lines = lines.chain(appointments.iter().flat_map(event));
    let lines = lines.chain(["END:VCALENDAR".to_owned()]);
    lines.map(|line| folded(&line)).collect()
}

fn event(appointment: &Appointment) -> [String; 11] {
    let status = if appointment.cancelled {
        "CANCELLED"
    } else {
        "CONFIRMED"
    };
    [
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", escaped(&appointment.uid)),
        format!("SEQUENCE:{}", appointment.sequence),
        format!("DTSTAMP:{}", utc(appointment.made)),
        format!("DTSTART:{}", utc(appointment.start)),
        format!("DTEND:{}", utc(appointment.end)),
        format!("SUMMARY:{}", escaped(&appointment.summary)),
        format!("LOCATION:{}", escaped(&appointment.location)),
        format!("DESCRIPTION:{}", escaped(&appointment.description)),
        format!("STATUS:{status}"),
        "END:VEVENT".to_owned(),
    ]
}

fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Long lines go on after a line end and a space, and never in the middle of a character.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 2);
    let mut octets = 0;
    for letter in line.chars() {
        if octets + letter.len_utf8() > LINE_OCTETS {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(letter);
        octets += letter.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_names_fold_between_characters_and_signs_are_escaped() {
        let start: Timestamp = "2026-11-26T06:30:00Z".parse().expect("an instant");
        let text = file(&Appointment {
            uid: "1".to_owned(),
            sequence: 3,
            made: start,
            start,
            end: start,
            summary: "剪发、染发与护理套餐，含头皮舒缓与造型设计（首席造型师）".repeat(2),
            location: "18 River Rd; Hangzhou, China".to_owned(),
            description: "a\r\nb\\c".to_owned(),
            cancelled: false,
        });
        assert!(text.lines().all(|line| line.len() <= LINE_OCTETS));
        assert!(text.contains("LOCATION:18 River Rd\\; Hangzhou\\, China\r\n"));
        assert!(text.contains("DESCRIPTION:a\\nb\\\\c\r\n"));
        assert!(text.contains("DTSTART:20261126T063000Z\r\n"));
        assert!(text.replace("\r\n ", "").contains("首席造型师）剪发、染发"));
    }
}
