//! `steward backup`, `steward restore`, `steward drill`.

use std::path::Path;

use operation::backup::{self, Backup};
use store::Target;
use web::{Clock, Room};

use crate::{
    admin,
    cli::{self, At},
    config::Settings,
    failure::Failure,
};

/// Backs a data folder up, while it may be served.
pub fn back_up(settings: &Settings, asked: &cli::Backup) -> Result<(), Failure> {
    let Target::Folder(data) = settings.target(&asked.at)? else {
        return Err(Failure(
            "a PostgreSQL database is backed up by its own tools: pg_dump --format=custom; see \
             docs/self-hosting.md"
                .to_owned(),
        ));
    };
    if !backup::database_of(&data).exists() {
        let shown = data.display();
        return Err(Failure(format!("{shown} holds no business")));
    }
    let place = settings.files(&asked.at)?;
    let passphrase = passphrase(settings, asked.passphrase_file.as_deref())?;
    let made = Backup {
        data: &data,
        files: backup::folder_of(place.as_deref()),
        to: &asked.file,
        passphrase: passphrase.as_deref(),
    }
    .make_and_note(Clock::system().now())?;
    let sealed = if passphrase.is_some() {
        "sealed"
    } else {
        "not sealed"
    };
    println!(
        "backed up: {} files, {} bytes, {sealed}",
        made.files, made.bytes
    );
    if made.lacks_key {
        println!("secret.key is left out of what is not sealed: keep it somewhere else");
    }
    if place.is_some_and(|place| backup::folder_of(Some(&place)).is_none()) {
        println!("photos and files lie in a bucket and are not in the backup");
    }
    Ok(())
}

/// Unpacks a backup into a new folder, and checks what is there now.
pub fn restore(settings: &Settings, asked: &cli::Restore, rooms: &[Room]) -> Result<(), Failure> {
    let passphrase = passphrase(settings, asked.passphrase_file.as_deref())?;
    let data = &asked.data;
    let made_at = backup::restore(&asked.file, data, passphrase.as_deref())?;
    println!("restored: the state of {made_at} is in {}", data.display());
    check(data, rooms)
}

/// Restores a backup into a place that is gone afterwards, and checks it there.
pub fn drill(settings: &Settings, asked: &cli::Drill, rooms: &[Room]) -> Result<(), Failure> {
    let passphrase = passphrase(settings, asked.passphrase_file.as_deref())?;
    let place = match &asked.within {
        Some(folder) => tempfile::tempdir_in(folder)?,
        None => tempfile::tempdir()?,
    };
    let data = place.path().join("data");
    let made_at = backup::restore(&asked.file, &data, passphrase.as_deref())?;
    println!("the state of {made_at} was restored; checking it");
    check(&data, rooms)
}

fn check(data: &Path, rooms: &[Room]) -> Result<(), Failure> {
    let at = At {
        data: Some(data.to_owned()),
        files: Some(data.join("files").display().to_string()),
        ..At::default()
    };
    admin::verify(&Settings::default(), &at, rooms)
}

fn passphrase(settings: &Settings, file: Option<&Path>) -> Result<Option<String>, Failure> {
    let file = settings.passphrase_file(file);
    Ok(file.map(|file| backup::passphrase(&file)).transpose()?)
}
