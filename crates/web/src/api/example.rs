//! The ids and times that stand in examples of the document; a test puts real ones in their place.

/// A site.
pub const SITE: &str = "01939d4e-0000-7000-8000-000000000001";
/// A service.
pub const SERVICE: &str = "01939d4e-0000-7000-8000-000000000002";
/// A member of staff.
pub const STAFF: &str = "01939d4e-0000-7000-8000-000000000003";
/// A customer.
pub const CUSTOMER: &str = "01939d4e-0000-7000-8000-000000000004";
/// An order.
pub const ORDER: &str = "01939d4e-0000-7000-8000-000000000005";
/// A step of that order.
pub const STEP: &str = "01939d4e-0000-7000-8000-000000000006";
/// A ticket of a queue.
pub const TICKET: &str = "01939d4e-0000-7000-8000-000000000007";
/// A webhook.
pub const WEBHOOK: &str = "01939d4e-0000-7000-8000-000000000008";
/// Something on its way to it.
pub const DELIVERY: &str = "01939d4e-0000-7000-8000-000000000009";
/// A group session.
pub const SESSION: &str = "01939d4e-0000-7000-8000-00000000000a";
/// An enquiry.
pub const ENQUIRY: &str = "01939d4e-0000-7000-8000-00000000000b";
/// Somebody who waits for a time.
pub const WAITING: &str = "01939d4e-0000-7000-8000-00000000000c";
/// A time offered to them.
pub const OFFER: &str = "01939d4e-0000-7000-8000-00000000000d";
/// A blueprint.
pub const BLUEPRINT: &str = "01939d4e-0000-7000-8000-00000000000e";
/// A room.
pub const RESOURCE: &str = "01939d4e-0000-7000-8000-00000000000f";
/// A region.
pub const REGION: &str = "01939d4e-0000-7000-8000-000000000010";
/// A field of the business's own.
pub const FIELD: &str = "01939d4e-0000-7000-8000-000000000011";
/// A shift.
pub const SHIFT: &str = "01939d4e-0000-7000-8000-000000000012";
/// Time off.
pub const TIME_OFF: &str = "01939d4e-0000-7000-8000-000000000013";
/// Somebody with an account.
pub const USER: &str = "01939d4e-0000-7000-8000-000000000014";
/// A counter.
pub const COUNTER: &str = "01939d4e-0000-7000-8000-000000000015";
/// A tablet or a screen.
pub const DEVICE: &str = "01939d4e-0000-7000-8000-000000000016";
/// A message on its way to a customer.
pub const MESSAGE: &str = "01939d4e-0000-7000-8000-000000000017";
/// A series of bookings.
pub const SERIES: &str = "01939d4e-0000-7000-8000-000000000018";
/// A photo or a file.
pub const FILE: &str = "01939d4e-0000-7000-8000-000000000030";
/// A request of a member of staff.
pub const REQUEST: &str = "01939d4e-0000-7000-8000-000000000031";
/// A colleague of a member of staff.
pub const COLLEAGUE: &str = "01939d4e-0000-7000-8000-000000000032";
/// Another site.
pub const OTHER_SITE: &str = "01939d4e-0000-7000-8000-000000000033";
/// An import.
pub const IMPORT: &str = "01939d4e-0000-7000-8000-000000000034";
/// When the example's booking begins.
pub const START: &str = "2026-11-23T14:00:00+08:00";
