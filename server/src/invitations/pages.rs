//! What the pages of the codes show.

use askama::Template;

use crate::base::page::Page;
use crate::base::parts::{Field, Problem};
use crate::campaigns::Campaign;
use crate::samples::Draw;

#[derive(Template)]
#[template(path = "coordination/codes.html")]
pub(super) struct CodesPage {
    pub page: Page,
    pub campaign: Campaign,
    /// Draws that could be given codes; empty once codes are issued.
    pub draws: Vec<Draw>,
    pub issued: Option<Issued>,
    pub national: bool,
}

pub(super) struct Issued {
    pub draw: Draw,
    pub letters: i64,
    /// Name of the print file while it exists.
    pub file: Option<String>,
}

impl CodesPage {
    fn issue_action(&self) -> String {
        format!("{}/cap-ma", self.campaign.address())
    }

    fn letters(&self) -> String {
        format!("{}/thu-moi", self.campaign.address())
    }
}

#[derive(Template)]
#[template(path = "coordination/cancel.html")]
pub(super) struct CancelPage {
    pub page: Page,
    pub campaign: Campaign,
    pub code: Field,
    pub problems: Vec<Problem>,
    pub done: bool,
}

impl CancelPage {
    fn action(&self) -> String {
        format!("{}/thu-hoi-ma", self.campaign.address())
    }
}
