//! Where pages are.

use files::Size;
use kernel::ids::{FileId, ServiceId};

/// The list.
pub const SERVICES: &str = "/services";
/// The form of a new service.
pub const NEW: &str = "/services/new";

/// One service.
pub fn service(id: ServiceId) -> String {
    format!("/services/{id}")
}

/// Archiving it, or offering it again.
pub fn state(id: ServiceId) -> String {
    format!("/services/{id}/state")
}

/// Its photo for customers, in a size; `slug` is the organisation's part of the address. Another
/// photo has another address, so that no browser shows the former one.
pub fn public_photo(slug: &str, id: ServiceId, photo: FileId, size: Size) -> String {
    let size = size.as_str();
    format!("/at/{slug}/services/{id}/photo?size={size}&v={photo}")
}
