use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{form, sheet, told};
use crate::Form;
use crate::xlsform::{export, import};

const TEXTS: [&str; 8] = [
    "=cmd()",
    "<script>alert(1)</script>",
    "{{ {a} }}",
    "\"'\"\"\"''' \\ \\u0000",
    "một\nhai\n[[pages]]\ncode = \"x\"",
    "a\u{0}b",
    "_x0041_ &amp; &#10;",
    "+1 @SUM(A1) -2",
];

#[test]
fn texts_stay_texts() {
    for text in TEXTS {
        let once = form(&[&["text", "q", text]]);
        let stem = |form: &Form| form.words("vi").text("questions.q.stem").unwrap().text;
        assert_eq!(crate::piping::fill(&stem(&once), |_| String::new()), text, "in");
        let again = Form::parse(&import(&export(&once).unwrap(), "x").unwrap()).unwrap();
        assert_eq!(stem(&again), stem(&once), "out and in");
    }
}

#[test]
fn what_is_no_workbook_is_refused_in_one_sentence() {
    for bytes in [&b""[..], b"PK\x03\x04", b"type,name\ntext,a", &sheet(&[("survey", &[])])[..2000]] {
        assert_eq!(
            told(&import(bytes, "x").unwrap_err()),
            ":0:: this is no workbook (.xlsx) that can be read [no_workbook]"
        );
    }
    let told = told(&import(&sheet(&[("other", &[&["type"]])]), "x").unwrap_err());
    assert_eq!(told, ":0:: the sheet `survey` is missing [missing_sheet]");
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let bomb = |name: &str, size: usize| {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        archive.start_file(name, packed).unwrap();
        archive.write_all(&vec![b' '; size]).unwrap();
        archive.finish().unwrap().into_inner()
    };
    for bytes in
        [bomb("xl/worksheets/sheet1.xml", 65_000_000), bomb("xl/sharedStrings.xml", 9_000_000), vec![0; 5_000_001]]
    {
        assert_eq!(import(&bytes, "x").unwrap_err()[0].reason.code(), "too_large");
    }
}

#[test]
fn too_many_rows_are_refused() {
    let row: &[&str] = &["note", "q", "x"];
    let rows: Vec<&[&str]> = std::iter::repeat_n(row, 10_002).collect();
    assert_eq!(import(&sheet(&[("survey", &rows)]), "x").unwrap_err()[0].reason.code(), "too_large");
}

fn refused_whole(rows: &[&[&str]]) -> String {
    told(&import(&sheet(&[("survey", rows), ("choices", super::YES_NO)]), "x").unwrap_err())
}

const HEADER: &[&str] = &["type", "name", "label", "relevant", "appearance"];

#[test]
fn too_many_questions_are_refused() {
    let mut rows = vec![HEADER];
    rows.extend(vec![&["note", "q", "x"][..]; 1_001]);
    assert_eq!(refused_whole(&rows), ":0:: the workbook is too large: 1,000 questions are taken [too_large]");
}

#[test]
fn a_list_of_too_many_choices_is_refused_once() {
    let names: Vec<String> = (1..9_000).map(|name| name.to_string()).collect();
    let lines: Vec<[&str; 3]> = names.iter().map(|name| ["l", name.as_str(), "x"]).collect();
    let mut choices: Vec<&[&str]> = vec![&["list_name", "name", "label"]];
    choices.extend(lines.iter().map(<[&str; 3]>::as_slice));
    let survey: &[&[&str]] = &[HEADER, &["select_one l", "q", "Q"]];
    let told = told(&import(&sheet(&[("survey", survey), ("choices", &choices)]), "x").unwrap_err());
    assert!(
        told.contains("choices:2:list_name: `l`: a list takes 96 choices and one way out [too_many_choices]"),
        "{told}"
    );
    assert!(told.lines().count() < 10, "{told}");
}

#[test]
fn an_endless_cell_is_refused() {
    let label = "ế".repeat(10_001);
    let told = refused_whole(&[HEADER, &["text", "q", &label]]);
    assert_eq!(told, ":0:: the workbook is too large: 10,000 characters in a cell are taken [too_large]");
}

/// The condition of a group holds for each page in it, and is written down as often.
#[test]
fn endless_conditions_are_refused_also_when_groups_multiply_them() {
    let condition = vec!["${a} = 1"; 500].join(" and ");
    let mut rows = vec![HEADER, &["integer", "a", "A"][..]];
    let group: &[&str] = &["begin_group", "g", "G", &condition];
    rows.push(group);
    let names: Vec<String> = (0..100).map(|number| format!("q{number}")).collect();
    let lines: Vec<[&str; 3]> = names.iter().map(|name| ["integer", name.as_str(), "Q"]).collect();
    rows.extend(lines.iter().map(<[&str; 3]>::as_slice));
    rows.push(&["end_group"]);
    let told = refused_whole(&rows);
    assert_eq!(told, ":0:: the workbook is too large: 10,000 comparisons in conditions are taken [too_large]");
}

#[test]
fn groups_nested_without_end_are_refused() {
    let mut rows = vec![HEADER];
    rows.extend(vec![&["begin_group", "g", "G"][..]; 9_000]);
    let told = refused_whole(&rows);
    assert!(told.contains("groups are nested too deeply"), "{told}");
    assert!(told.lines().count() < 20, "{told}");
}

/// What is nested as deep as is taken can still be written down as TOML, where each level takes several.
#[test]
fn the_deepest_condition_that_is_read_is_kept() {
    let deep = (0..11).fold("${a} = 1".to_owned(), |inner, _| format!("not(${{a}} = 2 or ${{b}} = 3 and {inner})"));
    let rows: &[&[&str]] = &[&["integer", "a", "A"], &["integer", "b", "B"], &["integer", "c", "C", &deep]];
    assert_eq!(form(rows).units().len(), 3);
    let deeper = format!("not({deep})");
    assert!(super::refused(&[&["integer", "a", "A"], &["integer", "c", "C", &deeper]]).contains("nested too deeply"));
}
