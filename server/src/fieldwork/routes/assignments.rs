//! Who visits whom: communes of a province are given to interviewers.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use uuid::Uuid;

use super::Place;
use crate::app::App;
use crate::base::page::Link;
use crate::base::parts::{Choice, Choices, Problem};
use crate::base::text::Value;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Result};
use crate::fieldwork::assignments::{self, Which};
use crate::fieldwork::board::{Within, board};
use crate::fieldwork::pages::AssignmentsPage;
use crate::staff::session::{Coordinator, SignedIn};
use crate::{places, staff};

async fn page(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    campaign: Campaign,
    province: String,
) -> Result<AssignmentsPage> {
    let texts = visit.texts();
    let people = if province.is_empty() { Vec::new() } else { staff::interviewers(app, &province).await? };
    let mut communes = Vec::new();
    if !province.is_empty() {
        let within = Within { province: province.clone(), commune: String::new() };
        for line in board(app, &campaign, &within).await?.groups.into_iter().flat_map(|(_, lines)| lines) {
            let counts = line.counts;
            let values = [
                ("name", Value::from(line.name)),
                ("cases", Value::from(counts.sample + counts.reserves)),
                ("free", Value::from(counts.sample + counts.reserves - counts.assigned)),
            ];
            communes.push(Choice::new(line.code, texts.with("assign-commune", values), false));
        }
        communes.sort_by(|a, b| a.value.cmp(&b.value));
    }
    let given = people
        .iter()
        .map(|person| Choice::new(person.id.to_string(), format!("{} ({})", person.name, person.login), false));
    let nobody = Choice::new("nobody", texts.get("assign-nobody"), false);
    let choices = |id: &str, many, options| Choices {
        id: id.to_owned(),
        name: id.to_owned(),
        legend: texts.get(&format!("assign-{id}")).into_owned(),
        many,
        options,
        ..Choices::default()
    };
    let mut frame = signed_in.page(visit).titled(texts.get("assign-title"));
    frame.synthetic = campaign.synthetic;
    let provinces = if signed_in.place_code == places::COUNTRY {
        let address = |code: &str| format!("{}/phan-cong?tinh={code}", campaign.address());
        places::list(app).await?.into_iter().map(|place| Link::new(place.name, address(&place.code))).collect()
    } else {
        Vec::new()
    };
    Ok(AssignmentsPage {
        page: frame,
        problems: Vec::new(),
        province_name: places::province_name(&province).unwrap_or_default().to_owned(),
        communes: choices("xa", true, communes),
        which: choices(
            "viec",
            false,
            ["free", "open"]
                .map(|which| Choice::new(which, texts.get(&format!("assign-{which}")), which == "free"))
                .into(),
        ),
        interviewer: choices("nguoi", false, given.chain([nobody]).collect()),
        undoable: assignments::undoable(app, campaign.id).await?,
        people,
        provinces,
        province,
        campaign,
    })
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    place: Query<Place>,
) -> Result<HttpResponse> {
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let province = places::asked(&signed_in, &place.tinh)?;
    visit.ok(&page(&app, &visit, &signed_in, campaign, province).await?)
}

pub(super) async fn assign(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    place: Query<Place>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let province = places::asked(&signed_in, &place.tinh)?;
    let mut page = page(&app, &visit, &signed_in, campaign, province).await?;
    let texts = visit.texts();
    let chosen = fields.without(&["csrf"]);
    let mut communes = Vec::new();
    for option in &mut page.communes.options {
        option.chosen = chosen.iter().any(|(name, value)| name == "xa" && *value == option.value);
        if option.chosen {
            communes.push(option.value.clone());
        }
    }
    for option in page.interviewer.options.iter_mut().chain(&mut page.which.options) {
        option.chosen = [fields.get("nguoi"), fields.get("viec")].contains(&option.value.as_str());
    }
    let which = if fields.get("viec") == "open" { Which::Open } else { Which::Free };
    // Only somebody this page offers: the id of another province's interviewer is nobody here.
    let to = page.interviewer.options.iter().find(|option| option.chosen).map(|option| option.value.clone());
    if communes.is_empty() {
        page.communes.error = Some(texts.get("assign-no-commune").into_owned());
    }
    let Some(to) = to.filter(|_| !communes.is_empty()) else {
        if !page.interviewer.options.iter().any(|option| option.chosen) {
            page.interviewer.error = Some(texts.get("assign-no-person").into_owned());
        }
        let failed = [&page.communes, &page.interviewer].map(|choices| (choices.id.clone(), choices.error.clone()));
        page.problems = failed.into_iter().filter_map(|(id, error)| Some(Problem::new(id, error?))).collect();
        page.page = page.page.clone().failed();
        return visit.refused(&page);
    };
    let to: Option<Uuid> = to.parse().ok();
    assignments::assign(&app, &signed_in.actor(), &page.campaign, &page.province, &communes, which, to).await?;
    Ok(see_other(&format!("{}/phan-cong?tinh={}", page.campaign.address(), page.province)))
}

pub(super) async fn undo(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    path: Path<(String, Uuid)>,
    place: Query<Place>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let (slug, act) = path.into_inner();
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let open = assignments::undoable(&app, campaign.id).await?;
    let made = open.iter().find(|made| made.id == act).ok_or_else(|| Error::conflict("assignment-too-late"))?;
    places::covers(&signed_in, &made.province_code)?;
    assignments::undo(&app, &signed_in.actor(), &campaign, act).await?;
    Ok(see_other(&format!("{}/phan-cong?tinh={}", campaign.address(), places::asked(&signed_in, &place.tinh)?)))
}
