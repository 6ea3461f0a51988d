//! A citizen on their way, without any script in the browser.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test stops at a surprise")]

use e2e::{Answer, House, Visitor, first_choice};
use reqwest::Method;

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_form_is_walked_from_the_letter_to_the_receipt() {
    let house = House::start().await;
    let survey = house.survey(1, 6).await;
    let mut citizen = house.visitor();

    let start = citizen.enter(&survey.people[0].code).await;
    start.is(200).shows("Tôi đồng ý, bắt đầu").shows("Tôi không tham gia").shows("Dữ liệu mô phỏng");
    assert_eq!(start.place, "/khao-sat", "the code has left the address bar");
    let first = citizen.agree().await;
    first.is(200).shows("Phần 1 trên 9 · Câu 1–5 trên 85");

    let (check, pages) = citizen.walk(first, first_choice).await;
    assert_eq!(pages, 20);
    check.shows("Chưa gửi. Bấm nút ở cuối trang để gửi.");
    assert_eq!(house.count("answers.inbox").await, 0, "nothing is sent before it is sent");

    let receipt = citizen.post("/khao-sat/gui", &[]).await;
    receipt.is(200).shows("Đã nhận câu trả lời").shows("Nhận lúc 09:00 ngày 05/10/2026");
    assert_eq!(receipt.place, "/khao-sat/xong");
    assert_eq!(house.count("answers.inbox").await, 1);
    assert_eq!(house.count("answers.draft").await, 0, "the draft goes with the sending");

    let back = citizen.get("/khao-sat/ve-ong-ba").await;
    assert_eq!(back.place, "/khao-sat/xong", "Back leads to the receipt, not to the form");
    assert!(back.asked().is_empty());
    assert_eq!(receipt_number(&back), receipt_number(&receipt));
}

fn receipt_number(page: &Answer) -> String {
    let (_, rest) = page.text.split_once("Số biên nhận ").expect("a receipt number");
    rest.chars().take(15).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_pauses_and_goes_on_at_another_device() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let code = &survey.people[0].code;
    let mut phone = house.visitor();
    phone.enter(code).await;
    let first = phone.agree().await;
    let second = phone.answer(&first, first_choice).await;
    phone
        .get("/tam-dung")
        .await
        .shows("Đã lưu 5 câu")
        .shows(&code.to_string().replace(' ', "\u{a0}"))
        .shows("30/11/2026");
    phone.post("/thoat", &[]).await;
    assert_eq!(phone.get(&second.place).await.place, "/ma", "leaving clears the phone");

    let mut tablet = house.visitor();
    let typed = tablet.post("/ma", &[("code", &format!(" {} ", code.to_string().replace(' ', ".")))]).await;
    typed.is(200).shows("Đã trả lời 5 trên 85 câu").shows("Làm tiếp từ câu 6");
    assert_eq!(tablet.get(&first.place).await.chosen().len(), 5, "the answers given on the phone are shown");
    let (check, pages) = {
        let page = tablet.get(&second.place).await;
        tablet.walk(page, first_choice).await
    };
    assert_eq!(pages, 19);
    check.shows("Gửi câu trả lời");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_refuses_may_come_back_and_answer() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let mut citizen = house.visitor();
    citizen.enter(&survey.people[0].code).await;
    citizen.get("/khao-sat/tu-choi").await.shows("Không có thời gian").shows("Chưa đủ 18 tuổi");
    let noted = citizen.post("/khao-sat/tu-choi", &[("ly-do", "trust")]).await;
    noted.is(200).shows("Cảm ơn Ông/Bà đã cho biết").shows("30/11/2026");
    assert_eq!(house.count("answers.refusal").await, 1);

    citizen.enter(&survey.people[0].code).await.shows("Tôi đồng ý, bắt đầu");
    citizen.agree().await;
    assert_eq!(house.count("answers.refusal").await, 0, "coming back takes the refusal away");
    citizen.respond(&survey.people[0].code).await.shows("Đã nhận câu trả lời");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_changes_without_losing_the_place() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let mut citizen = house.visitor();
    citizen.enter(&survey.people[0].code).await;
    let first = citizen.agree().await;
    let second = citizen.answer(&first, first_choice).await;
    let english = citizen.get(&format!("/ngon-ngu/en?ve={}", second.place)).await;
    assert_eq!(english.place, second.place);
    english.shows("Part 2 of 9 · Questions 6–10 of 85").shows("lang=\"en\"");
    citizen.get(&first.place).await.shows("Part 1 of 9");
}

