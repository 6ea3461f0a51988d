use std::collections::HashMap;
use std::io::Read;

use analysis::frame::{Item, Layout, Responses, Selection, SurveyDesign};
use flate2::read::GzDecoder;

pub(crate) const SURVEY: &[u8] = include_bytes!("../data/sipas_2025.csv.gz");
pub(crate) const GROUPS: [&str; 10] =
    ["province", "new_province", "province_urban", "urban", "sex", "age", "eth", "edu", "svc", "mode"];

/// The synthetic survey under other columns for stratum and PSU.
pub(crate) fn survey(stratum: &str, psu: &str) -> Responses {
    Responses::from_csv(GzDecoder::new(SURVEY), &layout(stratum, psu)).unwrap()
}

/// The same with one column more that makes groups.
pub(crate) fn survey_grouped_by(column: &str) -> Responses {
    let mut layout = layout("province", "psu");
    layout.groups.push(column.to_owned());
    Responses::from_csv(GzDecoder::new(SURVEY), &layout).unwrap()
}

fn layout(stratum: &str, psu: &str) -> Layout {
    Layout {
        stratum: stratum.into(),
        psu: psu.into(),
        weight: "weight".into(),
        groups: GROUPS.map(String::from).into(),
        items: items(50),
        ..Layout::default()
    }
}

fn items(count: u32) -> Vec<Item> {
    (1..=count).map(|item| Item { code: format!("q{item:02}"), levels: 5 }).collect()
}

/// The same with the weights of the draw alone, its three stages and how many units each had: PSUs of the stratum,
/// villages of the PSU, persons of the village.
pub(crate) fn survey_by_stages(sizes: &[&str]) -> Responses {
    let villages = unpacked(include_bytes!("../data/sipas_2025_villages.csv.gz"));
    let of_rows = villages.lines().skip(1).flat_map(|line| {
        let (village, rest) = line.split_once(',').unwrap();
        let (persons, rest) = rest.split_once(',').unwrap();
        std::iter::repeat_n(format!("{village},{rest}"), persons.parse().unwrap())
    });
    let more = std::iter::once("village,N1,N2,N3,drawn".to_owned()).chain(of_rows);
    let rows = unpacked(SURVEY);
    let lines: Vec<String> = rows.lines().zip(more).map(|(row, more)| format!("{row},{more}")).collect();
    let layout = Layout {
        weight: "drawn".into(),
        below: vec!["village".into()],
        numbers: ["N1", "N2", "N3"].map(String::from).into(),
        ..layout("province", "psu")
    };
    let sizes = sizes.iter().map(|size| (*size).to_owned()).collect();
    let design = SurveyDesign { selection: Selection::Finite { sizes }, ..SurveyDesign::default() };
    Responses::from_csv(lines.join("\n").as_bytes(), &layout).unwrap().drawn_by(design)
}

/// The year before: ten items, half of the PSUs the same.
pub(crate) fn survey_before() -> Responses {
    let layout = Layout { groups: vec!["province".into()], items: items(10), ..layout("province", "psu") };
    let packed: &[u8] = include_bytes!("../data/sipas_2024.csv.gz");
    Responses::from_csv(GzDecoder::new(packed), &layout).unwrap()
}

pub(crate) type Row = HashMap<String, String>;

fn unpacked(file: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    text
}

pub(crate) fn golden(file: &[u8]) -> Vec<Row> {
    rows_of(&unpacked(file))
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
