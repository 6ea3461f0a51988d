//! What the pages of the fieldwork show.

use askama::Template;

use super::assignments::AssignmentAct;
use super::board::{Board, Counts, Line, Within, behind};
use super::replacements::{Loss, Replacement};
use super::visits::Visit;
use super::{Case, Outcome};
use crate::base::page::{Link, Page};
use crate::base::parts::{Choices, Field, Pagination, Problem};
use crate::base::text::{Texts, Value};
use crate::campaigns::Campaign;
use crate::frames::Addressee;
use crate::staff::Person;

#[derive(Template)]
#[template(path = "fieldwork/board.html")]
pub(super) struct BoardPage {
    pub page: Page,
    pub campaign: Campaign,
    pub within: Within,
    /// From the country down to where the reader is.
    pub path: Vec<Link>,
    pub board: Board,
    pub as_of: String,
    /// Whether this reader steers the fieldwork, too.
    pub steers: bool,
}

impl BoardPage {
    /// The page of a line one level further down; empty for who has nothing below.
    fn below(&self, line: &Line) -> String {
        let base = format!("{}/tien-do", self.campaign.address());
        match (self.within.province.is_empty(), self.within.commune.is_empty()) {
            _ if line.code.is_empty() => String::new(),
            (true, _) => format!("{base}/{}", line.code),
            (false, true) => format!("{base}/{}/{}", self.within.province, line.code),
            (false, false) => format!(
                "{}/ho-so?tinh={}&xa={}&nguoi={}",
                self.campaign.address(),
                self.within.province,
                self.within.commune,
                line.code
            ),
        }
    }

    fn sheet(&self) -> String {
        format!("{}/tien-do.xlsx?tinh={}&xa={}", self.campaign.address(), self.within.province, self.within.commune)
    }

    fn first_column(&self) -> &'static str {
        match (self.within.province.is_empty(), self.within.commune.is_empty()) {
            (true, _) => "board-province",
            (false, true) => "board-commune",
            (false, false) => "board-interviewer",
        }
    }

    /// The slowest of all lines, and where it leads.
    fn slowest(&self) -> Option<Link> {
        let lines = self.board.groups.iter().flat_map(|(_, lines)| lines);
        let worst = lines.filter(|line| behind(line) > 0.0).max_by(|a, b| behind(a).total_cmp(&behind(b)))?;
        let words = self.page.texts.with("board-slowest", [("name", self.name(worst))]);
        Some(Link::new(words, self.below(worst))).filter(|link| !link.path.is_empty())
    }

    fn name(&self, line: &Line) -> String {
        if line.name.is_empty() { self.page.texts.get("board-nobody").into_owned() } else { line.name.clone() }
    }

    fn percent(&self, counts: &Counts) -> String {
        percent(self.page.texts, share(counts.responded, counts.sample))
    }

    fn response_rate(&self, counts: &Counts) -> String {
        percent(self.page.texts, counts.first.response_rate_1())
    }

    /// The five rates of the total with their definitions.
    fn rates(&self) -> Vec<(String, String, String)> {
        let first = &self.board.total.counts.first;
        [
            ("rr1", first.response_rate_1()),
            ("rr3", first.response_rate_3()),
            ("coop1", first.cooperation_rate_1()),
            ("ref1", first.refusal_rate_1()),
            ("con1", first.contact_rate_1()),
        ]
        .map(|(key, rate)| {
            let texts = self.page.texts;
            let word = |part: &str| texts.get(&format!("rate-{key}-{part}")).into_owned();
            (word("name"), percent(texts, rate), word("means"))
        })
        .into()
    }

    /// Word, colour: never the colour alone.
    fn plan(&self, line: &Line) -> (String, &'static str) {
        let texts = self.page.texts;
        match behind(line) {
            _ if line.counts.sample > 0 && line.counts.responded >= line.counts.sample => {
                (texts.get("board-full").into_owned(), "green")
            }
            behind if behind <= 0.0 => (texts.get("board-on-time").into_owned(), "green"),
            behind => {
                let percent = texts.percent(behind * 100.0, 0);
                let colour = if behind > 0.2 { "red" } else { "yellow" };
                (texts.with("board-behind", [("percent", percent)]).into_owned(), colour)
            }
        }
    }

    /// What the total will come to, in a sentence.
    fn forecast(&self) -> String {
        let texts = self.page.texts;
        let Some(pace) = self.board.total.pace else { return String::new() };
        match (pace.per_day, pace.done_on) {
            (_, Some(day)) if self.board.total.counts.responded >= self.board.total.counts.sample => {
                texts.with("board-forecast-full", [("day", texts.day(day))])
            }
            (Some(per_day), Some(day)) => texts.with(
                "board-forecast",
                [
                    ("pace", Value::from(texts.decimal(per_day, 1).clone())),
                    ("day", Value::from(texts.day(day).clone())),
                    ("closes", Value::from(texts.day(self.campaign.closes_on).clone())),
                ],
            ),
            (Some(_), None) => texts.get("board-forecast-never"),
            (None, _) => texts.get("board-forecast-none"),
        }
        .into_owned()
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "samples are far below 2^53")]
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn percent(texts: Texts, rate: Option<f64>) -> String {
    rate.map_or_else(|| "–".to_owned(), |rate| texts.percent(rate * 100.0, 1))
}

