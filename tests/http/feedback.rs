//! What people say of the results: sent once, answered by the office, found again by its receipt.

use e2e::House;
use server::staff::Role;

#[tokio::test(flavor = "multi_thread")]
async fn a_message_gets_one_receipt_and_its_answer_is_public_only_where_the_office_says_so() {
    let house = House::start().await;
    let mut citizen = house.visitor();
    let form = citizen.get("/gop-y").await;
    form.is(200).shows("Chưa có góp ý nào được đăng");
    let id = form.hidden("phieu").unwrap();
    let refused = citizen.post("/gop-y", &[("phieu", &id), ("noi-dung", "Ngắn"), ("lien-he", "a@example.vn")]).await;
    refused
        .is(422)
        .shows("Chọn góp ý về việc gì")
        .shows("Viết từ 5 đến 2.000")
        .shows("value=\"a@example.vn\"")
        .shows("Ngắn</textarea>");

    let words = "Vì sao tỉnh tôi <b>không</b> có số?";
    let sent = [("phieu", id.as_str()), ("chu-de", "results"), ("noi-dung", words), ("lien-he", "a@example.vn")];
    let receipt = citizen.post("/gop-y", &sent).await;
    receipt.is(200).shows("Đã nhận góp ý").shows("Chưa có trả lời");
    assert_eq!(citizen.post("/gop-y", &sent).await.place, receipt.place, "sent twice, kept once");
    assert_eq!(house.count("office.feedback").await, 1);

    let mut local = house.sign_in(Role::Analyst, "48").await;
    local.get("/pt/gop-y").await.is(403);
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let office = analyst.get("/pt/gop-y").await;
    office.is(200).shows("Liên hệ: a@example.vn").shows("Vì sao tỉnh tôi &#60;b&#62;");
    let answer = format!("/pt/gop-y/{id}");
    analyst.post(&answer, &[("tra-loi", "?")]).await.is(422).shows("Viết từ 5 đến 2.000");
    analyst
        .post(&answer, &[("tra-loi", "Vì có dưới mười người trả lời.")])
        .await
        .is(200)
        .shows("Không có góp ý nào chờ");
    analyst.post(&answer, &[("tra-loi", "Một lần nữa.")]).await.is(409);
    citizen.get(&receipt.place).await.is(200).shows("Vì có dưới mười người trả lời.");
    citizen.get("/gop-y").await.is(200).shows("Chưa có góp ý nào được đăng");
    assert_eq!(house.rows("SELECT contact AS line FROM office.feedback").await, [""], "forgotten with the answer");

    // Another one, in English, that helps others too.
    let form = citizen.get("/en/gop-y").await;
    form.is(200).shows("Your message");
    let id = form.hidden("phieu").unwrap();
    let sent = [("phieu", id.as_str()), ("chu-de", "page"), ("noi-dung", "Where is the map?")];
    citizen.post("/en/gop-y", &sent).await.is(200).shows("We have your message");
    analyst.get("/pt/gop-y").await.is(200);
    let public = [("tra-loi", "Under Provinces."), ("dang", "1")];
    analyst.post(&format!("/pt/gop-y/{id}"), &public).await.is(200);
    citizen.get("/en/gop-y").await.shows("Where is the map?").shows("Under Provinces.");
    citizen.get("/gop-y/bien-nhan?so=000000000000").await.is(404).shows("Không có góp ý nào mang số");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_cannot_fill_the_list() {
    let house = House::start().await;
    let mut citizen = house.visitor();
    let mut last = 200;
    for number in 0..31 {
        let page = citizen.post("/gop-y", &[("chu-de", "other"), ("noi-dung", &format!("Góp ý thứ {number}"))]).await;
        last = page.status;
        if last != 200 {
            page.shows("Xin gửi lại sau một giờ").shows("Góp ý thứ 30");
        }
    }
    assert_eq!(last, 422);
    assert_eq!(house.count("office.feedback").await, 30);
}
