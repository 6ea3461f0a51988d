//! What a design file may say beyond the usual: joint probabilities, explicit weights, other rules for the nation, trimming.

use std::fmt::Write as _;

use analysis::estimate::Tallies;
use analysis::frame::TableFile;
use analysis::index::ItemRule;
use analysis::recompute::{DesignFile, Figure, Recomputed};
use analysis::weights::{CalibrationRules, Guard, TrimRules, calibrate_responses, calibrate_trimmed};

use crate::data::{Agreement, golden, number, survey};
use crate::recompute::{OPEN, found, recompute, unpacked};
use crate::weights::{columns, margins, rows};

const PAIRED: &str = r#"
[design]
strata = "stratum"
ids = ["psu"]
weight = "weight"
joint = "pairs.csv"

[[quantities]]
column = "amount"
statistic = "total"
"#;
const FIVE: &str = "stratum,psu,weight,amount\nh,a,2,3\nh,b,4,1\nh,b,4,2\nh,c,2.5,7\nk,d,1,5\nk,e,2,4\n";
const PAIRS: &str = "first,second,probability\na,a,0.5\nb,b,0.25\nc,c,0.4\na,b,0.1\nc,a,0.15\nb,c,0.05\n\
                     d,d,1\ne,e,0.5\nd,e,0.5\n";

fn paired(pairs: &str) -> Result<Recomputed, String> {
    let file = DesignFile::parse(&format!("{PAIRED}{OPEN}")).unwrap();
    assert_eq!(file.joint_file(), Some("pairs.csv"));
    let file = file.with_joint(TableFile::new(pairs.into()).unwrap()).map_err(|error| error.to_string())?;
    let columns = file.read(TableFile::new(FIVE.into()).unwrap()).unwrap();
    file.recompute(columns).map_err(|error| error.to_string())
}

/// Sen, Yates and Grundy by hand: `−½ ΣΣ (π_ij − π_i π_j)/π_ij (z_i − z_j)²`. A PSU that was certain adds nothing.
#[test]
fn a_total_has_the_variance_of_its_joint_probabilities() {
    let z = [6.0, 12.0, 17.5];
    let own = [0.5, 0.25, 0.4];
    let pairs = [(0, 1, 0.1), (0, 2, 0.15), (1, 2, 0.05)];
    let part = |(i, j, both): (usize, usize, f64)| (own[i] * own[j] - both) / both * (z[i] - z[j]) * (z[i] - z[j]);
    let variance: f64 = pairs.into_iter().map(part).sum();
    let result = paired(PAIRS).unwrap();
    let [total] = result.figures.as_slice() else { panic!("{result:?}") };
    assert_eq!(total.estimate, Some(6.0 + 12.0 + 17.5 + 5.0 + 8.0));
    assert!((total.se.unwrap() - variance.sqrt()).abs() < 1e-12, "{total:?}");
}

#[test]
fn joint_probabilities_that_do_not_fit_are_refused_by_name() {
    let told = |from: &str, to: &str| paired(&PAIRS.replace(from, to)).unwrap_err();
    assert_eq!(told("b,c,0.05\n", ""), "no inclusion probability of b together with c");
    assert_eq!(told("a,b,0.1\n", "a,b,0.1\nb,a,0.2\n"), "two inclusion probabilities of a together with b");
    assert_eq!(told("0.05", "1.5"), "the inclusion probability of b, c is 1.5");
    assert_eq!(told("0.05", "often"), "row 6: probability is no number: often");
    assert_eq!(told("second", "other"), "column second is missing");
    let parsed = DesignFile::parse(&PAIRED.replace("joint =", "fpc = [\"weight\"]\njoint ="));
    assert_eq!(
        parsed.unwrap_err().to_string(),
        "design: one of fpc (equal chances), probability and joint (unequal ones)"
    );
}

/// The reference's two parts, with a method of the file.
fn index(method: &str, domains: &str) -> String {
    let items = |from: u32, to: u32| (from..=to).map(|item| format!("\"q{item:02}\"")).collect::<Vec<_>>().join(", ");
    let mut design = format!(
        "methods = [\"own\"]\n[design]\nstrata = \"province\"\nids = [\"psu\"]\nweight = \"weight\"\n\
         [[own_methods]]\nname = \"own\"\nrule = \"M\"\n{method}\n"
    );
    for (part, from, to) in [("first", 1, 29), ("second", 30, 50)] {
        let columns = items(from, to);
        write!(design, "[[items]]\ncolumns = [{columns}]\nlevels = 5\nno_answer = [0]\npart = \"{part}\"\n").unwrap();
    }
    format!("{design}{domains}{OPEN}")
}

fn overall<'a>(result: &'a Recomputed, level: &str, domain: &str) -> &'a Figure {
    found(&result.figures)[&[level, domain, "overall", "own"]]
}

const BY_PROVINCE: &str = "[[domains]]\nby = [\"province\"]\n";
const BY_PARTS: &str = "overall = \"part-weights\"\npart_weights = ";

