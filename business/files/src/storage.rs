//! Where the bytes lie: a folder, or a bucket of an S3-compatible store.

mod bucket;

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use bucket::Bucket;
use kernel::{Fault, IdSource, Timestamp, ids::OrganisationId};
use web::App;

/// Where the bytes of files lie, each under its organisation and its hash.
#[derive(Debug, Clone)]
pub enum Place {
    /// A folder on this machine.
    Folder(PathBuf),
    /// A bucket elsewhere.
    Bucket(Bucket),
}

impl Place {
    /// Reads a folder's path, or `s3+https://KEY:SECRET@HOST/BUCKET?region=…`.
    ///
    /// # Errors
    /// What is wrong with it; the secret is never repeated.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.starts_with("s3+") {
            return Bucket::parse(text).map(Self::Bucket);
        }
        if text.contains("://") || text.trim().is_empty() {
            return Err("name a folder, or s3+https://KEY:SECRET@HOST/BUCKET?region=…".to_owned());
        }
        Ok(Self::Folder(PathBuf::from(text)))
    }

    /// The place the program was told of.
    pub fn of(app: &App) -> Result<Self, Fault> {
        let told = app.config.outside.files.as_deref();
        let text = told.ok_or_else(|| Fault::conflict("files-no-place"))?;
        Self::parse(text).map_err(Fault::broken)
    }

    /// Puts bytes in place; when this answers, they last.
    pub fn put(&self, key: Key, now: Timestamp, bytes: &[u8]) -> Result<(), Fault> {
        match self {
            Self::Folder(root) => put_file(&key.path(root), bytes).map_err(Fault::broken),
            Self::Bucket(bucket) => bucket.put(&key.text(), now, bytes),
        }
    }

    /// The bytes, or nothing when they are not there, or are not those that were put there.
    pub fn get(&self, key: Key, now: Timestamp) -> Result<Option<Vec<u8>>, Fault> {
        let found = match self {
            Self::Folder(root) => match fs::read(key.path(root)) {
                Ok(bytes) => Some(bytes),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(Fault::broken(error)),
            },
            Self::Bucket(bucket) => bucket.get(&key.text(), now)?,
        };
        Ok(found.filter(|bytes| crate::picture::hash(bytes) == key.hash))
    }

    /// Takes bytes away; that they are gone already is fine.
    pub fn delete(&self, key: Key, now: Timestamp) -> Result<(), Fault> {
        match self {
            Self::Folder(root) => match fs::remove_file(key.path(root)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Fault::broken(error)),
                _ => Ok(()),
            },
            Self::Bucket(bucket) => bucket.delete(&key.text(), now),
        }
    }
}

/// What bytes are called in their place.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// Whose they are.
    pub org: OrganisationId,
    /// Their hash.
    pub hash: &'a str,
}

impl Key<'_> {
    fn text(self) -> String {
        format!("{}/{}", self.org, self.hash)
    }

    /// In a folder of 256, so that none holds too many.
    fn path(self, root: &Path) -> PathBuf {
        let first = self.hash.get(..2).unwrap_or("00");
        root.join(self.org.to_string()).join(first).join(self.hash)
    }
}

/// Writes beside the target and renames, so that nobody ever sees half a file.
fn put_file(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = target.parent().unwrap_or(target);
    fs::create_dir_all(folder)?;
    let draft = folder.join(format!("draft-{:016x}", IdSource::system().bits()));
    let written = fs::File::create_new(&draft).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let placed = written.and_then(|()| fs::rename(&draft, target));
    if placed.is_err() {
        // The first fault is the one to tell.
        let _ = fs::remove_file(&draft);
    }
    placed?;
    fs::File::open(folder)?.sync_all()
}
