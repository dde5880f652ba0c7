//! Where pages are.

use kernel::ids::ServiceId;

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

/// Its photo for customers; `slug` is the organisation's part of the address.
pub fn public_photo(slug: &str, id: ServiceId) -> String {
    format!("/at/{slug}/services/{id}/photo")
}
