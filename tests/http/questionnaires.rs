//! Questionnaires on their way to a campaign: chosen, tried, compared, approved by a second person; and new kinds of questions
//! on a citizen's phone.

use chrono::NaiveDate;
use e2e::{Answer, House, Visitor, corpus, tiny_form};
use reqwest::Method;
use server::audit::Actor;
use server::campaigns::{self, NewCampaign};
use server::questionnaires;
use server::staff::Role;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn a_questionnaire_needs_a_second_persons_yes() {
    let house = House::start().await;
    let mut proposer = house.sign_in_as("lan", Role::Coordinator, "VN").await;
    let mut approver = house.sign_in_as("minh", Role::Coordinator, "VN").await;
    let list = proposer.get("/qt/phieu").await;
    list.is(200).shows("Chưa có phiếu nào").shows("value=\"commune-service-point\"").shows("value=\"sipas-2022\"");
    let version = proposer.post("/qt/phieu/co-san", &[("form", "commune-service-point")]).await;
    version.is(200).shows("Chờ duyệt").shows("Ông/Bà đã đề nghị bản này").shows("10 câu, 7 trang, 2 ngôn ngữ");
    let address = version.place.clone();
    let id = address.rsplit('/').next().unwrap().to_owned();

    let refused = proposer.post(&format!("{address}/duyet"), &[]).await;
    refused.is(403).shows("Người đề nghị không tự duyệt được");
    let early = campaigns::create(&house.app, &house.actor, &new_campaign(), id.parse().unwrap()).await.unwrap_err();
    assert_eq!(early.code, "form-not-approved");
    proposer.get("/qt/dot").await.is(200).shows("Chưa có phiếu hỏi nào được duyệt");

    approver.get(&address).await.is(200).shows("Duyệt bản này");
    approver.post(&format!("{address}/duyet"), &[]).await.is(200).shows("Đã duyệt").shows("minh");
    approver.post(&format!("{address}/duyet"), &[]).await.is(409).shows("đã được duyệt");
    let unknown = campaigns::create(&house.app, &house.actor, &new_campaign(), Uuid::nil()).await.unwrap_err();
    assert_eq!(unknown.code, "form-missing");
    let new = proposer.get("/qt/dot").await;
    new.is(200).shows("Mười câu hỏi về Điểm phục vụ");
    let filled = |closes: &'static str| {
        [
            ("name-vi", "Điểm phục vụ xã"),
            ("name-en", "Service points"),
            ("slug", "diem-phuc-vu"),
            ("opens", "1/11/2026"),
            ("closes", closes),
            ("results", "31/12/2026"),
            ("hotline", "1900 0000"),
            ("form", id.as_str()),
        ]
    };
    proposer
        .post("/qt/dot", &[("slug", "Không được")])
        .await
        .is(422)
        .shows("Tên bằng tiếng Việt: cần điền")
        .shows("value=\"Không được\"");
    proposer
        .post("/qt/dot", &filled("30/10/2026"))
        .await
        .is(422)
        .shows("Ngày mở phải trước ngày đóng")
        .shows("value=\"1900 0000\"");
    let made = proposer.post("/qt/dot", &filled("30/11/2026")).await;
    made.is(200).shows("Điểm phục vụ xã").shows("Nhập và chốt khung mẫu");
    assert_eq!(made.place, "/qt/dot/diem-phuc-vu");
    proposer.post("/qt/dot", &filled("30/11/2026")).await.is(422).shows("Đã có cuộc khảo sát tên diem-phuc-vu");
    let log = proposer.get("/qt/nhat-ky").await;
    log.shows("questionnaires.propose").shows("questionnaires.approve").shows("staff:minh");

    let again = proposer.post("/qt/phieu/co-san", &[("form", "commune-service-point")]).await;
    assert_eq!(again.place, address, "the same text is the same version");
    proposer.post("/qt/phieu/co-san", &[("form", "khong-co")]).await.is(404).shows("Không có phiếu hỏi này");
    house.sign_in(Role::Coordinator, "01").await.post("/qt/phieu/co-san", &[("form", "sipas-2022")]).await.is(403);
}

