//! The tiny forms, one behaviour each.

use crate::{Form, Source, SourceFile};

macro_rules! corpus {
    ($($name:literal: $($language:literal)+,)+) => {
        &[$(($name, include_str!(concat!("../../corpus/", $name, "/form.toml")), &[
            $(($language, include_str!(concat!("../../corpus/", $name, "/", $language, ".toml")))),+
        ]),)+]
    };
}

type Texts = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

pub(crate) const SOUND: &[Texts] = corpus! {
    "all_any_not": "vi",
    "answered_opens_page": "vi",
    "comparison_opens_page": "vi",
    "date_within_bounds": "vi",
    "earlier_answer_in_text": "vi",
    "filter_off_asks_everyone": "vi",
    "filter_on_asks_those_who_used": "vi",
    "grid_split_over_pages": "vi",
    "hidden_answers_count_for_nothing": "vi",
    "indicators_without_domains": "vi",
    "interviewer_asks_last": "vi",
    "language_in_preparation": "vi" "en",
    "multiple_with_other": "vi",
    "note_fills_a_page": "vi",
    "number_beside_way_out": "vi",
    "number_within_bounds": "vi",
    "other_needs_text": "vi",
    "sections_are_counted": "vi",
    "sensitive_page": "vi",
    "skip_rule_hides_item": "vi",
    "skip_rule_hides_page": "vi",
    "skip_rule_hides_question": "vi",
    "skipping_opens_page": "vi",
    "text_is_never_demanded": "vi",
    "two_languages": "vi" "en",
    "way_out_differs_by_item": "vi",
};

pub(crate) const DEFECTIVE: &[Texts] = corpus! {
    "defects/answer_told_too_early": "vi",
    "defects/bad_code": "vi",
    "defects/bounds_the_wrong_way": "vi",
    "defects/broken_indicators": "vi",
    "defects/clashing_code": "vi",
    "defects/compared_with_the_wrong_kind": "vi",
    "defects/condition_not_earlier": "vi",
    "defects/condition_of_the_wrong_kind": "vi",
    "defects/empty_page": "vi",
    "defects/filter_without_switch": "vi",
    "defects/indicator_of_interviewers": "vi",
    "defects/indicators_in_a_circle": "vi",
    "defects/interviewer_asks_before_others": "vi",
    "defects/interviewer_asks_everything": "vi",
    "defects/missing_translation": "vi",
    "defects/missing_wording": "vi",
    "defects/not_toml": "vi",
    "defects/nothing_asked": "vi",
    "defects/unknown_key": "vi",
    "defects/unknown_reference": "vi",
    "defects/unknown_scale": "vi",
    "defects/unreachable_because_contradictory": "vi",
    "defects/unreachable_because_on_no_page": "vi",
    "defects/unreachable_because_out_of_bounds": "vi",
    "defects/wrong_value": "vi",
};

pub(crate) fn source((name, definition, wordings): &Texts) -> Source {
    let wording =
        |(language, text): &(&str, &str)| ((*language).to_owned(), SourceFile::new(format!("{language}.toml"), *text));
    Source {
        code: (*name).to_owned(),
        definition: SourceFile::new("form.toml", *definition),
        wordings: wordings.iter().map(wording).collect(),
    }
}

/// The source of a sound form of the corpus by name.
pub(crate) fn source_of(name: &str) -> Source {
    source(SOUND.iter().find(|(other, _, _)| *other == name).expect("a form of the corpus"))
}

/// A sound form of the corpus by name.
pub(crate) fn form(name: &str) -> Form {
    Form::parse(&source_of(name)).expect("sound")
}

#[test]
fn every_sound_form_is_sound() {
    for texts in SOUND {
        let defects = Form::parse(&source(texts)).err();
        assert_eq!(defects, None, "{}", texts.0);
    }
}
