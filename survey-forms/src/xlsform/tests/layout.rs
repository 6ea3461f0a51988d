use super::{form, pages, refused, sheet};
use crate::xlsform::import;
use crate::{Form, UnitKind};

const Q: fn(&'static str) -> [&'static str; 3] = |name| ["integer", name, "Bao nhiêu?"];

#[test]
fn a_question_outside_a_field_list_is_a_page_of_its_own() {
    assert_eq!(pages(&form(&[&Q("a"), &Q("b")])), ["a: a", "b: b"]);
}

#[test]
fn a_field_list_is_one_page_and_a_group_at_the_top_a_section() {
    let form = form(&[
        &["begin_group", "About", "Về Ông/Bà"],
        &["begin group", "first", "Trang một", "", "field-list"],
        &Q("a"),
        &Q("b"),
        &["end group"],
        &Q("c"),
        &["end_group"],
    ]);
    assert_eq!(pages(&form), ["first: a b", "c: c"]);
    let text = |key| form.words("vi").text(key).unwrap().text;
    assert_eq!([text("sections.about"), text("pages.first"), text("pages.c")], ["Về Ông/Bà", "Trang một", "Về Ông/Bà"]);
}

#[test]
fn a_table_list_is_a_grid() {
    let form = form(&[
        &["begin_group", "served", "Hài lòng thế nào?", "", "table-list"],
        &["select_one level", "s1", "Đúng hẹn"],
        &["select_one level", "s2", "Lịch sự"],
        &["end_group"],
    ]);
    assert_eq!(pages(&form), ["served: s1 s2"]);
    assert_eq!(form.question_of(&form.units()[1]).unwrap().code(), "served");
}

#[test]
fn questions_on_one_list_after_each_other_on_a_page_are_a_grid() {
    let form = form(&[
        &["begin_group", "page", "Trang", "", "field-list"],
        &["select_one level", "s1", "Đúng hẹn"],
        &["select_one level", "s2", "Lịch sự"],
        &["select_one yes_no", "s3", "Xong chưa?"],
        &["end_group"],
    ]);
    let questions: Vec<_> = form.units().iter().map(|unit| form.question_of(unit).unwrap().code()).collect();
    assert_eq!(questions, ["s1_grid", "s1_grid", "s3"]);
}

#[test]
fn more_than_seven_are_broken_over_pages() {
    let names: Vec<String> = (1..=10).map(|number| format!("s{number}")).collect();
    let lines: Vec<[&str; 3]> = names.iter().map(|name| ["select_one level", name.as_str(), "Việc"]).collect();
    let mut rows: Vec<&[&str]> = vec![&["begin_group", "page", "Trang", "", "field-list"], &["integer", "age", "Tuổi"]];
    rows.extend(lines.iter().map(<[&str; 3]>::as_slice));
    rows.push(&["end_group"]);
    assert_eq!(pages(&form(&rows)), ["page: age s1 s2 s3 s4 s5 s6", "page-2: s7 s8 s9 s10"]);
}

#[test]
fn or_other_is_a_further_choice_with_words_beside_it() {
    let form = form(&[&["select_one yes_no or_other", "q", "Ông/Bà có không?"]]);
    assert_eq!(form.unit("q").unwrap().choices().unwrap().codes, [1, 2, 3]);
    assert!(matches!(form.unit("q_text").unwrap().kind(), UnitKind::WriteIn { choice: 3, .. }));
    assert!(form.words("en").text("questions.q.choices.3").unwrap().language == "vi", "no language is added");
}

#[test]
fn a_text_asked_for_one_choice_of_the_question_before_it_stands_beside_that_choice() {
    let form = form(&[
        &["begin_group", "page", "Trang", "", "field-list"],
        &["select_one yes_no", "q", "Ông/Bà có không?"],
        &["text", "which", "Việc gì?", "${q} = 'yes'"],
        &["end_group"],
        &["note", "thanks", "Ông/Bà nói: ${which}, {cảm ơn}"],
    ]);
    assert!(matches!(form.unit("q_text").unwrap().kind(), UnitKind::WriteIn { choice: 1, .. }));
    assert_eq!(form.words("vi").text("questions.thanks.stem").unwrap().text, "Ông/Bà nói: {q_text}, {{cảm ơn}}");
}

#[test]
fn names_that_become_the_same_code_are_refused() {
    assert_eq!(
        refused(&[&Q("Tuổi"), &Q("tuoi")]),
        "survey:3:name: `tuoi`: `tuoi` is there already: names are told apart in small letters without accents [clash]"
    );
}

