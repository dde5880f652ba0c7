use crate::ready;
use kernel::{Locale, Timestamp};
use maud::{Render, html};
use ui::{Sla, Tone};

#[test]
fn a_post_button_is_a_form_that_carries_its_values() {
    let part = ui::post_button("Start", "/orders/7/start")
        .hidden("version", 3)
        .key("S");
    let text = part.render().into_string();
    assert!(text.starts_with(r#"<form class="one" method="post" action="/orders/7/start""#));
    assert!(text.contains(r#"<input type="hidden" name="version" value="3">"#));
    assert!(text.contains(r#"data-key="s""#) && text.contains("<kbd"));
}

#[test]
fn what_people_typed_is_never_markup() {
    let evil = r#""><script>alert(1)</script>"#;
    let parts = html! {
        (ui::button(evil).attr("data-x", evil))
        (ui::text_field("name", evil).value(evil).hint(evil).error(Some(evil)))
        (ui::badge(Tone::Ok, "", evil))
        (ui::avatar(evil, 0))
        (ui::toast(evil))
        (ui::text_area("note", evil, 2).value(evil))
        (ui::select_field("one", evil, [(evil, evil)]))
    };
    assert!(!parts.into_string().contains("<script"));
}

#[test]
fn an_icon_button_says_its_name() {
    let text = ui::icon_button("x", "Close").render().into_string();
    assert!(text.contains(r#"aria-label="Close""#) && text.contains(r#"title="Close""#));
}

#[test]
fn a_field_points_to_its_hint_and_its_error() {
    let part = ui::number_field("minutes", "Minutes")
        .hint("Standard")
        .error(Some("At least 5"));
    let text = part.render().into_string();
    assert!(text.contains(r#"aria-invalid="true""#));
    assert!(text.contains(r#"aria-describedby="f-minutes-hint f-minutes-error""#));
    assert!(text.contains(r#"id="f-minutes-error""#));
    assert!(text.contains(r#"<label for="f-minutes">"#));
}

#[test]
fn a_field_without_a_fault_says_nothing_of_one() {
    let text = ui::text_field("name", "Name")
        .error(None::<String>)
        .render()
        .into_string();
    assert!(!text.contains("aria-invalid") && !text.contains("aria-describedby"));
}

#[test]
fn a_select_shows_the_chosen_one() {
    let options = [("a", "Alpha"), ("b", "Beta")];
    let text = ui::select_field("x", "X", options)
        .value("b")
        .render()
        .into_string();
    assert!(text.contains(r#"<option value="b" selected>Beta</option>"#));
    assert!(text.contains(r#"<option value="a">Alpha</option>"#));
}

#[test]
fn a_tick_box_sends_one_and_stays_ticked() {
    assert!(
        ui::checkbox("x", "X", true)
            .render()
            .into_string()
            .contains(" checked")
    );
    assert!(
        !ui::checkbox("x", "X", false)
            .render()
            .into_string()
            .contains(" checked")
    );
}

#[test]
fn the_summary_counts_and_links_the_faults() {
    ready();
    let faults = [("name".to_string(), "Say a name".to_string())];
    let text = ui::errors(Locale::En, &faults).into_string();
    assert!(text.contains("One thing needs another look") && text.contains(r##"href="#f-name""##));
    assert!(ui::errors(Locale::En, &[]).into_string().is_empty());
}

#[test]
fn a_promise_turns_urgent_at_a_fifth_or_ten_minutes() {
    let at = |second| Timestamp::from_second(second).expect("a time");
    let state = |due, now| Sla::of(at(0), at(due), at(now));
    assert!(matches!(state(7200, 0), Sla::Running(_)));
    assert!(matches!(state(7200, 5800), Sla::Soon(_)));
    assert!(matches!(state(1200, 601), Sla::Soon(_)));
    assert!(matches!(state(1200, 1201), Sla::Breached));
    assert!(matches!(state(0, 0), Sla::Soon(_)));
}

#[test]
fn a_running_promise_gives_the_browser_words_to_count_with() {
    ready();
    let due = Timestamp::from_second(1200).expect("a time");
    let text = ui::sla(Locale::ZhCn, Sla::Running(0.5), Some(due), "还剩 8 分钟").into_string();
    assert!(
        text.contains(r#"data-until="1970-01-01T00:20:00Z""#),
        "{text}"
    );
    assert!(text.contains("还剩 {}"), "{text}");
    let met = ui::sla(Locale::En, Sla::Met, Some(due), "12 min").into_string();
    assert!(!met.contains("data-until"));
}

#[test]
fn initials_are_the_last_han_character_or_first_and_last_letter() {
    assert_eq!(ui::initials("陈雨桐"), "桐");
    assert_eq!(ui::initials("Jonas Karl Weber"), "JW");
    assert_eq!(ui::initials("inês"), "I");
    assert_eq!(ui::initials(""), "");
}

#[test]
fn a_row_leads_somewhere_by_its_first_cell_and_columns_drop_on_phones() {
    let heads = [ui::head("Item"), ui::head("Price").number().drop(1)];
    let rows = [ui::row(vec![html! { "Pump" }, html! { "¥168" }]).href("/services/1")];
    let text = ui::table(&heads, &rows).into_string();
    assert!(text.contains(r#"<a class="rowlink" href="/services/1">Pump</a>"#));
    assert!(text.contains(r#"<td class="n" data-p="1" data-head="Price">¥168</td>"#));
}

#[test]
fn steps_say_how_far_they_are() {
    ready();
    let text = ui::step_dots(Locale::En, 2, true, 5).into_string();
    assert!(text.contains(r#"aria-label="Step 3 of 5""#));
    assert_eq!(text.matches(r#"<i class="d">"#).count(), 2);
    assert_eq!(text.matches(r#"<i class="c">"#).count(), 1);
}
