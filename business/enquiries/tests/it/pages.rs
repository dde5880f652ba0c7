//! The pages of those who answer.

use enquiries::Level;
use kernel::{Locale, Role};
use testing::each_engine;

use crate::shop::{act, agent, agent_read, asked, now, rooms};

#[test]
fn support_writes_one_down_answers_it_and_finds_it_again() {
    each_engine(&rooms(), |world| {
        let support = world.client(Role::Support);
        let empty = support.get("/enquiries");
        assert!(empty.says("No open enquiries") && empty.says("New enquiry"));
        let wrong = support.post(
            "/enquiries",
            "kind=complaint&level=soon&note=&about=RIV-77777",
        );
        assert_eq!(wrong.status, 422);
        assert!(wrong.says("RIV-77777") && wrong.says("This is needed"));
        let form = "kind=complaint&level=urgent&note=It+hurts&customer=Ada+13800138000&by_phone=1";
        let written = support.post("/enquiries", form);
        assert_eq!(written.status, 303, "{}", written.body);
        let path = written.location().to_owned();
        let page = support.get(&path);
        assert!(page.says("It hurts") && page.says("Ada") && page.says("Urgent"));
        let list = support.get("/enquiries?tray=unassigned");
        assert!(list.says("Assign to me") && list.says("data-nav-item"));
        assert_eq!(
            support
                .post(&format!("{path}/owner"), "back=list&tray=mine")
                .status,
            303
        );
        assert!(support.get(&path).says("You"));
        let nothing = support.post(&format!("{path}/notes"), "text=");
        assert_eq!(nothing.status, 422);
        assert_eq!(
            support
                .post(&format!("{path}/notes"), "text=Called+back")
                .status,
            303
        );
        assert!(support.get(&path).says("Called back"));
        let late = support.post(&format!("{path}/level"), "version=1&level=normal");
        assert_eq!(
            late.location(),
            path,
            "somebody changed it: the toast says so"
        );
        assert!(support.get(&path).says("Urgent"));
        assert_eq!(
            support
                .post(&format!("{path}/outcome"), "outcome=Refunded")
                .status,
            303
        );
        assert!(support.get("/enquiries?tray=closed").says("Refunded"));
        assert!(support.get(&path).says("Reopen"));
        assert_eq!(support.post(&format!("{path}/reopening"), "").status, 303);
        assert!(support.get("/enquiries").says("It hurts"));
        let chinese = support.in_locale(Locale::ZhCn).get("/enquiries");
        assert!(chinese.says("由我接手") || chinese.says("全部未结"));
    });
}

#[test]
fn staff_and_strangers_stay_out_and_those_who_look_change_nothing() {
    each_engine(&rooms(), |world| {
        let enquiry = asked(world, Level::Normal, "Secret");
        agent(world, "Ann");
        let path = format!("/enquiries/{}", enquiry.order);
        assert_eq!(world.client(Role::Staff).get("/enquiries").status, 403);
        assert_eq!(world.nobody().get(&path).status, 303);
        let reader = world.client(Role::ReadOnly);
        let page = reader.get(&path);
        assert!(page.says("Secret") && !page.says("Close enquiry"));
        assert_eq!(reader.post(&format!("{path}/owner"), "").status, 403);
        assert_eq!(
            reader.post(&format!("{path}/outcome"), "outcome=x").status,
            403
        );
        assert_eq!(
            world.client(Role::Support).get("/enquiries/targets").status,
            403
        );
        assert!(now(world, &enquiry).owner.is_none());
    });
}

#[test]
fn answer_times_explain_themselves() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        let page = owner.get("/enquiries/targets");
        assert!(
            page.says("480") && page.says("Minutes of opening hours"),
            "{}",
            page.body
        );
        let wrong = owner.post("/enquiries/targets", "normal=500&high=2&urgent=x");
        assert_eq!(wrong.status, 422);
        assert!(wrong.says("value=\"500\"") && wrong.says("value=\"x\""));
        assert_eq!(
            owner
                .post("/enquiries/targets", "normal=500&high=240&urgent=60")
                .status,
            303
        );
        let page = owner.get("/enquiries/targets");
        assert!(
            page.says("刘燕") && page.says("500"),
            "who changed it: {}",
            page.body
        );
        assert_eq!(owner.post("/enquiries/targets", "reset=normal").status, 303);
        assert!(owner.get("/enquiries/targets").says("value=\"480\""));
    });
}

#[test]
fn whoever_answers_is_called_as_the_reader_reads_it() {
    each_engine(&rooms(), |world| {
        let jia = agent_read(world, "何佳", "He Jia");
        let enquiry = asked(world, Level::Normal, "Open on Sunday?");
        let id = enquiry.order;
        act(world, &jia, move |tx, ctx| {
            enquiries::take(tx, ctx, id)?;
            orders::add_note(tx, ctx, id, "Yes, until six")
        })
        .expect("she answers");
        let english = world.client(Role::Manager);
        let chinese = english.clone().in_locale(Locale::ZhCn);
        for page in [
            "/enquiries?tray=all".to_owned(),
            format!("/enquiries/{id}"),
            format!("/orders/{id}"),
        ] {
            let read = english.get(&page);
            assert!(read.says("He Jia") && !read.says("何佳"), "{page}");
            assert!(chinese.get(&page).says("何佳"), "{page}");
        }
    });
}
