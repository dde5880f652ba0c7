//! The key that seals secrets: a file beside the data, or one that is named.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use crate::failure::Failure;

/// Reads the key of a file; `make` makes the file where there is none.
///
/// # Errors
/// When the file cannot be read or made, or holds anything but 64 hexadecimal digits.
pub fn read(path: &Path, make: bool) -> Result<web::Key, Failure> {
    let shown = path.display();
    let unread = |error: io::Error| Failure(format!("{shown}: {error}"));
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && make => {
            made(path).map_err(unread)?;
            fs::read_to_string(path).map_err(unread)?
        }
        other => other.map_err(unread)?,
    };
    let key = parsed(text.trim());
    key.ok_or_else(|| Failure(format!("{shown}: a key is 64 hexadecimal digits")))
}

/// Makes a key for its owner's eyes alone; of two who make it at once the first one's stays.
fn made(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        store::private_folder(folder)?;
    }
    let ids = kernel::IdSource::system();
    let text: String = (0..4).map(|_| format!("{:016x}", ids.bits())).collect();
    let fresh = path.with_extension(format!("{:016x}", ids.bits()));
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&fresh)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    // A link appears with its whole content, and never over another one.
    let linked = fs::hard_link(&fresh, path);
    fs::remove_file(&fresh)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn parsed(text: &str) -> Option<web::Key> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        let digits = std::str::from_utf8(digits).ok()?;
        *byte = u8::from_str_radix(digits, 16).ok()?;
    }
    Some(web::Key::new(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_is_made_once_for_its_owners_eyes_and_read_again() {
        let folder = std::env::temp_dir().join(format!("steward_key_{}", std::process::id()));
        let path = folder.join("secret.key");
        assert!(read(&path, false).is_err());
        let first = read(&path, true).expect("it is made");
        let again = read(&path, true).expect("it is read");
        assert_eq!(first.bytes(), again.bytes());
        let mode = fs::metadata(&path)
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 1);
        fs::write(&path, "short").expect("it is written");
        assert!(read(&path, true).is_err());
        fs::remove_dir_all(&folder).expect("it is removed");
    }
}
