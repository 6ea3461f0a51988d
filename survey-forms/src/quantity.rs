//! Numbers and days: how people type them, how the data hold them, and between which bounds they are taken.

use std::fmt;

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;

/// A number or a day. Numbers are exact: 0.1 stays 0.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    Number(Decimal),
    Day(NaiveDate),
}

/// What a unit takes, both bounds included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub measure: Measure,
    pub least: Option<Quantity>,
    pub most: Option<Quantity>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// With at most so many decimals.
    Number {
        decimals: u32,
    },
    Day,
}

/// More digits than any count or sum of money of a survey has.
const MOST_DIGITS: usize = 18;

impl Quantity {
    /// `12.5` or `2026-11-05`: what the data and the definitions hold.
    pub fn from_data(text: &str) -> Option<Self> {
        if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Some(Self::Day(day));
        }
        Decimal::from_str_exact(text).ok().map(|number| Self::Number(number.normalize()))
    }

    /// As a person of this language writes it, and as [`Measure::read`] reads it again: `12,5` in Vietnamese, `05/11/2026`.
    pub fn written(&self, language: &str) -> String {
        match self {
            Self::Number(number) if language == "en" => number.to_string(),
            Self::Number(number) => number.to_string().replace('.', ","),
            Self::Day(day) => format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()),
        }
    }

    /// Its neighbours, as far apart as the measure tells values apart.
    pub(crate) fn beside(self, measure: Measure) -> Vec<Self> {
        match (self, measure) {
            (Self::Number(number), Measure::Number { decimals }) => {
                let step = Decimal::new(1, decimals.min(MOST_DECIMALS));
                vec![Self::Number((number - step).normalize()), Self::Number((number + step).normalize())]
            }
            (Self::Day(day), _) => [day.pred_opt(), day.succ_opt()].into_iter().flatten().map(Self::Day).collect(),
            (Self::Number(_), Measure::Day) => Vec::new(),
        }
    }
}

pub(crate) const MOST_DECIMALS: u32 = 6;

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Day(day) => day.fmt(f),
        }
    }
}

impl Measure {
    /// What a person typed: `1.200`, `1 200` or `1200`, `12,5` or `12.5`, `5/11/2026`, `05-11-2026`, `2026-11-05`.
    pub fn read(self, typed: &str) -> Option<Quantity> {
        match self {
            Self::Number { decimals } => number(typed, decimals).map(Quantity::Number),
            Self::Day => read_day(typed).map(Quantity::Day),
        }
    }

    fn fits(self, quantity: Quantity) -> bool {
        match (self, quantity) {
            (Self::Number { decimals }, Quantity::Number(number)) => number.normalize().scale() <= decimals,
            (Self::Day, Quantity::Day(_)) => true,
            _ => false,
        }
    }
}

impl Bounds {
    pub fn hold(&self, quantity: Quantity) -> bool {
        self.measure.fits(quantity)
            && self.least.is_none_or(|least| least <= quantity)
            && self.most.is_none_or(|most| quantity <= most)
    }

    /// A value that fits; none when the bounds leave no room.
    pub(crate) fn some_value(&self) -> Option<Quantity> {
        let usual = match self.measure {
            Measure::Number { .. } => Quantity::Number(Decimal::ZERO),
            Measure::Day => Quantity::Day(NaiveDate::default()),
        };
        [self.least, self.most, Some(usual)].into_iter().flatten().find(|value| self.hold(*value))
    }
}

fn number(typed: &str, decimals: u32) -> Option<Decimal> {
    let typed: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    let (sign, digits) = typed.strip_prefix(['-', '−']).map_or(("", typed.as_str()), |digits| ("-", digits));
    let plain = if is_grouped(digits) && (decimals < 3 || digits.matches(['.', ',']).count() > 1) {
        digits.replace(['.', ','], "")
    } else {
        digits.replacen(',', ".", 1)
    };
    let counted = plain.chars().filter(char::is_ascii_digit).count();
    let shape = plain.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    if !shape || counted == 0 || counted > MOST_DIGITS || plain.starts_with('.') || plain.ends_with('.') {
        return None;
    }
    let number = Decimal::from_str_exact(&format!("{sign}{plain}")).ok()?.normalize();
    (number.scale() <= decimals).then_some(number)
}

/// `1.200.000`: one to three digits, no 0 first, then groups of three with the same mark.
fn is_grouped(digits: &str) -> bool {
    let Some(mark) = digits.chars().find(|letter| ".,".contains(*letter)) else {
        return false;
    };
    let mut groups = digits.split(mark);
    let is_digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().is_some_and(|group| group.len() <= 3 && is_digits(group) && !group.starts_with('0'));
    first && groups.all(|group| group.len() == 3 && is_digits(group))
}

/// A day as people type it: `5/11/2026`, `05-11-2026`, `2026-11-05`. The day stands first, as everywhere in Viet Nam; four digits first
/// are a year.
pub fn read_day(typed: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = typed.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let &[first, month, last] = parts.as_slice() else {
        return None;
    };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    if year.len() != 4 || [day, month, year].iter().any(|part| !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}
