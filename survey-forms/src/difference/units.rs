//! One unit before and after.

use super::Difference;
use super::breaks::same_words;
use super::compare::{Comparison, conditions, position};
use crate::form::{Choices, Form, Kind, Unit, UnitKind};

impl Comparison<'_> {
    pub(super) fn added(&mut self, unit: &Unit) {
        let text = self.label(self.new, &self.new.label_key(unit));
        self.told.push(Difference::Added { code: unit.code.clone(), number: unit.number, text });
    }

    /// `moved`: it left its page, or its order among those that stayed.
    pub(super) fn unit(&mut self, before: &Unit, now: &Unit, moved: bool) {
        let (code, number) = (|| now.code.clone(), now.number);
        let (old, new) = (position(self.old, before), position(self.new, now));
        if moved || old.question != new.question {
            self.told.push(Difference::Moved { code: code(), number, old, new });
        }
        self.text(before, now);
        let (old, new) = (kind(self.old, before), kind(self.new, now));
        if let (Some(old), Some(new)) = (old, new)
            && old != new
        {
            self.told.push(Difference::KindChanged { code: code(), number, old, new });
        }
        if let (Some(old), Some(new)) = (length(before), length(now))
            && old != new
        {
            self.told.push(Difference::LengthChanged { code: code(), number, old, new });
        }
        if let (UnitKind::Quantity(old), UnitKind::Quantity(new)) = (&before.kind, &now.kind)
            && old != new
        {
            self.told.push(Difference::BoundsChanged { code: code(), number, old: *old, new: *new });
        }
        if before.topic != now.topic {
            let (old, new) = (before.topic.clone(), now.topic.clone());
            self.told.push(Difference::TopicChanged { code: code(), number, old, new });
        }
        if before.way_out != now.way_out {
            let (old, new) = (before.way_out, now.way_out);
            self.told.push(Difference::WayOutChanged { code: code(), number, old, new });
        }
        let (old, new) = (conditions(&before.rules), conditions(&now.rules));
        if old != new {
            self.told.push(Difference::ConditionChanged { code: code(), number, old, new });
        }
        if let (Some(old), Some(new)) = (before.choices(), now.choices()) {
            self.choices(now, old, new);
        }
    }

    fn text(&mut self, before: &Unit, now: &Unit) {
        // The words beside a choice bear its label: a new label is told of the choice.
        if let (UnitKind::WriteIn { choice: old, .. }, UnitKind::WriteIn { choice: new, .. }) =
            (&before.kind, &now.kind)
            && old == new
        {
            return;
        }
        let text = |form: &Form, unit: &Unit| self.label(form, &form.label_key(unit));
        let (old, new) = (text(self.old, before), text(self.new, now));
        if old == new {
            return;
        }
        let other = |unit: &&Unit| unit.code != now.code && same_words(&text(self.old, unit), &new);
        let formerly = if same_words(&old, &new) { None } else { self.old.units.iter().find(other) };
        let formerly = formerly.map(|unit| unit.code.clone());
        let (code, number) = (now.code.clone(), now.number);
        self.told.push(Difference::Reworded { code, number, old, new, formerly });
    }

    fn choices(&mut self, unit: &Unit, old: &Choices, new: &Choices) {
        let found = self.choices_between(unit, old, new);
        if old.scale != new.scale && !found.is_empty() {
            let (code, number, old, new) = (unit.code.clone(), unit.number, old.scale.clone(), new.scale.clone());
            self.told.push(Difference::ScaleChanged { code, number, old, new });
        }
        if self.first(format!("{} {}", old.wording, new.wording)) {
            self.told.extend(found);
        }
    }

    /// In the order of the new choices; what is gone comes last.
    fn choices_between(&self, unit: &Unit, before: &Choices, now: &Choices) -> Vec<Difference> {
        let (code, number, scale) = (|| unit.code.clone(), unit.number, || now.scale.clone());
        let mut found = Vec::new();
        for choice in now.codes.iter().copied() {
            let new = self.label(self.new, &now.key(choice));
            if !before.codes.contains(&choice) {
                found.push(Difference::ChoiceAdded { code: code(), number, scale: scale(), choice, label: new });
                continue;
            }
            let old = self.label(self.old, &before.key(choice));
            if old != new {
                found.push(Difference::ChoiceReworded { code: code(), number, scale: scale(), choice, old, new });
            }
        }
        let still = before.codes.iter().filter(|choice| now.codes.contains(choice));
        if !still.eq(now.codes.iter().filter(|choice| before.codes.contains(choice))) {
            let (old, new) = (before.codes.clone(), now.codes.clone());
            found.push(Difference::ChoicesReordered { code: code(), number, scale: scale(), old, new });
        }
        for choice in before.codes.iter().copied().filter(|choice| !now.codes.contains(choice)) {
            let label = self.label(self.old, &before.key(choice));
            found.push(Difference::ChoiceRemoved { code: code(), number, scale: scale(), choice, label });
        }
        found
    }
}

/// How it is answered: the words beside a choice are a text, whatever the question.
fn kind(form: &Form, unit: &Unit) -> Option<Kind> {
    match unit.kind {
        UnitKind::WriteIn { .. } => Some(Kind::Text),
        _ => form.question_of(unit).map(|question| question.kind),
    }
}

fn length(unit: &Unit) -> Option<usize> {
    match unit.kind {
        UnitKind::Text { max_chars } | UnitKind::WriteIn { max_chars, .. } => Some(max_chars),
        _ => None,
    }
}
