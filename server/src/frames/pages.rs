//! What the frame's page shows.

use askama::Template;

use super::defect::Defect;
use super::store::Frame;
use crate::base::page::Page;
use crate::base::parts::Problem;
use crate::base::seal::hex;
use crate::campaigns::Campaign;

#[derive(Template)]
#[template(path = "coordination/frame.html")]
pub(super) struct FramePage {
    pub page: Page,
    pub campaign: Campaign,
    pub frame: Option<Frame>,
    pub problems: Vec<Problem>,
    pub refusal: Option<Refusal>,
    /// Only who sees the whole country acts here.
    pub national: bool,
    /// What a list must have.
    pub columns: String,
}

impl FramePage {
    fn frozen(&self) -> bool {
        self.frame.as_ref().is_some_and(|frame| frame.frozen_at.is_some())
    }

    fn freeze_address(&self) -> String {
        format!("{}/khung-mau/chot", self.campaign.address())
    }
}

/// A list that was refused: how many defects it has, and the first of them.
pub(super) struct Refusal {
    pub file_name: String,
    pub defects: usize,
    pub first: Vec<Told>,
}

/// A defect in words.
pub(super) struct Told {
    pub row: u64,
    pub column: String,
    pub value: String,
    pub what: String,
    pub fix: String,
}

pub(super) const LISTED: usize = 200;

impl Refusal {
    pub(super) fn new(page: &Page, file_name: String, defects: &[Defect]) -> Self {
        let told = |defect: &Defect| Told {
            row: defect.row,
            column: defect.column.clone(),
            value: defect.value.clone(),
            what: defect.what(page.texts),
            fix: defect.fix(page.texts),
        };
        Self { file_name, defects: defects.len(), first: defects.iter().take(LISTED).map(told).collect() }
    }
}

impl Frame {
    pub fn digest(&self) -> String {
        hex(&self.frame_digest)
    }
}
