//! The words of a form by language, with the source language to fall back on.

use std::collections::BTreeMap;
use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::answer::WayOut;
use crate::defects::Fault;
use crate::limits::LONGEST_TEXT;
use crate::parse::Needed;
use crate::read::{At, File, Table, text};
use crate::source::SourceFile;

/// The key of a language's own name; a wording may go without where the name is known.
pub(crate) const LANGUAGE_NAME: &str = "language_name";
/// The key that says that a wording is not for use.
pub(crate) const TRIAL: &str = "trial";

/// What a language calls itself, as far as it need not be said; else its code.
pub(crate) fn usual_name(language: &str) -> &str {
    match language {
        "vi" => "Tiếng Việt",
        "en" => "English",
        other => other,
    }
}

/// The words of one form in one language.
#[derive(Debug)]
pub(crate) struct Wording {
    pub(crate) language: String,
    pub(crate) texts: BTreeMap<String, String>,
}

/// A text and the language it is really in: a gap is filled from the source language and must say so (`lang="vi"`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub text: String,
    pub language: String,
    /// Whether this is not the language asked for.
    pub fallback: bool,
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A form's wording in the language a person reads, with the source language behind it.
#[derive(Clone, Copy, Debug)]
pub struct Words<'f> {
    pub(crate) wanted: Option<&'f Wording>,
    pub(crate) source: Option<&'f Wording>,
}

impl Words<'_> {
    /// The language asked for, or the source language when the form has no such wording.
    pub fn language(&self) -> &str {
        self.wanted.or(self.source).map_or("vi", |wording| &wording.language)
    }

    /// The text of a key: `pages.{page}.title`, `questions.{question}.stem`, `items.{unit}`, `indicators.{code}`, ….
    pub fn text(&self, key: &str) -> Option<Phrase> {
        let of = |wording: Option<&Wording>, fallback| {
            let wording = wording?;
            let text = wording.texts.get(key)?.clone();
            Some(Phrase { text, language: wording.language.clone(), fallback })
        };
        of(self.wanted, false).or_else(|| of(self.source, self.wanted.is_some()))
    }

    /// The questionnaire's own name.
    pub fn title(&self) -> String {
        self.needed("title").text
    }

    /// "Không biết", "Chưa từng dùng".
    pub fn way_out(&self, way_out: WayOut) -> String {
        self.needed(&format!("ways_out.{}", way_out.name())).text
    }

    /// The same for keys every sound form has; the key itself shows a hole that cannot be there.
    pub(crate) fn needed(&self, key: &str) -> Phrase {
        self.text(key).unwrap_or_else(|| Phrase {
            text: key.to_owned(),
            language: self.language().to_owned(),
            fallback: true,
        })
    }
}

/// A wording as written: texts under their whole keys, each with its line.
pub(crate) struct Written {
    /// Where it says that it is not for use.
    trial: Option<At<bool>>,
    texts: BTreeMap<String, At<String>>,
}

impl Written {
    pub(crate) fn read(source: &SourceFile, file: &File) -> Self {
        let tree = file.parse(source);
        let mut texts = BTreeMap::new();
        let table = Table::new(file, tree.get_ref(), 1);
        let trial = table.flag(TRIAL).filter(|trial| trial.value);
        gather(&table, "", &mut texts);
        Self { trial, texts }
    }

    /// The line where it says that it is not for use; such a wording may have gaps and is offered to nobody.
    pub(crate) fn trial(&self) -> Option<usize> {
        self.trial.as_ref().map(|trial| trial.line)
    }

    /// Unknown keys and endless texts always; gaps only where the language is offered.
    pub(crate) fn check(&self, language: &str, keys: &BTreeMap<String, Needed>, file: &File) {
        for (key, at) in &self.texts {
            if !keys.contains_key(key) {
                file.report(at.line, Fault::UnknownKey { key: key.clone() });
            }
            if at.value.len() > LONGEST_TEXT && at.value.chars().count() > LONGEST_TEXT {
                file.report(at.line, Fault::TooMuch { what: "characters in this text", most: LONGEST_TEXT });
            }
        }
        let gaps = keys.iter().filter(|(key, needed)| {
            **needed == Needed::Yes && self.texts.get(*key).is_none_or(|text| text.value.trim().is_empty())
        });
        let ends = self.ends();
        for (key, _) in gaps.filter(|_| self.trial.is_none()) {
            let fault = Fault::MissingTranslation { language: language.to_owned(), key: key.clone() };
            // After the last text of the same table.
            file.report(ends.get(table_of(key)).copied().unwrap_or(1), fault);
        }
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = (&String, &At<String>)> {
        self.texts.iter()
    }

    pub(crate) fn into_wording(self, language: &str) -> Wording {
        let clean = |text: &str| text.trim().nfc().collect::<String>();
        let texts = self.texts.into_iter().map(|(key, text)| (key, clean(&text.value)));
        let says_more =
            |key: &str, text: &str| !text.is_empty() && (key != LANGUAGE_NAME || text != usual_name(language));
        let texts = texts.filter(|(key, text)| says_more(key, text)).collect();
        Wording { language: language.to_owned(), texts }
    }

    /// The last line of each table.
    fn ends(&self) -> BTreeMap<&str, usize> {
        let mut ends = BTreeMap::new();
        for (key, at) in &self.texts {
            let end = ends.entry(table_of(key)).or_insert(at.line);
            *end = at.line.max(*end);
        }
        ends
    }
}

fn table_of(key: &str) -> &str {
    key.rsplit_once('.').map_or("", |(table, _)| table)
}

fn gather(table: &Table, prefix: &str, texts: &mut BTreeMap<String, At<String>>) {
    let found = table.each("a text, or a table of texts", |table, key, value| {
        let key = format!("{prefix}{key}");
        if key == TRIAL {
            return Some(None);
        }
        match table.inner(value) {
            Some(inner) => {
                gather(&inner, &format!("{key}."), texts);
                Some(None)
            }
            None => text(value.get_ref()).map(Some),
        }
    });
    for (key, value) in found {
        if let Some(value) = value {
            texts.insert(format!("{prefix}{}", key.value), At { value, line: key.line });
        }
    }
}
