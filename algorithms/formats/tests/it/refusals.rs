//! What is refused, with the place and what is allowed; and that nothing makes a reader fall over.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use formats::{Columns, Limits, Log, Options, bpmn, ocel, pnml, read_log, read_net};

fn refused(bytes: &[u8]) -> String {
    read_log(bytes.to_vec(), &Options::default())
        .expect_err("it is refused")
        .to_string()
}

fn xes(events: &str) -> Vec<u8> {
    format!("<log><trace>{events}</trace></log>").into_bytes()
}

#[test]
fn a_broken_log_is_refused_with_the_place_and_what_is_allowed() {
    let name = r#"<string key="concept:name" value="a"/>"#;
    let cases: [(Vec<u8>, &str); 13] = [
        (b"".to_vec(), "the file is empty"),
        (xes("<event>"), "line 1: not well-formed XML"),
        (
            b"<log><trace>".to_vec(),
            "line 1: the file ends inside 2 open elements",
        ),
        (
            xes(&format!("<event>{name}</event>")),
            "trace 1, event 1: no time:timestamp",
        ),
        (
            xes(&format!(
                "<event>{name}<date key=\"time:timestamp\" value=\"soon\"/></event>"
            )),
            "trace 1, event 1: time:timestamp is \"soon\"; allowed is a time like 2026",
        ),
        (
            xes("<event><date key=\"time:timestamp\" value=\"2026-01-01T00:00:00Z\"/></event>"),
            "trace 1, event 1: no concept:name",
        ),
        (b"<html></html>".to_vec(), "XES begins with <log>"),
        (b"case,activity,time\n1,a\n".to_vec(), "row 2: 2 fields"),
        (
            b"case,activity,time\n1,,2026-01-01\n".to_vec(),
            "row 2: nothing in column \"activity\"",
        ),
        (
            b"case,activity,time\n1,a,2026-01-01\n1,b,soon\n".to_vec(),
            "row 3: column \"time\" has",
        ),
        (
            b"a,b\n1,2\n".to_vec(),
            "row 1: no column is recognised as the case",
        ),
        (b"PK\x03\x04".to_vec(), "a zip archive"),
        (b"{\"ocel:events\":{}}".to_vec(), "missing field `objects`"),
    ];
    for (bytes, expected) in cases {
        let error = refused(&bytes);
        assert!(
            error.contains(expected),
            "{error:?} instead of {expected:?}"
        );
    }
}

#[test]
fn an_end_before_its_start_is_refused_with_the_row_of_the_table() {
    let text = "case,activity,start,end\n1,a,2026-01-02,2026-01-03\n1,b,2026-01-02,2026-01-01\n";
    let error = refused(text.as_bytes());
    assert!(
        error.starts_with("row 3: ends 86400 s before it starts"),
        "{error}"
    );
}

#[test]
fn a_day_above_twelve_far_down_settles_the_order_of_both_columns() {
    let mut text = String::from("case,activity,start,end\n");
    for row in 0..1_200 {
        let day = if row == 1_100 { 13 } else { 2 };
        text.push_str(&format!("{row},a,01/02/2026,01/{day:02}/2026\n"));
    }
    let read = read_log(text.into_bytes(), &Options::default()).unwrap();
    assert!(read.notes.is_empty());
    let Log::Cases(log) = read.log else {
        panic!("not a log of cases")
    };
    assert_eq!(log.length(0), 0);
    assert_eq!(log.length(1_100), 11 * 86_400_000_000);
    let open = read_log(
        b"case,activity,time\n1,a,01/02/2026\n".to_vec(),
        &Options::default(),
    );
    assert_eq!(open.unwrap().notes.len(), 1);
}

#[test]
fn a_bomb_is_refused_before_it_fills_the_memory() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..64 {
        packed.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let error = refused(&packed.finish().unwrap());
    assert!(error.contains("times its packed size"), "{error}");
}

#[test]
fn entities_are_not_expanded() {
    let text = r#"<!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
        <log><trace><string key="concept:name" value="&b;"/></trace></log>"#;
    assert!(
        refused(text.as_bytes()).starts_with("line 2:"),
        "{}",
        refused(text.as_bytes())
    );
}

#[test]
fn deep_elements_are_refused() {
    let deep = "<a>".repeat(100_000);
    let error = refused(format!("<log>{deep}").as_bytes());
    assert!(error.contains("nest deeper than 100"), "{error}");
    let json = format!("{{\"objects\":{}", "[".repeat(100_000));
    assert!(
        refused(json.as_bytes()).contains("OCEL 2.0 has"),
        "{}",
        refused(json.as_bytes())
    );
    for reader in [
        |b: &[u8]| pnml::read(b, &Limits::default()).map(drop),
        |b: &[u8]| bpmn::read(b, &Limits::default()).map(drop),
    ] {
        let error = reader(format!("<pnml>{deep}").as_bytes())
            .unwrap_err()
            .to_string();
        assert!(error.contains("nest deeper"), "{error}");
    }
}

#[test]
fn ten_thousand_activities_are_read_and_one_more_is_refused() {
    let table = |count: usize| {
        let rows = (0..count).map(|row| format!("1,activity {row},2026-01-01\n"));
        format!("case,activity,time\n{}", rows.collect::<String>()).into_bytes()
    };
    let log = read_log(table(10_000), &Options::default()).unwrap().log;
    let Log::Cases(log) = log else {
        panic!("not a log of cases")
    };
    assert_eq!(log.activity_names().len(), 10_000);
    assert!(refused(&table(10_001)).contains("more than 10000 activities"));
}

