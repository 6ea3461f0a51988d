//! The responses of the run that is shown, with its weights and strata: what tables are made of that were not computed in advance.

use std::collections::HashMap;
use std::sync::Arc;

use analysis::frame::{Answers, CodedAnswers, Responses, Texts};
use survey_forms::{Form, Unit, UnitKind};

use super::answers::Answered;
use super::compute;
use super::jobs::Basis;
use super::questions::Question;
use super::store::{Run, answers};
use crate::app::App;
use crate::base::blocking;
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use crate::places;

/// Columns of groups that the design gives. A unit's code begins with a small letter: what begins with `_` is no answer.
pub const PROVINCE: &str = "_province";
pub const REGION: &str = "_region";
pub const AREA: &str = "_area";
pub const MODE: &str = "_mode";

pub struct Frame {
    pub run: Run,
    pub form: Arc<Form>,
    /// Groups by [`PROVINCE`], [`REGION`], [`AREA`], [`MODE`], and by the choice made at every unit of one choice, under its code.
    pub responses: Responses,
}

/// The frame of the run that is shown; none before the first run and where nobody answered.
///
/// # Errors
/// Conflict, if anything that decides the figures has changed since that run.
pub async fn frame(app: &App, campaign: &Campaign) -> Result<Option<Frame>> {
    let Some(run) = super::current(app, campaign).await?.filter(|run| run.responses > 0 && run.cells > 0) else {
        return Ok(None);
    };
    let basis = Basis::read(app, campaign).await?;
    if basis.inputs.digest() != run.input_digest {
        return Err(Error::conflict("results-frame-changed"));
    }
    blocking::run(move || {
        let Basis { form, questions, weighing, copy, design, .. } = basis;
        let units: Vec<&str> = questions.iter().map(|question| question.unit.as_str()).collect();
        let coded = copy.columns(&units)?;
        let answered = Answered::new(&coded, &design, &questions)?;
        let more = groups(&form, &questions, &coded, &answered, &design);
        let responses = compute::grouped(answered, &questions, &weighing, more)?;
        Ok(Some(Frame { run, form, responses }))
    })
    .await
}

/// One column of labels for each property; empty where nothing was answered, and for communes without any person.
fn groups(
    form: &Form,
    questions: &[Question],
    coded: &CodedAnswers,
    answered: &Answered,
    design: &[answers::Unit],
) -> Vec<(String, Texts)> {
    let rows = answered.weight.len();
    let region_of: HashMap<&str, &str> =
        places::provinces().iter().map(|province| (province.code.as_str(), province.region.as_str())).collect();
    let area_of: HashMap<&str, &str> = design.iter().map(|unit| (unit.psu.as_str(), unit.area.as_str())).collect();
    let region = answered.province.iter().map(|province| region_of.get(province).copied().unwrap_or_default());
    let area = answered.psu.iter().map(|psu| area_of.get(psu).copied().unwrap_or_default());
    let nobody = |known: usize| std::iter::repeat_n("", rows.saturating_sub(known));
    let mut columns = vec![
        (PROVINCE.to_owned(), answered.province.clone()),
        (REGION.to_owned(), region.collect()),
        (AREA.to_owned(), area.collect()),
        (MODE.to_owned(), coded.mode.iter().chain(nobody(coded.rows())).collect()),
    ];
    for question in questions {
        let one = form.unit(&question.unit).is_some_and(|unit: &Unit| matches!(unit.kind(), UnitKind::One(_)));
        let Some(Answers::Codes(given)) = coded.unit(&question.unit).filter(|_| one) else { continue };
        // 97, 98 and 99 say that nothing was answered: no question has such a choice.
        let labels: Vec<String> = (0..=u8::MAX).map(|code| label(question, code)).collect();
        let chosen = given.iter().map(|code| labels.get(usize::from(*code)).map_or("", String::as_str));
        columns.push((question.unit.clone(), chosen.chain(nobody(given.len())).collect()));
    }
    columns
}

fn label(question: &Question, code: u8) -> String {
    if question.choices.contains(&code.into()) { code.to_string() } else { String::new() }
}
