use analysis::index::{Domain, Factor, SIPAS_2026_M, SIPAS_2026_T};

use super::*;

/// Three items in two factors of two domains.
fn form() -> (Vec<Item>, Tree) {
    let factor = |code: &str, items: &[&str]| Factor {
        code: code.to_owned(),
        items: items.iter().map(ToString::to_string).collect(),
    };
    let domain = |code: &str, factor| Domain { code: code.to_owned(), factors: vec![factor] };
    let tree = Tree::new(
        "overall",
        vec![domain("policy", factor("f1", &["q1", "q2"])), domain("service", factor("f2", &["q3"]))],
    )
    .unwrap();
    (["q1", "q2", "q3"].map(|code| Item { code: code.to_owned(), levels: 5 }).to_vec(), tree)
}

fn person(province: &str, stratum: &str, psu: &str, weight: f64, levels: [i16; 3]) -> Answered {
    let levels = levels.map(|level| (level > 0).then_some(level)).to_vec();
    Answered {
        psu: psu.to_owned(),
        stratum: format!("{province}-{stratum}"),
        province: province.to_owned(),
        weight,
        levels,
    }
}

fn computed(rows: &[Answered]) -> Vec<Figure> {
    let (items, tree) = form();
    figures(rows, &items, &tree, &[SIPAS_2026_M, SIPAS_2026_T]).unwrap()
}

fn find<'a>(figures: &'a [Figure], place: &str, indicator: &str, rule: &str) -> &'a Figure {
    figures.iter().find(|it| it.place_code == place && it.indicator == indicator && it.rule == rule).unwrap()
}

/// Four communes of one stratum, ten people each, alike inside a commune up to one person.
fn province(code: &str) -> Vec<Answered> {
    let communes = [("a", 1.0, 5, 4), ("b", 1.0, 4, 3), ("c", 3.0, 3, 3), ("d", 1.0, 2, 5)];
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
    // M: commune means 4.9, 3.9, 3.0 and 2.3 of 5; weights 10, 10, 30 and 10.
    let mean = (4.9 * 10.0 + 3.9 * 10.0 + 3.0 * 30.0 + 2.3 * 10.0) / 60.0 / 5.0;
    // z of a commune = Σ w (y − mean) / Σ w; V = 4/3 Σ z², because the z add up to 0.
    let z = [4.9_f64, 3.9, 3.0, 2.3]
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
        assert_eq!((figure.n, figure.df, figure.level.as_str()), (40, Some(3.0), "province"));
        assert!((figure.estimate.unwrap() - mean).abs() < 1e-12, "{indicator}");
        assert!((figure.se.unwrap() - se).abs() < 1e-12, "{indicator}");
        assert!((figure.ci_low.unwrap() - expit(logit - half)).abs() < 1e-9, "{indicator}");
        assert!((figure.ci_high.unwrap() - expit(logit + half)).abs() < 1e-9, "{indicator}");
        assert_eq!(figure.flags, "u", "3 degrees of freedom are few");
    }
    // T: shares of 4 and 5: 1, 0.9, 0 and 0.1.
    let satisfied = find(&figures, "VN", "q3", "T").estimate.unwrap();
    assert!((satisfied - (10.0 + 9.0 + 0.0 + 1.0) / 60.0).abs() < 1e-12);
}

#[test]
fn ways_out_and_items_not_asked_are_no_answers() {
    let mut rows = province("01");
    rows.iter_mut().filter(|row| row.psu == "01a").for_each(|row| row.levels = vec![Some(97), Some(98), Some(99)]);
    rows.iter_mut().filter(|row| row.psu == "01b").for_each(|row| row.levels = vec![None, Some(5), None]);
    let figures = computed(&rows);
    assert_eq!(find(&figures, "01", "q1", "M").n, 20);
    assert_eq!(find(&figures, "01", "q2", "M").n, 30);
    assert_eq!(find(&figures, "01", "overall", "M").n, 30, "people with at least one answer");
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
    assert_eq!((lonely.n, lonely.estimate, lonely.flags.as_str()), (40, None, "c"), "one commune would be named");
    assert!(find(&figures, "04", "q1", "M").ci_low.is_some());
    assert!(find(&figures, "VN", "overall", "T").ci_low.is_some());
    let (items, tree) = form();
    let alone: Vec<_> = rows.into_iter().filter(|row| row.province == "08").collect();
    let refused = super::figures(&alone, &items, &tree, &[SIPAS_2026_M]).unwrap_err();
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
    assert_eq!((item.n, item.estimate, item.flags.as_str()), (0, None, "c"));
    assert_eq!((overall.estimate, overall.flags.as_str()), (None, "um"));
    assert!(policy.estimate.is_some());
}
