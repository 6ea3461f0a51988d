//! A form as a workbook: the same questions in the words of `XLSForm`.

use std::collections::BTreeSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::choices::{TOPICS, WAYS_OUT};
use super::expression::{Expression, Term, Test};
use super::names::language_column;
use super::rows::{Cell, Cells, Rows, cell};
use super::say::{constraint, relevant, written};
use super::survey::ASKED_BY;
use super::tokens::Operator;
use crate::answer::WayOut;
use crate::draft::BY_INTERVIEWER;
use crate::form::{Choices, Form, Kind, Page, Shown, Unit, UnitKind};
use crate::indicators::Level;
use crate::quantity::Measure;

/// Why a form cannot be written as a workbook.
#[derive(Debug, thiserror::Error)]
pub enum Unexportable {
    #[error("the text `{key}` holds `${{`, which XLSForm reads as an answer told")]
    LooksLikeAnAnswer { key: String },
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] XlsxError),
}

/// A form as an `XLSForm` workbook (`.xlsx`). Importing it gives the same form; the same form gives the same bytes.
///
/// # Errors
/// When a text is longer than a cell takes (32,767 characters) or would be read as something else.
pub fn export(form: &Form) -> Result<Vec<u8>, Unexportable> {
    let languages = form.languages.iter().chain(&form.trial_languages).map(String::as_str).collect();
    let mut out = Out {
        form,
        languages,
        survey: Rows::default(),
        choices: Rows::default(),
        lists: BTreeSet::new(),
        names: BTreeSet::new(),
    };
    out.survey()?;
    out.own_lists()?;
    let settings = out.settings()?;
    let indicators = out.indicators()?;
    let mut workbook = Workbook::new();
    let no_clock = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&no_clock));
    out.survey.write(&mut workbook, "survey")?;
    out.choices.write(&mut workbook, "choices")?;
    settings.write(&mut workbook, "settings")?;
    indicators.write(&mut workbook, "sipas_indicators")?;
    Ok(workbook.save_to_buffer()?)
}

struct Out<'f> {
    form: &'f Form,
    /// Those offered first.
    languages: Vec<&'f str>,
    survey: Rows,
    choices: Rows,
    /// Lists that are written.
    lists: BTreeSet<String>,
    /// Names of groups that are given away; those of questions are kept free for them.
    names: BTreeSet<String>,
}

impl<'f> Out<'f> {
    /// The texts of a key, one column for each language.
    fn texts(&self, column: &str, key: &str) -> Result<Cells, Unexportable> {
        let mut cells = Cells::new();
        for language in &self.languages {
            let text = self.form.wordings.get(*language).and_then(|wording| wording.texts.get(key));
            let text =
                text.map(|text| written(text).ok_or_else(|| Unexportable::LooksLikeAnAnswer { key: key.to_owned() }));
            let language = language_column(self.form.language_name(language), language);
            cells.push(cell(&format!("{column}::{language}"), text.transpose()?.unwrap_or_default()));
        }
        Ok(cells)
    }

    fn row(&mut self, cells: &[Cells]) {
        self.survey.push(cells.concat());
    }

    fn survey(&mut self) -> Result<(), Unexportable> {
        self.survey = Rows::new(&["type", "name"]);
        self.choices = Rows::new(&["list_name", "name"]);
        self.names = self.form.units.iter().map(|unit| unit.code.clone()).collect();
        let mut pages = self.form.pages.as_slice();
        while let Some(first) = pages.first() {
            let count = pages.iter().take_while(|page| page.section == first.section).count();
            let (together, rest) = pages.split_at(count);
            let section = self.form.sections.get(first.section).cloned().unwrap_or_default();
            let begin = self.begin(&section);
            let label = self.texts("label", &format!("sections.{section}"))?;
            self.row(&[begin, label]);
            together.iter().try_for_each(|page| self.page(page))?;
            self.end();
            pages = rest;
        }
        Ok(())
    }

