//! `sipas verify`: an edition checked from its bundle alone, without database or configuration.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read as _};
use std::path::PathBuf;

use analysis::frame::TableFile;
use analysis::recompute::DesignFile;
use analysis::table::percent;
use clap::Args;
use survey_forms::{Source, SourceFile};
use zip::ZipArchive;

use super::attack::attack;
use super::bundle::{DEFINITION, DESIGN, DOCUMENT, FIGURES, SUMS};
use super::content::{COUNTRY, Content, FORMAT, Figure, Level, SHARES};
use super::figures_csv::figures_csv;
use crate::base::seal::{hex, sha256};

#[derive(Args)]
pub struct Bundle {
    /// The bundle of an edition: ZIP.
    pub bundle: PathBuf,
    /// The full answers of the survey as the platform exports them (CSV or Parquet), for whoever may have them: every index is computed again.
    #[arg(long)]
    pub answers: Option<PathBuf>,
}

/// A file inside is never larger.
const MOST_BYTES: u64 = 200 << 20;
/// Between a figure and what follows from others that were rounded.
const ROUNDING: f64 = 0.011;

/// What was checked, line by line, or the first thing that is not as it should be.
pub fn verify_bundle(files: &Bundle) -> Result<String, String> {
    let at = |path: &PathBuf, cause: std::io::Error| format!("{}: {cause}", path.display());
    let bundle = std::fs::read(&files.bundle).map_err(|cause| at(&files.bundle, cause))?;
    let mut told = verify(&bundle)?;
    if let Some(path) = &files.answers {
        let answers = std::fs::read(path).map_err(|cause| at(path, cause))?;
        told.push_str(&from_answers(&bundle, answers)?);
    }
    Ok(told)
}

fn unpacked(bundle: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let unreadable = |cause: zip::result::ZipError| format!("the bundle is no readable ZIP: {cause}");
    let mut archive = ZipArchive::new(Cursor::new(bundle)).map_err(unreadable)?;
    let mut files = BTreeMap::new();
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(unreadable)?;
        let name = file.name().map_err(unreadable)?.into_owned();
        let mut bytes = Vec::new();
        file.take(MOST_BYTES).read_to_end(&mut bytes).map_err(|cause| format!("{name}: {cause}"))?;
        files.insert(name, bytes);
    }
    Ok(files)
}

fn take<'a>(files: &'a BTreeMap<String, Vec<u8>>, name: &str) -> Result<&'a [u8], String> {
    files.get(name).map(Vec::as_slice).ok_or_else(|| format!("{name} is missing"))
}

fn document(files: &BTreeMap<String, Vec<u8>>) -> Result<Content, String> {
    let content: Content =
        serde_json::from_slice(take(files, DOCUMENT)?).map_err(|cause| format!("{DOCUMENT}: {cause}"))?;
    if content.format == FORMAT {
        Ok(content)
    } else {
        Err(format!("{DOCUMENT}: an unknown format {}", content.format))
    }
}

fn verify(bundle: &[u8]) -> Result<String, String> {
    let files = unpacked(bundle)?;
    let mut told = String::new();
    let mut say = |line: std::fmt::Arguments<'_>| _ = writeln!(told, "{line}");
    let sums = String::from_utf8_lossy(take(&files, SUMS)?).into_owned();
    let mut named = 0;
    for (sum, name) in sums.lines().filter_map(|line| line.split_once("  ")) {
        if hex(&sha256(take(&files, name)?)) != sum {
            return Err(format!("{name} is not the file whose fingerprint is in {SUMS}"));
        }
        named += 1;
    }
    if named + 1 != files.len() {
        return Err(format!("{} files, of which {named} have a fingerprint", files.len()));
    }
    say(format_args!("fingerprints: {named} files as they were made"));
    let content = document(&files)?;
    say(format_args!(
        "edition of {}: {} figures, fingerprint {}",
        content.survey.slug,
        content.figures.len(),
        hex(&sha256(take(&files, DOCUMENT)?))
    ));
    let again = figures_csv(&content).map_err(|error| error.to_string())?;
    if again != take(&files, FIGURES)? {
        return Err(format!("{FIGURES} is not what {DOCUMENT} gives"));
    }
    say(format_args!("{FIGURES}: the same {} bytes again", again.len()));
    let form = questionnaire(&files)?;
    if content.method.inputs.get("questionnaire") != Some(&form) {
        return Err("the questionnaire is not the one that was asked".to_owned());
    }
    say(format_args!("questionnaire: the one that was asked, {form}"));
    say(format_args!("intervals: {} hold their value", intervals(&content)?));
    say(format_args!("indices: {} are the means of their items", indices(&content)?));
    say(format_args!("shares: {} questions add up to a hundred", shares(&content)?));
    say(format_args!("ranks: {} follow the values and lie within their sets", ranks(&content)?));
    let recovered = attack(&content).len();
    if recovered > 0 {
        return Err(format!("{recovered} hidden figures can be reckoned from those that are shown"));
    }
    say(format_args!("hidden figures: none can be reckoned from those that are shown"));
    Ok(told)
}

