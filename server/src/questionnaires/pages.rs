//! What the coordinator's pages of questionnaires show.

use askama::Template;
use survey_forms::{Form, xlsform};

use super::changes::Change;
use super::{Version, routes};
use crate::base::page::{Link, Page};
use crate::base::parts::Problem;
use crate::base::text::Texts;

#[derive(Template)]
#[template(path = "questionnaires/list.html")]
pub(super) struct ListPage {
    pub(super) page: Page,
    pub(super) versions: Vec<Listed>,
    /// Code and title of those that no version stands for yet.
    pub(super) built_in: Vec<(String, String)>,
    pub(super) national: bool,
    pub(super) problems: Vec<Problem>,
    pub(super) refusal: Option<Refusal>,
}

/// What of a workbook could not be kept.
pub(super) struct Refusal {
    pub(super) file_name: String,
    pub(super) count: usize,
    pub(super) first: Vec<RefusedCell>,
}

pub(super) struct RefusedCell {
    pub(super) sheet: String,
    pub(super) row: u32,
    pub(super) column: String,
    pub(super) value: String,
    pub(super) what: String,
    /// The reason in full, which is written in English.
    pub(super) reason: String,
}

/// More than this nobody mends in one go.
const CELLS_SHOWN: usize = 200;

impl Refusal {
    pub(super) fn new(file_name: String, refusals: &[xlsform::Refusal], texts: Texts) -> Self {
        let cell = |refusal: &xlsform::Refusal| RefusedCell {
            sheet: refusal.sheet.clone(),
            row: refusal.row,
            column: refusal.column.clone(),
            value: refusal.value.chars().take(200).collect(),
            what: texts.get(&format!("refused-{}", refusal.reason.code().replace('_', "-"))).into_owned(),
            reason: refusal.reason.to_string(),
        };
        Self { file_name, count: refusals.len(), first: refusals.iter().take(CELLS_SHOWN).map(cell).collect() }
    }
}

/// A version in short.
pub(super) struct Listed {
    pub(super) address: String,
    pub(super) code: String,
    pub(super) title: String,
    pub(super) digest: String,
    pub(super) method: String,
    pub(super) counts: String,
    pub(super) created: String,
    pub(super) proposed_by: String,
    /// By whom and when.
    pub(super) approved: Option<(String, String)>,
}

impl Listed {
    pub(super) fn new(version: &Version, form: &Form, texts: Texts) -> Self {
        let approved_at = version.approved_at.map(|at| texts.moment(at));
        let counts = [
            ("questions", usize::from(form.question_count())),
            ("pages", form.pages().len()),
            ("languages", form.languages().len()),
        ];
        Self {
            address: routes::address(version.id),
            code: version.form_code.clone(),
            title: form.words(texts.language().code()).title(),
            digest: version.digest.clone(),
            method: form.method().to_owned(),
            counts: texts.with("form-counts", counts).into_owned(),
            created: texts.moment(version.created_at),
            proposed_by: person(&version.proposed_by),
            approved: version.approved_by.as_deref().map(person).zip(approved_at),
        }
    }
}

/// `staff:dieu.phoi` as people know them.
fn person(actor: &str) -> String {
    actor.split_once(':').map_or(actor, |(_, name)| name).to_owned()
}

#[derive(Template)]
#[template(path = "questionnaires/version.html")]
pub(super) struct VersionPage {
    pub(super) page: Page,
    pub(super) listed: Listed,
    /// Where it can be tried out.
    pub(super) languages: Vec<Link>,
    /// To print.
    pub(super) papers: Vec<Link>,
    /// Address and day of the version approved before.
    pub(super) before: Option<(String, String)>,
    pub(super) changes: Vec<Change>,
    pub(super) may_approve: bool,
    /// The reader proposed it.
    pub(super) own: bool,
}

impl VersionPage {
    /// Where the approval is posted to.
    fn approval(&self) -> String {
        format!("{}/duyet", self.listed.address)
    }

    fn breaking(&self) -> usize {
        self.changes.iter().filter(|change| change.breaks).count()
    }
}

#[derive(Template)]
#[template(path = "questionnaires/preview.html")]
pub(super) struct PreviewPage {
    pub(super) page: Page,
    pub(super) back: String,
    /// The address the phone shows.
    pub(super) phone: String,
    pub(super) languages: Vec<Link>,
}

/// The end of a trial, inside the phone.
#[derive(Template)]
#[template(path = "questionnaires/end.html")]
pub(super) struct EndPage {
    pub(super) page: Page,
    pub(super) answered: u16,
    pub(super) address: String,
}
