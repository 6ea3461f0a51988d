//! The defects of a refused list as a file, for who has to mend it.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::defect::Defect;
use crate::base::sheet::plain_cell;
use crate::base::text::Texts;
use crate::error::{Error, Result};

/// One per campaign: the defects of the list sent last.
pub(super) fn path(uploads: &Path, campaign: Uuid) -> PathBuf {
    uploads.join(format!("frame-defects-{campaign}.csv"))
}

/// Spreadsheets need the mark to read Vietnamese letters.
const MARK: &[u8] = b"\xef\xbb\xbf";

pub(super) fn write(path: &Path, defects: &[Defect], texts: Texts) -> Result<()> {
    let aside = path.with_extension(format!("{}.part", Uuid::new_v4()));
    let mut file = BufWriter::new(File::options().write(true).create_new(true).mode(0o600).open(&aside)?);
    file.write_all(MARK)?;
    let mut lines = csv::Writer::from_writer(file);
    let headings =
        ["frame-column-row", "frame-column-column", "frame-column-value", "frame-column-what", "frame-column-fix"];
    lines.write_record(headings.map(|key| texts.get(key).into_owned())).map_err(failed)?;
    for defect in defects {
        let cells = [
            defect.row.to_string(),
            defect.column.clone(),
            defect.value.clone(),
            defect.what(texts),
            defect.fix(texts),
        ];
        lines.write_record(cells.each_ref().map(|cell| plain_cell(cell).into_owned())).map_err(failed)?;
    }
    lines.flush()?;
    fs::rename(&aside, path)?;
    Ok(())
}

fn failed(cause: csv::Error) -> Error {
    match cause.into_kind() {
        csv::ErrorKind::Io(cause) => cause.into(),
        other => Error::internal("csv").caused_by(format!("{other:?}")),
    }
}
