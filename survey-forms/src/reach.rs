//! Whether anybody can ever come to a page, question or item: its conditions are tried on every answer they tell apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::answer::{Answer, Answers, ChoiceCode};
use crate::defects::Fault;
use crate::form::{Form, Unit, UnitKind};
use crate::read::File;
use crate::rule::{Named, Rule};

/// Conditions that take more looks than this are taken to be reachable: they are never written by hand.
const LOOKS: usize = 200_000;
/// And so many over a whole form, which may come from anybody.
const LOOKS_IN_ALL: usize = 5_000_000;
/// The same of a question with several answers, of which conditions tell more than so many apart.
const MOST_TOLD: usize = 12;

/// Reports the outermost thing that cannot be reached, not everything inside it.
pub(crate) fn check(form: &Form, file: &File) {
    let mut left = LOOKS_IN_ALL;
    for page in &form.pages {
        let page_rules: Vec<&Rule> = page.rules.iter().collect();
        if !reachable(form, &page_rules, &mut left) {
            report(&page_rules, &page.code, page.line, file);
            continue;
        }
        for shown in &page.shown {
            let Some(question) = form.questions.get(shown.question) else {
                continue;
            };
            let rules: Vec<&Rule> = page_rules.iter().copied().chain(&question.rules).collect();
            if !question.rules.is_empty() && !reachable(form, &rules, &mut left) {
                report(&rules, &question.code, question.line, file);
                continue;
            }
            for unit in form.units.get(shown.units.clone()).unwrap_or_default() {
                let rules: Vec<&Rule> = rules.iter().copied().chain(&unit.rules).collect();
                if !unit.rules.is_empty() && !reachable(form, &rules, &mut left) {
                    report(&rules, &unit.code, unit.line, file);
                }
            }
        }
    }
}

fn report(rules: &[&Rule], code: &str, line: usize, file: &File) {
    let line = rules.last().map_or(line, |rule| rule.line);
    file.report(line, Fault::Unreachable { code: code.to_owned(), why: "no answers make its conditions true" });
}

fn reachable(form: &Form, rules: &[&Rule], left: &mut usize) -> bool {
    if rules.is_empty() {
        return true;
    }
    let most = LOOKS.min(*left);
    let mut search = Search { form, rules, named: BTreeMap::new(), cost: 0, looks: 0, most };
    search.name(rules);
    search.cost = search.size();
    let asked: Vec<usize> = search.named.keys().copied().collect();
    let found = search.try_all(&asked, &mut Answers::new());
    *left = left.saturating_sub(search.looks);
    found
}

struct Search<'a> {
    form: &'a Form,
    rules: &'a [&'a Rule],
    /// Every unit the conditions rest on, and what they tell apart of it, in the order asked.
    named: BTreeMap<usize, Named>,
    /// Comparisons in all these conditions, made at every step.
    cost: usize,
    looks: usize,
    most: usize,
}

impl<'a> Search<'a> {
    /// Rules rest on units, whose own rules rest on units before them.
    fn name(&mut self, rules: &[&'a Rule]) {
        for (code, named) in rules.iter().flat_map(|rule| rule.condition.leaves()).filter_map(|leaf| leaf.names()) {
            let Some(index) = self.form.places.get(code) else {
                continue;
            };
            let new = !self.named.contains_key(index);
            let entry = self.named.entry(*index).or_default();
            entry.choices.extend(named.choices);
            entry.quantities.extend(named.quantities);
            if new && let Some(unit) = self.form.units.get(*index) {
                self.name(&self.rules_of(unit));
                if let UnitKind::WriteIn { unit, choice, .. } = &unit.kind
                    && let Some(parent) = self.form.places.get(unit)
                {
                    self.named.entry(*parent).or_default().choices.insert(*choice);
                }
            }
        }
    }

    fn size(&self) -> usize {
        let sizes = |rules: &[&Rule]| rules.iter().map(|rule| rule.condition.size()).sum::<usize>();
        let asked = self.named.keys().filter_map(|index| self.form.units.get(*index));
        1 + sizes(self.rules) + asked.map(|unit| sizes(&self.rules_of(unit))).sum::<usize>()
    }

    fn rules_of(&self, unit: &Unit) -> Vec<&'a Rule> {
        let page = self.form.pages.get(unit.page).map(|page| &page.rules);
        let question = self.form.questions.get(unit.question).map(|question| &question.rules);
        let own = self
            .form
            .units
            .get(self.form.places.get(&unit.code).copied().unwrap_or(usize::MAX))
            .map(|unit| &unit.rules);
        page.into_iter().chain(question).chain(own).flatten().collect()
    }

    fn try_all(&mut self, asked: &[usize], answers: &mut Answers) -> bool {
        self.looks += self.cost;
        if self.looks > self.most {
            return true;
        }
        let Some((first, rest)) = asked.split_first() else {
            return self.rules.iter().all(|rule| rule.condition.holds(&|unit| answers.get(unit)));
        };
        let Some(unit) = self.form.units.get(*first) else {
            return self.try_all(rest, answers);
        };
        if self.try_all(rest, answers) {
            return true;
        }
        if !self.rules_of(unit).iter().all(|rule| rule.condition.holds(&|unit| answers.get(unit))) {
            return false;
        }
        if matches!(unit.kind, UnitKind::Many(_))
            && self.named.get(first).is_some_and(|it| it.choices.len() > MOST_TOLD)
        {
            return true;
        }
        for answer in self.telling_answers(*first, unit) {
            answers.insert(unit.code.clone(), answer);
            if self.try_all(rest, answers) {
                return true;
            }
        }
        answers.remove(&unit.code);
        false
    }

    /// One answer for each way the conditions can see this unit answered.
    fn telling_answers(&self, index: usize, unit: &Unit) -> Vec<Answer> {
        let Named { choices: named, quantities } = self.named.get(&index).cloned().unwrap_or_default();
        let other = |codes: &[ChoiceCode]| codes.iter().copied().find(|code| !named.contains(code));
        match &unit.kind {
            UnitKind::One(choices) => named.iter().copied().chain(other(&choices.codes)).map(Answer::of_code).collect(),
            UnitKind::Many(choices) => {
                let telling: Vec<_> = named.iter().copied().chain(other(&choices.codes)).collect();
                let mut sets = vec![BTreeSet::new()];
                for code in telling {
                    let with: Vec<BTreeSet<_>> = sets.iter().map(|set| set | &BTreeSet::from([code])).collect();
                    sets.extend(with);
                }
                sets.into_iter().filter(|set| !set.is_empty()).map(Answer::Choices).collect()
            }
            UnitKind::Quantity(bounds) => {
                let edges = quantities.iter().flat_map(|edge| edge.beside(bounds.measure).into_iter().chain([*edge]));
                let telling: BTreeSet<_> =
                    edges.chain(bounds.some_value()).filter(|value| bounds.hold(*value)).collect();
                telling.into_iter().map(Answer::Quantity).collect()
            }
            UnitKind::Text { .. } | UnitKind::WriteIn { .. } => vec![Answer::Text("…".to_owned())],
        }
    }
}
