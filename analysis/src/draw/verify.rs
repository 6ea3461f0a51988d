//! Recomputing a published draw.

use std::cmp::Ordering;

use thiserror::Error;

use super::{Draw, DrawError, Unit, draw, draw_within};
use crate::design::Design;
use crate::frame::SamplingFrame;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum VerifyError {
    #[error(transparent)]
    Draw(#[from] DrawError),
    #[error("{} of {} is missing from the list", .0.code, .0.path)]
    Missing(Box<Unit>),
    #[error("{} of {} was not drawn", .0.code, .0.path)]
    NotDrawn(Box<Unit>),
    #[error("{} of {}: {field} is {found}, drawn was {expected}", .unit.code, .unit.path)]
    Different { unit: Box<Unit>, field: &'static str, expected: String, found: String },
}

/// Draws again and compares with `list`, in whatever order it comes; fails with the first difference in the
/// order of the published list.
pub fn verify(frame: &SamplingFrame, design: &Design, seed: &str, list: &[Unit]) -> Result<(), VerifyError> {
    same(&draw(frame, design, seed)?, list)
}

/// The same for a draw that went on within the units of another one.
pub fn verify_within(
    first: &[Unit],
    listing: &SamplingFrame,
    design: &Design,
    seed: &str,
    list: &[Unit],
) -> Result<(), VerifyError> {
    same(&draw_within(first, listing, design, seed)?, list)
}

/// Whether `list` is what was drawn; fails with the first difference.
pub fn same(drawn: &Draw, list: &[Unit]) -> Result<(), VerifyError> {
    let mut list: Vec<&Unit> = list.iter().collect();
    list.sort_by(|a, b| a.cmp_place(b));
    let mut list = list.into_iter();
    for expected in &drawn.units {
        let Some(found) = list.next() else {
            return Err(VerifyError::Missing(Box::new(expected.clone())));
        };
        compare(expected, found)?;
    }
    match list.next() {
        Some(found) => Err(VerifyError::NotDrawn(Box::new(found.clone()))),
        None => Ok(()),
    }
}

fn compare(expected: &Unit, found: &Unit) -> Result<(), VerifyError> {
    let place = |unit: &Unit| (unit.stage, unit.path.clone(), unit.order);
    match place(expected).cmp(&place(found)) {
        Ordering::Less => return Err(VerifyError::Missing(Box::new(expected.clone()))),
        Ordering::Greater => return Err(VerifyError::NotDrawn(Box::new(found.clone()))),
        Ordering::Equal => {}
    }
    let different = expected.fields().into_iter().zip(found.fields()).find(|(expected, found)| expected != found);
    match different {
        Some(((field, expected), (_, value))) => {
            Err(VerifyError::Different { unit: Box::new(found.clone()), field, expected, found: value })
        }
        None => Ok(()),
    }
}
