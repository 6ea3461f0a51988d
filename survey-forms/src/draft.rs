//! A definition as it is written, each part with its line; nothing is known yet to fit together.

use crate::answer::{ChoiceCode, WayOut};
use crate::defects::Fault;
use crate::form::Kind;
use crate::gate::{Filter, Gate};
use crate::quantity::{Bounds, MOST_DECIMALS, Measure};
use crate::read::{At, Table, number, text};

pub(crate) struct Draft {
    pub(crate) method: At<String>,
    pub(crate) languages: Vec<At<String>>,
    pub(crate) sections: Vec<At<String>>,
    pub(crate) topics: Vec<At<String>>,
    pub(crate) scales: Vec<(At<String>, Vec<At<ChoiceCode>>)>,
    pub(crate) filters: Vec<(At<String>, Filter)>,
    pub(crate) questions: Vec<QuestionDraft>,
    pub(crate) pages: Vec<PageDraft>,
    pub(crate) indicators: Vec<(At<String>, Vec<At<String>>)>,
}

pub(crate) struct QuestionDraft {
    pub(crate) code: At<String>,
    pub(crate) kind: Kind,
    pub(crate) choices: Vec<At<ChoiceCode>>,
    pub(crate) scale: Option<At<String>>,
    pub(crate) write_in: Option<At<ChoiceCode>>,
    pub(crate) max_chars: usize,
    /// Of a number or date.
    pub(crate) bounds: Option<Bounds>,
    pub(crate) way_out: Option<WayOut>,
    pub(crate) topic: Option<At<String>>,
    /// Whether it is asked only when an interviewer asks.
    pub(crate) by_interviewer: bool,
    pub(crate) gate: Gate,
    pub(crate) items: Vec<ItemDraft>,
}

pub(crate) struct ItemDraft {
    pub(crate) code: At<String>,
    pub(crate) way_out: Option<WayOut>,
    pub(crate) topic: Option<At<String>>,
    pub(crate) gate: Gate,
}

pub(crate) struct PageDraft {
    pub(crate) code: At<String>,
    pub(crate) section: At<String>,
    pub(crate) sensitive: bool,
    pub(crate) gate: Gate,
    pub(crate) show: Vec<At<String>>,
}

/// Room for the words beside a choice, and for a comment, when the definition does not say.
const WRITE_IN_CHARS: u16 = 100;
const COMMENT_CHARS: u16 = 2000;

/// What `asked_by` says of a question that only interviewers ask.
pub(crate) const BY_INTERVIEWER: &str = "interviewer";

impl Draft {
    pub(crate) fn read(table: Table) -> Self {
        let named = |key| table.table(key);
        let draft = Self {
            method: table.needed("method"),
            languages: table.texts("languages"),
            sections: table.texts("sections"),
            topics: table.texts("topics"),
            scales: named("scales")
                .map(|scales| {
                    scales.each("a list of whole numbers", |scales, _, value| scales.inner_list(value, number))
                })
                .unwrap_or_default(),
            filters: named("filters")
                .map(|filters| filters.each("a table", |filters, _, value| filters.inner(value).map(Filter::read)))
                .unwrap_or_default(),
            questions: table.tables("questions").into_iter().filter_map(question).collect(),
            pages: table.tables("pages").into_iter().map(page).collect(),
            indicators: named("indicators")
                .map(|tree| tree.each("a list of texts", |tree, _, value| tree.inner_list(value, text)))
                .unwrap_or_default(),
        };
        if draft.languages.is_empty() {
            table.report(1, Fault::MissingKey { key: "languages".to_owned() });
        }
        table.end();
        draft
    }
}

impl Draft {
    /// How many comparisons its conditions hold.
    pub(crate) fn conditions(&self) -> usize {
        let items = self.questions.iter().flat_map(|question| &question.items);
        let gates = self.pages.iter().map(|page| &page.gate).chain(items.map(|item| &item.gate));
        let gates = gates.chain(self.questions.iter().map(|question| &question.gate));
        gates.map(Gate::size).sum::<usize>() + self.filters.iter().map(|(_, filter)| filter.size()).sum::<usize>()
    }
}

fn page(table: Table) -> PageDraft {
    let page = PageDraft {
        code: table.needed("code"),
        section: table.needed("section"),
        sensitive: table.flag("sensitive").is_some_and(|flag| flag.value),
        gate: Gate::read(&table),
        show: table.texts("show"),
    };
    table.end();
    page
}