/// The digest of the questionnaire in the bundle.
fn questionnaire(files: &BTreeMap<String, Vec<u8>>) -> Result<String, String> {
    let text = |name: &str| Ok::<_, String>(String::from_utf8_lossy(take(files, name)?).into_owned());
    let mut wordings = Vec::new();
    for name in files.keys().filter(|name| *name != DEFINITION) {
        let language = name.strip_prefix("questionnaire/").and_then(|name| name.strip_suffix(".toml"));
        if let Some(language) = language {
            wordings.push((language.to_owned(), SourceFile::new(name.clone(), text(name)?)));
        }
    }
    let source = Source {
        code: text("questionnaire/code.txt")?,
        definition: SourceFile::new(DEFINITION, text(DEFINITION)?),
        wordings,
    };
    Ok(source.digest())
}

fn spot(figure: &Figure) -> String {
    format!("{} in {} by {}", figure.code, figure.place, figure.rule)
}

fn intervals(content: &Content) -> Result<usize, String> {
    let mut held = 0;
    for figure in &content.figures {
        let (Some(value), Some(low), Some(high)) = (figure.value, figure.low, figure.high) else { continue };
        if !(low <= value && value <= high && (0.0..=100.0).contains(&value)) {
            return Err(format!("the interval of {} does not hold its value", spot(figure)));
        }
        held += 1;
    }
    Ok(held)
}

/// Factors, domains and the overall index: each item inside counts the same.
fn indices(content: &Content) -> Result<usize, String> {
    let values: BTreeMap<(&str, &str, &str), f64> = content
        .figures
        .iter()
        .filter(|figure| figure.answer == 0)
        .filter_map(|it| Some(((it.place.as_str(), it.rule.as_str(), it.code.as_str()), it.value?)))
        .collect();
    let mut right = 0;
    for node in content.indicators.iter().filter(|it| it.level != Level::Item) {
        let items = items(content, &node.code);
        for ((place, rule, code), value) in values.iter().filter(|((.., code), _)| *code == node.code) {
            let parts: Vec<f64> =
                items.iter().filter_map(|item| values.get(&(*place, *rule, *item)).copied()).collect();
            if parts.len() != items.len() {
                continue;
            }
            #[expect(clippy::cast_precision_loss, reason = "dozens of items")]
            let mean = parts.iter().sum::<f64>() / parts.len() as f64;
            if (mean - value).abs() > ROUNDING {
                return Err(format!("{code} in {place} by {rule} is {value:.2}, the mean of its items {mean:.4}"));
            }
            right += 1;
        }
    }
    Ok(right)
}

/// The items inside an indicator.
fn items<'a>(content: &'a Content, code: &str) -> Vec<&'a str> {
    let parts = content.indicators.iter().filter(|it| it.part_of.as_deref() == Some(code));
    parts
        .flat_map(|it| if it.level == Level::Item { vec![it.code.as_str()] } else { items(content, &it.code) })
        .collect()
}

