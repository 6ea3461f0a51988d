//! The first visible sheet of a workbook, row by row.

use std::io::{self, Read, Seek};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::shared::{SharedTexts, cut};
use super::xml::{Xml, attribute, part, push_entity};
use super::{Cell, CellKind, Go, MOST_BYTES_IN_CELL, MOST_CELLS, Row, Unreadable, numbers, package, styles};
use crate::frames::defect::DefectKind;

/// What the parts of the workbook are called.
#[derive(Default)]
struct Names {
    sheet: String,
    texts: String,
    styles: String,
}

pub(super) fn each_row(
    file: &mut (impl Read + Seek),
    on_row: &mut dyn FnMut(&Row) -> io::Result<Go>,
) -> Result<(), Unreadable> {
    let mut archive = package::open(file)?.map_err(Unreadable::Defect)?;
    let names = names(&mut archive)?;
    let mut texts = SharedTexts::read(&mut archive, &names.texts)?;
    let dates = styles::dates(&mut archive, &names.styles)?;
    let damaged = Unreadable::Defect(DefectKind::Damaged);
    part(&mut archive, &names.sheet, |xml| rows(xml, &mut texts, &dates, on_row))?.ok_or(damaged)
}

/// How many rows the sheet says it has; 0 when it does not say.
pub(super) fn dimension(file: &mut (impl Read + Seek)) -> u64 {
    let mut rows = || -> Result<Option<u64>, Unreadable> {
        let mut archive = package::open(file)?.map_err(Unreadable::Defect)?;
        let names = names(&mut archive)?;
        let rows = part(&mut archive, &names.sheet, |mut xml| {
            loop {
                match xml.next()? {
                    Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                        "dimension" => {
                            let last =
                                attribute(&tag, "ref").and_then(|area| Some(area.rsplit(':').next()?.to_owned()));
                            return Ok(last.and_then(|last| place(&last)).map_or(0, |(row, _)| row));
                        }
                        "sheetData" => return Ok(0),
                        _ => {}
                    },
                    Event::Eof => return Ok(0),
                    _ => {}
                }
            }
        })?;
        Ok(rows)
    };
    rows().ok().flatten().unwrap_or_default()
}

fn names<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<Names, Unreadable> {
    let first = part(archive, package::WORKBOOK, |mut xml| {
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "sheet" => {
                    let hidden = attribute(&tag, "state").is_some_and(|state| state != "visible");
                    let id =
                        tag.attributes().with_checks(false).flatten().find(|it| it.key.local_name().as_ref() == "id");
                    if let Some(id) = id.filter(|_| !hidden) {
                        return Ok(id.value.into_owned());
                    }
                }
                Event::Eof => return Err(Unreadable::Defect(DefectKind::Damaged)),
                _ => {}
            }
        }
    })?;
    let mut names = Names::default();
    part(archive, "xl/_rels/workbook.xml.rels", |mut xml| {
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "Relationship" => {
                    let target = attribute(&tag, "Target").unwrap_or_default();
                    let target = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), ToOwned::to_owned);
                    let kind = attribute(&tag, "Type").unwrap_or_default();
                    if attribute(&tag, "Id") == first {
                        names.sheet = target;
                    } else if kind.ends_with("/sharedStrings") {
                        names.texts = target;
                    } else if kind.ends_with("/styles") {
                        names.styles = target;
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    })?;
    Ok(names)
}

/// What a cell says about its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Number,
    Shared,
    Text,
    Truth,
    Day,
    Error,
}

fn kind_of(tag: &BytesStart<'_>) -> Type {
    match attribute(tag, "t").as_deref() {
        Some("s") => Type::Shared,
        Some("inlineStr" | "str") => Type::Text,
        Some("b") => Type::Truth,
        Some("d") => Type::Day,
        Some("e") => Type::Error,
        _ => Type::Number,
    }
}

