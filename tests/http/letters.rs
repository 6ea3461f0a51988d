//! Letters on paper: into files by place, taken by those who may, printed again, destroyed.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use std::os::unix::fs::PermissionsExt as _;

use e2e::House;
use server::invitations::code::Code;
use server::invitations::{self, recognise};
use server::staff::Role;

/// `/Type/Page` of a PDF, uncompressed in ours.
fn pages(pdf: &[u8]) -> usize {
    String::from_utf8_lossy(pdf).matches("/Type/Page/").count()
}

fn files(house: &House, ending: &str) -> Vec<std::path::PathBuf> {
    let folder = house.directory().join("letters");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<_> = entries.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    found.sort();
    found
}

/// The lines of the print list, headings first.
fn list(house: &House, draw: uuid::Uuid) -> Vec<Vec<String>> {
    let path = invitations::print_list(&house.app, draw);
    let mut lines = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    lines.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn links(page: &str) -> Vec<String> {
    let parts = page.split("href=\"/qt/dot/thu/thu-moi/tep/").skip(1);
    parts.map(|part| format!("/qt/dot/thu/thu-moi/tep/{}", part.split('"').next().unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_of_chosen_provinces_stand_in_files_that_are_taken_logged_and_destroyed() {
    let house = House::start().await;
    house.issued("thu").await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt/dot/thu/thu-moi").await.is(200).shows("544").shows("0 thư trong 0 tệp");
    let sample = coordinator.get("/qt/dot/thu/thu-moi/in/mau?tieng=vi&tieng-hai=en").await;
    sample.is(200);
    assert_eq!((&sample.bytes[..8], pages(&sample.bytes)), (b"%PDF-1.7".as_slice(), 1));

    let page = "/qt/dot/thu/thu-moi/in";
    coordinator.get(page).await.is(200).shows("Hà Nội: 16 thư chưa trả lời");
    coordinator
        .post(page, &[("tieng", "vi"), ("tieng-hai", "en")])
        .await
        .is(422)
        .shows("Chọn ít nhất một địa bàn")
        .shows("Lỗi: In thư");
    coordinator.post(page, &[("tieng", "km"), ("dia-ban", "01")]).await.is(422);
    coordinator.post(page, &[("tieng", "vi"), ("dia-ban", "99")]).await.is(400);
    let chosen = [("tieng", "vi"), ("tieng-hai", "en"), ("dia-ban", "01"), ("dia-ban", "48")];
    // Twice, as from two windows: one job.
    let first = coordinator.post(page, &chosen).await.place;
    assert_eq!(coordinator.post(page, &chosen).await.place, first);
    assert_eq!(house.work().await, 1);
    coordinator.get(&first).await.is(200).shows("32 trên 32").shows("Xem các tệp thư");

    let listed = coordinator.get(page).await;
    let links = links(&listed.text);
    assert_eq!(links.len(), 2);
    let pdf = coordinator.get(&links[0]).await;
    assert_eq!(pdf.headers["content-type"], "application/pdf");
    assert_eq!(pages(&pdf.bytes), 16);
    listed.shows(&server::base::seal::hex(&server::base::seal::sha256(&pdf.bytes)));
    assert_eq!(house.count("office.audit_entry WHERE verb = 'invitations.take_letters'").await, 1);
    for file in files(&house, ".pdf") {
        assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    coordinator.get("/qt/dot/thu/thu-moi/huy").await.is(200).shows("không lấy lại được");
    coordinator.post("/qt/dot/thu/thu-moi/huy", &[]).await.is(200).shows("Đã hủy lúc");
    assert!(files(&house, "").is_empty(), "no list and no letter is left");
    coordinator.get(&links[0]).await.is(404);
    assert_eq!(coordinator.post(page, &chosen).await.status, 409);
    assert_eq!(house.count("office.audit_entry WHERE verb = 'invitations.destroy_print_list'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_province_prints_only_its_own_letters() {
    let house = House::start().await;
    house.issued("thu").await;
    let mut ministry = house.sign_in(Role::Coordinator, "VN").await;
    ministry.get("/qt/dot/thu/thu-moi/in").await;
    ministry.post("/qt/dot/thu/thu-moi/in", &[("tieng", "vi"), ("dia-ban", "48")]).await.is(200);
    house.work().await;
    let elsewhere = links(&ministry.get("/qt/dot/thu/thu-moi/in").await.text);

    let mut hanoi = house.sign_in(Role::Coordinator, "01").await;
    let page = hanoi.get("/qt/dot/thu/thu-moi/in").await;
    page.is(200).shows("Hà Nội");
    assert!(!page.text.contains("Đà Nẵng") && links(&page.text).is_empty());
    hanoi.get(&elsewhere[0]).await.is(404);
    hanoi.get("/qt/dot/thu/thu-moi/in?tinh=48").await.is(404);
    assert_eq!(hanoi.post("/qt/dot/thu/thu-moi/in", &[("tieng", "vi"), ("dia-ban", "48")]).await.status, 400);
    assert_eq!(hanoi.post("/qt/dot/thu/thu-moi/huy", &[]).await.status, 403);
    // Its communes, one by one.
    let communes = hanoi.get("/qt/dot/thu/thu-moi/in?tinh=01").await;
    let commune =
        communes.text.split("name=\"dia-ban\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    hanoi.post("/qt/dot/thu/thu-moi/in", &[("tieng", "en"), ("tinh", "01"), ("dia-ban", &commune)]).await.is(200);
    house.work().await;
    let files = links(&hanoi.get("/qt/dot/thu/thu-moi/in").await.text);
    assert_eq!((files.len(), pages(&hanoi.get(&files[0]).await.bytes)), (1, 4));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_print_that_was_killed_goes_on_with_the_files_that_stand() {
    let house = House::start().await;
    house.issued("thu").await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt/dot/thu/thu-moi/in").await;
    let chosen = [("tieng", "vi"), ("dia-ban", "01"), ("dia-ban", "48")];
    coordinator.post("/qt/dot/thu/thu-moi/in", &chosen).await;
    house.work().await;
    let digests = "SELECT encode(digest, 'hex') AS line FROM contact.letter_file ORDER BY province_code";
    let before = house.rows(digests).await;
    // Killed after the first file was noted and while the second was written.
    house
        .execute(
            "DELETE FROM contact.letter_file WHERE province_code = '48';
             UPDATE office.job SET state = 'running', leased_until = 'epoch' WHERE kind = 'letters'",
        )
        .await;
    house.work().await;
    assert_eq!(house.rows(digests).await, before, "the same letters, byte for byte");
    assert_eq!(files(&house, ".pdf").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_code_voids_the_old_one_and_a_letter_printed_again_voids_nothing() {
    let house = House::start().await;
    let (_, draw) = house.issued("thu").await;
    let lines = list(&house, draw);
    let (old, person) = (Code::parse(&lines[1][0]).unwrap(), lines[1][7].clone());
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt/dot/thu/thu-moi/tim").await.is(200);
    coordinator
        .post("/qt/dot/thu/thu-moi/tim", &[("nguoi", "khong-co")])
        .await
        .is(422)
        .shows("Không tìm thấy người này");
    coordinator.post("/qt/dot/thu/thu-moi/tim", &[("ma", "1234")]).await.is(422).shows("Ông/Bà đã nhập 4 số");
    let by_code = coordinator.post("/qt/dot/thu/thu-moi/tim", &[("ma", &old.to_string())]).await;
    assert!(!by_code.place.contains(old.digits().get(..4).unwrap()), "no code in an address");
    let one = coordinator.post("/qt/dot/thu/thu-moi/tim", &[("nguoi", &person)]).await;
    assert_eq!(one.place, by_code.place);
    let of_code = one.hidden("cua-ma").unwrap();

    let again = coordinator.post(&format!("{}/in", one.place), &[]).await;
    assert_eq!((again.status, pages(&again.bytes)), (200, 1));
    assert!(recognise(&house.app, &old).await.unwrap().is_some());

    let renew = format!("{}/ma-moi", one.place);
    coordinator
        .post(&renew, &[("cua-ma", &of_code), ("ma", &lines[2][0])])
        .await
        .is(422)
        .shows("không phải mã hiện nay");
    coordinator.post(&renew, &[("cua-ma", &of_code)]).await.is(200).shows("Mã cũ hết hiệu lực");
    assert!(recognise(&house.app, &old).await.unwrap().is_none());
    // The same form once more, as from a second window: no third code.
    coordinator.post(&renew, &[("cua-ma", &of_code)]).await.is(409);
    let later = std::fs::read_to_string(&files(&house, "-later.csv")[0]).unwrap();
    let new: Vec<_> = later.lines().skip(1).map(|line| Code::parse(line.get(..19).unwrap()).unwrap()).collect();
    assert_eq!(new.len(), 1);
    assert!(recognise(&house.app, &new[0]).await.unwrap().is_some());
    assert_eq!((house.count("answers.allowed").await, house.count("contact.invitation").await), (544, 544));

    // Printing the province prints the new letter and not the old one.
    coordinator.get("/qt/dot/thu/thu-moi/in").await;
    coordinator.post("/qt/dot/thu/thu-moi/in", &[("tieng", "vi"), ("dia-ban", &lines[1][1])]).await;
    house.work().await;
    let counts = house.rows("SELECT letters::text AS line FROM contact.letter_file ORDER BY number").await;
    assert_eq!(counts, ["15", "1"]);

    // With the lists destroyed only who has the old code can have it replaced.
    coordinator.post("/qt/dot/thu/thu-moi/huy", &[]).await.is(200);
    let page = coordinator.get(&one.place).await;
    page.shows("phải nhập mã cũ");
    let of_code = page.hidden("cua-ma").unwrap();
    coordinator.post(&renew, &[("cua-ma", &of_code)]).await.is(422).shows("cử điều tra viên");
    coordinator.post(&renew, &[("cua-ma", &of_code), ("ma", &new[0].to_string())]).await.is(200).shows("Đã cấp mã mới");
    assert!(recognise(&house.app, &new[0]).await.unwrap().is_none());

    let mut elsewhere = house.sign_in(Role::Coordinator, if lines[1][1] == "01" { "48" } else { "01" }).await;
    elsewhere.get(&one.place).await.is(404);
    elsewhere.get("/qt/dot/thu/thu-moi/tim").await;
    elsewhere.post("/qt/dot/thu/thu-moi/tim", &[("nguoi", &person)]).await.is(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_code_that_was_killed_between_the_sides_ends_with_one_code() {
    let house = House::start().await;
    let (_, draw) = house.issued("thu").await;
    let line = list(&house, draw)[1].clone();
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt/dot/thu/thu-moi/tim").await;
    let one = coordinator.post("/qt/dot/thu/thu-moi/tim", &[("nguoi", &line[7])]).await;
    let of_code = one.hidden("cua-ma").unwrap();
    let before =
        house.rows("SELECT encode(code_digest, 'hex') || ' ' || id AS line FROM contact.invitation ORDER BY id").await;
    let renew = format!("{}/ma-moi", one.place);
    coordinator.post(&renew, &[("cua-ma", &of_code)]).await.is(200);
    // As if it had died before the contact side was told.
    for row in before {
        let (digest, id) = row.split_once(' ').unwrap();
        if one.place.ends_with(id) {
            house
                .execute(&format!("UPDATE contact.invitation SET code_digest = '\\x{digest}' WHERE id = '{id}'"))
                .await;
        }
    }
    coordinator.post(&renew, &[("cua-ma", &of_code)]).await.is(200);
    assert_eq!(std::fs::read_to_string(&files(&house, "-later.csv")[0]).unwrap().lines().count(), 2, "one new code");
    assert_eq!(house.count("answers.allowed").await, 544);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_given_stays_the_only_one_after_a_new_code() {
    let house = House::start().await;
    let (campaign, draw) = house.issued("thu").await;
    let line = list(&house, draw)[1].clone();
    let tag = Code::parse(&line[0]).unwrap().tag(&house.app.keys.wave(campaign.id).unwrap().unwrap()).unwrap();
    let tag = server::base::seal::hex(&tag);
    house.execute(&format!("INSERT INTO answers.spent VALUES ('\\x{tag}', '{}')", campaign.id)).await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt/dot/thu/thu-moi/tim").await;
    let one = coordinator.post("/qt/dot/thu/thu-moi/tim", &[("nguoi", &line[7])]).await;
    let of_code = one.hidden("cua-ma").unwrap();
    coordinator.post(&format!("{}/ma-moi", one.place), &[("cua-ma", &of_code)]).await.is(200).shows("Đã cấp mã mới");
    assert_eq!(
        house.count("answers.allowed").await,
        543,
        "nobody can answer a second time, and the office is not told"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_of_the_reserve_is_let_in_once() {
    let house = House::start().await;
    let (campaign, draw) = house.issued("thu").await;
    let units = server::samples::persons(&house.app, draw).await.unwrap();
    let (main, reserve) = (analysis::draw::Role::Main, analysis::draw::Role::Reserve);
    let unit = units.iter().find(|unit| unit.role == reserve).unwrap();
    let persons = std::slice::from_ref(unit);
    let (one, two) = tokio::join!(
        invitations::admit(&house.app, &house.actor, &campaign, persons),
        invitations::admit(&house.app, &house.actor, &campaign, persons)
    );
    one.unwrap();
    two.unwrap();
    let query = format!("SELECT id::text AS line FROM contact.invitation WHERE person_code = '{}'", unit.code);
    let invitation = house.rows(&query).await.remove(0).parse().unwrap();
    assert_eq!((house.count("contact.invitation").await, house.count("answers.allowed").await), (545, 545));
    let languages = ["vi".to_owned()];
    let pdf = invitations::print_again(&house.app, &house.actor, &campaign, invitation, &languages).await.unwrap();
    assert_eq!(pages(&pdf), 1);
    let other = units.iter().find(|unit| unit.role == main).unwrap();
    let refused =
        invitations::admit(&house.app, &house.actor, &campaign, std::slice::from_ref(other)).await.unwrap_err();
    assert_eq!(refused.code, "not-a-reserve");
}

#[tokio::test(flavor = "multi_thread")]
async fn own_words_are_printed_once_a_second_person_approved_them() {
    let house = House::start().await;
    house.issued("thu").await;
    let mut writer = house.sign_in_as("nguoi.viet", Role::Coordinator, "VN").await;
    let page = "/qt/dot/thu/thu-moi/loi";
    writer.get(page).await.is(200);
    writer.post(page, &[("tieng", "vi"), ("tieu-de", ""), ("noi-dung", "x")]).await.is(422).shows("Cần điền tiêu đề");
    let endless = "dài\n\n".repeat(790);
    writer
        .post(page, &[("tieng", "vi"), ("tieu-de", "T"), ("noi-dung", &endless)])
        .await
        .is(422)
        .shows("dài quá một trang");
    writer.post(page, &[("tieng", "xx"), ("tieu-de", "T"), ("noi-dung", "N")]).await.is(422);
    let own = [("tieng", "vi"), ("tieu-de", "<b>Lời riêng</b>"), ("noi-dung", "Gọi {tong-dai}\n\nTrước {ngay}")];
    let proposed = writer.post(page, &own).await;
    proposed.is(200).shows("Chờ duyệt").shows("&#60;b&#62;Lời riêng");
    assert!(!proposed.text.contains("Duyệt lời này"), "not by who wrote it");
    let id = house.rows("SELECT id::text AS line FROM contact.letter_text").await.remove(0);
    let approve = format!("{page}/{id}/duyet");
    writer.post(&approve, &[]).await.is(403);
    let before = writer.get("/qt/dot/thu/thu-moi/in/mau?tieng=vi").await.bytes;
    let mut second = house.sign_in_as("nguoi.duyet", Role::Coordinator, "VN").await;
    second.get(page).await.shows("Duyệt lời này");
    second.post(&approve, &[]).await.is(200).shows("Đã duyệt");
    assert_ne!(writer.get("/qt/dot/thu/thu-moi/in/mau?tieng=vi").await.bytes, before);
}
