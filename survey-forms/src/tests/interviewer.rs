//! What is asked only when an interviewer asks.

use super::{fields, form, give, pages_on_path, start, told, units_on_path};
use crate::{Answer, Answers, Interview, Respondent, SkipPolicy};

fn led(form: &crate::Form) -> Interview<'_> {
    start(form).respondent(Respondent::WithInterviewer)
}

#[test]
fn somebody_who_answers_alone_never_sees_what_interviewers_ask() {
    let form = form("interviewer_asks_last");
    let mut interview = start(&form);
    assert_eq!(units_on_path(&interview), ["q1", "q2"]);
    assert_eq!(give(&mut interview, "hai", &[("q3", "1")]), ["hai: page_not_on_path"]);
    let page = interview.page("mot", "vi", &[], &[]).unwrap();
    assert_eq!(page.blocks.iter().map(|block| block.question.as_str()).collect::<Vec<_>>(), ["q1", "q2"]);
    assert!(interview.page("hai", "vi", &[], &[]).is_none());
    assert_eq!(interview.summary("vi").len(), 1, "nor the section in which nothing else is asked");
}

#[test]
fn an_interviewer_sees_everything_in_its_place() {
    let form = form("interviewer_asks_last");
    let mut interview = led(&form);
    assert_eq!(pages_on_path(&interview), ["mot", "hai"]);
    let page = interview.page("mot", "vi", &[], &[]).unwrap();
    assert_eq!(page.blocks[0].question, "read_aloud");
    assert_eq!(give(&mut interview, "hai", &[("q3", "2"), ("q3_text", "Tày"), ("q4_a", "1"), ("q4_b", "2")]), [""; 0]);
    assert_eq!(pages_on_path(&interview), ["mot", "hai"]);
    give(&mut interview, "hai", &[("q3", "1"), ("q3_text", "")]);
    assert_eq!(pages_on_path(&interview), ["mot", "hai", "ba"]);
}

#[test]
fn parts_and_questions_are_counted_for_who_answers_and_numbers_stay() {
    let form = form("interviewer_asks_last");
    let place = |interview: &Interview, page| {
        let place = interview.place(page).unwrap();
        (place.section, place.sections, place.numbers, place.questions)
    };
    assert_eq!(place(&start(&form), "mot"), (1, 1, Some((1, 2)), 2));
    assert_eq!(place(&led(&form), "mot"), (1, 2, Some((1, 2)), 6));
    assert_eq!(place(&led(&form), "hai"), (2, 2, Some((3, 5)), 6));
    assert_eq!((start(&form).progress().total, led(&form).progress().total), (2, 5));
    assert_eq!(form.question_count(), 2, "of a form one says what everybody is asked");
}

/// As when an interview goes on without the interviewer, or somebody sends fields that no page of theirs has.
#[test]
fn answers_an_interviewer_took_count_for_nothing_when_somebody_goes_on_alone() {
    let form = form("interviewer_asks_last");
    let stored =
        Answers::from([("q1", 1), ("q3", 1), ("q4_a", 2)].map(|(unit, code)| (unit.to_owned(), Answer::Choice(code))));
    let alone = Interview::new(&form, stored.clone());
    assert_eq!(pages_on_path(&alone), ["mot"], "the page that hangs on q3 = 1 is not there");
    assert_eq!(alone.finish().answers().keys().collect::<Vec<_>>(), ["q1", "q2"]);
    assert!(alone.finish().texts().is_empty());
    let led = Interview::new(&form, stored).respondent(Respondent::WithInterviewer);
    assert_eq!(led.finish().answers().keys().collect::<Vec<_>>(), ["q1", "q2", "q3", "q4_a", "q4_b"]);
}

#[test]
fn fields_of_an_interviewers_question_on_a_shared_page_are_let_be() {
    let mut source = super::corpus::source_of("interviewer_asks_last");
    source.definition.text = source.definition.text.replace("\"q1\", \"q2\"]", "\"q1\", \"q2\", \"q3\"]");
    source.definition.text = source.definition.text.replace("[\"q3\", \"q4\"]", "[\"q4\"]");
    let form = crate::Form::parse(&source).unwrap();
    let mut interview = start(&form);
    let sent = fields(&[("q1", "1"), ("q2", "1"), ("q3", "2"), ("q3_text", "Tày")]);
    assert_eq!(told(interview.give("mot", &sent, SkipPolicy::Warn)), [""; 0]);
    assert_eq!(interview.answers().keys().collect::<Vec<_>>(), ["q1", "q2"]);
}

#[test]
fn the_codebook_says_which_columns_are_empty_for_those_who_answer_alone() {
    let codebook = form("interviewer_asks_last").codebook();
    let marked: Vec<_> =
        codebook.columns.iter().filter(|column| column.by_interviewer).map(|column| column.name.as_str()).collect();
    assert_eq!(marked, ["q3", "q3_text", "q4_a", "q4_b", "q5"]);
    let table = codebook.csv("vi");
    assert!(table.starts_with("\u{feff}column,number,kind,scale,topic,asked_by,label"), "{table}");
    assert!(
        table.contains("q1,1,choice,,,,Câu hỏi q1,1,") && table.contains("q3,3,choice,,,interviewer,Câu hỏi q3,1,")
    );
    assert_eq!(
        codebook.ddi().matches("<universe xml:lang=\"en\">Persons asked by an interviewer</universe>").count(),
        5
    );
}
