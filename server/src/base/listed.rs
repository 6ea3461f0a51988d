//! A small CSV file that people write: UTF-8 with or without its mark, comma or semicolon, headings in any order.

use std::array;

use unicode_normalization::UnicodeNormalization as _;

/// What is wrong with the file as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// No text in UTF-8, or no CSV from here on.
    Broken,
    ColumnMissing(&'static str),
}

/// The line of a row, the headings being 1, with its cells in the order of the columns, without blanks around them.
pub type Line<const N: usize> = (u64, [String; N]);

/// The rows of a file with these columns, and perhaps others; a row that cannot be read is the last one.
pub fn rows<const N: usize>(
    bytes: &[u8],
    columns: [&'static str; N],
) -> Result<impl Iterator<Item = Result<Line<N>, Unreadable>>, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_not_utf8| Unreadable::Broken)?.trim_start_matches('\u{feff}');
    let headings = text.lines().next().unwrap_or_default();
    let delimiter = if headings.matches(';').count() > headings.matches(',').count() { b';' } else { b',' };
    let mut csv = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let headings = csv.headers().map_err(|_broken| Unreadable::Broken)?.clone();
    let mut at = [0; N];
    for (place, column) in at.iter_mut().zip(columns) {
        let found = headings.iter().position(|heading| heading.trim().eq_ignore_ascii_case(column));
        *place = found.ok_or(Unreadable::ColumnMissing(column))?;
    }
    let mut records = csv.into_records();
    let mut broken = false;
    Ok(std::iter::from_fn(move || {
        let record = records.next().filter(|_| !broken)?;
        let Ok(record) = record else {
            broken = true;
            return Some(Err(Unreadable::Broken));
        };
        let line = record.position().map_or(0, csv::Position::line);
        let mut cells = at.iter().map(|place| record.get(*place).unwrap_or_default().trim().nfc().collect::<String>());
        Some(Ok((line, array::from_fn(|_| cells.next().unwrap_or_default()))))
    }))
}
