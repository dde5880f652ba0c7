//! What the parts promise.
mod parts;
mod shell;

use kernel::Locale;
use std::sync::Once;

/// Installs the parts' words once for this binary.
pub fn ready() {
    static READY: Once = Once::new();
    let (en, zh) = ui::TEXTS;
    READY.call_once(|| kernel::text::install(&[(Locale::En, en), (Locale::ZhCn, zh)]));
}
