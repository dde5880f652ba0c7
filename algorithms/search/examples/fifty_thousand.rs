//! How long questions to 50,000 passages take: `cargo run --release --example fifty_thousand`.
//!
//! Half of the passages are Chinese (200 characters), half English (100 words), drawn from 3,000
//! characters and 20,000 words, a few of them far more often than the rest, as in real text.

use std::time::Instant;

use search::{Builder, Entry, Knowledge};

const QUESTIONS: usize = 400;

struct Draw(u64);

impl Draw {
    /// A number from 0 to `count`, small ones more often (its logarithm is even).
    fn rank(&mut self, count: f64) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let share = (self.0 >> 11) as f64 / (1u64 << 53) as f64;
        count.powf(share) as u32 - 1
    }

    fn chinese(&mut self, characters: usize) -> String {
        let character = |rank| char::from_u32(0x4e00 + rank).unwrap_or('一');
        (0..characters)
            .map(|_| character(self.rank(3000.0)))
            .collect()
    }

    fn english(&mut self, words: usize) -> String {
        let word = |mut rank: u32| {
            let mut word = String::new();
            while rank > 0 {
                word.push_str(["ta", "re", "mi", "son", "ler", "ke", "du"][rank as usize % 7]);
                rank /= 7;
            }
            word
        };
        (0..words)
            .map(|_| word(self.rank(20_000.0) + 7))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

fn ask(knowledge: &Knowledge, language: &str, questions: &[String]) {
    let begun = Instant::now();
    let hits: usize = questions
        .iter()
        .map(|q| knowledge.search(q, 10).hits.len())
        .sum();
    let each = begun.elapsed().as_secs_f64() * 1000.0 / questions.len() as f64;
    println!("{language}: {each:.2} ms a question, {hits} hits");
}

fn main() {
    let mut draw = Draw(1);
    let mut builder = Builder::default();
    for at in 0..50_000 {
        let body = if at % 2 == 0 {
            draw.chinese(200)
        } else {
            draw.english(100)
        };
        builder.add(Entry {
            label: at.to_string(),
            title: String::new(),
            body,
        });
    }
    let begun = Instant::now();
    let knowledge = builder.build();
    println!(
        "index of 50,000 passages: {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    let chinese: Vec<String> = (0..QUESTIONS).map(|_| draw.chinese(15)).collect();
    ask(&knowledge, "Chinese, 15 characters", &chinese);
    let english: Vec<String> = (0..QUESTIONS).map(|_| draw.english(12)).collect();
    ask(&knowledge, "English, 12 words", &english);
}
