//! Numbers of a spreadsheet as the text a person would have typed.

use std::fmt::Write as _;

use super::{Cell, CellKind};

/// A spreadsheet keeps fifteen digits and makes the others zero.
const MOST_DIGITS: usize = 15;

/// `value` as it stands in the workbook: `1`, `9.12345678E8`, `45292`.
pub(super) fn fill(cell: &mut Cell, value: &str, date: bool) {
    cell.kind = CellKind::Number;
    if value.len() <= MOST_DIGITS && value.bytes().all(|digit| digit.is_ascii_digit()) && !date {
        cell.text.push_str(value);
        return;
    }
    let Ok(number) = value.parse::<f64>() else {
        cell.text.push_str(value);
        cell.kind = CellKind::InexactNumber;
        return;
    };
    if date {
        cell.kind = CellKind::Date;
        match day(number) {
            Some(day) => write!(cell.text, "{}", day.format("%d/%m/%Y")).unwrap_or_default(),
            None => cell.text.push_str(value),
        }
        return;
    }
    // Whole numbers below 2^53 print without a point.
    write!(cell.text, "{number}").unwrap_or_default();
    if number.fract() != 0.0 || cell.text.len() > MOST_DIGITS {
        cell.kind = CellKind::InexactNumber;
    }
}

/// Days are counted from 30 December 1899 (the day 60, 29 February 1900, never was).
#[expect(clippy::cast_possible_truncation, reason = "what does not fit is no day")]
fn day(number: f64) -> Option<chrono::NaiveDate> {
    let start = chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?;
    start.checked_add_signed(chrono::TimeDelta::try_days(number.floor() as i64)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_the_digits_that_were_typed_or_say_that_they_cannot() {
        for (value, date, text, kind) in [
            ("1", false, "1", CellKind::Number),
            ("9.12345678E8", false, "912345678", CellKind::Number),
            ("1001.0", false, "1001", CellKind::Number),
            ("1.5", false, "1.5", CellKind::InexactNumber),
            ("1.2345678901234568E+17", false, "123456789012345680", CellKind::InexactNumber),
            ("46327", true, "01/11/2026", CellKind::Date),
            ("46327.5", true, "01/11/2026", CellKind::Date),
            ("1e300", true, "1e300", CellKind::Date),
            ("x", false, "x", CellKind::InexactNumber),
        ] {
            let mut cell = Cell::default();
            fill(&mut cell, value, date);
            assert_eq!((cell.text.as_str(), cell.kind), (text, kind), "{value}");
        }
    }
}
