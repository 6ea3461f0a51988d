//! Who could be asked.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Area {
    Rural,
    Urban,
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

/// What is wrong with one row (counted from 1) of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameDefect {
    pub row: usize,
    /// `code`, `village`, `commune`, `area` or `province`.
    pub column: &'static str,
    pub value: String,
    pub kind: FrameDefectKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrameDefectKind {
    Empty,
    /// A slash or a control character, which the published text of a draw uses as separators.
    ForbiddenCharacter,
    /// The person's code stood before, in this row.
    CodeTwice {
        first: usize,
    },
    /// The commune stood before with another province, in this row.
    CommuneInTwoProvinces {
        first: usize,
    },
    /// The commune stood before with another area, in this row.
    CommuneInTwoAreas {
        first: usize,
    },
}
