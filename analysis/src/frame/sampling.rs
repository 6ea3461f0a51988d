//! Who could be asked, or where.

use serde::{Deserialize, Serialize};

use super::builder::FrameBuilder;
use super::defect::FrameDefect;
use super::places::Places;
use crate::draw::Digest;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Area {
    Rural,
    Urban,
}

impl Area {
    pub fn code(self) -> &'static str {
        match self {
            Self::Rural => "rural",
            Self::Urban => "urban",
        }
    }
}

/// One adult of the frame, by codes only: a frame holds no names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person<'a> {
    /// Unique in the frame.
    pub code: &'a str,
    /// Unique in its commune.
    pub village: &'a str,
    /// Unique in the frame.
    pub commune: &'a str,
    pub area: Area,
    pub province: &'a str,
}

/// A sound list of adults, sorted by place and code whatever the order of its rows: province × area → communes →
/// villages → (households →) persons. Keeps a few bytes per person: 25 million with codes of twelve letters in some 100 MB.
/// Or a list of communes or villages with how many adults live in each ([`SamplingFrame::from_units`]).
#[derive(Clone, Debug)]
pub struct SamplingFrame {
    pub(super) places: Places,
    pub(super) persons: u64,
    pub(super) digest: Digest,
}

impl SamplingFrame {
    /// Takes every person once. Fails with all defects of all rows, never with the first alone.
    pub fn from_persons<'a>(persons: impl IntoIterator<Item = Person<'a>>) -> Result<Self, Vec<FrameDefect>> {
        let mut builder = FrameBuilder::default();
        persons.into_iter().for_each(|person| builder.person(person));
        builder.finish()
    }

    /// SHA-256 over the lines `province/area/commune/village/person TAB 1 LF` in byte order, or
    /// `province/area/commune/village/household/person TAB 1 LF` when the frame tells households, or
    /// `province/area/commune[/village] TAB size LF` when it tells no persons.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Adults; in a list of places, their sizes added up.
    pub fn persons(&self) -> u64 {
        self.persons
    }

    pub fn places(&self) -> &Places {
        &self.places
    }
}
