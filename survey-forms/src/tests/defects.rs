//! Every defect is named with its place, all at once.

use std::collections::BTreeSet;

use super::corpus::{DEFECTIVE, source};
use crate::{Defect, Form};

#[test]
fn each_form_tells_all_its_defects() {
    let mut told = Vec::new();
    for texts in DEFECTIVE {
        let defects = Form::parse(&source(texts)).expect_err(texts.0);
        told.push(texts.0.to_owned());
        told.extend(defects.iter().map(|defect| format!("  {defect}")));
    }
    let told = told.join("\n");
    insta::assert_snapshot!(told);
}

#[test]
fn every_kind_of_defect_has_a_form_that_shows_it() {
    let defects: Vec<Defect> = DEFECTIVE.iter().flat_map(|texts| Form::parse(&source(texts)).unwrap_err()).collect();
    let codes: BTreeSet<&str> = defects.iter().map(|defect| defect.fault.code()).collect();
    let all = [
        "bad_code",
        "broken_indicators",
        "clashing_code",
        "condition_not_earlier",
        "empty_page",
        "left_to_interviewers",
        "missing_key",
        "missing_translation",
        "missing_wording",
        "nothing_asked",
        "syntax",
        "unknown_key",
        "unknown_reference",
        "unknown_scale",
        "unreachable",
        "wrong_value",
    ];
    assert_eq!(codes, BTreeSet::from(all));
}

#[test]
fn a_form_may_differ_from_a_sound_one_by_one_character_and_still_say_where() {
    let mut source = crate::builtin().remove(0);
    source.definition.text = source.definition.text.replacen("unit = \"q8_school\"", "unit = \"q8_schol\"", 1);
    let defects = Form::parse(&source).unwrap_err();
    let line = source.definition.text.lines().position(|line| line.contains("q8_schol\"")).unwrap() + 1;
    assert_eq!(defects.len(), 1, "{defects:?}");
    assert_eq!((defects[0].line, defects[0].fault.code()), (line, "unknown_reference"));
}