    /// Opens a group. Where its code cannot be the name again, the name is another and the code stands beside it.
    fn begin(&mut self, code: &str) -> Cells {
        let further = (2..).map(|number| format!("{code}_{number}"));
        let name = std::iter::once(code.to_owned()).chain(further).find(|name| !self.names.contains(name));
        let name = name.unwrap_or_default();
        self.names.insert(name.clone());
        let own = if name == code { String::new() } else { code.to_owned() };
        vec![cell("type", "begin_group"), cell("name", name), cell("sipas_code", own)]
    }

    fn end(&mut self) {
        self.row(&[vec![cell("type", "end_group")]]);
    }

    fn page(&mut self, page: &'f Page) -> Result<(), Unexportable> {
        let begin = self.begin(&page.code);
        let label = self.texts("label", &format!("pages.{}", page.code))?;
        let sensitive = if page.sensitive { "yes" } else { "" };
        let rest = vec![relevant(&page.rules), cell("appearance", "field-list"), cell("sipas_sensitive", sensitive)];
        self.row(&[begin, label, rest]);
        for shown in &page.shown {
            self.shown(shown)?;
        }
        self.end();
        Ok(())
    }

    fn shown(&mut self, shown: &Shown) -> Result<(), Unexportable> {
        let form = self.form;
        let Some(question) = form.questions.get(shown.question) else {
            return Ok(());
        };
        let units = form.units.get(shown.units.clone()).unwrap_or_default();
        let key = format!("questions.{}", question.code);
        let texts =
            [self.texts("label", &format!("{key}.stem"))?, self.texts("hint", &format!("{key}.help"))?].concat();
        let asked_by = cell(ASKED_BY, if question.by_interviewer { BY_INTERVIEWER } else { "" });
        if question.kind == Kind::Grid {
            let begin = self.begin(&question.code);
            self.row(&[begin, texts, vec![relevant(&question.rules), cell("appearance", "table-list"), asked_by]]);
            for unit in units {
                let label = self.texts("label", &format!("items.{}", unit.code))?;
                let asked = self.asked(unit)?;
                self.row(&[asked, label, vec![relevant(&unit.rules)]]);
            }
            self.end();
            return Ok(());
        }
        if question.kind == Kind::Note {
            self.row(&[
                vec![cell("type", "note"), cell("name", &question.code)],
                texts.clone(),
                vec![relevant(&question.rules), asked_by.clone()],
            ]);
        }
        for unit in units {
            if let UnitKind::WriteIn { unit: parent, choice, max_chars } = &unit.kind {
                self.write_in(unit, parent, *choice, *max_chars, asked_by.clone())?;
                continue;
            }
            let asked = self.asked(unit)?;
            let alone = if question.kind == Kind::Single { "single" } else { "" };
            let rest = vec![relevant(&question.rules), cell("sipas_kind", alone), asked_by.clone()];
            self.row(&[asked, texts.clone(), rest]);
        }
        Ok(())
    }

    fn write_in(
        &mut self,
        unit: &Unit,
        parent: &str,
        choice: u16,
        max_chars: usize,
        asked_by: Cell,
    ) -> Result<(), Unexportable> {
        let Some(asking) = self.form.unit(parent) else {
            return Ok(());
        };
        let label = self.texts("label", &choice_key(asking.choices(), choice))?;
        let of = Term::Reference(parent.to_owned());
        let test = match asking.kind {
            UnitKind::Many(_) => Test::Selected(of, choice.to_string()),
            _ => Test::Compare(of, Operator::Equal, Term::Text(choice.to_string())),
        };
        let begin = vec![cell("type", "text"), cell("name", &unit.code)];
        let rest = vec![
            cell("relevant", Expression::of(test).to_string()),
            cell("sipas_max_chars", max_chars.to_string()),
            asked_by,
        ];
        self.row(&[begin, label, rest]);
        Ok(())
    }

