use analysis::index::{Indicator, IndicatorKind, SIPAS_2026_M, SIPAS_2026_T};
use survey_forms::{Form, Source, SourceFile};

use super::*;
use crate::results::questions;

/// Three questions on a scale, in two factors of two domains, and one on which several choices can be made.
fn form() -> (Vec<Question>, Tree) {
    let source = Source {
        code: "thu".to_owned(),
        definition: SourceFile::new("form.toml", DEFINITION),
        wordings: vec![("vi".to_owned(), SourceFile::new("vi.toml", WORDS))],
    };
    let form = Form::parse(&source).unwrap_or_else(|defects| panic!("{defects:?}"));
    let domain = |code: &str, factor, items: &[&str]| {
        Indicator::new(IndicatorKind::Domain, code, vec![Indicator::factor(factor, items.iter().copied())])
    };
    let parts = vec![domain("policy", "f1", &["q1", "q2"]), domain("service", "f2", &["q3"])];
    (questions::of(&form), Tree::new(Indicator::new(IndicatorKind::Overall, "overall", parts)).unwrap())
}

const DEFINITION: &str = r#"
method = "thu"
languages = ["vi"]
sections = ["s"]
[scales]
levels = [1, 2, 3, 4, 5]
[[pages]]
code = "mot"
section = "s"
show = ["q", "needs"]
[[questions]]
code = "q"
kind = "grid"
scale = "levels"
items = [{ code = "q1" }, { code = "q2" }, { code = "q3" }]
[[questions]]
code = "needs"
kind = "multiple"
choices = [1, 20]
"#;

const WORDS: &str = r#"
title = "Thử"
ways_out.skipped = "Bỏ qua"
sections.s = "Phần"
pages.mot = "Trang"
scales.levels = { 1 = "Một", 2 = "Hai", 3 = "Ba", 4 = "Bốn", 5 = "Năm" }
items = { q1 = "Câu 1", q2 = "Câu 2", q3 = "Câu 3" }
questions.q.stem = "Hài lòng ra sao?"
questions.needs = { stem = "Cần gì?", choices = { 1 = "Một", 20 = "Hai mươi" } }
"#;

/// One person, or a commune without any (weight 0).
#[derive(Clone)]
struct Person {
    psu: String,
    stratum: String,
    province: String,
    weight: f64,
    levels: Vec<Option<u8>>,
}

fn person(province: &str, stratum: &str, psu: &str, weight: f64, levels: [u8; 3]) -> Person {
    let levels = levels.map(|level| (level > 0).then_some(level)).to_vec();
    Person {
        psu: psu.to_owned(),
        stratum: format!("{province}-{stratum}"),
        province: province.to_owned(),
        weight,
        levels,
    }
}

fn answered(rows: &[Person], questions: &[Question]) -> Answered {
    let text = |of: fn(&Person) -> &String| rows.iter().map(|row| of(row).clone()).collect();
    let level = |place| rows.iter().map(|row| row.levels.get(place).copied().flatten()).collect();
    Answered {
        psu: text(|row| &row.psu),
        stratum: text(|row| &row.stratum),
        province: text(|row| &row.province),
        weight: rows.iter().map(|row| row.weight).collect(),
        levels: (0..wanted(questions).count()).map(level).collect(),
    }
}

fn computed(rows: &[Person]) -> Vec<Figure> {
    let (questions, tree) = form();
    let methods = [SIPAS_2026_M, SIPAS_2026_T];
    figures(answered(rows, &questions), &questions, Some(&tree), &methods, &Weighing::default()).unwrap().0
}

fn find<'a>(figures: &'a [Figure], place: &str, indicator: &str, rule: &str) -> &'a Figure {
    figures.iter().find(|it| it.place_code == place && it.indicator == indicator && it.rule == rule).unwrap()
}

/// Four communes of one stratum, ten people each, alike inside a commune up to one person.
fn province(code: &str) -> Vec<Person> {
    let communes = [("a", 1.0, 5, 4), ("b", 1.0, 4, 5), ("c", 3.0, 4, 3), ("d", 1.0, 4, 4)];
    communes
        .into_iter()
        .flat_map(|(psu, weight, level, last)| {
            (0..10).map(move |place| (psu, weight, if place == 9 { last } else { level }))
        })
        .map(|(psu, weight, level)| person(code, "urban", &format!("{code}{psu}"), weight, [level, level, level]))
        .collect()
}

