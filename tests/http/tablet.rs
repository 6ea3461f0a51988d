//! The interviewer's tablet: what it takes along, what the server takes back, and a device that dies again and again.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at a surprise")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::Duration;
use e2e::{Answer, House, PASSWORD, Visitor, morning, tiny_form};
use reqwest::Method;
use serde_json::{Value, json};
use server::base::envelope;
use server::campaigns::{self, Campaign};
use server::invitations::code::Code;
use server::responses::body::Body;
use server::responses::{self, rules};
use server::staff::{self, Role, Shut};
use survey_forms::Form;

const INTERVIEWS: &str = "/dtv/may/tra-loi";
const VISITS: &str = "/dtv/may/lan-den";

/// Branches, a sensitive page in the middle that a later text and a later page depend on, words beside a choice, a question that only
/// interviewers ask.
const FORM: &str = r#"
method = "test"
languages = ["vi"]
sections = ["one"]

[[pages]]
code = "dau"
section = "one"
show = ["a1", "a2"]

[[pages]]
code = "nhanh"
section = "one"
show = ["b1", "b2"]
when = { unit = "a1", is = 1 }

[[pages]]
code = "rieng-tu"
section = "one"
sensitive = true
show = ["s1", "s2"]

[[pages]]
code = "sau"
section = "one"
show = ["c1"]
when = { unit = "s1", one_of = [1, 2] }

[[pages]]
code = "cuoi"
section = "one"
show = ["d1", "d2"]

[[questions]]
code = "a1"
kind = "single"
choices = [1, 2, 3]

[[questions]]
code = "a2"
kind = "multiple"
choices = [1, 2, 3]
write_in = 3

[[questions]]
code = "b1"
kind = "single"
choices = [1, 2]

[[questions]]
code = "b2"
kind = "text"

[[questions]]
code = "s1"
kind = "single"
choices = [1, 2, 3]

[[questions]]
code = "s2"
kind = "single"
choices = [1, 2]

[[questions]]
code = "c1"
kind = "single"
choices = [1, 2]

[[questions]]
code = "d1"
kind = "single"
choices = [1, 2]

[[questions]]
code = "d2"
kind = "single"
choices = [1, 2]
asked_by = "interviewer"
"#;

fn words() -> String {
    let mut words = String::from(
        "title = \"Mẫu thử\"\n[ways_out]\nskipped = \"Bỏ qua\"\n[sections]\none = \"Phần một\"\n[pages]\ndau = \"Đầu\"\nnhanh = \"Nhánh\"\nrieng-tu = \"Riêng\"\nsau = \"Sau\"\ncuoi = \"Cuối\"\n",
    );
    for (code, choices) in
        [("a1", 3), ("a2", 3), ("b1", 2), ("b2", 0), ("s1", 3), ("s2", 2), ("c1", 2), ("d1", 2), ("d2", 2)]
    {
        let told = if code == "c1" { "{s1} và {a1}" } else { code };
        writeln!(words, "[questions.{code}]\nstem = \"Câu hỏi {told}\"").unwrap();
        if choices > 0 {
            writeln!(words, "[questions.{code}.choices]").unwrap();
        }
        for choice in 1..=choices {
            writeln!(words, "{choice} = \"Lựa chọn {code} {choice}\"").unwrap();
        }
    }
    words
}

/// An open survey, and an interviewer of Hà Nội with some of its cases.
struct Ground {
    house: House,
    campaign: Campaign,
    interviewer: Visitor,
    staff: String,
    cases: Vec<String>,
    codes: Vec<Code>,
    form: Form,
    /// What the tablet seals for.
    key: String,
}

