//! The print file: who gets which code. The one place where codes stand in clear, and the anchor of an issue: codes are made
//! once, with this file, and every later step of the job reads them from it.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use analysis::draw::Unit;
use uuid::Uuid;

use super::code::{Code, Codes};
use crate::app::App;
use crate::base::blocking;
use crate::base::sheet::plain_cell;
use crate::error::{Error, Result};
use crate::frames::{self, Addressee};
use crate::places;
use crate::samples::Draw;

/// `person` is the code of the list the person was drawn from.
const HEADINGS: [&str; 8] = ["code", "province_code", "province", "commune", "village", "name", "address", "person"];
const PERSON: usize = 7;
const BATCH: usize = 5_000;

/// A sampled person and the code of their letter.
pub(super) struct Letter {
    pub(super) person: String,
    pub(super) code: Code,
}

pub(super) fn path(app: &App, draw: Uuid) -> PathBuf {
    app.config.files.letters.join(format!("letters-{draw}.csv"))
}

/// Makes the codes of these persons unless they were made before, and reads them.
pub(super) async fn make(app: &App, draw: &Draw, persons: &[Unit]) -> Result<Vec<Letter>> {
    let path = path(app, draw.id);
    if !path.exists() {
        let mut addressees = HashMap::with_capacity(persons.len());
        for batch in persons.chunks(BATCH) {
            let codes: Vec<String> = batch.iter().map(|unit| unit.code.clone()).collect();
            let found = frames::addressees(app, draw.frame_id, &codes).await?;
            addressees.extend(found.into_iter().map(|addressee| (addressee.person.clone(), addressee)));
        }
        let (path, persons) = (path.clone(), persons.to_vec());
        blocking::run(move || write(&path, &persons, &addressees)).await?;
    }
    blocking::run(move || read(&path)).await
}

/// In the order of the list, which is that of the places: a postman's way. Whole or not at all, and never a second time.
fn write(path: &Path, persons: &[Unit], addressees: &HashMap<String, Addressee>) -> Result<()> {
    let aside = path.with_extension(format!("{}.part", Uuid::new_v4()));
    let file = File::options().write(true).create_new(true).mode(0o600).open(&aside)?;
    let mut lines = csv::Writer::from_writer(BufWriter::new(&file));
    lines.write_record(HEADINGS).map_err(failed)?;
    for (unit, code) in persons.iter().zip(Codes::new()?) {
        let to = addressees.get(&unit.code).ok_or_else(|| Error::internal("frame-damaged"))?;
        let province = places::province_name(unit.province()).unwrap_or_default();
        let cells =
            [unit.province(), province, &to.commune_name, &to.village_name, &to.name, &to.address].map(plain_cell);
        let cells = cells.iter().map(AsRef::as_ref);
        lines
            .write_record([code.to_string().as_str()].into_iter().chain(cells).chain([unit.code.as_str()]))
            .map_err(failed)?;
    }
    lines.flush()?;
    drop(lines);
    file.sync_all()?;
    let linked = fs::hard_link(&aside, path);
    fs::remove_file(&aside)?;
    match linked {
        // Another worker was first: its codes count.
        Err(cause) if cause.kind() != ErrorKind::AlreadyExists => Err(cause.into()),
        _ => Ok(File::open(path.parent().unwrap_or(path))?.sync_all()?),
    }
}

fn read(path: &Path) -> Result<Vec<Letter>> {
    let damaged = || Error::internal("letters-damaged");
    let mut file = csv::Reader::from_path(path).map_err(failed)?;
    let letter = |line: csv::StringRecord| {
        let code = Code::parse(line.get(0)?).ok()?;
        Some(Letter { person: line.get(PERSON)?.to_owned(), code })
    };
    file.records().map(|line| letter(line.map_err(failed)?).ok_or_else(damaged)).collect()
}

fn failed(cause: csv::Error) -> Error {
    match cause.into_kind() {
        csv::ErrorKind::Io(cause) => cause.into(),
        // Never the line itself: it may hold a code.
        _ => Error::internal("letters-damaged"),
    }
}