    /// Type, name and all that belongs to the kind of a unit.
    fn asked(&mut self, unit: &Unit) -> Result<Cells, Unexportable> {
        let mut more = Cells::new();
        let kind = match &unit.kind {
            UnitKind::One(choices) => format!("select_one {}", self.list(unit, choices)?),
            UnitKind::Many(choices) => format!("select_multiple {}", self.list(unit, choices)?),
            UnitKind::Quantity(bounds) => {
                more.push(cell("constraint", constraint(*bounds)));
                match bounds.measure {
                    Measure::Day => "date".to_owned(),
                    Measure::Number { decimals: 0 } => "integer".to_owned(),
                    Measure::Number { decimals } => {
                        more.push(cell("sipas_decimals", decimals.to_string()));
                        "decimal".to_owned()
                    }
                }
            }
            UnitKind::Text { max_chars } | UnitKind::WriteIn { max_chars, .. } => {
                more.push(cell("sipas_max_chars", max_chars.to_string()));
                "text".to_owned()
            }
        };
        more.push(cell("sipas_way_out", unit.way_out.map_or("", WayOut::name)));
        more.push(cell("sipas_topic", unit.topic.as_deref().unwrap_or_default()));
        Ok([vec![cell("type", kind), cell("name", &unit.code)], more].concat())
    }

    /// The name of a list, which is written when it is met first.
    fn list(&mut self, unit: &Unit, choices: &Choices) -> Result<String, Unexportable> {
        let is_scale = |name: &String| {
            let scales = self.form.units.iter().filter_map(|unit| unit.choices()?.scale.as_ref());
            scales.chain([TOPICS.to_owned(), WAYS_OUT.to_owned()].iter()).any(|scale| scale == name)
        };
        let own = std::iter::successors(Some(format!("{}_choices", unit.code)), |name| Some(format!("{name}_")));
        let list = choices.scale.clone().or_else(|| own.into_iter().find(|name| !is_scale(name))).unwrap_or_default();
        if self.lists.insert(list.clone()) {
            for code in &choices.codes {
                let label = self.texts("label", &choices.key(*code))?;
                let scale = cell("sipas_scale", choices.scale.as_deref().unwrap_or_default());
                let begin = vec![cell("list_name", &list), cell("name", code.to_string())];
                self.choices.push([begin, label, vec![scale]].concat());
            }
        }
        Ok(list)
    }

    /// The words of our own that are no question's.
    fn own_lists(&mut self) -> Result<(), Unexportable> {
        for (list, prefix) in [(TOPICS, "topics."), (WAYS_OUT, "ways_out.")] {
            let texts = self.form.wordings.values().flat_map(|wording| wording.texts.keys());
            let names: BTreeSet<&str> = texts.filter_map(|key| key.strip_prefix(prefix)).collect();
            for name in names {
                let label = self.texts("label", &format!("{prefix}{name}"))?;
                self.choices.push([vec![cell("list_name", list), cell("name", name)], label].concat());
            }
        }
        Ok(())
    }

    fn settings(&self) -> Result<Rows, Unexportable> {
        let form = self.form;
        let source = form.source_language();
        let title = form.words(source).text("title").map(|title| title.text).unwrap_or_default();
        let mut settings = Rows::default();
        let plain = vec![
            cell("form_title", title),
            cell("form_id", &form.code),
            cell("default_language", language_column(form.language_name(source), source)),
            cell("sipas_method", &form.method),
            cell("sipas_languages", form.languages.join(" ")),
        ];
        settings.push([plain, self.texts("sipas_title", "title")?].concat());
        Ok(settings)
    }

    fn indicators(&self) -> Result<Rows, Unexportable> {
        let mut rows = Rows::new(&["code", "children"]);
        let tree = self.form.indicators.iter().flat_map(|tree| tree.walk());
        for indicator in tree.filter(|indicator| indicator.level != Level::Item) {
            let children: Vec<_> = indicator.parts.iter().map(|part| part.code.as_str()).collect();
            let label = self.texts("label", &format!("indicators.{}", indicator.code))?;
            rows.push([vec![cell("code", &indicator.code), cell("children", children.join(" "))], label].concat());
        }
        Ok(rows)
    }
}

fn choice_key(choices: Option<&Choices>, choice: u16) -> String {
    choices.map(|choices| choices.key(choice)).unwrap_or_default()
}
