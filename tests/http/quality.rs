//! What fabricated interviews look like from outside, and the check-back of those an interviewer had.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at a surprise")]

use std::sync::Arc;

use e2e::{Answer, House, PASSWORD, Visitor};
use reqwest::Method;
use serde_json::{Value, json};
use server::base::envelope;
use server::campaigns::Campaign;
use server::invitations::code::Code;
use server::responses;
use server::responses::paradata;
use server::staff::{self, Role, Shut};
use survey_forms::{Answers, Form, Interview, Respondent, SkipPolicy, UnitKind};

const BOARD: &str = "/qt/dot/thu/chat-luong";
const CHECKS: &str = "/qt/dot/thu/phuc-tra";

struct Ground {
    house: House,
    campaign: Campaign,
    form: Arc<Form>,
    /// Of the print list, with the province of each.
    codes: Vec<(Code, String)>,
}

struct Interviewer {
    visitor: Visitor,
    id: String,
    key: String,
}

impl Ground {
    async fn new() -> Self {
        let house = House::start().await;
        let (campaign, draw) = house.issued("thu").await;
        house.execute("UPDATE office.campaign SET flush_at_least = 1").await;
        house.open_fieldwork(&house.campaign_now(&campaign.slug).await).await;
        let campaign = house.campaign_now("thu").await;
        let form = campaign.form(&house.app).await.unwrap();
        let code = |line: &Vec<String>| (Code::parse(&line[0]).unwrap(), line[1].clone());
        let codes = house.print_list(draw).iter().skip(1).map(code).collect();
        Self { house, campaign, form, codes }
    }

    /// An interviewer of a province who has all of its cases.
    async fn interviewer(&self, login: &str, province: &str) -> Interviewer {
        let mut visitor = self.house.sign_in_as(login, Role::Interviewer, province).await;
        let id = self
            .house
            .rows(&format!("SELECT id::text AS line FROM office.staff WHERE login = '{login}'"))
            .await
            .remove(0);
        self.house.execute(&format!("UPDATE contact.field_case SET interviewer_id = '{id}' WHERE province_code = '{province}' AND interviewer_id IS NULL")).await;
        let bundle: Value = serde_json::from_str(&visitor.get("/dtv/may/goi.json").await.is(200).text).unwrap();
        let key = bundle["key"].as_str().unwrap().to_owned();
        Interviewer { visitor, id, key }
    }

    fn of_province(&self, province: &str) -> Vec<&Code> {
        self.codes.iter().filter(|(_, place)| place == province).map(|(code, _)| code).collect()
    }

    /// Somebody's answers to everything; `level` of 1 to 5 for each rated item by its place.
    fn answers(&self, seed: usize, level: impl Fn(usize) -> usize) -> Answers {
        let rated: Vec<&str> = paradata::rated(&self.form).iter().map(|unit| unit.code()).collect();
        let mut interview = Interview::new(&self.form, Answers::new()).respondent(Respondent::WithInterviewer);
        let mut page = interview.path().first().map(|page| page.code().to_owned());
        while let Some(code) = page {
            let path = interview.path();
            let units: Vec<_> = path.step(&code).unwrap().units().collect();
            let fields: Vec<(String, String)> = units
                .iter()
                .filter_map(|unit| {
                    let choices = &unit.choices()?.codes;
                    let at = match rated.iter().position(|rated| *rated == unit.code()) {
                        Some(item) => level(item) - 1,
                        None if matches!(unit.kind(), UnitKind::Many(_)) => 0,
                        None => seed % 2,
                    };
                    Some((unit.code().to_owned(), choices[at.min(choices.len() - 1)].to_string()))
                })
                .collect();
            interview.give(&code, &fields, SkipPolicy::Accept).unwrap();
            page = interview.path().next(&code).map(|page| page.code().to_owned());
        }
        interview.into_answers()
    }

