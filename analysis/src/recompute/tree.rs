//! The index as the design file's items make it.

use super::RecomputeError;
use super::design_file::{DesignFile, Items, NationChoice, OwnMethod};
use crate::index::{
    Indicator, IndicatorKind, ItemRule, Method, SIPAS_2017, SIPAS_2022, SIPAS_2026_M, SIPAS_2026_T, Tree,
};

/// The methods of this house.
pub(super) const METHODS: [Method<'static>; 4] = [SIPAS_2017, SIPAS_2022, SIPAS_2026_M, SIPAS_2026_T];

/// A method by name, of this house or of the design file.
pub(super) struct NamedMethod<'a> {
    pub(super) name: &'a str,
    pub(super) rule: ItemRule,
    /// For the country another rule than all people with their weights.
    pub(super) nation: Option<&'a NationChoice>,
    of: Of<'a>,
}

enum Of<'a> {
    House(Method<'static>),
    Own(&'a OwnMethod, Vec<(&'a str, f64)>),
}

impl NamedMethod<'_> {
    pub(super) fn method(&self) -> Method<'_> {
        match &self.of {
            Of::House(method) => *method,
            Of::Own(own, weights) => Method { rule: self.rule, aggregation: own.aggregation(weights), ..SIPAS_2026_M },
        }
    }
}

impl DesignFile {
    pub(super) fn named_methods(&self) -> Result<Vec<NamedMethod<'_>>, RecomputeError> {
        self.methods.iter().map(|name| self.named_method(name)).collect()
    }

    fn named_method<'a>(&'a self, name: &'a str) -> Result<NamedMethod<'a>, RecomputeError> {
        let own = self.own_methods.iter().find(|method| method.name == name);
        let own = own.map(|method| NamedMethod {
            name,
            rule: method.rule.of_items(),
            nation: method.nation.as_ref(),
            of: Of::Own(method, method.part_weights.iter().map(|(part, weight)| (part.as_str(), *weight)).collect()),
        });
        let of_house = METHODS.into_iter().find(|method| method.name == name);
        let of_house = of_house.map(|it| NamedMethod { name, rule: it.rule, nation: None, of: Of::House(it) });
        let unknown = || {
            let names: Vec<_> = METHODS.iter().map(|method| method.name).collect();
            let problem = format!("{name} is no method; there are {} and own_methods", names.join(", "));
            RecomputeError::key("methods", problem)
        };
        own.or(of_house).ok_or_else(unknown)
    }

    /// Overall → parts → factors → items, in the order of the file. A part or factor of several blocks is one.
    pub(super) fn tree(&self) -> Result<Tree, RecomputeError> {
        let mut overall = Indicator::new(IndicatorKind::Overall, "overall", Vec::new());
        for items in &self.items {
            let part = items.part.iter().map(|code| (IndicatorKind::Domain, code));
            let factor = items.factor.iter().map(|code| (IndicatorKind::Factor, code));
            hang(&mut overall.parts, &part.chain(factor).collect::<Vec<_>>(), items);
        }
        Tree::new(overall).map_err(|error| RecomputeError::key("items", error.to_string()))
    }
}

/// Puts the items where the path leads, and makes the path where it is not there yet.
fn hang(parts: &mut Vec<Indicator>, path: &[(IndicatorKind, &String)], items: &Items) {
    let [(kind, code), below @ ..] = path else {
        parts.extend(items.columns.iter().map(|code| Indicator::new(IndicatorKind::Item, code, Vec::new())));
        return;
    };
    let is_it = |part: &Indicator| part.kind == *kind && part.code == **code;
    if !parts.iter().any(is_it) {
        parts.push(Indicator::new(*kind, *code, Vec::new()));
    }
    if let Some(part) = parts.iter_mut().find(|part| is_it(part)) {
        hang(&mut part.parts, below, items);
    }
}