fn shares(content: &Content) -> Result<usize, String> {
    let mut right = 0;
    for question in content.questions.iter().filter(|question| !question.several) {
        for place in &content.places {
            let of_place = |figure: &&Figure| {
                figure.answer > 0 && figure.rule == SHARES && figure.code == question.code && figure.place == place.code
            };
            let values: Vec<Option<f64>> = content.figures.iter().filter(of_place).map(|it| it.value).collect();
            let Some(values) = values.into_iter().collect::<Option<Vec<f64>>>().filter(|values| !values.is_empty())
            else {
                continue;
            };
            #[expect(clippy::cast_precision_loss, reason = "dozens of answers")]
            let slack = 0.005 * values.len() as f64 + 1e-9;
            if (values.iter().sum::<f64>() - 100.0).abs() > slack {
                return Err(format!("the shares of {} in {} do not add up", question.code, place.code));
            }
            right += 1;
        }
    }
    Ok(right)
}

fn ranks(content: &Content) -> Result<usize, String> {
    let mut leagues: BTreeMap<(&str, &str), Vec<(&Figure, f64)>> = BTreeMap::new();
    for figure in content.figures.iter().filter(|figure| figure.standing.is_some()) {
        let value = figure.value.ok_or_else(|| format!("{} has a rank without a value", spot(figure)))?;
        leagues.entry((&figure.rule, &figure.code)).or_default().push((figure, value));
    }
    let mut right = 0;
    for league in leagues.into_values() {
        for (figure, value) in &league {
            let Some(it) = figure.standing else { continue };
            let above = league.iter().filter(|(_, other)| *other > *value + 1e-9).count();
            let level = league.iter().filter(|(_, other)| (*other - *value).abs() <= 1e-9).count();
            let rank = usize::try_from(it.rank).unwrap_or(usize::MAX);
            // Values that are equal once rounded may stand in either order.
            let follows = (above + 1..=above + level).contains(&rank);
            let within = (it.first..=it.last).contains(&it.rank) && it.first <= it.own_first && it.own_last <= it.last;
            if !(follows && within) {
                return Err(format!("the rank of {} does not follow from the values", spot(figure)));
            }
            right += 1;
        }
    }
    Ok(right)
}

/// Every index once more, from the single answers and the design in the bundle.
fn from_answers(bundle: &[u8], answers: Vec<u8>) -> Result<String, String> {
    let files = unpacked(bundle)?;
    let content = document(&files)?;
    let design = String::from_utf8_lossy(take(&files, DESIGN)?).into_owned();
    let design = DesignFile::parse(&design).map_err(|cause| format!("{DESIGN}: {cause}"))?;
    let table = TableFile::new(answers).map_err(|cause| format!("the answers: {cause}"))?;
    let columns = design.read(table).map_err(|cause| format!("the answers: {cause}"))?;
    let computed = design.recompute(columns).map_err(|cause| format!("the answers: {cause}"))?;
    let mut found: BTreeMap<(String, String, &str), [String; 3]> = BTreeMap::new();
    for figure in &computed.figures {
        let rule = if figure.statistic == "sipas-2026-m" { "M" } else { "T" };
        let place = if figure.level == "nation" { COUNTRY.to_owned() } else { figure.domain.clone() };
        let points = |share: Option<f64>| share.map(|share| percent(share, 2)).unwrap_or_default();
        let (low, high) = figure.interval.map(|it| (it.low, it.high)).unzip();
        found.insert((place, figure.indicator.clone(), rule), [points(figure.estimate), points(low), points(high)]);
    }
    let (mut same, mut compared) = (0, 0);
    let mut first = None;
    let indices = content.figures.iter().filter(|it| it.answer == 0 && it.value.is_some() && !it.place.contains('/'));
    for figure in indices {
        let rule = if figure.rule == "M" { "M" } else { "T" };
        let told =
            [figure.value, figure.low, figure.high].map(|it| it.map(|it| format!("{it:.2}")).unwrap_or_default());
        let again = found.get(&(figure.place.clone(), figure.code.clone(), rule));
        compared += 1;
        if again == Some(&told) {
            same += 1;
        } else if first.is_none() {
            first = Some(format!("{}: published {told:?}, computed {again:?}", spot(figure)));
        }
    }
    match first {
        None => Ok(format!("from the answers: {same} published indices with their intervals come out the same\n")),
        Some(first) => Err(format!(
            "from the answers: {same} of {compared} published indices come out the same; first other: {first}"
        )),
    }
}
