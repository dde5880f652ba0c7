//! Nothing makes a reader fall over: seeds as they are, and mutated in the same way in every run.

use std::path::PathBuf;

/// Mutations of each seed.
const MUTATIONS: usize = 300;

/// A generator that gives the same mutations in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

/// What tends to trip readers.
const TELLING: [&[u8]; 16] = [
    b"\"",
    b"<",
    b">",
    b"&#0;",
    b"&amp;",
    b"\r",
    b"\n",
    b"]]>",
    b"9999999999999999999",
    b"-1",
    b"NaN",
    b"\xff\xfe",
    b"\0",
    b"%00",
    b"1e999",
    "中\u{301}".as_bytes(),
];

/// Changes a few bytes: overwritten, cut out, doubled, or replaced by something telling.
fn mutated(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len());
        let end = (at + 1 + dice.roll(24)).min(bytes.len());
        match dice.roll(5) {
            0 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            1 => drop(bytes.drain(at.min(end)..end)),
            2 => {
                let part = bytes[at.min(end)..end].to_vec();
                let to = dice.roll(bytes.len());
                bytes.splice(to..to, part);
            }
            3 => bytes.truncate(at),
            _ => {
                let telling = TELLING[dice.roll(TELLING.len())];
                bytes.splice(at.min(end)..end, telling.iter().copied());
            }
        }
    }
    bytes
}

fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target);
    let files = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{} needs a seed: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = files
        .map(|file| file.expect("a file of the folder").path())
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let bytes = std::fs::read(&path).expect("a seed can be read");
        (path, bytes)
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn no_reader_falls_over_whatever_the_bytes() {
    for (name, call) in fuzz::TARGETS {
        let mut dice = Dice(0x5eed);
        for (path, seed) in seeds(name) {
            let held = std::panic::catch_unwind(|| call(&seed));
            assert!(held.is_ok(), "{name} fell over {}", path.display());
            for round in 0..MUTATIONS {
                let bytes = mutated(&seed, &mut dice);
                let held = std::panic::catch_unwind(|| call(&bytes));
                let shown = String::from_utf8_lossy(&bytes);
                assert!(
                    held.is_ok(),
                    "{name}, {}, round {round}: {shown}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn every_target_has_a_harness() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("libfuzzer");
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    for (name, _) in fuzz::TARGETS {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
        let body = std::fs::read_to_string(folder.join(format!("targets/{name}.rs"))).unwrap();
        assert!(body.contains(&format!("fuzz::run(\"{name}\"")), "{name}");
    }
}
