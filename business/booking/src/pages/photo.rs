//! The picture of a service.

use files::Size;
use kernel::ids::ServiceId;
use maud::{Markup, html};
use web::Guest;

/// Where the picture of a service is, small and larger.
pub(crate) struct Photo {
    small: String,
    medium: String,
}

impl Photo {
    pub(crate) fn of(guest: &Guest, service: ServiceId, file: &files::File) -> Self {
        let slug = &guest.organisation.slug;
        let path = |size| offers::paths::public_photo(slug, service, file.id, size);
        Self {
            small: path(Size::Small),
            medium: path(Size::Medium),
        }
    }

    /// Beside the service in a list: it comes when it is scrolled to, into a place kept for it.
    pub(super) fn thumbnail(&self) -> Markup {
        html! {
            img class="svc__p" src=(self.small) alt="" width="76" height="76" loading="lazy";
        }
    }

    /// Above what is chosen about the service.
    pub(super) fn banner(&self) -> Markup {
        let sizes = format!(
            "{} {}w, {} {}w",
            self.small,
            Size::Small.pixels(),
            self.medium,
            Size::Medium.pixels(),
        );
        html! {
            img class="svcp" src=(self.medium) srcset=(sizes) sizes="(min-width: 480px) 448px, 93vw"
                alt="" width="448" height="150";
        }
    }
}