impl Ground {
    async fn new() -> Self {
        let house = House::start().await;
        let source = tiny_form("thu", FORM, &words());
        let form = Form::parse(&source).unwrap();
        let version = house.approved(&source).await;
        let (campaign, draw) = house.issued("thu").await;
        house.execute(&format!("UPDATE office.campaign SET form_version_id = '{version}', flush_at_least = 1")).await;
        let campaign = house.campaign_now(&campaign.slug).await;
        house.open_fieldwork(&campaign).await;
        let campaign = house.campaign_now("thu").await;
        let mut interviewer = house.sign_in(Role::Interviewer, "01").await;
        let staff = house.rows("SELECT id::text AS line FROM office.staff WHERE role = 'interviewer'").await.remove(0);
        let cases = house
            .rows("SELECT invitation_id::text AS line FROM contact.field_case WHERE province_code = '01' ORDER BY position LIMIT 6")
            .await;
        house
            .execute(&format!(
                "UPDATE contact.field_case SET interviewer_id = '{staff}' WHERE invitation_id IN ('{}')",
                cases.join("', '")
            ))
            .await;
        let codes = house.print_list(draw).iter().skip(1).map(|line| Code::parse(&line[0]).unwrap()).collect();
        let bundle: Value = serde_json::from_str(&interviewer.get("/dtv/may/goi.json").await.is(200).text).unwrap();
        let key = bundle["key"].as_str().unwrap().to_owned();
        Self { house, campaign, interviewer, staff, cases, codes, form, key }
    }

    fn answers() -> Value {
        json!({ "a1": 1, "a2": [1, 3], "a2_text": "khác", "b1": 2, "b2": "chữ", "s1": 3, "s2": 1, "d1": 1, "d2": 2 })
    }

    fn interview(&self, code: &Code, answers: &Value) -> Value {
        let id = "5f0c8f6e-24f5-4d0c-9c1e-7c5b2f8f0a11";
        json!({ "id": id, "code": code.digits(), "form": self.form.digest(), "answers": answers, "locked": [] })
    }

    fn visit(id: &str, case: &str, outcome: &str) -> Value {
        json!({ "id": id, "case": case, "outcome": outcome, "day": "2026-10-05", "appointment": "", "note": "Cổng xanh" })
    }

    fn sealed(&self, body: &Value) -> String {
        envelope::seal(&self.key, body.to_string().as_bytes()).unwrap()
    }

    async fn deliver(&self, address: &str, body: &Value) -> Answer {
        self.post(address, json!({ "nguoi": self.staff, "niem-phong": self.sealed(body) }).to_string()).await
    }

    async fn post(&self, address: &str, body: String) -> Answer {
        post(&mut self.interviewer.clone(), address, body).await
    }

    /// The same work several times at the same moment, sealed anew each time.
    async fn deliver_at_once(&self, address: &'static str, body: &Value) -> Vec<Answer> {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (mut visitor, body) =
                (self.interviewer.clone(), json!({ "nguoi": self.staff, "niem-phong": self.sealed(body) }).to_string());
            tasks.spawn(async move { post(&mut visitor, address, body).await });
        }
        tasks.join_all().await
    }
}

async fn post(visitor: &mut Visitor, address: &str, body: String) -> Answer {
    visitor
        .request(Method::POST, address, |request| request.header("content-type", "application/json").body(body))
        .await
}

