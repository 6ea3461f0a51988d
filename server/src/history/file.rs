//! The files that are built in, read as they were written.

use std::str::FromStr;

use super::{National, Province, Series, Status};
use crate::base::listed;

const NATIONAL: &[u8] = include_bytes!("../../data/history/national.csv");
const PROVINCES: &[u8] = include_bytes!("../../data/history/provinces.csv");

/// A row that cannot be read, by its line; 0 is the file as a whole.
type Unreadable = u64;

pub(super) fn national() -> Result<Vec<National>, Unreadable> {
    let columns = ["year", "measure", "series", "percent", "status", "source", "note"];
    read(NATIONAL, columns, |[year, measure, series_name, percent, status_name, source, note]| {
        let (year, percent) = (year.parse().ok()?, percent.parse().ok()?);
        let (series, status) = (series(&series_name)?, status(&status_name)?);
        Some(National { year, measure, series, percent, status, source, note })
    })
}

pub(super) fn provinces() -> Result<Vec<Province>, Unreadable> {
    let columns = ["year", "code", "province", "series", "percent", "rank_of_63", "status", "source", "note"];
    read(PROVINCES, columns, |[year, code, name, series_name, percent, rank, status_name, source, note]| {
        let (year, percent, rank_of_63) = (year.parse().ok()?, optional(&percent).ok()?, optional(&rank).ok()?);
        let (series, status) = (series(&series_name)?, status(&status_name)?);
        Some(Province { year, code, name, series, percent, rank_of_63, status, source, note })
    })
}

fn read<T, const N: usize>(
    bytes: &[u8],
    columns: [&'static str; N],
    row: impl Fn([String; N]) -> Option<T>,
) -> Result<Vec<T>, Unreadable> {
    let lines = listed::rows(bytes, columns).map_err(|_unreadable| 0_u64)?;
    let value = |line: Result<listed::Line<N>, listed::Unreadable>| {
        let (number, cells) = line.map_err(|_unreadable| 0_u64)?;
        row(cells).ok_or(number)
    };
    lines.map(value).collect()
}

/// None for an empty cell.
fn optional<T: FromStr>(cell: &str) -> Result<Option<T>, T::Err> {
    if cell.is_empty() { Ok(None) } else { cell.parse().map(Some) }
}

fn series(name: &str) -> Option<Series> {
    Series::ALL.into_iter().find(|series| series.name() == name)
}

fn status(name: &str) -> Option<Status> {
    Some(match name {
        "reported" => Status::Reported,
        "rounded" => Status::Rounded,
        "derived" => Status::Derived,
        "approximate" => Status::Approximate,
        "rank" => Status::Rank,
        _ => return None,
    })
}
