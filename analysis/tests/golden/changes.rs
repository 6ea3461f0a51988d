//! Differences within a survey, and from one to the next.

use analysis::estimate::{Apart, Estimate, Tallies, Wave, change, covariance};

use crate::data::{Agreement, golden, number, survey, survey_before};
use crate::estimates::{place, satisfied};

fn published(estimate: &Estimate) -> Apart {
    Apart { value: estimate.value, se: estimate.se(), df: estimate.df }
}

/// Provinces are strata of their own: their published figures tell the error of the difference.
#[test]
fn two_provinces_are_compared_by_what_is_published() {
    let provinces = Tallies::count(&survey("province", "psu"), &["province"]).unwrap();
    let measures: Vec<_> = (0..5).map(|group| satisfied(&provinces, group, "s11")).collect();
    for other in &measures[1..] {
        let difference = provinces.estimate(&provinces.difference(other, &measures[0]));
        let distance = published(&provinces.estimate(&measures[0])).to(published(&provinces.estimate(other))).unwrap();
        assert!((distance.value - difference.value).abs() < 1e-15);
        assert!((distance.se / difference.se() - 1.0).abs() < 1e-12, "{} {}", distance.se, difference.se());
        assert!(distance.df <= difference.df && distance.low < distance.value && distance.value < distance.high);
        assert_eq!(distance.is_beyond_chance(), distance.low * distance.high > 0.0);
    }
    let same = Apart { value: 0.5, se: 0.0, df: 9.0 };
    assert_eq!(same.to(same), None, "no error, no interval");
    assert_eq!(same.to(Apart { se: 0.1, df: 0.0, ..same }), None);
}

#[test]
fn differences_carry_the_covariance_of_shared_psus() {
    let survey = survey("province", "psu");
    let by = |columns: &[&str]| Tallies::count(&survey, columns).unwrap();
    let (nation, provinces, sexes) = (by(&[]), by(&["province"]), by(&["sex"]));
    let mut agreement = Agreement::default();
    for row in golden(include_bytes!("../data/sipas_differences_wr.csv.gz")) {
        let of = |side: &str| match row["what"].as_str() {
            "item-item" => satisfied(&nation, 0, &row[side]),
            "sex1-sex2" => satisfied(&sexes, place(&sexes, &row, &[side]), &row["item"]),
            _ if row[side] == "VN" => satisfied(&nation, 0, &row["item"]),
            _ => satisfied(&provinces, place(&provinces, &row, &[side]), &row["item"]),
        };
        let difference = nation.estimate(&nation.difference(&of("a"), &of("b")));
        agreement.rows += 1;
        agreement.check(&row, "diff", difference.value);
        agreement.check(&row, "se", difference.se());
        agreement.check(&row, "df", difference.df);
        let interval = difference.interval().unwrap();
        assert!(interval.low < difference.value && difference.value < interval.high);
    }
    agreement.report("sipas_differences_wr", 32);
}

#[test]
fn a_change_counts_the_psus_that_stayed() {
    let (now, then) = (survey("province", "psu"), survey_before());
    let by = |columns: &[&str]| [&then, &now].map(|survey| Tallies::count(survey, columns).unwrap());
    let (nations, provinces) = (by(&[]), by(&["province"]));
    let mut agreement = Agreement::default();
    for row in golden(include_bytes!("../data/sipas_yoy.csv.gz")) {
        let tallies = if row["domain"] == "VN" { &nations } else { &provinces };
        let keys: &[&str] = if row["domain"] == "VN" { &[] } else { &["domain"] };
        let measures = [0, 1].map(|wave| {
            let tallies = &tallies[wave];
            satisfied(tallies, place(tallies, &row, keys), &row["item"])
        });
        let [before, after] = [0, 1].map(|wave| Wave { tallies: &tallies[wave], measure: &measures[wave] });
        let [v1, v2] = [before, after].map(|wave| wave.tallies.estimate(wave.measure));
        let found = change(before, after);
        agreement.rows += 1;
        agreement.check(&row, "p_2024", v1.value);
        agreement.check(&row, "p_2025", v2.value);
        agreement.check(&row, "diff", found.value);
        agreement.check(&row, "V_2024", v1.variance);
        agreement.check(&row, "V_2025", v2.variance);
        let scale = (v1.variance * v2.variance).sqrt();
        agreement.near(1.0 + number(&row, "cov") / scale, 1.0 + covariance(before, after) / scale, "covariance");
        agreement.check(&row, "se_overlap", found.se());
        // From what is published alone, as if no PSU were in both.
        let distance = published(&v1).to(published(&v2)).unwrap();
        agreement.check(&row, "se_indep", distance.se);
        // One begins at variances, the other at their roots.
        assert_eq!(distance.value, found.value);
        assert!((distance.df / found.df - 1.0).abs() < 1e-12, "{} {}", distance.df, found.df);
        // Satterthwaite's degrees lie between the fewer and both together.
        assert!(found.df >= v1.df.min(v2.df) && found.df <= v1.df + v2.df + 1e-9, "{}", found.df);
        assert!(found.interval().is_some());
    }
    // Against itself nothing changes, and nothing is known of how exactly.
    let (tallies, measure) = (&nations[1], satisfied(&nations[1], 0, "s01"));
    let same = Wave { tallies, measure: &measure };
    let none = change(same, same);
    assert_eq!((none.value, none.t, none.interval()), (0.0, None, None));
    agreement.report("sipas_yoy", 640);
}