    /// Answers that nobody else gives, without a pattern.
    fn honest(&self, seed: usize) -> Answers {
        let mixed = |item: usize| {
            let word = (seed as u64 * 1_000 + item as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            1 + usize::try_from((word >> 40) % 5).unwrap()
        };
        self.answers(seed, mixed)
    }

    async fn deliver(&self, who: &Interviewer, code: &Code, answers: &Answers, seconds: u32) -> Answer {
        let id = "5f0c8f6e-24f5-4d0c-9c1e-7c5b2f8f0a11";
        let body = json!({
            "id": id, "code": code.digits(), "form": self.form.digest(), "answers": answers, "locked": [],
            "seconds": seconds, "odd_hour": false,
        });
        let sealed = envelope::seal(&who.key, body.to_string().as_bytes()).unwrap();
        let body = json!({ "nguoi": who.id, "niem-phong": sealed }).to_string();
        who.visitor
            .clone()
            .request(Method::POST, "/dtv/may/tra-loi", |request| {
                request.header("content-type", "application/json").body(body)
            })
            .await
    }

    /// Sixteen honest interviews in each of three provinces, by one interviewer each.
    async fn honest_elsewhere(&self) {
        for (at, province) in ["04", "08", "11"].into_iter().enumerate() {
            let who = self.interviewer(&format!("that.tha.{province}"), province).await;
            for (turn, code) in self.of_province(province).into_iter().take(16).enumerate() {
                let seed = at * 100 + turn;
                let seconds = 500 + u32::try_from(seed * 37 % 400).unwrap();
                self.deliver(&who, code, &self.honest(seed), seconds).await.is(200);
            }
        }
    }

    /// The nightly flush; whoever was signed in must do so again.
    async fn flush(&self) {
        self.house.app.clock.advance(chrono::Duration::days(1));
        responses::jobs::due(&self.house.app).await.unwrap();
        self.house.work().await;
    }
}

async fn again(house: &House, login: &str) -> Visitor {
    let mut visitor = house.visitor();
    visitor.post("/dang-nhap", &[("login", login), ("password", PASSWORD)]).await.is(200);
    visitor
}

#[tokio::test(flavor = "multi_thread")]
async fn fabricated_interviews_show_per_interviewer_from_ten_forms_on_and_not_before() {
    let ground = Ground::new().await;
    let house = &ground.house;
    house.sign_in(Role::Reviewer, "VN").await.get(BOARD).await.is(200).shows("Chưa có số liệu");
    ground.honest_elsewhere().await;
    let mut who = ground.interviewer("bia.dat", "01").await;
    let codes = ground.of_province("01");
    // One column all along, in half a minute.
    for (turn, code) in codes[..9].iter().enumerate() {
        ground.deliver(&who, code, &ground.answers(turn, |_| 4), 30).await.is(200);
    }
    ground.flush().await;
    assert_eq!(house.count("answers.response").await, 57);
    let mut reviewer = again(house, "reviewer.vn").await;
    let page = reviewer.get(BOARD).await;
    page.is(200).shows("Một cột thẳng").shows("Quá nhanh").shows("Người thử interviewer");
    let own = format!("contact.quality_group WHERE interviewer_id = '{}'", who.id);
    assert_eq!(house.count(&own).await, 0, "nine forms are not told of");
    assert_eq!(house.count("answers.paradata_waiting").await, 9);
    let pseudonym = paradata::pseudonym(&house.app, ground.campaign.id, who.id.parse().unwrap()).unwrap();
    let counted = format!("answers.paradata_count WHERE interviewer = '{pseudonym}'");
    assert_eq!(house.count(&counted).await, 0, "nor are they counted where the database could be read");

    // A second flush changes the seals and nothing else; the tenth form brings all ten.
    let sealed = "SELECT md5(string_agg(sealed::text, '' ORDER BY id)) AS line FROM answers.paradata_waiting";
    let before = house.rows(sealed).await;
    ground.flush().await;
    assert_ne!(house.rows(sealed).await, before);
    who.visitor = again(house, "bia.dat").await;
    ground.deliver(&who, codes[9], &ground.answers(9, |_| 4), 30).await.is(200);
    ground.flush().await;
    assert_eq!(house.count("answers.paradata_waiting").await, 0);
    let mut reviewer = again(house, "reviewer.vn").await;
    who.visitor = again(house, "bia.dat").await;
    let told = house
        .rows(&format!(
            "SELECT kind || ' ' || flagged || '/' || forms || ' ' || stands_out AS line FROM {own} ORDER BY kind"
        ))
        .await;
    assert_eq!(
        told,
        ["many_dont_know 0/10 false", "odd_hour 0/10 false", "straight_line 10/10 true", "too_fast 10/10 true"]
    );
    let honest = house
        .rows("SELECT DISTINCT stands_out::text AS line FROM contact.quality_group WHERE province_code <> '01'")
        .await;
    assert_eq!(honest, ["false"]);
    let page = reviewer.get(BOARD).await;
    page.is(200).shows("10 / 10").shows("khác hẳn").shows("72,2 – 100,0");

    // Nothing of a clock, a person or a member of staff stands on the side of the answers; no response says how it came about.
    let columns = house.rows("SELECT column_name::text AS line FROM information_schema.columns WHERE table_schema = 'answers' AND table_name = 'response' ORDER BY 1").await;
    assert_eq!(columns, ["answers", "campaign_id", "id", "mode", "psu"]);
    let named = house.count(&format!("answers.paradata_count WHERE interviewer = '{}'", who.id)).await;
    assert_eq!(named, 0);

    // Who may look: coordinators of the place and analysts; not the interviewer, and not another province.
    house.sign_in(Role::Coordinator, "01").await.get(BOARD).await.is(200).shows("10 / 10");
    house.sign_in(Role::Analyst, "VN").await.get(BOARD).await.is(200).shows("10 / 10");
    let other = house.sign_in(Role::Reviewer, "04").await.get(BOARD).await;
    assert!(other.is(200).text.contains("16") && !other.text.contains("10 / 10"), "{}", other.text);
    who.visitor.clone().get(BOARD).await.is(403);
    house.sign_in(Role::Supervisor, "01").await.get(BOARD).await.is(403);
    let sheet = reviewer.get(&format!("{BOARD}.xlsx")).await;
    assert!(sheet.is(200).headers["content-type"].to_str().unwrap().contains("spreadsheet"));

    // A note is a note: the form is kept when it lacks something, the data stay.
    let line = format!("{}|straight_line", who.id);
    let address = format!("{BOARD}/ghi-chu");
    let note = [("dong", line.as_str()), ("ket-luan", "check"), ("ly-do", "x")];
    reviewer.post(&address, &note).await.is(422).shows("Ghi lý do từ 5");
    let note = [("dong", line.as_str()), ("ket-luan", "check"), ("ly-do", "Hỏi lại tổ trưởng")];
    reviewer.post(&address, &note).await.is(200).shows("Cần kiểm tra: Hỏi lại tổ trưởng");
    house.sign_in_as("dp.2", Role::Coordinator, "01").await.post(&address, &note).await.is(403);
    assert_eq!(house.count("office.audit_entry WHERE verb = 'quality.note'").await, 1);
    assert_eq!(house.count("answers.response").await, 58);
    // On demand, with a page that tells how far it is.
    let job = reviewer.post(&format!("{BOARD}/tinh"), &[]).await;
    assert!(job.is(200).place.starts_with("/viec/"));
    house.work().await;
    reviewer.get(&job.place).await.is(200).shows("Xem chất lượng phiếu");
    reviewer.get(BOARD).await.is(200).shows("Hỏi lại tổ trưởng");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_answers_have_one_receipt_however_they_came_about() {
    let ground = Ground::new().await;
    let who = ground.interviewer("mot", "01").await;
    let code = ground.of_province("01")[0];
    let answers = ground.honest(1);
    let first = ground.deliver(&who, code, &answers, 600).await;
    let again = ground.deliver(&who, code, &answers, 5).await;
    assert_eq!(first.is(200).text, again.is(200).text);
    assert_eq!(ground.house.count("answers.inbox").await, 1);
    ground.deliver(&who, code, &ground.honest(2), 600).await.is(409);
}

/// Sixteen interviews in which everybody is said to be of the first kind.
async fn sixteen_of_one_kind(ground: &Ground, who: &Interviewer) {
    let codes = ground.of_province("01");
    assert!(codes.len() >= 16, "{}", codes.len());
    for (turn, code) in codes[..16].iter().enumerate() {
        let mut answers = ground.honest(turn);
        answers.extend(ground.answers(0, |_| 4).into_iter().filter(|(unit, _)| !unit.starts_with("q9")));
        ground.deliver(who, code, &answers, 600).await.is(200);
    }
    ground.flush().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_were_drawn_are_asked_again_by_somebody_else_and_compared_by_distribution() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let mut who = ground.interviewer("bia.dat", "01").await;
    sixteen_of_one_kind(&ground, &who).await;
    who.visitor = again(house, "bia.dat").await;
    let mut coordinator = house.sign_in(Role::Coordinator, "01").await;
    let place = format!("{CHECKS}/rut?tinh=01");
    coordinator.get(CHECKS).await.is(200).shows("Chưa rút ai");
    coordinator.post(&place, &[("ty-le", "10"), ("hat-giong", "12345")]).await.is(422).shows("Chưa có giám sát viên");
    let mut first = house.sign_in_as("giam.sat.1", Role::Supervisor, "01").await;
    let mut second = house.sign_in_as("duyet.1", Role::Reviewer, "01").await;
    for (share, seed, message) in
        [("4", "12345", "từ 5 đến 10"), ("", "12345", "từ 5 đến 10"), ("10", " ", "Ghi hạt giống")]
    {
        coordinator.post(&place, &[("ty-le", share), ("hat-giong", seed)]).await.is(422).shows(message);
    }
    house.sign_in(Role::Coordinator, "04").await.post(&place, &[("ty-le", "10"), ("hat-giong", "1")]).await.is(403);
    two_at_once_draw_once(house, &mut coordinator, &place).await;
    assert_eq!(house.count("contact.check_back").await, 2, "at least two of who has ten and more");
    assert_eq!(house.count("contact.check_back WHERE checker_id = interviewer_id").await, 0);
    coordinator.get(CHECKS).await.is(200).shows("hạt giống “12345”");

    // The interviewer learns nothing of it, another province neither.
    who.visitor.clone().get(CHECKS).await.is(403);
    let foreign = house.sign_in(Role::Reviewer, "04").await.get(CHECKS).await;
    foreign.is(200).shows("Chưa rút ai");

    let cases = house.rows("SELECT check_back.invitation_id || ' ' || login AS line FROM contact.check_back JOIN office.staff ON staff.id = checker_id ORDER BY login").await;
    let case = |login: &str| {
        let line = cases.iter().find(|line| line.ends_with(login)).unwrap();
        format!("{CHECKS}/{}", line.split_once(' ').unwrap().0)
    };
    // What lacks is said beside its question; not reached is a try; nobody came is loud.
    let page = first.get(&case("giam.sat.1")).await;
    let id = page.is(200).hidden("phieu").unwrap();
    first.post(&case("giam.sat.1"), &[("phieu", &id)]).await.is(422).shows("Chọn có gặp được không");
    first
        .post(&case("giam.sat.1"), &[("phieu", &id), ("gap", "yes"), ("den", "yes")])
        .await
        .is(422)
        .shows("Trả lời mọi câu");
    let not_there = [("phieu", id.as_str()), ("gap", "no")];
    first.post(&case("giam.sat.1"), &not_there).await.is(200);
    first.post(&case("giam.sat.1"), &not_there).await.is(200);
    assert_eq!(
        house.rows("SELECT sum(attempts)::text AS line FROM contact.check_back").await,
        ["1"],
        "a try sent twice is one"
    );
    second.get(&case("giam.sat.1")).await.is(403);
    second.post(&case("giam.sat.1"), &not_there).await.is(403);
    let id = first.get(&case("giam.sat.1")).await.hidden("phieu").unwrap();
    let nobody = [("phieu", id.as_str()), ("gap", "yes"), ("den", "no")];
    first.post(&case("giam.sat.1"), &nobody).await.is(200);
    coordinator.get(CHECKS).await.is(200).shows("1 người nói không ai đến");
    first.post(&case("giam.sat.1"), &nobody).await.is(200);
    first.post(&case("giam.sat.1"), &[("phieu", "5f0c8f6e-24f5-4d0c-9c1e-7c5b2f8f0a11"), ("gap", "no")]).await.is(409);

    // Neutral answers are sealed and stand beside no person.
    let unit = paradata::neutral(&ground.form)[0].code().to_owned();
    let question = format!("q-{unit}");
    let id = second.get(&case("duyet.1")).await.hidden("phieu").unwrap();
    let told = |choice: &'static str, id: &str| {
        [
            ("phieu", id.to_owned()),
            ("gap", "yes".to_owned()),
            ("den", "yes".to_owned()),
            ("khi", "week".to_owned()),
            ("bao-lau", "10-30".to_owned()),
            ("ai-dien", "self".to_owned()),
            ("qua", "none".to_owned()),
            (question.as_str(), choice.to_owned()),
        ]
    };
    let fields = told("77", &id);
    second
        .post(&case("duyet.1"), &fields.each_ref().map(|(name, value)| (*name, value.as_str())))
        .await
        .is(422)
        .shows("không thuộc bản câu hỏi");
    let fields = told("2", &id);
    second.post(&case("duyet.1"), &fields.each_ref().map(|(name, value)| (*name, value.as_str()))).await.is(200);
    assert_eq!(house.count("contact.check_back_fact").await, 1);
    let columns = house.rows("SELECT column_name::text AS line FROM information_schema.columns WHERE table_name = 'check_back_fact' ORDER BY 1").await;
    assert_eq!(columns, ["campaign_id", "id", "province_code", "sealed"]);

    // Nothing is compared of fewer than ten people. Then, of ten who all say otherwise than the form, it is.
    coordinator.get(CHECKS).await;
    assert_eq!(house.count("contact.check_back_figure").await, 0);
    let rest: Vec<String> = house.rows("SELECT invitation_id::text AS line FROM contact.field_case JOIN contact.invitation ON invitation.id = invitation_id WHERE field_case.province_code = '01' AND status = 'responded' AND invitation_id NOT IN (SELECT invitation_id FROM contact.check_back) ORDER BY 1 LIMIT 10").await;
    for case in &rest {
        house.execute(&format!("INSERT INTO contact.check_back (invitation_id, campaign_id, province_code, draw_id, interviewer_id, checker_id) SELECT '{case}', campaign_id, province_code, draw_id, interviewer_id, checker_id FROM contact.check_back JOIN office.staff ON staff.id = checker_id WHERE login = 'duyet.1' LIMIT 1")).await;
        let address = format!("{CHECKS}/{case}");
        let id = second.get(&address).await.hidden("phieu").unwrap();
        let fields = told("2", &id);
        second.post(&address, &fields.each_ref().map(|(name, value)| (*name, value.as_str()))).await.is(200);
    }
    second.get(BOARD).await;
    second.post(&format!("{BOARD}/tinh"), &[]).await.is(200);
    house.work().await;
    let compared = house.rows("SELECT unit || ' ' || forms || ' ' || checked || ' ' || (probability < 0.01) || ' ' || (interviewer <> '') AS line FROM contact.check_back_figure").await;
    assert_eq!(compared, [format!("{unit} 16 11 true true")]);
    coordinator.get(CHECKS).await.is(200).shows("Phiếu chính và phúc tra").shows("khác");

    a_shut_out_checkers_work_goes_to_others(house, &mut coordinator, &mut first, &case("giam.sat.1")).await;
    second.get(&case("giam.sat.1")).await.is(200);
}

async fn a_shut_out_checkers_work_goes_to_others(
    house: &House,
    coordinator: &mut Visitor,
    checker: &mut Visitor,
    address: &str,
) {
    // Whoever is shut out checks nothing any more, and their work goes to others.
    house.execute("UPDATE contact.check_back SET state = 'open' WHERE checker_id = (SELECT id FROM office.staff WHERE login = 'giam.sat.1')").await;
    let account =
        staff::list(&house.app, "VN").await.unwrap().into_iter().find(|row| row.login == "giam.sat.1").unwrap();
    staff::shut_out(&house.app, &house.actor, &account, Shut::Out).await.unwrap();
    let answer = checker.post(address, &[("phieu", "5f0c8f6e-24f5-4d0c-9c1e-7c5b2f8f0a11"), ("gap", "no")]).await;
    assert!(answer.place.starts_with("/dang-nhap"), "{}", answer.place);
    coordinator.get(CHECKS).await.is(200).shows("1 việc đang ở người không còn làm được");
    coordinator.post(&format!("{CHECKS}/giao?tinh=01"), &[]).await.is(200);
}

async fn two_at_once_draw_once(house: &House, coordinator: &mut Visitor, place: &str) {
    let mut other = house.sign_in_as("dp.2", Role::Coordinator, "01").await;
    let fields = [("ty-le", "10"), ("hat-giong", "12345")];
    coordinator.get(CHECKS).await;
    other.get(CHECKS).await;
    let (one, two) = tokio::join!(coordinator.post(place, &fields), other.post(place, &fields));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422], "{} {}", one.text, two.text);
}
