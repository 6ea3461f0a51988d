//! Judges a whole list before anything of it is kept: what is to be said of every row, and what would be taken.

use std::io::{self, Read, Seek};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use analysis::draw::Stage;
use sha2::{Digest as _, Sha256};

use super::compare::{Compared, Earlier};
use super::defect::{Defect, DefectKind};
use super::drawn::Drawn;
use super::findings::Findings;
use super::list::{
    self, ADDRESS, AREA, CODES, COMMUNE, HOUSEHOLD, Holds, Line, NAME, PERSON, PHONE, PROVINCE, SIZE, VILLAGE,
};
use super::provinces::{Answers, Name, Provinces};
use super::reading::{self, FileKind, Go};
use super::roll::{self, Counts, Home, Roll};

/// Fewer adults are no village's; there may be a page missing.
const FEW_ADULTS: u64 = 10;
/// More persons under one code of household are rarely one household. Counted while they stand one below another.
const LARGE_HOUSEHOLD: u32 = 20;
/// Cells in an old encoding after which the whole file is taken to be in it.
const SURELY_LEGACY: usize = 20;

/// How far the reading is, and whether it is to go on. Shared with who waits for it.
#[derive(Debug, Default)]
pub(super) struct Watch {
    pub done: AtomicU64,
    pub total: AtomicU64,
    pub stop: AtomicBool,
}

/// What became of reading a list to its end.
pub(super) struct Checked {
    /// What a row stands for.
    pub(super) level: Stage,
    pub(super) counts: Counts,
    pub(super) findings: Findings,
    /// Of the frame that those who can be taken make.
    pub(super) frame_digest: [u8; 32],
    /// SHA-256 of the file's bytes.
    pub(super) file_digest: [u8; 32],
    /// Rows of the list, and which of them cannot be taken, ascending.
    pub(super) rows: u64,
    pub(super) left_out: Vec<u32>,
    pub(super) names: Vec<Name>,
    pub(super) compared: Option<Compared>,
    /// None when the file is no list at all.
    pub(super) kind: Option<FileKind>,
}

impl Checked {
    /// Whether all of it can be taken.
    pub(super) fn is_sound(&self) -> bool {
        self.findings.errors() == 0
    }
}

pub(super) fn inspect(file: &mut (impl Read + Seek), holds: Holds) -> io::Result<Checked> {
    check_watched(file, holds, Answers::new(), Beside::default(), &Watch::default())
}

/// What a list is held against.
#[derive(Default)]
pub(super) struct Beside {
    /// The list it would replace.
    pub(super) earlier: Option<Earlier>,
    /// The places whose people it is to list.
    pub(super) drawn: Option<Drawn>,
}

pub(super) fn check_watched(
    file: &mut (impl Read + Seek),
    holds: Holds,
    answers: Answers,
    beside: Beside,
    watch: &Watch,
) -> io::Result<Checked> {
    let file_digest = digest(file)?;
    let kind = match reading::kind(file)? {
        Ok(kind) => kind,
        Err(defect) => return Ok(refused(file_digest, None, vec![Defect::new(0, "", "", defect)])),
    };
    watch.total.store(reading::expected_rows(file, kind)?, Ordering::Relaxed);
    let mut provinces = Provinces::new(answers);
    let people_wanted = beside.drawn.is_some();
    let mut judge = Judge { earlier: beside.earlier, roll: Roll::within(beside.drawn), ..Judge::default() };
    let read = list::each_line(file, kind, holds, &mut provinces, &mut |line, holds| {
        judge.level = holds.level();
        judge.line(line);
        watch.done.store(line.row, Ordering::Relaxed);
        let enough = judge.findings.full() || judge.legacy.1 >= SURELY_LEGACY || watch.stop.load(Ordering::Relaxed);
        Ok(if enough { Go::Break(()) } else { Go::Continue(()) })
    })?;
    if let Err(defects) = read {
        return Ok(refused(file_digest, Some(kind), defects));
    }
    if let (Some(legacy), SURELY_LEGACY..) = &judge.legacy {
        return Ok(refused(file_digest, Some(kind), vec![Defect::new(0, "", "", legacy.clone())]));
    }
    if judge.rows == 0 {
        return Ok(refused(file_digest, Some(kind), vec![Defect::new(0, "", "", DefectKind::NoRows)]));
    }
    if people_wanted && judge.level != Stage::Person {
        return Ok(refused(file_digest, Some(kind), vec![Defect::new(0, "", "", DefectKind::PeopleWanted)]));
    }
    judge.finish();
    let Judge { level, roll, findings, mut left_out, rows, earlier, .. } = judge;
    left_out.sort_unstable();
    left_out.dedup();
    Ok(Checked {
        level,
        counts: roll.counts(),
        findings,
        frame_digest: roll.digest(level),
        file_digest,
        rows,
        left_out,
        names: provinces.names(),
        compared: earlier.map(Earlier::compared),
        kind: Some(kind),
    })
}

fn refused(file_digest: [u8; 32], kind: Option<FileKind>, defects: Vec<Defect>) -> Checked {
    Checked {
        level: Stage::Person,
        counts: Counts::default(),
        findings: Findings::whole(defects),
        frame_digest: [0; 32],
        file_digest,
        rows: 0,
        left_out: Vec::new(),
        names: Vec::new(),
        compared: None,
        kind,
    }
}

struct Judge {
    level: Stage,
    roll: Roll,
    findings: Findings,
    left_out: Vec<u32>,
    rows: u64,
    earlier: Option<Earlier>,
    /// Which old encoding was seen, and in how many cells.
    legacy: (Option<DefectKind>, usize),
    /// Columns of which it was told that a spreadsheet keeps numbers in them.
    numbers: Vec<usize>,
    household: Run,
}

