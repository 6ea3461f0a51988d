//! The strata of a design in a frame, and the shares they get.

use std::collections::BTreeMap;

use super::node::{Candidate, Node, candidates};
use super::{DrawError, Stage};
use crate::design::{Allocation, Design, Share, share};
use crate::frame::{Commune, Places, Stratum};

/// A stratum: what is drawn in it is drawn independently of the others.
pub(crate) struct Layer<'a> {
    pub(crate) province: &'a str,
    /// `province/area[.group]`.
    pub(crate) path: String,
    /// The units of the first stage.
    pub(crate) units: Vec<Candidate<'a>>,
    /// Those that are taken for certain.
    pub(crate) certain: Vec<bool>,
    /// How many are drawn, the certain ones among them.
    pub(crate) share: u64,
}

impl Layer<'_> {
    pub(crate) fn adults(&self) -> u64 {
        self.units.iter().map(|unit| unit.size).sum()
    }
}

/// All strata in the order of their paths, with their shares; or why the design cannot be drawn from this frame.
pub(crate) fn layers<'a>(frame: &'a Places, design: &Design) -> Result<Vec<Layer<'a>>, DrawError> {
    design.check()?;
    if design.uses_households() && frame.level() == Stage::Person && !frame.tells_households() {
        return Err(DrawError::NoHouseholds);
    }
    if let Some(first) = design.stages.first().map(|rule| rule.unit).filter(|first| *first > frame.level()) {
        return Err(DrawError::Level { first: first.name(), level: frame.level().name() });
    }
    let provinces = |code: &str| frame.strata.iter().any(|stratum| stratum.province == code);
    if let Some(province) = design.communes_of.keys().find(|code| !provinces(code)).cloned() {
        return Err(DrawError::UnknownProvince { province });
    }
    let mut layers: Vec<Layer<'a>> = frame.strata.iter().flat_map(|stratum| parts(stratum, design)).collect();
    let found = |code: &str| layers.iter().any(|layer| layer.units.iter().any(|unit| unit.code == code));
    if let Some(unit) = design.take_all.iter().find(|code| !found(code)).cloned() {
        return Err(DrawError::UnknownUnit { unit });
    }
    if let Allocation::Fixed { units: written } | Allocation::Neyman { deviations: written } = &design.allocation
        && let Some(stratum) = written.keys().find(|path| !layers.iter().any(|layer| layer.path == **path)).cloned()
    {
        return Err(DrawError::UnknownStratum { stratum });
    }
    for of_province in layers.chunk_by_mut(|a, b| a.province == b.province) {
        give_shares(of_province, design)?;
    }
    Ok(layers)
}

/// A stratum of the frame, parted by the groups of its communes.
fn parts<'a>(stratum: &'a Stratum, design: &Design) -> Vec<Layer<'a>> {
    let mut groups: BTreeMap<&str, Vec<&'a Commune>> = BTreeMap::new();
    for commune in &stratum.communes {
        let group = design.groups.get(&commune.code).map_or("", String::as_str);
        groups.entry(group).or_default().push(commune);
    }
    let first = design.stages.first().map_or(Stage::Commune, |rule| rule.unit);
    let layer = |(group, communes): (&str, Vec<&'a Commune>)| {
        let dot = if group.is_empty() { "" } else { "." };
        let units = candidates(&Node::Stratum(communes), first);
        Layer {
            province: &stratum.province,
            path: format!("{}/{}{dot}{group}", stratum.province, stratum.area.code()),
            certain: units.iter().map(|unit| design.take_all.contains(&unit.code)).collect(),
            units,
            share: 0,
        }
    };
    groups.into_iter().map(layer).collect()
}

fn give_shares(layers: &mut [Layer<'_>], design: &Design) -> Result<(), DrawError> {
    let Some(province) = layers.first().map(|layer| layer.province.to_owned()) else { return Ok(()) };
    if let Allocation::Fixed { units } = &design.allocation {
        for layer in layers {
            let wanted = units.get(&layer.path).copied().unwrap_or_default().into();
            let certain = layer.certain.iter().filter(|certain| **certain).count() as u64;
            if wanted == 0 || wanted < certain || wanted > layer.units.len() as u64 {
                let (stratum, there) = (layer.path.clone(), layer.units.len());
                return Err(DrawError::Fixed { stratum, wanted, there });
            }
            layer.share = wanted;
        }
        return Ok(());
    }
    let deviation = |path: &str| match &design.allocation {
        Allocation::Neyman { deviations } => deviations.get(path).copied().unwrap_or(crate::design::EVEN_SHARE),
        _ => crate::design::EVEN_SHARE,
    };
    let wanted = |layer: &Layer<'_>| {
        let (there, certain) =
            (layer.units.len() as u64, layer.certain.iter().filter(|certain| **certain).count() as u64);
        // Certain units come on top of what the rest needs for a variance of its own.
        let least = certain + u64::from(design.least).min(there - certain);
        Share { adults: layer.adults(), deviation: deviation(&layer.path), least, most: there }
    };
    let strata: Vec<Share> = layers.iter().map(wanted).collect();
    let communes = design.units_in(&province);
    let shares = share(&design.allocation, &strata, communes).ok_or_else(|| DrawError::TooFewCommunes {
        province,
        communes,
        strata: strata.len(),
        needed: strata.iter().map(|stratum| stratum.least.min(stratum.most)).sum(),
    })?;
    layers.iter_mut().zip(shares).for_each(|(layer, share)| layer.share = share);
    Ok(())
}
