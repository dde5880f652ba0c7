//! Photos: what is accepted.

use kernel::{Fault, Text};

/// The largest photo accepted, in bytes.
pub const PHOTO_BYTES_MAX: usize = 1 << 20;

/// A photo whose first bytes say what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// `image/png`, `image/jpeg` or `image/webp`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Photo {
    /// Accepts PNG, JPEG and WebP by their first bytes; what the browser claims does not count.
    pub fn new(bytes: Vec<u8>) -> Result<Self, Fault> {
        if bytes.len() > PHOTO_BYTES_MAX {
            return Err(Fault::invalid("photo", Text::key("offers-photo-large")));
        }
        match media_type(&bytes) {
            Some(media_type) => Ok(Self { media_type, bytes }),
            None => Err(Fault::invalid("photo", Text::key("offers-photo-kind"))),
        }
    }

    /// Sixteen hexadecimal digits that change with the file: FNV-1a, to name a copy in a cache.
    pub fn fingerprint(&self) -> String {
        let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        let hash = self.bytes.iter().fold(0xcbf2_9ce4_8422_2325, step);
        format!("{hash:016x}")
    }
}

fn media_type(bytes: &[u8]) -> Option<&'static str> {
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        _ if is_webp => Some("image/webp"),
        _ => None,
    }
}

/// The media type of a name kept in the table.
pub(crate) fn known_media_type(name: &str) -> Option<&'static str> {
    ["image/png", "image/jpeg", "image/webp"]
        .into_iter()
        .find(|known| *known == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_decide_what_a_file_is() {
        let kind = |bytes: &[u8]| {
            Photo::new(bytes.to_vec())
                .map(|photo| photo.media_type)
                .ok()
        };
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n...."), Some("image/png"));
        assert_eq!(kind(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        assert_eq!(kind(b"RIFF\0\0\0\0WEBPVP8 "), Some("image/webp"));
        assert_eq!(kind(b"<svg onload=alert(1)>"), None);
        assert_eq!(kind(b"RIFF\0\0\0\0WAVE"), None);
        assert_eq!(kind(b""), None);
    }

    #[test]
    fn a_photo_of_more_than_a_mebibyte_is_refused() {
        let mut bytes = vec![0xFF; PHOTO_BYTES_MAX + 1];
        bytes[1] = 0xD8;
        let refused = Photo::new(bytes).unwrap_err();
        assert_eq!(refused.fields[0].text, Text::key("offers-photo-large"));
    }
}
