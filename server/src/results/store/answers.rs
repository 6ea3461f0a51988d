//! The only look at the answers: coded items and the design of their commune, as one stream of one snapshot.

use analysis::frame::Item;
use diesel::QueryableByName;
use diesel::sql_types::{Array, Double, Nullable, SmallInt, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use futures_util::TryStreamExt as _;
use uuid::Uuid;

use crate::app::App;
use crate::error::Result;
use crate::jobs::worker::Progress;

/// One person's answers to the items, or a commune without any (weight 0).
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
    /// 1–5, or 97, 98, 99; nothing when the item was not asked.
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
    items: &[Item],
    total: usize,
    progress: &Progress<'_>,
) -> Result<Vec<Answered>> {
    let mut connection = app.database.answers.read().await?;
    let codes: Vec<&str> = items.iter().map(|item| item.code.as_str()).collect();
    let query = diesel::sql_query(include_str!("answers.sql"));
    let query = query.bind::<SqlUuid, _>(campaign).bind::<Array<Text>, _>(codes);
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
