//! The print lists: who gets which code. The one place where codes stand in clear, and the anchor of an issue: codes are made
//! once, with their list, and every later step reads them from it.
//!
//! The first list has everybody the draw chose, in the order of a postman's way; a second one beside it takes what comes later, codes
//! made anew and persons of the reserve, a line at a time.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use analysis::draw::Unit;
use uuid::Uuid;

use super::code::{Code, Codes};
use crate::app::App;
use crate::base::blocking;
use crate::base::sheet::{plain_cell, text_of_cell};
use crate::error::{Error, Result};
use crate::frames::{self, Addressee};
use crate::places;
use crate::samples::Draw;

/// `person` is the code of the list the person was drawn from; `replaces` what the contact side knew the code by that this one replaces.
const HEADINGS: [&str; 10] = [
    "code",
    "province_code",
    "province",
    "commune",
    "village",
    "name",
    "address",
    "person",
    "commune_code",
    "replaces",
];
const BATCH: usize = 5_000;

/// A sampled person, where they live, and the code of their letter.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) code: Code,
    pub(super) province_code: String,
    pub(super) province: String,
    pub(super) commune: String,
    pub(super) village: String,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) person: String,
    pub(super) commune_code: String,
    /// Hexadecimal; empty for a person's first code.
    pub(super) replaces: String,
}

impl Line {
    pub(super) fn new(code: Code, unit: &Unit, to: &Addressee) -> Self {
        let province = places::province_name(unit.province()).unwrap_or_default();
        Self {
            code,
            province_code: unit.province().to_owned(),
            province: province.to_owned(),
            commune: to.commune_name.clone(),
            village: to.village_name.clone(),
            name: to.name.clone(),
            address: to.address.clone(),
            person: unit.code.clone(),
            commune_code: unit.commune().to_owned(),
            replaces: String::new(),
        }
    }

    fn write(&self, lines: &mut csv::Writer<impl std::io::Write>) -> Result<()> {
        let texts = [
            &self.province_code,
            &self.province,
            &self.commune,
            &self.village,
            &self.name,
            &self.address,
            &self.person,
            &self.commune_code,
            &self.replaces,
        ]
        .map(|text| plain_cell(text));
        let cells = texts.iter().map(AsRef::as_ref);
        lines.write_record([self.code.to_string().as_str()].into_iter().chain(cells)).map_err(failed)
    }

    fn read(line: &csv::StringRecord) -> Option<Self> {
        let text = |column: usize| line.get(column).map(|cell| text_of_cell(cell).to_owned());
        Some(Self {
            code: Code::parse(line.get(0)?).ok()?,
            province_code: text(1)?,
            province: text(2)?,
            commune: text(3)?,
            village: text(4)?,
            name: text(5)?,
            address: text(6)?,
            person: text(7)?,
            commune_code: text(8)?,
            replaces: text(9)?,
        })
    }
}

/// What the names of all files of a draw's codes begin with.
pub(super) fn stem(draw: Uuid) -> String {
    format!("letters-{draw}")
}

/// The list of those the draw chose.
pub(super) fn path(app: &App, draw: Uuid) -> PathBuf {
    app.config.files.letters.join(format!("{}.csv", stem(draw)))
}

/// The list of what came later.
pub(super) fn later_path(app: &App, draw: Uuid) -> PathBuf {
    app.config.files.letters.join(format!("{}-later.csv", stem(draw)))
}

/// Makes the codes of these persons unless they were made before, and reads them.
pub(super) async fn make(app: &App, draw: &Draw, persons: &[Unit]) -> Result<Vec<Line>> {
    let path = path(app, draw.id);
    if !path.exists() {
        let mut addressees = HashMap::with_capacity(persons.len());
        for batch in persons.chunks(BATCH) {
            let codes: Vec<String> = batch.iter().map(|unit| unit.code.clone()).collect();
            let found = frames::addressees(app, draw.frame_id, &codes).await?;
            addressees.extend(found.into_iter().map(|addressee| (addressee.person.clone(), addressee)));
        }
        let (path, mut persons) = (path.clone(), persons.to_vec());
        blocking::run(move || {
            by_route(&mut persons, &addressees);
            write(&path, &persons, &addressees)
        })
        .await?;
    }
    blocking::run(move || read(&path)?.collect()).await
}

