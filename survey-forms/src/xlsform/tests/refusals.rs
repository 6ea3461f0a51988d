use super::{sheet, told};
use crate::xlsform::{import, import_with_notes};
use crate::{Form, WayOut};

#[test]
fn everything_that_cannot_be_kept_is_told_at_once() {
    let survey: &[&[&str]] = &[
        &[
            "Type",
            "NAME",
            "label::Tiếng Việt (vi)",
            "label::Klingon",
            "relevant",
            "choice_filter",
            "read_only",
            "calculation",
            "sipas_way_out",
        ],
        &["geopoint", "where", "Ở đâu?"],
        &["image", "photo", "Ảnh"],
        &["begin repeat", "child", "Con"],
        &["integer", "age", "Tuổi", "", "${gone} = 1"],
        &["end repeat"],
        &["select_one missing", "m", "Gì?"],
        &["select_one odd", "odd", "Gì?", "", "", "x = ${age}", "yes"],
        &["select_one", "no_list", "Gì?"],
        &["text", "", "Không tên"],
        &["text", "Age", "Trùng"],
        &["calculate", "sum", "", "", "", "", "", "${age} * 2"],
        &["note", "n", "Ông/Bà ${nobody}", "", "", "", "", "", "never"],
        &["rank odd", "r", "Xếp hạng"],
        &["end group"],
        &["begin group", "open", "Mở"],
    ];
    let choices: &[&[&str]] = &[
        &["list_name", "name", "label::Tiếng Việt (vi)"],
        &["odd", "1", "Một"],
        &["odd", "98", "Chín mươi tám"],
        &["odd", "1", "Một nữa"],
        &["", "3", "Ba"],
    ];
    let indicators: &[&[&str]] = &[&["code", "children"], &["all", "age"], &["all", "age"]];
    let workbook = sheet(&[("survey", survey), ("choices", choices), ("sipas_indicators", indicators)]);
    insta::assert_snapshot!(told(&import(&workbook, "x").unwrap_err()));
}

#[test]
fn a_missing_translation_is_refused_at_its_row() {
    let survey: &[&[&str]] =
        &[&["type", "name", "label::vi", "label::en"], &["text", "a", "Một", "One"], &["text", "b", "Hai"]];
    insta::assert_snapshot!(told(&import(&sheet(&[("survey", survey)]), "x").unwrap_err()));
}

#[test]
fn what_is_left_behind_is_told_but_not_in_the_way() {
    let survey: &[&[&str]] = &[
        &["type", "name", "label", "required", "default", "constraint_message::English (en)"],
        &["start", "start"],
        &["integer", "a", "Bao nhiêu?", "yes", "3", "No!"],
    ];
    let (_, notes) = import_with_notes(&sheet(&[("survey", survey)]), "x").unwrap();
    insta::assert_snapshot!(told(&notes));
}

#[test]
fn the_ways_out_of_a_list_become_ours() {
    let survey: &[&[&str]] =
        &[&["type", "name", "label"], &["select_one l", "q", "Gì?"], &["text", "t", "Vì sao?", ""]];
    let choices: &[&[&str]] =
        &[&["list_name", "name", "label"], &["l", "yes", "Có"], &["l", "97", "Bỏ qua"], &["l", "98", "Không biết"]];
    let form = Form::parse(&import(&sheet(&[("survey", survey), ("choices", choices)]), "x").unwrap()).unwrap();
    let unit = form.unit("q").unwrap();
    assert_eq!((unit.way_out(), unit.choices().unwrap().codes.as_slice()), (Some(WayOut::DontKnow), &[1][..]));
}

#[test]
fn settings_name_the_form() {
    let survey: &[&[&str]] = &[&["type", "name", "label", "label::English (en)"], &["text", "a", "Một", "One"]];
    let settings: &[&[&str]] = &[
        &["form_title", "form_id", "version", "default_language", "sipas_method"],
        &["Khảo sát", "Xã 1", "3", "Tiếng Việt (vi)", "sipas-2026"],
    ];
    let form = Form::parse(&import(&sheet(&[("survey", survey), ("settings", settings)]), "x").unwrap()).unwrap();
    assert_eq!((form.code(), form.method(), form.languages().join(" ")), ("xa_1", "sipas-2026", "vi en".to_owned()));
    assert_eq!(form.words("en").text("title").unwrap().text, "Khảo sát");
}

#[test]
fn a_defect_of_the_whole_is_told_at_its_cell() {
    let survey: &[&[&str]] = &[
        &["type", "name", "label", "appearance"],
        &["text", "a", "Một"],
        &["begin_group", "page", "Trang", "field-list"],
        &["text", "b", "Hai"],
        &["note", "c", "Ông/Bà nói ${b}"],
        &["end_group"],
    ];
    let indicators: &[&[&str]] = &[&["code", "children", "label"], &["all", "a gone", "Chung"]];
    let workbook = sheet(&[("survey", survey), ("sipas_indicators", indicators)]);
    insta::assert_snapshot!(told(&import(&workbook, "x").unwrap_err()));
}
