//! Questionnaires as versions: proposed by one person, approved by another, used by campaigns.
//!
//! Invariants: a version is its text and never changes (the database refuses too); the same text is the same version; a
//! campaign takes only an approved one; who proposed it cannot approve it.
//! Tables: `office.form_version`, `office.form_release`.

mod changes;
mod forms;
mod pages;
mod paper;
mod preview;
pub mod question;
pub mod routes;
mod store;
pub mod whole;

pub use forms::Forms;
pub(crate) use paper::print;
pub use store::Version;

use std::sync::Arc;

use serde_json::json;
use survey_forms::{Form, Source};
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::error::{Error, Kind, Result};

/// Keeps a sound questionnaire as a version that waits for approval; an equal text is the version that stands already.
pub async fn propose(app: &App, actor: &Actor, source: &Source) -> Result<Uuid> {
    let form = Form::parse(source).map_err(|defects| Error::invalid("form-defects").with("count", defects.len()))?;
    if let Some(version) = store::find_by_digest(&mut app.database.contact.read().await?, form.digest()).await? {
        return Ok(version);
    }
    let details = json!({ "form": form.code(), "digest": form.digest() });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "questionnaires.propose", subject: form.code().to_owned(), details },
        async |transaction| store::insert(transaction, &form, source, &actor.to_string(), app.clock.now()).await,
    )
    .await
}

/// The second person's yes: from now on campaigns may use this version.
pub async fn approve(app: &App, actor: &Actor, version: &Version) -> Result<()> {
    if version.proposed_by == actor.to_string() {
        return Err(Error::new(Kind::Forbidden, "form-approval-own"));
    }
    let details = json!({ "form": version.form_code, "digest": version.digest, "proposed_by": version.proposed_by });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "questionnaires.approve", subject: version.form_code.clone(), details },
        async |transaction| {
            if store::approve(transaction, version.id, &actor.to_string(), app.clock.now()).await? {
                Ok(())
            } else {
                Err(Error::conflict("form-approved-already"))
            }
        },
    )
    .await
}

/// An approved version of this text, for a program that acts for two people.
pub async fn adopt(app: &App, proposer: &Actor, approver: &Actor, source: &Source) -> Result<Uuid> {
    let id = propose(app, proposer, source).await?;
    let version = find(app, id).await?;
    if version.approved_at.is_none() {
        approve(app, approver, &version).await?;
    }
    Ok(id)
}

pub async fn find(app: &App, id: Uuid) -> Result<Version> {
    store::find(&mut app.database.contact.read().await?, id).await?.ok_or_else(|| Error::not_found("form-missing"))
}

/// Every version, the newest first.
pub async fn list(app: &App) -> Result<Vec<Version>> {
    store::list(&mut app.database.contact.read().await?).await
}

/// The version approved last before this one under the same code.
pub async fn predecessor(app: &App, version: &Version) -> Result<Option<Version>> {
    Ok(list(app).await?.into_iter().find(|other| {
        other.form_code == version.form_code && other.approved_at.is_some() && other.created_at < version.created_at
    }))
}

/// The texts of a version, as they were approved.
pub async fn source(app: &App, version: Uuid) -> Result<Source> {
    let source = store::source(&mut app.database.contact.read().await?, version).await?;
    source.ok_or_else(|| Error::not_found("form-missing"))
}

/// The questionnaire itself, parsed once in the life of the process.
pub async fn form(app: &App, version: Uuid) -> Result<Arc<Form>> {
    if let Some(form) = app.forms.kept(version) {
        return Ok(form);
    }
    let source = source(app, version).await?;
    let form = Form::parse(&source).map_err(|defects| Error::internal("form-damaged").with("count", defects.len()))?;
    Ok(app.forms.keep(version, Arc::new(form)))
}
