//! The mix of modes, and what a mode does to answers once both sides stand for the same people.

use analysis::estimate::{EstimateError, LEVELS, Scores};
use analysis::frame::{Columns, Item, Responses, Texts};
use analysis::index::ItemRule;
use analysis::mode::{ModeContrasts, ModeError, ModeShare, breaks_trend, mode_mix};
use analysis::weights::{Auxiliary, CalibrationRules, Distance, Margin, Merging, calibrate};

use crate::data::{SURVEY, golden, number, survey};
use crate::weights::margin;

#[test]
fn the_mix_of_a_group_adds_up_to_one() {
    let survey = survey("province", "psu");
    for by in [&[][..], &["urban"], &["province"]] {
        let mix = mode_mix(&survey, "mode", by).unwrap();
        for of_group in mix.chunk_by(|a, b| a.group == b.group) {
            let sum: f64 = of_group.iter().map(|share| share.share).sum();
            assert!((sum - 1.0).abs() < 1e-12 && of_group.iter().all(|share| share.n == of_group[0].n));
        }
    }
    let by_area = mode_mix(&survey, "mode", &["urban"]).unwrap();
    let web = |area: &str| by_area.iter().find(|share| share.group == [area] && share.mode == "web").unwrap();
    // Made with 7 % and 30 %.
    for (area, truth) in [("0", 0.07), ("1", 0.30)] {
        let interval = web(area).interval.unwrap();
        assert!(interval.low < truth && truth < interval.high && interval.high - interval.low < 0.04, "{interval:?}");
    }
    // A mode more is a mix that moved, and so is one less.
    let without: Vec<ModeShare> = by_area.iter().filter(|share| share.mode != "web").cloned().collect();
    assert!(!breaks_trend(&by_area, &by_area, 0.0) && !breaks_trend(&by_area, &without, 0.35));
    assert!(breaks_trend(&by_area, &without, 0.25) && breaks_trend(&without, &by_area, 0.25));
    assert!(matches!(mode_mix(&survey, "channel", &[]), Err(ModeError::Responses(_))));
}

const MARGINS: [&[&str]; 2] = [&["sex", "age"], &["urban"]];

fn linear() -> CalibrationRules {
    CalibrationRules { distance: Distance::Raking, ..CalibrationRules::default() }
}

/// The same by hand: row by row, with the residuals of the calibration.
#[test]
fn a_contrast_is_the_difference_of_two_calibrated_means_with_their_residuals() {
    let margins: Vec<Margin> = MARGINS.iter().map(|columns| margin(columns)).collect();
    let contrasts =
        ModeContrasts::new(survey("province", "psu"), "mode", ["web", "paper"], &margins, linear()).unwrap();
    let ours = contrasts.of("q01", &ItemRule::T.scores(5)).unwrap();

    let rows = golden(SURVEY);
    let is = |row: &crate::data::Row| row["mode"] == "web" || row["mode"] == "paper";
    let base: Vec<f64> = rows.iter().map(|row| if is(row) { number(row, "weight") } else { 0.0 }).collect();
    let auxiliaries: Vec<Auxiliary> = margins
        .iter()
        .map(|margin| {
            let label = |row: &crate::data::Row| {
                let of = margin.columns.iter().map(|column| row[column].clone()).collect::<Vec<_>>().join(":");
                if is(row) { format!("{} {of}", row["mode"]) } else { String::new() }
            };
            let totals = ["web", "paper"]
                .iter()
                .flat_map(|mode| margin.totals.iter().map(move |(of, n)| (format!("{mode} {of}"), *n)));
            Auxiliary::Categories {
                name: margin.columns.join(" "),
                of_row: rows.iter().map(label).collect(),
                totals: totals.collect(),
                merging: Merging::default(),
            }
        })
        .collect();
    let calibration = calibrate(&base, &auxiliaries, linear()).unwrap();
    let mut z = vec![0.0; rows.len()];
    let mut difference = 0.0;
    for (mode, sign) in [("web", 1.0), ("paper", -1.0)] {
        let of = || {
            let valid = rows.iter().enumerate().filter(|(_, row)| row["mode"] == mode);
            valid.filter_map(|(at, row)| {
                row["q01"]
                    .parse::<u8>()
                    .ok()
                    .filter(|level| *level < 6)
                    .map(|level| (at, f64::from(u8::from(level >= 4))))
            })
        };
        let weight: f64 = of().map(|(at, _)| calibration.weights[at]).sum();
        let mean = of().map(|(at, y)| calibration.weights[at] * y).sum::<f64>() / weight;
        difference += sign * mean;
        of().for_each(|(at, y)| z[at] = sign * calibration.weights[at] * (y - mean) / weight);
    }
    let mut psus: std::collections::BTreeMap<(&str, &str), f64> = std::collections::BTreeMap::new();
    for (row, z) in rows.iter().zip(calibration.residuals(&z)) {
        *psus.entry((&row["province"], &row["psu"])).or_default() += z;
    }
    let totals: Vec<_> = psus.into_iter().collect();
    let variance: f64 = totals
        .chunk_by(|a, b| a.0.0 == b.0.0)
        .map(|stratum| {
            let n = stratum.len() as f64;
            let mean = stratum.iter().map(|(_, z)| z).sum::<f64>() / n;
            n / (n - 1.0) * stratum.iter().map(|(_, z)| (z - mean).powi(2)).sum::<f64>()
        })
        .sum();
    assert!((ours.difference / difference - 1.0).abs() < 1e-9, "{} instead of {difference}", ours.difference);
    assert!((ours.se / variance.sqrt() - 1.0).abs() < 1e-9, "{} instead of {}", ours.se, variance.sqrt());
    // The survey was made with people who answer on the web a little less content.
    let interval = ours.interval.unwrap();
    assert!(interval.high < 0.0 && ours.df > 500.0, "{ours:?}");
}

