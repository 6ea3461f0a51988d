use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::xlsform::expression::{Expression, Term, Test};
use crate::xlsform::tokens::Operator;

fn term() -> impl Strategy<Value = Term> {
    prop_oneof![
        "[a-z][a-z0-9_-]{0,5}".prop_map(Term::Reference),
        Just(Term::This),
        (-1_000_000_i64..1_000_000, 0..6_u32)
            .prop_map(|(number, scale)| Term::Number(Decimal::new(number, scale).normalize())),
        "[^']{0,8}".prop_map(Term::Text),
        (0..40_000).prop_map(|day| Term::Day(NaiveDate::from_num_days_from_ce_opt(day + 700_000).unwrap())),
    ]
}

fn test() -> impl Strategy<Value = Expression> {
    let operators =
        [Operator::Equal, Operator::NotEqual, Operator::Less, Operator::AtMost, Operator::Greater, Operator::AtLeast];
    let compare = (term(), prop::sample::select(operators.to_vec()), term())
        .prop_map(|(one, sign, other)| Test::Compare(one, sign, other));
    let selected = (term(), "[^\"]{0,8}").prop_map(|(of, choice)| Test::Selected(of, choice));
    prop_oneof![compare, selected, any::<bool>().prop_map(Test::Constant)].prop_map(Expression::of)
}

fn expression() -> impl Strategy<Value = Expression> {
    test().prop_recursive(4, 24, 3, |inner| {
        let several = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            several.clone().prop_map(Expression::All),
            several.prop_map(Expression::Any),
            inner.prop_map(|inner| Expression::Not(Box::new(inner))),
        ]
    })
}

/// The same with every position forgotten.
fn anywhere(expression: Expression) -> Expression {
    let each = |parts: Vec<Expression>| parts.into_iter().map(anywhere).collect();
    match expression {
        Expression::All(parts) => Expression::All(each(parts)),
        Expression::Any(parts) => Expression::Any(each(parts)),
        Expression::Not(inner) => Expression::Not(Box::new(anywhere(*inner))),
        Expression::Test { test, .. } => Expression::of(test),
    }
}

proptest! {
    #[test]
    fn whatever_is_written_is_read_or_refused(text in any::<String>()) {
        let _ = Expression::parse(&text);
    }

    #[test]
    fn whatever_is_made_of_its_words_is_read_or_refused(words in prop::collection::vec(prop::sample::select(vec![
        "${q}", ".", "and", "or", "not(", "selected(", ",", ")", "(", "'x'", "=", "<=", "1.5", "-2", "date('2026-01-01')", "true()",
    ]), 0..40)) {
        let _ = Expression::parse(&words.join(" "));
    }

    #[test]
    fn what_is_printed_is_read_as_the_same(expression in expression()) {
        prop_assert_eq!(Expression::parse(&expression.to_string()).map(anywhere), Ok(expression));
    }
}

#[test]
fn and_binds_more_than_or() {
    let read = Expression::parse("${a} = 1 or ${b} = 2 and not(${c} = 3)").unwrap();
    assert!(matches!(&read, Expression::Any(parts) if matches!(parts[1], Expression::All(_))), "{read:?}");
}

#[test]
fn nesting_is_bounded() {
    for open in ["(", "not("] {
        let refused = Expression::parse(&open.repeat(100_000)).unwrap_err();
        assert_eq!(refused.why, "it is nested too deeply");
    }
}
