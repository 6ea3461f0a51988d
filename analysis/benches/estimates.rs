//! Nation and 63 provinces × 50 items with p, V, df, DEFF and three intervals; the book of demographic cells; the draw. Beside each a
//! plain loop over rows, and the time it takes to read the bytes.
//!
//! `cargo bench -p analysis --bench estimates`, on Linux; with `-- book` the book alone, for a profile. Seconds of a processor but for
//! reading and drawing. Bars: 0.07 s for 35,551 rows, 0.7 s for ten times as many, 5 s for the book.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark measures time and says it")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark may stop at the first surprise")]
#![expect(clippy::cast_precision_loss, reason = "counts of rows and bytes")]

use std::collections::BTreeMap;
use std::io::Read;
use std::time::Instant;

use analysis::design::Design;
use analysis::draw::draw;
use analysis::estimate::{IntervalMethod, Tallies};
use analysis::frame::{Area, Item, Layout, Person, Responses, SamplingFrame, TableFile};
use analysis::index::ItemRule;
use analysis::recompute::DesignFile;

#[path = "shared/bandwidth.rs"]
mod bandwidth;
#[path = "shared/time.rs"]
mod time;

use bandwidth::bandwidth;
use time::seconds;

fn main() {
    let mut text = String::new();
    let packed: &[u8] = include_bytes!("../tests/data/sipas_2025.csv.gz");
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    let (heading, body) = text.split_once('\n').unwrap();
    let bandwidth = bandwidth();
    println!("one thread reads {:.1} GB/s", bandwidth / 1e9);
    if std::env::args().any(|argument| argument == "book") {
        return book(&text);
    }
    for times in [1, 10] {
        estimates(&format!("{heading}\n{}", body.repeat(times)), bandwidth);
    }
    book(&text);
    for persons in [400_000, 4_000_000] {
        draws(persons);
    }
}

fn estimates(text: &str, bandwidth: f64) {
    let layout = Layout {
        stratum: "province".into(),
        psu: "psu".into(),
        weight: "weight".into(),
        groups: vec!["province".into()],
        items: (1..=50).map(|item| Item { code: format!("q{item:02}"), levels: 5 }).collect(),
        ..Layout::default()
    };
    let start = Instant::now();
    let responses = Responses::from_csv(text.as_bytes(), &layout).unwrap();
    println!("{} rows: read and checked in {:.3} s", responses.rows(), start.elapsed().as_secs_f64());

    let ours = seconds(|| figures(&responses, &[IntervalMethod::Wald, IntervalMethod::Logit, IntervalMethod::Wilson]));
    let counted = seconds(|| [&[][..], &["province"]].map(|by| Tallies::count(&responses, by).unwrap()));
    let exact = seconds(|| figures(&responses, &[IntervalMethod::KornGraubard]));
    let survey = Naive::read(text);
    let provinces = survey.by(&["province"]);
    let naive = seconds(|| Naive::estimates(&provinces));
    // Of both groupings: a byte per answer, weight, PSU and group.
    let bytes = 2.0 * responses.rows() as f64 * (50.0 + 8.0 + 4.0 + 4.0);
    println!(
        "  nation and 63 provinces × 50, p, V, df, DEFF, three intervals: {ours:.4} s, of it {counted:.4} s the pass over the rows; \
         the exact interval instead {exact:.4} s; bound by reading {:.5} s",
        bytes / bandwidth
    );
    println!("  a plain loop, provinces' p and V only: {naive:.4} s, ratio {:.1}", naive / ours);
}

/// Nation and provinces, every item.
fn figures(responses: &Responses, methods: &[IntervalMethod]) -> f64 {
    let scores = ItemRule::T.scores(5);
    let mut sum = 0.0;
    for by in [&[][..], &["province"]] {
        let tallies = Tallies::count(responses, by).unwrap();
        for group in 0..tallies.groups().len() {
            for item in 0..50 {
                let estimate = tallies.estimate(&tallies.mean(group, &[(item, scores)]).unwrap());
                sum += estimate.deff.unwrap() + estimate.df;
                sum += methods.iter().filter_map(|method| estimate.interval_by(*method)).map(|it| it.low).sum::<f64>();
            }
        }
    }
    sum
}

/// With 25 cells together.
const DEMOGRAPHY: [&[&str]; 8] =
    [&["urban"], &["sex"], &["age"], &["eth"], &["edu"], &["svc"], &["mode"], &["urban", "sex"]];

fn crossed<'a>(columns: &[&'a str]) -> Vec<&'a str> {
    [&["province"], columns].concat()
}

