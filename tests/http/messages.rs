//! Messages to people who were invited, over a relay and a gateway of our own: what arrives, once, and who gets none.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at a surprise")]

use e2e::post::{self, Arrived, Message};
use e2e::{Cluster, House, Visitor, morning};
use reqwest::Method;
use server::base::seal::{hex, signature};
use server::staff::Role;

const SECRET: &str = "0123456789abcdef-secret";

async fn house() -> (House, Arrived, Arrived) {
    let ((relay, mails), (gateway, texts)) = (post::mail_relay(), post::gateway());
    let settings = [
        ("SIPAS_MAIL_RELAY", relay.to_string()),
        ("SIPAS_MAIL_SENDER", "SIPAS <khaosat@example.vn>".to_owned()),
        ("SIPAS_GATEWAY_URL", format!("http://{gateway}/messages")),
        ("SIPAS_GATEWAY_TOKEN", "token-of-the-gateway".to_owned()),
        ("SIPAS_GATEWAY_SECRET", SECRET.to_owned()),
    ];
    let house = House::on(Cluster::shared(), morning(), &settings).await;
    let (campaign, _) = house.issued("thu").await;
    house.open(&campaign).await;
    (house, mails, texts)
}

async fn rule(visitor: &mut Visitor, channel: &str, moment: (&str, &str), body: &str) -> String {
    visitor.get("/qt/dot/thu/thu-moi/tin").await.is(200);
    let fields = [
        ("kenh", channel),
        ("cho-ai", "open"),
        ("luc-nao", moment.0),
        ("so-ngay", moment.1),
        ("tieu-de", "Mời {ten}"),
        ("noi-dung", body),
    ];
    let page = visitor.post("/qt/dot/thu/thu-moi/tin", &fields).await;
    page.is(200).shows("Ai nhận gì");
    page.place
}

async fn people(house: &House, condition: &str) -> i64 {
    let sampled = "contact.invitation i JOIN contact.draw d ON d.id = i.draw_id JOIN contact.frame_unit p ON p.frame_id = d.frame_id AND p.code = i.person_code";
    house.count(&format!("{sampled} WHERE {condition}")).await
}

