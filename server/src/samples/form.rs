//! A design as a form: read what was sent, or show it again with what is wrong.

use std::collections::BTreeMap;
use std::str::FromStr;

use analysis::design::{Allocation, Design, LEAST_UNITS, StageRule};
use analysis::draw::{SelectionMethod, Stage};

use super::list::named;
use super::words::{ALLOCATIONS, METHODS};
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::text::Texts;
use crate::base::web::fields::Fields;

pub(super) struct DesignForm {
    pub name: Field,
    pub numbers: Vec<Field>,
    pub choices: Vec<Choices>,
    pub lists: Vec<Field>,
}

/// Which levels are drawn, as one choice.
const CHAINS: [(&str, &[Stage]); 8] = [
    ("cvp", &[Stage::Commune, Stage::Village, Stage::Person]),
    ("cvhp", &[Stage::Commune, Stage::Village, Stage::Household, Stage::Person]),
    ("cvh", &[Stage::Commune, Stage::Village, Stage::Household]),
    ("cv", &[Stage::Commune, Stage::Village]),
    ("c", &[Stage::Commune]),
    ("cp", &[Stage::Commune, Stage::Person]),
    ("vp", &[Stage::Village, Stage::Person]),
    ("p", &[Stage::Person]),
];
/// What a first visitor finds written: the usual design of the survey.
const NUMBERS: [(&str, u32); 7] = [
    ("communes", 12),
    ("villages", 2),
    ("households", 0),
    ("persons", 10),
    ("reserves", 10),
    ("reserve-communes", 0),
    ("least", LEAST_UNITS),
];
const LISTS: [&str; 4] = ["provinces", "strata", "certain", "groups"];
const GREATEST: u32 = 10_000;
const MOST_LETTERS_IN_NAME: usize = 80;

impl DesignForm {
    /// The form of a design; of the usual one when there is none.
    pub(super) fn of(design: Option<&Design>, name: &str, texts: Texts) -> Self {
        let usual = Design {
            communes: 12,
            villages_per_commune: 2,
            persons_per_village: 10,
            reserves_per_village: 10,
            ..Design::default()
        };
        let design = design.unwrap_or(&usual);
        let persons = if design.uses_households() { design.persons_per_household } else { design.persons_per_village };
        let numbers = [
            design.communes,
            design.villages_per_commune,
            design.households_per_village,
            persons,
            design.reserves_per_village,
            design.reserve_communes,
            design.least,
        ];
        let units: Vec<Stage> = design.stages.iter().map(|rule| rule.unit).collect();
        let chain = CHAINS.iter().find(|(_, chain)| *chain == units).map_or("", |(name, _)| name);
        let method = |last: bool| {
            let rule = if last { design.stages.last() } else { design.stages.first() };
            rule.map_or("", |rule| rule.method.name())
        };
        let methods = METHODS.map(SelectionMethod::name);
        let (rule, strata) = match &design.allocation {
            Allocation::Proportional => ("proportional", String::new()),
            Allocation::SquareRoot => ("square_root", String::new()),
            Allocation::Neyman { deviations } => ("neyman", pairs(deviations)),
            Allocation::Fixed { units } => ("fixed", pairs(units)),
        };
        let certain: Vec<&str> = design.take_all.iter().map(String::as_str).collect();
        let lists = [pairs(&design.communes_of), strata, certain.join("\n"), pairs(&design.groups)];
        Self {
            name: field("name", name, false, texts),
            numbers: NUMBERS
                .iter()
                .zip(numbers)
                .map(|((name, _), number)| field(name, &number.to_string(), true, texts))
                .collect(),
            choices: vec![
                choices("stages", CHAINS.map(|(name, _)| name), chain, texts),
                choices("first-method", methods, method(false), texts),
                choices("last-method", methods, method(true), texts),
                choices("allocation", ALLOCATIONS, rule, texts),
            ],
            lists: LISTS.iter().zip(lists).map(|(name, value)| field(name, &value, true, texts)).collect(),
        }
    }

    /// The design that was sent, or the form again with what is wrong.
    pub(super) fn read(fields: &Fields, texts: Texts) -> Result<Design, Box<Self>> {
        let mut form = Self::of(None, fields.get("name").trim(), texts);
        let name = form.name.value.clone();
        if name.is_empty() || name.chars().count() > MOST_LETTERS_IN_NAME || name.chars().any(char::is_control) {
            form.name.error = Some(texts.get("design-name-wrong").into_owned());
        }
        let mut numbers = BTreeMap::new();
        for field in &mut form.numbers {
            fields.get(&field.name).trim().clone_into(&mut field.value);
            match field.value.parse::<u32>().ok().filter(|number| *number <= GREATEST) {
                Some(number) => {
                    numbers.insert(field.name.clone(), number);
                }
                None => field.error = Some(texts.get("sample-field-number").into_owned()),
            }
        }
        let mut chosen = BTreeMap::new();
        for question in &mut form.choices {
            let value = fields.get(&question.name);
            for option in &mut question.options {
                option.chosen = option.value == value;
            }
            if question.options.iter().any(|option| option.chosen) {
                chosen.insert(question.name.clone(), value.to_owned());
            } else {
                question.error = Some(texts.get("design-choose").into_owned());
            }
        }
        for field in &mut form.lists {
            fields.get(&field.name).trim().clone_into(&mut field.value);
        }
        let design = form.design(&name, &numbers, &chosen, texts);
        match design.filter(|_| form.problems().is_empty()) {
            Some(design) => {
                form.needed(&design, texts);
                if form.problems().is_empty() { Ok(design) } else { Err(Box::new(form)) }
            }
            None => Err(Box::new(form)),
        }
    }

