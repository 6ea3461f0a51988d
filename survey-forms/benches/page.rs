//! What a page of the questionnaire of 2026 costs, beside `serde_json` reading the same answers as plain values.
//!
//! `cargo bench -p survey-forms`. Bar: 100 µs for path, validation and view of any page.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark measures time and says it")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark may stop at the first surprise")]

use std::hint::black_box;
use std::time::Instant;

use survey_forms::{Answers, Form, Interview, Respondent, SkipPolicy, Unit, UnitKind, builtin, path};

type Fields = Vec<(String, String)>;

fn main() {
    let source = builtin().remove(0);
    let parse = micros(1, || Form::parse(&source).unwrap());
    let toml = micros(1, || {
        let texts = std::iter::once(&source.definition).chain(source.wordings.iter().map(|(_, file)| file));
        texts.map(|file| file.text.parse::<toml::Table>().unwrap().len()).sum::<usize>()
    });
    println!(
        "form read: {parse:.0} µs (once per version); its TOML alone as values: {toml:.0} µs; ratio {:.1}",
        parse / toml
    );

    let form = Form::parse(&source).unwrap();
    let mut interview = Interview::new(&form, Answers::new());
    for page in form.pages() {
        let _ = interview.give(page.code(), &fields(&interview, page.code()), SkipPolicy::Accept);
    }
    let stored = serde_json::to_string(interview.answers()).unwrap();
    let plain = micros(10, || serde_json::from_str::<serde_json::Value>(&stored).unwrap());
    println!("{} answers, {plain:.1} µs for serde_json to read them", interview.answers().len());
    println!("{:>24} {:>6} {:>6} {:>6} {:>6}  µs, and the sum by the baseline", "page", "path", "give", "view", "sum");
    let mut worst: f64 = 0.0;
    let pages: Vec<String> = interview.path().steps().iter().map(|step| step.page.code().to_owned()).collect();
    for page in pages {
        let sent = fields(&interview, &page);
        let walk = micros(10, || path(&form, interview.answers(), Respondent::Alone).steps().len());
        let give = micros(10, || interview.give(&page, &sent, SkipPolicy::Warn));
        let view = micros(10, || interview.page(&page, "vi", &[], &[]).unwrap());
        let sum = walk + give + view;
        println!("{page:>24} {walk:6.1} {give:6.1} {view:6.1} {sum:6.1}  ratio {:.1}", sum / plain);
        worst = worst.max(sum);
    }
    println!("slowest page: {worst:.1} µs (bar: 100 µs)");
}

/// The best of many short runs: whatever else the machine does only adds.
fn micros<T>(times: u32, mut run: impl FnMut() -> T) -> f64 {
    let mean = |_| {
        let start = Instant::now();
        for _ in 0..times {
            black_box(run());
        }
        start.elapsed().as_secs_f64() * 1e6 / f64::from(times)
    };
    (0..200).map(mean).fold(f64::INFINITY, f64::min)
}

/// A full answer to everything a page asks, the longest texts among them.
fn fields(interview: &Interview, page: &str) -> Fields {
    let field = |unit: &Unit| {
        let value = match unit.kind() {
            UnitKind::One(choices) | UnitKind::Many(choices) => choices.codes[0].to_string(),
            UnitKind::Quantity(bounds) => bounds.least.map_or_else(|| "1".to_owned(), |least| least.to_string()),
            UnitKind::Text { max_chars } | UnitKind::WriteIn { max_chars, .. } => "ế".repeat(*max_chars),
        };
        (unit.code().to_owned(), value)
    };
    interview.path().step(page).map(|step| step.units().map(field).collect()).unwrap_or_default()
}
