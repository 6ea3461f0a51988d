//! One file per language: complete and not marked, it is offered.

use super::corpus::{form, source_of};
use crate::{Fault, Form, Source, SourceFile};

fn with(form: &str, language: &str, text: &str) -> Source {
    let mut source = source_of(form);
    source.wordings.push((language.to_owned(), SourceFile::new(format!("{language}.toml"), text)));
    source
}

fn english() -> String {
    source_of("two_languages").wordings.remove(1).1.text
}

#[test]
fn adding_a_language_is_adding_a_file() {
    let form = Form::parse(&with("two_languages", "tyz", &format!("language_name = \"Tày\"\n{}", english()))).unwrap();
    assert_eq!(form.languages(), ["vi", "en", "tyz"]);
    assert_eq!(["vi", "en", "tyz", "km"].map(|code| form.language_name(code)), ["Tiếng Việt", "English", "Tày", "km"]);
    assert_eq!(form.words("tyz").title(), "Test form");
    assert_eq!(form.codebook().columns[0].label["tyz"], "Question q1");
}

#[test]
fn a_file_marked_for_trial_may_have_gaps_and_is_offered_to_nobody() {
    assert_eq!(form("two_languages").trial_languages(), [""; 0]);
    let form = form("language_in_preparation");
    assert_eq!((form.languages(), form.trial_languages()), (&["vi".to_owned()][..], &["en".to_owned()][..]));
    assert!(!form.codebook().title.contains_key("en"));
}

#[test]
fn a_file_that_is_not_marked_must_be_complete() {
    let defects = Form::parse(&with("two_languages", "tyz", "title = \"Mẫu\"")).unwrap_err();
    let is_gap = |fault: &Fault| matches!(fault, Fault::MissingTranslation { language, .. } if language == "tyz");
    assert!(defects.iter().all(|defect| defect.file == "tyz.toml" && is_gap(&defect.fault)), "{defects:?}");
    assert!(defects.len() > 5);
}

#[test]
fn the_language_behind_all_others_cannot_be_on_trial() {
    let mut source = source_of("two_languages");
    source.wordings[0].1.text.insert_str(0, "\ntrial = true\n");
    let defects = Form::parse(&source).unwrap_err();
    let told: Vec<_> = defects.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["vi.toml:2: `trial` must be left out: this language stands behind all others [wrong_value]"]);
}

#[test]
fn a_language_is_named_by_a_code() {
    let defects = Form::parse(&with("two_languages", "Tiếng Tày", &english())).unwrap_err();
    assert_eq!(defects[0].fault.code(), "bad_code");
}