    fn design(
        &mut self,
        name: &str,
        numbers: &BTreeMap<String, u32>,
        chosen: &BTreeMap<String, String>,
        texts: Texts,
    ) -> Option<Design> {
        let [provinces, strata, certain, groups] = self.lists.as_mut_slice() else { return None };
        let provinces = read_pairs::<u32>(provinces, texts);
        let strata = read_pairs::<u32>(strata, texts);
        let groups = read_pairs::<String>(groups, texts);
        let certain = certain.value.split_whitespace().map(ToOwned::to_owned).collect();
        let number = |name: &str| numbers.get(name).copied();
        let chain = chosen.get("stages").and_then(|name| CHAINS.iter().find(|(chain, _)| chain == name))?.1;
        let method = |name: &str| chosen.get(name).and_then(|name| named::<SelectionMethod>(name));
        let (first, last) = (method("first-method")?, method("last-method")?);
        let rule = |(at, unit): (usize, &Stage)| StageRule {
            unit: *unit,
            // Communes and villages by one method, households and persons by the other.
            method: if at == 0 || *unit <= Stage::Village { first } else { last },
        };
        let stages: Vec<StageRule> = chain.iter().enumerate().map(rule).collect();
        let allocation = match chosen.get("allocation")?.as_str() {
            "square_root" => Allocation::SquareRoot,
            "neyman" => Allocation::Neyman { deviations: strata? },
            "fixed" => Allocation::Fixed { units: strata? },
            _ => Allocation::Proportional,
        };
        let of = |unit: Stage, value: u32| if chain.contains(&unit) { value } else { 0 };
        let households = chain.contains(&Stage::Household);
        let persons = of(Stage::Person, number("persons")?);
        Some(Design {
            name: name.to_owned(),
            communes: number("communes")?,
            communes_of: provinces?,
            villages_per_commune: of(Stage::Village, number("villages")?),
            persons_per_village: if households { 0 } else { persons },
            reserves_per_village: number("reserves")?,
            stages,
            households_per_village: of(Stage::Household, number("households")?),
            persons_per_household: if households { persons } else { 0 },
            allocation,
            least: number("least")?,
            take_all: certain,
            reserve_communes: number("reserve-communes")?,
            groups: groups?,
        })
    }

    /// Numbers that the chosen levels need and that are nought.
    fn needed(&mut self, design: &Design, texts: Texts) {
        let drawn = |unit: Stage| design.stages.iter().skip(1).any(|rule| rule.unit == unit);
        let fixed = matches!(design.allocation, Allocation::Fixed { .. });
        for field in &mut self.numbers {
            let needed = match field.name.as_str() {
                "communes" => !fixed,
                "villages" => drawn(Stage::Village),
                "households" => drawn(Stage::Household),
                "persons" => drawn(Stage::Person),
                _ => false,
            };
            if needed && field.value.parse() == Ok(0_u32) {
                field.error = Some(texts.get("design-not-zero").into_owned());
            }
        }
    }

    pub(super) fn problems(&self) -> Vec<Problem> {
        let fields = [&self.name].into_iter().chain(&self.numbers).chain(&self.lists);
        let fields = fields.filter_map(|field| Some((&field.id, &field.label, field.error.as_ref()?)));
        let choices = self.choices.iter().filter_map(|it| Some((&it.id, &it.legend, it.error.as_ref()?)));
        fields.chain(choices).map(|(id, label, error)| Problem::new(id, format!("{label}: {error}"))).collect()
    }
}

fn field(name: &str, value: &str, hinted: bool, texts: Texts) -> Field {
    let hint = format!("design-{name}-hint");
    Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: texts.get(&format!("design-{name}")).into_owned(),
        hint: (hinted && texts.has(&hint)).then(|| texts.get(&hint).into_owned()),
        value: value.to_owned(),
        error: None,
    }
}

fn choices<const N: usize>(name: &str, values: [&str; N], chosen: &str, texts: Texts) -> Choices {
    let key = if name.ends_with("-method") { "method" } else { name };
    let option = |value: &str| {
        let label = texts.get(&format!("design-{key}-{}", value.replace('_', "-")));
        Choice::new(value, label, value == chosen)
    };
    Choices {
        id: name.to_owned(),
        name: name.to_owned(),
        legend: texts.get(&format!("design-{name}")).into_owned(),
        options: values.iter().map(|value| option(value)).collect(),
        ..Choices::default()
    }
}

/// `key = value`, one to a line.
fn pairs<V: std::fmt::Display>(map: &BTreeMap<String, V>) -> String {
    map.iter().map(|(key, value)| format!("{key} = {value}")).collect::<Vec<_>>().join("\n")
}

fn read_pairs<V: FromStr>(field: &mut Field, texts: Texts) -> Option<BTreeMap<String, V>> {
    let mut map = BTreeMap::new();
    for (line, number) in field.value.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let pair = line.split_once(['=', ';', ',', '\t']).map(|(key, value)| (key.trim(), value.trim()));
        let read = pair.and_then(|(key, value)| Some((key, value.parse().ok()?))).filter(|(key, _)| !key.is_empty());
        let new = read.map(|(key, value)| map.insert(key.to_owned(), value).is_none());
        if new != Some(true) {
            field.error = Some(texts.with("design-line-wrong", [("line", number)]).into_owned());
            return None;
        }
    }
    Some(map)
}