impl Default for Judge {
    fn default() -> Self {
        Self {
            level: Stage::Person,
            roll: Roll::default(),
            findings: Findings::default(),
            left_out: Vec::new(),
            rows: 0,
            earlier: None,
            legacy: (None, 0),
            numbers: Vec::new(),
            household: Run::default(),
        }
    }
}

/// Rows of one household below one another.
#[derive(Default)]
struct Run {
    code: String,
    persons: u32,
}

impl Judge {
    fn line(&mut self, line: &mut Line) {
        self.rows += 1;
        let row = u32::try_from(line.row).unwrap_or(u32::MAX);
        // A place with a mistake in it says nothing about the same place in other rows.
        let mut place_sound = true;
        for (column, kind) in std::mem::take(&mut line.found) {
            place_sound &= !kind.is_error() || column.is_some_and(|column| column == 0 || column >= CODES);
            self.told(line, column, kind);
        }
        if line.cells.is_empty() {
            self.left_out.push(row);
            return;
        }
        let [person, province, commune, area, village] = [0, 1, 2, 3, 4].map(|column| line.cell(column));
        let mut broken = self.left_out.last() == Some(&row);
        let place = match roll::area(area) {
            Some(area) if place_sound => {
                let (place, errors) = self.roll.place(Home { province, area, commune, village }, row);
                for kind in errors {
                    let (column, value) = match kind {
                        DefectKind::CommuneInTwoProvinces { .. } => (PROVINCE, province),
                        DefectKind::CommuneInTwoAreas { .. } => (AREA, area.code()),
                        DefectKind::PlaceNotDrawn if self.level == Stage::Commune => (COMMUNE, commune),
                        _ => (VILLAGE, village),
                    };
                    self.findings.add(line.row, Some(column), value, kind.clone());
                    broken = true;
                }
                Some(place)
            }
            _ => None,
        };
        if broken && self.left_out.last() != Some(&row) {
            self.left_out.push(row);
        }
        let who = match (line.cell(NAME), line.cell(ADDRESS)) {
            ("", _) | (_, "") => String::new(),
            (name, address) => [commune, name, address].join("\n"),
        };
        let size = size(line);
        self.roll.push(row, person, place.filter(|_| !broken), size, [&who, line.cell(PHONE)]);
        self.household(line);
        if let Some(earlier) = self.earlier.as_mut().filter(|_| !broken) {
            earlier.meet(&line.cells);
        }
    }

    fn told(&mut self, line: &Line, column: Option<usize>, kind: DefectKind) {
        match (&kind, column) {
            (DefectKind::NumberForCode, Some(column)) if self.numbers.contains(&column) => return,
            (DefectKind::NumberForCode, Some(column)) => self.numbers.push(column),
            (DefectKind::Tcvn3 | DefectKind::Vni, _) => {
                self.legacy = (self.legacy.0.take().or_else(|| Some(kind.clone())), self.legacy.1 + 1);
            }
            _ => {}
        }
        if kind.is_error() {
            self.left_out.push(u32::try_from(line.row).unwrap_or(u32::MAX));
        }
        let value = column.map_or("", |column| line.cell(column));
        self.findings.add(line.row, column, value, kind);
    }

    fn household(&mut self, line: &Line) {
        let code = line.cell(HOUSEHOLD);
        if code != self.household.code {
            code.clone_into(&mut self.household.code);
            self.household.persons = 0;
        }
        self.household.persons += 1;
        if !code.is_empty() && self.household.persons == LARGE_HOUSEHOLD + 1 {
            self.findings.add(line.row, Some(HOUSEHOLD), code, DefectKind::LargeHousehold { most: LARGE_HOUSEHOLD });
        }
    }

    /// What only the whole list tells.
    fn finish(&mut self) {
        let (code, one) = match self.level {
            Stage::Commune => (COMMUNE, false),
            Stage::Village => (VILLAGE, false),
            Stage::Household | Stage::Person => (PERSON, true),
        };
        for (place, first) in self.roll.same_codes() {
            let first = u64::from(self.roll.row(first));
            let kind = if one { DefectKind::CodeTwice { first } } else { DefectKind::PlaceTwice { first } };
            self.findings.add(u64::from(self.roll.row(place)), Some(code), self.roll.code(place), kind);
            self.left_out.push(self.roll.row(place));
            self.roll.leave_out(place);
        }
        for place in self.roll.not_listed() {
            self.findings.add(0, None, place, DefectKind::PlaceNotListed);
        }
        for (place, first) in self.roll.same_persons() {
            let kind = DefectKind::SamePerson { first: u64::from(self.roll.row(first)) };
            self.findings.add(u64::from(self.roll.row(place)), Some(NAME), "", kind);
        }
        for (place, first) in self.roll.same_phones() {
            let kind = DefectKind::SamePhone { first: u64::from(self.roll.row(first)) };
            self.findings.add(u64::from(self.roll.row(place)), Some(PHONE), "", kind);
        }
        for village in self.roll.villages().filter(|village| village.persons < FEW_ADULTS) {
            let kind = DefectKind::FewAdults { persons: village.persons };
            self.findings.add(u64::from(village.first_row), Some(VILLAGE), &village.code, kind);
        }
        if self.findings.full() {
            self.findings.add(0, None, "", DefectKind::TooManyDefects);
        }
    }
}

/// A person is one; what is no number was told of its cell.
fn size(line: &Line) -> u64 {
    let told = line.cell(SIZE);
    if told.is_empty() { 1 } else { told.parse().unwrap_or_default() }
}

pub(super) fn digest(file: &mut (impl Read + Seek)) -> io::Result<[u8; 32]> {
    file.rewind()?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hash.finalize().into()),
            count => hash.update(buffer.get(..count).unwrap_or_default()),
        }
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
