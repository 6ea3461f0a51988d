use chrono::{NaiveDate, Utc};

use super::super::content::{Content, Fieldwork, Indicator, Level, Method, Place, Question, Survey, Words};
use super::*;

fn figure(place: &str, code: &str, rule: &str, answer: i16, value: Option<f64>) -> Figure {
    Figure {
        place: place.to_owned(),
        code: code.to_owned(),
        rule: rule.to_owned(),
        answer,
        n: value.map(|_| 100),
        value,
        se: None,
        low: None,
        high: None,
        flags: if value.is_some() { String::new() } else { "c".to_owned() },
        standing: None,
    }
}

/// Two provinces, an index of two items, a question with three answers.
fn content(figures: Vec<Figure>) -> Content {
    let words = |text: &str| Words { vi: text.to_owned(), en: text.to_owned() };
    let place = |code: &str, kind| Place { code: code.to_owned(), kind, name: words(code), slug: code.to_owned() };
    let indicator = |code: &str, level, part_of: Option<&str>| Indicator {
        code: code.to_owned(),
        level,
        part_of: part_of.map(str::to_owned),
        name: words(code),
    };
    Content {
        format: 1,
        survey: Survey {
            slug: "thu".to_owned(),
            name: words("Thử"),
            year: 2026,
            opened_on: NaiveDate::default(),
            closed_on: NaiveDate::default(),
            synthetic: true,
        },
        method: Method {
            name: "sipas-2026".to_owned(),
            recipe: String::new(),
            engine: String::new(),
            run: String::new(),
            computed_at: chrono::DateTime::<Utc>::default(),
            inputs: BTreeMap::new(),
            figures_digest: String::new(),
        },
        sample: Vec::new(),
        fieldwork: Fieldwork {
            responses: 0,
            invited: 0,
            response_rate_1: None,
            response_rate_3: None,
            modes: Vec::new(),
        },
        places: vec![
            place("VN", PlaceKind::Country),
            place("01", PlaceKind::Province),
            place("04", PlaceKind::Province),
            place("08", PlaceKind::Province),
        ],
        indicators: vec![
            indicator("overall", Level::Overall, None),
            indicator("a", Level::Item, Some("overall")),
            indicator("b", Level::Item, Some("overall")),
        ],
        questions: vec![Question {
            code: "q".to_owned(),
            number: None,
            name: words("q"),
            several: false,
            answers: vec![(1, words("1")), (2, words("2")), (3, words("3"))],
        }],
        figures,
    }
}

fn recovered(figures: Vec<Figure>) -> Vec<String> {
    attack(&content(figures)).into_iter().map(|it| format!("{} {} {}", it.place, it.code, it.answer)).collect()
}

#[test]
fn what_is_hidden_alone_in_its_line_is_recovered_and_what_is_hidden_in_pairs_is_not() {
    let shares = |hidden: &[i16]| {
        (1..=3)
            .map(|answer| figure("01", "q", SHARES, answer, Some(30.0).filter(|_| !hidden.contains(&answer))))
            .collect::<Vec<_>>()
    };
    assert_eq!(recovered(shares(&[])), Vec::<String>::new());
    assert_eq!(recovered(shares(&[2])), ["01 q 2"]);
    assert_eq!(recovered(shares(&[2, 3])), Vec::<String>::new());
    let people = |hidden: &[&str]| {
        ["VN", "01", "04", "08"]
            .map(|place| figure(place, "a", "M", 0, Some(80.0).filter(|_| !hidden.contains(&place))))
            .to_vec()
    };
    assert_eq!(recovered(people(&["04"])), ["04 a 0"]);
    assert_eq!(recovered(people(&["04", "08"])), Vec::<String>::new());
}

#[test]
fn what_is_recovered_helps_to_recover_more() {
    // Of 01 the index follows from nothing, until the sum of provinces gives one of its parts away.
    let mut figures = Vec::new();
    for place in ["VN", "01", "04", "08"] {
        for code in ["overall", "a", "b"] {
            let hidden = place == "01" && code != "b" || (place == "04" && code == "overall");
            figures.push(figure(place, code, "M", 0, Some(80.0).filter(|_| !hidden)));
        }
    }
    assert_eq!(recovered(figures), ["01 a 0", "01 overall 0", "04 overall 0"]);
}
