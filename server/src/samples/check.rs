//! `sipas sample verify`: checks a published draw from its files alone, without database or configuration.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use analysis::design::Design;
use analysis::draw::{Stage, verify, verify_within};
use analysis::frame::{Area, FrameBuilder, Person, SamplingFrame};
use clap::Args;
use serde::Deserialize;

use super::list;

#[derive(Args)]
pub struct Files {
    /// The frame: CSV with at least the columns person, province, commune, area, village, and household where the design draws them;
    /// or, of places, with size instead of person.
    #[arg(long)]
    pub frame: PathBuf,
    /// The design: JSON.
    #[arg(long)]
    pub design: PathBuf,
    /// The public seed, exactly as announced.
    #[arg(long)]
    pub seed: String,
    /// The published list: CSV.
    #[arg(long)]
    pub list: PathBuf,
    /// The list of the draw of places within which this one went on: CSV.
    #[arg(long)]
    pub within: Option<PathBuf>,
}

/// The sentence of success, or that of the first difference.
pub fn verify_files(files: &Files) -> Result<String, String> {
    let design = fs::read_to_string(&files.design).map_err(|cause| at(&files.design, cause))?;
    let design: Design = serde_json::from_str(&design).map_err(|cause| at(&files.design, cause))?;
    let frame = frame(&files.frame, design.uses_households())?;
    let read = |path: &Path| {
        let file = File::open(path).map_err(|cause| at(path, cause))?;
        list::read(file).map_err(|cause| at(path, cause))
    };
    let units = read(&files.list)?;
    match &files.within {
        Some(first) => verify_within(&read(first)?, &frame, &design, &files.seed, &units),
        None => verify(&frame, &design, &files.seed, &units),
    }
    .map_err(|difference| format!("the list is not what frame, design and seed give: {difference}"))?;
    Ok(format!("the same draw: {} units; frame {}, design {}", units.len(), frame.digest(), design.digest()))
}

/// The list without names, with households where the design draws them.
fn frame(path: &Path, households: bool) -> Result<SamplingFrame, String> {
    let file = File::open(path).map_err(|cause| at(path, cause))?;
    let mut file = csv::Reader::from_reader(file);
    let mut builder = FrameBuilder::default();
    let mut sized: Vec<(Line, Area, u64)> = Vec::new();
    for (line, number) in file.deserialize::<Line>().zip(2..) {
        let line = line.map_err(|cause| at(path, cause))?;
        let area = line.area.trim();
        let area = [Area::Urban, Area::Rural].into_iter().find(|kind| kind.code() == area);
        let area = area.ok_or_else(|| at(path, format!("line {number}: area is neither urban nor rural")))?;
        let person = line.person(area);
        match (&line.person, line.size, households, &line.household) {
            (None, None, ..) => return Err(at(path, "the column person is missing, or size")),
            (None, Some(size), ..) => sized.push((line, area, size)),
            (Some(_), _, false, _) => builder.person(person),
            (Some(_), _, true, Some(household)) => builder.member(person, household.trim()),
            (Some(_), _, true, None) => {
                return Err(at(path, "the design draws households: the column household is missing"));
            }
        }
    }
    let frame = if sized.is_empty() {
        builder.finish()
    } else {
        let communes = sized.iter().all(|(line, ..)| line.village.trim().is_empty());
        let units = sized.iter().map(|(line, area, size)| (line.person(*area), *size));
        SamplingFrame::from_units(if communes { Stage::Commune } else { Stage::Village }, units)
    };
    frame.map_err(|defects| {
        let first = defects.first().map(|first| {
            // The heading is the first line.
            format!("line {}, {}: {:?}", first.row + 1, first.column, first.kind)
        });
        at(path, format!("{} mistakes; {}", defects.len(), first.unwrap_or_default()))
    })
}

/// One person or place of the frame, by heading; other columns are ignored.
#[derive(Deserialize)]
struct Line {
    person: Option<String>,
    province: String,
    commune: String,
    area: String,
    village: String,
    household: Option<String>,
    size: Option<u64>,
}

impl Line {
    fn person(&self, area: Area) -> Person<'_> {
        Person {
            code: self.person.as_deref().unwrap_or_default().trim(),
            village: self.village.trim(),
            commune: self.commune.trim(),
            area,
            province: self.province.trim(),
        }
    }
}

fn at(path: &Path, cause: impl std::fmt::Display) -> String {
    format!("{}: {cause}", path.display())
}
