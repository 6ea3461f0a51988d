//! The only look at the answers: coded answers and the design of their commune, as one stream of one snapshot; and the design alone.

use diesel::prelude::*;
use diesel::sql_types::{Array, Double, Nullable, SmallInt, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use futures_util::TryStreamExt as _;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::app::App;
use crate::error::Result;
use crate::jobs::worker::Progress;
use crate::results::questions::{Question, Wanted};
use crate::schema::answers::sampling_unit;

/// One person's answers to the questions, or a commune without any (weight 0).
#[derive(Clone, Debug, PartialEq, QueryableByName)]
pub(in crate::results) struct Answered {
    #[diesel(sql_type = Text)]
    pub psu: String,
    #[diesel(sql_type = Text)]
    pub stratum: String,
    #[diesel(sql_type = Text)]
    pub province: String,
    #[diesel(sql_type = Double)]
    pub weight: f64,
    /// Levels from 1, or 97, 98, 99; nothing when it was not asked.
    #[diesel(sql_type = Array<Nullable<SmallInt>>)]
    pub levels: Vec<Option<i16>>,
}

impl Answered {
    pub(in crate::results) fn is_response(&self) -> bool {
        self.weight > 0.0
    }
}

/// `total` responses are expected: for the progress only.
pub(in crate::results) async fn read(
    app: &App,
    campaign: Uuid,
    questions: &[Question],
    total: usize,
    progress: &Progress<'_>,
) -> Result<Vec<Answered>> {
    let mut connection = app.database.answers.read().await?;
    let wanted: Vec<Wanted> = questions.iter().flat_map(Question::wanted).collect();
    let units: Vec<&str> = wanted.iter().map(|wanted| wanted.unit.as_str()).collect();
    let choices: Vec<Option<i16>> =
        wanted.iter().map(|wanted| wanted.choice.and_then(|choice| i16::try_from(choice).ok())).collect();
    let query = diesel::sql_query(include_str!("answers.sql"));
    let query =
        query.bind::<SqlUuid, _>(campaign).bind::<Array<Text>, _>(units).bind::<Array<Nullable<SmallInt>>, _>(choices);
    let mut stream = query.load_stream::<Answered>(&mut *connection).await?;
    let mut rows = Vec::with_capacity(total);
    let mut responses = 0;
    while let Some(row) = stream.try_next().await? {
        if row.is_response() {
            responses += 1;
            progress.report("results-read", responses, total).await?;
        }
        rows.push(row);
    }
    Ok(rows)
}

/// SHA-256 of the communes drawn in the order of their pseudonyms: one line each of pseudonym, stratum, province, area, weight and
/// invited persons, separated by tabs.
pub(in crate::results) async fn design_digest(app: &App, campaign: Uuid) -> Result<Vec<u8>> {
    let units = sampling_unit::table.filter(sampling_unit::campaign_id.eq(campaign)).select((
        sampling_unit::psu,
        sampling_unit::stratum,
        sampling_unit::province_code,
        sampling_unit::area,
        sampling_unit::weight,
        sampling_unit::invited,
    ));
    let mut units: Vec<(String, String, String, String, f64, i32)> =
        units.load(&mut *app.database.answers.read().await?).await?;
    units.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    let mut hash = Sha256::new();
    for (psu, stratum, province, area, weight, invited) in units {
        hash.update(format!("{psu}\t{stratum}\t{province}\t{area}\t{weight:?}\t{invited}\n"));
    }
    Ok(hash.finalize().to_vec())
}
