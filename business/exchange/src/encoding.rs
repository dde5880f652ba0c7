//! From bytes to text: UTF-8, UTF-16 and GBK, told apart by what the bytes can be.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use kernel::{Fault, Text};

/// The text of a file. A byte order mark decides; then valid UTF-8; then zeros in every other
/// place mean UTF-16; the rest is read as GBK or refused.
pub fn decode(bytes: &[u8]) -> Result<String, Fault> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => guess(bytes),
    };
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(without_mark(bytes))
        .ok_or_else(unreadable)?;
    if text.contains('\0') {
        return Err(unreadable());
    }
    Ok(text.into_owned())
}

fn unreadable() -> Fault {
    Fault::invalid("file", Text::key("exchange-file-no-text"))
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    Encoding::for_bom(bytes).map_or(bytes, |(_, length)| &bytes[length..])
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |offset: usize| {
        let places = sample.iter().skip(offset).step_by(2);
        places.filter(|byte| **byte == 0).count()
    };
    // Latin letters and commas leave every other byte zero, whatever else stands between them.
    match (zeros(0), zeros(1)) {
        (0, low) if low > sample.len() / 16 => UTF_16LE,
        (high, 0) if high > sample.len() / 16 => UTF_16BE,
        _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
        _ => GB18030,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "姓名,电话\n陈雨桐,13800132047\n";

    #[test]
    fn the_same_text_is_read_from_every_encoding_an_office_writes() {
        let gbk = GB18030.encode(TEXT).0.into_owned();
        let marked = [b"\xef\xbb\xbf".as_slice(), TEXT.as_bytes()].concat();
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let little_marked = [b"\xff\xfe".as_slice(), &little].concat();
        for bytes in [TEXT.into(), gbk, marked, little, big, little_marked] {
            assert_eq!(decode(&bytes).unwrap(), TEXT);
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [
            b"name\n\xff\xff\xff\n".as_slice(),
            b"\xef\xbb\xbfname\n\xc3\x28",
            b"a\0b\0\0\0c",
        ] {
            assert!(decode(bytes).is_err(), "{bytes:?}");
        }
    }
}
