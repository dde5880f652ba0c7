//! Sealing a stream with a passphrase, piece by piece.
//!
//! After the mark and a salt come pieces of 64 KiB, each encrypted and authenticated by
//! ChaCha20-Poly1305 under a key that Argon2id makes of passphrase and salt. The nonce is the
//! number of the piece and, in its last byte, whether it is the last: pieces cannot be altered,
//! left out, repeated, put in another order or cut off without the reader's refusing.

use std::io::{self, Read, Write};

use argon2::{Algorithm, Argon2, Params, Version};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};

/// What a sealed backup begins with.
pub(super) const MARK: &[u8; 16] = b"steward-backup 1";
const SALT_BYTES: usize = 16;
const PIECE_BYTES: usize = 64 << 10;
const TAG_BYTES: usize = 16;
/// Argon2id with 64 MiB and three passes: half a second for who knows the passphrase.
const MEMORY_KIBIBYTES: u32 = 64 << 10;
const PASSES: u32 = 3;

fn key(passphrase: &str, salt: &[u8]) -> io::Result<LessSafeKey> {
    let params = Params::new(MEMORY_KIBIBYTES, PASSES, 1, Some(32));
    let params = params.expect("these parameters are within the limits of Argon2");
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut bytes = [0; 32];
    argon2
        .hash_password_into(passphrase.as_bytes(), salt, &mut bytes)
        .map_err(|error| io::Error::other(error.to_string()))?;
    let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes).expect("a key has 32 bytes");
    Ok(LessSafeKey::new(key))
}

fn nonce(number: u64, is_last: bool) -> Nonce {
    let mut bytes = [0; 12];
    bytes[3..11].copy_from_slice(&number.to_be_bytes());
    bytes[11] = u8::from(is_last);
    Nonce::assume_unique_for_key(bytes)
}

/// Encrypts what is written to it; [`Sealing::finish`] writes the last piece.
pub(super) struct Sealing<W: Write> {
    sink: W,
    key: LessSafeKey,
    piece: Vec<u8>,
    number: u64,
}

impl<W: Write> Sealing<W> {
    pub(super) fn new(mut sink: W, passphrase: &str, salt: [u8; SALT_BYTES]) -> io::Result<Self> {
        sink.write_all(MARK)?;
        sink.write_all(&salt)?;
        Ok(Self {
            sink,
            key: key(passphrase, &salt)?,
            piece: Vec::with_capacity(PIECE_BYTES + TAG_BYTES),
            number: 0,
        })
    }

    fn seal(&mut self, is_last: bool) -> io::Result<()> {
        let nonce = nonce(self.number, is_last);
        self.key
            .seal_in_place_append_tag(nonce, Aad::from(MARK), &mut self.piece)
            .map_err(|_| io::Error::other("a piece could not be sealed"))?;
        self.sink.write_all(&self.piece)?;
        self.piece.clear();
        self.number += 1;
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        self.seal(true)?;
        Ok(self.sink)
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full piece waits for what follows: only then it is known not to be the last one.
        if self.piece.len() == PIECE_BYTES && !bytes.is_empty() {
            self.seal(false)?;
        }
        let taken = bytes.len().min(PIECE_BYTES - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// Decrypts what stands after the mark, and refuses what was altered or cut off.
pub(super) struct Opening<R: Read> {
    source: R,
    key: LessSafeKey,
    /// Bytes of the source that are not opened; one more than a piece tells whether it is the last.
    ahead: Vec<u8>,
    opened: Vec<u8>,
    given: usize,
    number: u64,
    is_done: bool,
}

impl<R: Read> Opening<R> {
    /// Reads on after the mark.
    pub(super) fn new(mut source: R, passphrase: &str) -> io::Result<Self> {
        let mut salt = [0; SALT_BYTES];
        source.read_exact(&mut salt)?;
        Ok(Self {
            source,
            key: key(passphrase, &salt)?,
            ahead: Vec::with_capacity(PIECE_BYTES + TAG_BYTES + 1),
            opened: Vec::new(),
            given: 0,
            number: 0,
            is_done: false,
        })
    }

    fn open(&mut self) -> io::Result<()> {
        const SEALED_BYTES: usize = PIECE_BYTES + TAG_BYTES;
        let missing = SEALED_BYTES + 1 - self.ahead.len();
        let mut more = Read::by_ref(&mut self.source).take(missing as u64);
        more.read_to_end(&mut self.ahead)?;
        let is_last = self.ahead.len() <= SEALED_BYTES;
        let rest = self.ahead.split_off(self.ahead.len().min(SEALED_BYTES));
        let mut piece = std::mem::replace(&mut self.ahead, rest);
        let nonce = nonce(self.number, is_last);
        let opened = self.key.open_in_place(nonce, Aad::from(MARK), &mut piece);
        let length = opened.map(|opened| opened.len()).map_err(|_| {
            let what = match self.number {
                0 => "the passphrase is wrong, or the file was altered",
                _ => "the file was altered or cut off",
            };
            io::Error::new(io::ErrorKind::InvalidData, what)
        })?;
        piece.truncate(length);
        (self.opened, self.given, self.is_done) = (piece, 0, is_last);
        self.number += 1;
        Ok(())
    }
}

impl<R: Read> Read for Opening<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.opened.len() && !self.is_done {
            self.open()?;
        }
        let rest = &self.opened[self.given..];
        let taken = rest.len().min(into.len());
        into[..taken].copy_from_slice(&rest[..taken]);
        self.given += taken;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(text: &[u8]) -> Vec<u8> {
        let mut sealing = Sealing::new(Vec::new(), "open sesame", [7; 16]).expect("it begins");
        sealing.write_all(text).expect("memory takes it");
        sealing.finish().expect("it ends")
    }

    fn opened(sealed: &[u8], passphrase: &str) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        Opening::new(&sealed[MARK.len()..], passphrase)?.read_to_end(&mut text)?;
        Ok(text)
    }

    #[test]
    fn what_was_sealed_is_opened_by_its_passphrase_alone() {
        for length in [
            0,
            1,
            PIECE_BYTES - 1,
            PIECE_BYTES,
            PIECE_BYTES + 1,
            3 * PIECE_BYTES,
        ] {
            let text: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let sealed = sealed(&text);
            let back = opened(&sealed, "open sesame").expect("it opens");
            assert!(back == text, "{length} bytes come back");
        }
        assert!(opened(&sealed(b"rice"), "open barley").is_err());
    }

    #[test]
    fn nothing_can_be_altered_left_out_or_put_elsewhere() {
        let whole = sealed(&vec![1; 3 * PIECE_BYTES]);
        let (head, piece) = (MARK.len() + SALT_BYTES, PIECE_BYTES + TAG_BYTES);
        let cut = whole[..head + 2 * piece].to_vec();
        let mut flipped = whole.clone();
        flipped[head + piece + 9] ^= 1;
        let mut turned = whole.clone();
        turned[head..head + 2 * piece].rotate_left(piece);
        let mut longer = whole.clone();
        longer.push(0);
        for odd in [cut, flipped, turned, longer, whole[..head + 5].to_vec()] {
            assert!(opened(&odd, "open sesame").is_err());
        }
    }
}
