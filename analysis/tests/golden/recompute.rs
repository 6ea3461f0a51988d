//! What `sipas analyse` computes, against R `survey` 4.1-1 at 1e-9.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Read;

use analysis::frame::TableFile;
use analysis::recompute::{DesignFile, Figure, OutputFormat, RecomputeError, Recomputed, write};
use flate2::read::GzDecoder;

use crate::data::{Agreement, Row, SURVEY, golden};
use crate::weights::margin;

pub(crate) const EXAMPLE: &[u8] = include_bytes!("../../../docs/examples/survey.csv");
pub(crate) const WITH_REPLACEMENT: &str = include_str!("../../../docs/examples/with-replacement.toml");
const THREE_STAGES: &str = include_str!("../../../docs/examples/three-stages.toml");
const DOCUMENT: &str = include_str!("../../../docs/analyse.md");

pub(crate) fn recompute(design: &str, data: &[u8]) -> Result<Recomputed, RecomputeError> {
    let design = DesignFile::parse(design)?;
    let columns = design.read(TableFile::new(data.to_vec())?)?;
    design.recompute(columns)
}

/// By level, domain, indicator and statistic.
pub(crate) fn found(figures: &[Figure]) -> HashMap<[&str; 4], &Figure> {
    figures.iter().map(|it| ([it.level.as_str(), &it.domain, &it.indicator, &it.statistic], it)).collect()
}

fn agree(agreement: &mut Agreement, row: &Row, figure: &Figure) {
    agreement.rows += 1;
    let n = row.get("n").map(|n| n.parse().unwrap());
    assert!(n.is_none_or(|n| figure.n == Some(n)), "{row:?}");
    agreement.check(row, "p", figure.estimate.unwrap());
    agreement.check(row, "se", figure.se.unwrap());
    agreement.check(row, "df", figure.df.unwrap());
    agreement.check(row, "deff", figure.deff.unwrap());
    let Some(interval) = figure.interval.filter(|_| row.contains_key("logit_lo")) else { return };
    let method = if (0.1..=0.9).contains(&figure.estimate.unwrap()) { "logit" } else { "wilson" };
    agreement.check(row, &format!("{method}_lo"), interval.low);
    agreement.check(row, &format!("{method}_hi"), interval.high);
}

/// The example of the documentation: three provinces of the survey, each of them a stratum, so that R's figures of the
/// whole survey are theirs.
#[test]
fn the_example_of_the_documentation_has_the_digits_of_r() {
    for (design, method, file, rows) in [
        (WITH_REPLACEMENT, "sipas-2026-t", &include_bytes!("../data/sipas_province_wr.csv.gz")[..], 15),
        (THREE_STAGES, "satisfied", &include_bytes!("../data/sipas_province_d1_3stage.csv.gz")[..], 15),
    ] {
        let result = recompute(design, EXAMPLE).unwrap();
        let figures = found(&result.figures);
        let mut agreement = Agreement::default();
        for row in golden(file) {
            let item = row["item"].replace('s', "q");
            if let Some(figure) = figures.get(&["province", &row["province"], &item, method]) {
                agree(&mut agreement, &row, figure);
            }
        }
        agreement.report(method, rows);
    }
}