#[derive(Template)]
#[template(path = "fieldwork/cases.html")]
pub(super) struct CasesPage {
    pub page: Page,
    pub back: String,
    pub filter: Choices,
    pub hidden: Vec<(&'static str, String)>,
    pub cases: Vec<CaseLine>,
    pub pages: Pagination,
}

/// A case in one line of a list.
pub(super) struct CaseLine {
    pub case: Case,
    pub address: String,
    pub name: String,
    pub place: String,
    pub state: String,
    pub colour: &'static str,
}

impl CaseLine {
    pub(super) fn new(case: Case, person: Option<&Addressee>, address: String, texts: Texts) -> Self {
        let (state, colour) = state(&case, texts);
        let (name, place) = person.map_or_else(Default::default, |person| {
            (person.name.clone(), format!("{} · {}", person.village_name, person.address))
        });
        Self { case, address, name, place, state, colour }
    }
}

/// Where a case stands in words, and its colour.
pub(crate) fn state(case: &Case, texts: Texts) -> (String, &'static str) {
    let outcome = case.outcome();
    let (key, colour) = match (case.status.as_str(), outcome) {
        ("responded", _) => ("case-responded".to_owned(), "green"),
        ("refused", _) => ("case-refused-online".to_owned(), "red"),
        ("cancelled", None) => ("case-cancelled".to_owned(), "grey"),
        (_, None) => ("case-untouched".to_owned(), "grey"),
        (_, Some(Outcome::Interviewed)) => ("outcome-interviewed".to_owned(), "green"),
        (_, Some(outcome)) => (format!("outcome-{}", outcome.name()), if outcome.is_final() { "red" } else { "blue" }),
    };
    (texts.get(&key).into_owned(), colour)
}

#[derive(Template)]
#[template(path = "fieldwork/case.html")]
pub(super) struct CasePage {
    pub page: Page,
    pub problems: Vec<Problem>,
    pub back: String,
    pub case: Case,
    pub person: Addressee,
    pub state: String,
    pub colour: &'static str,
    pub visits: Vec<VisitLine>,
    /// Shown to the interviewer who has the case, while it is open.
    pub visit: Option<VisitForm>,
    /// Shown to whoever may ask for somebody else.
    pub replacement: Option<ReplacementForm>,
    /// What became of an earlier request.
    pub asked: Vec<String>,
}

pub(super) struct VisitLine {
    pub visit: Visit,
    pub outcome: String,
    pub code: &'static str,
}

impl VisitLine {
    pub(super) fn new(visit: Visit, texts: Texts) -> Self {
        let outcome = Outcome::from_name(&visit.outcome);
        let words = texts.get(&format!("outcome-{}", visit.outcome)).into_owned();
        Self { visit, outcome: words, code: outcome.map_or("", Outcome::code) }
    }
}

pub(super) struct VisitForm {
    pub action: String,
    /// The visit's own id: the same form sent twice is one visit.
    pub id: String,
    pub outcome: Choices,
    pub day: Field,
    pub appointment: Field,
    pub note: Field,
}

pub(super) struct ReplacementForm {
    pub action: String,
    pub reason: Field,
}

#[derive(Template)]
#[template(path = "fieldwork/today.html")]
pub(super) struct TodayPage {
    pub page: Page,
    pub to_do: Vec<CaseLine>,
    pub done: Vec<CaseLine>,
}

#[derive(Template)]
#[template(path = "fieldwork/assignments.html")]
pub(super) struct AssignmentsPage {
    pub page: Page,
    pub problems: Vec<Problem>,
    pub campaign: Campaign,
    pub province: String,
    pub province_name: String,
    pub communes: Choices,
    pub which: Choices,
    pub interviewer: Choices,
    pub undoable: Vec<AssignmentAct>,
    pub people: Vec<Person>,
    /// The provinces to choose from.
    pub provinces: Vec<Link>,
}

impl AssignmentsPage {
    fn action(&self) -> String {
        format!("{}/phan-cong?tinh={}", self.campaign.address(), self.province)
    }

    fn undo_action(&self, act: &AssignmentAct) -> String {
        format!("{}/phan-cong/{}/hoan-tac?tinh={}", self.campaign.address(), act.id, self.province)
    }

    fn undo_words(&self, act: &AssignmentAct) -> String {
        let to = act.interviewer_id.and_then(|id| self.people.iter().find(|person| person.id == id));
        let texts = self.page.texts;
        let name = to.map_or_else(|| texts.get("assign-nobody").into_owned(), |person| person.name.clone());
        let values = [
            ("n", Value::from(act.cases())),
            ("name", Value::from(name)),
            ("moment", Value::from(texts.moment(act.made_at))),
        ];
        texts.with("assign-undo-what", values).into_owned()
    }
}

#[derive(Template)]
#[template(path = "fieldwork/replacements.html")]
pub(super) struct ReplacementsPage {
    pub page: Page,
    pub problems: Vec<Problem>,
    pub campaign: Campaign,
    pub rows: Vec<ReplacementLine>,
    pub losses: Vec<LossLine>,
    /// Approved replacements per hundred cases of the sample; over ten is worth a question.
    pub share: String,
    pub many: bool,
    pub loss_form: Option<LossForm>,
}

pub(super) struct ReplacementLine {
    pub row: Replacement,
    pub province: String,
    pub state: String,
    pub colour: &'static str,
    pub case_address: String,
    /// Where this reader decides; none for who asked or may not.
    pub action: Option<String>,
}

pub(super) struct LossLine {
    pub row: Loss,
    pub place: String,
    pub action: Option<String>,
}

pub(super) struct LossForm {
    pub action: String,
    pub commune: Field,
    pub reason: Field,
}
