//! How large a ZIP archive is once unpacked: a workbook of a few kilobytes can unpack to many
//! gigabytes, and the reader of workbooks holds its texts in memory.

use std::io::{Read, copy, sink};

use flate2::read::DeflateDecoder;

const END: &[u8; 4] = b"PK\x05\x06";
const ENTRY: &[u8; 4] = b"PK\x01\x02";
/// The end record is 22 bytes and a comment of at most 65,535.
const END_BYTES_MAX: usize = 22 + 65_535;
const STORED: usize = 0;
const DEFLATED: usize = 8;

/// Whether everything in the archive unpacks to at most `max` bytes; `None` for what is no sound
/// archive. The sizes an archive claims are not believed: it is unpacked, to nowhere.
pub fn fits(archive: &[u8], max: u64) -> Option<bool> {
    let tail = archive.len().saturating_sub(END_BYTES_MAX);
    let end = archive[tail..].windows(4).rposition(|mark| mark == END)? + tail;
    let count = short(archive, end + 10)?;
    let mut at = long(archive, end + 16)?;
    let mut left = max;
    for _ in 0..count {
        if archive.get(at..at + 4)? != ENTRY {
            return None;
        }
        let size = unpacked(archive, at, left)?;
        let Some(rest) = left.checked_sub(size) else {
            return Some(false);
        };
        left = rest;
        at += 46 + short(archive, at + 28)? + short(archive, at + 30)? + short(archive, at + 32)?;
    }
    Some(true)
}

/// How many bytes an entry unpacks to; one more than `max` stands for anything beyond.
fn unpacked(archive: &[u8], entry: usize, max: u64) -> Option<u64> {
    let (packed, local) = (long(archive, entry + 20)?, long(archive, entry + 42)?);
    let begin = local + 30 + short(archive, local + 26)? + short(archive, local + 28)?;
    let data = archive.get(begin..begin.checked_add(packed)?)?;
    match short(archive, entry + 10)? {
        STORED => Some(packed as u64),
        DEFLATED => copy(&mut DeflateDecoder::new(data).take(max + 1), &mut sink()).ok(),
        _ => None,
    }
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes(pair.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::DeflateEncoder};
    use std::io::Write;

    /// An archive of one entry that unpacks to so many zeros, and claims to be small.
    fn archive(zeros: usize) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&vec![0; zeros]).unwrap();
        let data = encoder.finish().unwrap();
        let mut about = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        about.extend((data.len() as u32).to_le_bytes());
        about.extend([1, 0, 0, 0, 1, 0, 0, 0]);
        let local = [b"PK\x03\x04".as_slice(), &about, b"a", &data].concat();
        let entry = [ENTRY.as_slice(), &[20, 0], &about, &[0; 14], b"a"].concat();
        let place = (local.len() as u32).to_le_bytes();
        let counts = [0, 0, 0, 0, 1, 0, 1, 0, entry.len() as u8, 0, 0, 0];
        [&local, &entry, END.as_slice(), &counts, &place, &[0, 0]].concat()
    }

    #[test]
    fn an_archive_that_swells_is_found_whatever_it_claims() {
        assert_eq!(fits(&archive(1000), 1000), Some(true));
        assert_eq!(fits(&archive(1001), 1000), Some(false));
        assert_eq!(fits(&archive(5 << 20), 1 << 20), Some(false));
    }

    #[test]
    fn a_damaged_archive_is_none() {
        let whole = archive(1000);
        // The last two bytes tell the length of a comment, which nobody needs.
        for length in 0..whole.len() - 2 {
            assert_eq!(fits(&whole[..length], 1 << 20), None, "{length}");
        }
        let far = [END.as_slice(), &[0xff; 18]].concat();
        assert_eq!(fits(&far, 10), None);
    }
}
