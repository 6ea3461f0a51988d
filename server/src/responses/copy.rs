//! The columnar copy of a survey's responses: one file, replaced whole, which figures are computed from (docs/adr/0027).

use std::fs;
use std::path::PathBuf;

use analysis::frame::CodedAnswers;

use super::store::copy as store;
use super::store::copy::Kept;
use super::{ResponseSet, columns};
use crate::app::App;
use crate::base::db::{Answers, Connection};
use crate::base::seal::sha256;
use crate::base::{blocking, whole_file};
use crate::campaigns::Campaign;
use crate::error::{Error, Result};

/// A copy that the database vouches for.
pub struct Copy {
    pub set: ResponseSet,
    /// Of the file, SHA-256.
    pub digest: Vec<u8>,
    content: Vec<u8>,
}

impl Copy {
    /// These units of the questionnaire, row by row.
    pub fn columns(self, units: &[&str]) -> Result<CodedAnswers> {
        Ok(CodedAnswers::from_parquet(self.content, units)?)
    }
}

/// Where a survey's copy lies.
pub fn path(app: &App, campaign: &Campaign) -> PathBuf {
    app.config.files.responses.join(name(campaign))
}

fn name(campaign: &Campaign) -> String {
    format!("{}.parquet", campaign.id)
}

/// The copy as it must be: where it is missing, is not the file that the database names, or lacks responses, it is made anew first.
pub async fn current(app: &App, campaign: &Campaign) -> Result<Copy> {
    app.database
        .answers
        .transaction("responses.copy", async |transaction| {
            // One at a time: a second writer would take the file from under the first one's digest.
            store::lock(transaction, campaign.id).await?;
            let Some(kept) = store::kept(transaction, campaign.id).await? else {
                return make(app, transaction, campaign).await;
            };
            let (slug, path) = (&campaign.slug, path(app, campaign));
            let Some(content) = blocking::run(move || Ok(fs::read(path).ok())).await? else {
                tracing::warn!(survey = slug, "the columnar copy is missing: it is made anew");
                return make(app, transaction, campaign).await;
            };
            let (content, digest) = blocking::run(move || {
                let digest = sha256(&content);
                Ok((content, digest))
            })
            .await?;
            if kept.file_digest != digest {
                tracing::warn!(survey = slug, "the columnar copy is not the file that was written: it is made anew");
                return make(app, transaction, campaign).await;
            }
            // Responses only ever come: as many are the same ones.
            if kept.responses != store::count(transaction, campaign.id).await? {
                tracing::info!(survey = slug, "responses came since the columnar copy was made: it is made anew");
                return make(app, transaction, campaign).await;
            }
            let count = usize::try_from(kept.responses).unwrap_or(usize::MAX);
            Ok(Copy { set: ResponseSet { count, digest: kept.response_digest }, digest: kept.file_digest, content })
        })
        .await
}

/// Makes the copy anew, whatever there is.
pub async fn rebuild(app: &App, campaign: &Campaign) -> Result<Copy> {
    app.database
        .answers
        .transaction("responses.copy", async |transaction| {
            store::lock(transaction, campaign.id).await?;
            make(app, transaction, campaign).await
        })
        .await
}

/// Writes the file, then names it in the database. Killed between the two, the file is another one than the database names, and the next
/// look makes it anew.
async fn make(app: &App, transaction: &mut Connection<Answers>, campaign: &Campaign) -> Result<Copy> {
    let rows = columns::read(app, campaign).await?;
    // A commune is there before its first answer, and never changes.
    let design = store::design(transaction, campaign.id).await?;
    let (folder, name) = (app.config.files.responses.clone(), name(campaign));
    let copy = blocking::run(move || {
        let (coded, digest) = rows.finish();
        let content = coded.to_parquet(&design)?;
        whole_file::put(&folder, &format!("{name}.part"), &name, &content)?;
        let set = ResponseSet { count: coded.rows(), digest: digest.to_vec() };
        Ok(Copy { set, digest: sha256(&content).to_vec(), content })
    })
    .await?;
    let kept = Kept {
        campaign_id: campaign.id,
        responses: i64::try_from(copy.set.count).map_err(|cause| Error::internal("responses").caused_by(cause))?,
        response_digest: copy.set.digest.clone(),
        file_digest: copy.digest.clone(),
    };
    store::keep(transaction, &kept).await?;
    Ok(copy)
}
