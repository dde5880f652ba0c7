//! Typed identities: a UUID (version 7, so that ids sort by time of creation) and what it names.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    str::FromStr,
};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// The id of nothing; stands in for one that could not be read.
pub const NIL: Uuid = Uuid::nil();

/// The identity of one `T`.
pub struct Id<T> {
    uuid: Uuid,
    noun: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// An id from the sixteen bytes of a UUID.
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self {
            uuid,
            noun: PhantomData,
        }
    }

    /// The UUID inside.
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }

    /// The hyphenated form.
    pub fn text(self) -> String {
        let mut letters = Uuid::encode_buffer();
        (*self.uuid.as_hyphenated().encode_lower(&mut letters)).to_owned()
    }

    /// Reads the hyphenated form; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 36)
            .then(|| Uuid::try_parse(text).ok())
            .flatten()
            .map(Self::from_uuid)
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.cmp(&other.uuid)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.as_hyphenated().fmt(f)
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<T> FromStr for Id<T> {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or("not an id")
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = uuid::Uuid::encode_buffer();
        serializer.serialize_str(self.uuid.as_hyphenated().encode_lower(&mut text))
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an id"))
    }
}

impl<T> JsonSchema for Id<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "uuid" })
    }
}

/// The nouns that have an identity, and the names of their ids.
pub mod ids {
    use super::Id;

    macro_rules! nouns {
        ($($noun:ident => $alias:ident, $doc:literal;)*) => {
            $(
                #[doc = concat!("Marks ids of ", $doc, ".")]
                pub enum $noun {}
                #[doc = concat!("The id of ", $doc, ".")]
                pub type $alias = Id<$noun>;
            )*
        };
    }

    nouns! {
        OrganisationNoun => OrganisationId, "an organisation";
        SiteNoun => SiteId, "a site";
        UserNoun => UserId, "a user, somebody who signs in";
        StaffNoun => StaffId, "a member of staff, somebody who serves";
        ResourceNoun => ResourceId, "a room or a piece of equipment";
        ServiceNoun => ServiceId, "a service or a good on offer";
        BlueprintNoun => BlueprintId, "a blueprint";
        CustomerNoun => CustomerId, "a customer";
        OrderNoun => OrderId, "an order";
        LineNoun => LineId, "a line of an order";
        StepNoun => StepId, "a step of an order";
        QueueLineNoun => QueueLineId, "a line people queue in";
        TicketNoun => TicketId, "a queue ticket";
        ClaimNoun => ClaimId, "a claim on capacity";
        EventNoun => EventId, "an event in the journal";
        SessionNoun => SessionId, "a signed-in session";
        TokenNoun => TokenId, "an API token";
        ShiftNoun => ShiftId, "a shift of a member of staff";
        TimeOffNoun => TimeOffId, "time off of a member of staff";
        RequestNoun => RequestId, "a wish of a member of staff for time off or another shift";
        NoteNoun => NoteId, "a note";
        RoleNoun => RoleId, "a role that a business made itself";
        SiteGroupNoun => SiteGroupId, "a group of sites, such as a region";
        PasskeyNoun => PasskeyId, "a passkey of a user";
        SignInNoun => SignInId, "a try to sign in";
        MessageNoun => MessageId, "a message to a customer";
        GroupSessionNoun => GroupSessionId, "a group session, a class with seats";
        SeriesNoun => SeriesId, "a series of orders or sessions that repeat";
        WaitingNoun => WaitingId, "an entry of a waiting list";
        OfferNoun => OfferId, "a time offered to somebody who waits for one";
        FileNoun => FileId, "a photo or another file that was added to something";
    }
}
