//! The arithmetic: embeddings, layers of attention, the mean.

use std::ops::Range;

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis, Slice};
use serde_json::Value;

use super::tensors::Tensors;

/// What the configuration says of the model's size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    pub(super) vocabulary: usize,
    positions: usize,
    width: usize,
    inner: usize,
    heads: usize,
    layers: usize,
    epsilon: f32,
}

impl Shape {
    /// Reads `config.json` of a BERT.
    pub(super) fn read(bytes: &[u8]) -> Result<Shape, String> {
        let config: Value = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        for (name, allowed) in [
            ("model_type", "bert"),
            ("hidden_act", "gelu"),
            ("position_embedding_type", "absolute"),
        ] {
            if let Some(other) = config.get(name).filter(|value| *value != allowed) {
                return Err(format!("{name} is {other}; only \"{allowed}\" can be read"));
            }
        }
        let number = |name: &str| {
            let value = config[name]
                .as_u64()
                .filter(|n| (1..=1_000_000).contains(n));
            let value = value.and_then(|n| usize::try_from(n).ok());
            value.ok_or_else(|| format!("{name} is no whole number from 1 to 1,000,000"))
        };
        let shape = Shape {
            vocabulary: number("vocab_size")?,
            positions: number("max_position_embeddings")?,
            width: number("hidden_size")?,
            inner: number("intermediate_size")?,
            heads: number("num_attention_heads")?,
            layers: number("num_hidden_layers")?,
            epsilon: config["layer_norm_eps"].as_f64().unwrap_or(1e-12) as f32,
        };
        if !shape.width.is_multiple_of(shape.heads) || shape.positions < 3 {
            return Err("hidden_size is no multiple of num_attention_heads, or \
                        max_position_embeddings is below 3"
                .into());
        }
        Ok(shape)
    }
}

/// `x · weightsᵀ + bias`.
#[derive(Debug)]
struct Linear {
    weights: Array2<f32>,
    bias: Array1<f32>,
}

impl Linear {
    fn new(tensors: &Tensors, name: &str, shape: [usize; 2]) -> Result<Linear, String> {
        Ok(Linear {
            weights: tensors.matrix(&format!("{name}.weight"), shape)?,
            bias: tensors.row(&format!("{name}.bias"), shape[0])?,
        })
    }

    fn of(&self, x: &Array2<f32>) -> Array2<f32> {
        let mut y = Array2::from_shape_fn((x.nrows(), self.bias.len()), |(_, to)| self.bias[to]);
        general_mat_mul(1.0, x, &self.weights.t(), 1.0, &mut y);
        y
    }
}

/// Each row to mean 0 and variance 1, then scaled and moved.
#[derive(Debug)]
struct Norm {
    scale: Array1<f32>,
    bias: Array1<f32>,
    epsilon: f32,
}

impl Norm {
    fn new(tensors: &Tensors, name: &str, shape: &Shape) -> Result<Norm, String> {
        Ok(Norm {
            scale: tensors.row(&format!("{name}.weight"), shape.width)?,
            bias: tensors.row(&format!("{name}.bias"), shape.width)?,
            epsilon: shape.epsilon,
        })
    }

    fn apply(&self, x: &mut Array2<f32>) {
        for mut row in x.rows_mut() {
            let mean = row.sum() / row.len() as f32;
            row -= mean;
            let variance = row.iter().map(|v| v * v).sum::<f32>() / row.len() as f32;
            row *= 1.0 / (variance + self.epsilon).sqrt();
            row *= &self.scale;
            row += &self.bias;
        }
    }
}

#[derive(Debug)]
struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    joined: Linear,
    joined_norm: Norm,
    inner: Linear,
    outer: Linear,
    outer_norm: Norm,
    heads: usize,
}

impl Layer {
    fn new(tensors: &Tensors, at: usize, shape: &Shape) -> Result<Layer, String> {
        let (width, inner) = (shape.width, shape.inner);
        let linear =
            |name: &str, shape| Linear::new(tensors, &format!("encoder.layer.{at}.{name}"), shape);
        let norm = |name: &str| {
            let name = format!("encoder.layer.{at}.{name}.LayerNorm");
            Norm::new(tensors, &name, shape)
        };
        Ok(Layer {
            query: linear("attention.self.query", [width, width])?,
            key: linear("attention.self.key", [width, width])?,
            value: linear("attention.self.value", [width, width])?,
            joined: linear("attention.output.dense", [width, width])?,
            joined_norm: norm("attention.output")?,
            inner: linear("intermediate.dense", [inner, width])?,
            outer: linear("output.dense", [width, inner])?,
            outer_norm: norm("output")?,
            heads: shape.heads,
        })
    }

