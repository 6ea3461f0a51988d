//! The answers beside the weights that the figures shown were computed with: what files of single answers are made of.

use std::collections::HashMap;

use analysis::frame::{CodedAnswers, Texts};
use survey_forms::{Unit, UnitKind};

use super::answers::Answered;
use super::compute;
use super::jobs::Basis;
use super::store::Run;
use crate::app::App;
use crate::base::blocking;
use crate::campaigns::Campaign;
use crate::error::{Error, Result};

/// One row per response, by commune.
pub struct WeightedAnswers {
    pub run: Run,
    /// Everything that was asked, except words of one's own, in the order of the questionnaire.
    pub coded: CodedAnswers,
    pub stratum: Texts,
    pub province: Texts,
    pub area: Texts,
    pub weight: Vec<f64>,
}

/// The answers of the run that is shown, with its weights; none before the first run and where nobody answered.
///
/// # Errors
/// Conflict, if anything that decides the weights has changed since that run.
pub async fn weighted_answers(app: &App, campaign: &Campaign) -> Result<Option<WeightedAnswers>> {
    let Some(run) = super::current(app, campaign).await?.filter(|run| run.responses > 0 && run.cells > 0) else {
        return Ok(None);
    };
    let basis = Basis::read(app, campaign).await?;
    if basis.inputs.digest() != run.input_digest {
        return Err(Error::conflict("exports-answers-changed"));
    }
    blocking::run(move || {
        let Basis { form, questions, weighing, copy, design, .. } = basis;
        let words = |unit: &&Unit| !matches!(unit.kind(), UnitKind::Text { .. } | UnitKind::WriteIn { .. });
        let units: Vec<&str> = form.units().iter().filter(words).map(Unit::code).collect();
        let coded = copy.columns(&units)?;
        let answered = Answered::new(&coded, &design, &questions)?;
        let rows = coded.rows();
        let first = |texts: &Texts| texts.iter().take(rows).collect::<Texts>();
        let (stratum, province) = (first(&answered.stratum), first(&answered.province));
        let area_of: HashMap<&str, &str> = design.iter().map(|unit| (unit.psu.as_str(), unit.area.as_str())).collect();
        let area = coded.psu.iter().map(|psu| area_of.get(psu).copied().unwrap_or_default()).collect();
        // After the persons come the communes without any, at weight 0.
        let mut weight = compute::weights(answered, &questions, &weighing)?;
        weight.truncate(rows);
        Ok(Some(WeightedAnswers { run, coded, stratum, province, area, weight }))
    })
    .await
}
