//! What is true of a message: its occasion, its way, its state, its wording. Pure.

mod report;
mod settings;
mod template;

pub(crate) use report::Report;
pub use settings::{Gateway, QuietHours, Settings};
pub use template::{
    BODY_CHARS_MAX, PLACEHOLDERS, SUBJECT_CHARS_MAX, Template, Values, WordingFault,
};

use kernel::{
    Locale, Timestamp,
    ids::{CustomerId, MessageId, OrderId, SiteId},
};

/// Why a customer is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occasion {
    /// A visit is promised.
    Booked,
    /// It has another time or another person.
    Moved,
    /// It is called off.
    Cancelled,
    /// It is near.
    Reminder,
    /// The customer's number is next.
    Next,
    /// The visit is over.
    Thanks,
    /// A time is free that the customer waits for.
    Offered,
    /// Somebody tries whether messages leave the house.
    Test,
}

kernel::words!(Occasion {
    Booked => "booked", "messages-occasion-booked";
    Moved => "moved", "messages-occasion-moved";
    Cancelled => "cancelled", "messages-occasion-cancelled";
    Reminder => "reminder", "messages-occasion-reminder";
    Next => "next", "messages-occasion-next";
    Thanks => "thanks", "messages-occasion-thanks";
    Offered => "offered", "messages-occasion-offered";
    Test => "test", "messages-occasion-test";
});

impl Occasion {
    /// The occasions that have wordings.
    pub fn worded() -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(|occasion| *occasion != Self::Test)
    }

    /// Whether it may wake somebody: an answer to what the customer has just done, or a call that
    /// would be useless later.
    pub const fn disturbs(self) -> bool {
        matches!(self, Self::Next | Self::Test)
    }
}

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// Electronic mail.
    Mail,
    /// A short text through a gateway.
    Text,
}

kernel::words!(Way {
    Mail => "mail", "messages-way-mail";
    Text => "text", "messages-way-text";
});

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// To be sent when it is due.
    Waiting,
    /// Being handed over.
    Sending,
    /// Handed over.
    Sent,
    /// It came back after it was taken.
    Bounced,
    /// Refused for good, or too late to be of use.
    Failed,
    /// The program stopped while handing it over: it may have left or not.
    Unsure,
    /// No longer true before it was sent.
    Withdrawn,
}

kernel::words!(Stage {
    Waiting => "waiting", "messages-state-waiting";
    Sending => "sending", "messages-state-sending";
    Sent => "sent", "messages-state-sent";
    Bounced => "bounced", "messages-state-bounced";
    Failed => "failed", "messages-state-failed";
    Unsure => "unsure", "messages-state-unsure";
    Withdrawn => "withdrawn", "messages-state-withdrawn";
});

impl Stage {
    /// Whether somebody may send it again.
    pub const fn may_go_again(self) -> bool {
        matches!(self, Self::Bounced | Self::Failed | Self::Unsure)
    }
}

/// A message as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Identity; also the identity the receiving side can tell repetitions by.
    pub id: MessageId,
    /// Why.
    pub occasion: Occasion,
    /// How.
    pub way: Way,
    /// Where the visit takes place.
    pub site: Option<SiteId>,
    /// The order it is about.
    pub order: Option<OrderId>,
    /// To whom.
    pub customer: Option<CustomerId>,
    /// In which language.
    pub locale: Locale,
    /// The address or number.
    pub recipient: String,
    /// One line; not sent with texts.
    pub subject: String,
    /// What is said.
    pub body: String,
    /// A calendar file to attach.
    pub calendar: Option<String>,
    /// Where it stands.
    pub stage: Stage,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was written.
    pub created: Timestamp,
    /// When it is to be sent, or tried again.
    pub due: Timestamp,
    /// After this it is of no use.
    pub useful_until: Timestamp,
    /// When it was handed over.
    pub sent: Option<Timestamp>,
    /// Why it was not.
    pub reason: Option<String>,
    /// Whether it may leave in quiet hours.
    pub at_once: bool,
}

impl Message {
    /// The recipient as people may see it: enough to recognise, too little to use.
    pub fn recipient_masked(&self) -> String {
        match self.way {
            Way::Text => kernel::format::phone_masked(&self.recipient),
            Way::Mail => mail_masked(&self.recipient),
        }
    }
}

/// `c••••@example.com`.
pub(crate) fn mail_masked(address: &str) -> String {
    let (name, host) = address.split_once('@').unwrap_or((address, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}••••@{host}")
}

/// The most often a message is tried.
pub const ATTEMPTS_MAX: i64 = 8;

/// Seconds to wait after so many failures: one minute, then longer and longer, six hours at most.
pub fn back_off_seconds(attempts: i64) -> i64 {
    const STEPS: [i64; 7] = [60, 300, 900, 3_600, 7_200, 14_400, 21_600];
    let last = STEPS.len() - 1;
    let step = usize::try_from(attempts - 1).unwrap_or(0).min(last);
    STEPS[step]
}

/// The language to write to somebody in who has not said: that of the name.
pub fn locale_of(name: &str, said: Option<Locale>) -> Locale {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    said.unwrap_or(if name.chars().any(is_han) {
        Locale::ZhCn
    } else {
        Locale::En
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_waited_out_longer_and_longer() {
        let waits: Vec<i64> = (1..=9).map(back_off_seconds).collect();
        assert!(waits.is_sorted());
        assert_eq!((waits[0], waits[8]), (60, 21_600));
    }

    #[test]
    fn an_address_is_recognised_but_not_given_away() {
        assert_eq!(mail_masked("chen@example.com"), "c••••@example.com");
        assert_eq!(mail_masked("陈@例子.中国"), "陈••••@例子.中国");
    }

    #[test]
    fn people_are_written_to_in_the_language_of_their_name() {
        assert_eq!(locale_of("陈雨桐", None), Locale::ZhCn);
        assert_eq!(locale_of("Rui Costa", None), Locale::En);
        assert_eq!(locale_of("Rui Costa", Some(Locale::ZhCn)), Locale::ZhCn);
    }
}