/// None when there is no telling what kind of question it is.
fn question(table: Table) -> Option<QuestionDraft> {
    let code = table.needed("code");
    let word = table.needed("kind");
    let kinds = [Kind::Single, Kind::Multiple, Kind::Grid, Kind::Number, Kind::Date, Kind::Text, Kind::Note];
    let Some(kind) = kinds.into_iter().find(|kind| kind.as_str() == word.value) else {
        if !word.value.is_empty() {
            let wanted = "one of single, multiple, grid, number, date, text, note";
            table.report(word.line, Fault::WrongValue { key: "kind".to_owned(), wanted });
        }
        return None;
    };
    let mut draft = QuestionDraft {
        code,
        kind,
        choices: Vec::new(),
        scale: None,
        write_in: None,
        max_chars: 0,
        bounds: None,
        way_out: None,
        topic: None,
        by_interviewer: by_interviewer(&table),
        gate: Gate::read(&table),
        items: Vec::new(),
    };
    if matches!(kind, Kind::Single | Kind::Multiple | Kind::Grid) {
        draft.scale = table.text("scale");
    }
    if !matches!(kind, Kind::Text | Kind::Note) {
        draft.way_out = way_out(&table);
    }
    if matches!(kind, Kind::Single | Kind::Multiple) {
        draft.choices = table.numbers("choices");
        draft.write_in = table.number("write_in");
    }
    if matches!(kind, Kind::Single | Kind::Multiple | Kind::Number | Kind::Date) {
        draft.topic = table.text("topic");
    }
    draft.bounds = match kind {
        Kind::Number => Some(bounds(&table, measure_of_number(&table), ["min", "max"])),
        Kind::Date => Some(bounds(&table, Measure::Day, ["earliest", "latest"])),
        _ => None,
    };
    if draft.choices.is_empty() == draft.scale.is_none() && matches!(kind, Kind::Single | Kind::Multiple | Kind::Grid) {
        let wanted = "given, or a list of `choices` in its place, but not both";
        table.report(table.line, Fault::WrongValue { key: "scale".to_owned(), wanted });
    }
    if kind == Kind::Grid {
        draft.items = table.tables("items").into_iter().map(item).collect();
    }
    let room = match (kind, &draft.write_in) {
        (Kind::Text, _) => Some(COMMENT_CHARS),
        (_, Some(_)) => Some(WRITE_IN_CHARS),
        _ => None,
    };
    if let Some(usual) = room {
        draft.max_chars = usize::from(table.number("max_chars").map_or(usual, |max| max.value));
    }
    table.end();
    Some(draft)
}

fn by_interviewer(table: &Table) -> bool {
    let Some(word) = table.text("asked_by") else {
        return false;
    };
    let is_so = word.value == BY_INTERVIEWER;
    if !is_so {
        let wanted = "interviewer, or left out: everybody is asked";
        table.report(word.line, Fault::WrongValue { key: "asked_by".to_owned(), wanted });
    }
    is_so
}

fn measure_of_number(table: &Table) -> Measure {
    let decimals = table.number("decimals").unwrap_or(At { value: 0, line: table.line });
    if u32::from(decimals.value) > MOST_DECIMALS {
        table.report(decimals.line, Fault::WrongValue { key: "decimals".to_owned(), wanted: "from 0 to 6" });
    }
    Measure::Number { decimals: u32::from(decimals.value).min(MOST_DECIMALS) }
}

fn bounds(table: &Table, measure: Measure, [least, most]: [&'static str; 2]) -> Bounds {
    let [low, high] = [least, most].map(|key| table.quantity(key, measure));
    if let (Some(low), Some(high)) = (&low, &high)
        && low.value > high.value
    {
        table.report(
            high.line,
            Fault::WrongValue { key: most.to_owned(), wanted: "at least as much as the other bound" },
        );
    }
    Bounds { measure, least: low.map(|at| at.value), most: high.map(|at| at.value) }
}

fn item(table: Table) -> ItemDraft {
    let item = ItemDraft {
        code: table.needed("code"),
        way_out: way_out(&table),
        topic: table.text("topic"),
        gate: Gate::read(&table),
    };
    table.end();
    item
}

fn way_out(table: &Table) -> Option<WayOut> {
    let word = table.text("way_out")?;
    let way_out = [WayOut::DontKnow, WayOut::Never].into_iter().find(|way_out| way_out.name() == word.value);
    if way_out.is_none() {
        table.report(word.line, Fault::WrongValue { key: "way_out".to_owned(), wanted: "dont_know or never" });
    }
    way_out
}
