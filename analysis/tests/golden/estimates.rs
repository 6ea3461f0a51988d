//! R `survey` 4.1-1 at 1e-9: n, Σw, p, standard error, degrees of freedom, design effects, intervals.

use analysis::estimate::{Estimate, IntervalMethod, LEVELS, Measure, Scores, Tallies};
use analysis::index::ItemRule;

use crate::data::{Agreement, Row, golden, number, survey};

fn item(name: &str) -> usize {
    name.trim_start_matches('s').trim_start_matches('q').parse::<usize>().unwrap() - 1
}

pub(crate) fn satisfied(tallies: &Tallies, group: usize, name: &str) -> Measure {
    tallies.mean(group, &[(item(name), ItemRule::T.scores(5))]).unwrap()
}

/// The place of the group that a row's columns name.
pub(crate) fn place(tallies: &Tallies, row: &Row, keys: &[&str]) -> usize {
    let labels: Vec<&String> = keys.iter().map(|key| &row[*key]).collect();
    tallies.groups().iter().position(|group| group.labels.iter().eq(labels.iter().copied())).unwrap()
}

pub(crate) fn check(agreement: &mut Agreement, row: &Row, ours: &Estimate) {
    agreement.rows += 1;
    assert_eq!(ours.n, row["n"].parse::<u32>().unwrap());
    assert_eq!(ours.df, number(row, "df"), "{row:?}");
    agreement.check(row, "p", ours.value);
    // A group in one PSU has a variance of 0, in R as here but for the last bits.
    if number(row, "se") < 1e-15 {
        assert!(ours.se() < 1e-15);
        return;
    }
    agreement.check(row, "se", ours.se());
    agreement.check(row, "deff", ours.deff.unwrap());
    let others = [
        ("sumw", Some(ours.weight)),
        ("deff_srswr", ours.deff_wr),
        ("deff_srswr", ours.deft().map(|deft| deft * deft)),
        ("neff", ours.effective_n()),
    ];
    for (column, ours) in others.into_iter().filter(|(column, _)| row.contains_key(*column)) {
        agreement.check(row, column, ours.unwrap());
    }
    check_intervals(agreement, row, ours);
}

const INTERVALS: [(&str, IntervalMethod); 6] = [
    ("wald", IntervalMethod::Wald),
    ("logit", IntervalMethod::Logit),
    ("asin", IntervalMethod::Arcsine),
    ("wilson", IntervalMethod::Wilson),
    ("kg", IntervalMethod::KornGraubard),
    ("kgcap", IntervalMethod::Nchs),
];

fn check_intervals(agreement: &mut Agreement, row: &Row, ours: &Estimate) {
    let told = |name: &&(&str, IntervalMethod)| row.contains_key(&format!("{}_lo", name.0));
    for (name, method) in INTERVALS.iter().filter(told).filter(|_| !ours.all_alike) {
        let interval = ours.interval_by(*method).unwrap();
        agreement.check(row, &format!("{name}_lo"), interval.low);
        agreement.check(row, &format!("{name}_hi"), interval.high);
    }
    if row.contains_key("logit_lo") && !ours.all_alike {
        let middle = (0.1..=0.9).contains(&ours.value);
        let method = if middle { IntervalMethod::Logit } else { IntervalMethod::Wilson };
        assert_eq!(ours.interval(), ours.interval_by(method));
    }
}

/// Compares every row of a file, whose columns `keys` name the group.
pub(crate) fn compare(name: &str, file: &[u8], tallies: &Tallies, keys: &[&str], rows: usize) {
    let mut agreement = Agreement::default();
    for row in golden(file) {
        let measure = satisfied(tallies, place(tallies, &row, keys), &row["item"]);
        check(&mut agreement, &row, &tallies.estimate(&measure));
    }
    agreement.report(name, rows);
}

