//! What R needs, in one ZIP: the standard CSV, what its columns mean in both languages, a script that reads them together and makes the design of
//! the survey; for single answers also DDI-Codebook, as archives read it.

use std::io::Write;

use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

use super::csv_file::{self, Kind};
use super::table::Dataset;
use crate::base::text::Language;
use crate::error::{Error, Result};

/// Constant: what differs from file to file stands in the codebook.
const SCRIPT: &str = include_str!("read.R");

/// Row by row into the stream. Equal data are equal bytes: the files inside bear no time.
pub(super) fn write(data: &Dataset, out: impl Write) -> Result<()> {
    let mut zip = ZipWriter::new_stream(out);
    let options = SimpleFileOptions::default();
    zip.start_file("data.csv", options)?;
    csv_file::write(&data.table, Kind::Standard, &mut zip)?;
    for language in Language::ALL {
        zip.start_file(format!("codebook-{}.csv", language.code()), options)?;
        zip.write_all(data.book.csv(language.code()).as_bytes())?;
    }
    if data.answers {
        zip.start_file("ddi.xml", options)?;
        zip.write_all(data.book.ddi().as_bytes())?;
    }
    zip.start_file("read.R", options)?;
    zip.write_all(SCRIPT.as_bytes())?;
    zip.finish()?;
    Ok(())
}

impl From<ZipError> for Error {
    fn from(cause: ZipError) -> Self {
        Self::internal("export").caused_by(cause)
    }
}
