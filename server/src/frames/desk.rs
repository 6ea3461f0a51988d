//! What lies on the disk of a list on its way in: the file as it was sent, what the check found, and the file with its errors
//! written into it. All of it names persons: mode 0600, and gone when the list is taken or cancelled.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Seek as _, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use analysis::draw::Stage;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::compare::Compared;
use super::findings::Found;
use super::provinces::Name;
use super::reading::FileKind;
use super::roll::Counts;
use crate::error::Result;

/// What the check found, as the page shows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Verdict {
    /// None when the file is no list at all.
    pub kind: Option<FileKind>,
    pub rows: u64,
    pub left_out: usize,
    /// What a row stands for.
    pub level: Stage,
    pub counts: Counts,
    pub frame_digest: [u8; 32],
    pub file_digest: [u8; 32],
    pub kinds: BTreeMap<String, Found>,
    pub names: Vec<Name>,
    pub compared: Option<Compared>,
    /// The person's own file, with what was found, can be had.
    pub marked: bool,
}

impl Verdict {
    /// Rows that can be taken.
    pub(super) fn valid(&self) -> usize {
        self.counts.rows(self.level)
    }

    pub(super) fn count(&self, errors: bool) -> usize {
        self.kinds.values().filter(|found| found.error == errors).map(|found| found.count).sum()
    }
}

pub(super) struct Desk {
    uploads: PathBuf,
    id: Uuid,
}

impl Desk {
    pub(super) fn of(uploads: &Path, id: Uuid) -> Self {
        Self { uploads: uploads.to_owned(), id }
    }

    fn path(&self, what: &str) -> PathBuf {
        self.uploads.join(format!("frame-{}.{what}", self.id))
    }

    /// Keeps a copy of what was sent.
    pub(super) fn keep(&self, sent: &mut File) -> Result<()> {
        sent.rewind()?;
        self.write("list", |out| io::copy(sent, out).map(|_| ()))
    }

    pub(super) fn list(&self) -> Result<File> {
        Ok(File::open(self.path("list"))?)
    }

    pub(super) fn keep_verdict(&self, verdict: &Verdict, left_out: &[u32]) -> Result<()> {
        self.write("left-out", |out| Ok(serde_json::to_writer(out, left_out)?))?;
        self.write("verdict", |out| Ok(serde_json::to_writer(out, verdict)?))
    }

    pub(super) fn verdict(&self) -> Result<Verdict> {
        self.read("verdict")
    }

    pub(super) fn left_out(&self) -> Result<Vec<u32>> {
        self.read("left-out")
    }

    pub(super) fn mark(&self, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<()> {
        self.write("marked", write)
    }

    pub(super) fn marked(&self) -> Result<Vec<u8>> {
        Ok(fs::read(self.path("marked"))?)
    }

    pub(super) fn clear(&self) {
        for what in ["list", "left-out", "verdict", "marked"] {
            fs::remove_file(self.path(what)).ok();
        }
    }

    /// Whole or not at all.
    fn write(&self, what: &str, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<()> {
        let path = self.path(what);
        let aside = self.path(&format!("{what}.{}.part", Uuid::new_v4()));
        let written = (|| {
            let mut out =
                BufWriter::new(File::options().write(true).read(true).create_new(true).mode(0o600).open(&aside)?);
            write(&mut out)?;
            out.flush()?;
            out.get_ref().sync_all()?;
            fs::rename(&aside, &path)
        })();
        if written.is_err() {
            fs::remove_file(&aside).ok();
        }
        Ok(written?)
    }

    fn read<T: DeserializeOwned>(&self, what: &str) -> Result<T> {
        Ok(serde_json::from_reader(BufReader::new(File::open(self.path(what))?))?)
    }
}
