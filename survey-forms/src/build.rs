//! Draft → form: names are looked up, units numbered and put on their pages.

use std::collections::BTreeSet;

use crate::answer::WayOut;
use crate::defects::Fault;
use crate::draft::{Draft, ItemDraft, PageDraft, QuestionDraft};
use crate::form::{Choices, Kind, Page, Question, Shown, Unit, UnitKind};
use crate::gate::Gate;
use crate::read::{At, File};
use crate::rule::Rule;

/// The parts of a form. Sound only when nothing was reported on the way and the checks find nothing either.
pub(crate) struct Built {
    pub(crate) pages: Vec<Page>,
    pub(crate) questions: Vec<Question>,
    pub(crate) units: Vec<Unit>,
    /// Every rule with the page it stands before or on, those of filters that are off too.
    pub(crate) watched: Vec<(usize, Rule)>,
}

struct Builder<'a> {
    draft: &'a Draft,
    file: &'a File<'a>,
    built: Built,
    /// Questions and items already on a page.
    placed: BTreeSet<&'a str>,
    number: u16,
}

pub(crate) fn build(draft: &Draft, file: &File) -> Built {
    let built = Built { pages: Vec::new(), questions: Vec::new(), units: Vec::new(), watched: Vec::new() };
    let mut builder = Builder { draft, file, built, placed: BTreeSet::new(), number: 0 };
    for question in &draft.questions {
        let rules = question.gate.rules(draft);
        let (code, line) = (question.code.value.clone(), question.code.line);
        builder.built.questions.push(Question {
            code,
            kind: question.kind,
            by_interviewer: question.by_interviewer,
            rules,
            line,
        });
    }
    for page in &draft.pages {
        builder.page(page);
    }
    builder.report_unplaced();
    builder.built
}

impl<'a> Builder<'a> {
    fn page(&mut self, page: &'a PageDraft) {
        let section = self.draft.sections.iter().position(|section| section.value == page.section.value);
        if section.is_none() {
            self.unknown("section", &page.section);
        }
        let rules = page.gate.rules(self.draft);
        let here = self.built.pages.len();
        self.watch(&page.gate, here);
        let shown = page.show.iter().filter_map(|show| self.show(show, here)).collect();
        if page.show.is_empty() {
            self.file.report(page.code.line, Fault::EmptyPage { page: page.code.value.clone() });
        }
        let (code, line) = (page.code.value.clone(), page.code.line);
        let (section, sensitive) = (section.unwrap_or_default(), page.sensitive);
        self.built.pages.push(Page { code, section, sensitive, rules, shown, line });
    }

    /// A question by its code, or items of a grid as `first..last`.
    fn show(&mut self, show: &'a At<String>, page: usize) -> Option<Shown> {
        let draft = self.draft;
        let (first, last) = show.value.split_once("..").map_or((show.value.as_str(), None), |(a, b)| (a, Some(b)));
        let holds = |question: &QuestionDraft| match last {
            None => question.code.value == first,
            Some(_) => question.items.iter().any(|item| item.code.value == first),
        };
        let Some((index, question)) = draft.questions.iter().enumerate().find(|(_, question)| holds(question)) else {
            self.unknown("question", show);
            return None;
        };
        let start = self.built.units.len();
        self.watch(&question.gate, page);
        match (question.kind, last) {
            (Kind::Grid, None) => question.items.iter().for_each(|item| self.item(index, question, item, page)),
            (Kind::Grid, Some(last)) => {
                let from = question.items.iter().skip_while(|item| item.code.value != first);
                let Some(count) = from.clone().position(|item| item.code.value == last) else {
                    self.unknown("question", show);
                    return None;
                };
                from.take(count + 1).for_each(|item| self.item(index, question, item, page));
            }
            _ => self.question(index, question, page),
        }
        Some(Shown { question: index, units: start..self.built.units.len() })
    }