/// Province, commune, village, household: neighbours' letters lie beside each other.
fn by_route(persons: &mut [Unit], addressees: &HashMap<String, Addressee>) {
    let household = |unit: &Unit| addressees.get(&unit.code).map(|to| (to.household.as_str(), to.name.as_str()));
    persons.sort_by(|a, b| {
        let place = |unit: &Unit| [unit.province(), unit.commune(), unit.village()].map(str::to_owned);
        (place(a), household(a), &a.code).cmp(&(place(b), household(b), &b.code))
    });
}

/// Whole or not at all, and never a second time.
fn write(path: &Path, persons: &[Unit], addressees: &HashMap<String, Addressee>) -> Result<()> {
    let aside = path.with_extension(format!("{}.part", Uuid::new_v4()));
    let file = File::options().write(true).create_new(true).mode(0o600).open(&aside)?;
    let mut lines = csv::Writer::from_writer(BufWriter::new(&file));
    lines.write_record(HEADINGS).map_err(failed)?;
    for (unit, code) in persons.iter().zip(Codes::new()?) {
        let to = addressees.get(&unit.code).ok_or_else(|| Error::internal("frame-damaged"))?;
        Line::new(code, unit, to).write(&mut lines)?;
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

/// The lines of a list, one at a time; none when there is no such list.
pub(super) fn read(path: &Path) -> Result<impl Iterator<Item = Result<Line>> + use<>> {
    let file = match File::open(path) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => None,
        file => Some(csv::Reader::from_reader(file?)),
    };
    Ok(file.into_iter().flat_map(csv::Reader::into_records).map(|line| sound(&line.map_err(failed)?)))
}

fn sound(line: &csv::StringRecord) -> Result<Line> {
    Line::read(line).ok_or_else(|| Error::internal("letters-damaged"))
}

/// The line of the later list that `wanted` picks, or the one that `made` makes, on the disk when this returns. Two who ask at once,
/// in two processes even, get the same line.
pub(super) fn find_or_add(
    path: &Path,
    wanted: impl Fn(&Line) -> bool,
    made: impl FnOnce(Code) -> Line,
) -> Result<Line> {
    let file = File::options().read(true).append(true).create(true).mode(0o600).open(path)?;
    // Held until the file is dropped.
    file.lock()?;
    whole_lines_only(&file)?;
    for line in read(path)? {
        let line = line?;
        if wanted(&line) {
            return Ok(line);
        }
    }
    let new = made(Code::random()?);
    let mut lines = csv::Writer::from_writer(Vec::new());
    if file.metadata()?.len() == 0 {
        lines.write_record(HEADINGS).map_err(failed)?;
    }
    new.write(&mut lines)?;
    let bytes = lines.into_inner().map_err(|_in_memory| Error::internal("letters-damaged"))?;
    (&file).write_all(&bytes)?;
    file.sync_all()?;
    Ok(new)
}

/// Cuts off a last line that a crash left half written: its code was never used.
fn whole_lines_only(mut file: &File) -> Result<()> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut bytes)?;
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
    if whole < bytes.len() {
        file.set_len(u64::try_from(whole).unwrap_or(u64::MAX))?;
    }
    Ok(())
}

fn failed(cause: csv::Error) -> Error {
    match cause.into_kind() {
        csv::ErrorKind::Io(cause) => cause.into(),
        // Never the line itself: it may hold a code.
        _ => Error::internal("letters-damaged"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::scratch::Scratch;

    fn line(person: &str, code: Code) -> Line {
        let text = |text: &str| text.to_owned();
        Line {
            code,
            province_code: text("01"),
            province: text("Hà Nội"),
            commune: text("Xã, \"Một\""),
            village: text("=Thôn"),
            name: text("Nguyễn\nVăn A"),
            address: text("@Số 1"),
            person: text(person),
            commune_code: text("01-1"),
            replaces: String::new(),
        }
    }

    #[test]
    fn a_later_line_is_made_once_and_survives_a_torn_neighbour() {
        let scratch = Scratch::new("lists").unwrap();
        let path = scratch.path().join("later.csv");
        let ask = |person: &str| find_or_add(&path, |line| line.person == person, |code| line(person, code)).unwrap();
        let first = ask("a");
        assert_eq!(ask("a").code, first.code);
        File::options().append(true).open(&path).unwrap().write_all(b"1234 5678 90").unwrap();
        let second = ask("b");
        assert_ne!(second.code, first.code);
        let kept: Vec<Line> = read(&path).unwrap().collect::<Result<_>>().unwrap();
        assert_eq!(kept.len(), 2);
        assert_eq!((kept[0].village.as_str(), kept[0].name.as_str()), ("=Thôn", "Nguyễn\nVăn A"));
    }
}
