//! The person's own file with one more column, `Lỗi`: the same kind of file, the same sign and encoding, every row as it was.

use std::fmt::Write as _;
use std::io::{self, Read, Seek, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::defect::{Defect, DefectKind};
use super::findings::Findings;
use super::headings::{self, Headings};
use super::list::COLUMNS;
use super::reading::{self, Encoding, FileKind, Go, Row, Unreadable};
use crate::base::sheet::plain_cell;
use crate::base::text::Texts;

/// Writes the copy; what was found in rows is told in words of `texts`.
pub(super) fn write(
    file: &mut (impl Read + Seek),
    kind: FileKind,
    findings: Findings,
    texts: Texts,
    out: &mut (impl Write + Seek),
) -> io::Result<()> {
    let mut notes = Notes { rows: findings.into_rows().into_iter().peekable(), texts, headed: false };
    match kind {
        FileKind::Delimited { encoding, delimiter } => {
            let mut encoded = Encoded { out, encoding, rest: Vec::new() };
            encoded.write_all("\u{feff}".as_bytes())?;
            let mut csv = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(encoded);
            copy(file, kind, &mut |row| {
                for cell in row.cells() {
                    csv.write_field(plain_cell(&cell.text).as_ref())?;
                }
                csv.write_field(plain_cell(&notes.of(row)).as_ref())?;
                Ok(csv.write_record(None::<&[u8]>)?)
            })?;
            csv.flush()
        }
        FileKind::Workbook => workbook(file, &mut notes, out),
    }
}

fn copy(
    file: &mut (impl Read + Seek),
    kind: FileKind,
    on_row: &mut dyn FnMut(&Row) -> io::Result<()>,
) -> io::Result<()> {
    let read = reading::each_row(file, kind, &mut |row| on_row(row).map(|()| Go::Continue(())));
    match read {
        Err(Unreadable::Io(cause)) => Err(cause),
        // What could be read before some damage is given back.
        Ok(()) | Err(Unreadable::Defect(_)) => Ok(()),
    }
}

struct Notes<I: Iterator<Item = (u64, Option<u8>, DefectKind)>> {
    rows: std::iter::Peekable<I>,
    texts: Texts,
    headed: bool,
}

impl<I: Iterator<Item = (u64, Option<u8>, DefectKind)>> Notes<I> {
    /// What stands in the further column of this row: its name over the list, what was found beside a person.
    fn of(&mut self, row: &Row) -> String {
        while self.rows.next_if(|(number, ..)| *number < row.number).is_some() {}
        let mut note = String::new();
        while let Some((number, column, kind)) = self.rows.next_if(|(number, ..)| *number == row.number) {
            let column = column.and_then(|column| COLUMNS.get(usize::from(column))).copied().unwrap_or_default();
            let defect = Defect::new(number, column, "", kind);
            let level = if defect.kind.is_error() { "frame-level-error" } else { "frame-level-warning" };
            if !note.is_empty() {
                note.push_str("; ");
            }
            note.push_str(&self.texts.get(level));
            note.push_str(&[" (", column, "): "].concat());
            note.push_str(&[&defect.what(self.texts), ". ", &defect.fix(self.texts)].concat());
        }
        if self.headed {
            return note;
        }
        let cells: Vec<&str> = row.cells().iter().map(|cell| cell.text.as_str()).collect();
        self.headed = Headings::read(row.number, &cells).known() >= headings::FEWEST;
        if self.headed { self.texts.get("frame-column-error").into_owned() } else { note }
    }
}

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Danh sách" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
/// The one format of every cell is text, so that codes keep their zeros and nothing is run when a cell is edited.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/><name val="Arial"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" quotePrefix="1" applyNumberFormat="1"/></cellXfs></styleSheet>"#;

/// A workbook of one sheet, written row by row: a library's would hold every cell of a million rows.
fn workbook<I: Iterator<Item = (u64, Option<u8>, DefectKind)>>(
    file: &mut (impl Read + Seek),
    notes: &mut Notes<I>,
    out: &mut (impl Write + Seek),
) -> io::Result<()> {
    let mut archive = ZipWriter::new(out);
    let options = SimpleFileOptions::default();
    for (name, text) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", PARTS),
        ("xl/styles.xml", STYLES),
    ] {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    archive.start_file("xl/worksheets/sheet1.xml", options.large_file(true))?;
    archive.write_all(br#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#)?;
    let mut line = String::new();
    copy(file, FileKind::Workbook, &mut |row| {
        line.clear();
        write!(line, "<row r=\"{}\">", row.number).unwrap_or_default();
        for cell in row.cells() {
            push_cell(&mut line, &cell.text);
        }
        push_cell(&mut line, &notes.of(row));
        line.push_str("</row>");
        archive.write_all(line.as_bytes())
    })?;
    archive.write_all(b"</sheetData></worksheet>")?;
    archive.finish()?;
    Ok(())
}

fn push_cell(line: &mut String, text: &str) {
    if text.is_empty() {
        line.push_str("<c s=\"1\"/>");
        return;
    }
    line.push_str("<c s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    for letter in text.chars() {
        match letter {
            '&' => line.push_str("&amp;"),
            '<' => line.push_str("&lt;"),
            '>' => line.push_str("&gt;"),
            '\t' | '\n' | '\r' => line.push(letter),
            // What XML cannot hold.
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => line.push(char::REPLACEMENT_CHARACTER),
            other => line.push(other),
        }
    }
    line.push_str("</t></is></c>");
}

/// UTF-8 on its way into the encoding of the file.
struct Encoded<W> {
    out: W,
    encoding: Encoding,
    /// The beginning of a letter whose end comes with the next bytes.
    rest: Vec<u8>,
}

impl<W: Write> Write for Encoded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Encoding::Utf16 { big_end } = self.encoding else { return self.out.write(bytes) };
        self.rest.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.rest) {
            Ok(_) => self.rest.len(),
            Err(cause) => cause.valid_up_to(),
        };
        let later = self.rest.split_off(whole);
        let text = String::from_utf8_lossy(&self.rest);
        let units = text.encode_utf16().flat_map(|unit| if big_end { unit.to_be_bytes() } else { unit.to_le_bytes() });
        self.out.write_all(&units.collect::<Vec<u8>>())?;
        self.rest = later;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
