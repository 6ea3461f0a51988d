//! A file on the disk: whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::error::Result;

/// Bytes on their way into a file, counted and hashed.
pub struct Digesting {
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
    /// Writers of formats wrap an error of the disk beyond recognition: it is kept here.
    failed: Option<io::Error>,
}

impl Write for Digesting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes).map_err(|cause| self.fail(cause))?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().map_err(|cause| self.fail(cause))
    }
}

impl Digesting {
    fn fail(&mut self, cause: io::Error) -> io::Error {
        let told = cause.kind().into();
        self.failed = Some(cause);
        told
    }
}

/// As [`put`], piece by piece, under the name that `name` makes of the SHA-256. Gives it back, and how many bytes.
pub fn write(
    folder: &Path,
    part: &str,
    name: impl FnOnce(&[u8; 32]) -> String,
    contents: impl FnOnce(&mut Digesting) -> Result<()>,
) -> Result<([u8; 32], u64)> {
    let part = folder.join(part);
    let write = || {
        let file = open(&part)?;
        let mut out = Digesting { file: BufWriter::new(file), hash: Sha256::new(), bytes: 0, failed: None };
        let written = contents(&mut out).and_then(|()| Ok(out.flush()?));
        if let Some(cause) = out.failed {
            return Err(cause.into());
        }
        written?;
        let digest = out.hash.finalize().into();
        settle(out.file.get_ref(), &part, folder, &name(&digest))?;
        Ok((digest, out.bytes))
    };
    write().inspect_err(|_| drop(fs::remove_file(&part)))
}

/// Writes `contents` as `part`, forces it to the disk and only then gives it its name. When anything fails (a full disk)
/// `part` is removed and there is no file. The same `part` for the same job: a killed worker's rest is written over. Nobody but the
/// program's own user reads it.
pub fn put(folder: &Path, part: &str, name: &str, contents: &[u8]) -> Result<()> {
    let part = folder.join(part);
    let write = || {
        let mut file = open(&part)?;
        file.write_all(contents)?;
        settle(&file, &part, folder, name)
    };
    write().inspect_err(|_| drop(fs::remove_file(&part)))?;
    Ok(())
}

fn open(part: &Path) -> io::Result<File> {
    File::options().write(true).create(true).truncate(true).mode(0o600).open(part)
}

fn settle(file: &File, part: &Path, folder: &Path, name: &str) -> io::Result<()> {
    file.sync_all()?;
    fs::rename(part, folder.join(name))?;
    // The new name, too, must survive a power cut.
    File::open(folder)?.sync_all()
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
        std::os::unix::fs::symlink("/dev/full", folder.join("y.part")).unwrap();
        let refused = write(
            &folder,
            "y.part",
            |_| "y.csv".to_owned(),
            |out| out.write_all(b"all").and_then(|()| out.flush()).map_err(|_| crate::error::Error::internal("export")),
        );
        assert_eq!(refused.unwrap_err().code, "disk-full", "whatever a format makes of it");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        fs::remove_dir_all(folder).unwrap();
    }
}
