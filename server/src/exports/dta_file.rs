//! Tables as Stata files (.dta, format 118 of Stata 14 and later): labels in Vietnamese and English, which `label language en` shows; 97, 98 and 99
//! are Stata's own missing values .a, .b and .c.
//!
//! After Stata's description of the format (`help dta`), and of `label language` for how languages are kept.

use std::io::Write;

use survey_forms::{Code, Labels};

use super::names::{cut, fixed, legal};
use super::table::{Column, Dataset, NONE, Values};
use super::variables::told;
use crate::base::clock::in_viet_nam;
use crate::base::text::Language;
use crate::error::{Error, Result};

const LONGEST_NAME: usize = 32;
/// Letters of a label.
const LONGEST_LABEL: usize = 80;
/// Bytes of a text.
const LONGEST_TEXT: usize = 2_045;
/// Bytes that a name takes in the file, its end included.
const NAME: usize = 129;
const RESERVED: [&str; 21] = [
    "_all", "_b", "_coef", "_cons", "_n", "_pi", "_pred", "_rc", "_se", "_skip", "byte", "double", "float", "if", "in",
    "int", "long", "strl", "str", "using", "with",
];
/// Types of numbers; a text's type is its length.
const DOUBLE: u16 = 65_526;
const BYTE: u16 = 65_530;
const NO_NUMBER: u64 = 0x7fe0_0000_0000_0000;
const NO_BYTE: u8 = 101;
/// The code of "skipped"; it and the two after it are `.a`, `.b` and `.c`.
const SKIPPED: u16 = 97;
/// `.a` among bytes and among the values that have labels.
const MISSING_BYTE: u8 = 102;
const MISSING_VALUE: i32 = 2_147_483_622;

/// Numbers are doubles, codes bytes, texts as long as the longest. Equal data are equal bytes.
pub(super) fn write(data: &Dataset, mut out: impl Write) -> Result<()> {
    let columns = &data.table.columns;
    let names = legal(columns.iter().map(Column::name), "_", LONGEST_NAME, &RESERVED);
    let before = before(data, &names)?;
    let labels = value_labels(data)?;
    let widths: Vec<usize> = columns.iter().map(bytes).collect();
    let row: usize = widths.iter().sum();
    let rest = [&b"<strls></strls>"[..], &labels, b"</stata_dta>"];

    // The map tells where each part begins; it is the second part, and as long whatever it says.
    let map_bytes = b"<map></map>".len() + 14 * 8;
    let data_bytes = b"<data></data>".len() + row * data.table.rows;
    let lengths = before.first().map(Vec::len).into_iter().chain([map_bytes]);
    let lengths = lengths.chain(before.iter().skip(1).map(Vec::len)).chain([data_bytes]).chain(rest.map(<[u8]>::len));
    let mut map = vec![0_u64];
    for length in lengths {
        map.push(map.last().copied().unwrap_or_default() + length as u64);
    }
    let mut before = before.into_iter();
    out.write_all(&before.next().unwrap_or_default())?;
    out.write_all(&tagged("map", &map.iter().flat_map(|place| place.to_le_bytes()).collect::<Vec<_>>()))?;
    for part in before {
        out.write_all(&part)?;
    }
    out.write_all(b"<data>")?;
    let mut line = Vec::with_capacity(row);
    for row in 0..data.table.rows {
        line.clear();
        columns.iter().zip(&widths).for_each(|(column, bytes)| cell(&mut line, column, *bytes, row));
        out.write_all(&line)?;
    }
    out.write_all(b"</data>")?;
    out.write_all(&rest.concat())?;
    Ok(out.flush()?)
}

fn tagged(tag: &str, content: &[u8]) -> Vec<u8> {
    [format!("<{tag}>").as_bytes(), content, format!("</{tag}>").as_bytes()].concat()
}

/// The parts before the data, the first of which stands before the map.
fn before(data: &Dataset, names: &[String]) -> Result<Vec<Vec<u8>>> {
    let columns = &data.table.columns;
    let all = |of: &dyn Fn(usize, &Column) -> Vec<u8>| {
        columns.iter().enumerate().flat_map(|(place, column)| of(place, column)).collect::<Vec<u8>>()
    };
    let name = |place: usize| names.get(place).map_or("", String::as_str);
    let scale_of = scales_of(data);
    let scale = |place: usize, language: Language| {
        scale_of.get(place).copied().flatten().map(|scale| scale_name(scale, language)).unwrap_or_default()
    };
    let types = all(&|_, column| kind(column).to_le_bytes().to_vec());
    let formats = all(&|_, column| fixed(&format(column), 57, 0));
    let labels = all(&|_, column| fixed(&label(&column.about.label, Language::Vietnamese), 4 * LONGEST_LABEL + 1, 0));

    // The labels of the language that is not shown are characteristics of the data and of each variable.
    let (shown, other) = (Language::Vietnamese, Language::English);
    let mut kept = note("_dta", "_lang_list", &format!("{} {}", shown.code(), other.code()))?;
    kept.extend(note("_dta", "_lang_c", shown.code())?);
    for (place, column) in columns.iter().enumerate() {
        let told = [
            (format!("_lang_v_{}", other.code()), label(&column.about.label, other)),
            (format!("_lang_l_{}", other.code()), scale(place, other)),
        ];
        for (key, content) in told.iter().filter(|(_, content)| !content.is_empty()) {
            kept.extend(note(name(place), key, content)?);
        }
    }
    Ok(vec![
        header(data)?,
        tagged("variable_types", &types),
        tagged("varnames", &all(&|place, _| fixed(name(place), NAME, 0))),
        tagged("sortlist", &vec![0; 2 * (columns.len() + 1)]),
        tagged("formats", &formats),
        tagged("value_label_names", &all(&|place, _| fixed(&scale(place, shown), NAME, 0))),
        tagged("variable_labels", &labels),
        tagged("characteristics", &kept),
    ])
}

