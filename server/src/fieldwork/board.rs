//! The progress board: the country by region and province, a province by commune, a commune by interviewer. Counts, never an answer.

use std::collections::BTreeMap;

use analysis::rates::Dispositions;
use uuid::Uuid;

use super::outcome::{Outcome, dispositions};
use super::pace::{Pace, pace};
use super::store;
use super::store::board::{By, Tally};
use crate::app::App;
use crate::campaigns::Campaign;
use crate::error::Result;
use crate::invitations::Status;
use crate::{places, staff};

/// Where on the tree the reader stands; the rows are one level below.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Within {
    /// Empty for the whole country.
    pub province: String,
    /// Empty for the whole province.
    pub commune: String,
}

/// One line of a board.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// A region's, province's or commune's code, an interviewer's id; empty for cases nobody has.
    pub code: String,
    pub name: String,
    pub counts: Counts,
    pub pace: Option<Pace>,
}

/// Cases of the sample as first drawn and of the reserves released since. All but `sample` count both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub sample: u64,
    pub reserves: u64,
    pub assigned: u64,
    pub visited: u64,
    pub responded: u64,
    pub refused: u64,
    pub absent: u64,
    /// Of the sample as first drawn: a replacement never raises a rate.
    pub first: Dispositions,
}

impl Counts {
    fn add(&mut self, tally: &Tally) {
        let (count, outcome) = (tally.count.unsigned_abs(), Outcome::from_name(&tally.outcome));
        let told = dispositions(&tally.status, outcome, count);
        if tally.reserve {
            self.reserves += count;
        } else {
            self.sample += count;
            self.first.add(&told);
        }
        if tally.assigned {
            self.assigned += count;
        }
        if outcome.is_some() {
            self.visited += count;
        }
        if tally.status == Status::Responded.name() {
            self.responded += count;
        }
        self.refused += told.refusal;
        self.absent += told.non_contact;
    }

    pub fn merge(&mut self, other: &Self) {
        self.sample += other.sample;
        self.reserves += other.reserves;
        self.assigned += other.assigned;
        self.visited += other.visited;
        self.responded += other.responded;
        self.refused += other.refused;
        self.absent += other.absent;
        self.first.add(&other.first);
    }
}

/// Everything a board shows.
pub struct Board {
    /// Provinces by region (in the order of the regions) on the country's board; one nameless group elsewhere.
    pub groups: Vec<(Line, Vec<Line>)>,
    pub total: Line,
}

/// The board of a place, the lines furthest behind their plan first.
pub async fn board(app: &App, campaign: &Campaign, within: &Within) -> Result<Board> {
    let by = match (within.province.is_empty(), within.commune.is_empty()) {
        (true, _) => By::Province,
        (false, true) => By::Commune,
        (false, false) => By::Interviewer,
    };
    let mut connection = app.database.contact.read().await?;
    let tallies = store::board::tallies(&mut connection, campaign.id, by, &within.province, &within.commune).await?;
    let days = store::board::days(&mut connection, campaign.id, &within.province, &within.commune).await?;
    // In the order of the alphabet, which decides between lines that are equally far behind.
    let names: Vec<(String, String)> = match by {
        By::Province => Vec::new(),
        By::Commune => store::board::commune_names(&mut connection, campaign.id, &within.province).await?,
        By::Interviewer => staff::names(&mut connection).await?.into_iter().collect(),
    };
    drop(connection);
    let names = match by {
        By::Province => places::list(app).await?.into_iter().map(|place| (place.code, place.name)).collect(),
        By::Commune | By::Interviewer => names,
    };
    let place_of = |code: &str| names.iter().position(|(known, _)| known == code);
    let mut lines: BTreeMap<String, Line> = BTreeMap::new();
    for tally in &tallies {
        let line = lines.entry(tally.group.clone()).or_insert_with(|| Line {
            name: place_of(&tally.group)
                .and_then(|at| names.get(at))
                .map_or_else(|| tally.group.clone(), |it| it.1.clone()),
            code: tally.group.clone(),
            ..Line::default()
        });
        line.counts.add(tally);
    }
    let today = app.clock.today();
    let paced = |counts: &Counts, days: &[_]| {
        pace(counts.sample, counts.responded, days, campaign.opens_on, campaign.closes_on, today)
    };
    let mut total = Line::default();
    for line in lines.values_mut() {
        line.pace = Some(paced(&line.counts, &[]));
        total.counts.merge(&line.counts);
    }
    total.pace = Some(paced(&total.counts, &days));
    let mut lines: Vec<Line> = lines.into_values().collect();
    lines.sort_by(|a, b| behind(b).total_cmp(&behind(a)).then_with(|| place_of(&a.code).cmp(&place_of(&b.code))));
    let groups = if by == By::Province { regions(lines) } else { vec![(Line::default(), lines)] };
    Ok(Board { groups, total })
}

/// The part of the plan that is missing; the less the better, below zero when ahead.
#[expect(clippy::cast_precision_loss, reason = "samples are far below 2^53")]
pub fn behind(line: &Line) -> f64 {
    let planned = line.pace.map_or(0.0, |pace| pace.planned);
    if planned > 0.0 { 1.0 - line.counts.responded as f64 / planned } else { 0.0 }
}

/// Provinces under their regions; a province that no region has stands under none.
fn regions(lines: Vec<Line>) -> Vec<(Line, Vec<Line>)> {
    let region_of = |code: &str| {
        places::provinces().iter().find(|province| province.code == code).map_or("", |province| &province.region)
    };
    let mut groups: Vec<(Line, Vec<Line>)> = places::regions()
        .into_iter()
        .chain([("", "")])
        .map(|(code, name)| (Line { code: code.to_owned(), name: name.to_owned(), ..Line::default() }, Vec::new()))
        .collect();
    for line in lines {
        let region = region_of(&line.code);
        if let Some((above, inside)) = groups.iter_mut().find(|(above, _)| above.code == region) {
            above.counts.merge(&line.counts);
            inside.push(line);
        }
    }
    groups.retain(|(_, inside)| !inside.is_empty());
    groups
}

/// The communes of a province that have cases: code and name, in the order of the alphabet.
pub async fn communes(app: &App, campaign: Uuid, province: &str) -> Result<Vec<(String, String)>> {
    store::board::commune_names(&mut app.database.contact.read().await?, campaign, province).await
}
