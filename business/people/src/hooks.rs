//! What the edge asks of this room: who holds a token.

use crate::{auth, model, pages};
use kernel::{Bilingual, Fault, Locale, Timestamp};
use store::Tx;
use web::{Shared, SignedIn};

/// Who holds a session's or a program's token; `None` for nobody.
pub fn authenticate(tx: &mut Tx, token: &str, now: Timestamp) -> Result<Option<SignedIn>, Fault> {
    let found = match auth::by_session(tx, token, now)? {
        Some(found) => Some(found),
        None => auth::by_token(tx, token, now)?,
    };
    Ok(found.map(|(signed_in, use_is_due)| edge(signed_in, use_is_due)))
}

fn edge(signed_in: model::SignedIn, use_is_due: bool) -> SignedIn {
    let grants = signed_in.grants();
    let (user, sites) = (signed_in.user, signed_in.sites);
    let role_name = match &user.own_role {
        Some(role) => role.name.clone(),
        None => Bilingual::new(
            pages::role_name(Locale::ZhCn, user.role),
            pages::role_name(Locale::En, user.role),
        ),
    };
    let shared = signed_in.shared.map(|shared| Shared {
        computer: shared.computer,
        locks_at: shared.locks_at,
    });
    SignedIn {
        org: signed_in.org,
        user: user.id,
        staff: user.staff,
        name: user.name,
        reading: user.reading,
        role: user.role,
        own_role: grants.map(|grants| (role_name, grants)),
        sites,
        scopes: signed_in.scopes,
        locale: Some(user.locale),
        session: signed_in.session,
        shared,
        keys: user.single_keys,
        use_is_due,
    }
}
