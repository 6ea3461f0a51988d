//! Responses from the database into columns, as fast as the database gives them.

use analysis::frame::{CodedError, Coding, CodingRows};
use survey_forms::{Form, UnitKind};

use super::ResponseSet;
use super::store::copy as store;
use crate::app::App;
use crate::base::blocking;
use crate::campaigns::Campaign;
use crate::error::{Error, Result};

/// Every response of a survey at one moment: one statement sees one state of the database.
pub async fn read(app: &App, campaign: &Campaign) -> Result<CodingRows> {
    let form = campaign.form(app).await?;
    let mut rows = CodingRows::new(units(&form));
    let mut tuples = Tuples::default();
    app.database
        .answers
        .copy_out(&store::all(campaign.id), |piece| tuples.take(piece, &mut |tuple| push(&mut rows, tuple)))
        .await?;
    if tuples.ended { Ok(rows) } else { Err(damaged()) }
}

/// How many responses a survey has, and the digest that names exactly this set of them (docs/methods/runs.md).
pub async fn response_set(app: &App, campaign: &Campaign) -> Result<ResponseSet> {
    let rows = read(app, campaign).await?;
    blocking::run(move || {
        let (coded, digest) = rows.finish();
        Ok(ResponseSet { count: coded.rows(), digest: digest.to_vec() })
    })
    .await
}

/// Own words are kept elsewhere.
fn units(form: &Form) -> Vec<(String, Coding)> {
    let coding = |kind: &UnitKind| match kind {
        UnitKind::One(_) => Some(Coding::Code),
        UnitKind::Many(_) | UnitKind::Quantity(_) => Some(Coding::Value),
        UnitKind::Text { .. } | UnitKind::WriteIn { .. } => None,
    };
    form.units().iter().filter_map(|unit| Some((unit.code().to_owned(), coding(unit.kind())?))).collect()
}

fn push(rows: &mut CodingRows, [id, psu, mode, answers]: [&[u8]; 4]) -> Result<()> {
    let id = u128::from_be_bytes(id.try_into().map_err(|_| damaged())?);
    let text = |bytes| str::from_utf8(bytes).map_err(|_| damaged());
    // The version of its binary format comes before the text of a jsonb.
    let Some((1, answers)) = answers.split_first() else { return Err(damaged()) };
    Ok(rows.push(id, text(psu)?, text(mode)?, answers)?)
}

fn damaged() -> Error {
    Error::internal("responses").caused_by("the database's binary format is not understood")
}

impl From<CodedError> for Error {
    fn from(cause: CodedError) -> Self {
        Self::internal("responses").caused_by(cause)
    }
}

const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";
const COLUMNS: usize = 4;

/// The rows of `COPY … (FORMAT binary)`, wherever the pieces are cut.
#[derive(Default)]
struct Tuples {
    /// The beginning of what was cut.
    rest: Vec<u8>,
    begun: bool,
    ended: bool,
}

impl Tuples {
    fn take(&mut self, piece: &[u8], give: &mut impl FnMut([&[u8]; COLUMNS]) -> Result<()>) -> Result<()> {
        // Usually a piece is a row.
        if self.rest.is_empty() {
            self.rest = self.whole(piece, give)?.to_vec();
            return Ok(());
        }
        let mut joined = std::mem::take(&mut self.rest);
        joined.extend_from_slice(piece);
        self.rest = self.whole(&joined, give)?.to_vec();
        Ok(())
    }

    /// Gives every row that is whole; returns what is left.
    fn whole<'a>(
        &mut self,
        mut bytes: &'a [u8],
        give: &mut impl FnMut([&[u8]; COLUMNS]) -> Result<()>,
    ) -> Result<&'a [u8]> {
        if !self.begun {
            let Some(after) = header(bytes)? else { return Ok(bytes) };
            (bytes, self.begun) = (after, true);
        }
        while let Some((count, after)) = bytes.split_first_chunk::<2>() {
            match i16::from_be_bytes(*count) {
                -1 => {
                    self.ended = true;
                    return Ok(after);
                }
                4 => {}
                _ => return Err(damaged()),
            }
            let mut fields = [[].as_slice(); COLUMNS];
            let mut left = after;
            for field in &mut fields {
                let Some((value, after)) = value(left)? else { return Ok(bytes) };
                (*field, left) = (value, after);
            }
            give(fields)?;
            bytes = left;
        }
        Ok(bytes)
    }
}

/// What comes after the header; none while it is not whole.
fn header(bytes: &[u8]) -> Result<Option<&[u8]>> {
    let Some((signature, after)) = bytes.split_at_checked(SIGNATURE.len()) else { return Ok(None) };
    if signature != SIGNATURE {
        return Err(damaged());
    }
    let Some((_flags, after)) = after.split_first_chunk::<4>() else { return Ok(None) };
    Ok(value(after)?.map(|(_extension, after)| after))
}

/// A length and as many bytes; none while they are not whole.
fn value(bytes: &[u8]) -> Result<Option<(&[u8], &[u8])>> {
    let Some((length, after)) = bytes.split_first_chunk::<4>() else { return Ok(None) };
    // −1 would be a null, which no column of a response can be.
    let length = usize::try_from(i32::from_be_bytes(*length)).map_err(|_| damaged())?;
    Ok(after.split_at_checked(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream() -> Vec<u8> {
        let mut bytes = [SIGNATURE, &[0; 8]].concat();
        for row in [["a", "", "web", "{}"], ["bb", "psu", "paper", "[1, 2]"]] {
            bytes.extend(4_i16.to_be_bytes());
            for field in row {
                bytes.extend(i32::try_from(field.len()).unwrap().to_be_bytes());
                bytes.extend(field.as_bytes());
            }
        }
        bytes.extend((-1_i16).to_be_bytes());
        bytes
    }

    fn given(pieces: &[&[u8]]) -> Result<(Vec<String>, bool)> {
        let (mut tuples, mut rows) = (Tuples::default(), Vec::new());
        for piece in pieces {
            tuples.take(piece, &mut |fields| {
                rows.push(fields.map(|field| str::from_utf8(field).unwrap()).join("|"));
                Ok(())
            })?;
        }
        Ok((rows, tuples.ended))
    }

    #[test]
    fn rows_are_found_wherever_the_stream_is_cut() {
        let bytes = stream();
        let whole = (vec!["a||web|{}".to_owned(), "bb|psu|paper|[1, 2]".to_owned()], true);
        for cut in 0..=bytes.len() {
            let (one, other) = bytes.split_at(cut);
            assert_eq!(given(&[one, other]).unwrap(), whole, "cut at {cut}");
        }
        let each: Vec<_> = bytes.chunks(1).collect();
        assert_eq!(given(&each).unwrap(), whole);
        assert!(!given(&[&bytes[..bytes.len() - 2]]).unwrap().1, "a stream that breaks off has not ended");
    }

    #[test]
    fn another_stream_is_refused() {
        let mut other = stream();
        other[0] = b'Q';
        assert!(given(&[&other]).is_err());
        let mut null = stream();
        null[SIGNATURE.len() + 10..SIGNATURE.len() + 14].copy_from_slice(&(-1_i32).to_be_bytes());
        assert!(given(&[&null]).is_err());
    }
}
