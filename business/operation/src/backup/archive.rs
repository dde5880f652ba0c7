//! What is in a backup: files one after the other, then the list of them with their hashes.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Component, Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use tar::{Builder, EntryType, Header};

pub(super) const DATABASE: &str = "steward.db";
pub(super) const KEY: &str = "secret.key";
pub(super) const FILES: &str = "files";
const LIST: &str = "contents.json";
const FORMAT: u32 = 1;
const LIST_BYTES_MAX: u64 = 1 << 30;
const COPY_BYTES: usize = 64 << 10;

/// One file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Item {
    name: String,
    bytes: u64,
    blake3: String,
}

/// What a backup says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct List {
    format: u32,
    /// The version of the program that made it.
    pub(super) program: String,
    /// When, as RFC 3339.
    pub(super) made_at: String,
    /// Every file in its order.
    pub(super) items: Vec<Item>,
}

impl List {
    pub(super) fn new(made_at: String) -> Self {
        Self {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at,
            items: Vec::new(),
        }
    }
}

fn header(bytes: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    header
}

/// Adds a file under a name, and to the list.
pub(super) fn add(
    archive: &mut Builder<impl Write>,
    list: &mut List,
    name: &str,
    file: &Path,
) -> io::Result<()> {
    let file = File::open(file)?;
    let bytes = file.metadata()?.len();
    // Of a file that grows in the meantime, what was there at first.
    let mut counted = Hashing::new(file.take(bytes));
    archive.append_data(&mut header(bytes), name, &mut counted)?;
    list.items.push(Item {
        name: name.to_owned(),
        bytes,
        blake3: counted.hash(),
    });
    Ok(())
}

/// Ends an archive with its list.
pub(super) fn close<W: Write>(mut archive: Builder<W>, list: &List) -> io::Result<W> {
    let text = serde_json::to_vec(list)?;
    archive.append_data(&mut header(text.len() as u64), LIST, text.as_slice())?;
    archive.into_inner()
}

/// Unpacks an archive into an empty folder; what is not as its list says is refused.
pub(super) fn unpack(source: impl Read, folder: &Path) -> io::Result<List> {
    let odd = |what: String| io::Error::new(io::ErrorKind::InvalidData, what);
    let mut archive = tar::Archive::new(source);
    let (mut found, mut list) = (Vec::new(), None);
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        if entry.header().entry_type() != EntryType::Regular || list.is_some() {
            return Err(odd(format!("{name} has no place in a backup")));
        }
        if name == LIST {
            let read = serde_json::from_reader(entry.take(LIST_BYTES_MAX))?;
            list = Some(read);
            continue;
        }
        let target = place(&name, folder);
        let target = target.ok_or_else(|| odd(format!("{name} has no place in a backup")))?;
        found.push(keep(&mut entry, name, &target)?);
    }
    // What follows the archive in the stream belongs to its seal: read it to be sure of it.
    io::copy(&mut archive.into_inner(), &mut io::sink())?;
    let list: List = list.ok_or_else(|| odd("the file was cut off".to_owned()))?;
    if list.format != FORMAT {
        return Err(odd("a newer program made this backup".to_owned()));
    }
    if list.items != found {
        return Err(odd("its files are not those it lists".to_owned()));
    }
    Ok(list)
}

fn keep(source: &mut impl Read, name: String, target: &Path) -> io::Result<Item> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = private(target)?;
    let mut counted = Hashing::new(source);
    let bytes = io::copy(&mut counted, &mut file)?;
    file.sync_all()?;
    Ok(Item {
        name,
        bytes,
        blake3: counted.hash(),
    })
}

/// A new file for its owner's eyes alone.
pub(super) fn private(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = File::options();
    options.write(true).create_new(true).mode(0o600).open(path)
}

/// Where a name may lie: the database, its key, or plain names below the folder of files.
fn place(name: &str, folder: &Path) -> Option<PathBuf> {
    let path = Path::new(name);
    let is_plain = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let is_file = path.starts_with(FILES) && path.components().count() > 1;
    (is_plain && (is_file || name == DATABASE || name == KEY)).then(|| folder.join(path))
}

/// Reads on, and keeps the hash of what was read.
struct Hashing<R> {
    source: R,
    hasher: blake3::Hasher,
}

impl<R> Hashing<R> {
    fn new(source: R) -> Self {
        let hasher = blake3::Hasher::new();
        Self { source, hasher }
    }

    fn hash(&self) -> String {
        self.hasher.finalize().to_hex().to_string()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = into.len().min(COPY_BYTES);
        let count = self.source.read(&mut into[..most])?;
        self.hasher.update(&into[..count]);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_unpacked_outside_its_folder() {
        let folder = Path::new("shop");
        for odd in [
            "../steward.db",
            "/etc/passwd",
            "files",
            "files/../x",
            "steward.lock",
            "a/b",
        ] {
            assert_eq!(place(odd, folder), None, "{odd}");
        }
        assert_eq!(
            place("files/o/ab/abc", folder),
            Some("shop/files/o/ab/abc".into())
        );
        assert_eq!(place(DATABASE, folder), Some("shop/steward.db".into()));
    }
}
