//! A small disk of its own, to be filled and locked.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::crash::scratch;

/// A disk in memory; gone with the value.
pub struct Disk(PathBuf);

impl Disk {
    /// A disk of a size, where this user may mount one.
    pub fn of_megabytes(size: u64) -> Option<Self> {
        let folder = scratch("disk");
        let size = format!("size={size}m");
        let mounted = mount(&["-t", "tmpfs", "-o", &size, "tmpfs"], &folder);
        if !mounted {
            eprintln!("no disk may be mounted here: not run");
            let _ = fs::remove_dir(&folder);
        }
        mounted.then_some(Self(folder))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Leaves so many bytes free; answers the file that takes the rest.
    pub fn fill_up_to(&self, free_bytes: u64) -> PathBuf {
        let ballast = self.0.join("ballast");
        let told = Command::new("stat")
            .args(["-f", "-c", "%a %S"])
            .arg(&self.0)
            .output();
        let told = String::from_utf8(told.expect("stat is there").stdout).expect("it is text");
        let numbers: Vec<u64> = told
            .split_whitespace()
            .filter_map(|n| n.parse().ok())
            .collect();
        let [blocks, block_bytes] = numbers[..] else {
            panic!("stat says {told:?}");
        };
        let taken = (blocks * block_bytes).saturating_sub(free_bytes);
        let bytes = vec![0; usize::try_from(taken).expect("it is small")];
        // Others write meanwhile: what does not fit was not needed.
        let _ = fs::write(&ballast, bytes);
        ballast
    }

    /// Locks or unlocks it.
    pub fn may_be_written(&self, may: bool) {
        let how = if may { "remount,rw" } else { "remount,ro" };
        assert!(mount(&["-o", how], &self.0), "{how}");
    }
}

fn mount(arguments: &[&str], folder: &Path) -> bool {
    let ended = Command::new("mount").args(arguments).arg(folder).output();
    ended.is_ok_and(|ended| ended.status.success())
}

impl Drop for Disk {
    fn drop(&mut self) {
        // What cannot be cleared away harms nothing; the next run uses new names.
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
        let _ = fs::remove_dir(&self.0);
    }
}
