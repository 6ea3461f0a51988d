//! Keys live outside the database, one file each in a directory of mode 0700.
//!
//! | File | Key | Destroyed |
//! |---|---|---|
//! | `root` | cookies, pepper of drafts, digests of the contact side, secrets of notices | never |
//! | `wave-<campaign>` | tags of a campaign's codes | at close |
//! | `day-<number>` | seals the inbox of one day in Viet Nam | by the flush that empties it |

use std::collections::HashMap;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use super::seal::Key;
use crate::error::{Error, Result};

pub struct Keys {
    directory: PathBuf,
    root: Key,
    read: Mutex<HashMap<String, Key>>,
}

impl Keys {
    /// Opens the directory, making it and the root key on the very first start.
    pub fn open(directory: &Path) -> Result<Self> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
        let root = read_or_make(directory, "root")?;
        Ok(Self { directory: directory.to_owned(), root, read: Mutex::default() })
    }

    /// A key derived from the root for one purpose, e.g. `"citizen cookie"`.
    pub fn purpose(&self, purpose: &str) -> Result<Key> {
        self.root.derive(purpose, b"")
    }

    /// The campaign's key, made when its codes are.
    pub fn make_wave(&self, campaign: Uuid) -> Result<Key> {
        self.load(format!("wave-{campaign}"), read_or_make)
    }

    /// `None` after the close destroyed it, or before codes were made.
    pub fn wave(&self, campaign: Uuid) -> Result<Option<Key>> {
        optional(self.load(format!("wave-{campaign}"), read_file))
    }

    pub fn make_day(&self, day: i32) -> Result<Key> {
        self.load(format!("day-{day}"), read_or_make)
    }

    pub fn day(&self, day: i32) -> Result<Option<Key>> {
        optional(self.load(format!("day-{day}"), read_file))
    }

    /// The days whose keys stand.
    pub fn days(&self) -> Result<Vec<i32>> {
        let names =
            fs::read_dir(&self.directory)?.map(|entry| Ok(entry?.file_name())).collect::<std::io::Result<Vec<_>>>()?;
        Ok(names.iter().filter_map(|name| name.to_str()?.strip_prefix("day-")?.parse().ok()).collect())
    }

    pub fn destroy_wave(&self, campaign: Uuid) -> Result<()> {
        self.destroy(&format!("wave-{campaign}"))
    }

    pub fn destroy_day(&self, day: i32) -> Result<()> {
        self.destroy(&format!("day-{day}"))
    }

    fn load(&self, name: String, read: fn(&Path, &str) -> Result<Key>) -> Result<Key> {
        // The file is asked each time whether it still stands: another process may have destroyed the key.
        let mut cache = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if self.directory.join(&name).exists()
            && let Some(key) = cache.get(&name)
        {
            return Ok(key.clone());
        }
        let key = read(&self.directory, &name)?;
        cache.insert(name, key.clone());
        Ok(key)
    }

    fn destroy(&self, name: &str) -> Result<()> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        let path = self.directory.join(name);
        match fs::write(&path, [0_u8; 32]).and_then(|()| fs::remove_file(&path)) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => Err(cause.into()),
            _ => Ok(()),
        }
    }
}

fn optional(key: Result<Key>) -> Result<Option<Key>> {
    match key {
        Ok(key) => Ok(Some(key)),
        Err(error) if error.code == "key-missing" => Ok(None),
        Err(error) => Err(error),
    }
}

fn read_file(directory: &Path, name: &str) -> Result<Key> {
    match fs::read(directory.join(name)) {
        Ok(bytes) => {
            let bytes = bytes.try_into().map_err(|_wrong_length| Error::internal("key-damaged").with("name", name))?;
            Ok(Key::from_bytes(bytes))
        }
        Err(cause) if cause.kind() == ErrorKind::NotFound => Err(Error::internal("key-missing").with("name", name)),
        Err(cause) => Err(cause.into()),
    }
}

/// Two processes may ask at once: the key is written aside and linked into place, so exactly one wins and nobody reads half a key.
fn read_or_make(directory: &Path, name: &str) -> Result<Key> {
    match read_file(directory, name) {
        Err(error) if error.code == "key-missing" => {}
        found => return found,
    }
    let aside = directory.join(format!(".{name}-{}", Uuid::new_v4()));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&aside)?;
    file.write_all(Key::random()?.bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&aside, directory.join(name));
    fs::remove_file(&aside)?;
    match linked {
        Err(cause) if cause.kind() != ErrorKind::AlreadyExists => Err(cause.into()),
        _ => {
            fs::File::open(directory)?.sync_all()?;
            read_file(directory, name)
        }
    }
}
