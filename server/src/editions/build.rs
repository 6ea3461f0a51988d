//! From a run and what stands around it to the document that is published.

use std::collections::{BTreeMap, BTreeSet};

use analysis::table::percent;
use survey_forms::{ColumnKind, Form};

use super::content::{
    Content, FORMAT, Fieldwork, Figure, Indicator, Level, Method, Place, PlaceKind, Question, Sample, Standing, Survey,
    Words,
};
use crate::app::App;
use crate::base::seal::hex;
use crate::base::text::{Language, Texts};
use crate::campaigns::Campaign;
use crate::error::Result;
use crate::fieldwork::board::{Within, board};
use crate::places::{COUNTRY, key};
use crate::results::{self, DECIMALS, Names, Row, Run};
use crate::samples;

/// Fewer responses by one mode are not told, and then no mode is.
const LEAST_BY_MODE: u64 = 10;
/// Of a standard error: enough to compute a difference with.
const SE_DECIMALS: u8 = 4;

pub(super) async fn content(app: &App, campaign: &Campaign, run: &Run, rows: &[Row]) -> Result<Content> {
    let form = campaign.form(app).await?;
    let names = Language::ALL.map(|language| Names::new(&form, language));
    let all = samples::of(app, campaign.id).await?;
    let drawn = all.iter().filter(|draw| draw.state() == samples::State::Drawn);
    Ok(Content {
        format: FORMAT,
        survey: Survey {
            slug: campaign.slug.clone(),
            name: Words { vi: campaign.name_vi.clone(), en: campaign.name_en.clone() },
            year: campaign.year,
            opened_on: campaign.opens_on,
            closed_on: campaign.closes_on.min(app.clock.today()),
            synthetic: campaign.synthetic,
        },
        method: method(run),
        sample: drawn.map(sample).collect(),
        fieldwork: fieldwork(app, campaign, run).await?,
        places: places_of(rows),
        indicators: indicators(&form, &names),
        questions: questions(&form, &names, rows),
        figures: rows.iter().map(figure).collect(),
    })
}

fn method(run: &Run) -> Method {
    let optional = |digest: &Option<Vec<u8>>| digest.as_deref().map(hex).unwrap_or_default();
    let inputs = [
        ("responses", hex(&run.response_digest)),
        ("design", hex(&run.design_digest)),
        ("questionnaire", run.form_digest.clone()),
        ("recipe", hex(&run.recipe_digest)),
        ("population", optional(&run.margin_digest)),
        ("cases", optional(&run.case_digest)),
        ("all", hex(&run.input_digest)),
    ];
    Method {
        name: run.method.clone(),
        recipe: run.recipe.clone(),
        engine: run.engine.clone(),
        run: run.id.to_string(),
        computed_at: run.computed_at,
        inputs: inputs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        figures_digest: hex(&run.cells_digest),
    }
}

fn sample(draw: &samples::Draw) -> Sample {
    Sample {
        design: draw.design.clone(),
        design_digest: hex(&draw.design_digest),
        frame_digest: hex(&draw.frame_digest),
        seed_source: draw.seed_source.clone(),
        seed: draw.seed.clone(),
        algorithm: draw.algorithm.clone(),
        list_digest: draw.list_digest().unwrap_or_default(),
        persons: draw.persons,
        reserves: draw.reserves,
    }
}

async fn fieldwork(app: &App, campaign: &Campaign, run: &Run) -> Result<Fieldwork> {
    let first = board(app, campaign, &Within::default()).await?.total.counts.first;
    let mut modes: BTreeMap<String, u64> = BTreeMap::new();
    if let Some(answers) = results::weighted_answers(app, campaign).await? {
        for mode in answers.coded.mode.iter() {
            *modes.entry(mode.to_owned()).or_default() += 1;
        }
    }
    if modes.values().any(|responses| *responses < LEAST_BY_MODE) {
        modes.clear();
    }
    Ok(Fieldwork {
        responses: run.responses,
        invited: first.all(),
        response_rate_1: first.response_rate_1().map(|rate| points(rate, DECIMALS)),
        response_rate_3: first.response_rate_3().map(|rate| points(rate, DECIMALS)),
        modes: modes.into_iter().collect(),
    })
}

