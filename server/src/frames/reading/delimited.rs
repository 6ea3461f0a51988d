//! Text with commas, semicolons or tabs, in UTF-8 or UTF-16.

use std::cell::Cell as Counter;
use std::io::{self, BufRead as _, BufReader, Read};
use std::rc::Rc;

use csv::ByteRecord;

use super::{Cell, CellKind, Encoding, Go, MOST_BYTES_IN_CELL, Row};

const BUFFER: usize = 1 << 16;
/// A row that does not end, as of a file with an open quotation mark.
const MOST_BYTES_IN_ROW: usize = 4 << 20;

pub(super) fn each_row(
    file: &mut impl Read,
    encoding: Encoding,
    delimiter: u8,
    on_row: &mut dyn FnMut(&Row) -> io::Result<Go>,
) -> io::Result<()> {
    let mut file = BufReader::with_capacity(BUFFER, file);
    let mark = match encoding {
        Encoding::Utf8 => file.fill_buf()?.starts_with(b"\xef\xbb\xbf").then_some(3),
        Encoding::Utf16 { .. } => matches!(file.fill_buf()?, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]).then_some(2),
    };
    file.consume(mark.unwrap_or_default());
    match encoding {
        Encoding::Utf8 => rows(file, delimiter, on_row),
        Encoding::Utf16 { big_end } => {
            rows(Utf16 { file, big_end, high: None, out: Vec::new(), at: 0 }, delimiter, on_row)
        }
    }
}

fn rows(text: impl Read, delimiter: u8, on_row: &mut dyn FnMut(&Row) -> io::Result<Go>) -> io::Result<()> {
    let lines = Lines::of(text);
    let since_row = Rc::clone(&lines.since_row);
    let mut csv = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(lines);
    let mut record = ByteRecord::new();
    let mut row = Row::default();
    while csv.read_byte_record(&mut record).map_err(own)? {
        // The place where a record begins counts blank lines before it to it; where it ends is certain.
        let inside: usize = record.as_slice().iter().map(|byte| usize::from(*byte == b'\n')).sum();
        row.clear(csv.position().line().saturating_sub(1 + inside as u64));
        for bytes in &record {
            if let Some(cell) = row.add() {
                fill(cell, bytes);
            }
        }
        if on_row(&row)?.is_break() {
            break;
        }
        since_row.set(0);
    }
    Ok(())
}

/// The reader's own error, which the crate's would hide.
fn own(cause: csv::Error) -> io::Error {
    match cause.into_kind() {
        csv::ErrorKind::Io(cause) => cause,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn fill(cell: &mut Cell, bytes: &[u8]) {
    let bytes = bytes.get(..MOST_BYTES_IN_CELL).map_or(bytes, whole_letters);
    match std::str::from_utf8(bytes) {
        Ok(text) => cell.text.push_str(unescaped(text)),
        Err(_not_utf8) => {
            cell.text.extend(bytes.iter().map(|byte| char::from(*byte)));
            cell.kind = CellKind::NotUtf8;
        }
    }
}

/// Up to the last whole letter.
fn whole_letters(bytes: &[u8]) -> &[u8] {
    let start_of_last = bytes.iter().rposition(|byte| byte & 0b1100_0000 != 0b1000_0000);
    bytes.get(..start_of_last.unwrap_or(bytes.len())).unwrap_or(bytes)
}

/// Without the apostrophe that our own files put before what a spreadsheet would run (`base::sheet`).
fn unescaped(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if crate::base::sheet::plain_cell(rest) != rest => rest,
        _ => text,
    }
}

/// Lines of the file: nearly its rows.
pub(super) fn lines(file: &mut impl Read) -> io::Result<u64> {
    let mut buffer = vec![0; BUFFER];
    let mut lines = 0;
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok(lines);
        }
        let read = buffer.get(..count).unwrap_or_default();
        lines += read.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
    }
}

/// UTF-16 as UTF-8, a buffer at a time; halves of pairs without their other half become U+FFFD.
struct Utf16<R> {
    file: R,
    big_end: bool,
    high: Option<u16>,
    out: Vec<u8>,
    at: usize,
}

impl<R: Read> Utf16<R> {
    fn refill(&mut self) -> io::Result<()> {
        self.out.clear();
        self.at = 0;
        let mut bytes = Vec::with_capacity(BUFFER);
        (&mut self.file).take(BUFFER as u64).read_to_end(&mut bytes)?;
        let ended = bytes.len() < BUFFER;
        let units = bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok());
        let big_end = self.big_end;
        let units = units.map(move |pair| if big_end { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) });
        let mut units: Vec<u16> = self.high.take().into_iter().chain(units).collect();
        if let Some(last) = units.pop_if(|last| !ended && (0xd800..0xdc00).contains(last)) {
            self.high = Some(last);
        }
        let mut letter = [0; 4];
        for decoded in char::decode_utf16(units) {
            let decoded = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.out.extend_from_slice(decoded.encode_utf8(&mut letter).as_bytes());
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.out.len() {
            self.refill()?;
        }
        let mut rest = self.out.get(self.at..).unwrap_or_default();
        let count = rest.read(buffer)?;
        self.at += count;
        Ok(count)
    }
}

/// The lines of a text, each ended by one line feed whatever ended it before: so the reader of records counts them right.
struct Lines<R> {
    text: R,
    /// Bytes given since the last row ended.
    since_row: Rc<Counter<usize>>,
    raw: Vec<u8>,
    out: Vec<u8>,
    at: usize,
    /// A carriage return whose next byte is not known yet.
    held: bool,
    ended: bool,
}

impl<R: Read> Lines<R> {
    fn of(text: R) -> Self {
        Self {
            text,
            since_row: Rc::default(),
            raw: vec![0; BUFFER],
            out: Vec::with_capacity(BUFFER + 1),
            at: 0,
            held: false,
            ended: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        let open = self.out.last().is_some_and(|last| *last != b'\n');
        self.out.clear();
        self.at = 0;
        let count = self.text.read(&mut self.raw)?;
        if count == 0 {
            if (self.held || open) && !self.ended {
                self.out.push(b'\n');
            }
            self.ended = true;
        }
        for byte in self.raw.get(..count).unwrap_or_default() {
            if std::mem::replace(&mut self.held, *byte == b'\r') {
                self.out.push(b'\n');
                if *byte == b'\n' {
                    continue;
                }
            }
            if *byte != b'\r' {
                self.out.push(*byte);
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.out.len() && !self.ended {
            self.refill()?;
        }
        self.since_row.set(self.since_row.get() + self.out.len().saturating_sub(self.at).min(buffer.len()));
        if self.since_row.get() > MOST_BYTES_IN_ROW {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a row does not end"));
        }
        let mut rest = self.out.get(self.at..).unwrap_or_default();
        let count = rest.read(buffer)?;
        self.at += count;
        Ok(count)
    }
}
