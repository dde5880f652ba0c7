//! What the edge asks of this room: who holds a token.

use crate::{auth, model};
use kernel::{Fault, Timestamp};
use store::Tx;
use web::SignedIn;

/// Who holds a session's or a program's token; `None` for nobody.
pub fn authenticate(tx: &mut Tx, token: &str, now: Timestamp) -> Result<Option<SignedIn>, Fault> {
    let found = match auth::by_session(tx, token, now)? {
        Some(found) => Some(found),
        None => auth::by_token(tx, token, now)?,
    };
    Ok(found.map(|(signed_in, use_is_due)| edge(signed_in, use_is_due)))
}

fn edge(signed_in: model::SignedIn, use_is_due: bool) -> SignedIn {
    let (user, sites) = (signed_in.user, signed_in.sites);
    let own_role = user.own_role.map(|role| (role.name, role.grants));
    SignedIn {
        org: signed_in.org,
        user: user.id,
        staff: user.staff,
        name: user.name,
        reading: user.reading,
        role: user.role,
        own_role,
        sites,
        scopes: signed_in.scopes,
        locale: Some(user.locale),
        session: signed_in.session,
        shared: None,
        keys: user.single_keys,
        use_is_due,
    }
}
