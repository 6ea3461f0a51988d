//! Nation and 63 provinces × 50 items with p, V, df, DEFF and three intervals, beside a plain loop over rows; and the draw.
//!
//! `cargo bench -p analysis`, on Linux. Seconds of a processor but for reading and drawing. Bars: 0.07 s for 35,551 rows, 0.7 s for ten times as many.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark measures time and says it")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark may stop at the first surprise")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::Read;
use std::time::Instant;

use analysis::design::Design;
use analysis::draw::draw;
use analysis::estimate::{IntervalMethod, Reliability, Tallies};
use analysis::frame::{Area, Item, Layout, Person, Responses, SamplingFrame};
use analysis::index::ItemRule;

fn main() {
    let mut text = String::new();
    let packed: &[u8] = include_bytes!("../tests/data/sipas_2025.csv.gz");
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    let (heading, body) = text.split_once('\n').unwrap();
    for times in [1, 10] {
        estimates(&format!("{heading}\n{}", body.repeat(times)));
    }
    for persons in [400_000, 4_000_000] {
        draws(persons);
    }
}

/// Of a processor, the mean of eight runs: on a machine with other work, what the clock says is somebody else's time.
fn seconds<T>(mut run: impl FnMut() -> T) -> f64 {
    let start = processor_seconds();
    for _ in 0..8 {
        black_box(run());
    }
    (processor_seconds() - start) / 8.0
}

/// Of this thread so far.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1e9
}

fn estimates(text: &str) {
    let layout = Layout {
        stratum: "province".into(),
        psu: "psu".into(),
        weight: "weight".into(),
        groups: std::iter::once("province").chain(DEMOGRAPHY).map(String::from).collect(),
        items: (1..=50).map(|item| Item { code: format!("q{item:02}"), levels: 5 }).collect(),
        ..Layout::default()
    };
    let start = Instant::now();
    let responses = Responses::from_csv(text.as_bytes(), &layout).unwrap();
    println!("{} rows: read and checked in {:.3} s", responses.rows(), start.elapsed().as_secs_f64());

    let ours = seconds(|| book(&responses, &[IntervalMethod::Wald, IntervalMethod::Logit, IntervalMethod::Wilson]));
    let exact = seconds(|| book(&responses, &[IntervalMethod::KornGraubard]));
    if responses.rows() < 100_000 {
        let whole = seconds(|| demography(&responses));
        println!(
            "  the same and every province by {} columns × 50, with the rule of publication: {whole:.2} s",
            DEMOGRAPHY.len()
        );
    }
    let survey = Naive::read(text);
    let naive = seconds(|| survey.estimates());
    println!(
        "  nation and 63 provinces × 50: p, V, df, DEFF, three intervals {ours:.4} s; the exact interval instead {exact:.4} s; \
         plain loop, provinces' p and V only {naive:.4} s, ratio {:.1}",
        naive / ours
    );
}

const DEMOGRAPHY: [&str; 7] = ["urban", "sex", "age", "eth", "edu", "svc", "mode"];

/// Nation, provinces, and every province by each column: how many figures may be published.
fn demography(responses: &Responses) -> usize {
    let scores = ItemRule::T.scores(5);
    let crossings = DEMOGRAPHY.map(|column| vec!["province", column]);
    let mut published = 0;
    for by in [vec![], vec!["province"]].into_iter().chain(crossings) {
        let tallies = Tallies::count(responses, &by).unwrap();
        for (group, item) in (0..tallies.groups().len()).flat_map(|group| (0..50).map(move |item| (group, item))) {
            let estimate = tallies.mean(group, &[(item, scores)]).map(|measure| tallies.estimate(&measure));
            published += usize::from(estimate.is_some_and(|it| it.reliability() == Reliability::Publish));
        }
    }
    published
}

/// Nation and provinces, every item.
fn book(responses: &Responses, methods: &[IntervalMethod]) -> f64 {
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

/// PSU, weight, answers.
type Row = (String, f64, Vec<Option<u8>>);

/// What one writes first: rows by province, two passes per item.
struct Naive {
    provinces: BTreeMap<String, Vec<Row>>,
}

impl Naive {
    fn read(text: &str) -> Self {
        let mut provinces: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for line in text.lines().skip(1) {
            let fields: Vec<&str> = line.split(',').collect();
            let answers = fields[13..].iter().map(|code| code.parse().ok().filter(|code| *code < 6)).collect();
            let row = (fields[6].to_owned(), fields[0].parse().unwrap(), answers);
            provinces.entry(fields[3].to_owned()).or_default().push(row);
        }
        Self { provinces }
    }

    fn estimates(&self) -> f64 {
        let mut sum = 0.0;
        for rows in self.provinces.values() {
            for item in 0..50 {
                let (mut weights, mut satisfied) = (0.0, 0.0);
                for (_, weight, answers) in rows {
                    if let Some(level) = answers[item] {
                        weights += weight;
                        satisfied += if level >= 4 { *weight } else { 0.0 };
                    }
                }
                let p = satisfied / weights;
                let mut totals: BTreeMap<&str, f64> = BTreeMap::new();
                for (psu, weight, answers) in rows {
                    let total = totals.entry(psu).or_default();
                    if let Some(level) = answers[item] {
                        *total += weight * (f64::from(u8::from(level >= 4)) - p) / weights;
                    }
                }
                let n = f64::from(u32::try_from(totals.len()).unwrap());
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
