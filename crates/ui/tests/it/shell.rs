use crate::ready;
use kernel::Locale;
use maud::html;
use ui::{Frame, GuestFrame, MenuGroup, MenuItem, Theme};

fn frame(path: &str) -> Frame {
    ready();
    let mut frame = Frame::new(Locale::En, Theme::Dark, "Order");
    frame.path = path.into();
    frame.menu = vec![MenuGroup {
        label: "Run".into(),
        items: vec![MenuItem {
            label: "Orders".into(),
            path: "/orders".into(),
            icon: "clipboard-list".into(),
            key: Some('o'),
            active: true,
            count: Some((3, true)),
        }],
    }];
    frame
}

/// No page needs more than the content security policy allows.
fn keeps_the_policy(page: &str) {
    assert!(!page.contains("<style"), "a style block");
    assert!(!page.contains("javascript:"), "a script address");
    for (at, _) in page.match_indices("<script") {
        let tag = &page[at..at + page[at..].find('>').expect("it ends")];
        assert!(tag.contains(" src="), "an inline script: {tag}");
    }
    for handler in [" onclick=", " onload=", " onsubmit=", " hx-on"] {
        assert!(!page.contains(handler), "{handler}");
    }
}

#[test]
fn every_page_keeps_the_content_security_policy() {
    ready();
    for locale in Locale::ALL {
        keeps_the_policy(&ui::gallery(locale, Theme::System).into_string());
        let guest = GuestFrame::new(locale, "Book", "Lotus");
        keeps_the_policy(&ui::guest_page(&guest, &html! { p { "Hello" } }).into_string());
    }
}

#[test]
fn a_page_says_its_language_its_light_and_where_it_is() {
    let page = ui::page(&frame("/orders"), &html! {}).into_string();
    assert!(page.contains(r#"<html lang="en" data-theme="dark""#));
    assert!(page.contains(r#"aria-current="page""#));
    assert!(!page.contains(r#"class="crumb""#));
}

#[test]
fn a_page_below_an_entry_leads_back_to_it() {
    let page = ui::page(&frame("/orders/7?tab=log"), &html! {}).into_string();
    assert!(page.contains(r#"<a class="crumb" href="/orders">Orders</a>"#));
}

#[test]
fn language_and_light_change_without_scripts_and_come_back() {
    let page = ui::page(&frame("/orders?q=a&b"), &html! {}).into_string();
    assert!(page.contains(r#"<form method="post" action="/theme">"#));
    assert!(page.contains(r#"name="theme" value="light""#));
    assert!(page.contains(r#"<form method="post" action="/language">"#));
    assert!(page.contains(r#"name="back" value="/orders?q=a&amp;b""#));
}

#[test]
fn keys_can_be_turned_off_for_a_person() {
    let mut frame = frame("/orders");
    frame.keys = false;
    assert!(
        ui::page(&frame, &html! {})
            .into_string()
            .contains(r#"data-keys="off""#)
    );
}

#[test]
fn a_guest_page_carries_the_merchants_colours_and_reloads_without_scripts() {
    ready();
    let mut frame = GuestFrame::new(Locale::ZhCn, "排队", "莲");
    frame.brand = "#9b2d5c".into();
    frame.refresh_seconds = Some(20);
    let page = ui::guest_page(&frame, &html! {}).into_string();
    assert!(page.contains("--m:light-dark(#9b2d5c,"));
    assert!(page.contains(r#"<noscript><meta http-equiv="refresh" content="20"></noscript>"#));
}
