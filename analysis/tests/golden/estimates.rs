//! R `survey` 4.1-1 at 1e-9: n, Σw, p, standard error, degrees of freedom, design effects, intervals.

use analysis::estimate::{Group, LEVELS, Measure, Scores, Tallies, logit, share_interval, wilson};
use analysis::index::ItemRule;

use crate::data::{Agreement, Row, golden, number, survey};

fn item(name: &str) -> usize {
    name.trim_start_matches('s').trim_start_matches('q').parse::<usize>().unwrap() - 1
}

fn satisfied(tallies: &Tallies, group: usize, name: &str) -> Measure {
    tallies.mean(group, &[(item(name), ItemRule::T.scores(5))]).unwrap()
}

fn check(agreement: &mut Agreement, row: &Row, measure: &Measure, group: &Group) {
    let ours = &measure.estimate;
    agreement.rows += 1;
    assert_eq!(ours.n, row["n"].parse::<u32>().unwrap());
    assert_eq!(ours.df, row["df"].parse::<u32>().unwrap(), "{row:?}");
    agreement.check(row, "sumw", ours.weight);
    agreement.check(row, "p", ours.value);
    // A group in one PSU has a variance of 0, in R as here but for the last bits.
    if number(row, "se") < 1e-15 {
        assert!(ours.se() < 1e-15);
        return;
    }
    agreement.check(row, "se", ours.se());
    agreement.check(row, "deff", ours.deff.unwrap());
    agreement.check(row, "deff_srswr", ours.deff_wr.unwrap());
    if !row.contains_key("logit_lo") || ours.all_alike {
        return;
    }
    agreement.check(row, "neff", ours.effective_n().unwrap());
    let t = group.t.unwrap();
    let by_logit = logit(ours.value, ours.variance, t).unwrap();
    let by_wilson = wilson(ours.value, ours.variance, t);
    for (name, interval) in [("logit", by_logit), ("wilson", by_wilson)] {
        agreement.check(row, &format!("{name}_lo"), interval.low);
        agreement.check(row, &format!("{name}_hi"), interval.high);
    }
    let middle = (0.1..=0.9).contains(&ours.value);
    assert_eq!(share_interval(ours, group), Some(if middle { by_logit } else { by_wilson }));
}

/// Compares every row of a file, whose columns `keys` name the group.
fn compare(name: &str, file: &[u8], tallies: &Tallies, keys: &[&str], rows: usize) {
    let mut agreement = Agreement::default();
    for row in golden(file) {
        let labels: Vec<&String> = keys.iter().map(|key| &row[*key]).collect();
        let place = tallies.groups().iter().position(|group| group.labels.iter().eq(labels.iter().copied())).unwrap();
        check(&mut agreement, &row, &satisfied(tallies, place, &row["item"]), &tallies.groups()[place]);
    }
    agreement.report(name, rows);
}

#[test]
fn provinces_and_their_crossings() {
    let survey = survey("province", "psu");
    let by = |columns: &[&str]| Tallies::count(&survey, columns).unwrap();
    compare(
        "sipas_province_wr",
        include_bytes!("../data/sipas_province_wr.csv.gz"),
        &by(&["province"]),
        &["province"],
        3150,
    );
    compare("sipas_national (wr)", include_bytes!("../data/sipas_national_wr.csv.gz"), &by(&[]), &[], 50);
    let new = by(&["new_province"]);
    compare(
        "sipas_new_province_wr",
        include_bytes!("../data/sipas_new_province_wr.csv.gz"),
        &new,
        &["new_province"],
        170,
    );
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
            let place = tallies.groups().iter().position(|group| group.labels[0] == row["level"]).unwrap();
            check(&mut agreement, row, &satisfied(&tallies, place, &row["item"]), &tallies.groups()[place]);
        }
    }
    agreement.report("sipas_demographic_wr", 1040);
}

#[test]
fn two_degrees_of_freedom_and_joined_strata() {
    let districts = Tallies::count(&survey("province", "district"), &["province"]).unwrap();
    let file = include_bytes!("../data/sipas_province_district_psu.csv.gz");
    compare("sipas_province_district_psu", file, &districts, &["province"], 315);

    let lonely = survey("province_urban", "psu");
    let Err(error) = Tallies::count(&lonely, &[]) else { panic!("lonely strata must be named") };
    assert_eq!(error.to_string().matches(':').count(), 6, "five strata after the colon of the message: {error}");
    let joined = Tallies::count(&lonely.collapse_lonely_strata("province").unwrap(), &[]).unwrap();
    let mut agreement = Agreement::default();
    for row in golden(include_bytes!("../data/sipas_lonely_psu_collapse.csv.gz")) {
        let measure = satisfied(&joined, 0, &row["item"]);
        agreement.rows += 1;
        agreement.check(&row, "p", measure.estimate.value);
        agreement.check(&row, "se", measure.estimate.se());
        agreement.check(&row, "df", f64::from(measure.estimate.df));
    }
    agreement.report("sipas_lonely_psu (collapse)", 5);
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
        agreement.check(&row, "p_a", a.estimate.value);
        // A covariance may be near 0: relative to the standard errors.
        let scale = a.estimate.se() * b.estimate.se();
        let covariance = tallies.strata().covariance(&a.influence, &b.influence);
        agreement.near(1.0 + number(&row, "cov") / scale, 1.0 + covariance / scale, "covariance");
    }
    agreement.report("sipas_likert_levels_wr", 78);
}

#[test]
fn differences_carry_the_covariance_of_shared_psus() {
    let survey = survey("province", "psu");
    let by = |columns: &[&str]| Tallies::count(&survey, columns).unwrap();
    let (nation, provinces, sexes) = (by(&[]), by(&["province"]), by(&["sex"]));
    let place = |tallies: &Tallies, label: &str| tallies.groups().iter().position(|g| g.labels[0] == label).unwrap();
    let mut agreement = Agreement::default();
    for row in golden(include_bytes!("../data/sipas_differences_wr.csv.gz")) {
        let of = |side: &str| match row["what"].as_str() {
            "item-item" => satisfied(&nation, 0, &row[side]),
            "sex1-sex2" => satisfied(&sexes, place(&sexes, &row[side]), &row["item"]),
            _ if row[side] == "VN" => satisfied(&nation, 0, &row["item"]),
            _ => satisfied(&provinces, place(&provinces, &row[side]), &row["item"]),
        };
        let (a, b) = (of("a"), of("b"));
        let z: Vec<f64> = a.influence.iter().zip(&b.influence).map(|(a, b)| a - b).collect();
        agreement.rows += 1;
        agreement.check(&row, "diff", a.estimate.value - b.estimate.value);
        agreement.check(&row, "se", nation.strata().variance(&z).sqrt());
    }
    agreement.report("sipas_differences_wr", 32);
}
