use analysis::frame::{Columns, Item};
use analysis::weights::Cases;

use super::*;

fn row(psu: &str, stratum: &str, weight: f64, answer: Option<i16>) -> Answered {
    let province = stratum.split_once('-').unwrap().0.to_owned();
    Answered { psu: psu.to_owned(), stratum: stratum.to_owned(), province, weight, levels: vec![answer] }
}

fn level(row: &Answered, question: &str) -> Option<u16> {
    assert_eq!(question, "a1");
    row.levels[0].and_then(|level| u16::try_from(level).ok())
}

fn count(place: &str, choice: i32, people: i64) -> weighting::Margin {
    weighting::Margin { question: "a1".to_owned(), choice, place_code: place.to_owned(), people }
}

/// In each stratum 100 people drawn with a chance of one tenth: so many of them answered, nobody knows of so many.
fn endings(strata: &[(&str, usize, usize)]) -> Endings {
    let mut told = Endings::default();
    for (stratum, respondents, unknown) in strata {
        let province = stratum.split_once('-').unwrap().0;
        told.province_of.insert((*stratum).to_owned(), province.to_owned());
        told.population.push(((*stratum).to_owned(), 1_000.0));
        for person in 0..100 {
            let outcome = match person {
                it if it < *respondents => Outcome::Respondent,
                it if it < respondents + unknown => Outcome::Unknown,
                _ => Outcome::NonRespondent,
            };
            let Cases { code, stratum: strata, class, probability, outcome: outcomes } = &mut told.cases;
            code.push(format!("{stratum}/{person}"));
            strata.push((*stratum).to_owned());
            class.push((*stratum).to_owned());
            probability.push(0.1);
            outcomes.push(outcome);
        }
    }
    told
}

fn weighing(endings: Endings) -> Weighing {
    Weighing { recipe: Recipe::Response, endings: Some(endings), ..Weighing::default() }
}

#[test]
fn who_answered_speaks_for_those_of_the_stratum_who_did_not() {
    let weighing = weighing(endings(&[("01-urban", 50, 20), ("01-rural", 80, 0)]));
    let rows = [row("a", "01-urban", 10.0, None), row("b", "01-rural", 10.0, None), row("c", "01-rural", 0.0, None)];
    let (weights, steps) = weighing.weights(&rows).unwrap();
    // Of 80 known 50 answered, and 20 are unknown: 100/80 · 80/50 = 2; in the country 100/80.
    assert!((weights[0] - 20.0).abs() < 1e-12 && (weights[1] - 12.5).abs() < 1e-12, "{weights:?}");
    assert_eq!(weights[2].to_bits(), 0.0_f64.to_bits(), "a commune without answers");
    assert_eq!(
        steps.iter().map(|step| step.kind.as_str()).collect::<Vec<_>>(),
        ["base", "unknown-eligibility", "non-response"]
    );
    assert_eq!(weighing.case_digest().map(|digest| digest.len()), Some(32));
}

#[test]
fn a_weak_stratum_joins_its_province_and_too_few_are_told_so() {
    let joined = weighing(endings(&[("01-urban", 10, 0), ("01-rural", 90, 0)]));
    let (weights, _) = joined.weights(&[row("a", "01-urban", 10.0, None)]).unwrap();
    assert!((weights[0] - 20.0).abs() < 1e-12, "200 drawn, 100 answered");
    let few = weighing(endings(&[("01-urban", 10, 0), ("01-rural", 9, 0)]));
    let refused = few.weights(&[row("a", "01-urban", 10.0, None)]).unwrap_err();
    assert_eq!((refused.code, refused.params[0].1.as_str()), ("weights-few", "19"));
    let large = weighing(endings(&[("01-urban", 30, 0), ("01-rural", 30, 0)]));
    assert_eq!(large.weights(&[row("a", "01-urban", 10.0, None)]).unwrap_err().code, "weights-large-factor");
}

#[test]
fn who_did_not_answer_a_margins_question_is_taken_for_the_others_in_any_order() {
    let weighing = Weighing { population: vec![count("VN", 1, 600), count("VN", 2, 400)], ..Weighing::default() };
    let mut rows: Vec<Answered> = (0..8).map(|at| row("a", "01-urban", 1.0, Some(1 + i16::from(at < 2)))).collect();
    rows.extend((0..4).map(|at| row(&format!("b{at}"), "01-urban", 1.0, Some(98).filter(|_| at > 1))));
    let weights = vec![1.0; rows.len()];
    let labels = |rows: &[Answered]| {
        let margins = weighing.margins(rows, &weights, level).unwrap();
        let mut labels: Vec<String> = margins[0]
            .0
            .iter()
            .map(str::to_owned)
            .zip(rows)
            .map(|(label, row)| format!("{} {label}", row.psu))
            .collect();
        labels.sort();
        labels
    };
    let told = labels(&rows);
    assert_eq!(told.iter().filter(|label| label.ends_with(":2")).count(), 3, "a quarter of twelve: {told:?}");
    rows.reverse();
    assert_eq!(labels(&rows), told);
}

#[test]
fn calibrated_weights_add_up_to_the_population_and_missing_provinces_are_named() {
    let population = ["01", "04"].iter().flat_map(|place| [count(place, 1, 6_000), count(place, 2, 4_000)]);
    let weighing = Weighing { population: population.collect(), ..Weighing::default() };
    let rows: Vec<Answered> = (0..400)
        .map(|at| {
            let stratum = if at % 2 == 0 { "01-urban" } else { "04-urban" };
            row(&format!("{stratum}-{}", at % 8), stratum, 40.0, Some(1 + i16::from(at % 3 == 0)))
        })
        .collect();
    let weights: Vec<f64> = rows.iter().map(|row| row.weight).collect();
    let (labels, margin) = weighing.margins(&rows, &weights, level).unwrap().remove(0);
    let columns = Columns {
        stratum: rows.iter().map(|row| &row.stratum).collect(),
        psu: rows.iter().map(|row| &row.psu).collect(),
        weight: weights.clone(),
        items: vec![(
            Item { code: "a1".to_owned(), levels: 2 },
            rows.iter().map(|row| row.levels[0].map(|it| u8::try_from(it).unwrap())).collect(),
        )],
        groups: vec![(margin.columns[0].clone(), labels)],
        ..Columns::default()
    };
    let (_, step) = calibrated(Responses::from_columns(columns).unwrap(), &[margin]).unwrap();
    assert_eq!(step.report.margins.len(), 4);
    for line in &step.report.margins {
        assert_eq!(line.margin, "a1");
        assert!((line.after - line.target.unwrap()).abs() < 1e-6, "{line:?}");
    }
    let stranger = [row("x", "79-urban", 1.0, Some(1))];
    let refused = weighing.margins(&stranger, &[1.0], level).unwrap_err();
    assert_eq!((refused.code, refused.params[0].1.as_str()), ("weights-place-missing", "79"));
}

#[test]
fn each_recipe_is_another_definition() {
    let digests: BTreeSet<_> = Recipe::ALL.into_iter().map(definition_digest).collect();
    assert_eq!(digests.len(), 3);
    assert_eq!(definition_digest(Recipe::Design), sha256(b"{\"code\":\"can-ban\"}"), "as docs/methods/runs.md says");
}
