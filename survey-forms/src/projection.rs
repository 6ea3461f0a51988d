//! A form for a device without a network, as JSON: all it takes to walk it as [`path`](crate::path) does where an interviewer asks, and to
//! take a page's fields as [`Interview::give`](crate::Interview::give) does. A script has the same walk; a test compares the two.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::answer::{Answers, Issue, IssueCode, WayOut};
use crate::form::{Form, Kind, Page, Unit, UnitKind};
use crate::interview::Interview;
use crate::path::{Part, Step};
use crate::piping::fill;
use crate::quantity::{Bounds, Measure, Quantity};
use crate::respondent::Respondent;
use crate::rule::{Condition, Rule};
use crate::view::PageView;

impl Form {
    /// `{ form, digest, pages: [{ code, sensitive, rules, parts: [{ question, note, rules, units: [place] }] }], units: [{ code, number,
    /// rules, kind, choices, decimals, least, most, most_chars, of, choice, way_out: { value, code } }] }`.
    ///
    /// Every rule of a list must hold. A rule is `{ all }`, `{ any }`, `{ not }` or about a unit: `{ unit, one_of }`, `{ unit, chosen }`,
    /// `{ unit, sign, to }` with `to` as answers write quantities, `{ unit, answered }`. `kind` is `one`, `many`, `number`, `day`, `text` or
    /// `words` (those beside `choice` of the unit `of`).
    pub fn projected(&self) -> Value {
        let pages: Vec<_> = self.pages.iter().map(|page| self.projected_page(page)).collect();
        let units: Vec<_> = self.units.iter().map(projected_unit).collect();
        json!({ "form": self.code, "digest": self.digest, "pages": pages, "units": units })
    }

    fn projected_page(&self, page: &Page) -> Value {
        let parts = page.shown.iter().filter_map(|shown| {
            let question = self.questions.get(shown.question)?;
            let units: Vec<usize> = shown.units.clone().collect();
            let note = question.kind == Kind::Note;
            Some(json!({ "question": question.code, "note": note, "rules": rules(&question.rules), "units": units }))
        });
        let parts: Vec<_> = parts.collect();
        json!({ "code": page.code, "sensitive": page.sensitive, "rules": rules(&page.rules), "parts": parts })
    }

    /// A page with everything it can ever ask where an interviewer asks, whatever was answered. The holes of its texts (`{a4}`) are left
    /// open, and doubled braces doubled, for whoever fills them.
    pub fn whole_page(&self, code: &str, language: &str) -> Option<PageView> {
        let page = self.page(code)?;
        let part = |shown: &crate::form::Shown| {
            let units = self.units.get(shown.units.clone())?.iter().collect();
            Some(Part { question: self.questions.get(shown.question)?, units })
        };
        let step = Step { page, parts: page.shown.iter().filter_map(part).collect() };
        let interview = Interview::new(self, Answers::new()).respondent(Respondent::WithInterviewer);
        interview.unfilled(&step, language)
    }

    /// The labels, by unit and choice, of every choice that a text of this language may tell of later.
    pub fn labels_told(&self, language: &str) -> BTreeMap<String, BTreeMap<String, String>> {
        let words = self.words(language);
        let mut told = BTreeSet::new();
        for wording in [words.wanted, words.source].into_iter().flatten() {
            for text in wording.texts.values() {
                fill(text, |unit| {
                    told.insert(unit);
                    String::new()
                });
            }
        }
        let labels = |unit: &Unit| {
            let choices = unit.choices()?;
            let label = |choice: &u16| (choice.to_string(), words.needed(&choices.key(*choice)).text);
            Some((unit.code.clone(), choices.codes.iter().map(label).collect()))
        };
        told.into_iter().filter_map(|code| labels(self.unit(code)?)).collect()
    }

