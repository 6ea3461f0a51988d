//! The published list of a draw as CSV: what an outsider gets, and gives to `sipas sample verify`.

use std::io::{self, Read};

use analysis::draw::{Fraction, Unit};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::value::{Error as Unnamed, StrDeserializer};

/// One line of the file, by heading.
#[derive(Deserialize)]
struct Line {
    stage: String,
    path: String,
    order: u32,
    code: String,
    role: String,
    method: String,
    n: u64,
    of: u64,
    size: u64,
    parent_size: u64,
    probability: String,
    overall_probability: String,
}

/// A list that cannot be read, in the file's own line number.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    #[error("line {line} of the list is not a unit of a draw")]
    Line { line: u64 },
    #[error("the list cannot be read: {0}")]
    Csv(#[from] csv::Error),
}

/// Writes the units with their headings, in the order given.
pub fn write(units: &[Unit], out: impl io::Write) -> Result<(), csv::Error> {
    let mut file = csv::Writer::from_writer(out);
    for (place, unit) in units.iter().enumerate() {
        let fields = unit.fields();
        if place == 0 {
            file.write_record(fields.each_ref().map(|(name, _)| *name))?;
        }
        file.write_record(fields.map(|(_, value)| value))?;
    }
    Ok(file.flush()?)
}

pub fn read(file: impl Read) -> Result<Vec<Unit>, ListError> {
    let mut file = csv::Reader::from_reader(file);
    file.deserialize().zip(2..).map(|(line, number)| unit(line?).ok_or(ListError::Line { line: number })).collect()
}

fn unit(line: Line) -> Option<Unit> {
    Some(Unit {
        stage: named(&line.stage)?,
        path: line.path,
        code: line.code,
        method: named(&line.method)?,
        n: line.n,
        of: line.of,
        size: line.size,
        parent_size: line.parent_size,
        probability: fraction(&line.probability)?,
        overall_probability: fraction(&line.overall_probability)?,
        order: line.order,
        role: named(&line.role)?,
    })
}

/// A stage, role or method by its published name.
pub(super) fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<Unnamed>::new(name)).ok()
}

/// `3/40`.
pub(super) fn fraction(text: &str) -> Option<Fraction> {
    let (numerator, denominator) = text.split_once('/')?;
    Fraction::new(numerator.parse().ok()?, denominator.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use analysis::design::Design;
    use analysis::draw::draw;
    use analysis::frame::{Area, Person, SamplingFrame};

    use super::*;

    #[test]
    fn a_list_reads_back_and_a_changed_one_differs() {
        let homes: Vec<_> =
            (0..480).map(|at| (at, format!("01{:03}{:02}", at / 60, at / 20), format!("01{:03}", at / 60))).collect();
        let codes: Vec<_> =
            homes.iter().map(|(at, village, commune)| (format!("P{at:04}"), village, commune)).collect();
        let persons = codes.iter().map(|(code, village, commune)| Person {
            code,
            village,
            commune,
            area: Area::Urban,
            province: "01",
        });
        let frame = SamplingFrame::from_persons(persons).unwrap();
        let design = Design {
            name: "d".into(),
            communes: 4,
            villages_per_commune: 1,
            persons_per_village: 3,
            reserves_per_village: 1,
            ..Design::default()
        };
        let drawn = draw(&frame, &design, "seed").unwrap();

        let mut file = Vec::new();
        write(&drawn.units, &mut file).unwrap();
        assert_eq!(read(file.as_slice()).unwrap(), drawn.units);

        let text = String::from_utf8(file).unwrap();
        assert!(
            text.starts_with(
                "stage,path,order,code,role,method,n,of,size,parent_size,probability,overall_probability\n"
            )
        );
        let broken = text.replacen("pps_systematic", "by hand", 1);
        assert!(matches!(read(broken.as_bytes()), Err(ListError::Line { line: 2 })));
    }
}
