//! Mail: to a server by SMTP, or into a folder.

use std::time::Duration;

use lettre::{
    Address, FileTransport, Message as Letter, SmtpTransport, Transport,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use web::Outside;

use super::letterhead::Letterhead;
use crate::{commands::Outcome, model::Message};

/// How long another machine may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// What a mail says: as text alone, or under a logo, too.
enum Words {
    Plain(SinglePart),
    Headed(MultiPart),
}

enum Road {
    Smtp(SmtpTransport),
    Folder(FileTransport),
}

/// A way to send mail.
pub(crate) struct Mailer {
    road: Road,
    from: Mailbox,
    reply_to: Option<Mailbox>,
    letterhead: Option<Letterhead>,
}

/// Whether mail can be sent as the program was told to.
///
/// # Errors
/// What is wrong with the server's address or the sender's, in words.
pub fn check_mail(outside: &Outside) -> Result<(), String> {
    match (&outside.mail_server, &outside.mail_from) {
        (None, _) => Ok(()),
        (Some(_), None) => Err("say which address mail comes from".to_owned()),
        (Some(_), Some(_)) => Mailer::open(outside, "", None).map(|_| ()),
    }
}

impl Mailer {
    pub(crate) fn open(
        outside: &Outside,
        name: &str,
        reply_to: Option<&str>,
    ) -> Result<Self, String> {
        let server = outside.mail_server.as_deref().unwrap_or_default();
        let road = match server.strip_prefix("file:") {
            Some(folder) => Road::Folder(FileTransport::new(folder)),
            None => Road::Smtp(smtp(server)?),
        };
        let from = outside.mail_from.as_deref().unwrap_or_default();
        let from: Address = from
            .parse()
            .map_err(|_| format!("{from:?} is no mail address"))?;
        let name = (!name.is_empty()).then(|| name.to_owned());
        let reply_to = reply_to.and_then(|address| address.parse().ok());
        Ok(Self {
            road,
            from: Mailbox::new(name, from),
            reply_to: reply_to.map(|address| Mailbox::new(None, address)),
            letterhead: None,
        })
    }

    /// Puts the business's logo above every mail.
    pub(crate) fn under(self, letterhead: Option<Letterhead>) -> Self {
        Self { letterhead, ..self }
    }

    /// Hands a message over.
    pub(crate) fn send(&self, message: &Message) -> Outcome {
        let letter = match self.letter(message) {
            Ok(letter) => letter,
            Err(reason) => return Outcome::Refused(reason),
        };
        match &self.road {
            Road::Folder(folder) => match folder.send(&letter) {
                Ok(_) => Outcome::Accepted,
                Err(error) => Outcome::Postponed(error.to_string()),
            },
            Road::Smtp(server) => match server.send(&letter) {
                Ok(_) => Outcome::Accepted,
                Err(error) if error.is_permanent() => Outcome::Refused(error.to_string()),
                Err(error) => Outcome::Postponed(error.to_string()),
            },
        }
    }

    fn letter(&self, message: &Message) -> Result<Letter, String> {
        let to: Address = message
            .recipient
            .parse()
            .map_err(|_| "not a mail address".to_owned())?;
        let host = self.from.email.domain();
        let mut letter = Letter::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(message.subject.clone())
            .message_id(Some(format!("<{}@{host}>", message.id)))
            .raw_header(automatic());
        if let Some(reply_to) = &self.reply_to {
            letter = letter.reply_to(reply_to.clone());
        }
        let text = SinglePart::plain(message.body.clone());
        let words = match &self.letterhead {
            None => Words::Plain(text),
            Some(letterhead) => Words::Headed(letterhead.above(text, message)?),
        };
        let built = match (&message.calendar, words) {
            (None, Words::Plain(text)) => letter.singlepart(text),
            (None, Words::Headed(parts)) => letter.multipart(parts),
            (Some(file), words) => {
                let mixed = MultiPart::mixed();
                let mixed = match words {
                    Words::Plain(text) => mixed.singlepart(text),
                    Words::Headed(parts) => mixed.multipart(parts),
                };
                letter.multipart(mixed.singlepart(calendar(file)?))
            }
        };
        built.map_err(|error| error.to_string())
    }
}

/// Tells holiday replies to keep quiet (RFC 3834).
fn automatic() -> lettre::message::header::HeaderValue {
    let name = HeaderName::new_from_ascii_str("Auto-Submitted");
    HeaderValue::new(name, "auto-generated".to_owned())
}

fn calendar(file: &str) -> Result<SinglePart, String> {
    let method = if file.contains("METHOD:CANCEL") {
        "CANCEL"
    } else {
        "PUBLISH"
    };
    let kind = format!("text/calendar; charset=utf-8; method={method}");
    let kind = ContentType::parse(&kind).map_err(|error| error.to_string())?;
    Ok(Attachment::new("visit.ics".to_owned()).body(file.to_owned(), kind))
}

fn smtp(url: &str) -> Result<SmtpTransport, String> {
    if !(url.starts_with("smtp://") || url.starts_with("smtps://")) {
        return Err("the mail server must begin with smtp://, smtps:// or file:".to_owned());
    }
    let builder = SmtpTransport::from_url(url).map_err(|_| {
        "the mail server must look like smtp://user:password@host:587?tls=required".to_owned()
    })?;
    Ok(builder.timeout(Some(PATIENCE)).build())
}
