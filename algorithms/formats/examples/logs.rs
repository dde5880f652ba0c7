//! How fast logs are read and aligned: `cargo run --release -p formats --example logs -- FOLDER`.
//!
//! FOLDER holds `helpdesk.xes.gz` and `helpdesk.events.pnml`. CSV and XES are generated in memory,
//! 3,000,000 and 561,470 events; figures are CPU seconds of the whole process.

use std::fmt::Write as _;
use std::path::Path;

use formats::{Log, Options, pnml, read_log};
use mining::Traces;
use mining::alignment::{Limits, align};

fn main() {
    let folder = std::env::args()
        .nth(1)
        .expect("name the folder with helpdesk.xes.gz");
    let folder = Path::new(&folder);
    let file = |name: &str| std::fs::read(folder.join(name)).expect("the file is there");
    let options = Options::default();
    let text = table(3_000_000);
    measure("CSV", 3, || {
        read_log(text.clone(), &Options::default()).map(events)
    });
    let text = xes(561_470);
    let path = std::env::temp_dir().join("steward-logs.xes");
    std::fs::write(&path, &text).expect("the folder for temporary files can be written");
    println!(
        "XES written to {} ({} MB)",
        path.display(),
        text.len() >> 20
    );
    measure("XES", 3, || {
        read_log(text.clone(), &Options::default()).map(events)
    });
    let read = read_log(file("helpdesk.xes.gz"), &options).expect("the log is read");
    let Log::Cases(log) = read.log else {
        panic!("helpdesk has cases")
    };
    let net = pnml::read(&file("helpdesk.events.pnml"), &options.limits).expect("a net");
    let traces = Traces::of(&log);
    measure("helpdesk alignments", 50, || {
        align(&net, &traces, Limits::default())
    });
}

fn events(read: formats::Read) -> usize {
    match read.log {
        Log::Cases(log) => log.event_count(),
        Log::Objects(log) => log.events.len(),
    }
}

fn measure<T: std::fmt::Debug, E: std::fmt::Debug>(
    what: &str,
    times: u32,
    mut work: impl FnMut() -> Result<T, E>,
) {
    let before = cpu_seconds();
    for _ in 0..times {
        let done = work().expect("the work is done");
        std::hint::black_box(done);
    }
    let each = (cpu_seconds() - before) / f64::from(times);
    println!("{what}: {each:.4} CPU s");
}

/// User and system time of this process so far, from Linux.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux tells its times");
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split(' ')
        .collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
    (ticks(12).unwrap_or_default() + ticks(13).unwrap_or_default()) / 100.0
}

/// Cases of ten events with a case, an activity, a time and who did it.
fn table(events: usize) -> Vec<u8> {
    let mut text = String::from("case,activity,timestamp,resource\n");
    for event in 0..events {
        let (case, step) = (event / 10, event * 7 % 24);
        let (day, minute) = (1 + case % 28, event * 13 % 60);
        let _ = writeln!(
            text,
            "order-{case},step number {step},2026-01-{day:02} {:02}:{minute:02}:00,person {}",
            event % 10 + 8,
            case % 40
        );
    }
    text.into_bytes()
}

/// The same as XES, with life cycle and three more attributes.
fn xes(events: usize) -> Vec<u8> {
    let mut text = String::from("<log xes.version=\"1.0\">\n");
    for event in 0..events {
        let (case, step) = (event / 10, event * 7 % 24);
        let (day, minute) = (1 + case % 28, event * 13 % 60);
        if event % 10 == 0 {
            let end = if case == 0 { "" } else { "</trace>\n" };
            let _ = write!(
                text,
                "{end}<trace>\n<string key=\"concept:name\" value=\"order-{case}\"/>\n"
            );
        }
        let _ = write!(
            text,
            "<event>\n<string key=\"concept:name\" value=\"step number {step}\"/>\n\
             <string key=\"lifecycle:transition\" value=\"complete\"/>\n\
             <date key=\"time:timestamp\" \
             value=\"2026-01-{day:02}T{:02}:{minute:02}:00.000+01:00\"/>\n\
             <string key=\"org:resource\" value=\"person {}\"/>\n\
             <int key=\"number\" value=\"{event}\"/>\n\
             <string key=\"site\" value=\"site {}\"/>\n\
             <float key=\"price\" value=\"{}.5\"/>\n</event>\n",
            event % 10 + 8,
            case % 40,
            case % 3,
            event % 90
        );
    }
    text.push_str("</trace>\n</log>\n");
    text.into_bytes()
}
