//! Freeze, check, approve, release: what an analyst meets, and what the database itself holds.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use chrono::{DateTime, Duration, Utc};
use diesel_async::SimpleAsyncConnection as _;
use e2e::{House, Visitor};
use server::campaigns::Campaign;
use server::staff::Role;

use crate::command::sipas;
use crate::results::{PEOPLE, answers, campaign, computed};

pub(crate) const PAGE: &str = "/pt/cong-bo/sipas-2026";

/// A closed survey with final figures of three provinces, one of them too small to be told.
pub(crate) async fn closed_survey(house: &House) -> Campaign {
    let campaign = campaign(house).await;
    answers(house, &campaign, &["01", "48", "79", "46"], PEOPLE).await;
    answers(house, &campaign, &["04"], 2).await;
    house.execute("UPDATE office.campaign SET state = 'closed'").await;
    computed(house, &campaign).await;
    campaign
}

/// Freezes by the button; the page of the edition.
pub(crate) async fn frozen(house: &House, analyst: &mut Visitor, number: u32, reason: &[(&str, &str)]) -> e2e::Answer {
    analyst.get(PAGE).await.is(200).shows("Chốt số liệu");
    let job = analyst.post(PAGE, reason).await;
    job.is(200).shows("Chốt số liệu");
    house.work().await;
    let address = format!("{PAGE}/{number}");
    analyst.get(&job.place).await.is(200).shows(&address);
    let page = analyst.get(&address).await;
    page.is(200);
    page
}

pub(crate) async fn approved(analyst: &mut Visitor, number: u32) {
    let page = analyst.get(&format!("{PAGE}/{number}")).await;
    let seen = page.hidden("da-xem").unwrap();
    analyst.post(&format!("{PAGE}/{number}/duyet"), &[("da-xem", &seen)]).await.is(200).shows("Đã duyệt");
}