#[test]
fn a_model_that_cannot_be_used_is_refused_by_element() {
    let net = |inner: &str| format!("<pnml><net id=\"n\">{inner}</net></pnml>").into_bytes();
    let cases: [(Vec<u8>, &str); 5] = [
        (
            net("<place id=\"p\"/><place id=\"p\"/>"),
            "element p: stands twice",
        ),
        (net("<place/>"), "element <place>: needs an id"),
        (
            net("<place id=\"p\"/><arc id=\"a\" source=\"p\" target=\"q\"/>"),
            "element a: leads",
        ),
        (
            net("<place id=\"p\"><initialMarking><text>-1</text></initialMarking></place>"),
            "element p: \"-1\" tokens",
        ),
        (
            b"<definitions><process id=\"p\"/></definitions>".to_vec(),
            "no <process> with steps",
        ),
    ];
    for (bytes, expected) in cases {
        let error = read_net(bytes, &Limits::default()).unwrap_err().to_string();
        assert!(
            error.starts_with(expected),
            "{error:?} instead of {expected:?}"
        );
    }
}

/// Small valid files, one of each kind.
fn seeds() -> Vec<Vec<u8>> {
    let table =
        "id;what;from;to;who\r\n1;\"a;\"\"b\";1.2.26 8:05;1.2.26 8:10;x\r\n2;c;2.2.26 9:00;;";
    let options = Options::default();
    let Log::Cases(log) = read_log(CSV.as_bytes().to_vec(), &options)
        .expect("it is read or found")
        .log
    else {
        panic!("not a log of cases")
    };
    let json = r#"{"objectTypes":[{"name":"order","attributes":[{"name":"price","type":"float"}]}],
        "eventTypes":[{"name":"pay","attributes":[]}],
        "objects":[{"id":"o1","type":"order","attributes":[{"name":"price",
        "time":"1970-01-01T00:00:00Z","value":3.5}],"relationships":[]}],
        "events":[{"id":"e1","type":"pay","time":"2026-01-01T00:00:00Z","attributes":[],
        "relationships":[{"objectId":"o1","qualifier":"for"}]}]}"#;
    let objects =
        ocel::read_json(json.as_bytes(), &Limits::default()).expect("it is read or found");
    let tree: mining::Tree = "->( 'a', X( tau, *( 'b', 'c' ) ), +( 'd', 'e' ) )"
        .parse()
        .expect("it is read or found");
    let xml = r#"<log><object-types><object-type name="o"/></object-types><objects>
        <object id="1" type="o"><attributes><attribute name="p" time="1970-01-01T00:00:00Z">3
        </attribute></attributes></object></objects><events><event id="e" type="pay"
        time="2026-01-01T00:00:00Z"><objects><relationship object-id="1" qualifier="q"/></objects>
        </event></events></log>"#;
    vec![
        table.into(),
        CSV.into(),
        formats::xes::write(&log).into_bytes(),
        json.into(),
        xml.into(),
        ocel::write_sqlite(&objects).expect("it is read or found"),
        pnml::write(&tree.net()).into_bytes(),
        bpmn::write(&mining::bpmn::Diagram::from_tree(&tree, "visit")).into_bytes(),
    ]
}

const CSV: &str = "case,activity,start,end,who\n1,a,2026-01-01 08:00,2026-01-01 08:05,x\n\
    1,b,2026-01-01 08:05,2026-01-01 08:09,y\n2,a,2026-01-02 08:00,2026-01-02 08:02,x\n";

/// A generator that gives the same mutations in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

/// Changes a few bytes: overwritten, cut out, doubled, or replaced by something telling.
fn mutated(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    const TELLING: [&[u8]; 12] = [
        b"\"",
        b"<",
        b">",
        b"&#0;",
        b"&amp;",
        b"\r",
        b"\n",
        b"]]>",
        b"9999999999999",
        b"-1",
        b"NaN",
        b"\xff\xfe",
    ];
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len());
        let end = (at + 1 + dice.roll(24)).min(bytes.len());
        match dice.roll(5) {
            0 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            1 => drop(bytes.drain(at..end)),
            2 => {
                let part = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len());
                bytes.splice(to..to, part);
            }
            3 => bytes.truncate(at),
            _ => drop(bytes.splice(at..end, TELLING[dice.roll(TELLING.len())].iter().copied())),
        }
    }
    bytes
}

#[test]
fn no_reader_falls_over_whatever_the_bytes() {
    let limits = Limits {
        bytes_max: 1 << 20,
        ..Limits::default()
    };
    let options = Options {
        columns: Columns::default(),
        limits,
    };
    let mut dice = Dice(0x5eed);
    let (mut read, mut refused) = (0, 0);
    for seed in seeds() {
        for _ in 0..1_500 {
            let bytes = mutated(&seed, &mut dice);
            // A model may be read as a log and the other way round: both must stand it.
            let as_model = read_net(bytes.clone(), &limits).is_ok();
            let as_log = read_log(bytes, &options).is_ok();
            if as_model || as_log {
                read += 1
            } else {
                refused += 1
            }
        }
    }
    assert!(
        read > 500 && refused > 500,
        "{read} read, {refused} refused: too one-sided"
    );
}
