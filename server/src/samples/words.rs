//! A design in words, for pages and the record alike.

use analysis::design::{Allocation, Design};
use analysis::draw::{SelectionMethod, Stage};
use analysis::preview::Warning;

use crate::base::text::Texts;
use crate::places;

pub(super) const METHODS: [SelectionMethod; 6] = [
    SelectionMethod::PpsSystematic,
    SelectionMethod::PpsSystematicFixed,
    SelectionMethod::Sampford,
    SelectionMethod::ConditionalPoisson,
    SelectionMethod::SimpleRandom,
    SelectionMethod::Systematic,
];
pub(super) const ALLOCATIONS: [&str; 4] = ["proportional", "square_root", "neyman", "fixed"];

/// What, and how.
pub(super) fn design(design: &Design, texts: Texts) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let mut add = |key: &str, value: String| lines.push((texts.get(key).into_owned(), value));
    let strata = if design.groups.is_empty() { "design-strata-usual" } else { "design-strata-groups" };
    add("design-strata-are", texts.get(strata).into_owned());
    let rule = match &design.allocation {
        Allocation::Proportional => "design-allocation-proportional",
        Allocation::SquareRoot => "design-allocation-square-root",
        Allocation::Neyman { .. } => "design-allocation-neyman",
        Allocation::Fixed { .. } => "design-allocation-fixed",
    };
    add("design-allocation", format!("{}; {}", texts.get(rule), texts.with("design-at-least", [("n", design.least)])));
    for (at, stage) in design.stages.iter().enumerate() {
        let (key, number) = match stage.unit {
            _ if at == 0 => ("design-per-province", design.communes),
            Stage::Commune | Stage::Village => ("design-per-commune", design.villages_per_commune),
            Stage::Household => ("design-per-village", design.households_per_village),
            Stage::Person if design.uses_households() => ("design-per-household", design.persons_per_household),
            Stage::Person => ("design-per-parent", design.persons_per_village),
        };
        let unit = texts.get(&format!("design-unit-{}", stage.unit.name())).into_owned();
        let method = texts.get(&format!("design-method-{}", stage.method.name().replace('_', "-"))).into_owned();
        lines.push((unit, format!("{}; {method}", texts.with(key, [("n", number)]))));
    }
    let mut add = |key: &str, value: String| lines.push((texts.get(key).into_owned(), value));
    if !design.communes_of.is_empty() {
        let other: Vec<String> = design
            .communes_of
            .iter()
            .map(|(province, n)| {
                format!("{}: {}", places::province_name(province).unwrap_or(province), texts.number(*n))
            })
            .collect();
        add("design-provinces", other.join("; "));
    }
    if !design.take_all.is_empty() {
        add("design-certain", design.take_all.iter().cloned().collect::<Vec<_>>().join(", "));
    }
    add("design-reserves", texts.number(design.reserves_per_village));
    if design.reserve_communes > 0 {
        add("design-reserve-communes", texts.number(design.reserve_communes));
    }
    lines
}

/// `01/urban.27` as "Hà Nội, thành thị, 27".
pub(super) fn stratum(path: &str, texts: Texts) -> String {
    let (province, rest) = path.split_once('/').unwrap_or((path, ""));
    let (kind, group) = rest.split_once('.').unwrap_or((rest, ""));
    let name = places::province_name(province).unwrap_or(province);
    let area = area(kind, texts);
    if group.is_empty() { format!("{name}, {area}") } else { format!("{name}, {area}, {group}") }
}

pub(super) fn area(kind: &str, texts: Texts) -> String {
    texts.get(if kind == "urban" { "area-urban" } else { "area-rural" }).into_owned()
}

pub(super) fn warning(warning: &Warning, texts: Texts) -> String {
    use crate::base::text::Value;
    match warning {
        Warning::OneUnit { stratum: path } => texts.with("preview-one-unit", [("stratum", stratum(path, texts))]),
        Warning::FewUnits { province, units } => {
            let name = places::province_name(province).unwrap_or(province);
            texts
                .with("preview-few-units", [("province", Value::from(name.to_owned())), ("units", Value::from(*units))])
        }
        Warning::WeightsTellVillage { communes, example } => texts.with(
            "preview-weights-tell",
            [("communes", Value::from(*communes)), ("example", Value::from(example.clone()))],
        ),
        Warning::CertainUnits { stratum: path, units, example } => texts.with(
            "preview-certain",
            [
                ("stratum", Value::from(stratum(path, texts))),
                ("units", Value::from(*units)),
                ("example", Value::from(example.clone())),
            ],
        ),
        Warning::SmallUnits { units, take, example } => texts.with(
            "preview-small",
            [("units", Value::from(*units)), ("take", Value::from(*take)), ("example", Value::from(example.clone()))],
        ),
    }
    .into_owned()
}