fn receipt(answer: &Answer) -> String {
    let told: Value = serde_json::from_str(&answer.is(200).text).unwrap();
    assert_eq!(told["these"], true);
    told["receipt"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interview_is_stored_once_with_one_receipt_as_an_interviewers() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let interview = ground.interview(&ground.codes[0], &Ground::answers());
    let all = ground.deliver_at_once(INTERVIEWS, &interview).await;
    let receipts: Vec<_> = all.iter().map(receipt).collect();
    assert!(receipts.iter().all(|other| *other == receipts[0]), "{receipts:?}");
    assert_eq!(house.count("answers.inbox").await, 1);
    let other = ground.interview(&ground.codes[0], &json!({ "a1": 2, "a2": [1], "s1": 3, "s2": 1, "d1": 1, "d2": 2 }));
    ground.deliver(INTERVIEWS, &other).await.is(409).shows("đã có câu trả lời khác");

    // Pages that were locked on the device come sealed by themselves.
    let id = "0d9f2d4e-31f2-4d7a-8f7f-0c2f3a1b5c77";
    let locked = ground.sealed(&json!({ "interview": id, "answers": { "s1": 3, "s2": 2 } }));
    let apart = json!({
        "id": id, "code": ground.codes[1].to_string(), "form": ground.form.digest(),
        "answers": { "a1": 2, "a2": 97, "d1": 1, "d2": 97 }, "locked": [locked],
    });
    receipt(&ground.deliver(INTERVIEWS, &apart).await);
    responses::jobs::due(&house.app).await.unwrap();
    house.work().await;
    let stored = house.rows("SELECT mode || ' ' || answers::text AS line FROM answers.response ORDER BY 1").await;
    assert_eq!(stored.len(), 2);
    assert!(stored.iter().all(|line| line.starts_with("interviewer ")), "{stored:?}");
    assert!(stored.iter().any(|line| line.contains("\"s2\": 2") && line.contains("\"d2\": 97")), "{stored:?}");
    // After the flush nobody can say any more whether these were the answers.
    let told: Value = serde_json::from_str(&ground.deliver(INTERVIEWS, &apart).await.is(200).text).unwrap();
    assert_eq!(told["these"], false);
    assert_eq!(house.count("answers.response").await, 2);
    // Nothing on the side of the persons tells who asked whom, or when.
    let audit = house.rows("SELECT verb || details::text AS line FROM office.audit_entry WHERE verb LIKE '%interview%' OR details::text LIKE '%tra-loi%'").await;
    assert!(audit.is_empty(), "{audit:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_is_refused_with_a_word_and_changes_nothing() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let code = &ground.codes[0];
    let good = ground.interview(code, &Ground::answers());
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut body = good.clone();
        change(&mut body);
        body
    };

    // Who may not.
    let sealed = json!({ "nguoi": ground.staff, "niem-phong": ground.sealed(&good) }).to_string();
    let client = reqwest::Client::new();
    let request = client.post(house.address(INTERVIEWS)).header("content-type", "application/json");
    let answer = request.header("accept", "application/json").body(sealed.clone()).send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (401, &"application/problem+json".parse().unwrap())
    );
    let mut coordinator = house.sign_in(Role::Coordinator, "01").await;
    post(&mut coordinator, INTERVIEWS, sealed.clone()).await.is(403);
    coordinator.get("/dtv/may/goi.json").await.is(403);
    let mut colleague = house.sign_in_as("dieu.tra.2", Role::Interviewer, "01").await;
    post(&mut colleague, INTERVIEWS, sealed.clone()).await.is(409).shows("do người khác làm");
    let mut framed = ground.interviewer.clone();
    let elsewhere = framed.request(Method::POST, INTERVIEWS, |request| {
        request.header("content-type", "application/json").header("origin", "https://evil.example").body(sealed.clone())
    });
    elsewhere.await.is(403);

    // What is no delivery.
    for body in
        ["", "{", "[]", "null", "{\"nguoi\":1}", &format!("{{\"nguoi\":\"{}\",\"niem-phong\":\"AAAA\"}}", ground.staff)]
    {
        ground.post(INTERVIEWS, body.to_owned()).await.is(400);
        ground.post(VISITS, body.to_owned()).await.is(400);
    }
    ground.interviewer.clone().request(Method::POST, INTERVIEWS, |request| request.body(sealed.clone())).await.is(400);
    ground.post(INTERVIEWS, "x".repeat(70_000)).await.is(413);
    let foreign = server::base::envelope::Opener::new(&server::base::seal::Key::random().unwrap()).unwrap().public();
    let foreign = envelope::seal(&foreign, good.to_string().as_bytes()).unwrap();
    ground.post(INTERVIEWS, json!({ "nguoi": ground.staff, "niem-phong": foreign }).to_string()).await.is(400);
    ground.deliver(INTERVIEWS, &changed(&|body| body["answers"] = json!({ "a1": { "number": "x" } }))).await.is(400);

    // What the questionnaire or the survey does not take.
    let unknown = Code::random().unwrap().digits();
    for (body, status, word) in [
        (changed(&|body| body["code"] = json!(unknown)), 422, "Không tìm thấy mã này"),
        (changed(&|body| body["code"] = json!("4821")), 422, "Không tìm thấy mã này"),
        (changed(&|body| body["form"] = json!("0".repeat(64))), 409, "bản câu hỏi khác"),
        (changed(&|body| body["answers"]["la"] = json!(1)), 422, "không thuộc bản câu hỏi"),
        (changed(&|body| body["answers"]["a1"] = json!(7)), 422, "không thuộc bản câu hỏi"),
        (changed(&|body| drop(body["answers"].as_object_mut().unwrap().remove("d2"))), 422, "Còn trang chưa hỏi"),
        (
            changed(&|body| {
                let other = json!({ "interview": "7a6de3c1-5b43-4cc5-9f12-9a3b6c1f2d55", "answers": { "s1": 1 } });
                body["locked"] = json!([ground.sealed(&other)]);
            }),
            422,
            "không thuộc bản câu hỏi",
        ),
    ] {
        ground.deliver(INTERVIEWS, &body).await.is(status).shows(word);
    }
    assert_eq!(house.count("answers.inbox").await, 0);

    // An account that was shut out, and a survey that is over.
    let account = staff::list(&house.app, "VN")
        .await
        .unwrap()
        .into_iter()
        .find(|row| row.id.to_string() == ground.staff)
        .unwrap();
    staff::shut_out(&house.app, &house.actor, &account, Shut::Out).await.unwrap();
    let shut = ground.deliver(INTERVIEWS, &good).await;
    assert!(shut.place.starts_with("/dang-nhap"), "{}", shut.place);
    assert_eq!(house.count("answers.inbox").await, 0);
    staff::shut_out(&house.app, &house.actor, &account, Shut::In).await.unwrap();
    let mut again = house.visitor();
    again.post("/dang-nhap", &[("login", "interviewer.01"), ("password", PASSWORD)]).await;
    campaigns::close(&house.app, &house.actor, &ground.campaign).await.unwrap();
    house.app.clock.advance(Duration::seconds(2));
    post(&mut again, INTERVIEWS, sealed).await.is(422).shows("đã đóng");
    assert_eq!(house.count("answers.inbox").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_comes_from_who_has_the_case_and_counts_once() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let (first, second) = ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222");
    let visit = Ground::visit(first, &ground.cases[0], "nobody-home");
    let all = ground.deliver_at_once(VISITS, &visit).await;
    assert!(all.iter().all(|answer| receipt(answer) == first));
    assert_eq!(house.count("contact.visit").await, 1);
    let attempts = house
        .rows(&format!(
            "SELECT attempts::text AS line FROM contact.field_case WHERE invitation_id = '{}'",
            ground.cases[0]
        ))
        .await;
    assert_eq!(attempts, ["1"]);

    let others = house
        .rows("SELECT invitation_id::text AS line FROM contact.field_case WHERE interviewer_id IS NULL LIMIT 1")
        .await;
    ground.deliver(VISITS, &Ground::visit(second, &others[0], "refused")).await.is(404);
    ground.deliver(VISITS, &Ground::visit(second, &ground.cases[0], "vui")).await.is(422).shows("Chọn một kết quả");
    ground.deliver(VISITS, &Ground::visit(second, &ground.cases[0], "appointment")).await.is(422).shows("Ghi ngày giờ");
    let mut late = Ground::visit(second, &ground.cases[0], "away");
    late["day"] = json!("2026-08-01");
    ground.deliver(VISITS, &late).await.is(422).shows("không quá 30 ngày");
    assert_eq!(house.count("contact.visit").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_names_nobody_and_the_bundle_only_the_interviewers_own() {
    let mut ground = Ground::new().await;
    let names = ground
        .house
        .rows("SELECT name AS line FROM contact.frame_unit JOIN contact.field_case ON person_code = code WHERE interviewer_id IS NOT NULL")
        .await;
    let mut stranger = ground.house.visitor();
    for address in ["/dtv/may", "/dtv/may?ngon-ngu=en", "/dtv/may.webmanifest", "/dtv/sw.js"] {
        let (for_nobody, for_one) = (stranger.get(address).await, ground.interviewer.get(address).await);
        assert_eq!(for_nobody.is(200).text, for_one.text, "{address}");
        assert!(!names.iter().any(|name| for_one.text.contains(name)), "{address}");
    }
    let page = ground.interviewer.get("/dtv").await;
    page.is(200).shows("Dùng máy tính bảng khi không có mạng");
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("worker-src 'self'") && policy.contains("manifest-src 'self'"), "{policy}");
    assert!(stranger.get("/dtv/may/goi.json").await.place.starts_with("/dang-nhap"));

    // Somebody answered alone meanwhile.
    ground
        .house
        .execute(&format!("UPDATE contact.invitation SET status = 'responded' WHERE id = '{}'", ground.cases[1]))
        .await;
    let answer = ground.interviewer.get("/dtv/may/goi.json").await;
    let bundle: Value = serde_json::from_str(&answer.is(200).text).unwrap();
    assert_eq!(answer.headers["cache-control"], "no-store");
    let mut told: Vec<_> =
        bundle["cases"].as_array().unwrap().iter().map(|case| case["id"].as_str().unwrap()).collect();
    told.sort_unstable();
    let mut cases: Vec<_> = ground.cases.iter().map(String::as_str).collect();
    cases.sort_unstable();
    assert_eq!(told, cases);
    let online: Vec<_> = bundle["cases"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|case| case["online"] == true)
        .map(|case| &case["id"])
        .collect();
    assert_eq!(online, [&json!(ground.cases[1])]);
    let pages = bundle["surveys"][0]["languages"]["vi"]["pages"].as_object().unwrap();
    assert_eq!(pages.len(), 5);
    assert!(pages["sau"].as_str().unwrap().contains("Câu hỏi {s1} và {a1}"), "holes are left for the script");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_without_a_network_loses_nothing_however_often_it_is_killed() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let names = house
        .rows("SELECT name AS line FROM contact.frame_unit JOIN contact.field_case ON person_code = code WHERE interviewer_id IS NOT NULL")
        .await;
    let codes: Vec<String> = ground.codes[..6].iter().map(Code::digits).collect();
    let task = json!({
        "address": house.address(""), "login": "interviewer.01", "password": PASSWORD, "codes": codes, "names": names,
        "visits": ground.cases[..4], "seed": 20_261_122, "now": morning(),
    });
    let told: Value = serde_json::from_str(&crate::browser::node("tablet", &task).await).unwrap();
    assert!(told["kills"].as_u64().unwrap() >= 5, "{told}");

    // Every interview and every visit is there once, and says what was chosen.
    assert_eq!(house.count("answers.inbox").await, 6);
    assert_eq!(house.count("contact.visit").await, 4);
    assert_eq!(house.count("contact.field_case WHERE attempts = 1").await, 4);
    let wave = house.app.keys.wave(ground.campaign.id).unwrap().unwrap();
    let day = house.app.keys.day(house.app.keys.days().unwrap()[0]).unwrap().unwrap();
    let rows: BTreeMap<String, String> = house
        .rows("SELECT encode(tag, 'hex') || ' ' || encode(sealed, 'hex') AS line FROM answers.inbox")
        .await
        .iter()
        .map(|line| line.split_once(' ').map(|(tag, sealed)| (tag.to_owned(), sealed.to_owned())).unwrap())
        .collect();
    let mut receipts = Vec::new();
    for code in &ground.codes[..6] {
        let tag = code.tag(&wave).unwrap();
        let sealed = responses::body::from_hex(&rows[&server::base::seal::hex(&tag)]).unwrap();
        let body = Body::open(&day, &tag, &sealed).unwrap();
        assert_eq!(body.mode, "interviewer");
        let stored = serde_json::to_value(&body.answers).unwrap();
        for (unit, chosen) in told["answered"][code.digits()].as_object().unwrap() {
            let value: u16 = chosen[0].as_str().unwrap().parse().unwrap();
            assert!(stored[unit] == json!(value) || stored[unit] == json!([value]), "{unit}: {chosen} became {stored}");
        }
        receipts.push(rules::receipt(
            &house.app.keys.purpose("receipt").unwrap().digest(code.digits().as_bytes()).unwrap(),
        ));
    }
    let mut shown: Vec<_> =
        told["receipts"].as_array().unwrap().iter().map(|receipt| receipt.as_str().unwrap().to_owned()).collect();
    shown.sort();
    receipts.sort();
    assert_eq!(shown, receipts);
}
