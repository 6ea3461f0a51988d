use super::*;

fn form() -> Form {
    Form::parse(&survey_forms::builtin().remove(0)).unwrap()
}

fn told(text: &str) -> Vec<(u64, &'static str, String)> {
    let defects = read(text.as_bytes(), &form()).unwrap_err();
    defects.into_iter().map(|it| (it.line, it.kind.name(), it.value)).collect()
}

#[test]
fn a_sound_file_is_read_whatever_the_spreadsheet_made_of_it() {
    let text = "\u{feff}Question;choice;PLACE;people\r\na1;2;1;1.000.000\r\na1;1;01;900 000\r\n";
    let margins = read(text.as_bytes(), &form()).unwrap();
    let lines: Vec<_> =
        margins.iter().map(|it| (it.question.as_str(), it.place_code.as_str(), it.choice, it.people)).collect();
    assert_eq!(lines, [("a1", "01", 1, 900_000), ("a1", "01", 2, 1_000_000)]);
}

#[test]
fn every_defect_of_a_line_is_named_with_its_place() {
    let text = "question,choice,place,people\nq99,1,VN,5\na1,7,VN,5\na1,1,98,5\na1,1,VN,-5\na1,1,VN,1.5\na1,1,VN,5\na1,1,VN,6\n";
    assert_eq!(
        told(text),
        [
            (2, "question", "q99".to_owned()),
            (3, "choice", "7".to_owned()),
            (4, "place", "98".to_owned()),
            (5, "people", "-5".to_owned()),
            (6, "people", "1.5".to_owned()),
            (8, "twice", "a1;1;VN;6".to_owned()),
        ]
    );
}

#[test]
fn what_does_not_fit_together_is_told_of_the_whole_file() {
    assert_eq!(told("question,choice,place,people\na1,1,VN,5\n"), [(0, "choice-missing", "a1;2;VN".to_owned())]);
    let mixed = "question,choice,place,people\na1,1,VN,5\na1,2,VN,5\na1,1,01,5\na1,2,01,5\n";
    assert_eq!(told(mixed), [(0, "mixed-places", "a1".to_owned())]);
    let unequal = "question,choice,place,people\na1,1,VN,5\na1,2,VN,5\na2,1,VN,5\na2,2,VN,6\n";
    assert_eq!(told(unequal), [(0, "totals", "VN: a1 10, a2 11".to_owned())]);
    let levels = "question,choice,place,people\na1,1,VN,5\na1,2,VN,5\na2,1,01,5\na2,2,01,6\n";
    assert_eq!(told(levels), [(0, "totals", "VN: a1 10, a2 11".to_owned())]);
}

#[test]
fn what_is_no_such_file_is_refused_whole() {
    assert_eq!(told("question,choice,place\n"), [(0, "column-missing", "people".to_owned())]);
    assert_eq!(told("question,choice,place,people\n"), [(0, "no-rows", String::new())]);
    assert_eq!(read(b"question,choice,place,people\n\xff", &form()).unwrap_err()[0].kind, DefectKind::Unreadable);
}
