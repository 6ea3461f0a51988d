//! The shapes the macros in `templates/parts/` draw: questions, fields, error lines, tables' pages, progress.

use std::borrow::Cow;
use std::fmt::Display;

use chrono::TimeDelta;

use super::text::Texts;

/// One line of the error summary and the input it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The `id` of a [`Choices`] or a [`Field`]; empty when the problem belongs to the whole page.
    pub target: String,
    /// The same sentence as beside the input.
    pub message: String,
}

impl Problem {
    pub fn new(target: impl Into<String>, message: impl Into<String>) -> Self {
        Self { target: target.into(), message: message.into() }
    }
}

/// A question answered by choosing: one radio per option, or check boxes when `many`.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Unique on the page; the first input carries it, so that an error can lead there.
    pub id: String,
    pub name: String,
    pub legend: String,
    pub hint: Option<String>,
    pub error: Option<String>,
    pub many: bool,
    /// The options are steps of one scale: from a tablet's width on they stand in one row.
    pub scale: bool,
    pub options: Vec<Choice>,
    /// "Chưa từng dùng" or "Không biết": drawn apart from the options, sent under the same name.
    pub way_out: Option<Choice>,
    /// The text that belongs to "Khác"; shown under the options, needs no script.
    pub write_in: Option<Field>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>, chosen: bool) -> Self {
        Self { value: value.into(), label: label.into(), chosen }
    }
}

/// A line or a box of text.
#[derive(Clone, Debug, Default)]
pub struct Field {
    pub id: String,
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub value: String,
    pub error: Option<String>,
}

/// A number or a date to write, with a way out beside it.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    pub field: Field,
    /// Which keyboard a phone shows: `numeric`, `decimal` or the usual one.
    pub keyboard: &'static str,
    pub way_out: Option<Choice>,
}

/// How far a long job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    /// 0 while the job has not counted its work.
    pub total: u64,
    /// From the pace of the last minute; none while unknown.
    pub left: Option<TimeDelta>,
}

impl Progress {
    /// Whole per cent, 100 only when all is done.
    pub fn percent(self) -> u64 {
        (self.done.min(self.total) * 100).checked_div(self.total).unwrap_or(0)
    }

    pub fn counts(self, texts: Texts) -> Cow<'static, str> {
        match self.total {
            0 => texts.get("wait-queued"),
            total => texts.with("wait-counts", [("done", self.done), ("total", total)]),
        }
    }

    pub fn time_left(self, texts: Texts) -> Option<Cow<'static, str>> {
        self.left.map(|left| texts.with("wait-left", [("duration", texts.duration(left))]))
    }
}

/// Which page of a long table is shown, and where the others are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// 1-based.
    pub current: u32,
    pub last: u32,
    /// The address of the table up to and including `trang=`.
    pub address: String,
}

impl Pagination {
    /// The address of a page.
    pub fn page(&self, number: impl Display) -> String {
        format!("{}{number}", self.address)
    }

    /// First, last and the neighbours of the current page; 0 stands for a gap.
    pub fn numbers(&self) -> Vec<u32> {
        let mut numbers = Vec::new();
        for number in 1..=self.last {
            if number == 1 || number == self.last || number.abs_diff(self.current) <= 1 {
                numbers.push(number);
            } else if numbers.last() != Some(&0) {
                numbers.push(0);
            }
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::Language;

    #[test]
    fn progress_says_counts_and_time_left_and_never_100_per_cent_too_early() {
        let texts = Texts::new(Language::Vietnamese);
        let job = Progress { done: 12_400, total: 36_525, left: Some(TimeDelta::seconds(355)) };
        assert_eq!(job.counts(texts), "12.400 trên 36.525");
        assert_eq!(job.time_left(texts).unwrap(), "Còn khoảng 6 phút.");
        assert_eq!(Progress { done: 36_524, ..job }.percent(), 99);
        assert_eq!(Progress { done: 0, total: 0, left: None }.percent(), 0);
    }

    #[test]
    fn pages_far_from_the_current_one_fold_into_a_gap() {
        let pages = Pagination { current: 6, last: 12, address: "/qt/phieu?trang=".into() };
        assert_eq!(pages.numbers(), [1, 0, 5, 6, 7, 0, 12]);
        assert_eq!(pages.page(7), "/qt/phieu?trang=7");
    }
}