fn rows<R: Read>(
    mut xml: Xml<R>,
    texts: &mut SharedTexts,
    dates: &[bool],
    on_row: &mut dyn FnMut(&Row) -> io::Result<Go>,
) -> Result<(), Unreadable> {
    let mut row = Row::default();
    let (mut number, mut column) = (0, 0);
    let (mut kind, mut date, mut formula) = (Type::Number, false, false);
    let (mut inside, mut value) = (false, String::new());
    loop {
        match xml.next()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "row" => {
                    number = attribute(&tag, "r").and_then(|row| row.parse().ok()).unwrap_or(number + 1);
                    column = 0;
                    row.clear(number);
                }
                "c" => {
                    column = attribute(&tag, "r").and_then(|name| place(&name)).map_or(column, |(_, column)| column);
                    kind = kind_of(&tag);
                    date = attribute(&tag, "s")
                        .and_then(|style| dates.get(style.parse::<usize>().ok()?))
                        .copied()
                        .unwrap_or(false);
                    formula = false;
                    value.clear();
                }
                "v" | "t" => inside = true,
                "f" => formula = true,
                "rPh" => inside = false,
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "row" => number = attribute(&tag, "r").and_then(|row| row.parse().ok()).unwrap_or(number + 1),
                "c" => {
                    column =
                        attribute(&tag, "r").and_then(|name| place(&name)).map_or(column, |(_, column)| column) + 1;
                }
                "f" => formula = true,
                _ => {}
            },
            Event::Text(piece) if inside && value.len() < MOST_BYTES_IN_CELL => value.push_str(&piece),
            Event::CData(piece) if inside && value.len() < MOST_BYTES_IN_CELL => value.push_str(&piece),
            Event::GeneralRef(entity) if inside => push_entity(&mut value, &entity),
            Event::End(tag) => match tag.local_name().as_ref() {
                "v" | "t" => inside = false,
                "c" => {
                    if let Some(cell) = cell_at(&mut row, column) {
                        cut(&mut value);
                        fill(cell, &value, kind, date, texts)?;
                        if formula && cell.kind != CellKind::Error {
                            cell.kind = CellKind::Formula;
                        }
                    }
                    column += 1;
                }
                "row" if on_row(&row)?.is_break() => return Ok(()),
                "sheetData" => return Ok(()),
                _ => {}
            },
            Event::Eof => return Err(Unreadable::Defect(DefectKind::Damaged)),
            _ => {}
        }
    }
}

fn fill(cell: &mut Cell, value: &str, kind: Type, date: bool, texts: &mut SharedTexts) -> Result<(), Unreadable> {
    match kind {
        Type::Number if value.is_empty() => {}
        Type::Number => numbers::fill(cell, value, date),
        Type::Shared => {
            let place = value.trim().parse().unwrap_or(usize::MAX);
            if !texts.push(place, &mut cell.text)? {
                return Err(Unreadable::Defect(DefectKind::Damaged));
            }
        }
        Type::Text => cell.text.push_str(value),
        Type::Truth => cell.text.push_str(if value == "1" { "TRUE" } else { "FALSE" }),
        Type::Day => {
            cell.text.push_str(value);
            cell.kind = CellKind::Date;
        }
        Type::Error => {
            cell.text.push_str(value);
            cell.kind = CellKind::Error;
        }
    }
    Ok(())
}

/// The cell of this column, with empty ones before it; none left of the last one or too far to the right.
fn cell_at(row: &mut Row, column: usize) -> Option<&mut Cell> {
    if column < row.used || column >= MOST_CELLS {
        return None;
    }
    while row.used < column {
        row.add()?;
    }
    row.add()
}

/// `AB12` → row 12, column 27 (from 0).
fn place(name: &str) -> Option<(u64, usize)> {
    let digits = name.find(|sign: char| sign.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let column = letters.bytes().try_fold(0_usize, |column, letter| {
        let value = usize::from(letter.checked_sub(b'A').filter(|value| *value < 26)?) + 1;
        column.checked_mul(26)?.checked_add(value)
    })?;
    Some((row.parse().ok()?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn cells_are_found_by_their_names() {
        assert_eq!(place("A1"), Some((1, 0)));
        assert_eq!(place("AB12"), Some((12, 27)));
        assert_eq!(place("XFD1048576"), Some((1_048_576, 16_383)));
        for name in ["", "A", "12", "a1", "A1B", "ZZZZZZZZZZZZZZZZZZZZ1"] {
            assert_eq!(place(name), None, "{name}");
        }
    }
}