fn new_campaign() -> NewCampaign {
    NewCampaign {
        slug: "som".to_owned(),
        name_vi: "Sớm".to_owned(),
        name_en: "Early".to_owned(),
        year: 2026,
        opens_on: NaiveDate::MIN,
        closes_on: NaiveDate::MIN,
        results_on: NaiveDate::MIN,
        hotline: "1900 0000".to_owned(),
        synthetic: true,
        flush_at_least: 5,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_immutable_also_for_who_reaches_the_database() {
    let house = House::start().await;
    house.approved(&corpus("number_within_bounds")).await;
    let kept =
        house.rows("SELECT has_table_privilege('sipas_contact', 'office.form_version', 'UPDATE')::text AS line").await;
    assert_eq!(kept, ["false"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_shows_what_the_answers_open_and_keeps_nothing() {
    let house = House::start().await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    let id = house.approved(&corpus("comparison_opens_page")).await;
    let desk = coordinator.get(&format!("/qt/phieu/{id}/xem/vi")).await;
    desk.is(200).shows(&format!("src=\"/qt/phieu/{id}/thu/vi\"")).shows("width=\"360\"");
    let policy = |headers: &reqwest::header::HeaderMap| headers["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy(&desk.headers).contains("frame-ancestors 'none'"));

    let trial = format!("/qt/phieu/{id}/thu/vi");
    let first = coordinator.get(&trial).await;
    first.is(200).shows("name=\"q1\"").shows("Ghi bằng chữ số").shows("Ghi ngày, tháng, năm");
    assert!(policy(&first.headers).contains("frame-ancestors 'self'"));
    let carried = first.hidden("tra-loi").unwrap();
    let wrong = coordinator
        .post(&format!("{trial}/dau"), &[("tra-loi", &carried), ("q1", "hai mươi"), ("q2", "31/2/2026")])
        .await;
    wrong.is(422).shows("Câu 1: ghi bằng chữ số").shows("Câu 2: ghi ngày, tháng, năm").shows("value=\"hai mươi\"");
    let open =
        coordinator.post(&format!("{trial}/dau"), &[("tra-loi", &carried), ("q1", "20"), ("q2", "1/7/2026")]).await;
    open.is(200).shows("Câu hỏi q3");
    let carried = open.hidden("tra-loi").unwrap();
    let last = coordinator.post(&format!("{trial}/giua"), &[("tra-loi", &carried), ("q3", "1")]).await;
    last.is(200).shows("Câu hỏi q4");
    let carried = last.hidden("tra-loi").unwrap();
    let back = coordinator.get(&format!("{trial}/dau?tra-loi={carried}")).await;
    back.is(200).shows("value=\"20\"").shows("value=\"01/07/2026\"");
    let end = coordinator.post(&format!("{trial}/cuoi"), &[("tra-loi", &carried), ("q4", "2")]).await;
    end.is(200).shows("Hết phiếu").shows("Đã trả lời thử 4 câu");
    let closed = coordinator.post(&format!("{trial}/dau"), &[("q1", "10"), ("q2", "1/7/2026")]).await;
    closed.is(200).shows("Câu hỏi q4");

    let nonsense = coordinator.post(&format!("{trial}/giua"), &[("tra-loi", "%%%"), ("q3", "1")]).await;
    assert_eq!(nonsense.place, trial, "a page that nothing opened leads to the start");
    assert_eq!(house.count("answers.draft").await, 0);
    coordinator.get(&format!("/qt/phieu/{id}/thu/en")).await.is(404);
    assert!(house.visitor().get(&trial).await.place.starts_with("/dang-nhap"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_since_the_approved_version_is_told_with_what_cannot_be_compared() {
    let house = House::start().await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    house.approved(&corpus("skip_rule_hides_page")).await;
    house.app.clock.advance(chrono::Duration::minutes(1));
    let mut next = corpus("skip_rule_hides_page");
    next.wordings[0].1.text = next.wordings[0].1.text.replace("Câu hỏi q2", "Câu hỏi <b>hai</b>").replacen(
        "2 = \"Lựa chọn 2\"",
        "2 = \"Không bao giờ\"",
        1,
    );
    let id = questionnaires::propose(&house.app, &Actor::System("test"), &next).await.unwrap();
    let version = coordinator.get(&format!("/qt/phieu/{id}")).await;
    version.is(200).shows("2 thay đổi").shows("1 thay đổi làm kết quả không so sánh được").shows("Viết lại câu hỏi");
    version
        .shows("Câu 2 (q2)")
        .shows("Câu hỏi q2")
        .shows("Câu hỏi &#60;b&#62;hai&#60;/b&#62;")
        .shows("Viết lại lựa chọn");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_codebook_is_taken_along_as_a_table_and_as_ddi() {
    let house = House::start().await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    let id = house.approved(&survey_forms::builtin()[0]).await;
    let csv = coordinator.get(&format!("/qt/phieu/{id}/ma-hoa/sipas-2026.csv")).await;
    csv.is(200).shows("column,number,kind,scale,topic,asked_by,label,code,code_label,missing").shows("q9_39");
    assert!(csv.bytes.starts_with(&[0xef, 0xbb, 0xbf]), "Excel needs the mark to read Vietnamese");
    let ddi = coordinator.get(&format!("/qt/phieu/{id}/ma-hoa/sipas-2026.xml")).await;
    ddi.is(200).shows("ddi:codebook:2_5").shows("xml:lang=\"en\"");
    coordinator.get(&format!("/qt/phieu/{id}/ma-hoa/sipas-2026.pdf")).await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_is_taken_changed_and_sent_back_or_refused_cell_by_cell() {
    let house = House::start().await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    let id = house.approved(&corpus("multiple_with_other")).await;
    let address = format!("/qt/phieu/{id}");
    let workbook = coordinator.get(&format!("{address}/ma-hoa/multiple_with_other.xlsx")).await;
    workbook.is(200);
    let csrf = coordinator.get("/qt/phieu").await.hidden("csrf").unwrap();
    let sent = send(&mut coordinator, &csrf, "phieu-moi.xlsx", &workbook.bytes).await;
    sent.is(200).shows("Chờ duyệt").shows("multiple_with_other");
    let trial = coordinator.get(&format!("{}/thu/vi", sent.place)).await;
    trial.is(200).shows("name=\"q1\"");

    let refused = send(&mut coordinator, &csrf, "hong.xlsx", b"khong phai bang tinh").await;
    refused.is(422).shows("Chỗ không dùng được trong tệp hong.xlsx").shows("không phải bảng tính .xlsx đọc được");
    let hostile = send(&mut coordinator, &csrf, "<b>tep</b>.xlsx", b"PK").await;
    hostile.is(422).shows("&#60;b&#62;tep&#60;/b&#62;.xlsx");
    send(&mut coordinator, &csrf, "lon.xlsx", &vec![0; 6 * 1024 * 1024]).await.is(413).shows("Tệp lớn quá 5 MB");
    send(&mut coordinator, "sai", "phieu.xlsx", &workbook.bytes).await.is(403);
    assert_eq!(house.count("office.form_version").await, 2);
}

pub(crate) async fn send(visitor: &mut Visitor, csrf: &str, name: &str, content: &[u8]) -> Answer {
    let mut body = format!(
        "--ranh\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--ranh\r\ncontent-disposition: form-data; \
         name=\"file\"; filename=\"{name}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--ranh--\r\n");
    let multipart = |request: reqwest::RequestBuilder| {
        request.header("content-type", "multipart/form-data; boundary=ranh").body(body)
    };
    visitor.request(Method::POST, "/qt/phieu", multipart).await
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_and_days_come_from_the_phone_into_the_answers() {
    let house = House::start().await;
    let form = tiny_form("so-ngay", FORM, WORDS);
    let survey = house.survey_of(&form, 1, 5).await;
    for (number, person) in survey.people.iter().enumerate() {
        let mut citizen = house.visitor();
        citizen.enter(&person.code).await;
        let first = citizen.agree().await;
        first
            .shows("inputmode=\"numeric\"")
            .shows("Không biết")
            .shows("type=\"checkbox\" name=\"tuoi\" value=\"dont_know\"");
        let open = citizen.post("/khao-sat/mot", &[("tuoi", ""), ("ngay", "")]).await;
        open.is(422).shows("Câu 1: ghi câu trả lời, hoặc chọn &#34;Không biết&#34;").shows("Câu 2: ghi câu trả lời");
        let wrong = citizen.post("/khao-sat/mot", &[("tuoi", "130"), ("ngay", "5/11/2025")]).await;
        wrong.is(422).shows("Câu 1: ghi từ 0 đến 120").shows("Câu 2: ghi từ 01/01/2026 trở lên").shows("value=\"130\"");
        let both = citizen.post("/khao-sat/mot", &[("tuoi", "20"), ("tuoi", "dont_know"), ("ngay", "5/3/2026")]).await;
        both.is(422).shows("không chọn cả hai");
        let tuoi = if number == 0 { ("tuoi", "dont_know") } else { ("tuoi", "97") };
        let told = citizen.post("/khao-sat/mot", &[tuoi, ("ngay", "5/3/2026")]).await;
        told.is(200).shows(if number == 0 {
            "Về tuổi …, ngày 05/03/2026"
        } else {
            "Về tuổi 97, ngày 05/03/2026"
        });
        let check = citizen.post("/khao-sat/hai", &[("gop-y", "<script>alert(1)</script>")]).await;
        check.is(200).shows("05/03/2026").shows("&#60;script&#62;alert(1)");
        citizen.post("/khao-sat/gui", &[]).await.is(200).shows("Đã nhận câu trả lời");
    }
    survey.close(&house).await;
    house.work().await;
    let mut stored = house.rows("SELECT answers::text AS line FROM answers.response").await;
    stored.sort();
    assert_eq!(stored.len(), 5);
    assert_eq!(house.count("office.result_cell").await, 0, "no choices, so no shares");
    assert_eq!(stored[4], r#"{"ngay": {"day": "2026-03-05"}, "tuoi": {"number": "97"}}"#);
    assert_eq!(stored[0], r#"{"ngay": {"day": "2026-03-05"}, "tuoi": 98}"#, "not known is not 97 years old");
    assert_eq!(house.count("answers.free_text WHERE content LIKE '<script>%'").await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_further_language_is_a_file_and_changing_to_it_loses_nothing() {
    let house = House::start().await;
    let mut form = corpus("comparison_opens_page");
    let words = form.wordings[0].1.text.clone();
    let further = format!("language_name = \"Tày\"\n{}", words.replace("Câu hỏi", "Cằm xam"));
    form.wordings.push(("tyz".to_owned(), survey_forms::SourceFile::new("tyz.toml", further)));
    let survey = house.survey_of(&form, 1, 1).await;
    let code = &survey.people[0].code;
    let mut citizen = house.visitor();
    citizen.enter(code).await.shows("hreflang=\"tyz\" lang=\"tyz\">Tày</a>");
    let first = citizen.agree().await;
    let asked = first.asked().remove(0);
    first.shows("Câu hỏi");
    let next = citizen.answer(&first, |asked| Some(asked.values.first().map_or("50", String::as_str).to_owned())).await;
    let other = citizen.get(&format!("/ngon-ngu/tyz?ve={}", first.place)).await;
    assert_eq!(other.place, first.place, "the place is kept");
    other
        .is(200)
        .shows("Cằm xam")
        .shows("<span aria-current=\"true\" lang=\"tyz\">Tày</span>")
        .shows("<html lang=\"vi\">");
    other.shows("<div lang=\"tyz\">").shows("Tiếp tục");
    let kept = other.chosen().iter().any(|(name, _)| *name == asked.name) || other.text.contains("value=\"50\"");
    assert!(kept, "the answer is kept: {}", other.text);
    citizen.get(&next.place).await.shows("lang=\"tyz\"");

    // A device that never chose a language goes on in the one that was agreed to, here Vietnamese.
    house.visitor().enter(code).await.shows("<span aria-current=\"true\" lang=\"vi\">Tiếng Việt</span>");
    // A language that the questionnaire lacks is that of its source.
    citizen.get(&format!("/ngon-ngu/km?ve={}", first.place)).await.is(200).shows("Câu hỏi");
    citizen.get("/ngon-ngu/khmer").await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_shows_languages_not_for_use_and_what_only_interviewers_ask() {
    let house = House::start().await;
    let form = survey_forms::builtin().into_iter().find(|form| form.code == "commune-service-point").unwrap();
    let id = house.approved(&form).await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    let version = coordinator.get(&format!("/qt/phieu/{id}")).await;
    version.is(200).shows("10 câu").shows("Tày").shows("2 ngôn ngữ");
    let desk = coordinator.get(&format!("/qt/phieu/{id}/xem/tyz")).await;
    desk.is(200).shows("Bản dịch này chưa dùng được").shows("Điều tra viên hỏi");
    coordinator.get(&format!("/qt/phieu/{id}/thu/tyz")).await.is(200).shows("[Tày");

    let pages = async |coordinator: &mut Visitor, query: &str| {
        let mut page = coordinator.get(&format!("/qt/phieu/{id}/thu/vi{query}")).await;
        let mut pages = 0;
        while page.text.contains("name=\"tra-loi\"") {
            let carried = page.hidden("tra-loi").unwrap();
            let asked = page.asked();
            let (_, action) = page.text.split_once("action=\"/qt/").unwrap();
            let action = format!("/qt/{}", action.split('"').next().unwrap());
            let mut fields = vec![("tra-loi", carried)];
            fields.extend(
                asked.iter().map(|asked| (asked.name.as_str(), asked.values.first().cloned().unwrap_or_default())),
            );
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            page = coordinator.post(&action, &fields).await;
            page.is(200);
            pages += 1;
        }
        pages
    };
    let alone = pages(&mut coordinator, "").await;
    let with_interviewer = pages(&mut coordinator, "?hoi=dtv").await;
    assert_eq!(with_interviewer, alone + 1, "the interviewer's own questions come last");

    let book = coordinator.get(&format!("/qt/phieu/{id}/ma-hoa")).await;
    book.is(200).shows("Sổ mã").shows("<code>served_on_time</code>").shows("97* Bỏ qua").shows("điều tra viên ghi");
}

const FORM: &str = r#"
method = "test"
languages = ["vi"]
sections = ["one"]
[[pages]]
code = "mot"
section = "one"
show = ["tuoi", "ngay"]
[[pages]]
code = "hai"
section = "one"
show = ["gop-y"]
[[questions]]
code = "tuoi"
kind = "number"
min = 0
max = 120
way_out = "dont_know"
[[questions]]
code = "ngay"
kind = "date"
earliest = 2026-01-01
[[questions]]
code = "gop-y"
kind = "text"
max_chars = 100
"#;

const WORDS: &str = r#"
title = "Số và ngày"
[ways_out]
skipped = "Bỏ qua"
dont_know = "Không biết"
[sections]
one = "Phần một"
[pages]
mot = "Trang một"
hai = "Về tuổi {tuoi}, ngày {ngay}"
[questions.tuoi]
stem = "Bao nhiêu tuổi?"
[questions.ngay]
stem = "Đến ngày nào?"
[questions.gop-y]
stem = "Góp ý gì?"
"#;
