//! What a file is, by its bytes; what its name or the browser claims does not count.

use kernel::Text;

/// What is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A WebP picture.
    WebP,
    /// A PDF document.
    Pdf,
    /// Plain text in UTF-8.
    Plain,
}

/// Tells what a file is, or why it is not accepted and what to do instead.
pub fn kind(bytes: &[u8]) -> Result<Kind, Text> {
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    match bytes {
        [] => Err(Text::key("files-empty")),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Ok(Kind::Png),
        [0xFF, 0xD8, 0xFF, ..] => Ok(Kind::Jpeg),
        _ if is_webp => Ok(Kind::WebP),
        _ if bytes.starts_with(b"%PDF-") => Ok(Kind::Pdf),
        _ if bytes.get(4..8) == Some(b"ftyp") => Err(Text::key(of_brand(bytes))),
        _ => plain(bytes),
    }
}

/// Why a file of the ISO base media format is not accepted: the brand says what it holds.
fn of_brand(bytes: &[u8]) -> &'static str {
    match bytes.get(8..12) {
        Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => {
            "files-heic"
        }
        Some(b"avif" | b"avis") => "files-kind",
        _ => "files-video",
    }
}

/// Text that cannot be taken for a page: a browser that guesses would run what is in it.
fn plain(bytes: &[u8]) -> Result<Kind, Text> {
    let refused = || Text::key("files-kind");
    let text = std::str::from_utf8(bytes).map_err(|_| refused())?;
    let strange = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
    if text.chars().any(strange) {
        return Err(refused());
    }
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    if start.starts_with('<') {
        return Err(Text::key("files-markup"));
    }
    Ok(Kind::Plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_decide_what_a_file_is() {
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n...."), Ok(Kind::Png));
        assert_eq!(kind(b"\xff\xd8\xff\xe0"), Ok(Kind::Jpeg));
        assert_eq!(kind(b"RIFF\0\0\0\0WEBPVP8 "), Ok(Kind::WebP));
        assert_eq!(kind(b"%PDF-1.7\n"), Ok(Kind::Pdf));
        assert_eq!(kind("说明：先关机\n".as_bytes()), Ok(Kind::Plain));
    }

    #[test]
    fn what_is_refused_says_what_to_do_instead() {
        let refused = |bytes: &[u8]| kind(bytes).unwrap_err();
        assert_eq!(refused(b""), Text::key("files-empty"));
        assert_eq!(refused(b"\0\0\0\x18ftypheic\0\0"), Text::key("files-heic"));
        assert_eq!(refused(b"\0\0\0\x18ftypmp42\0\0"), Text::key("files-video"));
        assert_eq!(
            refused(b"\n <svg onload=alert(1)>"),
            Text::key("files-markup")
        );
        assert_eq!(
            refused(b"\xef\xbb\xbf<!doctype html>"),
            Text::key("files-markup")
        );
        assert_eq!(refused(b"MZ\x90\0\x03"), Text::key("files-kind"));
        assert_eq!(refused(b"RIFF\0\0\0\0WAVE"), Text::key("files-kind"));
        assert_eq!(refused(b"GIF89a\x01\0"), Text::key("files-kind"));
    }
}
