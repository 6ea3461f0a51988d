//! The coordinator's own pages: the work list, the checklist, the opening by two people, drafts and copies.

use chrono::Duration;
use e2e::House;
use server::staff::Role;

#[tokio::test(flavor = "multi_thread")]
async fn a_survey_is_opened_by_two_people_after_its_checklist() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    let mut first = house.sign_in_as("dieu.phoi.1", Role::Coordinator, "VN").await;
    let mut second = house.sign_in_as("dieu.phoi.2", Role::Coordinator, "VN").await;
    first.get("/qt/dot/thu/mo").await.is(200).shows("Còn thiếu 3 việc").shows("Mã mời đã cấp");
    first.post("/qt/dot/thu/mo", &[]).await.is(409);
    house.frozen_frame(&campaign).await;
    let draw = house.drawn(&campaign, "seed").await;
    server::invitations::issue(&house.app, &house.actor, &campaign, draw).await.unwrap();
    house.work().await;

    let page = first.get("/qt/dot/thu/mo").await;
    page.is(200).shows("Đề nghị mở khảo sát").shows("Nên xem");
    first.post("/qt/dot/thu/mo", &[]).await.is(200);
    first.get("/qt/dot/thu/mo").await.shows("Ông/Bà đã đề nghị mở");
    // Pressing again is no second person.
    first.post("/qt/dot/thu/mo", &[]).await.is(200);
    assert_eq!(house.count("office.campaign WHERE state = 'open'").await, 0);
    first.get("/qt").await.shows("Chờ người khác (1)").shows("1 đề nghị mở khảo sát");
    second.get("/qt").await.shows("Chờ Ông/Bà (1)");
    let page = second.get("/qt/dot/thu/mo").await;
    page.is(200).shows("staff:dieu.phoi.1 đã đề nghị mở").shows("Mở khảo sát");
    second.post("/qt/dot/thu/mo", &[]).await.is(200);
    assert_eq!(
        house.rows("SELECT opening_proposed_by || ' ' || opened_by AS line FROM office.campaign").await,
        ["staff:dieu.phoi.1 staff:dieu.phoi.2"]
    );
    assert_eq!(house.count("contact.field_case").await, 544, "there are cases from the first moment on");
    // The database holds it, too.
    let failed =
        house.rows("SELECT conname::text AS line FROM pg_constraint WHERE conname = 'opened_by_another'").await;
    assert_eq!(failed.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_work_list_says_what_is_late_what_is_mine_and_what_waits_for_others() {
    let house = House::start().await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt").await.is(200).shows("Không có việc nào đang chờ");
    let (campaign, _) = house.issued("thu").await;
    house.open_fieldwork(&campaign).await;
    // Nobody is late on the first days, when the plan asks for hardly anything.
    let first_days = coordinator.get("/qt").await;
    first_days.shows("544 hồ sơ chưa giao ai");
    assert!(!first_days.text.contains("chậm hơn kế hoạch"));
    let mut provincial = house.sign_in(Role::Coordinator, "01").await;
    provincial.get("/qt").await.is(200).shows("16 hồ sơ chưa giao ai");
    house.app.clock.advance(Duration::days(20));
    let mut coordinator = house.sign_in_as("ba.tuan.sau", Role::Coordinator, "VN").await;
    coordinator.get("/qt").await.shows("34 nơi chậm hơn kế hoạch");
    house.app.clock.advance(Duration::days(40));
    let mut coordinator = house.sign_in_as("khac", Role::Coordinator, "VN").await;
    coordinator.get("/qt").await.shows("đã hết hạn, cần đóng");
    // Whoever only watches has a page of their own.
    let mut supervisor = house.sign_in(Role::Supervisor, "01").await;
    supervisor.get("/qt/tien-do").await.is(200).shows("/qt/dot/thu/tien-do");
    supervisor.get("/qt").await.is(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_of_a_new_survey_is_kept_and_last_years_is_a_beginning() {
    let house = House::start().await;
    house.issued("sipas-2026").await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt/dot/sipas-2026/mo").await.shows("Tin nhắn tự gửi đúng ngày");
    coordinator.get("/qt/dot/sipas-2026/thu-moi/tin").await.is(200);
    let rule = [
        ("kenh", "email"),
        ("cho-ai", "open"),
        ("luc-nao", "before_close"),
        ("so-ngay", "7"),
        ("tieu-de", "Mời {ten}"),
        ("noi-dung", "Nhắc"),
    ];
    coordinator.post("/qt/dot/sipas-2026/thu-moi/tin", &rule).await.is(200);
    coordinator.get("/qt/dot").await.is(200);
    let typed = [("name-vi", "Khảo sát <nháp>"), ("opens", "chưa biết"), ("nhap", "1")];
    let kept = coordinator.post("/qt/dot", &typed).await;
    kept.is(200).shows("Khảo sát &#60;nháp&#62;").shows("chưa biết").shows("Đã lưu nháp lúc 09:00");
    coordinator.get("/qt").await.shows("1 bản nháp cuộc khảo sát");
    // Somebody else's draft is theirs.
    let mut other = house.sign_in_as("khac", Role::Coordinator, "VN").await;
    assert!(!other.get("/qt/dot").await.text.contains("nháp&#62;"));

    let copy = coordinator.get("/qt/dot?tu=sipas-2026").await;
    copy.is(200).shows("value=\"sipas-2027\"").shows("value=\"01/10/2027\"").shows("checked");
    let version = house.rows("SELECT id::text AS line FROM office.form_version").await.remove(0);
    let fields = [
        ("name-vi", "Khảo sát 2027"),
        ("name-en", "Survey 2027"),
        ("slug", "sipas-2027"),
        ("opens", "01/10/2027"),
        ("closes", "30/11/2027"),
        ("results", "31/12/2027"),
        ("hotline", "1900 1234"),
        ("form", version.as_str()),
        ("tu", "sipas-2026"),
    ];
    assert_eq!(coordinator.post("/qt/dot", &fields).await.is(200).place, "/qt/dot/sipas-2027");
    // Design and rule come along, the one still to be changed, the other not started; nobody's code or answer does.
    let designs = "contact.design WHERE used_at IS NULL AND definition = (SELECT definition FROM contact.design WHERE used_at IS NOT NULL)";
    assert_eq!(
        (house.count(designs).await, house.count("contact.message_rule WHERE started_at IS NULL").await),
        (1, 2)
    );
    assert_eq!(house.count("contact.invitation").await, 544);
    coordinator.get("/qt/dot/sipas-2027/thu-moi/tin").await.is(200).shows("7");
    assert_eq!(house.count("office.campaign_draft").await, 0, "the draft has become a survey");
    coordinator.get("/qt/dot?tu=khong-co").await.is(404);
}
