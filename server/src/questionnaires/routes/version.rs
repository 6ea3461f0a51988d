//! One version: what it is, what changed, and the second person's yes.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use survey_forms::Form;
use uuid::Uuid;

use super::{address, version};
use crate::app::App;
use crate::base::page::Link;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::error::Result;
use crate::places::national_only;
use crate::questionnaires::changes::Change;
use crate::questionnaires::pages::{Listed, VersionPage};
use crate::questionnaires::{self, question};
use crate::staff::session::Coordinator;

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    id: Path<Uuid>,
) -> Result<HttpResponse> {
    let (version, form) = version(&app, *id).await?;
    let texts = visit.texts();
    let language = visit.language.code();
    let before = questionnaires::predecessor(&app, &version).await?;
    let changes = match &before {
        Some(before) => {
            let old = questionnaires::form(&app, before.id).await?;
            survey_forms::differences(&old, &form, language).iter().map(|it| Change::new(it, &form, texts)).collect()
        }
        None => Vec::new(),
    };
    let national = national_only(&signed_in).is_ok();
    let own = version.proposed_by == signed_in.actor().to_string();
    visit.ok(&VersionPage {
        page: signed_in.page(&visit).titled(form.words(language).title()),
        listed: Listed::new(&version, &form, texts),
        languages: in_each_language(&form, |code| format!("{}/xem/{code}", address(*id))),
        papers: in_each_language(&form, |code| format!("{}/in/{code}.pdf", address(*id))),
        before: before.map(|before| (address(before.id), texts.moment(before.created_at))),
        changes,
        may_approve: national && !own,
        own,
    })
}

pub(super) async fn approve(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    id: Path<Uuid>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    questionnaires::approve(&app, &signed_in.actor(), &questionnaires::find(&app, *id).await?).await?;
    Ok(see_other(&address(*id)))
}

fn in_each_language(form: &Form, address: impl Fn(&str) -> String) -> Vec<Link> {
    form.languages().iter().map(|code| Link::new(question::language_name(code), address(code))).collect()
}
