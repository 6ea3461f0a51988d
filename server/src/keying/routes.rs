//! The keyer's pages. A code travels in the body of forms only: an address would be remembered.

use actix_web::web::{Data, Query, ServiceConfig, get, post};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Deserialize;
use survey_forms::{Issue, Transcript};

use super::pages::{HomePage, SettlePage, SheetPage, Shown, Survey};
use super::settling::Decision;
use super::{Desk, Outcome, Turn, quality, sheet, waiting};
use crate::app::App;
use crate::base::page::Page;
use crate::base::parts::{Field, Problem};
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, State};
use crate::error::{Error, Kind, Result};
use crate::places;
use crate::responses::routes::code::address;
use crate::staff::Role;
use crate::staff::session::{PaperWatcher, Reviewer, SignedIn};

const HOME: &str = "/qt/phieu-giay";
/// Fields of our own beside the units' own; no unit's code has a point in it.
const CODE: &str = "giay.ma";
const AS_IT_IS: &str = "giay.dung";

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/qt/phieu-giay", get().to(home))
        .route("/qt/phieu-giay", post().to(open))
        .route("/qt/phieu-giay/nhap", post().to(key))
        .route("/qt/phieu-giay/chon", post().to(settle));
}

#[derive(Deserialize)]
struct Before {
    xong: Option<String>,
    n: Option<usize>,
}

impl Outcome {
    fn address(self) -> String {
        match self {
            Self::First => format!("{HOME}?xong=lan-mot"),
            Self::Agreed => format!("{HOME}?xong=khop"),
            Self::Differ(n) => format!("{HOME}?xong=khac&n={n}"),
            Self::Settled => format!("{HOME}?xong=chot"),
        }
    }

    fn of(before: &Before) -> Option<Self> {
        match before.xong.as_deref()? {
            "lan-mot" => Some(Self::First),
            "khop" => Some(Self::Agreed),
            "khac" => before.n.map(Self::Differ),
            "chot" => Some(Self::Settled),
            _ => None,
        }
    }

    fn told(self, visit: &Visit) -> String {
        let texts = visit.texts();
        match self {
            Self::First => texts.get("keying-told-first"),
            Self::Agreed => texts.get("keying-told-agreed"),
            Self::Differ(n) => texts.with("keying-told-differ", [("n", n)]),
            Self::Settled => texts.get("keying-told-settled"),
        }
        .into_owned()
    }
}

async fn home(
    app: Data<App>,
    visit: Visit,
    PaperWatcher(signed_in): PaperWatcher,
    before: Query<Before>,
) -> Result<HttpResponse> {
    let mut page = home_page(&app, &visit, &signed_in).await?;
    page.told = Outcome::of(&before).map(|outcome| outcome.told(&visit));
    visit.ok(&page)
}

async fn home_page(app: &App, visit: &Visit, signed_in: &SignedIn) -> Result<HomePage> {
    let texts = visit.texts();
    let mut page = frame(visit, signed_in).titled(texts.get("keying-title"));
    let only = (signed_in.role == Role::Reviewer).then_some(signed_in.staff_id);
    let may_see_people = only.is_some() || places::national_only(signed_in).is_ok();
    let mut surveys = Vec::new();
    for campaign in campaigns::list(app).await?.into_iter().filter(|campaign| campaign.state() == State::Open) {
        page.synthetic |= campaign.synthetic;
        surveys.push(Survey {
            name: campaign.name(visit.language).to_owned(),
            waiting: waiting(app, &campaign).await?,
            quality: if may_see_people { quality::of(app, &campaign, only).await? } else { Vec::new() },
        });
    }
    let code = only.map(|_keyer| Field {
        id: "code".to_owned(),
        name: "code".to_owned(),
        label: texts.get("keying-code").into_owned(),
        hint: Some(texts.get("keying-code-hint").into_owned()),
        ..Field::default()
    });
    Ok(HomePage { page, problems: Vec::new(), told: None, code, surveys })
}

/// A language is chosen by GET, so every page here comes back to the first.
fn frame(visit: &Visit, signed_in: &SignedIn) -> Page {
    Page { path: HOME.to_owned(), ..signed_in.page(visit) }
}

async fn open(
    app: Data<App>,
    visit: Visit,
    request: HttpRequest,
    Reviewer(signed_in): Reviewer,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let typed = fields.get("code");
    let shown = async {
        let desk = Desk::sit(&app, &signed_in, typed, address(&request)).await?;
        match desk.turn(&app).await? {
            Turn::Key { before } => visit.ok(&desk.sheet_page(&visit, &signed_in, before, &[], &[])),
            Turn::Settle(dispute) => {
                let decision = dispute.decide(&desk.citizen.form, desk.language(&visit), visit.texts(), None);
                visit.ok(&desk.settle_page(&visit, &signed_in, decision))
            }
        }
    };
    or_refused(&app, &visit, &signed_in, typed, shown.await).await
}

