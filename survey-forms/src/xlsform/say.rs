//! Texts, conditions and bounds of ours in the words of `XLSForm`.

use super::expression::{Expression, Term, Test};
use super::rows::cell;
use super::texts::{Piece, pieces};
use super::tokens::Operator;
use crate::piping::fill;
use crate::quantity::{Bounds, Quantity};
use crate::rule::{Condition, Rule, Sign};

/// A text of ours as `XLSForm` writes it; none when its letters would be read as an answer told.
pub(super) fn written(text: &str) -> Option<String> {
    let mut told = Vec::new();
    let text = fill(text, |code| {
        told.push(code);
        format!("${{{code}}}")
    });
    let is_hole = |piece| if let Piece::Hole(code) = piece { Some(code) } else { None };
    let read_again = pieces(&text).into_iter().filter_map(is_hole);
    read_again.eq(told.iter().map(|code| (*code).to_owned())).then(|| text.into_owned())
}

pub(super) fn relevant(rules: &[Rule]) -> (String, String) {
    let expressions: Vec<_> = rules.iter().map(|rule| expression(&rule.condition)).collect();
    let text = match expressions.as_slice() {
        [] => String::new(),
        [one] => one.to_string(),
        _ => Expression::All(expressions).to_string(),
    };
    cell("relevant", text)
}

fn expression(condition: &Condition) -> Expression {
    let compare =
        |unit: &String, operator, to| Expression::of(Test::Compare(Term::Reference(unit.clone()), operator, to));
    let several = |mut parts: Vec<Expression>, join: fn(Vec<Expression>) -> Expression, none| match parts.len() {
        0 => Expression::of(Test::Constant(none)),
        1 => parts.remove(0),
        _ => join(parts),
    };
    match condition {
        Condition::All(parts) => several(parts.iter().map(expression).collect(), Expression::All, true),
        Condition::Any(parts) => several(parts.iter().map(expression).collect(), Expression::Any, false),
        Condition::Not(inner) => Expression::Not(Box::new(expression(inner))),
        Condition::OneOf { unit, choices } => {
            let one = |choice: &u16| compare(unit, Operator::Equal, Term::Text(choice.to_string()));
            several(choices.iter().map(one).collect(), Expression::Any, false)
        }
        Condition::Chosen { unit, choice } => {
            Expression::of(Test::Selected(Term::Reference(unit.clone()), choice.to_string()))
        }
        Condition::Compares { unit, sign, to } => {
            let operator = match sign {
                Sign::Equal => Operator::Equal,
                Sign::AtLeast => Operator::AtLeast,
                Sign::AtMost => Operator::AtMost,
                Sign::Above => Operator::Greater,
                Sign::Below => Operator::Less,
            };
            compare(unit, operator, term(*to))
        }
        Condition::Answered { unit } => compare(unit, Operator::NotEqual, Term::Text(String::new())),
    }
}

fn term(quantity: Quantity) -> Term {
    match quantity {
        Quantity::Number(number) => Term::Number(number),
        Quantity::Day(day) => Term::Day(day),
    }
}

pub(super) fn constraint(bounds: Bounds) -> String {
    let edge = |edge: Option<Quantity>, operator| {
        edge.map(|edge| Expression::of(Test::Compare(Term::This, operator, term(edge))))
    };
    let edges = [edge(bounds.least, Operator::AtLeast), edge(bounds.most, Operator::AtMost)];
    let edges: Vec<_> = edges.into_iter().flatten().collect();
    Expression::All(edges).to_string()
}
