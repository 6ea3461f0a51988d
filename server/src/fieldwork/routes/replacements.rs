//! Requests to ask somebody else, decided by a second person; and communes that are lost.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use uuid::Uuid;

use crate::app::App;
use crate::base::parts::{Field, Problem};
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Result};
use crate::fieldwork::board::{Within, board};
use crate::fieldwork::pages::{LossForm, LossLine, ReplacementLine, ReplacementsPage};
use crate::fieldwork::replacements::{self, Decision};
use crate::places;
use crate::staff::Role;
use crate::staff::session::{Coordinator, Overseer, SignedIn};

/// Of a hundred cases; more deserves a question (`experience.md` C9).
const MANY_PERCENT: f64 = 10.0;

async fn page(app: &App, visit: &Visit, signed_in: &SignedIn, campaign: Campaign) -> Result<ReplacementsPage> {
    let texts = visit.texts();
    let me = signed_in.actor().to_string();
    let decides = signed_in.role == Role::Coordinator;
    let base = campaign.address();
    let mut rows = replacements::of(app, campaign.id).await?;
    rows.retain(|row| places::covers(signed_in, &row.province_code).is_ok());
    let approved = rows.iter().filter(|row| row.state == "approved").count();
    let sample = board(app, &campaign, &Within::default()).await?.total.counts.sample;
    #[expect(clippy::cast_precision_loss, reason = "samples are far below 2^53")]
    let percent = if sample == 0 { 0.0 } else { 100.0 * approved as f64 / sample as f64 };
    let line = |row: replacements::Replacement| ReplacementLine {
        province: places::province_name(&row.province_code).unwrap_or(&row.province_code).to_owned(),
        state: texts.get(&format!("replacement-{}", row.state)).into_owned(),
        colour: match row.state.as_str() {
            "requested" => "yellow",
            "approved" => "green",
            _ => "grey",
        },
        case_address: format!("{base}/ho-so/{}", row.invitation_id),
        action: (decides && row.state == "requested" && row.requested_by != me)
            .then(|| format!("{base}/thay-the/{}", row.id)),
        row,
    };
    let mut losses = replacements::losses(app, campaign.id).await?;
    losses.retain(|loss| places::covers(signed_in, &loss.province_code).is_ok());
    let loss = |row: replacements::Loss| LossLine {
        place: format!("{} · {}", row.commune_code, places::province_name(&row.province_code).unwrap_or_default()),
        action: (decides && row.confirmed_by.is_none() && row.requested_by != me)
            .then(|| format!("{base}/mat-xa/{}", row.id)),
        row,
    };
    let field = |name: &str| Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: texts.get(&format!("loss-{name}")).into_owned(),
        hint: Some(texts.get(&format!("loss-{name}-hint")).into_owned()),
        ..Field::default()
    };
    let mut frame = signed_in.page(visit).titled(texts.get("replacements-title"));
    frame.synthetic = campaign.synthetic;
    Ok(ReplacementsPage {
        page: frame,
        problems: Vec::new(),
        rows: rows.into_iter().map(line).collect(),
        losses: losses.into_iter().map(loss).collect(),
        share: texts.percent(percent, 1),
        many: percent > MANY_PERCENT,
        loss_form: decides.then(|| LossForm {
            action: format!("{base}/mat-xa"),
            commune: field("xa"),
            reason: field("ly-do"),
        }),
        campaign,
    })
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Overseer(signed_in): Overseer,
    slug: Path<String>,
) -> Result<HttpResponse> {
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    visit.ok(&page(&app, &visit, &signed_in, campaign).await?)
}

pub(super) async fn decide(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let (slug, id) = path.into_inner();
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let asked = replacements::of(&app, campaign.id).await?.into_iter().find(|row| row.id == id);
    places::covers(&signed_in, &asked.ok_or_else(|| Error::not_found("replacement-missing"))?.province_code)?;
    let decision = if fields.has("duyet") { Decision::Approve } else { Decision::Refuse };
    let decided = replacements::decide(&app, &signed_in.actor(), &campaign, id, decision, fields.get("loi")).await;
    answer(&app, &visit, &signed_in, campaign, decided, &fields).await
}

pub(super) async fn lose_commune(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let lost =
        replacements::lose_commune(&app, &signed_in.actor(), &campaign, fields.get("xa").trim(), fields.get("ly-do"))
            .await;
    answer(&app, &visit, &signed_in, campaign, lost, &fields).await
}

pub(super) async fn confirm_loss(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let (slug, id) = path.into_inner();
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let loss = replacements::losses(&app, campaign.id).await?.into_iter().find(|loss| loss.id == id);
    let loss = loss.ok_or_else(|| Error::not_found("replacement-missing"))?;
    places::covers(&signed_in, &loss.province_code)?;
    let confirmed = replacements::confirm_loss(&app, &signed_in.actor(), &campaign, &loss).await;
    answer(&app, &visit, &signed_in, campaign, confirmed, &fields).await
}

/// Back to the list, or the list again with what is wrong.
async fn answer(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    campaign: Campaign,
    done: Result<()>,
    fields: &Fields,
) -> Result<HttpResponse> {
    match done {
        Ok(()) => Ok(see_other(&format!("{}/thay-the", campaign.address()))),
        Err(error) if error.is_refusal() => {
            let mut page = page(app, visit, signed_in, campaign).await?;
            let message = visit.texts().with(&format!("error-{}", error.code), error.params.clone()).into_owned();
            if let Some(form) = page.loss_form.as_mut().filter(|_| fields.has("xa")) {
                fields.get("xa").clone_into(&mut form.commune.value);
                fields.get("ly-do").clone_into(&mut form.reason.value);
                let field = if error.code == "loss-commune" { &mut form.commune } else { &mut form.reason };
                field.error = Some(message.clone());
                page.problems.push(Problem::new(field.id.clone(), message));
            } else {
                page.problems.push(Problem::new("", message));
            }
            page.page = page.page.failed();
            visit.refused(&page)
        }
        Err(error) => Err(error),
    }
}