fn header(data: &Dataset) -> Result<Vec<u8>> {
    let title = label(&data.title, Language::Vietnamese);
    let made = in_viet_nam(data.computed_at).format("%d %b %Y %H:%M").to_string();
    let columns = u16::try_from(data.table.columns.len()).map_err(too_large)?;
    let title = [&u16::try_from(title.len()).map_err(too_large)?.to_le_bytes()[..], title.as_bytes()].concat();
    let made = [&[u8::try_from(made.len()).map_err(too_large)?][..], made.as_bytes()].concat();
    let parts = [
        tagged("release", b"118"),
        tagged("byteorder", b"LSF"),
        tagged("K", &columns.to_le_bytes()),
        tagged("N", &(data.table.rows as u64).to_le_bytes()),
        tagged("label", &title),
        tagged("timestamp", &made),
    ];
    Ok([&b"<stata_dta>"[..], &tagged("header", &parts.concat())].concat())
}

/// A characteristic.
fn note(of: &str, key: &str, content: &str) -> Result<Vec<u8>> {
    let mut told = [fixed(of, NAME, 0), fixed(key, NAME, 0), content.as_bytes().to_vec()].concat();
    told.push(0);
    let length = u32::try_from(told.len()).map_err(too_large)?;
    Ok(tagged("ch", &[&length.to_le_bytes()[..], &told].concat()))
}

/// For each column the number of its set of labels.
fn scales_of(data: &Dataset) -> Vec<Option<usize>> {
    let mut scale_of = vec![None; data.table.columns.len()];
    for (scale, (_, places)) in data.table.scales().iter().enumerate() {
        for place in places {
            if let Some(of) = scale_of.get_mut(*place) {
                *of = Some(scale);
            }
        }
    }
    scale_of
}

fn scale_name(scale: usize, language: Language) -> String {
    format!("scale{}_{}", scale + 1, language.code())
}

fn value_labels(data: &Dataset) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    for (scale, (codes, _)) in data.table.scales().iter().enumerate() {
        for language in Language::ALL {
            let set = label_set(codes, language)?;
            let length = u32::try_from(set.len()).map_err(too_large)?.to_le_bytes();
            let name = fixed(&scale_name(scale, language), NAME, 0);
            all.extend(tagged("lbl", &[&length[..], &name, &[0; 3], &set].concat()));
        }
    }
    Ok(tagged("value_labels", &all))
}

/// How many labels, bytes of them all, where each begins, the values in order, the labels.
fn label_set(codes: &[Code], language: Language) -> Result<Vec<u8>> {
    let value = |code: &Code| match code.value.checked_sub(SKIPPED) {
        Some(missing) => MISSING_VALUE + i32::from(missing),
        None => i32::from(code.value),
    };
    let mut ordered: Vec<(i32, String)> = codes.iter().map(|code| (value(code), told(&code.label, language))).collect();
    ordered.sort();
    let (mut places, mut values, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    for (value, label) in &ordered {
        places.extend(u32::try_from(labels.len()).map_err(too_large)?.to_le_bytes());
        values.extend(value.to_le_bytes());
        labels.extend(label.as_bytes());
        labels.push(0);
    }
    let counts = [ordered.len(), labels.len()].map(|count| u32::try_from(count).map_err(too_large));
    let mut set = Vec::new();
    for count in counts {
        set.extend(count?.to_le_bytes());
    }
    Ok([set, places, values, labels].concat())
}

fn label(labels: &Labels, language: Language) -> String {
    let label: String = told(labels, language).chars().take(LONGEST_LABEL).collect();
    label.trim_end().to_owned()
}

/// How many bytes a value takes.
fn bytes(column: &Column) -> usize {
    match &column.values {
        Values::Text(texts) => texts.different().iter().map(String::len).max().unwrap_or(0).clamp(1, LONGEST_TEXT),
        Values::Number { .. } => 8,
        Values::Codes(_) => 1,
    }
}

fn kind(column: &Column) -> u16 {
    match &column.values {
        Values::Text(_) => u16::try_from(bytes(column)).unwrap_or_default(),
        Values::Number { .. } => DOUBLE,
        Values::Codes(_) => BYTE,
    }
}

fn format(column: &Column) -> String {
    match &column.values {
        Values::Text(_) => format!("%-{}s", bytes(column).min(60)),
        Values::Number { decimals: 0, .. } => "%12.0g".to_owned(),
        Values::Number { decimals, .. } => format!("%16.{decimals}f"),
        Values::Codes(_) => "%8.0g".to_owned(),
    }
}

fn cell(line: &mut Vec<u8>, column: &Column, bytes: usize, row: usize) {
    match &column.values {
        Values::Text(texts) => {
            let text = cut(texts.get(row).unwrap_or_default(), LONGEST_TEXT);
            line.extend(text.as_bytes());
            line.resize(line.len() + bytes - text.len(), 0);
        }
        Values::Number { values, .. } => {
            let value = values.get(row).filter(|value| value.is_finite());
            line.extend(value.map_or(NO_NUMBER, |value| value.to_bits()).to_le_bytes());
        }
        Values::Codes(codes) => line.push(match codes.get(row).copied().unwrap_or(NONE) {
            NONE => NO_BYTE,
            missing @ 97..=99 => missing - 97 + MISSING_BYTE,
            code => code,
        }),
    }
}

fn too_large(cause: std::num::TryFromIntError) -> Error {
    Error::internal("export").caused_by(cause)
}
