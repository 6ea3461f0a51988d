//! Expressions → conditions and bounds, by what is known of the questions they name.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::expression::{Expression, Term, Test};
use super::tokens::{Misread, Operator};
use crate::answer::ChoiceCode;
use crate::quantity::{Bounds, Measure, Quantity};
use crate::rule::{Condition, Sign};

/// Every question by its name in the workbook.
pub(crate) type Names = BTreeMap<String, Known>;

#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) code: String,
    pub(crate) answer: Answered,
}

/// What its answers are compared with.
#[derive(Clone, Debug)]
pub(crate) enum Answered {
    /// The names of the choices and their codes.
    One(Vec<(String, ChoiceCode)>),
    Many(Vec<(String, ChoiceCode)>),
    Quantity(Measure),
    Text,
    Nothing,
}

/// # Errors
/// The first part that no condition of ours says.
pub(crate) fn condition(expression: &Expression, names: &Names) -> Result<Condition, Misread> {
    let each = |parts: &[Expression]| parts.iter().map(|part| condition(part, names)).collect::<Result<Vec<_>, _>>();
    match expression {
        Expression::All(parts) => each(parts).map(Condition::All),
        Expression::Any(parts) => each(parts).map(any),
        Expression::Not(inner) => condition(inner, names).map(not),
        Expression::Test { position, test } => about(test, names).map_err(|why| Misread { position: *position, why }),
    }
}

fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

/// Choices of one and the same question are one condition.
fn any(parts: Vec<Condition>) -> Condition {
    let mut merged: Option<(String, BTreeSet<ChoiceCode>)> = None;
    for part in &parts {
        match (part, &mut merged) {
            (Condition::OneOf { unit, choices }, None) => merged = Some((unit.clone(), choices.clone())),
            (Condition::OneOf { unit, choices }, Some((one, all))) if unit == one => all.extend(choices),
            _ => {
                merged = None;
                break;
            }
        }
    }
    match merged {
        Some((unit, choices)) => Condition::OneOf { unit, choices },
        None => Condition::Any(parts),
    }
}

fn about(test: &Test, names: &Names) -> Result<Condition, String> {
    match test {
        Test::Constant(true) => Ok(Condition::All(Vec::new())),
        Test::Constant(false) => Ok(Condition::Any(Vec::new())),
        Test::Selected(Term::Reference(name), choice) => {
            let known = find(name, names)?;
            let unit = known.code.clone();
            match &known.answer {
                Answered::One(choices) => {
                    Ok(Condition::OneOf { unit, choices: BTreeSet::from([choice_of(choices, choice)?]) })
                }
                Answered::Many(choices) => Ok(Condition::Chosen { unit, choice: choice_of(choices, choice)? }),
                _ => Err(format!("`{name}` has no choices")),
            }
        }
        Test::Compare(Term::Reference(name), operator, to) => compare(find(name, names)?, *operator, to),
        Test::Compare(to, operator, Term::Reference(name)) => compare(find(name, names)?, operator.turned(), to),
        _ => Err("a question `${…}` is wanted on one side".to_owned()),
    }
}

fn find<'n>(name: &str, names: &'n Names) -> Result<&'n Known, String> {
    names.get(name).ok_or_else(|| format!("there is no question `{name}`"))
}

fn choice_of(choices: &[(String, ChoiceCode)], wanted: &str) -> Result<ChoiceCode, String> {
    let found = choices.iter().find(|(name, _)| name == wanted);
    found.map(|(_, code)| *code).ok_or_else(|| format!("there is no choice `{wanted}`"))
}

fn compare(known: &Known, operator: Operator, to: &Term) -> Result<Condition, String> {
    let unit = known.code.clone();
    if *to == Term::Text(String::new()) {
        return match operator {
            Operator::Equal => Ok(not(Condition::Answered { unit })),
            Operator::NotEqual => Ok(Condition::Answered { unit }),
            _ => Err("an empty text is only equal or not".to_owned()),
        };
    }
    match &known.answer {
        Answered::One(choices) => one_of(unit, choices, operator, to),
        Answered::Many(_) => Err(format!("`{unit}` has several answers: ask with `selected`")),
        Answered::Quantity(measure) => {
            let to = quantity(*measure, to)?;
            Ok(match sign(operator) {
                Some(sign) => Condition::Compares { unit, sign, to },
                None => not(Condition::Compares { unit, sign: Sign::Equal, to }),
            })
        }
        Answered::Text => Err(format!("`{unit}` is a text: only whether it is empty can be asked")),
        Answered::Nothing => Err(format!("`{unit}` is never answered")),
    }
}

/// None for "is not".
fn sign(operator: Operator) -> Option<Sign> {
    match operator {
        Operator::Equal => Some(Sign::Equal),
        Operator::NotEqual => None,
        Operator::Less => Some(Sign::Below),
        Operator::AtMost => Some(Sign::AtMost),
        Operator::Greater => Some(Sign::Above),
        Operator::AtLeast => Some(Sign::AtLeast),
    }
}

