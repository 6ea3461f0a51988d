//! The pages in order, and what each asks.

use super::Difference;
use super::compare::{Comparison, conditions};
use crate::form::{Form, Page, Question, Unit};

impl<'f> Comparison<'f> {
    pub(super) fn pages(&mut self) {
        let (old, new) = (self.old, self.new);
        let place = |page: &Page| old.pages.iter().position(|other| other.code == page.code);
        let kept = in_order(new.pages.iter().filter_map(place));
        for page in &new.pages {
            self.words(&format!("sections.{}", section(new, page)));
            let title = self.label(new, &format!("pages.{}", page.code));
            match old.page(&page.code) {
                None => self.told.push(Difference::PageAdded { page: page.code.clone(), title }),
                Some(before) => {
                    let moved = place(page).is_some_and(|place| !kept.contains(&place));
                    self.page(before, page, title, moved);
                }
            }
            self.asked(page);
        }
    }

    fn page(&mut self, before: &Page, now: &Page, new: String, moved: bool) {
        let page = || now.code.clone();
        let old = self.label(self.old, &format!("pages.{}", now.code));
        if old != new {
            self.told.push(Difference::PageRenamed { page: page(), old, new });
        }
        let (old, new) = (section(self.old, before), section(self.new, now));
        if moved || old != new {
            self.told.push(Difference::PageMoved { page: page(), old: old.to_owned(), new: new.to_owned() });
        }
        if before.sensitive != now.sensitive {
            self.told.push(Difference::PageSensitivityChanged { page: page(), sensitive: now.sensitive });
        }
        let (old, new) = (conditions(&before.rules), conditions(&now.rules));
        if old != new {
            self.told.push(Difference::PageConditionChanged { page: page(), old, new });
        }
    }

    /// What a page asks. Order is looked at among the units that stay on the page: whoever is new to it shifts nobody.
    fn asked(&mut self, page: &'f Page) {
        let (old, new) = (self.old, self.new);
        let stays = |unit: &Unit| {
            let place = *old.places.get(&unit.code)?;
            let before = old.units.get(place).and_then(|unit| old.pages.get(unit.page))?;
            (before.code == page.code).then_some(place)
        };
        let kept = in_order(new.units_on(page).filter_map(stays));
        for shown in &page.shown {
            if let Some(question) = new.questions.get(shown.question) {
                self.question(question);
            }
            for unit in new.units.get(shown.units.clone()).unwrap_or_default() {
                match old.unit(&unit.code) {
                    None => self.added(unit),
                    Some(before) => {
                        let moved = !stays(unit).is_some_and(|place| kept.contains(&place));
                        self.unit(before, unit, moved);
                    }
                }
            }
        }
    }

    /// What stands over the units of a question.
    fn question(&mut self, now: &Question) {
        let code = &now.code;
        self.words(&format!("questions.{code}.stem"));
        self.words(&format!("questions.{code}.help"));
        let Some(before) = self.old.questions.iter().find(|other| other.code == *code) else {
            return;
        };
        let number = self.new.unit(code).and_then(|unit| unit.number);
        let by_interviewer = now.by_interviewer;
        if before.by_interviewer != by_interviewer && self.first(format!("questions.{code}.asked_by")) {
            self.told.push(Difference::AskedByChanged { code: code.clone(), number, by_interviewer });
        }
        let (old, new) = (conditions(&before.rules), conditions(&now.rules));
        if old != new && self.first(format!("questions.{code}.when")) {
            self.told.push(Difference::ConditionChanged { code: code.clone(), number, old, new });
        }
    }
}

fn section<'f>(form: &'f Form, page: &Page) -> &'f str {
    form.sections.get(page.section).map_or("", String::as_str)
}

/// The longest run of old places that keeps its order; whoever is not in it has moved.
fn in_order(places: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for place in places {
        let before = runs.iter().filter(|run| run.last().is_some_and(|last| *last < place));
        let mut run = before.max_by_key(|run| run.len()).cloned().unwrap_or_default();
        run.push(place);
        runs.push(run);
    }
    runs.into_iter().max_by_key(Vec::len).unwrap_or_default()
}
