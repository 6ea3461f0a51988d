//! The tablet's script walks every questionnaire as the engine does: the same pages, questions, answers, faults and told texts.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at a surprise")]

use e2e::{corpus, corpus_names};
use serde_json::{Value, json};
use server::responses::rules::next_open;
use survey_forms::{Answers, Form, Interview, PageView, Respondent, SkipPolicy, Source, Unit, UnitKind, builtin};

/// Enough turns to come through the longest form.
const TURNS: usize = 40;
const ROUNDS: usize = 5;

/// The same numbers in every run (Knuth's MMIX constants), so that a failure can be looked at again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_script_walks_every_questionnaire_as_the_engine_does() {
    let forms: Vec<Source> = builtin().into_iter().chain(corpus_names().iter().map(|name| corpus(name))).collect();
    assert!(forms.len() > 25, "built-in and corpus");
    let mut chance = Chance(2026);
    let mut task = Vec::new();
    for source in &forms {
        let form = Form::parse(source).unwrap();
        for language in form.languages() {
            task.extend((0..ROUNDS).map(|_| walked(&form, language, &mut chance)));
        }
    }
    crate::browser::node("walker", &Value::from(task)).await;
}

/// What the engine makes of random fields, page after page.
fn walked(form: &Form, language: &str, chance: &mut Chance) -> Value {
    let mut interview = Interview::new(form, Answers::new()).respondent(Respondent::WithInterviewer);
    let mut turns = Vec::new();
    for _ in 0..TURNS {
        // Mostly onward, now and then any page at all.
        let open = next_open(&interview).map(str::to_owned);
        let any = form.pages()[chance.below(form.pages().len())].code().to_owned();
        let page = open.filter(|_| chance.below(4) > 0).unwrap_or(any);
        let mut fields = Vec::new();
        let units: Vec<&Unit> = form.units_on(form.page(&page).unwrap()).collect();
        for unit in units {
            for _ in 0..[0, 1, 1, 1, 1, 2, 3][chance.below(7)] {
                fields.push((unit.code().to_owned(), value(unit, chance)));
            }
        }
        if chance.below(20) == 0 {
            fields.push((chance.of(&["la", "q1"]).to_owned(), "1".to_owned()));
        }
        let accept = chance.below(3) > 0;
        let given = interview.give(&page, &fields, if accept { SkipPolicy::Accept } else { SkipPolicy::Warn });
        let issues: Vec<_> =
            given.err().unwrap_or_default().iter().map(|issue| json!([issue.unit, issue.code.as_str()])).collect();
        let path: Vec<_> = interview
            .path()
            .steps()
            .iter()
            .map(|step| json!([step.page.code(), step.units().map(Unit::code).collect::<Vec<_>>()]))
            .collect();
        let pages: Vec<_> = interview.path().steps().iter().map(|step| step.page.code()).collect();
        let told: Vec<_> = pages
            .iter()
            .filter_map(|page| interview.page(page, language, &[], &[]))
            .flat_map(|view| texts(&view))
            .collect();
        turns.push(json!({
            "page": page, "fields": fields, "accept": accept, "issues": issues, "answers": interview.answers(),
            "path": path, "next": next_open(&interview), "told": told,
        }));
    }
    let written = form.pages().iter().filter_map(|page| form.whole_page(page.code(), language));
    let written: std::collections::BTreeMap<_, _> = written.flat_map(|view| texts(&view)).collect();
    json!({
        "name": format!("{} in {language}", form.code()), "form": form.projected(), "language": language,
        "labels": form.labels_told(language), "texts": written, "turns": turns,
    })
}

/// Every text of a page that may tell an earlier answer.
fn texts(view: &PageView) -> Vec<(String, String)> {
    let mut all = vec![(format!("page {}", view.code), view.title.text.clone())];
    for block in &view.blocks {
        all.push((format!("stem {} {}", view.code, block.question), block.stem.text.clone()));
        all.extend(block.help.iter().map(|help| (format!("help {} {}", view.code, block.question), help.text.clone())));
        for unit in &block.units {
            all.push((format!("unit {}", unit.code), unit.legend.text.clone()));
            let label = |option: &survey_forms::OptionView| {
                (format!("option {} {}", unit.code, option.value), option.label.text.clone())
            };
            all.extend(unit.options.iter().map(label));
        }
    }
    all
}

/// Something a person, a damaged page or a rogue might send for a unit.
fn value(unit: &Unit, chance: &mut Chance) -> String {
    let numbers = [
        "0",
        "-0",
        "12",
        "12,5",
        "1.200",
        "1 200",
        "1.200,50",
        "1,2,3",
        "−7",
        "007",
        "0.10",
        "999999999999999999",
        "1234567890123456789",
        "3.",
        ".5",
        "1e3",
        "18",
        "120",
        "5,000",
        "1.000.000",
        "0.000",
        "10.005",
        "-1.5",
    ];
    let days = [
        "5/11/2026",
        "05-11-2026",
        "2026-11-05",
        "29/2/2024",
        "29/2/2025",
        "31.12.1999",
        "1/13/2026",
        "5/11/26",
        "hôm nay",
        "30/11/2026",
    ];
    let texts =
        ["", " ", "chữ", "  Đường\r\nsá  ", "e\u{0302}\u{0301} Tie\u{0302}\u{0301}ng", "x", "{q1}", "{{ngoặc}}"];
    let way_out = unit.way_out_value();
    match unit.kind() {
        UnitKind::One(choices) | UnitKind::Many(choices) => match chance.below(12) {
            0 => chance.of(&["", "0", "97", "99", "98", "01", "chữ"]).to_owned(),
            1 => way_out.unwrap_or_else(|| "98".to_owned()),
            _ => choices.codes[chance.below(choices.codes.len())].to_string(),
        },
        UnitKind::Quantity(bounds) => match (chance.below(8), bounds.least, way_out) {
            (0, _, Some(way_out)) => way_out,
            (1, Some(least), _) => least.written("vi"),
            (2, _, _) => chance.of(&texts).to_owned(),
            _ if matches!(bounds.measure, survey_forms::Measure::Day) => chance.of(&days).to_owned(),
            _ => chance.of(&numbers).to_owned(),
        },
        UnitKind::Text { max_chars } | UnitKind::WriteIn { max_chars, .. } => match chance.below(10) {
            0 => "ă".repeat(max_chars + chance.below(2)),
            _ => chance.of(&texts).to_owned(),
        },
    }
}
