//! A questionnaire tried out page by page, as a phone would show it. The answers travel in the page itself: nothing is kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use survey_forms::{Answers, Form, Interview, Respondent, SkipPolicy};

use super::question::{Around, QuestionPage};
use crate::base::page::Page;

/// Fields of the preview's own; the rest is the questionnaire's.
pub(super) const OWN_FIELDS: &[&str] = &["csrf", "skip", CARRIED];
pub(super) const CARRIED: &str = "tra-loi";

/// The answers so far, as they travel.
pub(super) fn carry(answers: &Answers) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(answers).unwrap_or_default())
}

/// Whatever cannot be read is no answer.
pub(super) fn carried(text: &str) -> Answers {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok();
    bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

pub(super) enum Shown {
    Page(Box<QuestionPage>),
    /// There is no such page, or other answers led around it.
    NoPage,
    /// The last page was answered.
    End(Answers),
}

pub(super) struct Trial<'a> {
    pub(super) form: &'a Form,
    /// The address of the preview's pages, up to the page's code.
    pub(super) address: String,
    /// What each of these addresses must say besides: `?hoi=dtv`.
    pub(super) query: &'static str,
    /// The language of the questions, which a form may offer beyond ours.
    pub(super) language: &'a str,
    pub(super) respondent: Respondent,
}

impl<'a> Trial<'a> {
    pub(super) fn interview(&self, answers: Answers) -> Interview<'a> {
        Interview::new(self.form, answers).respondent(self.respondent)
    }

    /// Of a page, or of the first.
    pub(super) fn page_address(&self, page: Option<&str>) -> String {
        let page = page.map(|page| format!("/{page}")).unwrap_or_default();
        format!("{}{page}{}", self.address, self.query)
    }

    /// A page as it stands before anybody answers it; the first on the path when none is named.
    pub(super) fn show(&self, frame: Page, page: Option<&str>, answers: Answers) -> Shown {
        let interview = self.interview(answers);
        let first = interview.path().first().map(survey_forms::Page::code);
        match page.or(first) {
            Some(page) => self.page(frame, &interview, page, &[], &[]),
            None => Shown::NoPage,
        }
    }

    /// The next page, or the same one with what is wrong.
    pub(super) fn give(
        &self,
        frame: Page,
        page: &str,
        answers: Answers,
        given: &[(String, String)],
        skip: SkipPolicy,
    ) -> Shown {
        let mut interview = self.interview(answers);
        let issues = interview.give(page, given, skip).err().unwrap_or_default();
        if !issues.is_empty() {
            return self.page(frame, &interview, page, given, &issues);
        }
        let next = interview.path().next(page).map(survey_forms::Page::code);
        match next {
            Some(next) => self.page(frame, &interview, next, &[], &[]),
            None => Shown::End(interview.into_answers()),
        }
    }

    fn page(
        &self,
        frame: Page,
        interview: &Interview,
        page: &str,
        given: &[(String, String)],
        issues: &[survey_forms::Issue],
    ) -> Shown {
        let Some(view) = interview.page(page, self.language, given, issues) else { return Shown::NoPage };
        let carried = carry(interview.answers());
        let back = |page: &survey_forms::Page| {
            let address = self.page_address(Some(page.code()));
            let and = if self.query.is_empty() { '?' } else { '&' };
            format!("{address}{and}{CARRIED}={carried}")
        };
        let previous = interview.path().previous(page).map(back);
        let around = Around {
            action: self.page_address(Some(page)),
            back: previous.unwrap_or_else(|| self.page_address(None)),
            leads_to: "",
            saved: false,
            carried: Some(carried.clone()),
        };
        let spoken = Some(self.language).filter(|code| *code != frame.language.code()).map(str::to_owned);
        Shown::Page(Box::new(QuestionPage::new(Page { spoken, ..frame }, &view, issues, around)))
    }
}
