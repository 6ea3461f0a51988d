//! `XLSForm`, the spreadsheet in which surveys are written elsewhere: in with [`import`], out with [`export`].
//!
//! What a form of ours cannot keep is refused with its cell and the reason, all at once; nothing is guessed. What `XLSForm`
//! has no word for stands in columns and settings whose names begin with `sipas_`.

mod ask;
mod choices;
mod definition;
mod desk;
mod export;
mod expression;
mod layout;
mod left;
mod names;
mod pages;
mod place;
mod refusal;
mod rows;
mod say;
mod survey;
mod texts;
mod tokens;
mod translate;
mod workbook;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use desk::Desk;
use names::{code, language};
use place::placed;
use survey::AskedKind;
use texts::{Texts, Translator, Wordings};
use workbook::Row;

use crate::form::Form;
use crate::limits::{MOST_CONDITIONS, MOST_QUESTIONS};
use crate::source::{Source, SourceFile};

pub use export::{Unexportable, export};
#[cfg(any(test, fuzzing))]
pub(crate) use expression::Expression;
pub use refusal::{Reason, Refusal};
pub(crate) use workbook::Sheet;

/// A workbook (`.xlsx`) as a form of ours, which parses. `name` is its code where the settings give no `form_id`.
///
/// # Errors
/// Everything that cannot be kept, in the order of the sheets.
pub fn import(workbook: &[u8], name: &str) -> Result<Source, Vec<Refusal>> {
    import_with_notes(workbook, name).map(|(source, _)| source)
}

/// The same, with what was left behind on the way: things that change neither a question nor its answers.
///
/// # Errors
/// Everything that cannot be kept, in the order of the sheets.
pub fn import_with_notes(workbook: &[u8], name: &str) -> Result<(Source, Vec<Refusal>), Vec<Refusal>> {
    let sheets = workbook::sheets(workbook, &SHEETS).map_err(|whole| vec![Refusal::whole(whole)])?;
    read(&sheets, name)
}

/// The same of sheets that are unpacked.
pub(crate) fn read(sheets: &[Sheet], name: &str) -> Result<(Source, Vec<Refusal>), Vec<Refusal>> {
    let [survey, choices, settings, indicators] = sheets else {
        return Err(vec![Refusal::whole(Reason::NoWorkbook)]);
    };
    if survey.header.is_empty() {
        return Err(vec![Refusal::whole(Reason::MissingSheet { sheet: "survey" })]);
    }
    let (mut refusals, mut notes) = (Vec::new(), Vec::new());
    let empty = Row::default();
    let setting = |column| settings.cell(settings.rows.first().unwrap_or(&empty), column);
    let words = Translator::new(sheets, setting("default_language"), &mut refusals);
    let tree = survey::read(survey, &mut refusals, &mut notes);
    let asked = survey::questions(&tree);
    if asked.len() > MOST_QUESTIONS {
        return Err(vec![Refusal::whole(Reason::TooLarge { limit: "1,000 questions are taken" })]);
    }
    let mut uses = BTreeMap::new();
    for asked in asked {
        if let AskedKind::One { list, or_other: false } | AskedKind::Many { list, or_other: false } = &asked.kind {
            *uses.entry(list.clone()).or_insert(0) += 1;
        }
    }
    let lists = choices::read(choices, &words, &mut refusals);
    let mut desk = Desk {
        survey,
        choices,
        words,
        lists,
        uses,
        names: BTreeMap::new(),
        write_ins: BTreeMap::new(),
        folded: BTreeSet::new(),
        wordings: Wordings::default(),
        definition: definition::Definition::default(),
        places: BTreeMap::new(),
        ways_out: BTreeSet::from(["skipped"]),
        conditions_left: MOST_CONDITIONS,
        refusals,
        notes,
    };
    let form_id = setting("form_id");
    let form_code = code(if form_id.is_empty() { name.strip_suffix(".xlsx").unwrap_or(name) } else { form_id });
    let method = setting("sipas_method");
    desk.definition.method = if method.is_empty() { form_code.clone() } else { method.to_owned() };
    let offered = setting("sipas_languages");
    desk.definition.languages = if offered.is_empty() {
        desk.words.languages.clone()
    } else {
        offered.split_whitespace().filter_map(language).collect()
    };
    let title = title(&desk, settings, setting("form_title"), &form_code);
    desk.wordings.put("title", &title);
    desk.put_topics();
    desk.learn(&tree, false);
    desk.lay_out(&tree, &title);
    desk.put_ways_out();
    desk.put_indicators(indicators);
    finish(desk, form_code, indicators)
}

