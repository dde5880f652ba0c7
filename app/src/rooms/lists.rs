//! What the pages of the back office have in common: lists go along as files, and every page lies
//! below an entry of the menu.

use std::collections::BTreeSet;

use kernel::Role;
use testing::{Client, World, each_engine};
use web::Access;

use super::rooms;

/// The pages that are lists.
const LISTS: [&str; 22] = [
    "/access/roles",
    "/access/sign-ins",
    "/audit",
    "/blueprints",
    "/customers",
    "/enquiries",
    "/fields",
    "/imports",
    "/journal",
    "/messages",
    "/messages/unreachable",
    "/orders",
    "/queue/waits",
    "/regions",
    "/resources",
    "/services",
    "/sessions",
    "/sites",
    "/staff",
    "/staff/requests",
    "/staff/week",
    "/waiting",
];

/// Pages that belong to whoever looks rather than to the business.
const ABOVE_THE_MENU: [&str; 5] = [
    "/help",
    "/help/first-hour",
    "/help/releases",
    "/settings/api",
    "/settings/webhooks",
];

/// The addresses of all pages that need nothing in them.
fn pages() -> BTreeSet<String> {
    let routes = web::all_routes(&rooms()).into_iter();
    let plain = routes.filter(|route| {
        let guarded = matches!(route.access, Access::SignedIn(_));
        guarded && route.method == "GET" && !route.path.contains('{') && route.path != "/live"
    });
    plain.map(|route| route.path).collect()
}

/// The whole pages among them, with what they hold.
fn shown(owner: &Client) -> Vec<(String, String)> {
    let answers = pages().into_iter().map(|path| {
        let page = owner.get(&path);
        (path, page)
    });
    let whole = answers.filter(|(_, page)| page.status == 200 && page.body.contains("<nav"));
    whole.map(|(path, page)| (path, page.body)).collect()
}

#[test]
fn every_list_goes_along_as_a_file_of_either_kind() {
    each_engine(&rooms(), |world: &World| {
        let owner = world.client(Role::Owner);
        let pages = shown(&owner);
        let offered: Vec<&str> = pages
            .iter()
            .filter(|(_, body)| body.contains("format=csv"))
            .map(|(path, _)| path.as_str())
            .collect();
        assert_eq!(offered, LISTS);
        for path in LISTS {
            let csv = owner.get(&format!("{path}?format=csv"));
            let kind = csv.header("content-type").unwrap_or_default();
            assert!(kind.starts_with("text/csv"), "{path}: {kind}");
            let heading = csv.body.lines().next().unwrap_or_default();
            assert!(heading.matches(',').count() >= 3, "{path}: {heading}");
            let xlsx = owner.get(&format!("{path}?format=xlsx"));
            assert!(xlsx.bytes.starts_with(b"PK"), "{path}");
        }
    });
}

#[test]
fn every_page_lies_below_an_entry_of_the_menu() {
    each_engine(&rooms(), |world: &World| {
        let owner = world.client(Role::Owner);
        let unmarked = shown(&owner).into_iter().filter(|(_, body)| {
            let rail = body
                .split("<aside class=\"rail\"")
                .nth(1)
                .unwrap_or_default();
            let rail = rail.split("</nav>").next().unwrap_or_default();
            !rail.contains("aria-current=\"page\"")
        });
        let unmarked: Vec<String> = unmarked.map(|(path, _)| path).collect();
        assert_eq!(unmarked, ABOVE_THE_MENU);
    });
}

#[test]
fn files_have_what_the_lists_show_and_keep_their_filter() {
    each_engine(&rooms(), |world: &World| {
        let owner = world.client(Role::Owner);
        let made = owner.post("/resources", "kind=room&name_zh=&name_en=Willow");
        assert_eq!(made.status, 303, "{}", made.body);
        for (path, words) in [
            ("/resources?", "Willow"),
            ("/sites?", "riverside"),
            ("/access/roles?", "Front desk"),
            ("/staff/requests?", "State"),
        ] {
            let file = owner.get(&format!("{path}&format=csv")).body;
            assert!(file.contains(words), "{path}: {file}");
        }
        for path in ["/messages?state=failed", "/access/sign-ins?failed=1"] {
            let file = owner.get(&format!("{path}&format=csv")).body;
            assert_eq!(file.trim_end().lines().count(), 1, "{path}: {file}");
        }
    });
}

/// Defines a field of the business's own, and fills it in.
fn own_field(owner: &Client, subject: &str, path: &str) {
    let form = format!("subject={subject}&name_zh=&name_en=Shade&key=shade&kind=text");
    assert_eq!(owner.post("/fields", &form).status, 303);
    let filled = owner.post(
        &format!("{path}/fields"),
        "fields_version=1&field-shade=Indigo",
    );
    assert_eq!(filled.status, 303, "{}", filled.body);
}

#[test]
fn files_of_enquiries_have_the_fields_of_the_business_s_own() {
    each_engine(&rooms(), |world: &World| {
        let owner = world.client(Role::Owner);
        let form = "kind=complaint&level=urgent&note=It+hurts&customer=Ada+13800138000&by_phone=1";
        let written = owner.post("/enquiries", form);
        assert_eq!(written.status, 303, "{}", written.body);
        let order = written.location().rsplit('/').next().unwrap_or_default();
        own_field(&owner, "order", &format!("/orders/{order}"));
        let file = owner.get("/enquiries?format=csv").body;
        assert!(file.contains("Shade") && file.contains("Indigo"), "{file}");
    });
}
