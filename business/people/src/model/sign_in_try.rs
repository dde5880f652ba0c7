//! Tries to sign in, as they are kept.

use kernel::Timestamp;
use kernel::ids::{SignInId, UserId};

/// By which way somebody came, or tried to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A password alone, or as the first step.
    Password,
    /// A password and a code of the second factor.
    Code,
    /// A password and a recovery code.
    Recovery,
    /// A passkey.
    Passkey,
    /// A link to set a password.
    Link,
    /// A PIN on a shared computer.
    Pin,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 6] = [
        Self::Password,
        Self::Code,
        Self::Recovery,
        Self::Passkey,
        Self::Link,
        Self::Pin,
    ];

    /// The word stored in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
            Self::Recovery => "recovery",
            Self::Passkey => "passkey",
            Self::Link => "link",
            Self::Pin => "pin",
        }
    }

    /// Reads the stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == word)
    }
}

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They came in.
    In,
    /// Something was not right.
    Wrong,
    /// They have to wait first.
    Waiting,
    /// The password was right, and a second step was asked for.
    Next,
}

impl Outcome {
    /// The word stored in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Wrong => "wrong",
            Self::Waiting => "waiting",
            Self::Next => "next",
        }
    }

    /// Reads the stored word; anything unknown counts as wrong.
    pub fn parse(word: &str) -> Self {
        let all = [Self::In, Self::Waiting, Self::Next];
        let known = all.into_iter().find(|outcome| outcome.as_str() == word);
        known.unwrap_or(Self::Wrong)
    }
}

/// One try to sign in.
#[derive(Clone, Debug, PartialEq)]
pub struct SignIn {
    /// Identity.
    pub id: SignInId,
    /// Whose login it was.
    pub user: UserId,
    /// That user's name.
    pub name: String,
    /// How the name is read; may be empty.
    pub reading: String,
    /// When.
    pub at: Timestamp,
    /// By which way.
    pub way: Way,
    /// How it ended.
    pub outcome: Outcome,
    /// From where.
    pub address: String,
    /// What the browser called itself.
    pub agent: String,
}
