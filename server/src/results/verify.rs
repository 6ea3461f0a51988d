//! A run computed once more, before anybody publishes it.

use super::answers::Answered;
use super::jobs::Basis;
use super::publish::Attacked;
use super::run::cells_digest;
use super::store::{self, Run};
use super::{compare, compute, method};
use crate::app::App;
use crate::base::blocking;
use crate::campaigns::Campaign;
use crate::error::Result;

/// What came of computing a run again from what is there now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Again {
    /// Answers, design, questionnaire, method and weights are those of the run.
    pub same_inputs: bool,
    /// Every figure came out the same, to the last bit.
    pub same_figures: bool,
    pub figures: usize,
    pub attacked: Attacked,
}

pub async fn again(app: &App, campaign: &Campaign, run: &Run) -> Result<Again> {
    let Basis { form, questions, weighing, copy, design, inputs } = Basis::read(app, campaign).await?;
    let same_inputs = inputs.digest() == run.input_digest;
    let (tree, methods) = (method::tree(&form)?, method::methods(&form));
    let (figures, attacked) = blocking::run(move || {
        let units: std::collections::BTreeSet<&str> = questions.iter().map(|question| question.unit.as_str()).collect();
        let answered = Answered::new(&copy.columns(&Vec::from_iter(units))?, &design, &questions)?;
        compute::attacked(answered, &questions, tree.as_ref(), &methods, &weighing)
    })
    .await?;
    let same_figures = cells_digest(&figures) == run.cells_digest;
    Ok(Again { same_inputs, same_figures, figures: figures.len(), attacked })
}

/// How many figures would tell, beside those of an earlier run, what fewer than ten people said.
pub async fn told_of_few(app: &App, before: &Run, after: &Run) -> Result<usize> {
    let mut connection = app.database.contact.read().await?;
    let old = store::figures(&mut connection, before.id).await?;
    let new = store::figures(&mut connection, after.id).await?;
    Ok(compare::compare(old, new, before.response_digest == after.response_digest).left_out)
}
