//! Tables as SPSS system files (.sav): labels of one language, 97, 98 and 99 declared as missing, the weight named as such.
//!
//! After the description of the format in GNU PSPP's manual for developers ("System File Format").

use std::io::Write;

use analysis::frame::Texts;
use survey_forms::Code;

use super::names::{cut, fixed, legal};
use super::packed::Packed;
use super::table::{Column, Dataset, NONE, Values};
use super::variables::told;
use crate::base::clock::in_viet_nam;
use crate::base::text::Language;
use crate::error::{Error, Result};

const PRODUCT: &str = concat!("@(#) SPSS DATA FILE SIPAS Online ", env!("CARGO_PKG_VERSION"));
/// Bytes of a name, of a variable's label, of a value's label, of a text.
const LONGEST_NAME: usize = 64;
const LONGEST_LABEL: usize = 255;
const LONGEST_VALUE_LABEL: usize = 120;
const LONGEST_TEXT: usize = 32_767;
/// A column takes no more than three single missing values.
const MOST_MISSING: usize = 3;
/// The column that speaks for how many people.
const WEIGHT: &str = "_weight";
const RESERVED: [&str; 13] = ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"];

/// A column as SPSS sees it.
struct Variable<'t> {
    column: &'t Column,
    name: String,
    /// Bytes of each piece; a number has none, a text beyond 255 bytes several, each a variable of its own inside the file.
    pieces: Vec<usize>,
    /// The number of its first piece, which makes the short names: `V12`.
    piece: usize,
    /// The place of its first eight bytes in a row, from 1.
    place: usize,
}

/// Each value is eight bytes, or as many times eight as a text needs; packed. Equal data are equal bytes.
pub(super) fn write(data: &Dataset, language: Language, mut out: impl Write) -> Result<()> {
    let variables = variables(&data.table.columns);
    let mut head = header(data, language, &variables)?;
    for variable in &variables {
        describe(&mut head, variable, language)?;
    }
    for (codes, places) in data.table.scales() {
        let places = places.iter().filter_map(|place| variables.get(*place)).map(|variable| variable.place);
        value_labels(&mut head, codes, &places.collect::<Vec<_>>(), language)?;
    }
    extensions(&mut head, &variables, data.table.rows)?;
    out.write_all(&head)?;
    let mut packed = Packed::new(out);
    for row in 0..data.table.rows {
        for variable in &variables {
            cell(&mut packed, variable, row)?;
        }
    }
    Ok(packed.finish()?)
}

fn variables(columns: &[Column]) -> Vec<Variable<'_>> {
    let names = legal(columns.iter().map(Column::name), "@", LONGEST_NAME, &RESERVED);
    let (mut piece, mut place) = (1, 1);
    let variable = |(column, name): (_, String)| {
        let pieces = match &(column as &Column).values {
            Values::Text(texts) => pieces(longest(texts)),
            Values::Number { .. } | Values::Codes(_) => Vec::new(),
        };
        let variable = Variable { column, name, pieces, piece, place };
        piece += variable.pieces.len().max(1);
        place += variable.eights();
        variable
    };
    columns.iter().zip(names).map(variable).collect()
}

fn longest(texts: &Texts) -> usize {
    texts.different().iter().map(String::len).max().unwrap_or(0).clamp(1, LONGEST_TEXT)
}

/// Beyond 255 bytes a text is cut into pieces of 255, one for each 252 bytes of its width.
fn pieces(width: usize) -> Vec<usize> {
    if width <= 255 {
        return vec![width];
    }
    let whole = width.div_ceil(252) - 1;
    let mut pieces = vec![255; whole];
    pieces.push(width - whole * 252);
    pieces
}

impl Variable<'_> {
    /// How many times eight bytes a value takes.
    fn eights(&self) -> usize {
        if self.pieces.is_empty() { 1 } else { self.pieces.iter().map(|bytes| bytes.div_ceil(8)).sum() }
    }

    fn short(&self, piece: usize) -> String {
        format!("V{}", self.piece + piece)
    }

    /// 1 names, 2 order, 3 amounts.
    fn level(&self) -> i32 {
        match &self.column.values {
            Values::Number { .. } => 3,
            Values::Codes(_) if self.column.about.scale.is_some() => 2,
            Values::Codes(_) | Values::Text(_) => 1,
        }
    }
}

