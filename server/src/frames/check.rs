//! Judges a whole list before anything of it is kept: every defect of every row, or a sound frame.

use std::collections::HashMap;
use std::io::{self, Read};

use analysis::frame::SamplingFrame;
use sha2::{Digest as _, Sha256};

use super::defect::{Defect, DefectKind};
use super::file::{Holds, Line, ListFile};
use super::roll::{self, Counts, Roll};
use crate::places;

/// More than anybody mends by hand; beyond it a list is not a list.
const MOST_DEFECTS: usize = 100_000;

/// A list without defects.
pub struct Sound {
    pub frame: SamplingFrame,
    pub counts: Counts,
    /// SHA-256 of the file's bytes.
    pub file_digest: [u8; 32],
}

/// Reads `file` once, to its end.
pub fn check(file: impl Read, holds: Holds) -> io::Result<Result<Sound, Vec<Defect>>> {
    let mut file = Hashed { file, hash: Sha256::new() };
    let mut judge = Judge::default();
    match ListFile::open(&mut file, holds)? {
        Err(defects) => return Ok(Err(defects)),
        Ok(mut list) => {
            while let Some(line) = list.next_line()? {
                judge.line(line);
                if judge.defects.len() > MOST_DEFECTS {
                    break;
                }
            }
        }
    }
    let file_digest = file.hash.finalize().into();
    Ok(judge.verdict().map(|(frame, counts)| Sound { frame, counts, file_digest }))
}

#[derive(Default)]
struct Judge {
    roll: Roll,
    /// The line of the file of each person of the roll.
    rows: Vec<u64>,
    commune_of: HashMap<String, (String, u64)>,
    defects: Vec<Defect>,
}

impl Judge {
    fn line(&mut self, mut line: Line<'_>) {
        self.defects.append(&mut line.defects);
        if line.cells.is_empty() {
            return;
        }
        let [person, province, commune, area, village] = [0, 1, 2, 3, 4].map(|column| line.cell(column));
        if !province.is_empty() && places::province_name(province).is_none() {
            let lost = places::province_name(&format!("0{province}")).is_some();
            let kind = if lost { DefectKind::LeadingZeroLost } else { DefectKind::UnknownProvince };
            self.defects.push(Defect::new(line.row, "province", province, kind));
        }
        match self.commune_of.get(village) {
            Some((other, first)) if other != commune && !village.is_empty() => {
                self.defects.push(Defect::new(
                    line.row,
                    "village",
                    village,
                    DefectKind::VillageInTwoCommunes { first: *first },
                ));
            }
            Some(_) => {}
            None => {
                self.commune_of.insert(village.to_owned(), (commune.to_owned(), line.row));
            }
        }
        match roll::area(area) {
            Some(area) => {
                self.roll.push(person, province, area, commune, village);
                self.rows.push(line.row);
            }
            None => self.defects.push(Defect::new(line.row, "area", area, DefectKind::UnknownArea)),
        }
    }

    fn verdict(self) -> Result<(SamplingFrame, Counts), Vec<Defect>> {
        let Self { roll, rows, mut defects, .. } = self;
        if defects.len() > MOST_DEFECTS {
            defects.truncate(MOST_DEFECTS);
            let last = defects.last().map_or(0, |defect| defect.row);
            defects.push(Defect::new(last, "", "", DefectKind::TooManyDefects));
            return Err(defects);
        }
        match roll.frame() {
            Ok(frame) if defects.is_empty() => return Ok((frame, roll.counts())),
            Ok(_) => {}
            Err(more) => {
                let row =
                    |row: usize| row.checked_sub(1).and_then(|place| rows.get(place)).copied().unwrap_or_default();
                // A list whose every line is broken has no rows for `analysis`; its lines are named already.
                let news = |defect: &Defect| defects.is_empty() || defect.kind != DefectKind::NoRows;
                let more: Vec<_> = more.iter().map(|defect| Defect::from_analysis(defect, row)).filter(news).collect();
                defects.extend(more);
            }
        }
        defects.sort_by_key(|defect| defect.row);
        Err(defects)
    }
}

/// Digests what passes through.
struct Hashed<R> {
    file: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.hash.update(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
