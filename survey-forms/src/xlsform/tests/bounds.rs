use super::{form, refused};
use crate::UnitKind;

fn bounds(kind: &str, constraint: &str) -> String {
    match form(&[&[kind, "q", "Bao nhiêu?", "", "", constraint]]).unit("q").unwrap().kind() {
        UnitKind::Quantity(bounds) => {
            let edge = |edge: Option<crate::Quantity>| edge.map_or("…".to_owned(), |edge| edge.to_string());
            format!("{} to {}", edge(bounds.least), edge(bounds.most))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_constraint_gives_the_bounds() {
    assert_eq!(bounds("integer", ". >= 0 and . <= 120"), "0 to 120");
    assert_eq!(bounds("integer", ". > 0 and 120 > ."), "1 to 119");
    assert_eq!(bounds("decimal", ". >= -2.5"), "-2.5 to …");
    assert_eq!(bounds("date", ". > date('2025-12-31')"), "2026-01-01 to …");
}

#[test]
fn any_other_constraint_is_refused() {
    let all = [
        ("integer", ". >= 0 or . = -1"),
        ("integer", ". != 3"),
        ("integer", ". > 1 and . > 2"),
        ("decimal", ". > 0.5"),
        ("date", ". <= today()"),
        ("integer", "regex(., '[0-9]')"),
        ("text", ". != 'x'"),
    ];
    let one = |(kind, constraint)| refused(&[&[kind, "q", "Bao nhiêu?", "", "", constraint]]);
    insta::assert_snapshot!(all.map(one).join("\n"));
}
