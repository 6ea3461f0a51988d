//! A private directory that goes with the program: on a proper end at once, after a kill at the next start.

use std::fs;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes `sipas-<purpose>-<process>-…` (mode 0700) in the system's temporary directory and removes those of ended programs.
    pub fn new(purpose: &str) -> std::io::Result<Self> {
        let parent = std::env::temp_dir();
        for left in leftovers(&parent, purpose) {
            fs::remove_dir_all(left).ok();
        }
        let path = parent.join(name(purpose));
        fs::DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// A name that tells which program it belongs to.
pub(super) fn name(purpose: &str) -> String {
    format!("sipas-{purpose}-{}-{}", std::process::id(), uuid::Uuid::new_v4().simple())
}

/// Directories named by [`name`] whose program has ended.
pub(super) fn leftovers(parent: &Path, purpose: &str) -> Vec<PathBuf> {
    let prefix = format!("sipas-{purpose}-");
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let of_the_dead = |name: &str| Some(!runs(name.strip_prefix(&prefix)?.split('-').next()?));
    entries
        .filter(|entry| of_the_dead(&entry.file_name().to_string_lossy()).unwrap_or(false))
        .map(|entry| entry.path())
        .collect()
}

pub(super) fn runs(process: &str) -> bool {
    Command::new("kill").args(["-0", process]).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_program_left_is_removed_at_the_next_start() {
        let mut ended = Command::new("true").spawn().unwrap();
        ended.wait().unwrap();
        let left = std::env::temp_dir().join(format!("sipas-scratchtest-{}-left", ended.id()));
        fs::create_dir_all(left.join("inside")).unwrap();
        let scratch = Scratch::new("scratchtest").unwrap();
        assert!(!left.exists());
        let path = scratch.path().to_owned();
        assert!(path.exists());
        drop(scratch);
        assert!(!path.exists());
    }
}
