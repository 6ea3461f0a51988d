//! What the fuzzer calls (`scripts/fuzz`), and the tests call again with all it has kept. Each must only ever return.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "what cannot be here is what the fuzzer looks for"
)]

#[cfg(test)]
mod replay;

use std::sync::LazyLock;

use crate::xlsform::{self, Expression, SHEETS, Sheet};
use crate::{Answers, Form, Interview, Respondent, SkipPolicy, Source, SourceFile, builtin, differences};

/// Between the parts of an input.
const CUT: &str = "\n=====\n";

/// A definition and its wordings in `vi`, `en`, `tyz`.
pub fn form(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split(CUT);
    let definition = SourceFile::new("form.toml", parts.next().unwrap_or_default());
    let wording = |(language, text): (&str, &str)| (language.to_owned(), SourceFile::new(language, text));
    let wordings = ["vi", "en", "tyz"].into_iter().zip(parts).map(wording).collect();
    match Form::parse(&Source { code: "fuzz".to_owned(), definition, wordings }) {
        Ok(form) => walk(&form),
        Err(defects) => assert!(!defects.is_empty()),
    }
}

/// Everything that is done with a sound form.
fn walk(form: &Form) {
    let codebook = form.codebook();
    assert!(codebook.csv("vi").lines().count() > codebook.columns.len());
    assert!(codebook.ddi().ends_with("</codeBook>\n"));
    assert_eq!(differences(form, form, "vi"), []);
    for respondent in [Respondent::Alone, Respondent::WithInterviewer] {
        let mut interview = Interview::new(form, Answers::new()).respondent(respondent);
        for page in form.pages() {
            let _ = interview.give(page.code(), &[], SkipPolicy::Accept);
            let is_on_path = interview.path().step(page.code()).is_some();
            assert_eq!(interview.page(page.code(), "en", &[], &[]).is_some(), is_on_path);
        }
        assert_eq!(interview.progress().answered, 0);
    }
}

/// A file as it is sent.
pub fn workbook(bytes: &[u8]) {
    if let Ok(source) = xlsform::import(bytes, "fuzz.xlsx") {
        assert!(Form::parse(&source).is_ok());
    }
}

/// The cells of the four sheets, a line for each row, tabs between cells: what a workbook says, without what holds it.
pub fn sheets(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split(CUT);
    let sheets = SHEETS.map(|name| Sheet::of_text(name, parts.next().unwrap_or_default()));
    let Ok((source, _)) = xlsform::read(&sheets, "fuzz.xlsx") else {
        return;
    };
    let form = Form::parse(&source).unwrap();
    walk(&form);
    if let Ok(workbook) = xlsform::export(&form) {
        let again = Form::parse(&xlsform::import(&workbook, "fuzz.xlsx").unwrap()).unwrap();
        assert!(differences(&form, &again, "vi").is_empty(), "out and in again is the same");
    }
}

/// What stands in `relevant` or `constraint`.
pub fn expression(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(expression) = Expression::parse(&text) {
        let written = expression.to_string();
        assert_eq!(Expression::parse(&written).unwrap().to_string(), written);
    }
}

static FORMS: LazyLock<Vec<Form>> =
    LazyLock::new(|| builtin().iter().map(|source| Form::parse(source).unwrap()).collect());

/// A letter for the form, then a line for each page sent: `!` to skip what is open, the page, fields and values in turn,
/// tabs between. A line that begins with `{` is a draft to go on from.
pub fn answers(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines();
    let chosen = lines.next().and_then(|line| line.bytes().next()).map_or(0, usize::from);
    let form = &FORMS[chosen % FORMS.len()];
    let respondent = if chosen < usize::from(b'a') { Respondent::Alone } else { Respondent::WithInterviewer };
    let mut interview = Interview::new(form, Answers::new()).respondent(respondent);
    for line in lines {
        if line.starts_with('{') {
            if let Ok(answers) = serde_json::from_str(line) {
                interview = Interview::new(form, answers).respondent(respondent);
            }
            continue;
        }
        let (skip, line) = line.strip_prefix('!').map_or((SkipPolicy::Warn, line), |line| (SkipPolicy::Accept, line));
        let (page, sent) = line.split_once('\t').unwrap_or((line, ""));
        let cells: Vec<&str> = sent.split('\t').collect();
        let fields: Vec<_> = cells.chunks_exact(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect();
        let issues = interview.give(page, &fields, skip).err().unwrap_or_default();
        let shown = interview.page(page, "en", &fields, &issues).is_some();
        assert_eq!(shown, interview.path().step(page).is_some());
        assert_eq!(interview.give(page, &fields, skip).err().unwrap_or_default(), issues, "twice is once");
    }
    let stored = serde_json::to_string(interview.answers()).unwrap();
    let resumed = Interview::new(form, serde_json::from_str(&stored).unwrap()).respondent(respondent);
    assert_eq!(resumed.answers(), interview.answers());
    assert_eq!(resumed.finish().canonical_json(), interview.finish().canonical_json());
    assert!(
        interview.summary("vi").iter().map(|section| section.answered).sum::<u16>() == interview.progress().answered
    );
}