#[test]
fn the_weighted_mean_and_its_error_are_those_worked_out_by_hand() {
    let figures = computed(&province("01"));
    // M: commune means 4.9, 4.1, 3.9 and 4.0 of 5; weights 10, 10, 30 and 10.
    let mean = (4.9 * 10.0 + 4.1 * 10.0 + 3.9 * 30.0 + 4.0 * 10.0) / 60.0 / 5.0;
    // z of a commune = Σ w (y − mean) / Σ w; V = 4/3 Σ z², because the z add up to 0.
    let z = [4.9_f64, 4.1, 3.9, 4.0]
        .into_iter()
        .zip([10.0, 10.0, 30.0, 10.0])
        .map(|(commune, weight)| weight * (commune / 5.0 - mean) / 60.0);
    let variance = 4.0 / 3.0 * z.map(|z| z * z).sum::<f64>();
    let se = variance.sqrt();
    // t with 3 degrees of freedom, on the logit scale.
    let logit = (mean / (1.0 - mean)).ln();
    let half = 3.182_446_305_283_71 * se / (mean * (1.0 - mean));
    let expit = |x: f64| 1.0 / (1.0 + (-x).exp());
    for indicator in ["overall", "policy", "f2", "q3"] {
        let figure = find(&figures, "01", indicator, "M");
        assert_eq!((figure.n, figure.df, figure.level.as_str()), (Some(40), Some(3.0), "province"));
        assert!((figure.estimate.unwrap() - mean).abs() < 1e-12, "{indicator}");
        assert!((figure.se.unwrap() - se).abs() < 1e-12, "{indicator}");
        assert!((figure.ci_low.unwrap() - expit(logit - half)).abs() < 1e-9, "{indicator}");
        assert!((figure.ci_high.unwrap() - expit(logit + half)).abs() < 1e-9, "{indicator}");
        assert_eq!(figure.flags, "u", "3 degrees of freedom are few");
    }
    // T: shares of 4 and 5: 1, 1, 0.9 and 1. Four communes say as little of it as seventeen people drawn at random.
    let satisfied = find(&figures, "01", "q3", "T");
    assert_eq!((satisfied.n, satisfied.estimate, satisfied.flags.as_str()), (Some(40), None, "u"));
    let more = computed(&["01", "04", "08"].map(province).concat());
    assert!((find(&more, "VN", "q3", "T").estimate.unwrap() - (10.0 + 10.0 + 27.0 + 10.0) / 60.0).abs() < 1e-12);
}

#[test]
fn ways_out_and_items_not_asked_are_no_answers() {
    let mut rows = province("01");
    rows.iter_mut().filter(|row| row.psu == "01a").for_each(|row| row.levels = vec![Some(97), Some(98), Some(99)]);
    rows.iter_mut().filter(|row| row.psu == "01b").take(5).for_each(|row| row.levels = vec![None, Some(5), None]);
    let figures = computed(&rows);
    assert_eq!(find(&figures, "01", "q1", "M").n, Some(25));
    assert_eq!(find(&figures, "01", "q2", "M").n, Some(30));
    assert_eq!(find(&figures, "01", "overall", "M").n, Some(30), "people with at least one answer");
}

#[test]
fn a_commune_without_answers_stays_in_the_design() {
    let mut rows = province("01");
    let before = find(&computed(&rows), "01", "q1", "M").clone();
    rows.push(person("01", "urban", "01e", 0.0, [0, 0, 0]));
    let after = find(&computed(&rows), "01", "q1", "M").clone();
    assert_eq!((after.estimate, after.n, after.df), (before.estimate, before.n, before.df));
    // 5/4 instead of 4/3 before the same sum of squares.
    assert!((after.se.unwrap() / before.se.unwrap() - (15.0_f64 / 16.0).sqrt()).abs() < 1e-12);
}

#[test]
fn lonely_communes_are_marked_and_never_stop_a_run() {
    let mut rows = [province("01"), province("04")].concat();
    // A stratum of one commune in a province with more, and a province with one commune.
    rows.extend((0..30).map(|place| person("04", "rural", "04z", 2.0, [1 + place % 5, 4, 4])));
    rows.extend((0..40).map(|place| person("08", "rural", "08a", 2.0, [1 + place % 5, 4, 4])));
    let figures = computed(&rows);
    let lonely = find(&figures, "08", "q1", "M");
    assert_eq!((lonely.n, lonely.estimate, lonely.flags.as_str()), (None, None, "c"), "one commune would be named");
    assert_eq!(find(&figures, "01", "q1", "M").flags, "c", "the country less the others would give it away");
    assert!(find(&figures, "04", "q2", "M").ci_low.is_some());
    assert!(find(&figures, "VN", "overall", "T").ci_low.is_some());
    let (questions, tree) = form();
    let alone: Vec<_> = rows.into_iter().filter(|row| row.province == "08").collect();
    let alone = answered(&alone, &questions);
    let refused = super::figures(alone, &questions, Some(&tree), &[SIPAS_2026_M], &Weighing::default()).unwrap_err();
    assert_eq!((refused.kind, refused.code), (crate::error::Kind::Invalid, "results-one-commune"));
}