/// What `sipas analyse` does for nation and provinces, each by every column of the demography, from the file's text to the
/// protected table.
fn book(text: &str) {
    let items: Vec<String> = (1..=50).map(|item| format!("\"q{item:02}\"")).collect();
    let domains = [vec!["province"]].into_iter().chain(DEMOGRAPHY.map(<[_]>::to_vec)).chain(DEMOGRAPHY.map(crossed));
    let domains: Vec<String> = domains.map(|by| format!("[[domains]]\nby = {by:?}\n")).collect();
    let design = format!(
        "methods = [\"sipas-2026-t\"]\n[design]\nstrata = \"province\"\nids = [\"psu\"]\nweight = \"weight\"\n\
         [[items]]\ncolumns = [{}]\nlevels = 5\nno_answer = [0]\n{}",
        items.join(", "),
        domains.concat()
    );
    let file = DesignFile::parse(&design).unwrap();
    let columns = file.read(TableFile::new(text.as_bytes().to_vec()).unwrap()).unwrap();
    let figures = file.recompute(columns.clone()).unwrap().figures;
    let shown = figures.iter().filter(|figure| figure.estimate.is_some()).count();
    let ours = seconds(|| file.recompute(columns.clone()).unwrap());
    let survey = Naive::read(text);
    let tables: Vec<_> = DEMOGRAPHY.iter().map(|columns| survey.by(&crossed(columns))).collect();
    let naive = seconds(|| tables.iter().map(Naive::estimates).sum::<f64>());
    println!(
        "the book: {} figures, {shown} of them shown: {ours:.2} s; a plain loop, p and V of the crossings only, nothing protected \
         {naive:.2} s, ratio {:.2}",
        figures.len(),
        naive / ours
    );
}

/// What one writes first: rows by group, two passes per item.
struct Naive<'a> {
    heading: Vec<&'a str>,
    rows: Vec<Row<'a>>,
}

struct Row<'a> {
    fields: Vec<&'a str>,
    weight: f64,
    answers: Vec<Option<u8>>,
}

type Groups<'a> = BTreeMap<Vec<&'a str>, Vec<&'a Row<'a>>>;

impl<'a> Naive<'a> {
    fn read(text: &'a str) -> Self {
        let row = |line: &'a str| {
            let fields: Vec<&str> = line.split(',').collect();
            let answers = fields[13..].iter().map(|code| code.parse().ok().filter(|code| (1..6).contains(code)));
            Row { weight: fields[0].parse().unwrap(), answers: answers.collect(), fields }
        };
        let heading = text.lines().next().unwrap().split(',').collect();
        Self { heading, rows: text.lines().skip(1).map(row).collect() }
    }

    fn by(&self, columns: &[&str]) -> Groups<'_> {
        let places: Vec<usize> =
            columns.iter().map(|column| self.heading.iter().position(|name| name == column).unwrap()).collect();
        let mut groups = Groups::new();
        for row in &self.rows {
            groups.entry(places.iter().map(|place| row.fields[*place]).collect()).or_default().push(row);
        }
        groups
    }

    fn estimates(groups: &Groups<'_>) -> f64 {
        let mut sum = 0.0;
        for rows in groups.values() {
            for item in 0..50 {
                let (mut weights, mut satisfied) = (0.0, 0.0);
                for row in rows {
                    if let Some(level) = row.answers[item] {
                        weights += row.weight;
                        satisfied += if level >= 4 { row.weight } else { 0.0 };
                    }
                }
                let p = satisfied / weights;
                let mut totals: BTreeMap<&str, f64> = BTreeMap::new();
                for row in rows {
                    let total = totals.entry(row.fields[6]).or_default();
                    if let Some(level) = row.answers[item] {
                        *total += row.weight * (f64::from(u8::from(level >= 4)) - p) / weights;
                    }
                }
                let n = totals.len() as f64;
                let mean = totals.values().sum::<f64>() / n;
                sum += p + n / (n - 1.0) * totals.values().map(|z| (z - mean) * (z - mean)).sum::<f64>();
            }
        }
        sum
    }
}

fn draws(persons: u32) {
    let codes: Vec<String> = (0..persons).map(|person| format!("{person:09}")).collect();
    // 120 persons to a village, 8 villages to a commune, 34 provinces.
    let villages: Vec<[String; 3]> = (0..=persons / 120)
        .map(|village| {
            let commune = village / 8;
            [format!("{:02}", commune % 34), format!("{commune:05}"), format!("{village:07}")]
        })
        .collect();
    let rows = || {
        (0_usize..).zip(&codes).map(|(person, code)| {
            let [province, commune, village] = &villages[person / 120];
            let area = if (person / 960) % 3 == 0 { Area::Urban } else { Area::Rural };
            Person { code, village, commune, area, province }
        })
    };
    let start = Instant::now();
    let frame = SamplingFrame::from_persons(rows()).unwrap();
    let built = start.elapsed().as_secs_f64();
    let design = Design {
        name: "bench".into(),
        communes: 12,
        villages_per_commune: 2,
        persons_per_village: 45,
        reserves_per_village: 20,
        ..Design::default()
    };
    let start = Instant::now();
    let drawn = draw(&frame, &design, "seed").unwrap();
    println!(
        "{persons} persons: frame checked and sorted in {built:.2} s, {} units drawn in {:.3} s",
        drawn.units.len(),
        start.elapsed().as_secs_f64()
    );
}
