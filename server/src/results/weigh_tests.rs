use analysis::frame::{Columns, Item};
use analysis::weights::Cases;

use super::*;

/// Commune, stratum, weight, answer to a1.
type Row<'a> = (&'a str, &'a str, f64, Option<u8>);

fn answered(rows: &[Row<'_>]) -> Answered {
    Answered {
        psu: rows.iter().map(|row| row.0).collect(),
        stratum: rows.iter().map(|row| row.1).collect(),
        province: rows.iter().map(|row| row.1.split_once('-').unwrap().0).collect(),
        weight: rows.iter().map(|row| row.2).collect(),
        levels: vec![rows.iter().map(|row| row.3).collect()],
    }
}

fn weights(weighing: &Weighing, rows: &[Row<'_>]) -> Result<Vec<f64>> {
    Ok(weighing.weights(&answered(rows))?.0)
}

/// The label of each row in the only margin, and the margin.
fn margin(weighing: &Weighing, rows: &[Row<'_>]) -> Result<(Texts, Margin)> {
    let answered = answered(rows);
    let column_of = BTreeMap::from([("a1".to_owned(), 0)]);
    Ok(weighing.margins(&answered, &answered.weight, &column_of)?.remove(0))
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
    let rows = [("a", "01-urban", 10.0, None), ("b", "01-rural", 10.0, None), ("c", "01-rural", 0.0, None)];
    let (weights, steps) = weighing.weights(&answered(&rows)).unwrap();
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
    let one = [("a", "01-urban", 10.0, None)];
    assert!((weights(&joined, &one).unwrap()[0] - 20.0).abs() < 1e-12, "200 drawn, 100 answered");
    let few = weighing(endings(&[("01-urban", 10, 0), ("01-rural", 9, 0)]));
    let refused = weights(&few, &one).unwrap_err();
    assert_eq!((refused.code, refused.params[0].1.as_str()), ("weights-few", "19"));
    let large = weighing(endings(&[("01-urban", 30, 0), ("01-rural", 30, 0)]));
    assert_eq!(weights(&large, &one).unwrap_err().code, "weights-large-factor");
}

#[test]
fn who_did_not_answer_a_margins_question_is_taken_for_the_others_in_any_order() {
    let weighing = Weighing { population: vec![count("VN", 1, 600), count("VN", 2, 400)], ..Weighing::default() };
    let mut rows: Vec<Row<'_>> = (0..8).map(|at| ("a", "01-urban", 1.0, Some(1 + u8::from(at < 2)))).collect();
    rows.extend(
        [("b", None), ("c", None), ("d", Some(98)), ("e", Some(99))]
            .map(|(psu, answer)| (psu, "01-urban", 1.0, answer)),
    );
    let labels = |rows: &[Row<'_>]| {
        let (labels, _) = margin(&weighing, rows).unwrap();
        let mut labels: Vec<String> =
            labels.iter().zip(rows).map(|(label, row)| format!("{} {label}", row.0)).collect();
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
    let psus: Vec<String> = (0..8).map(|at| format!("psu-{at}")).collect();
    let stratum = |at: usize| if at.is_multiple_of(2) { "01-urban" } else { "04-urban" };
    let rows: Vec<Row<'_>> =
        (0..400).map(|at| (psus[at % 8].as_str(), stratum(at), 40.0, Some(1 + u8::from(at % 3 == 0)))).collect();
    let (labels, margin_of) = margin(&weighing, &rows).unwrap();
    let Answered { psu, stratum, weight, mut levels, .. } = answered(&rows);
    let groups = vec![(PROVINCE.to_owned(), stratum.clone()), (margin_of.columns[0].clone(), labels)];
    let columns = Columns {
        stratum,
        psu,
        weight,
        items: vec![(Item { code: "a1".to_owned(), levels: 2 }, levels.remove(0))],
        groups,
        ..Columns::default()
    };
    let (_, step) = calibrated(Responses::from_columns(columns).unwrap(), &[margin_of]).unwrap();
    assert_eq!((step.report.margins.len(), step.trimmed), (4, Some(0.0)));
    for line in &step.report.margins {
        assert_eq!(line.margin, "a1");
        assert!((line.after - line.target.unwrap()).abs() < 1e-6, "{line:?}");
    }
    let refused = margin(&weighing, &[("x", "79-urban", 1.0, Some(1))]).unwrap_err();
    assert_eq!((refused.code, refused.params[0].1.as_str()), ("weights-place-missing", "79"));
}

#[test]
fn each_recipe_is_another_definition() {
    let digests: BTreeSet<_> = Recipe::ALL.into_iter().map(definition_digest).collect();
    assert_eq!(digests.len(), 3);
    assert_eq!(definition_digest(Recipe::Design), sha256(b"{\"code\":\"can-ban\"}"), "as docs/methods/runs.md says");
}
