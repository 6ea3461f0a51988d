use std::collections::HashMap;
use std::io::Read;

use analysis::frame::{Item, Layout, Responses};
use flate2::read::GzDecoder;

pub(crate) const SURVEY: &[u8] = include_bytes!("../data/sipas_2025.csv.gz");
pub(crate) const GROUPS: [&str; 10] =
    ["province", "new_province", "province_urban", "urban", "sex", "age", "eth", "edu", "svc", "mode"];

/// The synthetic survey under other columns for stratum and PSU.
pub(crate) fn survey(stratum: &str, psu: &str) -> Responses {
    let layout = Layout {
        stratum: stratum.into(),
        psu: psu.into(),
        weight: "weight".into(),
        groups: GROUPS.map(String::from).into(),
        items: (1..=50).map(|item| Item { code: format!("q{item:02}"), levels: 5 }).collect(),
    };
    Responses::from_csv(GzDecoder::new(SURVEY), &layout).unwrap()
}

pub(crate) type Row = HashMap<String, String>;

pub(crate) fn golden(file: &[u8]) -> Vec<Row> {
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    rows_of(&text)
}

pub(crate) fn rows_of(text: &str) -> Vec<Row> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines
        .map(|line| names.iter().map(|name| (*name).to_owned()).zip(line.split(',').map(String::from)).collect())
        .collect()
}

pub(crate) fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

/// Collects differences so that a test can say how far it is from the reference.
#[derive(Default)]
pub(crate) struct Agreement {
    pub(crate) rows: usize,
    worst: f64,
}

impl Agreement {
    pub(crate) fn check(&mut self, row: &Row, column: &str, ours: f64) {
        self.near(number(row, column), ours, &format!("{column} of {row:?}"));
    }

    pub(crate) fn near(&mut self, golden: f64, ours: f64, what: &str) {
        let difference = if golden == ours { 0.0 } else { (ours / golden - 1.0).abs() };
        assert!(difference < 1e-9, "{what}: {ours} instead of {golden}");
        self.worst = self.worst.max(difference);
    }

    /// Prints for `cargo test -- --nocapture`.
    pub(crate) fn report(&self, name: &str, rows: usize) {
        println!("{name}: {} rows, worst relative difference {:.1e}", self.rows, self.worst);
        assert_eq!(self.rows, rows, "{name}");
    }
}
