//! The record of a draw on paper: what was committed to, by whom, which seed came, what was drawn, how to recompute it.

use crate::base::paper::{
    A4, Cell, Document, Element, MM, Margins, Mark, PageNumber, Role, Run, Strip, Style, Tie, Weight, paragraph,
    side_by_side, wrap,
};
use crate::base::text::{Language, Texts, Value};
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use crate::frames::Frame;

use super::pages::StratumRow;
use super::strata::Stratum;
use super::{Draw, State, words};

const MARGINS: Margins = Margins { left: 18.0 * MM, top: 19.0 * MM, bottom: 19.0 * MM };
const WIDTH: f32 = A4.0 - 2.0 * MARGINS.left;
const KEYS: f32 = 130.0;
const TITLE: Style = Style::new(Weight::Bold, 18.0, 24.0);
const HEADING: Style = Style::new(Weight::Bold, 13.0, 18.0);
const STRONG: Style = Style::new(Weight::Bold, 9.5, 13.5);
const BODY: Style = Style::new(Weight::Regular, 9.5, 13.5);
const FINE: Style = Style::new(Weight::Regular, 8.0, 10.5);
/// Left edges of the columns of the table of strata.
const COLUMNS: [f32; 6] = [0.0, 150.0, 230.0, 290.0, 345.0, 400.0];

/// The same draw gives the same bytes.
pub(super) fn print(
    campaign: &Campaign,
    frame: &Frame,
    draw: &Draw,
    strata: &[Stratum],
    language: Language,
) -> Result<Vec<u8>> {
    let texts = Texts::new(language);
    let drawn = draw.state() == State::Drawn;
    let title = texts.get(if drawn { "record-title" } else { "record-commitment-title" });
    let mut record = Record { document: Document::new(&title, language.code(), MARGINS), texts };
    record.heading(1, &title);
    record.rows(&facts(campaign, frame, draw, texts));
    record.heading(2, &texts.get("record-people"));
    record.rows(&draw.history(texts));
    record.heading(2, &texts.get("record-design"));
    record.rows(&words::design(&draw.design()?, texts));
    if drawn {
        record.heading(2, &texts.get("record-strata"));
        record.strata(strata);
        record.heading(2, &texts.get("record-recompute"));
        record.text(&texts.get("record-recompute-how"));
        record
            .text("sipas sample verify --frame khung-mau.csv --design thiet-ke.json --seed \"…\" --list danh-sach.csv");
        record.text("python3 verify_draw.py khung-mau.csv thiet-ke.json \"…\" danh-sach.csv");
    }
    let around = |page: PageNumber| {
        let number = texts.with("record-page", [("at", page.at), ("all", page.all)]);
        let line = Run::new(&format!("{title} – {} – {number}", campaign.name(language)), FINE);
        vec![Mark::Text { x: MARGINS.left, baseline: A4.1 - 10.0 * MM, run: line, element: None }]
    };
    record.document.write(around).map_err(|cause| Error::internal("record-print").caused_by(cause))
}

fn facts(campaign: &Campaign, frame: &Frame, draw: &Draw, texts: Texts) -> Vec<(String, String)> {
    let of_frame = [
        ("file", Value::from(frame.file_name.clone())),
        ("persons", Value::from(frame.persons)),
        ("moment", Value::from(frame.frozen_at.map(|at| texts.moment(at)).unwrap_or_default())),
    ];
    let mut facts = vec![
        ("record-campaign", campaign.name(texts.language()).to_owned()),
        ("record-frame", texts.with("record-frame-of", of_frame).into_owned()),
        ("sample-digest-frame", draw.frame_digest()),
        ("sample-digest-design", draw.design_digest()),
        ("sample-algorithm", draw.algorithm.clone()),
        ("sample-source", draw.seed_source.clone()),
    ];
    if !draw.seed.is_empty() {
        facts.push(("sample-seed", draw.seed.clone()));
    }
    if let Some(digest) = draw.list_digest() {
        let persons = [("persons", draw.persons), ("reserves", draw.reserves)];
        facts.push(("sample-persons", texts.with("sample-persons-counts", persons).into_owned()));
        facts.push(("sample-digest-list", digest));
    }
    facts.into_iter().map(|(key, value)| (texts.get(key).into_owned(), value)).collect()
}

