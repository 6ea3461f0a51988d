use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// Every row as `number: cell|cell`, kinds other than text behind an exclamation mark.
fn read(file: &[u8]) -> Result<Vec<String>, DefectKind> {
    let mut file = Cursor::new(file);
    let kind = kind(&mut file).unwrap()?;
    let mut rows = Vec::new();
    let read = each_row(&mut file, kind, &mut |row| {
        let cells = row.cells().iter().map(|cell| match cell.kind {
            CellKind::Text => cell.text.clone(),
            kind => format!("{}!{kind:?}", cell.text),
        });
        rows.push(format!("{}: {}", row.number, cells.collect::<Vec<_>>().join("|")));
        Ok(Go::Continue(()))
    });
    match read {
        Ok(()) => Ok(rows),
        Err(Unreadable::Defect(kind)) => Err(kind),
        Err(Unreadable::Io(cause)) => panic!("{cause}"),
    }
}

/// A workbook of these parts beside those every workbook has.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let book: &[u8] = br#"<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let names: &[u8] = br#"<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="t/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
    for (name, bytes) in [("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", names)].iter().chain(parts) {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn sheet(rows: &str) -> Vec<u8> {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").into_bytes()
}

#[test]
fn a_workbook_of_a_spreadsheet_program_is_read_cell_by_cell() {
    let mut book = Workbook::new();
    book.add_worksheet().set_hidden(true).write_string(0, 0, "hidden").unwrap();
    let list = book.add_worksheet();
    list.set_active(true);
    list.write_string(0, 0, "Họ & tên <1>").unwrap().write_string(0, 2, " cách ").unwrap();
    list.write_number(2, 0, 7).unwrap().write_number(2, 1, 1.5).unwrap().write_boolean(2, 2, true).unwrap();
    list.write_number_with_format(3, 0, 46_327, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
    list.write_formula(3, 1, Formula::new("=1+1").set_result("2")).unwrap();
    list.write_blank(5, 3, &Format::new().set_bold()).unwrap();
    let file = book.save_to_buffer().unwrap();
    assert_eq!(
        read(&file).unwrap(),
        ["1: Họ & tên <1>|| cách ", "3: 7!Number|1.5!InexactNumber|TRUE", "4: 01/11/2026!Date|2!Formula", "6: "]
    );
    assert_eq!(expected_rows(&mut Cursor::new(&file), FileKind::Workbook).unwrap(), 6);
}

#[test]
fn shared_texts_are_found_wherever_they_lie_in_the_file_of_texts() {
    let mut book = Workbook::new();
    let list = book.add_worksheet();
    // Texts come in this order; the rows ask for the far end first, and for letters of several bytes at the edges of blocks.
    let texts: Vec<String> = (0..30_000_u32).map(|n| format!("Người số {n} ở ấp Đường Thét")).collect();
    for (row, text) in (0..).zip(texts.iter().chain(texts.iter().rev())) {
        list.write_string(row, 0, text).unwrap();
    }
    let rows = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(rows.len(), 60_000);
    assert!(
        rows.iter()
            .zip((1..).zip(texts.iter().chain(texts.iter().rev())))
            .all(|(row, (n, text))| *row == format!("{n}: {text}"))
    );
}

#[test]
fn cells_written_by_hand_are_read_too() {
    let texts = "<sst><si><r><t>Trần </t></r><r><t>Thị</t></r><rPh><t>x</t></rPh></si><si/><si><t>A&#x1EA1;&amp;&lt;</t></si></sst>";
    let rows = sheet(
        r#"<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row><row r="9"><c r="B9" t="inlineStr"><is><t>in</t></is></c><c r="A9"><v>1</v></c><c t="e"><v>#REF!</v></c></row><row/><row><c><v>3</v></c></row>"#,
    );
    let read =
        read(&package(&[("xl/sharedStrings.xml", texts.as_bytes()), ("xl/worksheets/sheet1.xml", rows.as_slice())]));
    assert_eq!(read.unwrap(), ["1: Trần Thị||Aạ&<", "9: |in", "11: 3!Number"]);
}

#[test]
fn bombs_and_broken_workbooks_are_refused_before_they_fill_anything() {
    let much = vec![b' '; 80 << 20];
    let blank = package(&[("xl/worksheets/sheet1.xml", much.as_slice())]);
    assert!(blank.len() < 1 << 20);
    assert_eq!(read(&blank), Err(DefectKind::TooMuchInside));
    let long = sheet(&format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "x".repeat(1 << 20)));
    assert_eq!(read(&package(&[("xl/worksheets/sheet1.xml", long.as_slice())])), Err(DefectKind::TooMuchInside));
    let entities = br#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"#;
    assert_eq!(read(&package(&[("xl/worksheets/sheet1.xml", &entities[..])])).unwrap(), ["1: "]);
    for broken in [&b"<worksheet><sheetData><row><c"[..], b"<worksheet><sheetData>", b"", b"\xff\xfe<"] {
        assert_eq!(read(&package(&[("xl/worksheets/sheet1.xml", broken)])), Err(DefectKind::Damaged), "{broken:?}");
    }
    assert_eq!(read(&package(&[])), Err(DefectKind::Damaged));
    let nowhere = sheet("<row><c t=\"s\"><v>99</v></c></row>");
    assert_eq!(read(&package(&[("xl/worksheets/sheet1.xml", nowhere.as_slice())])), Err(DefectKind::Damaged));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for part in 0..5_000 {
        archive.start_file(format!("{part}"), SimpleFileOptions::default()).unwrap();
    }
    assert_eq!(read(&archive.finish().unwrap().into_inner()), Err(DefectKind::Damaged));
}

#[test]
fn other_workbooks_and_archives_are_told_apart() {
    let archive = |name: &str| {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.finish().unwrap().into_inner()
    };
    for (name, kind) in [
        ("xl/workbook.bin", DefectKind::OtherWorkbook),
        ("content.xml", DefectKind::OtherWorkbook),
        ("word/document.xml", DefectKind::NotAList),
        ("photo.jpg", DefectKind::NotAList),
    ] {
        assert_eq!(read(&archive(name)), Err(kind), "{name}");
    }
}

#[test]
fn text_files_are_cut_as_their_first_lines_say() {
    assert_eq!(read(b"a;b;c,d\n1;2;3,4\n").unwrap(), ["1: a|b|c,d", "2: 1|2|3,4"]);
    assert_eq!(read(b"Danh s\n\na\tb\n\"1\n2\"\t=x\n").unwrap(), ["1: Danh s", "3: a|b", "4: 1\n2|=x"]);
    assert_eq!(read(b"a,b\r\n\r\n1,\"2\r\n3\"\r\n4,5").unwrap(), ["1: a|b", "3: 1|2\n3", "5: 4|5"]);
    assert_eq!(read(format!("a,b\n1,\"{}", "x\n".repeat(4 << 20)).as_bytes()), Err(DefectKind::OpenQuote));
    assert_eq!(read(b"a,b\r1,2\r").unwrap(), ["1: a|b", "2: 1|2"]);
    assert_eq!(read(b"a,b\n'=x,'y\n").unwrap(), ["1: a|b", "2: =x|'y"]);
    let pair: Vec<u8> = "\u{feff}a\t𠀋\r\n".repeat(9_000).encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&pair).unwrap().len(), 9_000);
    assert!(read(&pair).unwrap().iter().all(|row| row.ends_with('𠀋')));
}
