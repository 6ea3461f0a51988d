//! What the citizen's pages show.

pub mod check;

pub use check::CheckPage;

use askama::Template;

use super::body::Reason;
use super::citizen::Citizen;
use crate::base::page::{Link, Page};
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::text::Value;
use chrono::Datelike as _;

/// A number in groups that stays on one line.
fn unbroken(number: &str) -> String {
    number.replace(' ', "\u{a0}")
}

/// An address as people read it aloud: `khaosat.gov.vn`.
pub fn plain_address(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest).trim_end_matches('/')
}

#[derive(Template)]
#[template(path = "citizen/code.html")]
pub struct CodePage {
    page: Page,
    /// Where the code is posted to.
    action: &'static str,
    problems: Vec<Problem>,
    code: Field,
    /// A sentence above the field, when there is something to say first.
    note: Option<String>,
}

impl CodePage {
    pub fn new(page: Page, action: &str, typed: &str) -> Self {
        Self::with_title(page, "code-h1", action, typed)
    }

    /// The code opens the page where answers are taken back.
    pub fn for_withdrawal(page: Page, action: &str) -> Self {
        let note = page.texts.get("withdraw-note").into_owned();
        Self { note: Some(note), ..Self::with_title(page, "withdraw-h1", action, "") }
    }

    pub fn refused(page: Page, action: &str, typed: &str, message: String) -> Self {
        let mut view = Self::new(page, action, typed);
        view.problems = vec![Problem::new("code", &message)];
        view.code.error = Some(message);
        view.page = view.page.failed();
        view
    }

    pub fn after_an_hour(page: Page, action: &str) -> Self {
        let note = page.texts.get("timeout").into_owned();
        Self { note: Some(note), ..Self::with_title(page, "timeout-h1", action, "") }
    }

    pub fn without_cookies(page: Page, action: &str) -> Self {
        let note = page.texts.with("code-err-cookies", [("hotline", page.hotline.as_str())]).into_owned();
        Self { note: Some(note), ..Self::new(page, action, "") }
    }

    fn with_title(page: Page, title: &str, action: &str, typed: &str) -> Self {
        let texts = page.texts;
        let label = if title == "code-h1" { String::new() } else { texts.get("code-h1").into_owned() };
        let action = if action == super::routes::WITHDRAW { super::routes::WITHDRAW } else { super::routes::CODE };
        // Never the path of the request: a letter's link holds the code.
        let page = Page { path: action.to_owned(), ..page }.titled(texts.get(title));
        let code = Field {
            id: "code".into(),
            name: "code".into(),
            label,
            hint: Some(texts.get("code-hint").into_owned()),
            value: typed.to_owned(),
            error: None,
        };
        Self { page, action, problems: Vec::new(), code, note: None }
    }
}

#[derive(Template)]
#[template(path = "citizen/start.html")]
pub struct StartPage {
    page: Page,
    /// "Đã trả lời 34 trên 85 câu", for somebody who comes back.
    resume: Option<String>,
    onward: String,
    onward_label: String,
}

impl StartPage {
    pub fn new(page: Page, citizen: &Citizen, onward: &str) -> Self {
        let texts = page.texts;
        let progress = citizen.interview().progress();
        let numbers = [("answered", progress.answered), ("total", progress.total)];
        let resume = citizen.has_agreed().then(|| texts.with("resume", numbers).into_owned());
        let first = citizen
            .interview()
            .path()
            .first_open()
            .and_then(|page| citizen.interview().place(page.code()))
            .and_then(|place| place.numbers);
        let onward_label = match first {
            Some((number, _)) => texts.with("resume-btn", [("n", number)]),
            None => texts.get("check-h1"),
        };
        Self { page, resume, onward: onward.to_owned(), onward_label: onward_label.into_owned() }
    }
}

#[derive(Template)]
#[template(path = "citizen/refuse.html")]
pub struct RefusePage {
    page: Page,
    reasons: Choices,
}

impl RefusePage {
    pub fn new(page: Page) -> Self {
        let texts = page.texts;
        let option =
            |reason: Reason| Choice::new(reason.name(), texts.get(&format!("refuse-{}", reason.name())), false);
        let reasons = Choices {
            id: "ly-do".into(),
            name: "ly-do".into(),
            legend: texts.get("refuse-reason").into_owned(),
            options: Reason::ALL.map(option).into(),
            ..Choices::default()
        };
        Self { page, reasons }
    }
}

/// A title, a sentence, and perhaps one way on.
#[derive(Template)]
#[template(path = "citizen/notice.html")]
pub struct NoticePage {
    page: Page,
    sentence: String,
    onward: Option<Link>,
}

impl NoticePage {
    pub fn new(page: Page, sentence: impl Into<String>) -> Self {
        Self { page, sentence: sentence.into(), onward: None }
    }

    #[must_use]
    pub fn leading(mut self, label: impl Into<String>, path: &str) -> Self {
        self.onward = Some(Link::new(label, path));
        self
    }
}

#[derive(Template)]
#[template(path = "citizen/pause.html")]
pub struct PausePage {
    page: Page,
    saved: String,
    address: String,
    onward: String,
}

impl PausePage {
    pub fn new(page: Page, citizen: &Citizen, public_url: &str, onward: String) -> Self {
        let texts = page.texts;
        let saved = texts.with(
            "pause",
            [
                ("n", Value::from(citizen.interview().progress().answered)),
                ("date", Value::from(texts.day(citizen.campaign.closes_on))),
                ("code", Value::from(unbroken(&citizen.session.code.to_string()))),
            ],
        );
        let address = texts.with("pause-address", [("address", plain_address(public_url))]);
        Self { saved: saved.into_owned(), address: address.into_owned(), onward, page }
    }
}

#[derive(Template)]
#[template(path = "citizen/receipt.html")]
pub struct ReceiptPage {
    page: Page,
    number: String,
    /// When and where it counts: only the browser that sent knows the time.
    when: String,
    next: String,
    withdrawal: String,
    can_withdraw: bool,
}

impl ReceiptPage {
    pub fn new(page: Page, citizen: &Citizen, number: &str, public_url: &str) -> Self {
        let texts = page.texts;
        let when = match citizen.session.sent {
            Some(sent) => texts.with("done-at", [("time", texts.time(sent)), ("date", texts.date(sent))]),
            None => texts.with("used-elsewhere", [("hotline", page.hotline.as_str())]),
        };
        let month = format!("{}/{}", citizen.campaign.results_on.month(), citizen.campaign.results_on.year());
        let next = texts.with("done-next", [("address", plain_address(public_url)), ("month", month.as_str())]);
        let can_withdraw = !citizen.is_recorded();
        let withdrawal = texts.get(if can_withdraw { "done-withdraw" } else { "withdraw-late" });
        Self {
            when: when.into_owned(),
            next: next.into_owned(),
            withdrawal: withdrawal.into_owned(),
            can_withdraw,
            number: unbroken(number),
            page,
        }
    }
}

#[derive(Template)]
#[template(path = "citizen/withdraw.html")]
pub struct WithdrawPage {
    pub page: Page,
}

#[derive(Template)]
#[template(path = "citizen/help.html")]
pub struct HelpPage {
    pub page: Page,
}

#[derive(Template)]
#[template(path = "citizen/privacy.html")]
pub struct PrivacyPage {
    pub page: Page,
}

#[derive(Template)]
#[template(path = "citizen/access.html")]
pub struct AccessPage {
    pub page: Page,
}

#[derive(Template)]
#[template(path = "citizen/genuine.html")]
pub struct GenuinePage {
    pub page: Page,
    pub address: String,
}
