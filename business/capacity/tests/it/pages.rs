//! The page of rooms and equipment.

use kernel::{Locale, Role};
use testing::each_engine;

use crate::shop::{open, rooms};

#[test]
fn the_page_lists_what_is_there_in_both_languages() {
    each_engine(&rooms(), |world| {
        open(world);
        let page = world.client(Role::Manager).get("/resources");
        assert_eq!(page.status, 200);
        assert!(page.says("Room 1") && page.says("Facial") && page.says("No visits"));
        let page = world
            .client(Role::Manager)
            .in_locale(Locale::ZhCn)
            .get("/resources");
        assert!(page.says("护理室") && page.says("房间与设备"));
        assert!(!page.says("capacity-"), "every text is translated");
        let looking = world.client(Role::ReadOnly).get("/resources");
        assert!(looking.says("Room 1") && !looking.says("Add a room"));
    });
}

#[test]
fn a_manager_adds_and_renames_and_the_desk_may_not() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let form = "name_zh=&name_en=Room+2&kind=room";
        let desk = world.client(Role::Desk).post("/resources", form);
        assert_eq!(desk.status, 403);
        let manager = world.client(Role::Manager);
        assert_eq!(manager.post("/resources", form).status, 303);
        assert!(manager.get("/resources").says("Room 2"));
        let path = format!("/resources/{}", shop.room);
        assert!(manager.get(&path).says("Room 1"));
        let rename = "version=1&name_zh=&name_en=Quiet+room&kind=room";
        assert_eq!(manager.post(&path, rename).status, 303);
        assert_eq!(
            manager.post(&path, rename).status,
            409,
            "the second edit is told"
        );
        assert!(manager.get("/resources").says("Quiet room"));
        let retired = manager.post(&format!("{path}/retirement"), "retired=1");
        assert_eq!(retired.status, 303);
        assert!(manager.get("/resources").says("Out of use"));
    });
}

#[test]
fn a_bad_form_comes_back_with_reasons_and_what_was_typed() {
    each_engine(&rooms(), |world| {
        open(world);
        let manager = world.client(Role::Manager);
        let empty = manager.post("/resources", "name_zh=+&name_en=&kind=room");
        assert_eq!(empty.status, 422);
        assert!(empty.says("at least one language"));
        let kind = manager.post("/resources", "name_zh=&name_en=Sauna&kind=volcano");
        assert_eq!(kind.status, 422);
        assert!(kind.says("Sauna"));
        assert_eq!(manager.get("/resources/not-an-id").status, 404);
    });
}
