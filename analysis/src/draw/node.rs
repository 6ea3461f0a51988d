//! What can be drawn inside what.

use std::collections::BTreeMap;

use super::Stage;
use crate::frame::{Commune, Places, Village};

/// A unit as a parent.
pub(crate) enum Node<'a> {
    Stratum(Vec<&'a Commune>),
    Commune(&'a Commune),
    Village(&'a Village),
    /// Its persons.
    Household(Vec<String>),
    Person,
}

/// A unit that can be drawn in a parent.
pub(crate) struct Candidate<'a> {
    /// The levels between parent and unit, `commune/village/` when persons are drawn in a stratum.
    pub(crate) between: String,
    pub(crate) code: String,
    /// Adults.
    pub(crate) size: u64,
    pub(crate) node: Node<'a>,
}

impl Candidate<'_> {
    /// Unique in the parent.
    pub(super) fn id(&self) -> String {
        format!("{}{}", self.between, self.code)
    }
}

/// All units of a level inside a parent, in the order of their codes.
pub(crate) fn candidates<'a>(parent: &Node<'a>, wanted: Stage) -> Vec<Candidate<'a>> {
    let mut found = Vec::new();
    collect(parent, wanted, "", &mut found);
    found
}

impl Places {
    /// Its communes, or its villages, by `province/area/commune[/village]`.
    pub(crate) fn nodes(&self, level: Stage) -> BTreeMap<String, Node<'_>> {
        let mut nodes = BTreeMap::new();
        for stratum in &self.strata {
            for commune in &stratum.communes {
                let path = format!("{}/{}/{}", stratum.province, stratum.area.code(), commune.code);
                if level == Stage::Commune {
                    nodes.insert(path, Node::Commune(commune));
                } else {
                    for village in &commune.villages {
                        nodes.insert(format!("{path}/{}", village.code), Node::Village(village));
                    }
                }
            }
        }
        nodes
    }
}

fn collect<'a>(parent: &Node<'a>, wanted: Stage, between: &str, found: &mut Vec<Candidate<'a>>) {
    let mut child = |stage: Stage, code: &str, size: u64, node: Node<'a>| {
        if stage == wanted {
            found.push(Candidate { between: between.to_owned(), code: code.to_owned(), size, node });
        } else {
            collect(&node, wanted, &format!("{between}{code}/"), found);
        }
    };
    match parent {
        Node::Stratum(communes) => {
            for commune in communes {
                child(Stage::Commune, &commune.code, commune.size(), Node::Commune(commune));
            }
        }
        Node::Commune(commune) => {
            for village in &commune.villages {
                child(Stage::Village, &village.code, village.size(), Node::Village(village));
            }
        }
        Node::Village(village) => {
            let mut household: Option<(String, Vec<String>)> = None;
            let mut each = |id: &str| match id.split_once('/') {
                None => child(Stage::Person, id, 1, Node::Person),
                Some((code, person)) => {
                    if household.as_ref().is_none_or(|(open, _)| open != code)
                        && let Some((code, persons)) = household.replace((code.to_owned(), Vec::new()))
                    {
                        child(Stage::Household, &code, persons.len() as u64, Node::Household(persons));
                    }
                    if let Some((_, persons)) = &mut household {
                        persons.push(person.to_owned());
                    }
                }
            };
            village.persons.each(&mut each);
            if let Some((code, persons)) = household {
                child(Stage::Household, &code, persons.len() as u64, Node::Household(persons));
            }
        }
        Node::Household(persons) => {
            for person in persons {
                child(Stage::Person, person, 1, Node::Person);
            }
        }
        Node::Person => {}
    }
}
