//! Accounts: made within one's own place and power, shut out at once.

use e2e::House;
use server::staff::Role;

#[tokio::test(flavor = "multi_thread")]
async fn a_provincial_coordinator_keeps_the_people_of_the_province_and_no_others() {
    let house = House::start().await;
    server::places::load(&house.app, &house.actor).await.expect("the places");
    let mut coordinator = house.sign_in(Role::Coordinator, "01").await;
    coordinator.get("/qt/nguoi").await.is(200).shows("Thêm người");
    let new =
        |login, role, place| [("ho-ten", "Lò Thị <b>Hoa</b>"), ("dang-nhap", login), ("vai-tro", role), ("noi", place)];

    let made = coordinator.post("/qt/nguoi", &new("hoa.lo", "interviewer", "01")).await;
    made.is(200).shows("Mật khẩu của hoa.lo").shows("Lò Thị &#60;b&#62;Hoa");
    let (_, rest) = made.text.split_once("<code>").expect("a password");
    let password = rest.split_once("</code>").unwrap().0.to_owned();
    assert_eq!((password.len(), password.matches('-').count()), (19, 3), "{password}");
    let mut interviewer = house.visitor();
    let fields = [("login", "hoa.lo"), ("password", password.as_str())];
    assert_eq!(interviewer.post("/dang-nhap", &fields).await.place, "/dtv");

    // Twice the same login, another province, more power than one's own, nothing at all: each is told, nothing is made.
    coordinator.get("/qt/nguoi").await;
    coordinator.post("/qt/nguoi", &new("hoa.lo", "interviewer", "01")).await.is(422).shows("đã có người dùng");
    coordinator.post("/qt/nguoi", &new("khac", "interviewer", "04")).await.is(422).shows("Lỗi:");
    coordinator.post("/qt/nguoi", &new("khac", "administrator", "01")).await.is(422);
    coordinator.post("/qt/nguoi", &new("khac", "coordinator", "01")).await.is(422);
    coordinator.post("/qt/nguoi", &new("Có Dấu", "interviewer", "01")).await.is(422).shows("chữ thường không dấu");
    coordinator.post("/qt/nguoi", &[]).await.is(422).shows("Chọn một mục");
    assert_eq!(house.count("office.staff").await, 2);

    // Shut out, she is out with her next click; let in, she signs in again.
    let id = house.rows("SELECT id::text AS line FROM office.staff WHERE login = 'hoa.lo'").await.remove(0);
    interviewer.get("/dtv").await.is(200);
    coordinator.post(&format!("/qt/nguoi/{id}/khoa"), &[]).await.is(200).shows("Đã khóa");
    assert!(interviewer.get("/dtv").await.place.starts_with("/dang-nhap"));
    interviewer.post("/dang-nhap", &fields).await.is(422);
    coordinator.post(&format!("/qt/nguoi/{id}/cho-vao"), &[]).await.is(200);
    assert_eq!(interviewer.post("/dang-nhap", &fields).await.place, "/dtv");
    // A new password ends what runs under the old one.
    coordinator.post(&format!("/qt/nguoi/{id}/mat-khau"), &[]).await.is(200).shows("Mật khẩu của hoa.lo");
    assert!(interviewer.get("/dtv").await.place.starts_with("/dang-nhap"));
    interviewer.post("/dang-nhap", &fields).await.is(422);

    // Somebody of another province is none of theirs.
    house.sign_in(Role::Interviewer, "04").await;
    let other = house.rows("SELECT id::text AS line FROM office.staff WHERE place_code = '04'").await.remove(0);
    coordinator.post(&format!("/qt/nguoi/{other}/khoa"), &[]).await.is(404);
    assert!(!coordinator.get("/qt/nguoi").await.text.contains("interviewer.04"));
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get("/qt/nguoi").await.is(403);
}