fn header(data: &Dataset, language: Language, variables: &[Variable<'_>]) -> Result<Vec<u8>> {
    let weight = variables.iter().find(|variable| variable.column.name() == WEIGHT);
    let made = in_viet_nam(data.computed_at);
    let mut head = b"$FL2".to_vec();
    head.extend(fixed(PRODUCT, 60, b' '));
    // The layout, the eights of a row, packed.
    whole(&mut head, &[2, variables.iter().map(Variable::eights).sum(), 1])?;
    whole(&mut head, &[weight.map_or(0, |weight| weight.place), data.table.rows])?;
    head.extend(100.0_f64.to_le_bytes());
    head.extend(fixed(&made.format("%d %b %y%H:%M:%S").to_string(), 17, b' '));
    head.extend(fixed(&told(&data.title, language), 64, b' '));
    head.extend([0; 3]);
    Ok(head)
}

fn describe(head: &mut Vec<u8>, variable: &Variable<'_>, language: Language) -> Result<()> {
    let label = told(&variable.column.about.label, language);
    let label = cut(&label, LONGEST_LABEL);
    let missing: Vec<&Code> = match &variable.column.values {
        Values::Codes(_) => variable.column.about.codes.iter().filter(|code| code.missing).take(MOST_MISSING).collect(),
        _ => Vec::new(),
    };
    let widths = if variable.pieces.is_empty() { &[0][..] } else { &variable.pieces };
    for (piece, width) in widths.iter().enumerate() {
        let format = match &variable.column.values {
            Values::Text(_) => 1 << 16 | width << 8,
            Values::Number { decimals: 0, .. } => 5 << 16 | 10 << 8,
            Values::Number { decimals, .. } => 5 << 16 | 16 << 8 | usize::from(*decimals),
            Values::Codes(_) => 5 << 16 | 3 << 8,
        };
        let labelled = piece == 0 && !label.is_empty();
        whole(head, &[2, *width, usize::from(labelled), missing.len(), format, format])?;
        head.extend(fixed(&variable.short(piece), 8, b' '));
        if labelled {
            whole(head, &[label.len()])?;
            head.extend(fixed(label, label.len().next_multiple_of(4), b' '));
        }
        for code in &missing {
            head.extend(f64::from(code.value).to_le_bytes());
        }
        // What follows the first eight bytes of a text is a nameless variable for each eight more.
        for _ in 1..width.div_ceil(8) {
            head.extend([2_i32, -1, 0, 0, 0, 0].iter().flat_map(|number| number.to_le_bytes()));
            head.extend([b' '; 8]);
        }
    }
    Ok(())
}

/// The labels of codes, and the places of the variables they belong to.
fn value_labels(head: &mut Vec<u8>, codes: &[Code], places: &[usize], language: Language) -> Result<()> {
    whole(head, &[3, codes.len()])?;
    for code in codes {
        let label = told(&code.label, language);
        let label = cut(&label, LONGEST_VALUE_LABEL);
        head.extend(f64::from(code.value).to_le_bytes());
        head.push(u8::try_from(label.len()).map_err(too_large)?);
        head.extend(fixed(label, (label.len() + 1).next_multiple_of(8) - 1, b' '));
    }
    whole(head, &[4, places.len()])?;
    whole(head, places)
}

/// What old readers skip: numbers and letters as here, how columns are shown, names beyond eight bytes, texts beyond 255, rows.
fn extensions(head: &mut Vec<u8>, variables: &[Variable<'_>], rows: usize) -> Result<()> {
    let integers = [1, 0, 0, -1, 1, 1, 2, 65_001_i32];
    extension(head, 3, 4, &integers.map(i32::to_le_bytes).concat())?;
    extension(head, 4, 8, &[-f64::MAX, f64::MAX, (-f64::MAX).next_up()].map(f64::to_le_bytes).concat())?;
    let mut shown = Vec::new();
    for variable in variables {
        let (width, right) = if variable.pieces.is_empty() { (10, 1) } else { (16, 0) };
        for _ in 0..variable.pieces.len().max(1) {
            shown.extend([variable.level(), width, right].map(i32::to_le_bytes).concat());
        }
    }
    extension(head, 11, 4, &shown)?;
    let names: Vec<String> =
        variables.iter().map(|variable| format!("{}={}", variable.short(0), variable.name)).collect();
    extension(head, 13, 1, names.join("\t").as_bytes())?;
    let long = variables.iter().filter(|variable| variable.pieces.len() > 1);
    let told = |variable: &Variable<'_>| {
        let width = (variable.pieces.len() - 1) * 252 + variable.pieces.last().copied().unwrap_or_default();
        format!("{}={width:05}\0\t", variable.short(0))
    };
    let long = long.map(told).collect::<Vec<_>>().concat();
    if !long.is_empty() {
        extension(head, 14, 1, long.as_bytes())?;
    }
    extension(head, 16, 8, &[1, rows as u64].map(u64::to_le_bytes).concat())?;
    extension(head, 20, 1, b"UTF-8")?;
    whole(head, &[999, 0])
}

fn extension(head: &mut Vec<u8>, kind: usize, size: usize, content: &[u8]) -> Result<()> {
    whole(head, &[7, kind, size, content.len() / size])?;
    head.extend(content);
    Ok(())
}

fn cell(packed: &mut Packed<impl Write>, variable: &Variable<'_>, row: usize) -> std::io::Result<()> {
    match &variable.column.values {
        Values::Number { values, .. } => packed.number(values.get(row).copied().unwrap_or(f64::NAN)),
        Values::Codes(codes) => {
            let code = codes.get(row).filter(|code| **code != NONE);
            packed.number(code.map_or(f64::NAN, |code| f64::from(*code)))
        }
        Values::Text(texts) => {
            let mut rest = cut(texts.get(row).unwrap_or_default(), LONGEST_TEXT).as_bytes();
            for bytes in &variable.pieces {
                let (now, later) = rest.split_at(rest.len().min(*bytes));
                rest = later;
                let mut eights = now.chunks(8);
                for _ in 0..bytes.div_ceil(8) {
                    let mut eight = [b' '; 8];
                    eight.iter_mut().zip(eights.next().unwrap_or_default()).for_each(|(to, from)| *to = *from);
                    packed.text(&eight)?;
                }
            }
            Ok(())
        }
    }
}

fn whole(head: &mut Vec<u8>, numbers: &[usize]) -> Result<()> {
    for number in numbers {
        head.extend(i32::try_from(*number).map_err(too_large)?.to_le_bytes());
    }
    Ok(())
}

fn too_large(cause: std::num::TryFromIntError) -> Error {
    Error::internal("export").caused_by(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_into_pieces_that_hold_it() {
        assert_eq!([pieces(1), pieces(255)], [[1], [255]]);
        assert_eq!(pieces(256), [255, 4]);
        assert_eq!(pieces(504), [255, 252]);
        assert_eq!(pieces(505), [255, 255, 1]);
        for width in 256..3_000 {
            assert!(pieces(width).iter().sum::<usize>() >= width, "{width}");
            assert!(pieces(width).iter().all(|bytes| (1..=255).contains(bytes)), "{width}");
        }
    }
}
