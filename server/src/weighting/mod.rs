//! For whom an answer speaks: by which recipe a campaign's answers are weighted, and what is known of the population.
//!
//! Invariants: a recipe and a file are chosen for the next run, runs that were computed keep theirs; a file is taken whole or not at all,
//! and never changed; the newest one is in force.
//! Tables: `office.weight_recipe`, `office.margin_file`, `office.margin`.

mod file;
mod pages;
pub mod routes;
mod store;

pub use store::{Margin, MarginFile};

use chrono::NaiveDate;
use serde_json::json;
use survey_forms::Form;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::seal::{hex, sha256};
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use file::Defect;

/// How a weight is made, each recipe of what the one before makes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipe {
    /// What the sampling design gives, and nothing else.
    #[default]
    Design,
    /// Those who answered stand for those of their stratum who did not.
    Response,
    /// And together they are what is known of the population.
    Population,
}

impl Recipe {
    pub const ALL: [Self; 3] = [Self::Design, Self::Response, Self::Population];

    /// As stored and as in addresses; the key of its words: `weights-recipe-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Design => "can-ban",
            Self::Response => "tra-loi",
            Self::Population => "dan-so",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|recipe| recipe.code() == code)
    }
}

/// The recipe for the campaign's next run.
pub async fn recipe(app: &App, campaign: Uuid) -> Result<Recipe> {
    let chosen = store::recipe(&mut app.database.contact.read().await?, campaign).await?;
    Ok(chosen.and_then(|code| Recipe::from_code(&code)).unwrap_or_default())
}

/// What is known of the campaign's population: the file in force with its counts, by question, place and choice.
pub async fn population(app: &App, campaign: Uuid) -> Result<Option<(MarginFile, Vec<Margin>)>> {
    let mut connection = app.database.contact.read().await?;
    let Some(file) = store::newest(&mut connection, campaign).await? else { return Ok(None) };
    let margins = store::margins(&mut connection, file.id).await?;
    Ok(Some((file, margins)))
}

/// # Errors
/// Invalid, if the recipe asks for a population that nobody has brought.
pub async fn choose(app: &App, actor: &Actor, campaign: &Campaign, recipe: Recipe) -> Result<()> {
    if recipe == Recipe::Population && population(app, campaign.id).await?.is_none() {
        return Err(Error::invalid("weights-no-population"));
    }
    let details = json!({ "recipe": recipe.code() });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "weights.choose", subject: campaign.slug.clone(), details },
        async |transaction| store::choose(transaction, campaign.id, recipe, actor, app.clock.now()).await,
    )
    .await
}

/// A file with what its sender says of it.
pub(crate) struct Sent<'a> {
    pub name: &'a str,
    /// Who counted.
    pub source: &'a str,
    /// Of which day the counts are.
    pub as_of: NaiveDate,
    pub bytes: &'a [u8],
}

/// Takes a file of population counts, all of it or nothing; the inner error names every defect. Says how many counts it has. The file that
/// is in force already is not taken again.
pub(crate) async fn load(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    form: &Form,
    sent: Sent<'_>,
) -> Result<std::result::Result<usize, Vec<Defect>>> {
    let margins = match file::read(sent.bytes, form) {
        Ok(margins) => margins,
        Err(defects) => return Ok(Err(defects)),
    };
    let row = MarginFile {
        id: Uuid::now_v7(),
        campaign_id: campaign.id,
        name: sent.name.to_owned(),
        source: sent.source.to_owned(),
        as_of: sent.as_of,
        digest: digest(&sent, &margins),
        loaded_by: actor.to_string(),
        loaded_at: app.clock.now(),
    };
    if population(app, campaign.id).await?.is_some_and(|(file, _)| file.digest == row.digest) {
        return Ok(Ok(margins.len()));
    }
    let details = json!({
        "file": row.name, "source": row.source, "as_of": row.as_of, "digest": hex(&row.digest), "counts": margins.len(),
    });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "weights.load_population", subject: campaign.slug.clone(), details },
        async |transaction| store::insert(transaction, &row, &margins).await,
    )
    .await?;
    Ok(Ok(margins.len()))
}

/// SHA-256 over the source, the day and the counts by question, place and choice: one line each, values separated by tabs.
fn digest(sent: &Sent<'_>, margins: &[Margin]) -> Vec<u8> {
    let counts = margins.iter().map(|it| format!("{}\t{}\t{}\t{}\n", it.question, it.place_code, it.choice, it.people));
    let head = format!("source\t{}\nas_of\t{}\n", sent.source, sent.as_of);
    sha256(std::iter::once(head).chain(counts).collect::<String>().as_bytes()).to_vec()
}
