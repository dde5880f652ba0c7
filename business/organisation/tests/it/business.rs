//! The settings of a business: its name, colour and address, and who changed them.

use kernel::{Ctx, Id, IdSource, Role};
use organisation::NewOrganisation;
use testing::{World, each_engine};

fn save(world: &World, version: i64, slug: &str, brand: &str) -> u16 {
    let form = format!("version={version}&name_en=Lotus&slug={slug}&brand=%23{brand}");
    world
        .client(Role::Owner)
        .post("/organisation", &form)
        .status
}

/// Another business in the same installation, with this name in its address.
fn another(world: &World, slug: &str) -> bool {
    let ids = IdSource::system();
    let org = Id::from_uuid(ids.uuid(world.clock.now()));
    let ctx = Ctx::system(org, world.clock.now(), ids);
    let new = NewOrganisation {
        name: kernel::Bilingual::new("", "Rival"),
        slug: Some(slug.to_owned()),
        brand: None,
    };
    let made = world
        .db
        .write(move |tx| organisation::create_organisation(tx, &ctx, new));
    made.is_ok()
}

#[test]
fn an_old_address_finds_the_business_and_is_nobody_elses() {
    each_engine(&[organisation::room()], |world| {
        assert_eq!(save(world, 1, "lotus-spa", "9b2d5c"), 303);
        let by = |slug: &'static str| {
            let found = world
                .db
                .read(move |tx| organisation::organisation_by_slug(tx, slug));
            found.expect("it is looked up").map(|found| found.slug)
        };
        assert_eq!(by("lotus").as_deref(), Some("lotus-spa"));
        assert_eq!(by("lotus-spa").as_deref(), Some("lotus-spa"));
        assert!(
            !another(world, "lotus"),
            "a printed code keeps leading here"
        );
        assert!(!another(world, "lotus-spa"));
        assert!(another(world, "rival"));
        assert_eq!(save(world, 2, "rival", "9b2d5c"), 422);
        assert_eq!(
            save(world, 2, "lotus", "9b2d5c"),
            303,
            "one's own is taken back"
        );
        assert_eq!(by("lotus-spa").as_deref(), Some("lotus"));
    });
}

#[test]
fn settings_tell_their_default_and_who_changed_them_and_go_back_alone() {
    each_engine(&[organisation::room()], |world| {
        let owner = world.client(Role::Owner);
        assert!(!owner.get("/sites").says("Changed by"));
        assert_eq!(save(world, 1, "lotus", "0f5c50"), 303);
        let page = owner.get("/sites");
        assert!(
            page.says("Changed by") && page.says("Default: #9b2d5c"),
            "{}",
            page.body
        );
        assert_eq!(
            save(world, 1, "lotus", "112233"),
            409,
            "somebody else was faster"
        );
        assert_eq!(save(world, 2, "lo tus", "112233"), 422);
        let reset = owner.post("/organisation", "version=2&reset=brand");
        assert_eq!(reset.status, 303);
        let now = world.read(|tx, ctx| organisation::organisation(tx, ctx.org));
        let now = now.expect("it is there");
        assert_eq!(
            (now.brand.as_str(), now.name.en.as_str()),
            ("#9b2d5c", "Lotus")
        );
    });
}

#[test]
fn a_sites_rules_of_booking_are_settings_of_their_own() {
    each_engine(&[organisation::room()], |world| {
        let owner = world.client(Role::Owner);
        let path = format!("/sites/{}", world.site.id);
        let version = world.read(|tx, ctx| organisation::site(tx, ctx, world.site.id));
        let version = version.expect("there").version;
        let rules = format!("{path}/rules");
        let form = format!("version={version}&notice_minutes=0&cancel_minutes=30&horizon_days=999");
        let refused = owner.post(&rules, &form);
        assert!(refused.status == 422 && refused.says("value=\"999\""));
        let form = form.replace("999", "90");
        assert_eq!(owner.post(&rules, &form).status, 303);
        let page = owner.get(&path);
        assert!(
            page.says("Default: 1 h") && page.says("Changed by"),
            "{}",
            page.body
        );
        let form = format!("version={}&reset=notice_minutes", version + 1);
        assert_eq!(owner.post(&rules, &form).status, 303);
        let now = world.read(|tx, ctx| organisation::site(tx, ctx, world.site.id));
        let now = now.expect("there");
        assert_eq!(
            (now.notice_minutes, now.cancel_minutes, now.horizon_days),
            (60, 30, 90)
        );
    });
}