/// What the documentation shows is what the command writes.
#[test]
fn the_documentation_shows_what_comes_out() {
    let result = recompute(WITH_REPLACEMENT, EXAMPLE).unwrap();
    let written = String::from_utf8(write(&result.figures, OutputFormat::Csv).unwrap()).unwrap();
    let shown = DOCUMENT.split("```csv\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert!(shown.lines().count() > 3);
    // Another machine's logarithm may differ in the last digit.
    let same = |(shown, written): (&str, &str)| match (shown.parse::<f64>(), written.parse::<f64>()) {
        (Ok(shown), Ok(written)) => (shown - written).abs() <= 1e-12 * shown.abs(),
        _ => shown == written,
    };
    for line in shown.lines() {
        let is_it = |written: &str| line.split(',').zip(written.split(',')).all(same);
        assert!(written.lines().any(is_it), "{line}\nis not among\n{written}");
    }
    for (name, content) in [("with-replacement.toml", WITH_REPLACEMENT), ("three-stages.toml", THREE_STAGES)] {
        assert!(DOCUMENT.contains(&format!("examples/{name}")) && DesignFile::parse(content).is_ok());
    }
    for example in DOCUMENT.split("```toml\n").skip(1) {
        let example = example.split("```").next().unwrap();
        assert_eq!(DesignFile::parse(example).err(), None, "{example}");
    }
}

pub(crate) fn unpacked() -> Vec<u8> {
    let mut content = Vec::new();
    GzDecoder::new(SURVEY).read_to_end(&mut content).unwrap();
    content
}

/// Nothing is withheld, so that every figure can be compared.
pub(crate) const OPEN: &str = "[suppression]\nrespondents = 0\npsus = 0\nalike = 0\nunreliable = \"flag\"\n";

fn survey_design(items: &str, domains: &str, calibration: &str) -> String {
    format!(
        "methods = [\"sipas-2026-t\"]\n[design]\nstrata = \"province\"\nids = [\"psu\"]\nweight = \"weight\"\n\
         [[items]]\ncolumns = [{items}]\nlevels = 5\n{domains}\n{calibration}\n{OPEN}"
    )
}

#[test]
fn calibrated_figures_of_the_whole_survey() {
    let rows = golden(include_bytes!("../data/sipas_calibrated.csv.gz"));
    let data = unpacked();
    for (method, distance, columns) in [
        ("poststrat_province_sex", "distance = \"post-stratification\"", &[&["province", "sex"][..]][..]),
        ("linear", "distance = \"linear\"", &[&["province"], &["sex", "age"], &["urban"]]),
        ("raking", "distance = \"raking\"", &[&["province"], &["sex", "age"], &["urban"]]),
        ("raking_b", "distance = \"raking\"\nbounds = [0.93, 1.095]", &[&["province"], &["sex", "age"], &["urban"]]),
        ("logit_b", "bounds = [0.9, 1.12]", &[&["province"], &["sex", "age"], &["urban"]]),
    ] {
        let mut calibration = format!("[calibration]\n{distance}\n");
        for by in columns {
            write!(calibration, "[[calibration.margins]]\nby = {by:?}\n[calibration.margins.totals]\n").unwrap();
            for (category, total) in margin(by).totals {
                writeln!(calibration, "{category:?} = {total}").unwrap();
            }
        }
        let domains = ["province", "sex", "age", "urban"].map(|by| format!("[[domains]]\nby = [{by:?}]\n")).concat();
        let items = r#""q01", "q02", "q11", "q30", "q41""#;
        let result = recompute(&survey_design(items, &domains, &calibration), &data).unwrap();
        assert!(result.weights.unwrap().starts_with("calibrated in "));
        let figures = found(&result.figures);
        let mut agreement = Agreement::default();
        for row in rows.iter().filter(|row| row["method"] == method) {
            let (level, domain) = match row["domain"].as_str() {
                "VN" => ("nation", ""),
                "sex2" => ("sex", "2"),
                "age5" => ("age", "5"),
                "urban" => ("urban", "1"),
                province => ("province", province),
            };
            let item = row["item"].replace('s', "q");
            agree(&mut agreement, row, figures[&[level, domain, &item, "sipas-2026-t"]]);
        }
        agreement.report(method, 30);
    }
}

/// Every province and item with its interval; and the index, whose ranks never stand without their set.
#[test]
fn provinces_and_their_ranks_of_the_whole_survey() {
    let items: Vec<String> = (1..=50).map(|item| format!("\"q{item:02}\"")).collect();
    let design = survey_design(&items.join(", "), "[[domains]]\nby = [\"province\"]\nrank = true\n", "");
    let result = recompute(&design, &unpacked()).unwrap();
    let figures = found(&result.figures);
    let mut agreement = Agreement::default();
    for row in golden(include_bytes!("../data/sipas_province_wr.csv.gz")) {
        let figure = figures[&["province", &row["province"], &row["item"].replace('s', "q"), "sipas-2026-t"]];
        if row["se"].parse::<f64>().unwrap() > 1e-15 {
            agree(&mut agreement, &row, figure);
        }
    }
    assert!(agreement.rows > 3000);
    let rows = golden(include_bytes!("../data/sipas_ranks.csv.gz"));
    for row in &rows {
        let ranks = figures[&["province", &row["province"], "overall", "sipas-2026-t"]].ranks.unwrap();
        let of = |end: &str| row[&format!("mogstad_{end}")].parse::<u32>().unwrap();
        // The critical value is simulated.
        assert!(ranks.first.abs_diff(of("lo")) <= 1 && ranks.last.abs_diff(of("hi")) <= 1, "{row:?} {ranks:?}");
    }
    assert!(figures.values().all(|figure| figure.level == "province" || figure.ranks.is_none()));
}