/// Women are content, men are not, and women answer on paper: no effect of the mode, though the two differ by far.
#[test]
fn what_the_margins_know_is_not_taken_for_an_effect() {
    let rows: Vec<(usize, &str, &str)> = (0..400)
        .map(|row| {
            (row, if row % 2 == 0 { "f" } else { "m" }, if (row % 2 == 0) == (row % 10 < 8) { "paper" } else { "web" })
        })
        .collect();
    let column = |of: &dyn Fn(&(usize, &str, &str)) -> String| rows.iter().map(of).collect::<Texts>();
    let responses = Responses::from_columns(Columns {
        stratum: column(&|row| format!("h{}", row.0 % 4)),
        psu: column(&|row| format!("p{}", row.0 % 40)),
        weight: vec![10.0; rows.len()],
        groups: vec![("sex".into(), column(&|row| row.1.into())), ("mode".into(), column(&|row| row.2.into()))],
        items: vec![(
            Item { code: "q".into(), levels: 5 },
            rows.iter().map(|row| Some(if row.1 == "f" { 5 } else { 2 })).collect(),
        )],
        ..Columns::default()
    })
    .unwrap();
    let sex = Margin {
        columns: vec!["sex".into()],
        totals: vec![("f".into(), 2_000.0), ("m".into(), 2_000.0)],
        merging: Merging::default(),
    };
    let scores: Scores = ItemRule::T.scores(5);
    let of = |margins: &[Margin]| {
        let contrasts = ModeContrasts::new(responses.clone(), "mode", ["paper", "web"], margins, linear()).unwrap();
        contrasts.of("q", &scores).unwrap()
    };
    let calibrated = of(&[sex]);
    assert!(calibrated.difference.abs() < 1e-9 && calibrated.se < 1e-9, "{calibrated:?}");
    // A margin that knows nothing leaves it all.

    assert!(of(&[margin_of_all()]).difference > 0.5);
    let error = |modes| ModeContrasts::new(responses.clone(), "mode", modes, &[], linear()).unwrap_err();
    assert_eq!(error(["web", "phone"]), ModeError::NobodyBy { mode: "phone".into() });
    assert_eq!(error(["web", "web"]), ModeError::SameMode);
    let contrasts =
        ModeContrasts::new(responses.clone(), "mode", ["paper", "web"], &[margin_of_all()], linear()).unwrap();
    let unknown = contrasts.of("none", &[0.0; LEVELS]).unwrap_err();
    assert_eq!(unknown, ModeError::Estimate(EstimateError::UnknownItem { item: "none".into() }));
}

fn margin_of_all() -> Margin {
    Margin { columns: vec![], totals: vec![(String::new(), 4_000.0)], merging: Merging::default() }
}
