//! How fast a log of ten million events is measured: `cargo bench -p mining --bench log`.
//!
//! Prints wall and CPU time and the most memory held, as the machine may be busy with other work.

use std::fs;
use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use mining::live::Live;
use mining::{Event, EventLog, Follows, LogBuilder, Variants};

/// Events of the log, and how often each measure is repeated.
const EVENTS: usize = 10_000_000;
const ROUNDS: u32 = 5;
const THREADS: usize = 2;

/// Steps of a service business; a case walks through them by chance.
const STEPS: [&str; 20] = [
    "Enquire",
    "Book",
    "Confirm",
    "Remind",
    "Arrive",
    "Queue",
    "Greet",
    "Consult",
    "Prepare",
    "Wash",
    "Cut",
    "Colour",
    "Wait for colour",
    "Rinse",
    "Dry",
    "Check",
    "Correct",
    "Pay",
    "Rate",
    "Leave",
];

/// Time, case and step of an event.
type Row = (i64, u32, u32);

/// Each part runs in a process of its own, so that none inherits memory from another.
const PARTS: [(&str, fn()); 3] = [
    ("one time an event", || measure_log(None)),
    ("start and end of each event", || measure_log(Some(length))),
    ("one event after another", grow),
];

fn main() {
    let asked = std::env::args().nth(1);
    if let Some((_, part)) = PARTS.iter().find(|part| asked.as_deref() == Some(part.0)) {
        return part();
    }
    let this = std::env::current_exe().expect("a Linux kernel");
    for (name, _) in PARTS {
        println!("-- {name}");
        let ended = Command::new(&this).arg(name).status();
        assert!(ended.is_ok_and(|status| status.success()), "{name}");
    }
}

/// How fast a log is measured, and how much memory that takes beside the rows it is made from.
fn measure_log(length: Option<fn(i64) -> i64>) {
    let (rows, cases) = rows();
    let before = resident("VmRSS");
    let beside = |line: &str| resident(line).saturating_sub(before);
    forget_peak();
    let log = measured("build from rows in order of time", 1, || {
        fill(&rows, cases, length).build()
    });
    println!("most memory held meanwhile, MB: {}", beside("VmHWM"));
    println!(
        "{} events, {} cases, {} activities",
        log.event_count(),
        log.case_count(),
        log.activity_names().len()
    );
    forget_peak();
    println!("memory held by the log, MB: {}", beside("VmRSS"));
    measured("counts and means", ROUNDS, || {
        Follows::counted(&log, THREADS)
    });
    measured("counts and means, one thread", ROUNDS, || {
        Follows::counted(&log, 1)
    });
    measured("counts, means, median and p90", ROUNDS, || {
        Follows::timed(&log, THREADS)
    });
    measured("variants", ROUNDS, || Variants::of(&log, THREADS));
    let (edges, variants) = measured("all of it", ROUNDS, || all(&log));
    println!("{} edges, {} variants", edges.edges.len(), variants.len());
    println!("most memory held, MB: {}", beside("VmHWM"));
}

/// How long an event took: to the millisecond, up to half an hour.
fn length(start: i64) -> i64 {
    start / 1_000 % 1_800_000 * 1_000
}

/// Appends event after event as they happen; the slowest ones are those that grow a table.
fn grow() {
    let (rows, cases) = rows();
    let names: Vec<String> = (0..cases).map(|case| format!("case {case}")).collect();
    let mut live = Live::new();
    let mut nanoseconds = Vec::with_capacity(rows.len());
    let cpu = cpu_seconds();
    for &(start, case, activity) in &rows {
        let begin = Instant::now();
        let step = STEPS[activity as usize];
        let appended = live.append(&names[case as usize], step, start, None);
        nanoseconds.push(begin.elapsed().as_nanos() as u32);
        appended.expect("rows are in order of time");
    }
    let cpu = (cpu_seconds() - cpu) / rows.len() as f64 * 1e6;
    nanoseconds.sort_unstable();
    let at = |share: f64| nanoseconds[((nanoseconds.len() - 1) as f64 * share) as usize];
    println!(
        "append one event: {cpu:.2} µs CPU; median {} ns, 99.9 % within {} ns, slowest {} ms",
        at(0.5),
        at(0.999),
        at(1.0) / 1_000_000
    );
    println!("{} variants grown", live.variants().len());
}

fn all(log: &EventLog) -> (Follows, Variants<'_>) {
    (Follows::timed(log, THREADS), Variants::of(log, THREADS))
}

/// Rows of cases that overlap, ordered by time as a shop writes them.
fn rows() -> (Vec<Row>, u32) {
    let mut state = 7_u64;
    let mut random = move |bound: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) % bound
    };
    let mut rows = Vec::with_capacity(EVENTS);
    let mut case = 0_u32;
    while rows.len() < EVENTS {
        let mut time = i64::from(case) * 40_000_000;
        let mut step = random(3);
        while step < STEPS.len() as u64 && rows.len() < EVENTS {
            rows.push((time, case, step as u32));
            time += (random(1_000) * random(1_000) * random(3_000)) as i64 * 1_000;
            step = match random(100) {
                0..3 => step,
                3..6 => step.saturating_sub(random(4)),
                6..20 => step + 2,
                20..30 => step + 3 + random(3),
                30..40 => 17 + random(4),
                _ => step + 1,
            };
        }
        case += 1;
    }
    rows.sort_by_key(|row| row.0);
    (rows, case)
}

fn fill(rows: &[Row], cases: u32, length: Option<fn(i64) -> i64>) -> LogBuilder {
    let mut builder = LogBuilder::new();
    for case in 0..cases {
        builder.case(&format!("case {case}"));
    }
    for step in STEPS {
        builder.activity(step);
    }
    for &(start, case, activity) in rows {
        let event = Event {
            case,
            activity,
            start,
            end: length.map(|length| start + length(start)),
        };
        builder.push(event).expect("rows are well-formed");
    }
    builder
}

fn measured<T>(what: &str, rounds: u32, mut work: impl FnMut() -> T) -> T {
    let (mut best, cpu) = (f64::MAX, cpu_seconds());
    let mut made = None;
    for _ in 0..rounds {
        made = None;
        let begin = Instant::now();
        made = Some(black_box(work())).or(made);
        best = best.min(begin.elapsed().as_secs_f64());
    }
    let cpu = (cpu_seconds() - cpu) / f64::from(rounds);
    println!("{what}: {best:.3} s at best, {cpu:.3} s CPU");
    made.expect("at least one round")
}

/// User and system time of this process, from the kernel's hundredths of seconds.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("a Linux kernel");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split(' ').collect();
    let ticks = |field: usize| fields[field].parse::<f64>().expect("a number of ticks");
    (ticks(12) + ticks(13)) / 100.0
}

/// A line of `/proc/self/status` in megabytes.
fn resident(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("a Linux kernel");
    let value = status.lines().find_map(|l| l.strip_prefix(line));
    let kilobytes = value.and_then(|v| v.split_whitespace().nth(1));
    kilobytes
        .and_then(|k| k.parse::<u64>().ok())
        .expect("a size")
        / 1000
}

/// Lets the kernel begin anew with the most memory held.
fn forget_peak() {
    fs::write("/proc/self/clear_refs", "5").expect("a Linux kernel");
}
