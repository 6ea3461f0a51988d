//! What a row of the survey says that a form of ours does not keep.

use super::desk::Desk;
use super::refusal::Reason;
use super::survey::{Asked, AskedKind};
use super::workbook::Row;

/// Columns that change what is asked or stored: leaving them out would make another question of it.
const REFUSED: [(&str, &str); 3] = [
    ("calculation", "no calculated value is stored"),
    ("trigger", "no calculated value is stored"),
    ("repeat_count", "nothing is repeated"),
];

const LEFT: [(&str, &str); 6] = [
    ("default", "nothing is marked before a person marks it"),
    ("constraint_message", "what is out of bounds is said in one sentence for all questions"),
    ("required_message", "a missing answer is warned about once, in one sentence for all questions"),
    ("guidance_hint", "only hints are shown"),
    ("parameters", "questions have no parameters"),
    ("media", "questions are texts"),
];

impl Desk<'_> {
    pub(crate) fn note_what_is_left(&mut self, asked: &Asked) {
        let row = asked.row;
        let filled = |desk: &Self, column: &str| !desk.survey.cell(row, column).is_empty();
        for (column, why) in REFUSED {
            if filled(self, column) {
                self.refuse(row, column, Reason::Unsupported { why });
            }
        }
        if filled(self, "choice_filter") && self.survey.cell(row, "choice_filter") != "true()" {
            let why = "choices never depend on answers: ask a question for each case";
            self.refuse(row, "choice_filter", Reason::Unsupported { why });
        }
        if self.is_yes(row, "read_only") || self.is_yes(row, "readonly") {
            let why = "a question that nobody can answer is a note";
            self.refuse(row, "read_only", Reason::Unsupported { why });
        }
        let measured = matches!(asked.kind, AskedKind::Integer | AskedKind::Decimal | AskedKind::Date);
        if filled(self, "constraint") && !measured {
            let why = "only numbers and days have bounds";
            self.refuse(row, "constraint", Reason::Unsupported { why });
        }
        if self.is_yes(row, "required") {
            self.leave(row, "required", "no answer is forced: a missing one is warned about once");
        }
        let headers: Vec<String> = self.survey.header.iter().map(|(header, _)| header.clone()).collect();
        for header in headers {
            let column = header.split("::").next().unwrap_or_default().trim().to_lowercase();
            if let Some((_, what)) = LEFT.iter().find(|(left, _)| *left == column).filter(|_| filled(self, &header)) {
                self.leave(row, &header, what);
            }
        }
    }

    pub(super) fn leave(&mut self, row: &Row, column: &str, what: &'static str) {
        let value = self.survey.cell(row, column);
        self.notes.push(self.survey.refusal(row.number, column, value, Reason::LeftBehind { what }));
    }
}