    fn question(&mut self, index: usize, question: &'a QuestionDraft, page: usize) {
        if !self.place(&question.code) {
            return;
        }
        let kind = match question.kind {
            Kind::Text => UnitKind::Text { max_chars: question.max_chars },
            Kind::Multiple => UnitKind::Many(self.choices(question)),
            Kind::Number | Kind::Date => match question.bounds {
                Some(bounds) => UnitKind::Quantity(bounds),
                None => return,
            },
            Kind::Single => UnitKind::One(self.choices(question)),
            Kind::Grid | Kind::Note => return,
        };
        let codes = match &kind {
            UnitKind::One(choices) | UnitKind::Many(choices) => choices.codes.clone(),
            _ => Vec::new(),
        };
        self.unit(index, &question.code, page, kind, (question.way_out, &question.topic), Vec::new());
        let Some(write_in) = &question.write_in else {
            return;
        };
        if !codes.contains(&write_in.value) {
            self.unknown("choice", &At { value: write_in.value.to_string(), line: write_in.line });
        }
        self.built.units.push(Unit {
            code: format!("{}_text", question.code.value),
            question: index,
            page,
            number: None,
            kind: UnitKind::WriteIn {
                unit: question.code.value.clone(),
                choice: write_in.value,
                max_chars: question.max_chars,
            },
            way_out: None,
            topic: None,
            rules: Vec::new(),
            line: write_in.line,
        });
    }

    fn item(&mut self, index: usize, question: &'a QuestionDraft, item: &'a ItemDraft, page: usize) {
        if !self.place(&item.code) {
            return;
        }
        self.watch(&item.gate, page);
        let rules = item.gate.rules(self.draft);
        let kind = UnitKind::One(self.choices(question));
        self.unit(index, &item.code, page, kind, (item.way_out.or(question.way_out), &item.topic), rules);
    }

    fn unit(
        &mut self,
        question: usize,
        code: &At<String>,
        page: usize,
        kind: UnitKind,
        (way_out, topic): (Option<WayOut>, &Option<At<String>>),
        rules: Vec<Rule>,
    ) {
        if let Some(topic) =
            topic.as_ref().filter(|topic| !self.draft.topics.iter().any(|known| known.value == topic.value))
        {
            self.unknown("topic", topic);
        }
        self.number += 1;
        self.built.units.push(Unit {
            code: code.value.clone(),
            question,
            page,
            number: Some(self.number),
            kind,
            way_out,
            topic: topic.as_ref().map(|topic| topic.value.clone()),
            rules,
            line: code.line,
        });
    }

    fn choices(&self, question: &QuestionDraft) -> Choices {
        let Some(scale) = &question.scale else {
            let wording = format!("questions.{}.choices", question.code.value);
            return Choices { codes: question.choices.iter().map(|code| code.value).collect(), scale: None, wording };
        };
        let found = self.draft.scales.iter().find(|(code, _)| code.value == scale.value);
        let codes = found.map(|(_, codes)| codes.iter().map(|code| code.value).collect()).unwrap_or_default();
        Choices { codes, scale: Some(scale.value.clone()), wording: format!("scales.{}", scale.value) }
    }

    fn watch(&mut self, gate: &Gate, page: usize) {
        let rules = gate.all_rules(self.draft, self.file);
        self.built.watched.extend(rules.into_iter().map(|rule| (page, rule)));
    }

    fn place(&mut self, code: &'a At<String>) -> bool {
        let new = self.placed.insert(&code.value);
        if !new {
            self.file.report(code.line, Fault::ClashingCode { kind: "question on a page", code: code.value.clone() });
        }
        new
    }

    fn report_unplaced(&self) {
        let draft = self.draft;
        let asked = draft.questions.iter().flat_map(|question| match question.kind {
            Kind::Grid => question.items.iter().map(|item| &item.code).collect(),
            _ => vec![&question.code],
        });
        let unplaced = |code: &&At<String>| !code.value.is_empty() && !self.placed.contains(code.value.as_str());
        for code in asked.filter(unplaced) {
            self.file.report(code.line, Fault::Unreachable { code: code.value.clone(), why: "no page shows it" });
        }
    }

    fn unknown(&self, kind: &'static str, at: &At<String>) {
        self.file.report(at.line, Fault::UnknownReference { kind, code: at.value.clone() });
    }
}
