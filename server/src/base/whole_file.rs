//! A file on the disk: whole or not at all.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use crate::error::Result;

/// Writes `contents` as `part`, forces it to the disk and only then gives it its name. When anything fails (a full disk)
/// `part` is removed and there is no file. The same `part` for the same job: a killed worker's rest is written over. Nobody but the
/// program's own user reads it.
pub fn put(folder: &Path, part: &str, name: &str, contents: &[u8]) -> Result<()> {
    let part = folder.join(part);
    let write = || {
        let mut file = File::options().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
        file.write_all(contents)?;
        file.sync_all()?;
        fs::rename(&part, folder.join(name))?;
        // The new name, too, must survive a power cut.
        File::open(folder)?.sync_all()
    };
    write().inspect_err(|_| drop(fs::remove_file(&part)))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(test: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("sipas-exports-{test}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn a_file_appears_whole_over_the_rest_of_a_killed_worker() {
        let folder = folder("whole");
        fs::write(folder.join("x.part"), "half of an ear").unwrap();
        put(&folder, "x.part", "x.csv", b"all").unwrap();
        assert_eq!(fs::read(folder.join("x.csv")).unwrap(), b"all");
        assert!(!folder.join("x.part").exists());
        fs::remove_dir_all(folder).unwrap();
    }

    /// `/dev/full` answers every write as a full disk does.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_leaves_nothing_behind_and_is_told_as_such() {
        let folder = folder("full");
        std::os::unix::fs::symlink("/dev/full", folder.join("x.part")).unwrap();
        let refused = put(&folder, "x.part", "x.csv", b"all").unwrap_err();
        assert_eq!(refused.code, "disk-full");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        fs::remove_dir_all(folder).unwrap();
    }
}
