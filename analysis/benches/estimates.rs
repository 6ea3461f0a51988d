//! 63 provinces × 50 items with p, V, df, DEFF and interval, beside a plain loop over rows; and the draw.
//!
//! `cargo bench -p analysis`. Bars: 0.10 s for 35,551 rows, 1.0 s for ten times as many.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark measures time and says it")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark may stop at the first surprise")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::Read;
use std::time::Instant;

use analysis::design::Design;
use analysis::draw::draw;
use analysis::estimate::{Tallies, share_interval};
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

fn seconds<T>(mut run: impl FnMut() -> T) -> f64 {
    let once = |_| {
        let start = Instant::now();
        black_box(run());
        start.elapsed().as_secs_f64()
    };
    (0..5).map(once).fold(f64::INFINITY, f64::min)
}

fn estimates(text: &str) {
    let layout = Layout {
        stratum: "province".into(),
        psu: "psu".into(),
        weight: "weight".into(),
        groups: vec!["province".into()],
        items: (1..=50).map(|item| Item { code: format!("q{item:02}"), levels: 5 }).collect(),
    };
    let start = Instant::now();
    let responses = Responses::from_csv(text.as_bytes(), &layout).unwrap();
    println!("{} rows: read and checked in {:.3} s", responses.rows(), start.elapsed().as_secs_f64());

    let ours = seconds(|| {
        let tallies = Tallies::count(&responses, &["province"]).unwrap();
        let scores = ItemRule::T.scores(5);
        let mut sum = 0.0;
        for (place, group) in tallies.groups().iter().enumerate() {
            for item in 0..50 {
                let estimate = tallies.mean(place, &[(item, scores)]).unwrap().estimate;
                let interval = share_interval(&estimate, group).unwrap();
                sum += interval.low + estimate.deff.unwrap() + f64::from(estimate.df);
            }
        }
        sum
    });
    let survey = Naive::read(text);
    let naive = seconds(|| survey.estimates());
    println!(
        "  63 × 50 p, V, df, DEFF, interval: {ours:.4} s; plain loop, p and V only: {naive:.4} s; ratio {:.1}",
        naive / ours
    );
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