async fn key(
    app: Data<App>,
    visit: Visit,
    request: HttpRequest,
    Reviewer(signed_in): Reviewer,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let keyed = fields.without(&["csrf", CODE, AS_IT_IS]);
    let done = async {
        let desk = Desk::sit(&app, &signed_in, fields.get(CODE), address(&request)).await?;
        let form = &desk.citizen.form;
        let sheet = match Transcript::read(form, &keyed) {
            Ok(sheet) => sheet,
            Err(issues) => return visit.refused(&desk.sheet_page(&visit, &signed_in, 0, &keyed, &issues)),
        };
        let strays = sheet.strays(form);
        if !strays.is_empty() && !fields.has(AS_IT_IS) {
            let numbers = sheet::numbers(form, &strays);
            let sentence = visit.texts().with("keying-strays", [("numbers", numbers)]).into_owned();
            let first = strays.first().map_or("", |unit| unit.code());
            let mut page = desk.sheet_page(&visit, &signed_in, 0, &keyed, &[]);
            page.problems = vec![Problem::new(first, sentence)];
            page.page = page.page.failed();
            page.may_send = true;
            return visit.refused(&page);
        }
        Ok(see_other(&desk.key(&app, sheet).await?.address()))
    };
    or_refused(&app, &visit, &signed_in, fields.get(CODE), done.await).await
}

async fn settle(
    app: Data<App>,
    visit: Visit,
    request: HttpRequest,
    Reviewer(signed_in): Reviewer,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let done = async {
        let desk = Desk::sit(&app, &signed_in, fields.get(CODE), address(&request)).await?;
        let Turn::Settle(dispute) = desk.turn(&app).await? else { return Err(Error::conflict("keying-moved")) };
        let decision = dispute.decide(&desk.citizen.form, desk.language(&visit), visit.texts(), Some(&fields));
        match &decision.truth {
            Some(truth) => Ok(see_other(&desk.settle(&app, dispute, truth).await?.address())),
            None => visit.refused(&desk.settle_page(&visit, &signed_in, decision)),
        }
    };
    or_refused(&app, &visit, &signed_in, fields.get(CODE), done.await).await
}

/// What a keyer can do something about is said where the next code is typed; the rest is an error like any other.
async fn or_refused(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    typed: &str,
    done: Result<HttpResponse>,
) -> Result<HttpResponse> {
    let error = match done {
        Err(error) if error.code.starts_with("keying-") && error.kind != Kind::Internal => error,
        done => return done,
    };
    let mut page = home_page(app, visit, signed_in).await?;
    let sentence = visit.texts().with(&format!("error-{}", error.code), error.params.clone()).into_owned();
    page.page = page.page.failed();
    page.problems = vec![Problem::new("code", sentence.clone())];
    // A wrong code is looked at again; of a form that is done with nothing is left to look at.
    let value = if error.kind == Kind::Invalid { typed.to_owned() } else { String::new() };
    page.code = page.code.map(|field| Field { error: Some(sentence), value, ..field });
    visit.render(HttpResponseBuilder::new(error.kind.status()), &page)
}

impl Desk {
    /// The language of the questions: the page's own where the questionnaire has it.
    fn language<'a>(&'a self, visit: &Visit) -> &'a str {
        let form = &self.citizen.form;
        let same = form.languages().iter().find(|code| *code == visit.language.code());
        same.map_or_else(|| form.source_language(), String::as_str)
    }

    fn frame(&self, visit: &Visit, signed_in: &SignedIn, title: &str) -> Page {
        Page { synthetic: self.citizen.campaign.synthetic, ..frame(visit, signed_in) }.titled(visit.texts().get(title))
    }

    fn shown(&self) -> Shown {
        let code = &self.citizen.session.code;
        Shown { printed: code.to_string(), digits: code.digits() }
    }

    fn spoken(&self, visit: &Visit) -> Option<String> {
        let language = self.language(visit);
        (language != visit.language.code()).then(|| language.to_owned())
    }

    fn sheet_page(
        &self,
        visit: &Visit,
        signed_in: &SignedIn,
        before: usize,
        keyed: &[(String, String)],
        issues: &[Issue],
    ) -> SheetPage {
        let texts = visit.texts();
        let page = self.frame(visit, signed_in, "keying-sheet-title");
        SheetPage {
            page: if issues.is_empty() { page } else { page.failed() },
            problems: sheet::problems(texts, issues),
            code: self.shown(),
            before,
            parts: sheet::parts(&self.citizen.form, self.language(visit), texts, keyed, issues),
            may_send: false,
            spoken: self.spoken(visit),
        }
    }

    fn settle_page(&self, visit: &Visit, signed_in: &SignedIn, decision: Decision) -> SettlePage {
        let page = self.frame(visit, signed_in, "keying-settle-title");
        SettlePage {
            page: if decision.problems.is_empty() { page } else { page.failed() },
            problems: decision.problems,
            code: self.shown(),
            questions: decision.questions,
            spoken: self.spoken(visit),
        }
    }
}
