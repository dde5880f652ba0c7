//! Secrets that must be read again, sealed by the installation's key.

use kernel::ids::{OrganisationId, UserId};
use kernel::{Ctx, Fault};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

/// Seals and opens secrets of users. A seal belongs to one user: moved to another it does not open.
pub struct Vault(LessSafeKey);

impl Vault {
    /// A vault with the installation's key, if it has one.
    pub fn new(key: Option<&[u8; 32]>) -> Result<Self, Fault> {
        let key = key.ok_or_else(|| Fault::conflict("people-no-key"))?;
        let key = UnboundKey::new(&CHACHA20_POLY1305, key).map_err(Fault::broken)?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Seals a secret of a user of `ctx.org`: a nonce, then what nobody reads without the key.
    pub fn seal(&self, ctx: &Ctx, user: UserId, secret: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut nonce = [0; NONCE_LEN];
        nonce[..8].copy_from_slice(&ctx.ids.bits().to_le_bytes());
        nonce[8..].copy_from_slice(&ctx.ids.bits().to_le_bytes()[..4]);
        let mut sealed = secret.to_vec();
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                owner(ctx.org, user),
                &mut sealed,
            )
            .map_err(Fault::broken)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Vault::seal`] sealed for the same user.
    pub fn open(&self, org: OrganisationId, user: UserId, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        let broken = || Fault::broken("a sealed secret does not open: was the key changed?");
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN).ok_or_else(broken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
        let mut secret = sealed.to_vec();
        let opened = self.0.open_in_place(nonce, owner(org, user), &mut secret);
        Ok(opened.map_err(|_| broken())?.to_vec())
    }
}

fn owner(org: OrganisationId, user: UserId) -> Aad<Vec<u8>> {
    Aad::from([org.uuid().into_bytes(), user.uuid().into_bytes()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, IdSource, Timestamp};

    #[test]
    fn a_secret_opens_for_its_user_and_key_alone() {
        let ids = IdSource::seeded(5);
        let [org, mei, lin] = [(); 3].map(|()| ids.uuid(Timestamp::UNIX_EPOCH));
        let ctx = Ctx::system(Id::from_uuid(org), Timestamp::UNIX_EPOCH, ids);
        let (mei, lin) = (Id::from_uuid(mei), Id::from_uuid(lin));
        let vault = Vault::new(Some(&[7; 32])).unwrap();
        let sealed = vault.seal(&ctx, mei, b"a secret").unwrap();
        assert_eq!(vault.open(ctx.org, mei, &sealed).unwrap(), b"a secret");
        assert!(vault.open(ctx.org, lin, &sealed).is_err());
        assert!(vault.open(ctx.org, mei, &sealed[..5]).is_err());
        let other = Vault::new(Some(&[8; 32])).unwrap();
        assert!(other.open(ctx.org, mei, &sealed).is_err());
        assert!(!sealed.windows(8).any(|part| part == b"a secret"));
        assert!(Vault::new(None).is_err());
    }
}