#[test]
fn provinces_and_their_crossings() {
    let survey = survey("province", "psu");
    let by = |columns: &[&str]| Tallies::count(&survey, columns).unwrap();
    let provinces = by(&["province"]);
    let file = include_bytes!("../data/sipas_province_wr.csv.gz");
    compare("sipas_province_wr", file, &provinces, &["province"], 3150);
    let mut agreement = Agreement::default();
    for row in golden(include_bytes!("../data/sipas_province_intervals.csv.gz")) {
        let measure = satisfied(&provinces, place(&provinces, &row, &["province"]), &row["item"]);
        check_intervals(&mut agreement, &row, &provinces.estimate(&measure));
        agreement.rows += 1;
    }
    agreement.report("sipas_province_wr, the other intervals", 3150);
    let new = by(&["new_province"]);
    let file = include_bytes!("../data/sipas_new_province_wr.csv.gz");
    compare("sipas_new_province_wr", file, &new, &["new_province"], 170);
    let columns = ["province", "sex", "urban"];
    let file = include_bytes!("../data/sipas_province_sex_urban_wr.csv.gz");
    compare("sipas_province_sex_urban_wr", file, &by(&columns), &columns, 750);
}

#[test]
fn demographic_groups_across_strata() {
    let survey = survey("province", "psu");
    let mut agreement = Agreement::default();
    let rows = golden(include_bytes!("../data/sipas_demographic_wr.csv.gz"));
    for rows in rows.chunk_by(|a, b| a["by"] == b["by"]) {
        let tallies = Tallies::count(&survey, &[&rows[0]["by"]]).unwrap();
        for row in rows {
            let measure = satisfied(&tallies, place(&tallies, row, &["level"]), &row["item"]);
            check(&mut agreement, row, &tallies.estimate(&measure));
        }
    }
    agreement.report("sipas_demographic_wr", 1040);
}

#[test]
fn two_degrees_of_freedom() {
    let districts = Tallies::count(&survey("province", "district"), &["province"]).unwrap();
    let file = include_bytes!("../data/sipas_province_district_psu.csv.gz");
    compare("sipas_province_district_psu", file, &districts, &["province"], 315);
}

#[test]
fn levels_of_an_answer_with_their_covariances() {
    let survey = survey("province", "psu");
    let tallies = Tallies::count(&survey, &[]).unwrap();
    let mut agreement = Agreement::default();
    for row in golden(include_bytes!("../data/sipas_likert_levels_wr.csv.gz")) {
        let of = |column: &str| {
            let mut scores: Scores = [0.0; LEVELS];
            match row[column].parse::<usize>().unwrap() {
                // Row 0 is the mean of 1 to 5.
                0 => scores = ItemRule::M.scores(5).map(|score| 5.0 * score),
                level => scores[level] = 1.0,
            }
            tallies.mean(0, &[(item(&row["item"]), scores)]).unwrap()
        };
        let (a, b) = (of("level_a"), of("level_b"));
        agreement.rows += 1;
        agreement.check(&row, "p_a", a.value);
        // A covariance may be near 0: relative to the standard errors.
        let scale = tallies.estimate(&a).se() * tallies.estimate(&b).se();
        let covariance = tallies.stages().covariance(&a.influence, &b.influence);
        agreement.near(1.0 + number(&row, "cov") / scale, 1.0 + covariance / scale, "covariance");
    }
    agreement.report("sipas_likert_levels_wr", 78);
}

/// The planning formula DEFF = Kish·(1 + (b−1)ρ), turned round.
#[test]
fn the_correlation_inside_psus_explains_the_design_effect() {
    let tallies = Tallies::count(&survey("province", "psu"), &[]).unwrap();
    let estimate = tallies.estimate(&satisfied(&tallies, 0, "s01"));
    let (rho, kish) = (estimate.intraclass_correlation().unwrap(), estimate.kish.unwrap());
    let per_psu = f64::from(estimate.n) / 630.0;
    assert!((kish * (1.0 + (per_psu - 1.0) * rho) / estimate.deff_wr.unwrap() - 1.0).abs() < 1e-12);
    assert!((0.0..0.2).contains(&rho), "{rho}");
}