pub(crate) const SHEETS: [&str; 4] = ["survey", "choices", "settings", "sipas_indicators"];

/// The title of the form in every language offered: a plain one stands for those that have none of their own.
fn title(desk: &Desk, settings: &Sheet, plain: &str, code: &str) -> Texts {
    let mut title = settings.rows.first().map(|row| desk.words.texts(settings, row, "sipas_title")).unwrap_or_default();
    for language in &desk.definition.languages {
        if !title.iter().any(|(known, _)| known == language) {
            let text = if plain.is_empty() { code } else { plain };
            title.push((language.clone(), text.to_owned()));
        }
    }
    title
}

impl Desk<'_> {
    fn put_topics(&mut self) {
        let listed = self.lists.get(choices::TOPICS).map(|list| list.choices.clone()).unwrap_or_default();
        for topic in listed {
            let code = code(&topic.name);
            let key = format!("topics.{code}");
            self.wordings.put(&key, &topic.label);
            self.definition.topics.push(code);
        }
    }

    /// The words for skipped, don't know and never, as far as the form uses them; topics without words are their codes.
    fn put_ways_out(&mut self) {
        let listed = self.lists.get(choices::WAYS_OUT).map(|list| list.choices.clone()).unwrap_or_default();
        for way_out in self.ways_out.clone() {
            let key = format!("ways_out.{way_out}");
            let own = listed.iter().find(|choice| choice.name == way_out);
            self.wordings.put(&key, &own.map(|choice| choice.label.clone()).unwrap_or_default());
            let (vietnamese, english) = match way_out {
                "skipped" => ("Bỏ qua", "Skip"),
                "dont_know" => ("Không biết", "Don't know"),
                _ => ("Chưa từng dùng", "Never used"),
            };
            let usual = [("vi", vietnamese), ("en", english)].map(|(code, text)| (code.to_owned(), text.to_owned()));
            let offered = |(code, _): &(String, String)| self.definition.languages.contains(code);
            self.wordings.put(&key, &usual.into_iter().filter(offered).collect());
        }
        for topic in &self.definition.topics {
            let plain = self.definition.languages.iter().map(|language| (language.clone(), topic.clone())).collect();
            self.wordings.put(&format!("topics.{topic}"), &plain);
        }
    }

    fn put_indicators(&mut self, sheet: &Sheet) {
        for row in &sheet.rows {
            let own = code(sheet.cell(row, "code"));
            let children = sheet.cell(row, "children").split_whitespace();
            let called = |child: &str| self.names.get(child).map_or_else(|| code(child), |known| known.code.clone());
            let children: Vec<_> = children.map(called).collect();
            let label = self.words.texts(sheet, row, "label");
            self.wordings.put(&format!("indicators.{own}"), &label);
            if self.definition.indicators.insert(own.clone(), children).is_some() {
                self.refusals.push(sheet.refusal(
                    row.number,
                    "code",
                    sheet.cell(row, "code"),
                    Reason::Clash { code: own },
                ));
            }
        }
    }
}

/// The texts, if they parse as a form; else every refusal, in the order of the sheets.
fn finish(mut desk: Desk, code: String, indicators: &Sheet) -> Result<(Source, Vec<Refusal>), Vec<Refusal>> {
    desk.wordings.offer_only(&desk.definition.languages);
    desk.wordings.name(&desk.words.names);
    let definition = toml::to_string(&desk.definition).unwrap_or_default();
    let wording = |(language, table): (String, toml::Table)| {
        let text = toml::to_string(&table).unwrap_or_default();
        (language.clone(), SourceFile::new(format!("{language}.toml"), text))
    };
    let wordings = std::mem::take(&mut desk.wordings).0.into_iter().map(wording).collect();
    let source = Source { code, definition: SourceFile::new("form.toml", definition), wordings };
    if desk.refusals.is_empty()
        && let Err(defects) = Form::parse(&source)
    {
        desk.refusals = placed(defects, &source, &desk, indicators);
    }
    let order = |refusal: &Refusal| {
        let sheet = SHEETS.iter().position(|sheet| *sheet == refusal.sheet);
        (sheet, refusal.row, refusal.column.clone())
    };
    desk.refusals.sort_by_key(order);
    desk.refusals.dedup();
    desk.notes.sort_by_key(order);
    if desk.refusals.is_empty() { Ok((source, desk.notes)) } else { Err(desk.refusals) }
}
