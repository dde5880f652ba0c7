//! Weights in the safetensors format: a length, a header in JSON, and numbers in one piece.

use std::collections::BTreeMap;

use ndarray::{Array1, Array2};
use serde_json::Value;

/// Longest header that is read: a bound on memory.
const HEADER_MAX: usize = 10_000_000;

/// Named arrays of 32-bit floats.
#[derive(Debug)]
pub(super) struct Tensors<'a> {
    arrays: BTreeMap<String, (Vec<usize>, &'a [u8])>,
}

impl<'a> Tensors<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Tensors<'a>, String> {
        let short = || "the file ends too soon".to_owned();
        let (length, rest) = bytes.split_first_chunk::<8>().ok_or_else(short)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| short())?;
        if length > HEADER_MAX {
            return Err("no safetensors file: its header has over 10 MB".into());
        }
        let (header, data) = rest.split_at_checked(length).ok_or_else(short)?;
        let header: Value =
            serde_json::from_slice(header).map_err(|error| format!("its header: {error}"))?;
        let header = header.as_object().ok_or("its header is no JSON object")?;
        let mut arrays = BTreeMap::new();
        for (name, entry) in header {
            if entry["dtype"] == "F32" {
                let array = array(entry, data).map_err(|what| format!("{name}: {what}"))?;
                arrays.insert(name.clone(), array);
            }
        }
        Ok(Tensors { arrays })
    }

    /// A matrix of this many rows and columns.
    pub(super) fn matrix(&self, name: &str, shape: [usize; 2]) -> Result<Array2<f32>, String> {
        let numbers = self.numbers(name, &shape)?;
        Array2::from_shape_vec(shape, numbers).map_err(|error| format!("{name}: {error}"))
    }

    /// A row of numbers.
    pub(super) fn row(&self, name: &str, length: usize) -> Result<Array1<f32>, String> {
        Ok(Array1::from_vec(self.numbers(name, &[length])?))
    }

    fn numbers(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, String> {
        let found = self.arrays.get(name);
        let (own, bytes) = found.ok_or_else(|| format!("{name} (32-bit floats) is missing"))?;
        if own != shape {
            return Err(format!("{name} has the shape {own:?}; {shape:?} is needed"));
        }
        let numbers = bytes.chunks_exact(4).map(|four| {
            let four: [u8; 4] = four.try_into().expect("four bytes");
            f32::from_le_bytes(four)
        });
        let numbers: Vec<f32> = numbers.collect();
        if numbers.iter().any(|number| !number.is_finite()) {
            return Err(format!("{name} holds what is no number"));
        }
        Ok(numbers)
    }
}

/// The shape and the bytes of an array.
fn array<'a>(entry: &Value, data: &'a [u8]) -> Result<(Vec<usize>, &'a [u8]), String> {
    let list = |name: &str| -> Result<Vec<usize>, String> {
        let list = entry[name].as_array();
        let number = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok());
        let list = list.and_then(|list| list.iter().map(number).collect::<Option<Vec<usize>>>());
        list.ok_or_else(|| format!("{name} is no list of whole numbers"))
    };
    let (shape, ends) = (list("shape")?, list("data_offsets")?);
    let bytes = match ends[..] {
        [from, to] => data.get(from..to),
        _ => None,
    };
    let bytes = bytes.ok_or("data_offsets lie outside the file")?;
    let product = |all: usize, &n: &usize| all.checked_mul(n);
    if shape.iter().try_fold(4, product) != Some(bytes.len()) {
        return Err(format!("{} bytes are not the shape {shape:?}", bytes.len()));
    }
    Ok((shape, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(header: &str, data: &[u8]) -> Vec<u8> {
        let length = (header.len() as u64).to_le_bytes();
        [&length, header.as_bytes(), data].concat()
    }

    #[test]
    fn what_is_there_is_read_and_the_rest_is_named() {
        let header = r#"{"__metadata__":{"format":"pt"},
            "a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},
            "ids":{"dtype":"I64","shape":[1],"data_offsets":[8,16]}}"#;
        let mut data = [1.5f32.to_le_bytes(), (-2.0f32).to_le_bytes()].concat();
        data.extend([0; 8]);
        let bytes = file(header, &data);
        let tensors = Tensors::read(&bytes).unwrap();
        assert_eq!(
            tensors.matrix("a", [1, 2]).unwrap(),
            ndarray::array![[1.5, -2.0]]
        );
        let wrong = tensors.matrix("a", [2, 1]).unwrap_err();
        assert_eq!(wrong, "a has the shape [1, 2]; [2, 1] is needed");
        let wrong = tensors.row("b", 2).unwrap_err();
        assert_eq!(wrong, "b (32-bit floats) is missing");
    }

    #[test]
    fn broken_files_are_refused() {
        let entry = |rest: &str| format!(r#"{{"a":{{"dtype":"F32",{rest}}}}}"#);
        for bytes in [
            Vec::new(),
            u64::MAX.to_le_bytes().to_vec(),
            file("{", &[]),
            file("[]", &[]),
            file(&entry(r#""shape":[2],"data_offsets":[0,8]"#), &[0; 4]),
            file(&entry(r#""shape":[2],"data_offsets":[4,0]"#), &[0; 4]),
            file(&entry(r#""shape":[2],"data_offsets":[0,4]"#), &[0; 4]),
            file(&entry(r#""shape":[-1],"data_offsets":[0,4]"#), &[0; 4]),
            file(
                &entry(&format!(
                    r#""shape":[{m},{m}],"data_offsets":[0,4]"#,
                    m = u64::MAX
                )),
                &[],
            ),
        ] {
            assert!(Tensors::read(&bytes).is_err());
        }
        let bytes = file(
            &entry(r#""shape":[1],"data_offsets":[0,4]"#),
            &f32::NAN.to_le_bytes(),
        );
        let wrong = Tensors::read(&bytes).unwrap().row("a", 1).unwrap_err();
        assert_eq!(wrong, "a holds what is no number");
    }
}
