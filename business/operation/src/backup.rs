//! Backups: one file with the embedded database, its files and its key.

mod archive;
mod plan;
mod seal;

use std::{
    fs::{self, File},
    io::{self, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use kernel::{Fault, IdSource, Timestamp};
use store::{Db, Target};

use archive::List;
use seal::{Opening, Sealing};

pub use plan::{Failed, Good, Last, database_of, folder_of, keep_to_plan, last, passphrase};

/// What a `tar.gz` begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];
const BUFFER_BYTES: usize = 256 << 10;

/// What to back up, and where to.
#[derive(Debug, Clone, Copy)]
pub struct Backup<'a> {
    /// The folder of the embedded database.
    pub data: &'a Path,
    /// The folder of photos and files, if they lie in one.
    pub files: Option<&'a Path>,
    /// The file to write; it must not be there.
    pub to: &'a Path,
    /// Seals it.
    pub passphrase: Option<&'a str>,
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its size.
    pub bytes: u64,
    /// How many files it holds, the database among them.
    pub files: usize,
    /// Whether the key of second factors was left out, as of every backup that is not sealed.
    pub lacks_key: bool,
}

impl Backup<'_> {
    /// Makes it, while the program may be serving: all that was acknowledged before this began is
    /// in it. It appears under its name when it is whole.
    ///
    /// # Errors
    /// When there is something of that name, or something cannot be read or written.
    pub fn make(&self, now: Timestamp) -> Result<Made, Fault> {
        let shown = self.to.display();
        if self.to.exists() {
            return Err(Fault::broken(format!(
                "{shown} is there already; name another file"
            )));
        }
        let (draft, state) = (beside(self.to, "part"), beside(self.to, "database"));
        let snapshot = Db::snapshot(&Target::Folder(self.data.to_owned()), &state);
        let made = snapshot.and_then(|()| {
            let written = self.write(&draft, &state, now);
            let placed = written.and_then(|made| placed(&draft, self.to).map(|()| made));
            placed.map_err(|error| Fault::broken(format!("{shown}: {error}")))
        });
        for left in [&draft, &state] {
            // What was never made cannot be removed, and the first fault is the one to tell.
            let _ = fs::remove_file(left);
        }
        made
    }

    fn write(&self, draft: &Path, state: &Path, now: Timestamp) -> io::Result<Made> {
        let file = archive::private(draft)?;
        let sink = BufWriter::with_capacity(BUFFER_BYTES, file.try_clone()?);
        let made = match self.passphrase {
            Some(passphrase) => {
                let sealing = Sealing::new(sink, passphrase, salt())?;
                let (sealing, made) = self.fill(sealing, state, now)?;
                sealing.finish()?.flush()?;
                made
            }
            None => {
                let (mut sink, made) = self.fill(sink, state, now)?;
                sink.flush()?;
                made
            }
        };
        file.sync_all()?;
        Ok(Made {
            bytes: file.metadata()?.len(),
            ..made
        })
    }

    fn fill<W: Write>(&self, sink: W, state: &Path, now: Timestamp) -> io::Result<(W, Made)> {
        let mut list = List::new(now.to_string());
        let mut tar = tar::Builder::new(GzEncoder::new(sink, Compression::fast()));
        archive::add(&mut tar, &mut list, archive::DATABASE, state)?;
        let key = self.data.join(archive::KEY);
        let is_sealed = self.passphrase.is_some();
        if is_sealed && key.exists() {
            archive::add(&mut tar, &mut list, archive::KEY, &key)?;
        }
        if let Some(root) = self.files {
            for file in files_below(root)? {
                let name = file.strip_prefix(root).map_err(io::Error::other)?;
                let name = Path::new(archive::FILES).join(name);
                match archive::add(&mut tar, &mut list, &name.to_string_lossy(), &file) {
                    // Cleared away since: the state taken before needs it no more.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    added => added?,
                }
            }
        }
        let made = Made {
            bytes: 0,
            files: list.items.len(),
            lacks_key: !is_sealed && key.exists(),
        };
        Ok((archive::close(tar, &list)?.finish()?, made))
    }
}

/// Unpacks a backup into a place where nothing lies; it appears there whole or not at all.
/// Answers when it was made.
///
/// # Errors
/// When something lies there, or the file is not whole, or the passphrase is not the right one.
pub fn restore(from: &Path, data: &Path, passphrase: Option<&str>) -> Result<String, Fault> {
    let shown = data.display();
    let lies = fs::read_dir(data).is_ok_and(|mut there| there.next().is_some());
    if lies || data.is_file() {
        return Err(Fault::broken(format!(
            "{shown} is not empty; name a new folder"
        )));
    }
    let draft = beside(data, "restoring");
    let restored = unpack(from, &draft, passphrase)
        .and_then(|made_at| {
            fs::rename(&draft, data)?;
            sync_folder(data)?;
            Ok(made_at)
        })
        .map_err(|error| Fault::broken(format!("{}: {}", from.display(), told(&error))));
    if restored.is_err() {
        // What was never made cannot be removed, and the first fault is the one to tell.
        let _ = fs::remove_dir_all(&draft);
    }
    restored
}

/// A stream that ends too soon is said to do so in many words.
fn told(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the file was cut off".to_owned(),
        _ => error.to_string(),
    }
}

fn unpack(from: &Path, folder: &Path, passphrase: Option<&str>) -> io::Result<String> {
    let odd = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what);
    let mut source = BufReader::with_capacity(BUFFER_BYTES, File::open(from)?);
    let mut mark = [0; 16];
    source.read_exact(&mut mark)?;
    store::private_folder(folder)?;
    let list = match passphrase {
        Some(passphrase) if mark == *seal::MARK => {
            let opening = Opening::new(source, passphrase)?;
            archive::unpack(GzDecoder::new(opening), folder)?
        }
        None if mark == *seal::MARK => {
            return Err(odd("it is sealed; name the file with its passphrase"));
        }
        _ if mark.starts_with(&GZIP) => {
            archive::unpack(GzDecoder::new(mark.chain(source)), folder)?
        }
        _ => return Err(odd("this is no backup")),
    };
    Ok(list.made_at)
}

fn salt() -> [u8; 16] {
    let ids = IdSource::system();
    let both = u128::from(ids.bits()) << 64 | u128::from(ids.bits());
    both.to_be_bytes()
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{ending}-{:08x}", IdSource::system().bits() >> 32));
    path.with_file_name(name)
}

/// Gives a finished draft its name, never over another file.
fn placed(draft: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(draft, to)?;
    sync_folder(to)
}

fn sync_folder(path: &Path) -> io::Result<()> {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
}

/// Every file below a folder, in order; none where there is no folder. Drafts are passed over.
fn files_below(root: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut found, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let kind = entry.file_type()?;
            let is_draft = entry.file_name().to_string_lossy().starts_with("draft-");
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() && !is_draft {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}