/// A public edition.
pub(crate) async fn published(house: &House) -> (Visitor, Visitor) {
    let mut one = house.sign_in_as("duyet", Role::Analyst, "VN").await;
    let mut other = house.sign_in_as("phat.hanh", Role::Analyst, "VN").await;
    frozen(house, &mut one, 1, &[]).await;
    approved(&mut one, 1).await;
    other.get(&format!("{PAGE}/1")).await.is(200);
    let released = other.post(&format!("{PAGE}/1/phat-hanh"), &[("go", "sipas-2026/1")]).await;
    released.is(200).shows("Đã công khai");
    (one, other)
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_approved_by_one_person_and_released_by_another_at_their_minute() {
    let house = House::start().await;
    closed_survey(&house).await;
    let mut one = house.sign_in_as("duyet", Role::Analyst, "VN").await;
    let mut other = house.sign_in_as("phat.hanh", Role::Analyst, "VN").await;
    let page = frozen(&house, &mut one, 1, &[]).await;
    let (_, finding) = page.text.split_once("Cả nước: ").unwrap();
    let value = finding.split_once("\u{a0}%").unwrap().0.to_owned();
    page.shows("Chờ duyệt").shows("giống nhau đến chữ số cuối cùng").shows("suy ra được 0 ô");
    page.shows("Máy này tính đúng 90 số mẫu");
    assert!(!page.text.contains("Không đạt"), "{}", page.text);

    // Only what was looked at is approved, and by an analyst of the country.
    let refused = one.post(&format!("{PAGE}/1/duyet"), &[("da-xem", "00")]).await;
    refused.is(409).shows("Tài liệu đã xem không phải");
    let mut local = house.sign_in(Role::Analyst, "48").await;
    local.get(PAGE).await.is(403);
    approved(&mut one, 1).await;
    one.get(&format!("{PAGE}/1")).await.shows("Người khác phải là người phát hành");
    let own = one.post(&format!("{PAGE}/1/phat-hanh"), &[("go", "sipas-2026/1")]).await;
    own.is(409).shows("Người đã duyệt không được phát hành");

    // Tomorrow at nine; wrong words and moments are told with what was typed kept.
    let release = format!("{PAGE}/1/phat-hanh");
    other.get(&format!("{PAGE}/1")).await.is(200).shows("Gõ đúng: sipas-2026/1");
    let refused = other.post(&release, &[("ngay", "6/10/2026"), ("gio", "9:00"), ("go", "sipas")]).await;
    refused.is(422).shows("Gõ đúng tên của bản này").shows("value=\"6/10/2026\"");
    for (day, hour) in [("31/2/2027", "09:00"), ("4/10/2026", "09:00"), ("6/10/2026", "25:00"), ("6/10/2036", "09:00")]
    {
        let refused = other.post(&release, &[("ngay", day), ("gio", hour), ("go", "sipas-2026/1")]).await;
        refused.is(422).shows("từ bây giờ đến một năm nữa");
    }
    let ordered = other.post(&release, &[("ngay", "6/10/2026"), ("gio", "09:00"), ("go", "sipas-2026/1")]).await;
    ordered.is(200).shows("Chờ đến giờ").shows("09:00 ngày 06/10/2026");

    let mut citizen = house.visitor();
    citizen.get("/").await.is(200).shows("Chưa có kết quả nào");
    citizen.get("/du-lieu/sipas-2026/1/tai-lieu.json").await.is(404);
    house.app.clock.advance(Duration::hours(24) - Duration::seconds(1));
    citizen.get("/").await.is(200).shows("Chưa có kết quả nào");
    house.app.clock.advance(Duration::seconds(1));
    citizen.get("/").await.is(200).shows(&format!("Năm 2026: chỉ số hài lòng của người dân là {value}"));
    let english = format!("2026: the satisfaction index is {}%", value.replace(',', "."));
    citizen.get("/en").await.is(200).shows(&english);
    let document = citizen.get("/du-lieu/sipas-2026/1/tai-lieu.json").await;
    document.is(200);
    let digest = server::base::seal::hex(&server::base::seal::sha256(&document.bytes));
    let mut analyst = house.sign_in_as("sau", Role::Analyst, "VN").await;
    analyst.get(&format!("{PAGE}/1")).await.shows(&digest).shows("Đã công khai").shows(">Người chốt</dt>");
    let trail = house
        .rows("SELECT verb || ' ' || actor AS line FROM office.audit_entry WHERE verb LIKE 'editions.%' ORDER BY id")
        .await;
    assert_eq!(
        trail,
        [
            "editions.freeze staff:duyet",
            "editions.keep system:worker",
            "editions.approve staff:duyet",
            "editions.release staff:phat.hanh"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_is_stopped_before_its_moment_and_never_after() {
    // The database has a clock of its own: this moment lies ahead of it.
    let late: DateTime<Utc> = "2099-10-05T02:00:00Z".parse().unwrap();
    let house = House::at(late).await;
    closed_survey(&house).await;
    let mut one = house.sign_in_as("duyet", Role::Analyst, "VN").await;
    let mut other = house.sign_in_as("phat.hanh", Role::Analyst, "VN").await;
    frozen(&house, &mut one, 1, &[]).await;
    approved(&mut one, 1).await;
    other.get(&format!("{PAGE}/1")).await.is(200);
    let release = [("ngay", "6/10/2099"), ("gio", "09:00"), ("go", "sipas-2026/1")];
    other.post(&format!("{PAGE}/1/phat-hanh"), &release).await.is(200).shows("Dừng phát hành");
    other.post(&format!("{PAGE}/1/dung"), &[]).await.is(200).shows("Đã duyệt");
    house.app.clock.advance(Duration::hours(24));
    house.visitor().get("/").await.shows("Chưa có kết quả nào");

    let mut other = house.sign_in_as("hom.sau", Role::Analyst, "VN").await;
    other.get(&format!("{PAGE}/1")).await.is(200);
    other.post(&format!("{PAGE}/1/phat-hanh"), &[("go", "sipas-2026/1")]).await.is(200).shows("Đã công khai");
    other.post(&format!("{PAGE}/1/dung"), &[]).await.is(409).shows("không có gì để dừng");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_another_edition_that_says_why_where_it_changed_something() {
    let house = House::start().await;
    let campaign = closed_survey(&house).await;
    let (mut one, mut other) = published(&house).await;
    let mut citizen = house.visitor();
    let before = citizen.get("/tinh/da-nang").await;
    before.is(200);

    let refused = one.post(PAGE, &[("ly-do", "ngắn"), ("ly-do-en", "")]).await;
    refused.is(422).shows("Viết lý do bằng cả hai thứ tiếng").shows("value=\"ngắn\"");
    // Thirty people more in one province: enough to compare the editions by.
    let more: Vec<String> = (0..4)
        .map(|commune| {
            format!(
                "INSERT INTO answers.response SELECT gen_random_uuid(), '{}', 'psu-48-{commune}', 'web',
                 jsonb_object_agg('q9_' || lpad(item::text, 2, '0'), 1) FROM generate_series(1, 10) AS person, generate_series(1, 39) AS item GROUP BY person;",
                campaign.id
            )
        })
        .collect();
    house.execute(&more.concat()).await;
    computed(&house, &campaign).await;
    let reason = [("ly-do", "Bốn xã của Đà Nẵng đến muộn."), ("ly-do-en", "Four communes of Da Nang came late.")];
    let page = frozen(&house, &mut one, 2, &reason).await;
    page.shows("Bốn xã của Đà Nẵng").shows("So với bản 1:").shows("0 số sẽ để lộ");
    approved(&mut one, 2).await;
    other.get(&format!("{PAGE}/2")).await.is(200);
    other.post(&format!("{PAGE}/2/phat-hanh"), &[("go", "sipas-2026/2")]).await.is(200);
    // The older one does not come back.
    house.app.clock.advance(Duration::seconds(1));
    let after = citizen.get("/tinh/da-nang").await;
    after.is(200).shows("Đã sửa ở bản 2: Bốn xã của Đà Nẵng đến muộn.");
    assert_ne!(before.text, after.text);
    let elsewhere = citizen.get("/tinh/ha-noi").await;
    assert!(!elsewhere.text.contains("Đã sửa ở bản"), "nothing changed there");
    citizen.get("/en/tinh/da-nang").await.shows("Corrected in edition 2: Four communes of Da Nang came late.");
    // A machine is asked to go on with the newer one, too.
    let list = citizen.get("/api/v1/editions").await;
    let order = ["sipas-2026/2\",\"newest\":true", "sipas-2026/1\",\"newest\":false"];
    let order = order.map(|label| list.shows(label).text.find(label));
    assert!(order[0] < order[1] && list.text.contains("Four communes of Da Nang came late."));
    citizen.get("/api/v1/editions/sipas-2026/2/figures?place=48&code=overall").await.is(200);
    citizen.get("/api/v1/editions/sipas-2026/1/figures").await.is(404).shows("api-older-edition");
    citizen.get("/api/v1/editions/sipas-2026/1").await.is(200);
    // Whoever follows the news hears of both, with why.
    let feed = citizen.get("/du-lieu.atom").await;
    feed.is(200).shows("bản 2").shows("Bốn xã của Đà Nẵng đến muộn.").shows("/du-lieu/sipas-2026/2/tai-lieu.json");
    assert_eq!(feed.headers["content-type"], "application/atom+xml; charset=utf-8");
    assert_eq!(feed.text.matches("<entry>").count(), 2);
    citizen.get("/en/du-lieu.atom").await.is(200).shows("Four communes of Da Nang came late.");
    // Both stay to be read.
    for number in [1, 2] {
        citizen.get(&format!("/du-lieu/sipas-2026/{number}/tai-lieu.json")).await.is(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn provisional_figures_and_failed_checks_are_not_published() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get(PAGE).await.is(200).shows("Chưa có kết quả để chốt");
    answers(&house, &campaign, &["01", "48"], PEOPLE).await;
    computed(&house, &campaign).await;
    analyst.get(PAGE).await.is(200).shows("số liệu còn tạm thời");
    // Who posts all the same gets an edition that nobody can approve.
    let page = {
        analyst.post(PAGE, &[]).await.is(200);
        house.work().await;
        analyst.get(&format!("{PAGE}/1")).await
    };
    page.is(200).shows("Không đạt kiểm tra");
    assert!(page.hidden("da-xem").is_none());
    let digest = house.rows("SELECT encode(digest, 'hex') AS line FROM office.edition").await.remove(0);
    analyst.post(&format!("{PAGE}/1/duyet"), &[("da-xem", &digest)]).await.is(409).shows("không đạt nên không duyệt");
    analyst.get(&format!("{PAGE}/7")).await.is(404).shows("Không có bản này");
}

/// The application's own role in the database, and the administrator, cannot do it either.
#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_keeps_editions_as_they_are() {
    let house = House::start().await;
    closed_survey(&house).await;
    published(&house).await;
    let mut administrator = house.administrator().await;
    for (statement, told) in [
        ("UPDATE office.edition SET content = 'x'", "an edition is never changed"),
        ("UPDATE office.edition SET approved_by = 'somebody'", "never taken back"),
        ("UPDATE office.edition SET released_by = approved_by", "released_by_another"),
        ("DELETE FROM office.edition", "an edition is never deleted"),
    ] {
        let error = administrator.batch_execute(statement).await.unwrap_err().to_string();
        let public = error.contains("what is public stays public");
        assert!(error.contains(told) || public, "{statement}: {error}");
    }
    // A document that was changed all the same is found, not shown.
    let tampering = "ALTER TABLE office.edition DISABLE TRIGGER edition_stays;
                     UPDATE office.edition SET content = convert_to('{\"format\":1}', 'UTF8');";
    administrator.batch_execute(tampering).await.unwrap();
    house.visitor().get("/du-lieu/sipas-2026/1/tai-lieu.json").await.is(409).shows("không còn đúng như lúc chốt");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outsider_checks_an_edition_from_its_bundle_and_whoever_has_the_answers_computes_it_again() {
    let house = House::start().await;
    closed_survey(&house).await;
    let (mut analyst, _) = published(&house).await;
    let bundle = house.visitor().get("/du-lieu/sipas-2026/1/ho-so.zip").await;
    bundle.is(200);
    assert_eq!(bundle.bytes, house.visitor().get("/du-lieu/sipas-2026/1/ho-so.zip").await.bytes);
    let folder = server::base::scratch::Scratch::new("verify").unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (zip, answers) = (path("ho-so.zip"), path("answers.csv"));
    std::fs::write(&zip, &bundle.bytes).unwrap();
    let (well, told) = sipas(&["verify", &zip], &[]);
    assert!(well, "{told}");
    for words in
        ["figures.csv: the same", "are the means of their items", "none can be reckoned", "the one that was asked"]
    {
        assert!(told.contains(words), "{told}");
    }

    let (_, file) = crate::exports::holding(&house, &mut analyst, "full", "csv").await;
    std::fs::write(&answers, &file.bytes).unwrap();
    let with_answers = ["verify", &zip, "--answers", &answers];
    let (well, told) = sipas(&with_answers, &[]);
    assert!(well && told.contains("published indices with their intervals come out the same"), "{told}");

    // One answer that is another one.
    let text = String::from_utf8(file.bytes).unwrap();
    std::fs::write(&answers, text.replacen(",4,4,4", ",1,1,1", 1)).unwrap();
    let (well, told) = sipas(&with_answers, &[]);
    assert!(!well && told.contains("first other:"), "{told}");
    // One byte of the bundle.
    let mut damaged = bundle.bytes.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    std::fs::write(&zip, &damaged).unwrap();
    let (well, told) = sipas(&["verify", &zip], &[]);
    assert!(!well, "{told}");
    std::fs::write(&zip, b"no zip at all").unwrap();
    assert!(sipas(&["verify", &zip], &[]).1.contains("no readable ZIP"));
}