struct Record {
    document: Document,
    texts: Texts,
}

impl Record {
    fn heading(&mut self, level: u16, text: &str) {
        let element = self.document.element(None, Role::Heading(level, text.to_owned()));
        let style = if level == 1 { TITLE } else { HEADING };
        self.add(paragraph(text, style, 0.0, WIDTH, Some(element)), 14.0, Tie::Firm);
    }

    fn text(&mut self, text: &str) {
        let element = self.document.element(None, Role::Paragraph);
        self.add(paragraph(text, BODY, 0.0, WIDTH, Some(element)), 4.0, Tie::Loose);
    }

    /// What it is on the left, what it says on the right.
    fn rows(&mut self, rows: &[(String, String)]) {
        let table = self.document.element(None, Role::Table);
        for (key, value) in rows {
            let row = self.document.element(table, Role::Row);
            let head = self.cell(row, Role::RowHead, 0.0, wrap(key, STRONG, KEYS - 8.0));
            let value = self.cell(row, Role::Cell, KEYS, wrap(value, BODY, WIDTH - KEYS));
            self.add(side_by_side(vec![head, value]), 3.0, Tie::Loose);
        }
    }

    fn strata(&mut self, strata: &[Stratum]) {
        let texts = self.texts;
        let table = self.document.element(None, Role::Table);
        let row = self.document.element(table, Role::Row);
        let heads = [
            "progress-province",
            "sample-area",
            "sample-communes",
            "sample-persons",
            "sample-reserves",
            "sample-weights",
        ];
        let widths =
            |at: usize| COLUMNS.get(at + 1).copied().unwrap_or(WIDTH) - COLUMNS.get(at).copied().unwrap_or(0.0) - 6.0;
        let cells: Vec<Cell> = (0..)
            .zip(COLUMNS)
            .zip(heads)
            .map(|((at, x), head)| self.cell(row, Role::ColumnHead, x, wrap(&texts.get(head), STRONG, widths(at))))
            .collect();
        self.add(side_by_side(cells), 4.0, Tie::Firm);
        for stratum in strata {
            let shown = StratumRow::new(stratum.clone(), texts);
            let row = self.document.element(table, Role::Row);
            let values = [
                shown.name,
                shown.area,
                format!("{} / {}", texts.number(stratum.communes), texts.number(stratum.communes_there)),
                texts.number(stratum.persons),
                texts.number(stratum.reserves),
                format!("{} – {}", texts.decimal(stratum.least_weight, 1), texts.decimal(stratum.greatest_weight, 1)),
            ];
            let cells: Vec<Cell> = (0..)
                .zip(COLUMNS)
                .zip(values)
                .map(|((at, x), value)| {
                    let role = if at == 0 { Role::RowHead } else { Role::Cell };
                    self.cell(row, role, x, wrap(&value, BODY, widths(at)))
                })
                .collect();
            self.add(side_by_side(cells), 2.0, Tie::Loose);
        }
    }

    fn cell(&mut self, row: Element, role: Role, x: f32, lines: Vec<Run>) -> Cell {
        let element = self.document.element(row, role);
        Cell { x, lines, element: Some(element), centred: None }
    }

    /// Space above the first strip, and how the last one holds on to what follows.
    fn add(&mut self, mut strips: Vec<Strip>, space: f32, tie: Tie) {
        if let Some(first) = strips.first_mut() {
            first.space = space;
        }
        if let Some(last) = strips.last_mut() {
            last.tie = tie;
        }
        self.document.add(strips);
    }
}
