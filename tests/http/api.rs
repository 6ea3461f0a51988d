//! What the owner of a machine that reads us would notice.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at a surprise")]

use std::collections::BTreeSet;
use std::path::Path;

use chrono::Duration;
use e2e::{Answer, House, Visitor};
use reqwest::Method;
use reqwest::header::{ACCEPT, IF_NONE_MATCH};
use serde_json::{Value, json};
use server::editions::Content;
use server::staff::Role;

use crate::editions::{closed_survey, published};

const EDITION: &str = "/api/v1/editions/sipas-2026/1";
/// Of nothing.
const NO_ID: &str = "019a0000-0000-7000-8000-000000000000";

pub(crate) fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.bytes).unwrap_or_else(|cause| panic!("{}: {cause}: {}", answer.place, answer.text))
}

/// A refusal as machines are told it: the code.
#[track_caller]
pub(crate) fn refusal(answer: &Answer, status: u16) -> String {
    answer.is(status);
    assert_eq!(answer.headers["content-type"], "application/problem+json", "{}", answer.place);
    let document = json(answer);
    assert_eq!(document["status"], status);
    assert_eq!(document["type"], format!("urn:sipas:error:{}", document["code"].as_str().unwrap()));
    assert!(!document["title"].as_str().unwrap().is_empty());
    document["code"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_reads_what_is_public_figure_by_figure_and_nothing_before_its_moment() {
    let house = House::start().await;
    closed_survey(&house).await;
    let mut machine = house.visitor();
    assert_eq!(json(&machine.get("/api/v1/editions").await), json!({ "editions": [] }));
    assert_eq!(refusal(&machine.get(EDITION).await, 404), "page-missing");
    published(&house).await;
    house.app.clock.advance(Duration::seconds(1));

    let list = machine.get("/api/v1/editions").await;
    list.is(200);
    assert_eq!(list.headers["access-control-allow-origin"], "*");
    assert!(list.headers["cache-control"].to_str().unwrap().starts_with("public, max-age="));
    assert!(list.headers.get("set-cookie").is_none());
    let edition = json(&list)["editions"][0].clone();
    assert_eq!((&edition["label"], &edition["newest"]), (&json!("sipas-2026/1"), &json!(true)));
    assert_eq!((&edition["year"], &edition["synthetic"]), (&json!(2026), &json!(true)));
    assert_eq!(edition["released_at"], "2026-10-05T02:00:00Z");
    assert_eq!(edition["document"], house.address(EDITION));

    // The very bytes that were frozen, told once.
    let document = machine.get(EDITION).await;
    document.is(200);
    assert_eq!(edition["sha256"], server::base::seal::hex(&server::base::seal::sha256(&document.bytes)));
    let content: Content = serde_json::from_slice(&document.bytes).unwrap();
    let tag = document.headers["etag"].clone();
    let again = machine.request(Method::GET, EDITION, |request| request.header(IF_NONE_MATCH, tag)).await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    assert_eq!(document.bytes, machine.get("/du-lieu/sipas-2026/1/tai-lieu.json").await.bytes);

    // All pages together are the figures of the edition, in its order.
    let mut figures = Vec::new();
    for page in 1.. {
        let answer = json(&machine.get(&format!("{EDITION}/figures?per_page=700&page={page}")).await);
        assert_eq!(answer["total"], content.figures.len());
        let some = answer["figures"].as_array().unwrap().clone();
        if some.is_empty() {
            break;
        }
        figures.extend(some);
    }
    assert_eq!(Value::from(figures), serde_json::to_value(&content.figures).unwrap());

    let one = machine.get(&format!("{EDITION}/figures?place=48&code=overall&rule=M")).await;
    assert_eq!(one.headers["access-control-allow-origin"], "*");
    let one = json(&one);
    assert_eq!((&one["total"], &one["edition"]), (&json!(1), &json!("sipas-2026/1")));
    assert_eq!(one["figures"][0], serde_json::to_value(content.figure("overall", "M", "48").unwrap()).unwrap());
    let hidden = json(&machine.get(&format!("{EDITION}/figures?place=04&code=overall&rule=M")).await);
    assert_eq!(hidden["figures"][0]["flags"], "c");
    assert!(hidden["figures"][0].get("value").is_none() && hidden["figures"][0].get("n").is_none());

    for (name, told) in [
        ("places", serde_json::to_value(&content.places).unwrap()),
        ("indicators", serde_json::to_value(&content.indicators).unwrap()),
        ("questions", serde_json::to_value(&content.questions).unwrap()),
    ] {
        let list = machine.get(&format!("{EDITION}/{name}")).await;
        list.is(200);
        assert_eq!(json(&list)[name], told);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_questions_are_documents_that_say_what_is_wrong_whatever_was_asked_for() {
    let house = House::start().await;
    closed_survey(&house).await;
    published(&house).await;
    house.app.clock.advance(Duration::seconds(1));
    let mut machine = house.visitor();
    let long = "x".repeat(5_000);
    for (path, status, code) in [
        ("/api/v1/editions/sipas-2026/2", 404, "page-missing"),
        ("/api/v1/editions/sipas-2026/x", 404, "page-missing"),
        ("/api/v1/editions/nothing/1", 404, "page-missing"),
        ("/api/v1/editions/sipas-2026/2/places", 404, "edition-missing"),
        ("/api/v1/nothing", 404, "page-missing"),
        ("/api/v1/editions/sipas-2026/1/figures?place=Atlantis", 404, "api-place"),
        ("/api/v1/editions/sipas-2026/1/figures?code=q99", 404, "api-code"),
        ("/api/v1/editions/sipas-2026/1/figures?rule=X", 400, "api-parameters"),
        ("/api/v1/editions/sipas-2026/1/figures?answer=-1", 400, "api-parameters"),
        ("/api/v1/editions/sipas-2026/1/figures?plce=48", 400, "api-parameters"),
        ("/api/v1/editions/sipas-2026/1/figures?page=0", 400, "api-page"),
        ("/api/v1/editions/sipas-2026/1/figures?per_page=1001", 400, "api-page"),
        ("/api/v1/editions/sipas-2026/1/figures?page=99999999999999999999999", 400, "api-parameters"),
        (&format!("/api/v1/editions/sipas-2026/1/figures?place={long}"), 404, "api-place"),
        (&format!("/api/v1/editions/{long}/1"), 404, "page-missing"),
    ] {
        let answer = machine.request(Method::GET, path, |request| request.header(ACCEPT, "text/html")).await;
        assert_eq!(refusal(&answer, status), code, "{path}");
        assert_eq!(answer.headers["access-control-allow-origin"], "*");
    }
    let told = machine.get("/api/v1/editions/sipas-2026/1/figures?plce=48").await;
    told.shows("plce");
    let posted = machine.request(Method::POST, EDITION, |request| request.body("{}")).await;
    assert_eq!(refusal(&posted, 405), "api-only-read");
    assert_eq!(posted.headers["allow"], "GET");
}

/// Every address in the source, as its route writes it.
fn written() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/src/api")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let routes = text.split(".route(\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        found.extend(routes.filter(|pattern| pattern.starts_with("/api/")));
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_has_every_address_and_every_address_in_it_answers() {
    let house = House::start().await;
    house.visitor().get("/du-lieu").await.is(200).shows("href=\"/api/v1/openapi.json\"");
    closed_survey(&house).await;
    published(&house).await;
    house.app.clock.advance(Duration::seconds(1));
    let mut machine = house.visitor();
    let description = machine.get("/api/v1/openapi.json").await;
    description.is(200);
    let description = json(&description);
    let paths: BTreeSet<String> = description["paths"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(paths, written());
    for path in &paths {
        let open = description["paths"][path]["get"]["security"].is_null();
        let address = path.replace("{survey}", "sipas-2026").replace("{number}", "1").replace("{id}", NO_ID);
        let answer = machine.get(&address).await;
        if open {
            answer.is(200);
        } else {
            refusal(&answer, 401);
        }
    }
    // Whoever makes a client of it finds each shape that is spoken of.
    let text = description.to_string();
    for named in text.split("#/components/schemas/").skip(1) {
        let name = named.split('"').next().unwrap();
        assert!(description["components"]["schemas"][name].is_object(), "{name}");
    }
}

/// Asks with a token, as a script would.
async fn asked(house: &House, path: &str, token: &str) -> Answer {
    house.visitor().request(Method::GET, path, |request| request.bearer_auth(token)).await
}

const PAGE: &str = "/pt/may";

/// Makes a token on the page; the token as it is shown.
async fn token(analyst: &mut Visitor, name: &str, scopes: &[&str], days: &str) -> String {
    let form = analyst.get(PAGE).await.is(200).hidden("phieu").unwrap();
    let mut fields = vec![("phieu", form.as_str()), ("ten", name), ("han", days)];
    fields.extend(scopes.iter().map(|scope| ("quyen", *scope)));
    let page = analyst.post(PAGE, &fields).await;
    page.is(200).shows("chỉ hiện một lần");
    assert_eq!(page.headers["cache-control"], "no-store");
    let (_, rest) = page.text.split_once("<code class=\"digest\">").unwrap();
    let token = rest.split_once('<').unwrap().0.to_owned();
    assert!(token.starts_with("sipas_") && token.len() == 49, "{token}");
    // The form sent again makes no second one, and does not show the first.
    let again = analyst.post(PAGE, &fields).await;
    again.is(422).shows("Mã này đã cấp");
    assert!(!again.text.contains(&token));
    token
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_made_by_the_ministry_is_shown_once_and_ends() {
    let house = House::start().await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get(PAGE).await.is(200).shows("Chưa cấp mã truy cập nào");
    let wrong = analyst.post(PAGE, &[("ten", " "), ("quyen", "everything"), ("han", "4000")]).await;
    wrong.is(422).shows("Ghi tên hệ thống").shows("Chọn ít nhất một phần").shows("Chọn thời hạn");
    let kept = analyst.post(PAGE, &[("ten", "Trục liên thông"), ("quyen", "progress")]).await;
    kept.is(422).shows("value=\"Trục liên thông\"").shows("value=\"progress\" checked");
    assert_eq!(house.count("office.api_token").await, 0);

    let first = token(&mut analyst, "Trục liên thông", &["progress"], "30").await;
    let second = token(&mut analyst, "Kho số liệu", &["progress", "exports"], "365").await;
    assert_ne!(first, second);
    let row = house.rows("SELECT api_token::text || encode(digest, 'escape') AS line FROM office.api_token").await;
    assert!(
        row.len() == 2
            && row
                .iter()
                .all(|row| [&first, &second].iter().all(|token| !row.contains(token.trim_start_matches("sipas_"))))
    );

    asked(&house, "/api/v1/surveys", &first).await.is(200);
    let page = analyst.get(PAGE).await;
    page.shows("Trục liên thông")
        .shows("Tiến độ khảo sát theo tỉnh, Tệp số liệu")
        .shows("05/10/2026")
        .shows("Chưa dùng");
    // Its thirtieth day is the last.
    house.app.clock.advance(Duration::days(30));
    asked(&house, "/api/v1/surveys", &first).await.is(200);
    house.app.clock.advance(Duration::days(1));
    let over = asked(&house, "/api/v1/surveys", &first).await;
    assert_eq!(refusal(&over, 401), "api-token-wrong");
    asked(&house, "/api/v1/surveys", &second).await.is(200);

    let mut analyst = house.sign_in_as("hom.sau", Role::Analyst, "VN").await;
    analyst.get(PAGE).await.is(200).shows("Đã hết hạn sau ngày 04/11/2026");
    let id = house.rows("SELECT id::text AS line FROM office.api_token WHERE reads_exports").await.remove(0);
    analyst.post(&format!("{PAGE}/{id}/thu-hoi"), &[]).await.is(200).shows("Đã thu hồi ngày 05/11/2026");
    assert_eq!(refusal(&asked(&house, "/api/v1/surveys", &second).await, 401), "api-token-wrong");
    analyst.post(&format!("{PAGE}/{id}/thu-hoi"), &[]).await.is(409).shows("đã thu hồi trước đó");
    let trail = house
        .rows("SELECT verb || ' ' || actor AS line FROM office.audit_entry WHERE verb LIKE 'api.%' ORDER BY id")
        .await;
    assert_eq!(
        trail,
        ["api.make_token staff:analyst.vn", "api.make_token staff:analyst.vn", "api.revoke_token staff:hom.sau"]
    );

    for (role, place) in [(Role::Analyst, "48"), (Role::Coordinator, "VN")] {
        let mut other = house.sign_in(role, place).await;
        other.get(PAGE).await.is(403);
        other.post(PAGE, &[("ten", "x"), ("quyen", "progress"), ("han", "30")]).await.is(403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_with_a_token_follows_the_fieldwork_and_nothing_more() {
    let house = House::start().await;
    let (campaign, _) = house.issued("thu").await;
    house.open_fieldwork(&campaign).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let token = token(&mut analyst, "Trục liên thông", &["progress"], "30").await;
    let address = format!("/api/v1/surveys/{}/progress", campaign.slug);

    let nobody = house.visitor().get(&address).await;
    assert_eq!(refusal(&nobody, 401), "api-token-needed");
    assert_eq!(nobody.headers["www-authenticate"], "Bearer realm=\"sipas\"");
    for wrong in ["", "sipas_", token.trim_start_matches('s'), &format!("{token}x"), &"x".repeat(4_000)] {
        assert_eq!(refusal(&asked(&house, &address, wrong).await, 401), "api-token-wrong", "{wrong}");
    }
    let basic = house.visitor().request(Method::GET, &address, |request| request.basic_auth("x", Some(&token))).await;
    assert_eq!(refusal(&basic, 401), "api-token-wrong");
    // Who is signed in is no machine.
    assert_eq!(refusal(&analyst.get(&address).await, 401), "api-token-needed");

    let surveys = json(&asked(&house, "/api/v1/surveys", &token).await);
    assert_eq!(
        (&surveys["surveys"][0]["slug"], &surveys["surveys"][0]["state"]),
        (&json!(campaign.slug), &json!("open"))
    );
    let answer = asked(&house, &address, &token).await;
    answer.is(200);
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert!(answer.headers.get("access-control-allow-origin").is_none(), "not for other sites' scripts");
    let progress = json(&answer);
    let count = |condition: &str| format!("contact.field_case WHERE campaign_id = '{}' {condition}", campaign.id);
    let all = house.count(&count("")).await;
    let cases = |cases: &Value| cases["sample"].as_i64().unwrap() + cases["reserves"].as_i64().unwrap();
    assert_eq!(cases(&progress["country"]), all);
    let provinces = progress["provinces"].as_array().unwrap();
    assert!(provinces.len() > 1);
    for province in provinces {
        let code = province["code"].as_str().unwrap();
        assert_eq!(cases(&province["cases"]), house.count(&count(&format!("AND province_code = '{code}'"))).await);
    }
    assert_eq!(refusal(&asked(&house, "/api/v1/surveys/nothing/progress", &token).await, 404), "campaign-missing");
    let exports = asked(&house, &format!("/api/v1/surveys/{}/exports", campaign.slug), &token).await;
    assert_eq!(refusal(&exports, 403), "api-scope");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_takes_files_of_figures_and_never_single_answers() {
    let house = House::start().await;
    let campaign = closed_survey(&house).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get("/pt/ket-qua/sipas-2026/xuat").await.is(200);
    for contents in ["tables", "full"] {
        analyst.post("/pt/ket-qua/sipas-2026/xuat", &[("gi", contents), ("dang", "csv")]).await.is(200);
    }
    house.work().await;
    let token = token(&mut analyst, "Kho số liệu", &["exports"], "90").await;
    let list = json(&asked(&house, &format!("/api/v1/surveys/{}/exports", campaign.slug), &token).await);
    let files = list["exports"].as_array().unwrap();
    assert_eq!(files.len(), 1, "the file of single answers is not told of: {list}");
    let address = files[0]["address"].as_str().unwrap().strip_prefix(&house.address("")).unwrap().to_owned();
    let file = asked(&house, &address, &token).await;
    file.is(200);
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(files[0]["sha256"], server::base::seal::hex(&server::base::seal::sha256(&file.bytes)));
    assert_eq!(files[0]["bytes"], file.bytes.len());
    let full = house.rows("SELECT id::text AS line FROM office.export_file WHERE contents = 'full'").await.remove(0);
    assert_eq!(refusal(&asked(&house, &format!("/api/v1/exports/{full}"), &token).await, 404), "exports-gone");
    assert_eq!(refusal(&asked(&house, "/api/v1/exports/x", &token).await, 404), "page-missing");
    assert_eq!(refusal(&asked(&house, "/api/v1/surveys", &token).await, 403), "api-scope");
    let trail =
        house.rows("SELECT actor AS line FROM office.audit_entry WHERE verb = 'exports.download' ORDER BY id").await;
    assert_eq!(trail, ["machine:Kho số liệu"]);
    house.app.clock.advance(Duration::days(31));
    assert_eq!(refusal(&asked(&house, &address, &token).await, 404), "exports-gone");
}
