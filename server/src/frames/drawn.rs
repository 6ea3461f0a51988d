//! Places that were drawn, and whose people are to be listed before the draw can go on.

use std::collections::BTreeMap;

use analysis::draw::Stage;

use super::roll::Home;

/// The places of a draw whose people are to be listed.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    pub level: Stage,
    /// `province/area/commune[/village]`, and whether it was drawn for the first sample.
    pub places: BTreeMap<String, bool>,
}

impl Drawn {
    pub(super) fn key(&self, home: Home<'_>) -> String {
        let place = [home.province, home.area.code(), home.commune].join("/");
        if self.level == Stage::Commune { place } else { [&place, home.village].join("/") }
    }
}