    /// Everything that can be wrong with what is given for a unit, each as `give` would report it (of a text too long without its length).
    pub fn possible_issues(&self, unit: &Unit) -> Vec<Issue> {
        use IssueCode::{
            NotADay, NotANumber, OutOfBounds, SeveralValues, TextNeeded, TextTooLong, Unanswered, WrongOption,
        };
        let codes: &[IssueCode] = match &unit.kind {
            UnitKind::One(_) | UnitKind::Many(_) => &[Unanswered, WrongOption, SeveralValues],
            UnitKind::Quantity(Bounds { measure: Measure::Day, .. }) => {
                &[Unanswered, NotADay, OutOfBounds, SeveralValues]
            }
            UnitKind::Quantity(_) => &[Unanswered, NotANumber, OutOfBounds, SeveralValues],
            UnitKind::Text { .. } => &[TextTooLong],
            UnitKind::WriteIn { .. } => &[TextNeeded, TextTooLong],
        };
        let interview = Interview::new(self, Answers::new());
        let params = |code| match (code, &unit.kind) {
            (OutOfBounds, UnitKind::Quantity(bounds)) => {
                let told = |key, bound: Option<Quantity>| bound.map(|bound| (key, bound.to_string()));
                [told("least", bounds.least), told("most", bounds.most)].into_iter().flatten().collect()
            }
            (TextTooLong, UnitKind::Text { max_chars } | UnitKind::WriteIn { max_chars, .. }) => {
                BTreeMap::from([("max", max_chars.to_string())])
            }
            _ => BTreeMap::new(),
        };
        codes.iter().map(|code| interview.issue(unit, *code, params(*code))).collect()
    }
}

fn projected_unit(unit: &Unit) -> Value {
    let mut value = match &unit.kind {
        UnitKind::One(choices) => json!({ "kind": "one", "choices": choices.codes }),
        UnitKind::Many(choices) => json!({ "kind": "many", "choices": choices.codes }),
        UnitKind::Quantity(Bounds { measure, least, most }) => {
            let text = |bound: &Option<Quantity>| bound.map(|bound| bound.to_string());
            let (kind, decimals) = match measure {
                Measure::Number { decimals } => ("number", *decimals),
                Measure::Day => ("day", 0),
            };
            json!({ "kind": kind, "decimals": decimals, "least": text(least), "most": text(most) })
        }
        UnitKind::Text { max_chars } => json!({ "kind": "text", "most_chars": max_chars }),
        UnitKind::WriteIn { unit, choice, max_chars } => {
            json!({ "kind": "words", "of": unit, "choice": choice, "most_chars": max_chars })
        }
    };
    if let Some(fields) = value.as_object_mut() {
        fields.insert("code".to_owned(), json!(unit.code));
        fields.insert("number".to_owned(), json!(unit.number));
        fields.insert("rules".to_owned(), json!(rules(&unit.rules)));
        let way_out = unit.way_out.map(WayOut::code).zip(unit.way_out_value());
        fields
            .insert("way_out".to_owned(), json!(way_out.map(|(code, value)| json!({ "code": code, "value": value }))));
    }
    value
}

fn rules(rules: &[Rule]) -> Vec<Value> {
    rules.iter().map(|rule| projected_condition(&rule.condition)).collect()
}

fn projected_condition(condition: &Condition) -> Value {
    let each = |parts: &[Condition]| parts.iter().map(projected_condition).collect::<Vec<_>>();
    match condition {
        Condition::All(parts) => json!({ "all": each(parts) }),
        Condition::Any(parts) => json!({ "any": each(parts) }),
        Condition::Not(inner) => json!({ "not": projected_condition(inner) }),
        Condition::OneOf { unit, choices } => json!({ "unit": unit, "one_of": choices }),
        Condition::Chosen { unit, choice } => json!({ "unit": unit, "chosen": choice }),
        Condition::Compares { unit, sign, to } => {
            json!({ "unit": unit, "sign": sign.name(), "to": crate::answer::Answer::Quantity(*to) })
        }
        Condition::Answered { unit } => json!({ "unit": unit, "answered": true }),
    }
}
