//! What a citizen meets in a real browser. Each suite is a program in `tests/browser` that reads a task and says what is wrong.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test stops at a surprise")]

use std::path::Path;
use std::process::Stdio;

use chrono::Duration;
use e2e::{House, Manner, PASSWORD, Survey, Walk, corpus};
use serde_json::{Value, json};
use server::base::text::{Language, Texts};
use server::invitations::code::Code;
use server::responses;
use server::responses::session::Session;
use server::staff::Role;
use survey_forms::{Answers, Form, Interview, SkipPolicy, Source, builtin};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

const DIRECTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/browser");

/// Runs a suite; its sentences are the failure. `SIPAS_TEST_PICTURES` names a folder for pictures of every page.
async fn run(house: &House, suite: &str, mut task: Value) {
    task["address"] = house.address("").into();
    node(suite, &task).await;
}

/// The same for a program that finds what it needs in its task; gives what it said.
pub(crate) async fn node(suite: &str, task: &Value) -> String {
    let installed = Path::new(DIRECTORY).join("node_modules/playwright-core").exists();
    assert!(installed, "the packages of tests/browser are missing: scripts/prepare browser installs them");
    let mut node = Command::new("node")
        .arg(format!("{suite}.mjs"))
        .current_dir(DIRECTORY)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("Node.js is missing: scripts/prepare browser installs it");
    let mut input = node.stdin.take().unwrap();
    input.write_all(task.to_string().as_bytes()).await.unwrap();
    drop(input);
    let said = node.wait_with_output().await.unwrap();
    let (told, wrong) = (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    assert!(said.status.success(), "{suite}:\n{wrong}\n{told}");
    told.into_owned()
}

fn shipped(code: &str) -> Source {
    builtin().into_iter().find(|form| form.code == code).unwrap()
}

fn form_of_the_year() -> Source {
    shipped("sipas-2026")
}

/// The codes of a survey's people.
fn codes(survey: &Survey) -> Vec<String> {
    survey.people.iter().map(|person| person.code.digits()).collect()
}

fn walk(source: &Source, manner: Manner) -> Value {
    Walk::new(&Form::parse(source).unwrap(), manner).to_json()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_questionnaire_of_the_year_stays_within_its_bytes_requests_taps_and_pages() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let limits = json!({
        "firstView": 20 * 1024, "firstRequests": 3, "laterPage": 6 * 1024, "whole": 150 * 1024, "taps": 110, "pages": 22,
    });
    let walk = walk(&form_of_the_year(), Manner::First);
    run(&house, "budget", json!({ "code": codes(&survey)[0], "walk": walk, "limits": limits })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_in_vietnamese_is_accessible_and_holds_its_layout() {
    look_at_every_page("vi").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_in_english_is_accessible_and_holds_its_layout() {
    look_at_every_page("en").await;
}

async fn look_at_every_page(language: &str) {
    let house = House::start().await;
    let survey = house.survey(1, 4).await;
    // Enough have sent for the flush: too late to withdraw.
    let recorded = house.small_survey(1, 5).await;
    for person in &recorded.people {
        house.visitor().respond(&person.code).await;
    }
    responses::jobs::due(&house.app).await.unwrap();
    house.work().await;

    let early = House::at("2026-09-20T02:00:00Z".parse().unwrap()).await;
    let before = early.survey(1, 1).await;
    let over = House::start().await;
    let closed = over.small_survey(1, 1).await;
    closed.close(&over).await;
    let broken = House::start().await;
    let lost = broken.survey(1, 1).await;
    broken.execute("DROP TABLE answers.draft CASCADE").await;

    let seen = house.app.clock.now() - Duration::minutes(61);
    let idle = Session { code: survey.people[3].code.clone(), campaign: survey.campaign, seen, sent: None };
    let unknown: Vec<_> = (0..11).map(|_| Code::random().unwrap().digits()).collect();
    let [fresh, skipping, refusing, _] = <[String; 4]>::try_from(codes(&survey)).unwrap();
    let mut forms = vec![json!({ "name": "sipas-2026", "walk": walk(&form_of_the_year(), Manner::First) })];
    let mut others = vec![shipped("commune-service-point"), shipped("par-officials")];
    if language == "vi" {
        others.extend(KINDS.map(corpus));
    }
    for source in others {
        let survey = house.survey_of(&source, 1, 1).await;
        forms.push(json!({ "name": source.code, "code": codes(&survey)[0], "walk": walk(&source, Manner::All) }));
    }
    let task = json!({
        "language": language,
        "sensitive": "rieng-tu",
        "codes": {
            "fresh": fresh, "skipping": skipping, "refusing": refusing, "unknown": unknown,
            "used": codes(&recorded)[0],
        },
        "elsewhere": {
            "early": { "address": early.address(""), "code": codes(&before)[0] },
            "closed": { "address": over.address(""), "code": codes(&closed)[0] },
            "our fault": { "address": broken.address(""), "code": codes(&lost)[0] },
        },
        "expired": idle.sealed(&house.app).unwrap(),
        "forms": forms,
        "pictures": std::env::var("SIPAS_TEST_PICTURES").ok(),
    });
    run(&house, "pages", task).await;
}

/// What the forms that ship do not ask for.
const KINDS: [&str; 7] = [
    "date_within_bounds",
    "earlier_answer_in_text",
    "multiple_with_other",
    "note_fills_a_page",
    "number_beside_way_out",
    "number_within_bounds",
    "other_needs_text",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_alone_leads_to_the_receipt_and_its_focus_is_seen() {
    let house = House::start().await;
    let survey = house.survey(1, 2).await;
    // From the top of a page of five questions: to the content, the other language, back, each question once, the button.
    let golden = [
        "Tới nội dung chính",
        "English",
        "Quay lại",
        "q1_economy",
        "q1_health",
        "q1_education",
        "q1_water",
        "q1_electricity",
        "Tiếp tục",
    ];
    let walk = walk(&form_of_the_year(), Manner::First);
    run(&house, "keyboard", json!({ "codes": codes(&survey), "walk": walk, "golden": golden })).await;
    assert_eq!(house.count("answers.inbox").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_works_without_script() {
    let house = House::start().await;
    let survey = house.survey(1, 3).await;
    let walk = walk(&form_of_the_year(), Manner::First);
    run(&house, "noscript", json!({ "codes": codes(&survey), "walk": walk })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_comes_and_goes_takes_no_answer_and_shows_none_to_another_person() {
    let house = House::start().await;
    let survey = house.survey(1, 4).await;
    let walk = walk(&form_of_the_year(), Manner::First);
    run(&house, "offline", json!({ "codes": codes(&survey), "walk": walk })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_back_reload_and_double_taps_end_in_one_receipt() {
    let house = House::start().await;
    let survey = house.survey(1, 2).await;
    let walk = walk(&form_of_the_year(), Manner::First);
    run(&house, "history", json!({ "codes": codes(&survey), "walk": walk })).await;
    assert_eq!(house.count("answers.inbox").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn fingers_chat_programs_and_their_browsers_find_their_way() {
    let house = House::start().await;
    let survey = house.survey(1, 6).await;
    let walk = walk(&form_of_the_year(), Manner::First);
    run(&house, "phones", json!({ "codes": codes(&survey), "walk": walk })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forced_colours_paper_and_contrast_leave_everything_readable() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let mut marks = json!({});
    for (kind, form) in [("one choice", "two_languages"), ("several choices", "multiple_with_other")] {
        let survey = house.survey_of(&corpus(form), 1, 1).await;
        marks[kind] = json!({ "code": codes(&survey)[0], "walk": walk(&corpus(form), Manner::First) });
    }
    let walk = walk(&form_of_the_year(), Manner::First);
    run(&house, "sight", json!({ "codes": codes(&survey), "walk": walk, "marks": marks })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_reader_meets_groups_choices_and_errors_in_order() {
    let house = House::start().await;
    let form = corpus("way_out_differs_by_item");
    let survey = house.survey_of(&form, 1, 1).await;
    let walk = walk(&form, Manner::First);
    run(&house, "heard", json!({ "code": codes(&survey)[0], "walk": walk, "golden": "heard.yml" })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paper_is_keyed_by_the_keyboard_alone_with_and_without_a_script() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    for login in ["an", "binh", "chi"] {
        house.sign_in_as(login, Role::Reviewer, "VN").await;
    }
    // The first choice of every question that is asked then.
    let form = Form::parse(&form_of_the_year()).unwrap();
    let mut interview = Interview::new(&form, Answers::new());
    for page in form.pages() {
        let path = interview.path();
        let Some(step) = path.step(page.code()) else { continue };
        let chosen: Vec<_> = step
            .units()
            .filter_map(|unit| Some((unit.code().to_owned(), unit.choices()?.codes.first()?.to_string())))
            .collect();
        interview.give(page.code(), &chosen, SkipPolicy::Accept).unwrap_or_default();
    }
    let path = interview.path();
    let sheet: serde_json::Map<String, Value> = path
        .units()
        .filter(|unit| unit.choices().is_some())
        .map(|unit| (unit.code().to_owned(), unit.choices().unwrap().codes[0].to_string().into()))
        .collect();
    let kept = Texts::new(Language::Vietnamese).get("keying-told-first");
    let pictures = std::env::var("SIPAS_TEST_PICTURES").ok();
    let task =
        json!({ "code": codes(&survey)[0], "password": PASSWORD, "sheet": sheet, "kept": kept, "pictures": pictures });
    run(&house, "keying", task).await;
    assert_eq!((house.count("answers.inbox").await, house.count("answers.keying").await), (1, 0));
}
