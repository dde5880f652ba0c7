//! Tokens: what a browser, a link or a program shows to be let in. Only their hash is kept.

use kernel::Ctx;
use kernel::ids::OrganisationId;

/// What a token opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A browser that signed in.
    Session,
    /// A right password, on its way to the second step.
    Step,
    /// A link to set a password once.
    PasswordLink,
    /// A program.
    Api,
    /// A calendar that follows somebody's bookings.
    Feed,
    /// A tablet or a screen of a site.
    Device,
}

impl TokenKind {
    fn prefix(self) -> &'static str {
        match self {
            Self::Session => "sts_",
            Self::Step => "stn_",
            Self::PasswordLink => "stp_",
            Self::Api => "stw_",
            Self::Feed => "stf_",
            Self::Device => "std_",
        }
    }
}

/// A token: a prefix that names its kind (and lets scanners find a leaked one), the organisation
/// it belongs to, and a secret of 320 bits.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    text: String,
    /// The organisation that it opens.
    pub org: OrganisationId,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Token(of {})", self.org)
    }
}

const SECRET_LENGTH: usize = 64;

impl Token {
    /// A new token of `ctx.org`.
    pub fn new(ctx: &Ctx, kind: TokenKind) -> Self {
        let (first, second) = (ctx.secret(), ctx.secret());
        let org = ctx.org.uuid().simple();
        Self {
            text: format!("{}{org}{first}{second}", kind.prefix()),
            org: ctx.org,
        }
    }

    /// Reads a token of one kind; `None` for anything that cannot be one.
    pub fn parse(text: &str, kind: TokenKind) -> Option<Self> {
        let rest = text.strip_prefix(kind.prefix())?;
        if !rest.bytes().all(|b| b.is_ascii_alphanumeric()) || rest.len() != 32 + SECRET_LENGTH {
            return None;
        }
        let (a, b, c, d, e) = (
            &rest[..8],
            &rest[8..12],
            &rest[12..16],
            &rest[16..20],
            &rest[20..32],
        );
        let org = OrganisationId::parse(&format!("{a}-{b}-{c}-{d}-{e}"))?;
        Some(Self {
            text: text.to_owned(),
            org,
        })
    }

    /// What to show to the holder, once.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What to keep. A token is as random as a key, so a plain hash is enough.
    pub fn hash(&self) -> String {
        blake3::hash(self.text.as_bytes()).to_hex().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, IdSource, Timestamp};

    #[test]
    fn a_token_reads_back_as_its_own_kind_only() {
        let ids = IdSource::seeded(7);
        let org = Id::from_uuid(ids.uuid(Timestamp::UNIX_EPOCH));
        let ctx = Ctx::system(org, Timestamp::UNIX_EPOCH, ids);
        let token = Token::new(&ctx, TokenKind::Api);
        assert!(token.text().starts_with("stw_"));
        assert_eq!(Token::parse(token.text(), TokenKind::Api).unwrap(), token);
        assert_eq!(Token::parse(token.text(), TokenKind::Session), None);
        for wrong in ["", "stw_", "stw_é", &token.text()[..99], "../../etc/passwd"] {
            assert_eq!(Token::parse(wrong, TokenKind::Api), None);
        }
        assert!(!format!("{token:?}").contains(&token.text()[40..]));
    }
}
