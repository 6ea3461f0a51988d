//! Texts in several languages: read from their columns, with the answers they tell, and put under the keys of a wording.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::names::{after, language, language_column, own_name};
use super::refusal::{Reason, Refusal};
use super::workbook::{Row, Sheet};
use crate::wording::{LANGUAGE_NAME, TRIAL, usual_name};

/// Language and text, empty ones left out.
pub(crate) type Texts = Vec<(String, String)>;

/// Which column is in which language.
#[derive(Debug)]
pub(crate) struct Translator {
    pub(crate) source: String,
    /// Every language with a text somewhere, the source language first.
    pub(crate) languages: Vec<String>,
    /// What each is called in its own language, where a column says so.
    pub(crate) names: BTreeMap<String, String>,
}

const TRANSLATED: [&str; 3] = ["label", "hint", "sipas_title"];

impl Translator {
    /// The source language is the one named in the settings; else Vietnamese where there is any, or a bare `label`;
    /// else the first.
    pub(crate) fn new(sheets: &[Sheet], default: &str, refusals: &mut Vec<Refusal>) -> Self {
        let mut found: Vec<String> = Vec::new();
        let mut names = BTreeMap::new();
        let mut has_bare = false;
        for sheet in sheets {
            for (header, _) in &sheet.header {
                let Some(written) = TRANSLATED.iter().find_map(|column| after(header, column)) else {
                    continue;
                };
                has_bare |= written.is_empty();
                if let (Some(code), Some(name)) = (language(written), own_name(written)) {
                    names.entry(code).or_insert_with(|| name.to_owned());
                }
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
        Self { source, languages: found, names }
    }

    /// How a language is written in the columns of this workbook.
    pub(crate) fn column(&self, code: &str) -> String {
        language_column(self.names.get(code).map_or_else(|| usual_name(code), String::as_str), code)
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

    /// Marks what is not offered as not for use.
    pub(crate) fn offer_only(&mut self, offered: &[String]) {
        for (_, table) in self.0.iter_mut().filter(|(language, _)| !offered.contains(language)) {
            table.insert(TRIAL.to_owned(), Value::Boolean(true));
        }
    }

    /// Names the languages that have texts.
    pub(crate) fn name(&mut self, names: &BTreeMap<String, String>) {
        for (language, table) in &mut self.0 {
            if let Some(name) = names.get(language) {
                put(table, LANGUAGE_NAME, name);
            }
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
