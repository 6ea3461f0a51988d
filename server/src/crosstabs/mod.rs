//! Tables that analysts make themselves: a question or an indicator by a property, for a part of the people (docs/adr/0032).
//!
//! Invariants: every table is of the run that is shown, with its weights, strata and method; small cells are hidden with what would give
//! them away; no two tables of a campaign, whoever asked for them, are of people that differ by one to nine; an account for a province gets
//! tables of its province only.
//! Tables: `office.crosstab_asked`, `office.crosstab_saved`.

mod asked;
mod book;
mod budget;
mod csv_file;
mod frames;
mod pages;
mod store;
mod table;

pub mod routes;

pub use frames::Frames;

use std::sync::Arc;

use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::campaigns::Campaign;
use crate::error::{Error, Kind, Result};
use crate::places::COUNTRY;
use crate::results;
use crate::staff::session::SignedIn;
use asked::Asked;
use book::Book;
use budget::{MOST_A_DAY, Seen};
use frames::Open;
use store::Kept;
use table::Table;

/// Makes a table and remembers whom it is of.
///
/// # Errors
/// Invalid, where it would tell of a few people beside another table; too many, after a day's worth of tables.
async fn make(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    open: &Arc<Open>,
    book: &Arc<Book>,
    asked: &Asked,
) -> Result<Table> {
    let close = remember(app, actor, campaign, open, book, asked).await?;
    let (open, book, asked) = (open.clone(), book.clone(), asked.clone());
    blocking::run(move || {
        let frame = &open.frame;
        table::make(&frame.responses, &book, &results::methods(&frame.form), &asked, &close)
    })
    .await
}

/// Judges a table by those that were asked for before it and keeps that it was asked for, one table at a time. Says which columns are to be hidden.
async fn remember(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    open: &Arc<Open>,
    book: &Arc<Book>,
    asked: &Asked,
) -> Result<Vec<String>> {
    let (now, today, me) = (app.clock.now(), app.clock.today(), actor.to_string());
    let wanted = Seen { part: asked.part_text(), columns: asked.columns.clone().unwrap_or_default() };
    app.database
        .contact
        .transaction("crosstabs.ask", async |transaction| {
            store::lock(transaction, campaign.id).await?;
            let all = store::asked(transaction, campaign.id).await?;
            let seen = |row: &store::Request| Seen { part: row.part.clone(), columns: row.split_by.clone() };
            let mine_today = |row: &store::Request| row.asked_by == me && row.asked_on == today && seen(row) == wanted;
            if !all.iter().any(mine_today) && store::count(transaction, &me, today).await? >= MOST_A_DAY {
                return Err(Error::new(Kind::TooMany, "crosstabs-enough-today").with("most", MOST_A_DAY));
            }
            // A table stays as it was given: only those before it count.
            let mut earlier: Vec<Seen> = Vec::new();
            for row in all.iter().map(seen).take_while(|row| *row != wanted) {
                if !earlier.contains(&row) {
                    earlier.push(row);
                }
            }
            let (open, book, of) = (open.clone(), book.clone(), wanted.clone());
            let judge = move || budget::judge(&open.frame.responses, &open.sizes, &book, &of, &earlier);
            let verdict = blocking::run(judge).await?;
            let row = store::Request {
                campaign_id: campaign.id,
                part: wanted.part.clone(),
                split_by: wanted.columns.clone(),
                asked_by: me.clone(),
                asked_on: today,
                asked_at: now,
            };
            store::remember(transaction, &row).await?;
            Ok(verdict.close_columns)
        })
        .await
}

/// The kept tables that somebody finds: those of their own place, and all of them for the country.
async fn saved(app: &App, signed_in: &SignedIn, campaign: &Campaign) -> Result<Vec<Kept>> {
    let place = Some(signed_in.place_code.as_str()).filter(|place| *place != COUNTRY);
    store::saved(&mut app.database.contact.read().await?, campaign.id, place).await
}

/// Keeps a table under a name.
async fn save(app: &App, signed_in: &SignedIn, campaign: &Campaign, name: &str, asked: &Asked) -> Result<()> {
    let saved = Kept {
        id: Uuid::now_v7(),
        campaign_id: campaign.id,
        name: name.to_owned(),
        query: asked.query(),
        owner: signed_in.login.clone(),
        place_code: signed_in.place_code.clone(),
        saved_at: app.clock.now(),
    };
    let details = json!({ "table": saved.id, "name": name, "query": saved.query });
    let actor = signed_in.actor();
    act(
        &app.database.contact,
        &app.clock,
        Act { actor: &actor, verb: "crosstabs.save", subject: campaign.slug.clone(), details },
        async |transaction| store::save(transaction, &saved).await,
    )
    .await
}

/// Forgets a table of one's own.
async fn delete(app: &App, signed_in: &SignedIn, campaign: &Campaign, id: Uuid) -> Result<()> {
    let actor = signed_in.actor();
    act(
        &app.database.contact,
        &app.clock,
        Act {
            actor: &actor,
            verb: "crosstabs.delete",
            subject: campaign.slug.clone(),
            details: json!({ "table": id }),
        },
        async |transaction| {
            let found = store::find(transaction, id).await?.filter(|saved| saved.campaign_id == campaign.id);
            let found = found.ok_or_else(|| Error::not_found("crosstabs-saved-missing"))?;
            if found.owner != signed_in.login {
                return Err(Error::new(Kind::Forbidden, "crosstabs-not-yours"));
            }
            store::delete(transaction, id).await
        },
    )
    .await
}

/// Notes in the log who took a table as a file.
async fn note_download(app: &App, actor: &Actor, campaign: &Campaign, asked: &Asked) -> Result<()> {
    act(
        &app.database.contact,
        &app.clock,
        Act {
            actor,
            verb: "crosstabs.download",
            subject: campaign.slug.clone(),
            details: json!({ "query": asked.query() }),
        },
        async |_| Ok(()),
    )
    .await
}