/// In the order of the rows: the country, then provinces by name, each with the earlier ones it was made of.
fn places_of(rows: &[Row]) -> Vec<Place> {
    let mut seen = BTreeSet::new();
    let first = rows.iter().filter(|row| seen.insert(row.figure.place_code.clone()));
    let place = |row: &Row| {
        let code = row.figure.place_code.clone();
        let kind = match code.as_str() {
            COUNTRY => PlaceKind::Country,
            earlier if earlier.contains('/') => PlaceKind::Earlier,
            _ => PlaceKind::Province,
        };
        let country = |language| Texts::new(language).get("results-country").into_owned();
        let name = match kind {
            PlaceKind::Country => Words { vi: country(Language::Vietnamese), en: country(Language::English) },
            PlaceKind::Province | PlaceKind::Earlier => {
                Words { vi: row.place_name.clone(), en: row.place_name.clone() }
            }
        };
        Place { slug: slug(&row.place_name, kind), code, kind, name }
    };
    let mut places: Vec<Place> = first.map(place).collect();
    places.sort_by_key(|place| place.kind != PlaceKind::Country);
    places
}

fn slug(name: &str, kind: PlaceKind) -> String {
    match kind {
        PlaceKind::Country => "ca-nuoc".to_owned(),
        PlaceKind::Province | PlaceKind::Earlier => key(name).split_whitespace().collect::<Vec<_>>().join("-"),
    }
}

fn words(names: &[Names; 2], of: impl Fn(&Names) -> String) -> Words {
    let [vi, en] = names.each_ref().map(of);
    Words { vi, en }
}

fn indicators(form: &Form, names: &[Names; 2]) -> Vec<Indicator> {
    fn add(node: &survey_forms::Indicator, part_of: Option<&str>, names: &[Names; 2], found: &mut Vec<Indicator>) {
        let level = match node.level {
            survey_forms::Level::Overall => Level::Overall,
            survey_forms::Level::Domain => Level::Domain,
            survey_forms::Level::Factor => Level::Factor,
            survey_forms::Level::Item => Level::Item,
        };
        let name = words(names, |names| names.of(&node.code).to_owned());
        found.push(Indicator { code: node.code.clone(), level, part_of: part_of.map(str::to_owned), name });
        node.parts.iter().for_each(|part| add(part, Some(&node.code), names, found));
    }
    let mut found = Vec::new();
    form.indicators().iter().for_each(|root| add(root, None, names, &mut found));
    found
}

/// Those whose answers are counted in the figures.
fn questions(form: &Form, names: &[Names; 2], rows: &[Row]) -> Vec<Question> {
    let mut answers: BTreeMap<&str, BTreeSet<i16>> = BTreeMap::new();
    for Row { figure, .. } in rows.iter().filter(|row| row.figure.answer > 0) {
        answers.entry(&figure.indicator).or_default().insert(figure.answer);
    }
    let book = form.codebook();
    let question = |column: &survey_forms::Column| {
        let answers = answers.get(column.name.as_str())?;
        let answer =
            |answer: &i16| (*answer, words(names, |it| it.answer(&column.name, answer.unsigned_abs()).to_owned()));
        Some(Question {
            code: column.name.clone(),
            number: column.number.map(|number| number.to_string()),
            name: words(names, |names| names.of(&column.name).to_owned()),
            several: column.kind == ColumnKind::Choices,
            answers: answers.iter().map(answer).collect(),
        })
    };
    book.columns.iter().filter_map(question).collect()
}

fn figure(row: &Row) -> Figure {
    let results::Figure { place_code, indicator, rule, n, estimate, se, ci_low, ci_high, flags, answer, .. } =
        &row.figure;
    let rounded = |share: &Option<f64>| share.map(|share| points(share, DECIMALS));
    Figure {
        place: place_code.clone(),
        code: indicator.clone(),
        rule: rule.clone(),
        answer: *answer,
        n: *n,
        value: rounded(estimate),
        se: se.map(|se| points(se, SE_DECIMALS)),
        low: rounded(ci_low),
        high: rounded(ci_high),
        flags: flags.clone(),
        standing: row.standing.map(|it| Standing {
            rank: it.rank,
            first: it.joint.first,
            last: it.joint.last,
            own_first: it.own.first,
            own_last: it.own.last,
            tier: it.tier,
            of: it.of,
        }),
    }
}

/// A share as points, rounded as it is printed.
fn points(share: f64, decimals: u8) -> f64 {
    percent(share, decimals).parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places;

    #[test]
    fn every_province_has_an_address_of_its_own() {
        let slugs: BTreeSet<String> =
            places::provinces().iter().map(|province| slug(&province.name, PlaceKind::Province)).collect();
        assert_eq!(slugs.len(), 34);
        for known in ["ha-noi", "hue", "ho-chi-minh", "dak-lak", "da-nang", "thanh-hoa"] {
            assert!(slugs.contains(known), "{known} is not among {slugs:?}");
        }
    }

    #[test]
    fn figures_are_rounded_once_and_half_up() {
        let rounded = [(0.800_75, 2), (0.839_449, 2), (0.012_345_678, 4)]
            .map(|(share, decimals)| points(share, decimals).to_string());
        assert_eq!(rounded, ["80.08", "83.94", "1.2346"]);
    }
}