/// The words of a mail, which travel as quoted-printable or base64.
fn plain(mail: &Message) -> String {
    use base64::Engine as _;
    if mail.headers.contains("Content-Transfer-Encoding: base64") {
        let joined: String = mail.text.split_whitespace().collect();
        return String::from_utf8(base64::engine::general_purpose::STANDARD.decode(joined).unwrap()).unwrap();
    }
    let joined = mail.text.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let byte = (*first == b'=').then(|| tail.get(..2)).flatten();
        let byte = byte.and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_arrives_once_in_vietnamese_with_its_own_link_and_whoever_leaves_gets_no_more() {
    let (house, mails, _) = house().await;
    let written = people(&house, "p.email <> ''").await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    let body = "Kính gửi {ten}, trả lời tại {duong-dan} đến hết {ngay}. Thôi nhận: {thoi-nhan}";
    let page = rule(&mut coordinator, "email", ("hand", "0"), body).await;
    let preview = coordinator.get(&page).await;
    preview.shows(&format!("Gửi bây giờ thì {written} người nhận")).shows("/v/0000000000000000");
    assert!(mails.all().is_empty(), "looking sends nothing");
    coordinator.post(&format!("{page}/gui"), &[]).await.is(200);
    house.work().await;
    let sent = mails.all();
    assert_eq!(i64::try_from(sent.len()).unwrap(), written);
    let text = plain(&sent[0]);
    let lists = std::fs::read_dir(house.directory().join("letters")).unwrap().next().unwrap().unwrap().path();
    let printed = std::fs::read_to_string(lists).unwrap();
    let code = text.split("/v/").nth(1).and_then(|rest| rest.get(..16)).unwrap().to_owned();
    let grouped = server::invitations::code::Code::parse(&code).unwrap().to_string();
    assert!(printed.contains(&grouped) && text.contains("đến hết 30/11/2026"), "{text}");
    assert!(sent[0].headers.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));

    // Started again, and the job run again: nobody gets a second one.
    coordinator.post(&format!("{page}/gui"), &[]).await;
    house.work().await;
    assert_eq!(mails.all().len(), sent.len());
    coordinator.get("/qt/dot/thu/thu-moi").await.shows(&format!("đã gửi {written}"));

    // Opening the link changes nothing; the button does, and every later rule passes this person by.
    let leave = text.split("/thoi-nhan/").nth(1).and_then(|rest| rest.get(..32)).unwrap().to_owned();
    let mut citizen = house.visitor();
    citizen.get(&format!("/thoi-nhan/{leave}")).await.is(200).shows("không nhận tin mời");
    assert_eq!(house.count("contact.opt_out WHERE opted_out_at IS NOT NULL").await, 0);
    citizen.post(&format!("/thoi-nhan/{leave}"), &[]).await.is(200).shows("Đã ghi nhận");
    citizen.get(&format!("/thoi-nhan/{}", "0".repeat(32))).await.is(404);
    let second = rule(&mut coordinator, "email", ("hand", "0"), "Nhắc {ten}").await;
    coordinator.get(&second).await.shows(&format!("Gửi bây giờ thì {} người nhận", written - 1));
    coordinator.get("/qt/dot/thu/thu-moi").await.shows("Người không muốn nhận tin");
    // Nothing a person could be known or answered by stands in what was kept of it.
    for table in ["contact.message", "contact.opt_out", "contact.message_rule", "office.audit_entry", "office.job"] {
        for row in house.rows(&format!("SELECT row_to_json(r)::text AS line FROM {table} AS r")).await {
            assert!(!row.contains(&code) && !row.contains(&grouped) && !row.contains(&leave), "{table}: {row}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_names_stay_names_and_bounces_are_kept() {
    let (house, mails, _) = house().await;
    let first = house.rows("SELECT p.code AS line FROM contact.invitation i JOIN contact.frame_unit p ON p.code = i.person_code WHERE p.email <> '' ORDER BY p.code LIMIT 2").await;
    let hostile = "ALTER TABLE contact.frame_unit DISABLE TRIGGER ALL; ";
    house
        .execute(&format!(
            "{hostile} UPDATE contact.frame_unit SET name = E'Eve\\r\\nBcc: all@example.com {{thoi-nhan}}', email = 'eve@example.com' WHERE code = '{}';
             UPDATE contact.frame_unit SET email = 'gone@example.com' WHERE code = '{}'",
            first[0], first[1]
        ))
        .await;
    mails.refuse("gone@example.com", "550 no such user gone@example.com");
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    let page = rule(&mut coordinator, "email", ("hand", "0"), "Kính gửi {ten}").await;
    coordinator.post(&format!("{page}/gui"), &[]).await;
    house.work().await;
    let eve = mails.all().into_iter().find(|mail| mail.to == "eve@example.com").expect("a mail");
    assert!(!eve.headers.lines().any(|line| line.starts_with("Bcc")), "{}", eve.headers);
    assert!(!plain(&eve).contains("/thoi-nhan/"), "a name stands for nothing else");
    coordinator.get(&page).await.shows("bị trả lại 1");
    let reason = house.rows("SELECT reason AS line FROM contact.message WHERE state = 'bounced'").await;
    assert_eq!(reason, ["SMTP 550"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_interrupted_is_not_repeated_and_what_was_not_taken_is_tried_again() {
    let (house, mails, texts) = house().await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    let page = rule(&mut coordinator, "email", ("hand", "0"), "Nhắc").await;
    coordinator.post(&format!("{page}/gui"), &[]).await;
    house.work().await;
    let sent = mails.all().len();
    // As a worker leaves it that was killed between sending and noting.
    house
        .execute(
            "UPDATE contact.message SET state = 'sending' WHERE id IN (SELECT id FROM contact.message LIMIT 3);
             UPDATE office.job SET state = 'running', leased_until = 'epoch' WHERE kind = 'messages'",
        )
        .await;
    house.work().await;
    assert_eq!(mails.all().len(), sent);
    coordinator.get(&page).await.shows("không rõ, không gửi lại 3");

    // The gateway takes nothing at first.
    texts.refuse_all(Some("503 Busy"));
    let sms = rule(&mut coordinator, "sms", ("hand", "0"), "Mời trả lời: {duong-dan}").await;
    coordinator.post(&format!("{sms}/gui"), &[]).await;
    while server::jobs::worker::run_next(&house.app).await.unwrap() {}
    assert!(texts.all().is_empty());
    coordinator.get(&sms).await.shows("chờ gửi lại");
    texts.refuse_all(None);
    house.app.clock.advance(chrono::Duration::seconds(10));
    house.work().await;
    let reached = people(&house, "p.phone <> ''").await;
    assert_eq!(i64::try_from(texts.all().len()).unwrap(), reached);
    let keys: std::collections::HashSet<_> = texts.all().iter().map(|text| text.text.clone()).collect();
    assert_eq!(keys.len(), texts.all().len(), "each with a key of its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gateway_reports_under_its_signature_only() {
    let (house, _, texts) = house().await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    let long = "Một lời nhắn rất dài. ".repeat(8);
    coordinator.get("/qt/dot/thu/thu-moi/tin").await;
    let fields =
        [("kenh", "sms"), ("cho-ai", "open"), ("luc-nao", "hand"), ("so-ngay", "0"), ("noi-dung", long.as_str())];
    coordinator.post("/qt/dot/thu/thu-moi/tin", &fields).await.is(422).shows("tối đa 2");
    let page = rule(&mut coordinator, "zalo", ("hand", "0"), "Mời: {duong-dan}").await;
    coordinator.post(&format!("{page}/gui"), &[]).await;
    house.work().await;
    let first = texts.all().remove(0);
    assert!(first.to.starts_with("+84900000") && first.headers.contains("Bearer token-of-the-gateway"), "{first:?}");
    let sent: serde_json::Value = serde_json::from_str(&first.text).unwrap();
    let id = sent["id"].as_str().unwrap().to_owned();
    let mut machine = house.visitor();
    let mut tell = async |event: &str, secret: &str| {
        let body = format!("{{\"id\":\"{id}\",\"event\":\"{event}\",\"reason\":\"x\"}}");
        let signed = hex(&signature(secret.as_bytes(), body.as_bytes()).unwrap());
        let report = |request: reqwest::RequestBuilder| request.header("x-signature", signed).body(body);
        machine.request(Method::POST, "/tin-nhan/bao-cao", report).await.status
    };
    assert_eq!(tell("delivered", "another secret").await, 403);
    assert_eq!((tell("delivered", SECRET).await, tell("delivered", SECRET).await), (204, 204));
    assert_eq!(house.count("contact.message WHERE state = 'delivered'").await, 1);
    assert_eq!(tell("stop", SECRET).await, 204);
    assert_eq!(house.count("contact.opt_out WHERE opted_out_by = 'gateway'").await, 1);
    assert_eq!(tell("other", SECRET).await, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_starts_by_itself_on_its_day_and_in_waking_hours_and_a_stopped_one_never() {
    let (house, mails, _) = house().await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    rule(&mut coordinator, "email", ("after_opening", "7"), "Nhắc một").await;
    let stopped = rule(&mut coordinator, "email", ("after_opening", "7"), "Nhắc hai").await;
    coordinator.post(&format!("{stopped}/thoi"), &[]).await.is(200).shows("Đã dừng");
    coordinator.post(&format!("{stopped}/gui"), &[]).await.is(409);
    server::invitations::messages::start_due(&house.app).await.unwrap();
    assert_eq!(house.work().await, 0, "its day has not come");
    // 23:00 of the day before, then 2:00 and 9:00 of the day.
    for (hours, jobs) in [(62, 0), (3, 0), (7, 1)] {
        house.app.clock.advance(chrono::Duration::hours(hours));
        server::invitations::messages::start_due(&house.app).await.unwrap();
        server::invitations::messages::start_due(&house.app).await.unwrap();
        assert_eq!(house.work().await, jobs, "after {hours} hours more");
    }
    assert!(mails.all().iter().all(|mail| plain(mail).contains("Nhắc một")));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_list_of_codes_a_reminder_says_where_the_code_stands() {
    let (house, mails, _) = house().await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt/dot/thu/thu-moi/in").await;
    coordinator.post("/qt/dot/thu/thu-moi/huy", &[]).await.is(200);
    let page = rule(&mut coordinator, "email", ("hand", "0"), "Vào {duong-dan}, nhập {ma}").await;
    coordinator.get(&page).await.shows("mã in trên thư mời");
    // A province looks at its own people only, and starts nothing.
    let mut hanoi = house.sign_in(Role::Coordinator, "01").await;
    let own = people(&house, "p.email <> '' AND i.province_code = '01'").await;
    hanoi.get(&page).await.shows(&format!("Gửi bây giờ thì {own} người nhận"));
    assert_eq!(hanoi.post(&format!("{page}/gui"), &[]).await.status, 403);
    coordinator.post(&format!("{page}/gui"), &[]).await;
    house.work().await;
    let text = plain(&mails.all()[0]);
    assert!(text.contains("nhập mã in trên thư mời") && !text.contains("/v/"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_not_set_up_is_said_to_be_off() {
    let house = House::start().await;
    let (campaign, _) = house.issued("thu").await;
    house.open(&campaign).await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt/dot/thu/thu-moi/tin").await.shows("Tin nhắn SMS: máy chủ chưa được cài đặt");
    let page = rule(&mut coordinator, "email", ("hand", "0"), "Nhắc").await;
    coordinator.get(&page).await.shows("chưa được cài đặt để gửi");
    coordinator.post(&format!("{page}/gui"), &[]).await.is(409);
    house.visitor().request(Method::POST, "/tin-nhan/bao-cao", |request| request.body("{}")).await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_to_sign_has_communes_of_five_or_more_and_is_logged() {
    let house = House::start().await;
    house.issued("thu").await;
    let mut hanoi = house.sign_in(Role::Coordinator, "01").await;
    let page = "/qt/dot/thu/thu-moi/ky-nhan";
    hanoi.get(page).await.is(200).shows("Hà Nội").shows("không ghép được với câu trả lời");
    assert_eq!(hanoi.post(page, &[("tinh", "01"), ("dang", "csv")]).await.status, 409, "nobody has answered");
    // Four in each commune of the small draw: none may be shown.
    house.execute("UPDATE contact.invitation SET status = 'responded' WHERE province_code IN ('01', '48')").await;
    assert_eq!(hanoi.post(page, &[("tinh", "01"), ("dang", "csv")]).await.status, 409);
    // One commune swallows another and has eight.
    let (mine, other) = {
        let communes = house.rows("SELECT DISTINCT split_part(path, '/', 3) AS line FROM contact.drawn_unit WHERE stage = 'person' AND path LIKE '01/%' ORDER BY 1").await;
        (communes[0].clone(), communes[1].clone())
    };
    house
        .execute(&format!(
            "ALTER TABLE contact.drawn_unit DISABLE TRIGGER USER;
             UPDATE contact.drawn_unit SET path = replace(path, '/{other}/', '/{mine}/') WHERE stage = 'person';
             ALTER TABLE contact.drawn_unit ENABLE TRIGGER USER"
        ))
        .await;
    let csv = hanoi.post(page, &[("tinh", "01"), ("dang", "csv")]).await;
    csv.is(200);
    assert_eq!(csv.text.lines().count(), 9);
    let pdf = hanoi.post(page, &[("tinh", "01"), ("dang", "pdf")]).await;
    assert!(pdf.bytes.starts_with(b"%PDF"));
    assert_eq!(hanoi.post(page, &[("tinh", "48"), ("dang", "csv")]).await.status, 404);
    assert_eq!(house.count("office.audit_entry WHERE verb = 'invitations.take_payment_list'").await, 2);
}
