//! Signing in, staying in, being kept out.

use chrono::Duration;
use e2e::{House, PASSWORD};
use server::staff::Role;

#[tokio::test(flavor = "multi_thread")]
async fn a_coordinator_signs_in_and_out() {
    let house = House::start().await;
    let mut visitor = house.sign_in(Role::Coordinator, "VN").await;
    visitor.get("/qt/viec").await.is(200).shows("Đăng xuất");
    let answer = visitor.post("/dang-xuat", &[]).await;
    assert_eq!(answer.place, "/dang-nhap");
    let answer = visitor.get("/qt/viec").await;
    assert_eq!(answer.place, "/dang-nhap?ve=%2Fqt%2Fviec", "a page that needs a sign-in leads there and back");
    assert_eq!(
        house.rows("SELECT verb AS line FROM office.audit_entry ORDER BY id").await,
        ["staff.add", "staff.sign_in", "staff.sign_out"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_login_and_a_wrong_password_get_the_same_answer() {
    let house = House::start().await;
    house.sign_in(Role::Analyst, "VN").await;
    let wrong = house.visitor().post("/dang-nhap", &[("login", "analyst.vn"), ("password", "sai mật khẩu rồi")]).await;
    let unknown = house.visitor().post("/dang-nhap", &[("login", "nobody.vn"), ("password", "sai mật khẩu rồi")]).await;
    wrong.is(422).shows("Tên đăng nhập hoặc mật khẩu không đúng").shows("Lỗi:");
    let strip = |text: &str| text.replace("analyst.vn", "").replace("nobody.vn", "");
    let (wrong, unknown) = (strip(&wrong.text), strip(&unknown.text));
    let without_nonce =
        |text: &str| text.lines().filter(|line| !line.contains("nonce=")).collect::<Vec<_>>().join("\n");
    assert_eq!(without_nonce(&wrong), without_nonce(&unknown));
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_throttled_and_the_right_password_waits_too() {
    let house = House::start().await;
    house.sign_in(Role::Coordinator, "VN").await;
    let mut visitor = house.visitor();
    for _ in 0..5 {
        visitor.post("/dang-nhap", &[("login", "coordinator.vn"), ("password", "sai mật khẩu rồi")]).await.is(422);
    }
    let right = [("login", "coordinator.vn"), ("password", PASSWORD)];
    visitor.post("/dang-nhap", &right).await.is(429).shows("thử lại sau 15 phút");
    house.app.clock.advance(Duration::minutes(16));
    assert_eq!(visitor.post("/dang-nhap", &right).await.place, "/qt");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_session_ends() {
    let house = House::start().await;
    let mut visitor = house.sign_in(Role::Coordinator, "VN").await;
    house.app.clock.advance(Duration::minutes(29));
    assert_eq!(visitor.get("/qt/viec").await.place, "/qt/viec");
    house.app.clock.advance(Duration::minutes(29));
    assert_eq!(visitor.get("/qt/viec").await.place, "/qt/viec", "each click keeps it open");
    house.app.clock.advance(Duration::minutes(31));
    assert_eq!(visitor.get("/qt/viec").await.place, "/dang-nhap?ve=%2Fqt%2Fviec");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_the_sessions_token_is_refused() {
    let house = House::start().await;
    let mut visitor = house.sign_in(Role::Coordinator, "VN").await;
    let answer = visitor.request(reqwest::Method::POST, "/dang-xuat", |request| request.form(&[("csrf", "sai")])).await;
    answer.is(403);
    visitor.get("/qt/viec").await.is(200).shows("Đăng xuất");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_analyst_may_not_see_the_coordinators_pages() {
    let house = House::start().await;
    let mut visitor = house.sign_in(Role::Analyst, "VN").await;
    visitor.get("/qt/viec").await.is(403).shows("coordinator");
}
