//! What paper shows.

use super::form;
use crate::{Condition, Form, Kind, PrintedPart, builtin};

fn printed(form: &Form) -> Vec<PrintedPart> {
    form.printed("vi", |number| format!("[{number}]"))
}

#[test]
fn paper_has_every_numbered_unit_of_every_built_in_form_once_and_in_order() {
    for source in builtin() {
        let form = Form::parse(&source).unwrap();
        let parts = printed(&form);
        let units = || parts.iter().flat_map(|part| &part.questions).flat_map(|question| &question.units);
        let numbers: Vec<u16> = units().map(|unit| unit.number).collect();
        assert_eq!(numbers, (1..=form.question_count()).collect::<Vec<_>>(), "{}", source.code);
        let write_ins = units().flat_map(|unit| &unit.choices).filter(|choice| choice.write_in.is_some()).count();
        let alone = form.units().iter().filter(|unit| !form.question_of(unit).unwrap().is_by_interviewer());
        assert_eq!(numbers.len() + write_ins, alone.count(), "{}: what is left are words beside choices", source.code);
    }
}

#[test]
fn pages_that_are_alike_are_one_part_and_their_grid_is_whole() {
    let parts = printed(&form("grid_split_over_pages"));
    let shapes: Vec<_> = parts[0].questions.iter().map(|question| (question.kind, question.units.len())).collect();
    assert_eq!((parts.len(), shapes), (1, vec![(Kind::Grid, 3), (Kind::Single, 1)]));
    let parts = printed(&form("skip_rule_hides_page"));
    let when: Vec<_> = parts.iter().map(|part| part.when.len()).collect();
    assert_eq!(when, [0, 1, 0], "a condition is a part of its own");
}

#[test]
fn what_paper_cannot_know_is_told_by_its_question_and_conditions_by_their_labels() {
    let parts = printed(&form("earlier_answer_in_text"));
    let stems: Vec<_> =
        parts.iter().flat_map(|part| &part.questions).map(|question| question.stem.text.as_str()).collect();
    assert!(stems.contains(&"Ông/Bà viết [2], có {đúng} không?"), "{stems:?}");

    let form = form("multiple_with_other");
    let parts = printed(&form);
    let Some(Condition::Chosen { unit, choice }) = parts[1].when.first() else { panic!("{:?}", parts[1].when) };
    assert_eq!(form.number_of(unit), Some(1));
    assert_eq!(form.choice_label(unit, *choice, "vi").as_deref(), Some("Lựa chọn 2"));
    assert_eq!(form.choice_label(unit, 98, "vi").as_deref(), Some("Không biết"));
    assert_eq!(form.choice_label(unit, 96, "vi"), None);
    assert_eq!(form.number_of("q1_text"), Some(1), "words beside a choice stand under its question");
}