fn one_of(unit: String, choices: &[(String, ChoiceCode)], operator: Operator, to: &Term) -> Result<Condition, String> {
    let name = match to {
        Term::Text(name) => name.clone(),
        Term::Number(number) => number.to_string(),
        _ => return Err(format!("`{unit}` is compared with the name of a choice")),
    };
    let equal =
        |name| Ok(Condition::OneOf { unit: unit.clone(), choices: BTreeSet::from([choice_of(choices, name)?]) });
    match operator {
        Operator::Equal => return equal(&name),
        Operator::NotEqual => return equal(&name).map(not),
        _ => (),
    }
    let number = |name: &str| Decimal::from_str_exact(name).map_err(|_not| format!("`{name}` is no number"));
    let to = number(&name)?;
    let mut fitting = BTreeSet::new();
    for (name, code) in choices {
        let one = number(name)?;
        let fits = match operator {
            Operator::Less => one < to,
            Operator::AtMost => one <= to,
            Operator::Greater => one > to,
            _ => one >= to,
        };
        fitting.extend(fits.then_some(*code));
    }
    if fitting.is_empty() {
        return Err(format!("no choice of `{unit}` is so"));
    }
    Ok(Condition::OneOf { unit, choices: fitting })
}

fn quantity(measure: Measure, to: &Term) -> Result<Quantity, String> {
    match (measure, to) {
        (Measure::Number { .. }, Term::Number(number)) => exact(*number),
        (Measure::Number { .. }, Term::Text(text)) => {
            Decimal::from_str_exact(text).map_err(|_not| format!("`{text}` is no number")).and_then(exact)
        }
        (Measure::Number { .. }, _) => Err("a number is wanted".to_owned()),
        (Measure::Day, Term::Day(day)) => Ok(Quantity::Day(*day)),
        (Measure::Day, _) => Err("a day is wanted, as in date('2026-11-05')".to_owned()),
    }
}

/// More digits than that are not kept exactly on the way.
const MOST_DIGITS: i128 = 1_000_000_000_000_000;

fn exact(number: Decimal) -> Result<Quantity, String> {
    let number = number.normalize();
    if number.mantissa().abs() >= MOST_DIGITS || number.scale() > 6 {
        return Err(format!("`{number}` has too many digits"));
    }
    Ok(Quantity::Number(number))
}

/// What `constraint` says of a number or day: `. >= 0 and . <= 120`.
///
/// # Errors
/// The first part that is no bound.
pub(crate) fn bounds(expression: &Expression, measure: Measure) -> Result<Bounds, Misread> {
    let mut bounds = Bounds { measure, least: None, most: None };
    bind(expression, &mut bounds)?;
    Ok(bounds)
}

fn bind(expression: &Expression, bounds: &mut Bounds) -> Result<(), Misread> {
    match expression {
        Expression::All(parts) => parts.iter().try_for_each(|part| bind(part, bounds)),
        Expression::Test { position, test } => {
            let miss = |why: String| Misread { position: *position, why };
            let (operator, to) = match test {
                Test::Compare(Term::This, operator, to) => (*operator, to),
                Test::Compare(to, operator, Term::This) => (operator.turned(), to),
                _ => return Err(miss("a bound such as `. >= 0` is wanted".to_owned())),
            };
            let edge = quantity(bounds.measure, to).map_err(miss)?;
            let (side, edge) = match operator {
                Operator::AtLeast => (&mut bounds.least, Some(edge)),
                Operator::AtMost => (&mut bounds.most, Some(edge)),
                Operator::Greater => (&mut bounds.least, next(edge, bounds.measure, true)),
                Operator::Less => (&mut bounds.most, next(edge, bounds.measure, false)),
                _ => return Err(miss("only bounds (< <= > >=) are kept".to_owned())),
            };
            let edge = edge.ok_or_else(|| miss("give the bound itself with `>=` or `<=`".to_owned()))?;
            match side.replace(edge) {
                None => Ok(()),
                Some(_) => Err(miss("there is such a bound already".to_owned())),
            }
        }
        _ => Err(Misread { position: 1, why: "only bounds joined with `and` are kept".to_owned() }),
    }
}

/// The first value beyond an edge, where values are counted one by one.
fn next(edge: Quantity, measure: Measure, up: bool) -> Option<Quantity> {
    match (edge, measure) {
        (Quantity::Number(number), Measure::Number { decimals: 0 }) => {
            let beyond = if up { number.floor() + Decimal::ONE } else { number.ceil() - Decimal::ONE };
            Some(Quantity::Number(beyond))
        }
        (Quantity::Day(day), _) => {
            let beyond: Option<NaiveDate> = if up { day.succ_opt() } else { day.pred_opt() };
            beyond.map(Quantity::Day)
        }
        _ => None,
    }
}
