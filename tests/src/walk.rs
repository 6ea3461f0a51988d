//! A way through a questionnaire as the engine itself sees it: which pages come, what each asks, what is answered there.
//! Tests over HTTP and in a browser follow it, so that a new questionnaire needs no new script.

use serde_json::{Value, json};
use survey_forms::{
    Answers, Completed, Form, Interview, Kind, Measure, OptionView, PageView, Quantity, SkipPolicy, UnitView,
};

/// How somebody answers who goes this way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// The first choice of each question.
    First,
    /// The last one, which is the way out where there is one.
    Last,
    /// All that can be marked at once, and words beside them.
    All,
    /// Nothing at all.
    Nothing,
}

impl Manner {
    pub const EACH: [Self; 4] = [Self::First, Self::Last, Self::All, Self::Nothing];
}

pub struct Walk {
    pub steps: Vec<Step>,
    pub completed: Completed,
}

/// One page and what is given on it.
pub struct Step {
    pub page: String,
    pub asked: Vec<Given>,
}

pub struct Given {
    /// The name of the field.
    pub name: String,
    /// `one`, `many` or `text`: how it is answered in a browser.
    pub kind: &'static str,
    /// What can be chosen, in the order shown.
    pub options: Vec<String>,
    /// What is chosen or written; empty for nothing.
    pub values: Vec<String>,
}

impl Walk {
    pub fn new(form: &Form, manner: Manner) -> Self {
        let mut interview = Interview::new(form, Answers::new());
        let mut steps = Vec::new();
        let mut next = interview.path().first().map(|page| page.code().to_owned());
        while let Some(page) = next {
            let view = interview.page(&page, form.source_language(), &[], &[]).expect("a page on the path");
            let step = Step::new(view, manner);
            interview.give(&page, &step.fields(), SkipPolicy::Accept).expect("sound answers");
            next = interview.path().next(&page).map(|page| page.code().to_owned());
            steps.push(step);
        }
        Self { steps, completed: interview.finish() }
    }

    /// For a script: `[{ page, asked: [{ name, kind, options, values }] }]`.
    pub fn to_json(&self) -> Value {
        self.steps
            .iter()
            .map(|step| {
                let asked = step.asked.iter().map(|given| {
                    json!({ "name": given.name, "kind": given.kind, "options": given.options, "values": given.values })
                });
                json!({ "page": step.page, "asked": asked.collect::<Vec<_>>() })
            })
            .collect()
    }
}

impl Step {
    fn new(view: PageView, manner: Manner) -> Self {
        let mut asked = Vec::new();
        for block in &view.blocks {
            for unit in &block.units {
                asked.extend(given(block.kind, unit, manner));
            }
        }
        Self { page: view.code, asked }
    }

    /// The fields a browser sends.
    pub fn fields(&self) -> Vec<(String, String)> {
        let values = |given: &Given| given.values.iter().map(|value| (given.name.clone(), value.clone())).collect();
        self.asked.iter().flat_map(|given| -> Vec<_> { values(given) }).collect()
    }
}

fn given(kind: Kind, unit: &UnitView, manner: Manner) -> Vec<Given> {
    let values: Vec<_> = unit.options.iter().map(|option| option.value.clone()).collect();
    let asked = |kind, values: Vec<String>, chosen: Vec<String>| {
        let values_given = if manner == Manner::Nothing { Vec::new() } else { chosen };
        Given { name: unit.code.clone(), kind, options: values, values: values_given }
    };
    if let Some(text) = &unit.text {
        let way_out = values.last().filter(|_| manner == Manner::Last).cloned();
        if let Some(way_out) = way_out {
            return vec![asked("many", values, vec![way_out])];
        }
        let words = unit.bounds.map_or_else(|| words(text.max_chars), |bounds| quantity(bounds.measure, bounds.least));
        return vec![asked("text", values, vec![words])];
    }
    let many = kind == Kind::Multiple;
    let chosen: Vec<&OptionView> = match manner {
        Manner::All if many => unit.options.iter().filter(|option| !option.way_out).collect(),
        Manner::Last => unit.options.last().into_iter().collect(),
        _ => unit.options.first().into_iter().collect(),
    };
    let mut all = vec![asked(
        if many { "many" } else { "one" },
        values,
        chosen.iter().map(|option| option.value.clone()).collect(),
    )];
    for option in &unit.options {
        let Some(field) = &option.write_in else { continue };
        let marked = manner != Manner::Nothing && chosen.iter().any(|chosen| chosen.value == option.value);
        let values = if marked { vec![words(field.max_chars)] } else { Vec::new() };
        all.push(Given { name: field.name.clone(), kind: "text", options: Vec::new(), values });
    }
    all
}

fn words(most: usize) -> String {
    "Đường sá còn ngập, \"sửa\" <sớm> & kỹ".chars().take(most).collect::<String>().trim().to_owned()
}

fn quantity(measure: Measure, least: Option<Quantity>) -> String {
    match (least, measure) {
        (Some(least), _) => least.written("vi"),
        (None, Measure::Number { .. }) => "12".to_owned(),
        (None, Measure::Day) => "05/11/2026".to_owned(),
    }
}
