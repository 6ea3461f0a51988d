//! `sipas analyse`: figures from a table of answers and a design file, without configuration or database.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use analysis::frame::TableFile;
use analysis::recompute::{self, DesignFile, OutputFormat, RecomputeError, Remark};
use clap::Args;

use crate::base::whole_file;

#[derive(Args)]
pub(super) struct Options {
    /// The answers, one row per person: CSV, Parquet or Arrow IPC.
    #[arg(long, required_unless_present = "explain")]
    data: Option<PathBuf>,
    /// What the columns are and what to estimate: TOML, see docs/analyse.md.
    #[arg(long, required_unless_present = "explain")]
    design: Option<PathBuf>,
    /// Where the table goes; its name ends in .csv, .json or .parquet.
    #[arg(long, required_unless_present = "explain")]
    out: Option<PathBuf>,
    /// Print formulas, conventions and versions, and do nothing else.
    #[arg(long, exclusive = true)]
    explain: bool,
}

pub(super) fn run(options: &Options) -> Result<String, String> {
    match (&options.data, &options.design, &options.out) {
        (Some(data), Some(design), Some(out)) => analyse(data, design, out),
        _ => Ok(recompute::explain()),
    }
}

/// What was written, and what calibration did to the weights.
fn analyse(data: &Path, design: &Path, out: &Path) -> Result<String, String> {
    let ending = out.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let format =
        OutputFormat::of_ending(ending).ok_or_else(|| at(out, &"the name must end in .csv, .json or .parquet"))?;
    let text = fs::read_to_string(design).map_err(|cause| at(design, &cause))?;
    let told = |error: RecomputeError| at(if error.lies_in_the_design() { design } else { data }, &error);
    let file = DesignFile::parse(&text).map_err(told)?;
    let file = match file.joint_file().map(|name| design.with_file_name(name)) {
        Some(joint) => with_joint(file, &joint)?,
        None => file,
    };
    let content = fs::read(data).map_err(|cause| at(data, &cause))?;
    let table = TableFile::new(content).map_err(|error| told(error.into()))?;
    let columns = file.read(table).map_err(told)?;
    let result = file.recompute(columns).map_err(told)?;
    let content = recompute::write(&result.figures, format).map_err(|error| at(out, &error))?;
    put(out, &content)?;
    let withheld = |remark: &Remark| matches!(remark, Remark::Withheld(_));
    let withheld = result.figures.iter().filter(|figure| figure.remarks.iter().any(withheld)).count();
    let told = format!("wrote {}: {} figures, {withheld} withheld\n", out.display(), result.figures.len());
    Ok(told + &result.weights.unwrap_or_default())
}

/// Joint probabilities stand beside the design file, or where an absolute path leads.
fn with_joint(file: DesignFile, joint: &Path) -> Result<DesignFile, String> {
    let content = fs::read(joint).map_err(|cause| at(joint, &cause))?;
    let table = TableFile::new(content).map_err(|cause| at(joint, &cause))?;
    file.with_joint(table).map_err(|cause| at(joint, &cause))
}

/// Whole or not at all, in place of a file that was there before.
fn put(out: &Path, content: &[u8]) -> Result<(), String> {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = out.file_name().and_then(|name| name.to_str()).ok_or_else(|| at(out, &"this is no name of a file"))?;
    whole_file::put(folder, &format!(".{name}.part"), name, content).map_err(|cause| at(out, &cause))
}

fn at(path: &Path, cause: &dyn Display) -> String {
    format!("{}: {cause}", path.display())
}
