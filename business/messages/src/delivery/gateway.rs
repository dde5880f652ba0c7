//! Texts: a signed request to a gateway, by the Standard Webhooks scheme.

use outbound::{Courier, Parcel, Unanswered};

use crate::{
    commands::Outcome,
    model::{Gateway, Message},
};

/// Speaks to gateways.
pub(crate) struct Gateways {
    courier: Courier,
}

impl Gateways {
    pub(crate) fn new(private_targets: bool) -> Self {
        Self {
            courier: Courier::new(private_targets),
        }
    }

    /// Hands a message over. The id is the same at every attempt, so the gateway can tell
    /// repetitions apart.
    pub(crate) fn send(&self, gateway: &Gateway, message: &Message) -> Outcome {
        let body = serde_json::json!({
            "type": "message.text",
            "timestamp": message.created.to_string(),
            "data": {
                "to": message.recipient,
                "language": message.locale.tag(),
                "occasion": message.occasion.as_str(),
                "text": message.body,
            },
        });
        let sent = self.courier.send(&Parcel {
            url: &gateway.url,
            secrets: &[&gateway.secret],
            id: &message.id.to_string(),
            second: message.due.as_second(),
            body: &body.to_string(),
        });
        match sent {
            Ok(200..=299) => Outcome::Accepted,
            Ok(status) => {
                let reason = format!("the gateway answered {status}");
                let for_good = (400..500).contains(&status)
                    && !matches!(status, 401 | 403 | 404 | 408 | 409 | 425 | 429);
                if for_good {
                    Outcome::Refused(reason)
                } else {
                    Outcome::Postponed(reason)
                }
            }
            Err(Unanswered::Key) => Outcome::Refused("the gateway's key cannot be read".to_owned()),
            Err(Unanswered::Inside) => {
                let reason = "the gateway is inside the own network, which is not allowed";
                Outcome::Postponed(reason.to_owned())
            }
            Err(Unanswered::Network(reason)) => Outcome::Postponed(reason),
        }
    }
}