#[test]
fn the_parts_of_an_index_count_as_the_file_says() {
    let result =
        recompute(&index(&format!("{BY_PARTS}{{ first = 7, second = 7 }}"), BY_PROVINCE), &unpacked()).unwrap();
    let mut agreement = Agreement::default();
    for row in golden(include_bytes!("../data/sipas_mean_score_index_wr.csv.gz")) {
        if row["rule"] != "domains" {
            continue;
        }
        let (level, domain) =
            if row["province"] == "VN" { ("nation", "") } else { ("province", row["province"].as_str()) };
        let figure = overall(&result, level, domain);
        agreement.check(&row, "index_100", 100.0 * figure.estimate.unwrap());
        agreement.check(&row, "se_100", 100.0 * figure.se.unwrap());
        agreement.check(&row, "df", figure.df.unwrap());
        agreement.rows += 1;
    }
    agreement.report("equal part_weights are equal parts", 64);
    let figures = found(&result.figures);
    let part = |part: &str| figures[&["nation", "", part, "own"]].estimate.unwrap();
    let (first, second) = (part("first"), part("second"));
    let result = recompute(&index(&format!("{BY_PARTS}{{ first = 60, second = 40 }}"), ""), &unpacked()).unwrap();
    assert!((overall(&result, "nation", "").estimate.unwrap() - (0.6 * first + 0.4 * second)).abs() < 1e-12);
}

/// Provinces are strata, so that the variance of a mean of them is the sum of theirs.
#[test]
fn the_nation_is_what_the_method_says() {
    let provinces = golden(include_bytes!("../data/sipas_mean_score_index_wr.csv.gz"));
    let provinces: Vec<_> = provinces.iter().filter(|row| row["rule"] == "items" && row["province"] != "VN").collect();
    let weights: Vec<f64> = (0..provinces.len()).map(|place| (place % 5) as f64).collect();
    let listed = provinces.iter().zip(&weights).map(|(row, weight)| format!("{} = {weight}", row["province"]));
    let listed = listed.collect::<Vec<_>>().join(", ");
    let mut agreement = Agreement::default();
    for (method, weights) in [
        ("nation = { mean_of = \"province\" }".to_owned(), vec![1.0; provinces.len()]),
        (format!("nation = {{ mean_of = \"province\", weights = {{ {listed} }} }}"), weights),
    ] {
        let result = recompute(&index(&method, ""), &unpacked()).unwrap();
        let figure = overall(&result, "nation", "");
        let all: f64 = weights.iter().sum();
        let sum = |of: &dyn Fn(f64, &crate::data::Row) -> f64| {
            provinces.iter().zip(&weights).map(|(row, weight)| of(weight / all, row)).sum::<f64>()
        };
        let mean = sum(&|share, row| share * number(row, "index_100") / 100.0);
        let variance = sum(&|share, row| (share * number(row, "se_100") / 100.0).powi(2));
        agreement.near(mean, figure.estimate.unwrap(), "mean of provinces");
        agreement.near(variance.sqrt(), figure.se.unwrap(), "its error");
        assert_eq!((figure.df, figure.n), (Some(567.0), Some(35_551)));
        agreement.rows += 1;
    }
    agreement.report("means of provinces", 2);
    // Each counting the same is a weight of 1.
    let plain = String::from_utf8(unpacked()).unwrap();
    let ones: Vec<String> =
        plain.lines().skip(1).map(|line| format!("1,{}", line.split_once(',').unwrap().1)).collect();
    let ones = format!("{}\n{}\n", plain.lines().next().unwrap(), ones.join("\n"));
    let unweighted = recompute(&index("nation = { unweighted = true }", ""), plain.as_bytes()).unwrap();
    let weighted = recompute(&index("", ""), ones.as_bytes()).unwrap();
    let (ours, ones) = (overall(&unweighted, "nation", ""), overall(&weighted, "nation", ""));
    assert!((ours.estimate.unwrap() - ones.estimate.unwrap()).abs() < 1e-12);
    assert!((ours.se.unwrap() - ones.se.unwrap()).abs() < 1e-12 && ours.n == ones.n && ours.df == ones.df);
}

