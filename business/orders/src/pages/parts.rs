//! The parts of a visit on the page of its order.

use maud::{Markup, html};
use ui::Tone;

use super::sheet::Sheet;
use crate::model::{Part, StateName};

/// Who does what where and when, part by part.
pub(super) fn card(sheet: &Sheet) -> Markup {
    let view = &sheet.view;
    let name = sheet.order.state.name();
    let movable = sheet.may.take && matches!(name, StateName::Held | StateName::Booked);
    let row = |(part, rooms): &(Part, Vec<String>)| {
        let place = std::iter::once(view.who(Some(part.staff)).to_owned()).chain(rooms.clone());
        let place = place.collect::<Vec<_>>().join(" · ");
        let change = sheet.under(&format!("slot?part={}", part.position));
        ui::row(vec![
            html! { span class="num" { (view.stretch(part.span)) } },
            html! {
                b { (part.title.get(view.locale)) }
                p class="muted sm" { (place) }
                @if let Some(reason) = &part.overbooked {
                    (ui::badge(Tone::Warn, "layers", &view.t("orders-overbooked")))
                    " " span class="sm" { (reason) }
                }
            },
            html! {
                @if movable {
                    (ui::link_button(view.t("orders-part-move"), change).ghost().small())
                }
            },
        ])
    };
    let head = [
        ui::head(view.t("orders-part-when")),
        ui::head(view.t("orders-part-what")),
        ui::head(""),
    ];
    let rows: Vec<_> = sheet.parts.iter().map(row).collect();
    ui::card(&view.t("orders-parts"), html! {}, ui::table(&head, &rows))
}
