//! Texts in several languages: read from their columns, with the answers they tell, and put under the keys of a wording.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::names::{after, language};
use super::refusal::{Reason, Refusal};
use super::workbook::{Row, Sheet};

/// Language and text, empty ones left out.
pub(crate) type Texts = Vec<(String, String)>;

/// Which column is in which language.
#[derive(Debug)]
pub(crate) struct Translator {
    pub(crate) source: String,
    /// Every language with a text somewhere, the source language first.
    pub(crate) languages: Vec<String>,
}

const TRANSLATED: [&str; 3] = ["label", "hint", "sipas_title"];

impl Translator {
    /// The source language is the one named in the settings; else Vietnamese where there is any, or a bare `label`;
    /// else the first.
    pub(crate) fn new(sheets: &[Sheet], default: &str, refusals: &mut Vec<Refusal>) -> Self {
        let mut found: Vec<String> = Vec::new();
        let mut has_bare = false;
        for sheet in sheets {
            for (header, _) in &sheet.header {
                let Some(written) = TRANSLATED.iter().find_map(|column| after(header, column)) else {
                    continue;
                };
                has_bare |= written.is_empty();
                match language(written) {
                    Some(code) if !found.contains(&code) => found.push(code),
                    None if !written.is_empty() => {
                        refusals.push(sheet.refusal(1, header, written, Reason::UnknownLanguage));
                    }
                    _ => (),
                }
            }
        }
        let vietnamese = "vi".to_owned();
        let usual = if has_bare || found.contains(&vietnamese) { None } else { found.first().cloned() };
        let source = language(default).or(usual).unwrap_or(vietnamese);
        found.retain(|code| *code != source);
        found.insert(0, source.clone());
        Self { source, languages: found }
    }

    /// The texts of a row in every column `column` or `column::language`; a bare one is in the source language.
    pub(crate) fn texts(&self, sheet: &Sheet, row: &Row, column: &str) -> Texts {
        let mut texts = Texts::new();
        for (header, at) in &sheet.header {
            let Some(written) = after(header, column) else {
                continue;
            };
            let code = if written.is_empty() { Some(self.source.clone()) } else { language(written) };
            let text = row.at(*at);
            if let Some(code) = code.filter(|code| !text.is_empty() && !texts.iter().any(|(other, _)| other == code)) {
                texts.push((code, text.to_owned()));
            }
        }
        texts
    }
}

/// The wordings in the making.
#[derive(Debug, Default)]
pub(crate) struct Wordings(pub(crate) BTreeMap<String, Table>);

impl Wordings {
    /// Puts texts under a key such as `questions.q1.stem`; a text that is there stays.
    pub(crate) fn put(&mut self, key: &str, texts: &Texts) {
        for (language, text) in texts {
            put(self.0.entry(language.clone()).or_default(), key, text);
        }
    }
}

fn put(table: &mut Table, key: &str, text: &str) {
    let Some((first, rest)) = key.split_once('.') else {
        table.entry(key).or_insert_with(|| Value::String(text.to_owned()));
        return;
    };
    if let Value::Table(inner) = table.entry(first).or_insert_with(|| Value::Table(Table::new())) {
        put(inner, rest, text);
    }
}

/// A text cut at the answers it tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Letters(String),
    Hole(String),
}

/// `Ông/Bà nói ${a4}`: as `XLSForm` writes it.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        pieces.push(Piece::Letters(before.to_owned()));
        pieces.push(Piece::Hole(name.trim().to_owned()));
        rest = after;
    }
    pieces.push(Piece::Letters(rest.to_owned()));
    pieces.retain(|piece| *piece != Piece::Letters(String::new()));
    pieces
}

/// As our wordings write it: `Ông/Bà nói {a4}`, braces doubled.
pub(crate) fn told(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Letters(letters) => letters.replace('{', "{{").replace('}', "}}"),
        Piece::Hole(code) => format!("{{{code}}}"),
    };
    pieces.iter().map(piece).collect()
}