#[test]
fn a_method_that_does_not_fit_is_refused_by_its_key() {
    let told = |method: &str| recompute(&index(method, ""), &unpacked()).unwrap_err().to_string();
    assert_eq!(
        told("overall = \"part-weights\""),
        "own_methods.part_weights: goes together with overall = \"part-weights\""
    );
    assert_eq!(told("part_weights = { first = 1 }"), told("overall = \"part-weights\""));
    let unsound = "own_methods.part_weights: numbers from 0 up, not all of them 0";
    assert_eq!(told(&format!("{BY_PARTS}{{ first = -1, second = 2 }}")), unsound);
    assert_eq!(told(&format!("{BY_PARTS}{{ first = 0, second = 0 }}")), unsound);
    assert_eq!(told(&format!("{BY_PARTS}{{ first = nan, second = 2 }}")), unsound);
    assert!(told(&format!("{BY_PARTS}{{ first = 1 }}")).starts_with("own_methods.part_weights: "));
    assert!(told(&format!("{BY_PARTS}{{ first = 1, second = 1, third = 1 }}")).contains("third"));
    let nation = |rule: &str| told(&format!("nation = {{ {rule} }}"));
    assert_eq!(nation(""), "own_methods.nation: either mean_of or unweighted = true");
    assert_eq!(nation("mean_of = \"province\", unweighted = true"), nation(""));
    assert!(nation("unweighted = true, weights = { P01 = 1 }").starts_with("own_methods.nation.weights"));
    assert!(nation("mean_of = \"provinz\"").contains("did you mean province?"));
    assert_eq!(nation("mean_of = \"sex\", weights = { 1 = 1 }"), "own_methods.nation: sex 2 has no weight");
    let nobody = nation("mean_of = \"sex\", weights = { 1 = 1, 2 = 1, 3 = 1 }");
    assert_eq!(nobody, "own_methods.nation: nobody is in sex 3");
}

/// The same as the steps one after the other, on weights that need it.
#[test]
fn heavy_weights_are_trimmed_as_the_file_says() {
    let (mut weights, auxiliaries) = rows(&margins());
    weights.iter_mut().step_by(700).for_each(|weight| *weight *= 9.0);
    let provinces = columns(&["province"]).remove(0);
    let limits = TrimRules::default();
    let trimmed = calibrate_trimmed(&weights, &auxiliaries, &provinces, CalibrationRules::default(), limits).unwrap();

    let plain = String::from_utf8(unpacked()).unwrap();
    let lines = plain
        .lines()
        .skip(1)
        .zip(&weights)
        .map(|(line, weight)| format!("{weight},{}\n", line.split_once(',').unwrap().1));
    let data = format!("{}\n{}", plain.lines().next().unwrap(), lines.collect::<String>());
    let mut design =
        "methods = [\"sipas-2026-t\"]\n[design]\nstrata = \"province\"\nids = [\"psu\"]\nweight = \"weight\"\n\
                      [[items]]\ncolumns = [\"q01\"]\nlevels = 5\n[calibration]\ntrim = { within = [\"province\"] }\n"
            .to_owned();
    for margin in margins() {
        write!(design, "[[calibration.margins]]\nby = {:?}\n[calibration.margins.totals]\n", margin.columns).unwrap();
        for (category, total) in margin.totals {
            writeln!(design, "{category:?} = {total}").unwrap();
        }
    }
    design.push_str(OPEN);
    let result = recompute(&design, data.as_bytes()).unwrap();
    let report = result.weights.unwrap();
    let told = format!(
        "trimmed in {} rounds: {:.2} % of the respondents, above one in a hundred: somebody must decide",
        trimmed.trimming.rounds,
        100.0 * trimmed.trimming.share
    );
    assert!(report.contains(&told), "{report}");
    let answers = columns(&["q01"]).remove(0);
    let (mut all, mut satisfied) = (0.0, 0.0);
    for (answer, weight) in answers.iter().zip(&trimmed.calibration.weights) {
        if let Ok(level) = answer.parse::<u8>() {
            all += weight;
            satisfied += if level >= 4 { *weight } else { 0.0 };
        }
    }
    let figure = &result.figures[0];
    assert!((figure.estimate.unwrap() - satisfied / all).abs() < 1e-9, "{figure:?}");
    assert!(figure.se.unwrap() > 0.0);

    // Where nothing is heavy, the guard does nothing at all.
    let guard =
        Guard { within: vec!["province".into()], rules: TrimRules { times_median: 1000.0, ..TrimRules::default() } };
    let share = |guard| {
        let calibrated = calibrate_responses(survey("province", "psu"), &margins(), CalibrationRules::default(), guard);
        let calibrated = calibrated.unwrap();
        let tallies = Tallies::count(&calibrated.responses, &[]).unwrap();
        (tallies.estimate(&tallies.mean(0, &[(0, ItemRule::T.scores(5))]).unwrap()), calibrated.trimming)
    };
    let ((with, trimming), (without, none)) = (share(Some(&guard)), share(None));
    assert_eq!((with, none), (without, None));
    assert_eq!(trimming.map(|it| (it.rounds, it.share)), Some((0, 0.0)));
    let told = |trim: &str| {
        recompute(&design.replace("within = [\"province\"]", trim), data.as_bytes()).unwrap_err().to_string()
    };
    assert_eq!(told("times_median = 0.5"), "calibration.trim.times_median: 0.5; a number from 1 up");
    assert!(told("within = [\"provinz\"]").starts_with("calibration.trim.within: "));
    assert_eq!(told("most_rounds = 0"), "trimming and calibrating do not settle in 0 rounds");
}
