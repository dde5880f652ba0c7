//! A sentence encoder: texts that mean alike get vectors that lie near one another.
//!
//! The arithmetic of BERT (Devlin et al. 2019) with the mean of its last layer, as the models of
//! Sentence-BERT (Reimers & Gurevych 2019) are trained. The weights are the caller's: none come
//! with this crate.

mod layers;
mod tensors;
mod words;

use std::fmt;

use self::layers::Transformer;
use self::tensors::Tensors;
use self::words::Vocabulary;

/// Most tokens of a text that are read; what follows is left out.
const TOKENS_MAX: usize = 256;
/// Most tokens that are worked on at once: a bound on memory, not on texts.
const TOKENS_AT_ONCE: usize = 1024;
/// A vocabulary with fewer Han characters is not made for Chinese.
const HAN_MIN: usize = 3000;

/// The files of a sentence-transformer with an uncased WordPiece vocabulary.
#[derive(Debug, Clone, Copy)]
pub struct ModelFiles<'a> {
    /// `config.json`.
    pub config: &'a [u8],
    /// `vocab.txt`: a token a line.
    pub vocabulary: &'a [u8],
    /// `model.safetensors`, 32-bit floats.
    pub weights: &'a [u8],
}

/// Why a model cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError {
    /// The file: `config.json`, `vocab.txt` or `model.safetensors`.
    pub file: &'static str,
    /// What is wrong with it and what is allowed.
    pub what: String,
}

impl fmt::Display for ModelError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}: {}", self.file, self.what)
    }
}

impl std::error::Error for ModelError {}

/// A text as a point of length one, and whether the model can read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    /// Coordinates; the cosine of two texts is the sum of their products.
    pub vector: Vec<f32>,
    /// Share of the words that the vocabulary has, 0 to 1. Chinese counts only where the
    /// vocabulary has at least 3,000 Han characters.
    pub known: f32,
}

/// Turns texts into vectors.
#[derive(Debug)]
pub struct Encoder {
    vocabulary: Vocabulary,
    transformer: Transformer,
    reads_han: bool,
}

impl Encoder {
    /// Reads a model.
    ///
    /// # Errors
    /// Names the file, what is wrong in it, and what is allowed.
    pub fn read(files: &ModelFiles<'_>) -> Result<Encoder, ModelError> {
        let wrong = |file, what| ModelError { file, what };
        let shape = layers::Shape::read(files.config).map_err(|what| wrong("config.json", what))?;
        let vocabulary = Vocabulary::read(files.vocabulary, shape.vocabulary)
            .map_err(|what| wrong("vocab.txt", what))?;
        let tensors =
            Tensors::read(files.weights).map_err(|what| wrong("model.safetensors", what))?;
        let transformer =
            Transformer::new(&shape, &tensors).map_err(|what| wrong("model.safetensors", what))?;
        let reads_han = vocabulary.han_count() >= HAN_MIN;
        Ok(Encoder {
            vocabulary,
            transformer,
            reads_han,
        })
    }

    /// The vector of one text.
    pub fn encode(&self, text: &str) -> Meaning {
        self.encode_all(&[text]).pop().expect("one for one text")
    }

    /// The vectors of many texts, each the same as if it were alone.
    pub fn encode_all(&self, texts: &[&str]) -> Vec<Meaning> {
        let limit = TOKENS_MAX.min(self.transformer.positions());
        let read: Vec<words::Read> = texts
            .iter()
            .map(|text| self.vocabulary.read_text(text, limit))
            .collect();
        let mut meanings = Vec::with_capacity(texts.len());
        let mut rest = read.as_slice();
        while !rest.is_empty() {
            let (now, later) = rest.split_at(together(rest));
            let tokens: Vec<&[u32]> = now.iter().map(|one| one.tokens.as_slice()).collect();
            let vectors = self.transformer.vectors(&tokens);
            meanings.extend(now.iter().zip(vectors).map(|(one, vector)| Meaning {
                vector,
                known: one.known(self.reads_han),
            }));
            rest = later;
        }
        meanings
    }

    /// Tokens of a text with the marks of its ends, for those who compare tokenizers.
    pub fn tokens(&self, text: &str) -> Vec<u32> {
        let limit = TOKENS_MAX.min(self.transformer.positions());
        self.vocabulary.read_text(text, limit).tokens
    }
}

/// How many of the next texts are worked on at once; at least one.
fn together(texts: &[words::Read]) -> usize {
    let mut tokens = 0;
    let fits = texts.iter().take_while(|one| {
        tokens += one.tokens.len();
        tokens <= TOKENS_AT_ONCE
    });
    fits.count().max(1)
}
