//! `sipas sample verify`: checks a published draw from its files alone, without database or configuration.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use analysis::design::Design;
use analysis::draw::verify;
use analysis::frame::SamplingFrame;
use clap::Args;

use super::list;
use crate::base::text::{Language, Texts};
use crate::frames::{self, Holds};

#[derive(Args)]
pub struct Files {
    /// The frame: CSV with at least the columns person, province, commune, area, village.
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
}

/// The sentence of success, or that of the first difference.
pub fn verify_files(files: &Files) -> Result<String, String> {
    let frame = frame(&files.frame)?;
    let design = fs::read_to_string(&files.design).map_err(|cause| at(&files.design, cause))?;
    let design: Design = serde_json::from_str(&design).map_err(|cause| at(&files.design, cause))?;
    let file = File::open(&files.list).map_err(|cause| at(&files.list, cause))?;
    let units = list::read(file).map_err(|cause| at(&files.list, cause))?;
    verify(&frame, &design, &files.seed, &units)
        .map_err(|difference| format!("the list is not what frame, design and seed give: {difference}"))?;
    Ok(format!("the same draw: {} units; frame {}, design {}", units.len(), frame.digest(), design.digest()))
}

fn frame(path: &Path) -> Result<SamplingFrame, String> {
    let file = File::open(path).map_err(|cause| at(path, cause))?;
    match frames::check(file, Holds::CodesOnly).map_err(|cause| at(path, cause))? {
        Ok(sound) => Ok(sound.frame),
        Err(defects) => {
            let what = defects
                .first()
                .map(|first| format!("line {}: {}", first.row, first.what(Texts::new(Language::English))));
            Err(format!("{}: {} mistakes; {}", path.display(), defects.len(), what.unwrap_or_default()))
        }
    }
}

fn at(path: &Path, cause: impl std::fmt::Display) -> String {
    format!("{}: {cause}", path.display())
}
