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
        let once = form(&[&["note", "q", text]]);
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
