//! What the edge asks of this room: who holds a token.

use crate::{auth, model};
use kernel::{Fault, Timestamp};
use store::Db;
use web::SignedIn;

/// Who holds a session's or a program's token; `None` for nobody. Notes once a minute that it
/// was used.
pub fn authenticate(db: &Db, token: &str, now: Timestamp) -> Result<Option<SignedIn>, Fault> {
    let found = db.read(|tx| match auth::by_session(tx, token, now)? {
        Some(found) => Ok(Some(found)),
        None => auth::by_token(tx, token, now),
    })?;
    let Some((signed_in, touch_due)) = found else {
        return Ok(None);
    };
    if touch_due {
        let token = token.to_owned();
        db.write(move |tx| auth::touch(tx, &token, now))?;
    }
    Ok(Some(edge(signed_in)))
}

fn edge(signed_in: model::SignedIn) -> SignedIn {
    let user = signed_in.user;
    SignedIn {
        org: signed_in.org,
        user: user.id,
        staff: user.staff,
        name: user.name,
        role: user.role,
        sites: user.sites,
        scopes: signed_in.scopes,
        locale: Some(user.locale),
        session: signed_in.session,
        keys: user.single_keys,
    }
}
