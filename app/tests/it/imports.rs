//! An import under bad luck: the power fails in the middle of it.

use std::{
    thread,
    time::{Duration, Instant},
};

use crate::{browser::Browser, program::Place};

const ROWS: usize = 6000;

/// How many rows the page says are done; `None` while it does not say.
fn done(owner: &Browser, path: &str) -> Option<usize> {
    let page = owner.get(path)?.body;
    let far = page
        .split("<span class=\"num\">")
        .nth(1)?
        .split('<')
        .next()?;
    let done = far.split(" / ").next()?.replace(',', "");
    done.trim().parse().ok()
}

fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(120), "{what} in vain");
        thread::sleep(Duration::from_millis(50));
    }
}

/// Uploads the file and takes the proposed columns; answers the page of the import.
fn begin(owner: &Browser) -> String {
    let rows: String = (0..ROWS)
        .map(|n| format!("C-{n},Name {n},{}\r\n", 13_800_000_000_usize + n))
        .collect();
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"what\"\r\n\r\ncustomers\r\n--edge\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"many.csv\"\r\n\r\n\
         id,name,phone\r\n{rows}\r\n--edge--\r\n"
    );
    let kind = "multipart/form-data; boundary=edge";
    let answer = owner
        .send_as("/imports", kind, &body)
        .expect("the server answers");
    assert_eq!(answer.status, 303);
    let path = answer.location;
    let columns = "version=1&column-0=external_id&column-1=name&column-2=phone";
    let chosen = owner.post(&format!("{path}/columns"), columns);
    assert_eq!(chosen.expect("the server answers").status, 303);
    path
}

#[test]
fn an_import_killed_in_the_middle_goes_on_and_takes_no_row_twice() {
    Place::each(|place| {
        place.found();
        let server = place.serve();
        let owner = Browser::owner(server.address);
        let path = begin(&owner);
        wait_for("checked", || {
            owner.get(&path).is_some_and(|page| {
                page.body.contains("6,000 rows in") || page.body.contains("6000 rows in")
            })
        });
        assert_eq!(
            owner.post(&format!("{path}/intake"), "").map(|a| a.status),
            Some(303)
        );
        wait_for("begun", || {
            done(&owner, &path).is_some_and(|done| done >= 500)
        });
        server.kill();
        let server = place.serve();
        let owner = Browser::owner(server.address);
        wait_for("done", || {
            owner
                .get(&path)
                .is_some_and(|page| page.body.contains("The file is brought in."))
        });
        let page = owner.get(&path).expect("the server answers").body;
        assert!(
            page.contains("New</dt><dd><span class=\"num\">6,000"),
            "each row once"
        );
        let list = owner
            .get("/customers?format=csv")
            .expect("the server answers")
            .body;
        let rows = list.lines().filter(|line| line.starts_with("C-")).count();
        assert_eq!(rows, ROWS, "each customer once");
        server.terminate();
        let sound = place.run(&["verify"]);
        assert!(sound.ok, "{}", sound.err);
    });
}
