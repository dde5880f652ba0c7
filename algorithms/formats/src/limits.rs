//! How much a file may hold, and unpacking that keeps to it.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::FormatError;

/// Bounds of a file; the defaults fit a shop's log of tens of millions of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes after unpacking.
    pub bytes_max: u64,
    /// How many times larger a packed file may become, once it is over a megabyte.
    pub ratio_max: u64,
    /// Distinct activities, event types or object types.
    pub activities_max: usize,
    /// Elements of XML or JSON inside each other.
    pub depth_max: usize,
    /// Elements of a model.
    pub elements_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes_max: 4 << 30,
            ratio_max: 200,
            activities_max: 10_000,
            depth_max: 100,
            elements_max: 1_000_000,
        }
    }
}

/// Ratios below this size say nothing: a short file of spaces packs very well.
const RATIO_FROM: u64 = 1 << 20;

impl Limits {
    /// Refuses one activity too many.
    pub(crate) fn activities(&self, count: usize) -> Result<(), FormatError> {
        if count <= self.activities_max {
            return Ok(());
        }
        Err(FormatError::file(format!(
            "more than {} activities; choose a column with fewer distinct values as activity",
            self.activities_max
        )))
    }
}

/// Whether the bytes begin like a gzip file.
pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// The bytes as they are, or unpacked where they begin like gzip.
///
/// # Errors
/// When the unpacked file is over the limits (a zip bomb), or the packing is broken.
pub fn unpack(bytes: Vec<u8>, limits: &Limits) -> Result<Vec<u8>, FormatError> {
    if !is_gzip(&bytes) {
        return within(bytes, limits);
    }
    let allowed = limits
        .bytes_max
        .min((bytes.len() as u64 * limits.ratio_max).max(RATIO_FROM));
    let mut unpacked = Vec::new();
    let mut stream = MultiGzDecoder::new(bytes.as_slice()).take(allowed + 1);
    stream
        .read_to_end(&mut unpacked)
        .map_err(|error| FormatError::file(format!("the gzip packing is broken ({error})")))?;
    if unpacked.len() as u64 > allowed {
        return Err(FormatError::file(format!(
            "unpacks to more than {allowed} bytes; up to {} times its packed size and {} bytes \
             are allowed",
            limits.ratio_max, limits.bytes_max
        )));
    }
    Ok(unpacked)
}

fn within(bytes: Vec<u8>, limits: &Limits) -> Result<Vec<u8>, FormatError> {
    if bytes.len() as u64 > limits.bytes_max {
        let problem = format!(
            "{} bytes; up to {} are allowed",
            bytes.len(),
            limits.bytes_max
        );
        return Err(FormatError::file(problem));
    }
    Ok(bytes)
}