    /// `lengths` says how many rows each text has.
    fn apply(&self, x: &mut Array2<f32>, lengths: &[usize]) {
        let (query, key, value) = (self.query.of(x), self.key.of(x), self.value.of(x));
        let mut seen = Array2::zeros(x.raw_dim());
        let size = x.ncols() / self.heads;
        let mut from = 0;
        for &length in lengths {
            for head in 0..self.heads {
                let (rows, columns) = (from..from + length, head * size..(head + 1) * size);
                let own = attention(
                    part(&query, &rows, &columns),
                    part(&key, &rows, &columns),
                    part(&value, &rows, &columns),
                );
                let mut to = seen.slice_axis_mut(Axis(0), Slice::from(rows.clone()));
                to.slice_axis_mut(Axis(1), Slice::from(columns.clone()))
                    .assign(&own);
            }
            from += length;
        }
        *x += &self.joined.of(&seen);
        self.joined_norm.apply(x);
        let mut inner = self.inner.of(x);
        inner.mapv_inplace(gelu);
        *x += &self.outer.of(&inner);
        self.outer_norm.apply(x);
    }
}

fn part<'a>(
    of: &'a Array2<f32>,
    rows: &Range<usize>,
    columns: &Range<usize>,
) -> ArrayView2<'a, f32> {
    let (_, rest) = of.view().split_at(Axis(0), rows.start);
    let (rows, _) = rest.split_at(Axis(0), rows.len());
    let (_, rest) = rows.split_at(Axis(1), columns.start);
    rest.split_at(Axis(1), columns.len()).0
}

/// Softmax of `q·kᵀ/√size`, times `v` (Vaswani et al. 2017).
fn attention(q: ArrayView2<f32>, k: ArrayView2<f32>, v: ArrayView2<f32>) -> Array2<f32> {
    let mut weights = q.dot(&k.t()) / (q.ncols() as f32).sqrt();
    for mut row in weights.rows_mut() {
        let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        row.mapv_inplace(|w| (w - top).exp());
        let sum = row.sum();
        row /= sum;
    }
    weights.dot(&v)
}

/// `x·Φ(x)` (Hendrycks & Gimpel 2016).
fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// The error function to 1.5e-7 (Abramowitz & Stegun 7.1.26).
fn erf(x: f32) -> f32 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let series = [
        1.061_405_4,
        -1.453_152,
        1.421_413_7,
        -0.284_496_74,
        0.254_829_6,
    ];
    let sum = series.iter().fold(0.0, |sum, c| sum * t + c) * t;
    (1.0 - sum * (-x * x).exp()).copysign(x)
}

/// Everything between tokens and vectors.
#[derive(Debug)]
pub(super) struct Transformer {
    words: Array2<f32>,
    positions: Array2<f32>,
    kind: Array1<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

impl Transformer {
    pub(super) fn new(shape: &Shape, tensors: &Tensors) -> Result<Transformer, String> {
        let embedding = |name: &str, rows| {
            tensors.matrix(&format!("embeddings.{name}.weight"), [rows, shape.width])
        };
        let layers = (0..shape.layers).map(|at| Layer::new(tensors, at, shape));
        Ok(Transformer {
            words: embedding("word_embeddings", shape.vocabulary)?,
            positions: embedding("position_embeddings", shape.positions)?,
            kind: embedding("token_type_embeddings", 2)?.row(0).to_owned(),
            norm: Norm::new(tensors, "embeddings.LayerNorm", shape)?,
            layers: layers.collect::<Result<_, _>>()?,
        })
    }

    /// Most tokens a text may have.
    pub(super) fn positions(&self) -> usize {
        self.positions.nrows()
    }

    /// The mean of each text's last layer, at length one.
    pub(super) fn vectors(&self, texts: &[&[u32]]) -> Vec<Vec<f32>> {
        let lengths: Vec<usize> = texts.iter().map(|text| text.len()).collect();
        let mut x = Array2::zeros((lengths.iter().sum(), self.words.ncols()));
        let places = texts.iter().flat_map(|text| text.iter().enumerate());
        for (mut row, (place, &token)) in x.rows_mut().into_iter().zip(places) {
            row += &self.words.row(token as usize);
            row += &self.positions.row(place);
            row += &self.kind;
        }
        self.norm.apply(&mut x);
        for layer in &self.layers {
            layer.apply(&mut x, &lengths);
        }
        let mut from = 0;
        let mut mean = |&length: &usize| {
            let rows = x.slice_axis(Axis(0), Slice::from(from..from + length));
            from += length;
            unit(rows.sum_axis(Axis(0)).view())
        };
        lengths.iter().map(&mut mean).collect()
    }
}

fn unit(sum: ArrayView1<f32>) -> Vec<f32> {
    let length = sum.dot(&sum).sqrt().max(f32::MIN_POSITIVE);
    sum.iter().map(|v| v / length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_function_has_its_published_values() {
        for (x, value) in [
            (0.0, 0.0),
            (0.5, 0.520_499_9),
            (1.0, 0.842_700_8),
            (-2.0, -0.995_322_3),
        ] {
            assert!((erf(x) - value).abs() < 3e-7, "{x}");
        }
    }

    #[test]
    fn a_configuration_of_another_kind_is_refused() {
        let wrong = |text: &str| Shape::read(text.as_bytes()).unwrap_err();
        let what = wrong(r#"{"model_type":"t5"}"#);
        assert_eq!(what, r#"model_type is "t5"; only "bert" can be read"#);
        let what = wrong(r#"{"model_type":"bert","vocab_size":0}"#);
        assert_eq!(what, "vocab_size is no whole number from 1 to 1,000,000");
    }
}
