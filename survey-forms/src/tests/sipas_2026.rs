//! The built-in questionnaire says what the survey of 2026 asks.

use crate::{Answers, Defect, Form, Interview, Level, SkipPolicy, Unit, builtin};

fn sipas() -> Form {
    match Form::parse(&builtin()[0]) {
        Ok(form) => form,
        Err(defects) => panic!("{:#?}", defects.iter().map(Defect::to_string).collect::<Vec<_>>()),
    }
}

#[test]
fn is_sound_and_complete_in_both_languages() {
    assert_eq!(sipas().languages(), ["vi", "en"]);
}

#[test]
fn asks_85_questions_on_20_pages_of_at_most_seven() {
    let form = sipas();
    let nothing = Answers::new();
    let path = crate::path(&form, &nothing, crate::Respondent::Alone);
    let counts: Vec<usize> = path.steps().iter().map(|step| step.units().count()).collect();
    assert_eq!(form.question_count(), 85);
    assert_eq!(counts, [5, 5, 4, 1, 7, 1, 2, 3, 7, 4, 5, 4, 5, 5, 7, 6, 3, 5, 5, 1]);
}

#[test]
fn keeps_the_sensitive_questions_on_a_page_of_their_own() {
    let form = sipas();
    let nothing = Answers::new();
    let path = crate::path(&form, &nothing, crate::Respondent::Alone);
    let sensitive: Vec<_> = path.steps().iter().filter(|step| step.page.is_sensitive()).collect();
    assert_eq!(sensitive.len(), 1);
    assert_eq!(sensitive[0].units().map(Unit::code).collect::<Vec<_>>(), ["q5", "q6"]);
}

#[test]
fn measures_51_indicators() {
    let form = sipas();
    let tree = form.indicators().unwrap();
    let count = |level| tree.walk().into_iter().filter(|indicator| indicator.level == level).count();
    assert_eq!([Level::Overall, Level::Domain, Level::Factor, Level::Item].map(count), [1, 2, 9, 39]);
    assert_eq!(tree.parts[0].items().len(), 23);
    assert_eq!(tree.parts[1].items().len(), 16);
}

#[test]
fn can_be_walked_without_answering_anything() {
    let form = sipas();
    let mut interview = Interview::new(&form, Answers::new());
    for page in form.pages() {
        let _ = interview.give(page.code(), &[], SkipPolicy::Warn);
        assert_eq!(interview.give(page.code(), &[], SkipPolicy::Accept), Ok(()));
    }
    assert_eq!(interview.progress().skipped, 85);
    assert_eq!(interview.finish().answers().len(), 84, "all but the comment");
}
