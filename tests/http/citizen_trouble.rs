//! Bad input and bad luck on the citizen's side: each gets a clear sentence, and nothing is lost.

use chrono::Duration;
use e2e::{House, first_choice};
use reqwest::Method;
use server::invitations::{self, code::Code};

#[tokio::test(flavor = "multi_thread")]
async fn a_mistyped_code_is_told_from_one_that_nobody_has() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let mut citizen = house.visitor();
    citizen.post("/ma", &[("code", "  ")]).await.is(422).shows("Nhập 16 chữ số trên thư mời");
    citizen
        .post("/ma", &[("code", "4821 7730")])
        .await
        .is(422)
        .shows("Ông/Bà đã nhập 8 số")
        .shows("value=\"4821 7730\"");
    let mut digits: Vec<char> = survey.people[0].code.digits().chars().collect();
    digits[3] = if digits[3] == '9' { '0' } else { '9' };
    let mistyped: String = digits.iter().collect();
    for _ in 0..15 {
        let answer = citizen.post("/ma", &[("code", &mistyped)]).await;
        answer.is(422).shows("Có thể gõ nhầm một số");
    }
    let unknown = citizen.post("/ma", &[("code", &Code::random().unwrap().to_string())]).await;
    unknown.is(422).shows("Không tìm thấy mã này").shows("1900 1234");

    let link = citizen.get(&format!("/v/{}", Code::random().unwrap().digits())).await;
    link.is(422).shows("Không tìm thấy mã này");
    assert!(!link.text.contains("%2Fv%2F"), "the code is not carried on in links");
    citizen.get("/v/khong-phai-ma").await.is(422).shows("Ông/Bà đã nhập 0 số");
    citizen.get(&format!("/V/{}", survey.people[0].code.digits())).await.is(200).shows("Tôi đồng ý");
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_held_off_for_some_minutes() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let mut guesser = house.visitor();
    for _ in 0..10 {
        guesser.post("/ma", &[("code", &Code::random().unwrap().digits())]).await.is(422);
    }
    let held = guesser.post("/ma", &[("code", &Code::random().unwrap().digits())]).await;
    held.is(429).shows("Xin thử lại sau 10 phút").shows("1900 1234");
    assert_eq!(held.headers["retry-after"], "600");
    house.visitor().enter(&survey.people[0].code).await.is(200).shows("Tôi đồng ý");
    house.app.clock.advance(Duration::minutes(10));
    guesser.post("/ma", &[("code", &survey.people[0].code.digits())]).await.is(200).shows("Tôi đồng ý");
    // Somebody who throws the cookie away each time.
    let mut admitted = 0;
    for _ in 0..400 {
        let answer = house.visitor().post("/ma", &[("code", &Code::random().unwrap().digits())]).await;
        admitted += usize::from(answer.status == 422);
    }
    assert_eq!(admitted, 300);
}