#[test]
fn a_calculate_is_only_another_name() {
    let calculated = |calculation| {
        let survey: &[&[&str]] = &[
            &["type", "name", "label", "calculation", "relevant"],
            &["integer", "age", "Tuổi"],
            &["calculate", "years", "", calculation],
            &["text", "why", "Vì sao?", "", "${years} > 17"],
        ];
        import(&sheet(&[("survey", survey)]), "thu")
    };
    let form = Form::parse(&calculated("${age}").unwrap()).unwrap();
    assert_eq!(pages(&form), ["age: age", "why: why"]);
    assert!(format!("{:?}", form.page("why").unwrap().rules).contains("unit: \"age\""));
    let refused = calculated("${age} + 1").unwrap_err();
    assert_eq!((refused[0].row, refused[0].reason.code()), (3, "unsupported"));
}

#[test]
fn what_has_no_title_takes_the_nearest() {
    let form = form(&[
        &["begin_group", "section", ""],
        &["begin_group", "page", "", "", "field-list"],
        &["select_one level", "s1", "Đúng hẹn"],
        &["select_one level", "s2", "Lịch sự"],
        &["end_group"],
        &["end_group"],
    ]);
    let text = |key| form.words("vi").text(key).unwrap().text;
    assert_eq!(["sections.section", "pages.page", "questions.s1_grid.stem"].map(text), ["thu", "thu", "thu"]);
}

/// The rows of a table of the page that explains this, as the sheets they stand for.
fn table(after: &str) -> Vec<Vec<String>> {
    let page = include_str!("../../../../docs/xlsform.md");
    let (_, table) = page.split_once(after).unwrap();
    let lines = table.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cell = |cell: &str| cell.trim().trim_matches('`').to_owned();
    let row = |line: &str| line.trim_matches('|').split('|').map(cell).collect();
    lines.filter(|line| !line.starts_with("|---")).map(row).collect()
}

#[test]
fn the_example_that_is_explained_is_sound() {
    let tables = [table("Sheet `survey`:"), table("Sheet `choices`:")];
    let rows: Vec<Vec<Vec<&str>>> =
        tables.iter().map(|rows| rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect()).collect();
    let rows: Vec<Vec<&[&str]>> = rows.iter().map(|rows| rows.iter().map(Vec::as_slice).collect()).collect();
    let source = import(&sheet(&[("survey", &rows[0]), ("choices", &rows[1])]), "example").unwrap();
    let form = Form::parse(&source).unwrap();
    assert_eq!(pages(&form), ["person: age used", "served: on_time polite", "comment: comment"]);
}

#[test]
fn what_only_interviewers_ask_is_marked_on_a_question_or_a_group() {
    let asked = |group: &'static str, line: &'static str| {
        let survey: &[&[&str]] = &[
            &["type", "name", "label", "appearance", "sipas_asked_by"],
            &["integer", "age", "Tuổi"],
            &["begin_group", "talk", "Cuộc hỏi", "field-list", group],
            &["select_one level", "help", "Giúp", "", line],
            &["select_one level", "calm", "Yên tĩnh", "", "interviewer"],
            &["end_group"],
        ];
        import(&sheet(&[("survey", survey), ("choices", super::YES_NO)]), "thu")
    };
    let form = Form::parse(&asked("interviewer", "").unwrap()).unwrap();
    let marked = |form: &Form| form.codebook().columns.iter().map(|column| column.by_interviewer).collect::<Vec<_>>();
    assert_eq!(marked(&form), [false, true, true], "the group speaks for all in it");
    assert_eq!(pages(&form), ["age: age", "talk: help calm"]);
    let form = Form::parse(&asked("", "").unwrap()).unwrap();
    assert_eq!(marked(&form), [false, false, true], "a line that only interviewers ask is no line of that grid");
    let told = super::told(&asked("", "machine").unwrap_err());
    assert_eq!(
        told,
        "survey:4:sipas_asked_by: `machine`: this cannot be kept: `interviewer` is wanted, or nothing where everybody is asked [unsupported]"
    );
}

#[test]
fn a_question_of_interviewers_before_others_is_told_at_its_row() {
    let survey: &[&[&str]] = &[
        &["type", "name", "label", "sipas_asked_by"],
        &["integer", "help", "Giúp", "interviewer"],
        &["integer", "age", "Tuổi"],
    ];
    let refused = import(&sheet(&[("survey", survey)]), "thu").unwrap_err();
    assert_eq!((refused[0].row, refused[0].column.as_str()), (2, "sipas_asked_by"), "{refused:?}");
}