#[test]
fn an_item_nobody_answered_leaves_its_parents_without_a_value_and_says_so() {
    let mut rows = province("01");
    for row in &mut rows {
        row.levels[2] = Some(99);
    }
    let figures = computed(&rows);
    let (item, overall, policy) =
        (find(&figures, "01", "q3", "M"), find(&figures, "01", "overall", "M"), find(&figures, "01", "policy", "M"));
    assert_eq!((item.n, item.estimate, item.flags.as_str()), (Some(0), None, "m"));
    assert_eq!((overall.estimate, overall.flags.as_str()), (None, "m"));
    assert!(policy.estimate.is_some());
}

fn share<'a>(figures: &'a [Figure], place: &str, question: &str, answer: i16) -> &'a Figure {
    figures.iter().find(|it| (&*it.place_code, &*it.indicator, it.answer) == (place, question, answer)).unwrap()
}

#[test]
fn the_shares_of_the_answers_are_those_worked_out_by_hand() {
    let provinces = ["01", "02", "04", "06", "08", "10", "11", "12", "14"];
    let mut rows = provinces.map(province).concat();
    // Of the two further columns the first is the choice 1, the second the choice 20: both, the second, none, not asked.
    for row in &mut rows {
        row.levels.extend(match row.psu.as_str() {
            "01a" => [Some(2), Some(2)],
            "01b" => [Some(1), Some(2)],
            "01c" => [Some(97), Some(97)],
            _ => [None, None],
        });
    }
    let figures = computed(&rows);
    // Weights 10, 10, 30 and 10; nine of ten the same, see `province`.
    let four = share(&figures, "VN", "q1", 4);
    assert!((four.estimate.unwrap() - (1.0 + 9.0 + 27.0 + 10.0) / 60.0).abs() < 1e-12);
    assert_eq!((four.n, four.rule.as_str(), four.flags.as_str()), (Some(360), "level", ""));
    assert!(four.ci_low.unwrap() <= four.estimate.unwrap() && four.estimate.unwrap() <= four.ci_high.unwrap());
    let five = share(&figures, "VN", "q1", 5);
    assert_eq!((five.n, five.estimate, five.flags.as_str()), (Some(360), None, "u"), "too wide for one in six");
    assert_eq!(share(&figures, "VN", "q1", 1).flags, "ue", "nobody: the interval is an assumption");
    // Everybody's answer among fewer than thirty would be known, and the other choice would tell it.
    let (one, twenty) = (share(&figures, "01", "needs", 1), share(&figures, "01", "needs", 20));
    assert_eq!([(one.n, one.estimate), (twenty.n, twenty.estimate)], [(None, None), (None, None)]);
    assert_eq!(figures.iter().filter(|it| it.answer > 0 && it.place_code == "VN").count(), 3 * 5 + 2);
}

/// The people of a province under an earlier one, in communes of their own.
fn of_old(old: &str, people: Vec<Person>) -> Vec<Person> {
    let under = |person: Person| Person {
        psu: format!("{old}-{}", person.psu),
        stratum: format!("{}.{old}", person.stratum),
        ..person
    };
    people.into_iter().map(under).collect()
}

#[test]
fn earlier_provinces_keep_their_figures_inside_those_of_today() {
    let rows = [of_old("24", province("24")), of_old("27", province("24")), province("48")].concat();
    let figures = computed(&rows);
    let alone = computed(&province("24"));
    for old in ["24/24", "24/27"] {
        let figure = find(&figures, old, "overall", "M");
        assert_eq!((figure.level.as_str(), figure.n), ("old-province", Some(40)));
        assert_eq!(
            figure.estimate,
            find(&alone, "24", "overall", "M").estimate,
            "a direct figure as of a province by itself"
        );
    }
    let today = find(&figures, "24", "overall", "M");
    assert_eq!((today.n, today.level.as_str(), today.df), (Some(80), "province", Some(6.0)));
    assert!(figures.iter().all(|figure| !figure.place_code.starts_with("48/")), "of Đà Nẵng nobody knows");

    // Nine people in two communes: hidden, and with them the other earlier province, or the province would tell.
    let few: Vec<Person> = province("24").into_iter().take(20).step_by(2).take(9).collect();
    let figures = computed(&[of_old("24", province("24")), of_old("27", few), province("48")].concat());
    let shown = |place| find(&figures, place, "overall", "M").n.is_some();
    assert_eq!(
        [shown("24/24"), shown("24/27"), shown("24"), shown("48"), shown("VN")],
        [false, false, true, true, true]
    );
}
