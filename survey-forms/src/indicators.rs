//! The tree of what is measured: overall → domain → factor → item.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::build::Built;
use crate::defects::Fault;
use crate::form::{Unit, UnitKind};
use crate::read::{At, File};

/// An indicator and its parts. The leaves are items: units of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Indicator {
    pub code: String,
    pub level: Level,
    pub parts: Vec<Indicator>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Overall,
    Domain,
    Factor,
    Item,
}

impl Indicator {
    /// This indicator and everything below it, parents first.
    pub fn walk(&self) -> Vec<&Indicator> {
        let mut all = vec![self];
        all.extend(self.parts.iter().flat_map(Self::walk));
        all
    }

    /// The codes of the items it rests on, in order.
    pub fn items(&self) -> Vec<&str> {
        self.walk().into_iter().filter(|part| part.level == Level::Item).map(|part| part.code.as_str()).collect()
    }
}

impl Level {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overall => "overall",
            Self::Domain => "domain",
            Self::Factor => "factor",
            Self::Item => "item",
        }
    }
}

type Written = [(At<String>, Vec<At<String>>)];

/// Puts the tree together; none when there is none, or when it is broken, which is reported.
pub(crate) fn plant(written: &Written, built: &Built, file: &File) -> Option<Indicator> {
    let units: BTreeMap<&str, &Unit> = built.units.iter().map(|unit| (unit.code.as_str(), unit)).collect();
    let only_led = |unit: &Unit| built.questions.get(unit.question).is_some_and(|question| question.by_interviewer);
    let sound = Cell::new(true);
    let broken = |at: &At<String>, why| {
        file.report(at.line, Fault::BrokenIndicators { code: at.value.clone(), why });
        sound.set(false);
    };
    let named: BTreeMap<&str, &Vec<At<String>>> =
        written.iter().map(|(code, parts)| (code.value.as_str(), parts)).collect();
    let mut parts_seen = BTreeSet::new();
    let mut scales = BTreeSet::new();
    for (code, parts) in written {
        if parts.is_empty() {
            broken(code, "it has no parts");
        }
        let items = parts.iter().filter(|part| !named.contains_key(part.value.as_str())).count();
        if items != 0 && items != parts.len() {
            broken(code, "its parts are both items and indicators");
        }
        for part in parts {
            if !parts_seen.insert(part.value.as_str()) {
                broken(part, "it is a part twice");
            }
            if named.contains_key(part.value.as_str()) {
                continue;
            }
            let unit = units.get(part.value.as_str()).copied();
            if unit.is_some_and(only_led) {
                broken(part, "only interviewers ask it, so nobody who answers alone would be counted");
            }
            match unit.map(|unit| &unit.kind) {
                None => broken(part, "it is neither an indicator nor a question"),
                Some(UnitKind::One(choices)) if choices.scale.is_some() => {
                    if scales.insert(&choices.scale) && scales.len() > 1 {
                        broken(part, "it is on another scale than the items before it");
                    }
                }
                Some(_) => broken(part, "it is not answered on a scale"),
            }
        }
    }
    let mut roots = written.iter().map(|(code, _)| code).filter(|code| !parts_seen.contains(code.value.as_str()));
    let root = roots.next();
    for other in roots {
        broken(other, "there is a second top");
    }
    let Some(root) = root else {
        if let Some((code, _)) = written.first() {
            broken(code, "it goes in a circle");
        }
        return None;
    };
    if !sound.get() {
        return None;
    }
    let tree = grow(&root.value, &named, true);
    let reached: BTreeSet<&str> = tree.walk().into_iter().map(|part| part.code.as_str()).collect();
    for (code, _) in written.iter().filter(|(code, _)| !reached.contains(code.value.as_str())) {
        broken(code, "it goes in a circle");
    }
    sound.get().then_some(tree)
}

/// Every part is a part once, so this ends.
fn grow(code: &str, named: &BTreeMap<&str, &Vec<At<String>>>, top: bool) -> Indicator {
    let parts: Vec<_> =
        named.get(code).into_iter().copied().flatten().map(|part| grow(&part.value, named, false)).collect();
    let level = match parts.first().map(|part| part.level) {
        None => Level::Item,
        _ if top => Level::Overall,
        Some(Level::Item) => Level::Factor,
        Some(_) => Level::Domain,
    };
    Indicator { code: code.to_owned(), level, parts }
}
