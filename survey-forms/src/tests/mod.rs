mod builtin;
mod codebook;
mod codebook_files;
pub(crate) mod corpus;
mod defects;
mod difference;
mod giving;
mod interviewer;
mod languages;
mod limits;
mod paths;
mod printed;
mod properties;
mod quantities;
mod sipas_2026;
mod source;
mod transcript;
mod view;

use corpus::form;

use crate::{Form, Interview, IssueCode, SkipPolicy};

/// Decoded form fields.
fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn start(form: &Form) -> Interview<'_> {
    Interview::new(form, crate::Answers::new())
}

/// Gives a page; what was wrong, as `unit: code`.
fn give(interview: &mut Interview, page: &str, pairs: &[(&str, &str)]) -> Vec<String> {
    told(interview.give(page, &fields(pairs), SkipPolicy::Warn))
}

/// Gives a page for the second time.
fn give_again(interview: &mut Interview, page: &str, pairs: &[(&str, &str)]) -> Vec<String> {
    told(interview.give(page, &fields(pairs), SkipPolicy::Accept))
}

fn told(given: Result<(), Vec<crate::Issue>>) -> Vec<String> {
    let issues = given.err().unwrap_or_default();
    issues.iter().map(|issue| format!("{}: {}", issue.unit, IssueCode::as_str(issue.code))).collect()
}

fn pages_on_path(interview: &Interview) -> Vec<String> {
    interview.path().steps().iter().map(|step| step.page.code().to_owned()).collect()
}

fn units_on_path(interview: &Interview) -> Vec<String> {
    interview.path().units().map(|unit| unit.code().to_owned()).collect()
}

fn json(interview: &Interview) -> String {
    serde_json::to_string(interview.answers()).unwrap()
}