#[tokio::test(flavor = "multi_thread")]
async fn skipped_questions_are_named_once_and_then_let_go() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let mut citizen = house.visitor();
    citizen.enter(&survey.people[0].code).await;
    let first = citizen.agree().await;
    let asked = first.asked();
    let refused = citizen.post(&first.place, &[(&asked[0].name, "1"), (&asked[2].name, "2")]).await;
    refused.is(422).shows("<title>Lỗi: ").shows("Còn 3 câu chưa trả lời").shows("Tiếp tục, bỏ qua các câu này");
    assert_eq!(refused.chosen().len(), 2, "what was chosen stays chosen");
    for open in [1, 3, 4] {
        refused.shows(&format!("href=\"#{}\"", asked[open].name));
    }
    let next = citizen.post(&first.place, &[("skip", "1")]).await;
    next.is(200);
    assert_ne!(next.place, first.place);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_check_lists_what_was_skipped_and_corrections_return_to_it() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let mut citizen = house.visitor();
    citizen.enter(&survey.people[0].code).await;
    let mut page = citizen.agree().await;
    let first = page.place.clone();
    while page.place != "/khao-sat/kiem-tra" {
        page = citizen.post(&page.place, &[("skip", "1")]).await;
    }
    page.shows("Các câu đã bỏ qua (85)").shows(&format!("{first}?ve=kiem-tra#a1"));
    let correcting = citizen.get(&format!("{first}?ve=kiem-tra")).await;
    assert_eq!(correcting.hidden("ve").as_deref(), Some("kiem-tra"));
    let returned = citizen.post(&first, &[("ve", "kiem-tra"), ("a1", "1"), ("skip", "1")]).await;
    assert_eq!(returned.place, "/khao-sat/kiem-tra");
    returned.shows("Các câu đã bỏ qua (84)");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_private_page_says_who_cannot_see_it_and_keeps_its_topic_out_of_the_title() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let mut citizen = house.visitor();
    citizen.enter(&survey.people[0].code).await;
    citizen.agree().await;
    let page = citizen.get("/khao-sat/rieng-tu").await;
    page.is(200).shows("Người phát phiếu và cán bộ xã không xem được câu trả lời này.");
    assert_eq!(page.title(), "Câu hỏi riêng tư");
    assert_eq!(page.headers["cache-control"], "no-store");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_can_be_withdrawn_until_they_are_anonymous() {
    let house = House::start().await;
    let survey = house.survey(1, 6).await;
    for person in &survey.people {
        house.visitor().respond(&person.code).await.shows("Đã nhận câu trả lời");
    }
    let mut regretting = house.visitor();
    regretting.get("/rut-lai").await.shows("Nhập mã trên thư mời");
    regretting
        .post("/rut-lai", &[("code", &survey.people[0].code.digits())])
        .await
        .shows("Sau khi xóa không lấy lại được");
    let deleted = regretting.post("/rut-lai", &[]).await;
    deleted.is(200).shows("Đã xóa câu trả lời của mã này");
    assert_eq!(house.count("answers.inbox").await, 5);
    regretting.get("/rut-lai").await.shows("Mã này chưa gửi câu trả lời nào");

    flush(&house, &survey).await;
    assert_eq!(house.count("answers.response").await, 5);
    let mut late = house.visitor();
    late.enter(&survey.people[1].code).await.shows("Mã này đã gửi câu trả lời");
    late.get("/rut-lai").await.shows("trộn chung và tách khỏi mã, nên không tìm lại được để xóa");
    late.post("/rut-lai", &[]).await.is(409);
    assert_eq!(house.count("answers.response").await, 5);
}

async fn flush(house: &House, survey: &e2e::Survey) {
    server::responses::jobs::due(&house.app).await.expect("the schedule asks for a flush");
    house.work().await;
    assert_eq!(survey.row(house).await.id, survey.campaign);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_stay_small_and_looking_changes_nothing() {
    let house = House::start().await;
    let survey = house.survey(1, 2).await;
    let mut citizen = house.visitor();
    let first_view = gzipped(&mut citizen, &format!("/v/{}", survey.people[0].code.digits())).await;
    assert!(first_view <= 14 * 1024, "the first page and its style: {first_view} bytes");
    citizen.get("/khao-sat").await;
    let first = citizen.agree().await;
    citizen.walk(first, first_choice).await;
    let before = contents(&house).await;
    let mut pages: Vec<String> = [
        "/ma",
        "/khao-sat",
        "/khao-sat/kiem-tra",
        "/tam-dung",
        "/khao-sat/tu-choi",
        "/rut-lai",
        "/tro-giup",
        "/quyen-rieng-tu",
        "/thu-that",
        "/tro-nang",
    ]
    .map(str::to_owned)
    .into();
    let form = survey.row(&house).await.form(&house.app).await.unwrap();
    pages.extend(form.pages().iter().map(|page| format!("/khao-sat/{}", page.code())));
    let mut largest = (0, String::new());
    for path in &pages {
        let size = gzipped(&mut citizen, path).await;
        largest = largest.max((size, path.clone()));
        citizen.request(Method::HEAD, path, |request| request).await;
    }
    println!("first view {first_view} bytes, largest later page {largest:?}");
    assert!(largest.0 <= 6 * 1024, "{largest:?}");
    let previews = house.visitor();
    for person in &survey.people {
        previews.clone().request(Method::HEAD, &format!("/v/{}", person.code.digits()), |request| request).await;
        previews.clone().enter(&person.code).await;
    }
    assert_eq!(contents(&house).await, before, "GET and HEAD change no table");
}

/// The size of the body as sent to a browser that takes gzip.
async fn gzipped(visitor: &mut Visitor, path: &str) -> usize {
    let answer = visitor.request(Method::GET, path, |request| request.header("accept-encoding", "gzip")).await;
    answer.is(200);
    assert_eq!(answer.headers["content-encoding"], "gzip", "{path}");
    answer.bytes.len()
}

/// Every row of every table.
async fn contents(house: &House) -> Vec<String> {
    let tables = house
        .rows("SELECT format('%I.%I', schemaname, tablename) AS line FROM pg_tables WHERE schemaname IN ('office', 'contact', 'answers') ORDER BY 1")
        .await;
    let mut contents = Vec::new();
    for table in tables {
        contents.extend(
            house
                .rows(&format!("SELECT '{table} ' || row_to_json(r)::text AS line FROM {table} AS r ORDER BY 1"))
                .await,
        );
    }
    contents
}