#[tokio::test(flavor = "multi_thread")]
async fn used_and_cancelled_codes_say_no_more_than_they_should() {
    let house = House::start().await;
    let survey = house.survey(1, 2).await;
    house.visitor().respond(&survey.people[0].code).await;
    let used = house.visitor().enter(&survey.people[0].code).await;
    used.is(200).shows("Mã này đã gửi câu trả lời").shows("đã được nhận từ trước");
    assert!(!used.text.contains("05/10/2026"), "another device is not told when");

    let mut citizen = house.visitor();
    citizen.enter(&survey.people[1].code).await;
    let page = citizen.agree().await;
    invitations::cancel(&house.app, &house.actor, "VN", &survey.people[1].code).await.unwrap();
    let ended = citizen.answer(&page, first_choice).await;
    ended.is(422).shows("Không tìm thấy mã này");
    let cancelled = house.visitor().enter(&survey.people[1].code).await;
    let unknown = house.visitor().enter(&Code::random().unwrap()).await;
    let sentence =
        |text: &str| text.split("govuk-error-summary__body").nth(1).unwrap().split("</ul>").next().unwrap().to_owned();
    assert_eq!(sentence(&cancelled.text), sentence(&unknown.text));
    assert_eq!(cancelled.status, unknown.status);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doors_are_early_then_open_then_closed() {
    let house = House::at("2026-09-20T02:00:00Z".parse().unwrap()).await;
    let survey = house.survey(1, 2).await;
    house.visitor().enter(&survey.people[0].code).await.is(200).shows("Cuộc khảo sát bắt đầu ngày 01/10/2026");
    house.app.clock.advance(Duration::days(15));
    let mut citizen = house.visitor();
    citizen.enter(&survey.people[0].code).await.is(200);
    let page = citizen.agree().await;
    survey.close(&house).await;
    let closed = citizen.answer(&page, first_choice).await;
    closed.is(200).shows("Cuộc khảo sát đã kết thúc");
    house.visitor().enter(&survey.people[1].code).await.is(200).shows("Cuộc khảo sát đã kết thúc");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_of_silence_asks_for_the_code_and_loses_nothing() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let mut citizen = house.visitor();
    citizen.enter(&survey.people[0].code).await;
    let first = citizen.agree().await;
    let second = citizen.answer(&first, first_choice).await;
    house.app.clock.advance(Duration::minutes(61));
    let expired = citizen.answer(&second, first_choice).await;
    expired.is(200).shows("Vì an toàn, xin nhập lại mã. Câu trả lời đã lưu vẫn còn.");
    assert!(expired.asked().is_empty(), "nothing of the person is shown");
    let back = citizen.post("/ma", &[("code", &survey.people[0].code.digits())]).await;
    back.shows("Đã trả lời 10 trên 85 câu");
    // Clicks keep a session alive.
    for _ in 0..3 {
        house.app.clock.advance(Duration::minutes(40));
        citizen.get(&first.place).await.is(200).shows("Câu 1–5");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_form_of_ours_sends_is_refused_and_the_rest_is_kept() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let mut citizen = house.visitor();
    citizen.enter(&survey.people[0].code).await;
    let first = citizen.agree().await;
    let names: Vec<_> = first.asked().into_iter().map(|asked| asked.name).collect();
    let all: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "1")).collect();

    let mut outside = all.clone();
    outside[1].1 = "42";
    citizen.post(&first.place, &outside).await.is(422).shows("Câu 2: ý đã chọn không có trong danh sách");
    let mut twice = all.clone();
    twice.push((names[0].as_str(), "2"));
    citizen.post(&first.place, &twice).await.is(422);
    let mut stranger = all.clone();
    stranger.push(("q9_01", "5"));
    stranger.push(("<b>ghi</b>", "1"));
    let refused = citizen.post(&first.place, &stranger).await;
    refused.is(422).shows("có ô không thuộc phiếu hỏi này");
    assert!(!refused.text.contains("<b>ghi</b>"));
    assert_eq!(citizen.get(&first.place).await.chosen().len(), 5);
    citizen.get("/khao-sat/thong-tin-chinh-sach").await.is(200);

    citizen.get("/khao-sat/khong-co").await.is(404);
    citizen.post("/khao-sat/khong-co", &[]).await.is(404);
    let large = "x".repeat(70 * 1024);
    citizen.post(&first.place, &[("a1", &large)]).await.is(413).shows("dài quá mức");
    let csrf = citizen.csrf().to_owned();
    let foreign = citizen
        .request(Method::POST, &first.place, |request| {
            request.header("origin", "https://evil.example").form(&[("csrf", csrf.as_str()), ("a1", "2")])
        })
        .await;
    foreign.is(403);
    citizen.request(Method::POST, &first.place, |request| request.form(&[("a1", "2")])).await.is(403);
    let after = citizen.get(&first.place).await;
    assert!(after.chosen().contains(&("a1".to_owned(), "1".to_owned())), "a foreign post changes nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_off_the_path_leads_to_where_the_person_belongs() {
    let house = House::start().await;
    let survey = house.small_survey(1, 1).await;
    let mut citizen = house.visitor();
    citizen.enter(&survey.people[0].code).await;
    assert_eq!(citizen.get("/khao-sat/mot").await.place, "/khao-sat", "no question before the consent");
    citizen.agree().await;
    assert_eq!(citizen.get("/khao-sat/them").await.place, "/khao-sat/mot");
    assert_eq!(citizen.post("/khao-sat/them", &[("q2", "1")]).await.place, "/khao-sat/mot");
    assert_eq!(citizen.get("/khao-sat/kiem-tra").await.place, "/khao-sat/mot", "nothing is checked before it is asked");
    assert_eq!(citizen.post("/khao-sat/gui", &[]).await.place, "/khao-sat/mot");
    assert_eq!(
        citizen.post("/khao-sat/mot", &[("q1", "1")]).await.place,
        "/khao-sat/them",
        "a yes opens the second page"
    );
    citizen.post("/khao-sat/them", &[("q2", "1")]).await;
    // Taking the yes back closes it again; its answer does not count.
    let check = citizen.post("/khao-sat/mot", &[("q1", "2"), ("ve", "kiem-tra")]).await;
    assert_eq!(check.place, "/khao-sat/kiem-tra");
    let reopened = citizen.post("/khao-sat/mot", &[("q1", "1"), ("ve", "kiem-tra")]).await;
    assert_eq!(reopened.place, "/khao-sat/kiem-tra", "what was answered before is still there");
    citizen.post("/khao-sat/gui", &[]).await.is(200).shows("Đã nhận câu trả lời");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_cookies_is_told_so() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let forgetful = reqwest::Client::new();
    let page = forgetful.get(house.address(&format!("/v/{}", survey.people[0].code.digits()))).send().await.unwrap();
    assert_eq!(page.url().path(), "/khao-sat");
    assert!(page.text().await.unwrap().contains("trình duyệt này chặn cookie"));
    house.visitor().get("/").await.is(200).shows("Nhập 16 số trên thư");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_ours_offers_another_try_a_number_and_somebody_to_call() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let mut citizen = house.visitor();
    citizen.enter(&survey.people[0].code).await;
    let page = citizen.agree().await;
    house.execute("ALTER TABLE answers.draft RENAME TO away").await;
    let fault = citizen.get(&page.place).await;
    fault.is(500).shows("Câu trả lời đã lưu vẫn còn").shows("Mã lỗi: ").shows("Gọi 1900 1234");
    fault.shows(&format!("href=\"{}\">Thử lại", page.place));
    house.execute("ALTER TABLE answers.away RENAME TO draft").await;
    assert_eq!(citizen.get("/").await.place, "/khao-sat", "the first page leads back to one's own answers");
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_needs_no_token_and_says_how_to_come_back() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let mut citizen = house.visitor();
    citizen.enter(&survey.people[0].code).await;
    citizen.agree().await.shows("action=\"/thoat\"");
    let csrf = citizen.csrf().to_owned();
    let left = citizen.request(Method::POST, "/thoat", |request| request).await;
    left.is(200).shows("Câu trả lời đã lưu vẫn còn").shows("quét lại mã trên thư mời");
    assert_eq!(left.place, "/thoat");
    assert_eq!(citizen.get("/khao-sat").await.place, "/ma");
    assert!(!csrf.is_empty() && left.hidden("csrf").is_none(), "no page for everybody carries somebody's token");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_is_told_where_to_go_and_everybody_else_is_led_there() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let mut citizen = house.visitor();
    citizen.enter(&survey.people[0].code).await;
    let page = citizen.agree().await;
    let csrf = citizen.csrf().to_owned();
    let all: Vec<(String, String)> =
        page.asked().into_iter().map(|asked| (asked.name, "1".to_owned())).chain([("csrf".to_owned(), csrf)]).collect();
    let told = citizen.request(Method::POST, &page.place, |request| request.header("x-onward", "ask").form(&all)).await;
    told.is(204);
    assert_eq!(told.headers["x-onward"], "/khao-sat/quan-tam-1");
    assert!(told.bytes.is_empty() && !told.headers.contains_key("location"));
    citizen
        .request(Method::POST, &page.place, |request| request.header("x-onward", "ask").form(&all[..1]))
        .await
        .is(403);
}
