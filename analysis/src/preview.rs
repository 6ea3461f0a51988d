//! What a design would draw from a frame, before anything is drawn: counts, weights, expected precision, and what to mind.
//!
//! Expected half-width of the 95 % interval of a share of one half: t(df) · √(0.25 · DEFF / n), with
//! DEFF = Kish · (1 + (b − 1)·ρ), b = elements per first-stage unit, ρ the intraclass correlation, df = units − strata.
//! Kish's factor is that of the base weights, expected: n·ΣΣw / N². Everybody drawn is taken to answer.
//! In places that are told by their size alone the further stages are reckoned with their full takes, evenly spread.
//! Source: Kish 1965, chapters 5 and 11; statistics of the design effect as in `estimate`.

mod tally;
#[cfg(test)]
mod tests;

use crate::design::Design;
use crate::draw::choose::probabilities;
use crate::draw::layers::{Layer, layers};
use crate::draw::{DrawError, Stage};
use crate::estimate::t_quantile;
use crate::frame::Places;
use tally::Tally;

/// A reporting province with fewer first-stage units has few degrees of freedom and wide intervals.
pub const ENOUGH_UNITS: u64 = 10;

#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    pub strata: Vec<StratumPreview>,
    pub provinces: Vec<ProvincePreview>,
    pub warnings: Vec<Warning>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StratumPreview {
    pub province: String,
    /// `province/area[.group]`.
    pub path: String,
    /// First-stage units in the frame, and taken.
    pub units_there: u64,
    pub units: u64,
    pub adults: u64,
    /// Elements (usually persons) taken, reserves not counted; expected, as it may depend on which units come.
    pub persons: f64,
    pub least_weight: f64,
    pub greatest_weight: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ProvincePreview {
    pub province: String,
    pub strata: u64,
    pub units: u64,
    pub adults: u64,
    pub persons: f64,
    /// First-stage units less strata.
    pub df: u64,
    pub kish: f64,
    pub deff: f64,
    /// Of the 95 % interval of a share of 0.5, as a share; `None` without degrees of freedom.
    pub half_width: Option<f64>,
}

impl ProvincePreview {
    /// The half-width in percentage points.
    pub fn points(&self) -> Option<f64> {
        self.half_width.map(|half| 100.0 * half)
    }
}

/// What to mind; none of it makes a draw impossible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// One unit gives no variance: the stratum will have to be joined with another.
    OneUnit {
        stratum: String,
    },
    FewUnits {
        province: String,
        units: u64,
    },
    /// In so many communes persons would have different weights, which tell their village.
    WeightsTellVillage {
        communes: u64,
        example: String,
    },
    /// Taken for certain in this stratum.
    CertainUnits {
        stratum: String,
        units: u64,
        example: String,
    },
    /// So many parents of the last stage hold fewer than the take.
    SmallUnits {
        units: u64,
        take: u32,
        example: String,
    },
}

/// `rho`: the intraclass correlation that is reckoned with, 0 to 1.
pub fn preview(frame: &Places, design: &Design, rho: f64) -> Result<Preview, DrawError> {
    let layers = layers(frame, design)?;
    let mut preview = Preview { strata: Vec::new(), provinces: Vec::new(), warnings: Vec::new() };
    let mut small = (0, String::new());
    let mut telling = (0, String::new());
    for of_province in layers.chunk_by(|a, b| a.province == b.province) {
        let mut whole = Tally::default();
        for layer in of_province {
            whole.add(&stratum(layer, design, frame.level(), &mut preview, &mut small, &mut telling)?);
        }
        let Some(first) = of_province.first() else { continue };
        let units = of_province.iter().map(|layer| layer.share).sum();
        let adults = of_province.iter().map(Layer::adults).sum();
        let strata = of_province.len() as u64;
        let province = province(first.province, strata, units, adults, &whole, rho);
        if units < ENOUGH_UNITS {
            preview.warnings.push(Warning::FewUnits { province: province.province.clone(), units });
        }
        preview.provinces.push(province);
    }
    if let (communes @ 1.., example) = telling {
        preview.warnings.push(Warning::WeightsTellVillage { communes, example });
    }
    if let (units @ 1.., example) = small {
        let take = design.take(design.stages.len().saturating_sub(1)).1;
        preview.warnings.push(Warning::SmallUnits { units, take, example });
    }
    Ok(preview)
}

type Found = (u64, String);

fn stratum(
    layer: &Layer<'_>,
    design: &Design,
    level: Stage,
    preview: &mut Preview,
    small: &mut Found,
    telling: &mut Found,
) -> Result<Tally, DrawError> {
    let mut whole = Tally::default();
    let mut certain: Found = (0, String::new());
    let sizes: Vec<u64> = layer.units.iter().map(|unit| unit.size).collect();
    let method = design.stages.first().ok_or(DrawError::Stages)?.method;
    let probabilities = probabilities(&sizes, &layer.certain, method, layer.share)?;
    for (unit, probability) in layer.units.iter().zip(probabilities) {
        let probability = probability.to_f64();
        if probability >= 1.0 {
            note(&mut certain, &unit.code);
        }
        let mut inside = Tally::default();
        inside.unit(unit, design, level, probability)?;
        if inside.small > 0 {
            small.0 += inside.small - 1;
            note(small, &unit.code);
        }
        let commune = design.stages.first().is_some_and(|rule| rule.unit == Stage::Commune);
        if commune && inside.greatest > inside.least * (1.0 + 1e-9) {
            note(telling, &unit.code);
        }
        whole.add(&inside);
    }
    if layer.share == 1 {
        preview.warnings.push(Warning::OneUnit { stratum: layer.path.clone() });
    }
    if let (units @ 1.., example) = certain {
        preview.warnings.push(Warning::CertainUnits { stratum: layer.path.clone(), units, example });
    }
    preview.strata.push(StratumPreview {
        province: layer.province.to_owned(),
        path: layer.path.clone(),
        units_there: layer.units.len() as u64,
        units: layer.share.min(layer.units.len() as u64),
        adults: layer.adults(),
        persons: whole.taken,
        least_weight: whole.least,
        greatest_weight: whole.greatest,
    });
    Ok(whole)
}

/// Counts one more; the first is the example.
fn note(found: &mut Found, example: &str) {
    found.0 += 1;
    if found.1.is_empty() {
        example.clone_into(&mut found.1);
    }
}

fn province(code: &str, strata: u64, units: u64, adults: u64, whole: &Tally, rho: f64) -> ProvincePreview {
    let real = |count: u64| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let kish = whole.taken * whole.weights / (whole.there * whole.there);
    let per_unit = whole.taken / real(units.max(1));
    let deff = kish * (1.0 + (per_unit - 1.0).max(0.0) * rho);
    let df = units.saturating_sub(strata);
    let t = t_quantile(real(df));
    let half_width = t.filter(|_| whole.taken > 0.0).map(|t| t * (0.25 * deff / whole.taken).sqrt());
    ProvincePreview {
        province: code.to_owned(),
        strata,
        units,
        adults,
        persons: whole.taken,
        df,
        kish,
        deff,
        half_width,
    }
}
