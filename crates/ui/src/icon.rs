//! Icons: Lucide shapes from one cached sprite.
use maud::{Markup, html};

/// One icon by its Lucide name (the names in `front/icons.txt`), hidden from assistive technology.
///
/// An empty name renders nothing.
pub fn icon(name: &str) -> Markup {
    html! {
        @if !name.is_empty() {
            svg class="i" width="16" height="16" aria-hidden="true" {
                use href={ (crate::assets::sprite()) "#" (name) } {}
            }
        }
    }
}

/// The icon of a service family (`hair`, `spa`, `repair`, `colour`, `care`, `cafe`), coloured.
pub fn family_icon(family: &str) -> Markup {
    let name = match family {
        "hair" => "scissors",
        "spa" => "droplet",
        "repair" => "wrench",
        "colour" => "paintbrush",
        "care" => "sparkles",
        "cafe" => "coffee",
        _ => "tag",
    };
    html! { span class="fam" data-f=(family) { (icon(name)) } }
}

/// The product's mark: an abacus with one bead in seal red.
pub fn logo() -> Markup {
    html! {
        svg class="logo" width="26" height="26" viewBox="0 0 32 32" aria-hidden="true" {
            rect class="logo__bg" width="32" height="32" rx="8" {}
            path class="logo__bar" d="M6.5 12.2h19" {}
            path class="logo__rod" d="M10 6v20M16 6v20M22 6v20" {}
            @for (x, y) in [(7.2, 7.4), (13.2, 7.4), (19.2, 7.4), (7.2, 22.4), (7.2, 18.6)] {
                rect class="logo__bead" x=(x) y=(y) width="5.6" height="3" rx="1.5" {}
            }
            rect class="logo__bead" x="13.2" y="22.4" width="5.6" height="3" rx="1.5" {}
            rect class="logo__seal" x="19.2" y="14.4" width="5.6" height="3" rx="1.5" {}
            rect class="logo__bead" x="19.2" y="22.4" width="5.6" height="3" rx="1.5" {}
        }
    }
}
