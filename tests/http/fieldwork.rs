//! The fieldwork: cases given and taken back, visits, replacements, and the board over all of them.

use analysis::design::Design;
use analysis::draw::{Role as DrawnAs, Stage};
use chrono::Duration;
use e2e::{House, small_design};
use server::audit::Actor;
use server::campaigns::Campaign;
use server::invitations::{self, Status};
use server::samples;
use server::staff::Role;

/// An open survey with its cases; 16 sampled persons and 8 reserves in each province.
async fn open(house: &House) -> Campaign {
    let (campaign, _) = house.issued("thu").await;
    house.open_fieldwork(&campaign).await;
    house.campaign_now("thu").await
}

async fn one(house: &House, query: &str) -> String {
    house.rows(query).await.into_iter().next().unwrap_or_else(|| panic!("nothing: {query}"))
}

/// The communes of Hà Nội that have cases, and the id of its interviewer.
async fn hanoi(house: &House) -> (Vec<String>, String) {
    let communes = house
        .rows("SELECT DISTINCT commune_code AS line FROM contact.field_case WHERE province_code = '01' ORDER BY 1")
        .await;
    (communes, one(house, "SELECT id::text AS line FROM office.staff WHERE login = 'interviewer.01'").await)
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_are_given_many_at_once_and_taken_back_within_ten_minutes() {
    let house = House::start().await;
    open(&house).await;
    let mut interviewer = house.sign_in(Role::Interviewer, "01").await;
    let mut coordinator = house.sign_in(Role::Coordinator, "01").await;
    let (communes, person) = hanoi(&house).await;
    let page = coordinator.get("/qt/dot/thu/phan-cong").await;
    page.is(200).shows("4 hồ sơ, 4 chưa giao").shows("interviewer.01");
    coordinator.post("/qt/dot/thu/phan-cong", &[("nguoi", &person)]).await.is(422).shows("Chọn ít nhất một xã");
    coordinator.post("/qt/dot/thu/phan-cong", &[("xa", &communes[0])]).await.is(422).shows("Chọn người nhận việc");

    let given = [("xa", communes[0].as_str()), ("xa", &communes[1]), ("viec", "free"), ("nguoi", &person)];
    coordinator.post("/qt/dot/thu/phan-cong", &given).await.is(200).shows("Đã chuyển 8 hồ sơ");
    interviewer.get("/dtv").await.is(200).shows("Còn 8 người cần đến");
    let undo =
        one(&house, "SELECT '/qt/dot/thu/phan-cong/' || id || '/hoan-tac' AS line FROM contact.assignment_act").await;
    coordinator.post(&undo, &[]).await.is(200);
    interviewer.get("/dtv").await.is(200).shows("Hết việc hôm nay");
    coordinator.post(&undo, &[]).await.is(409);

    coordinator.post("/qt/dot/thu/phan-cong", &given).await.is(200);
    house.app.clock.advance(Duration::minutes(11));
    let late = one(&house, "SELECT '/qt/dot/thu/phan-cong/' || id || '/hoan-tac' AS line FROM contact.assignment_act WHERE undone_at IS NULL").await;
    coordinator.post(&late, &[]).await.is(409).shows("10 phút");
    interviewer.get("/dtv").await.shows("Còn 8 người cần đến");
    // Another province's interviewer is nobody here.
    house.sign_in(Role::Interviewer, "04").await;
    let stranger = one(&house, "SELECT id::text AS line FROM office.staff WHERE login = 'interviewer.04'").await;
    let given = [("xa", communes[2].as_str()), ("viec", "free"), ("nguoi", stranger.as_str())];
    coordinator.post("/qt/dot/thu/phan-cong", &given).await.is(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_recorded_once_and_a_replacement_is_the_next_reserve_by_a_second_persons_yes() {
    let house = House::start().await;
    open(&house).await;
    let mut interviewer = house.sign_in(Role::Interviewer, "01").await;
    let mut first = house.sign_in_as("dieu.phoi.1", Role::Coordinator, "01").await;
    let mut second = house.sign_in_as("dieu.phoi.2", Role::Coordinator, "01").await;
    let (communes, person) = hanoi(&house).await;
    first.get("/qt/dot/thu/phan-cong").await;
    first.post("/qt/dot/thu/phan-cong", &[("xa", &communes[0]), ("viec", "free"), ("nguoi", &person)]).await.is(200);
    let case = one(&house, "SELECT invitation_id::text AS line FROM contact.field_case WHERE interviewer_id IS NOT NULL ORDER BY position LIMIT 1").await;
    let address = format!("/dtv/ho-so/{case}");

    // What is missing or impossible is told beside its field, and nothing typed is lost.
    let page = interviewer.get(&address).await;
    let visit = page.hidden("visit").expect("the visit's own id");
    let say = |outcome: &'static str, day: &'static str, note: &'static str| {
        [
            ("visit", visit.clone()),
            ("ket-qua", outcome.to_owned()),
            ("ngay", day.to_owned()),
            ("hen", String::new()),
            ("ghi-chu", note.to_owned()),
        ]
    };
    let send = |fields: &[(&'static str, String); 5]| fields.each_ref().map(|(name, value)| (*name, value.clone()));
    for (outcome, day, message) in [
        ("", "05/10/2026", "Chọn một kết quả"),
        ("away", "06/10/2026", "không sau hôm nay"),
        ("away", "hôm qua", "không sau hôm nay"),
        ("appointment", "05/10/2026", "Ghi ngày giờ đã hẹn"),
    ] {
        let fields = send(&say(outcome, day, "Cổng <xanh>"));
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        interviewer.post(&address, &fields).await.is(422).shows("Lỗi:").shows(message).shows("Cổng &#60;xanh&#62;");
    }
    assert_eq!(house.count("contact.visit").await, 0);
    let fields = send(&say("away", "05/10/2026", "Cổng xanh"));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(interviewer.post(&address, &fields).await.is(200).place, "/dtv");
    // The same form again: one visit.
    interviewer.get(&address).await;
    interviewer.post(&address, &fields).await.is(200);
    assert_eq!(
        (
            house.count("contact.visit").await,
            one(
                &house,
                &format!("SELECT attempts::text AS line FROM contact.field_case WHERE invitation_id = '{case}'")
            )
            .await
            .as_str()
        ),
        (1, "1")
    );
    interviewer.get(&address).await.is(200).shows("2.25").shows("Cổng xanh");

    // One visit is too few to ask for somebody else.
    let ask = format!("{address}/thay-the");
    interviewer.post(&ask, &[("ly-do", "Không gặp được")]).await.is(422).shows("ít nhất 3 lần");
    for _ in 0..2 {
        let visit = interviewer.get(&address).await.hidden("visit").unwrap();
        interviewer
            .post(&address, &[("visit", visit.as_str()), ("ket-qua", "nobody-home"), ("ngay", "05/10/2026")])
            .await
            .is(200);
    }
    interviewer.get(&address).await.shows("Đề nghị thay người");
    interviewer.post(&ask, &[("ly-do", "x")]).await.is(422).shows("từ 5 đến 500 chữ");
    interviewer.post(&ask, &[("ly-do", "Đến ba lần, nhà khóa cửa")]).await.is(200).shows("đang chờ duyệt");
    interviewer.post(&ask, &[("ly-do", "Đến ba lần, nhà khóa cửa")]).await.is(422);

    // Two people decide at once: one reserve is taken, once.
    let decide = one(&house, "SELECT '/qt/dot/thu/thay-the/' || id AS line FROM contact.replacement").await;
    first.get("/qt/dot/thu/thay-the").await.is(200).shows("Đến ba lần, nhà khóa cửa");
    second.get("/qt/dot/thu/thay-the").await.is(200);
    let (a, b) = tokio::join!(first.post(&decide, &[("duyet", "1")]), second.post(&decide, &[("duyet", "1")]));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422], "{}\n{}", a.text, b.text);
    let taken = house
        .rows(&format!(
            "SELECT reserve.code || ' ' || (reserve.order_number = min_order)::text || ' ' || field_case.role || ' ' || (interviewer_id = '{person}')::text AS line
             FROM contact.replacement JOIN contact.drawn_unit reserve ON reserve.code = reserve_code AND reserve.draw_id = replacement.draw_id
             JOIN contact.field_case ON field_case.person_code = reserve_code
             CROSS JOIN LATERAL (SELECT min(order_number) AS min_order FROM contact.drawn_unit other WHERE other.path = reserve.path AND other.role = 'reserve') AS village"
        ))
        .await;
    assert_eq!(taken.len(), 1);
    assert!(
        taken[0].ends_with(" true reserve true"),
        "the first reserve of the village, with a case for the same interviewer: {taken:?}"
    );
    // The reserve has a code, so they can answer; the board counts them apart.
    assert_eq!(house.count("contact.invitation WHERE province_code = '01'").await, 17);
    assert_eq!(house.count("answers.allowed").await, 545);
    let board = first.get("/qt/dot/thu/tien-do").await;
    board.is(200).shows("Tiến độ: Hà Nội");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_does_not_decide_and_a_village_without_reserves_gives_nobody() {
    let house = House::start().await;
    open(&house).await;
    let mut asking = house.sign_in_as("dieu.phoi.1", Role::Coordinator, "01").await;
    let mut deciding = house.sign_in_as("dieu.phoi.2", Role::Coordinator, "VN").await;
    house.execute("UPDATE contact.field_case SET outcome = 'not-found', outcome_on = '2026-10-05', attempts = 1 WHERE province_code = '01'").await;
    // Both sampled persons of one village; it has a single reserve.
    let cases = house
        .rows("SELECT invitation_id::text AS line FROM contact.field_case WHERE village_code = (SELECT min(village_code) FROM contact.field_case WHERE province_code = '01') ORDER BY position")
        .await;
    assert_eq!(cases.len(), 2);
    for case in &cases {
        asking.get(&format!("/qt/dot/thu/ho-so/{case}")).await.is(200).shows("Sai địa chỉ");
        asking.post(&format!("/qt/dot/thu/ho-so/{case}/thay-the"), &[("ly-do", "Nhà đã phá")]).await.is(200);
    }
    let decisions =
        house.rows("SELECT '/qt/dot/thu/thay-the/' || id AS line FROM contact.replacement ORDER BY requested_at").await;
    asking.post(&decisions[0], &[("duyet", "1")]).await.is(422).shows("Người duyệt phải khác người đề nghị");
    deciding.get("/qt/dot/thu/thay-the").await.is(200);
    deciding.post(&decisions[0], &[("duyet", "1")]).await.is(200).shows("Đã duyệt");
    deciding.post(&decisions[1], &[("duyet", "1")]).await.is(422).shows("đã hết người dự bị");
    deciding.post(&decisions[1], &[("tu-choi", "1")]).await.is(422).shows("từ 5 đến 500 chữ");
    deciding
        .post(&decisions[1], &[("tu-choi", "1"), ("loi", "Hết dự bị, giữ nguyên")])
        .await
        .is(200)
        .shows("Hết dự bị");
    // After a no it may be asked again.
    asking.get("/qt/dot/thu/thay-the").await;
    asking
        .post(&format!("/qt/dot/thu/ho-so/{}/thay-the", cases[1]), &[("ly-do", "Nhà đã phá, xin xem lại")])
        .await
        .is(200);

    // The loss of a whole commune is confirmed by somebody else.
    let commune =
        one(&house, "SELECT min(commune_code) AS line FROM contact.field_case WHERE province_code = '01'").await;
    asking
        .post("/qt/dot/thu/mat-xa", &[("xa", "99999"), ("ly-do", "Lũ quét ngày 3/10")])
        .await
        .is(422)
        .shows("Không có xã mã này");
    asking
        .post("/qt/dot/thu/mat-xa", &[("xa", &commune), ("ly-do", "Lũ quét ngày 3/10")])
        .await
        .is(200)
        .shows("Chờ duyệt");
    let loss = one(&house, "SELECT '/qt/dot/thu/mat-xa/' || id AS line FROM contact.commune_loss").await;
    asking.post(&loss, &[]).await.is(422).shows("phải khác người ghi nhận");
    deciding.post(&loss, &[]).await.is(200).shows("Đã xác nhận mất").shows("không còn xã dự bị");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reserve_commune_takes_the_place_of_a_lost_one_once_and_keeps_its_own_reserves() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    house.frozen_frame(&campaign).await;
    let design = Design { reserve_communes: 1, ..small_design() };
    let people = (&house.actor, &Actor::System("second person"));
    let (draw, _) = samples::arrange(&house.app, people, &campaign, &design, ("the test", "seed")).await.unwrap();
    house.work().await;
    invitations::issue(&house.app, &house.actor, &campaign, draw).await.unwrap();
    house.work().await;
    house.open_fieldwork(&campaign).await;
    let mut asking = house.sign_in_as("dieu.phoi.1", Role::Coordinator, "VN").await;
    let mut deciding = house.sign_in_as("dieu.phoi.2", Role::Coordinator, "VN").await;
    asking.get("/qt/dot/thu/thay-the").await;
    deciding.get("/qt/dot/thu/thay-the").await;
    let units = samples::units(&house.app, draw).await.unwrap();
    let of_hanoi = |role| {
        let communes = units.iter().filter(move |unit| unit.stage == Stage::Commune && unit.role == role);
        communes.filter(|unit| unit.province() == "01")
    };
    let reserve = of_hanoi(DrawnAs::Reserve).next().unwrap();
    let lost: Vec<_> = of_hanoi(DrawnAs::Main).filter(|unit| unit.stratum() == reserve.stratum()).take(2).collect();
    let before = house.count("contact.invitation").await;
    for commune in &lost {
        let form = [("xa", commune.code.as_str()), ("ly-do", "Lũ quét ngày 3/10")];
        asking.post("/qt/dot/thu/mat-xa", &form).await.is(200);
    }
    let losses =
        house.rows("SELECT '/qt/dot/thu/mat-xa/' || id AS line FROM contact.commune_loss ORDER BY requested_at").await;
    let taken = format!("Xã dự bị {} vào thay", reserve.code);
    deciding.post(&losses[0], &[]).await.is(200).shows(&taken);
    let second = deciding.post(&losses[1], &[]).await;
    second.is(200).shows("không còn xã dự bị");

    // Two persons of two villages, each with a code, a case and a line on the later list; nothing is raised by it in the rates.
    let of_reserve = format!("contact.field_case WHERE commune_code = '{}'", reserve.code);
    assert_eq!(house.count(&of_reserve).await, 4);
    assert_eq!(
        (house.count("contact.invitation").await, house.count("answers.allowed").await),
        (before + 4, before + 4)
    );
    asking.get("/qt/dot/thu/tien-do/01").await.is(200).shows("trên 16 người của mẫu");
    // Killed before the codes were made, the worker makes up for it; twice changes nothing.
    house.execute(&format!("DELETE FROM {of_reserve}")).await;
    server::fieldwork::replacements::make_up(&house.app).await.unwrap();
    server::fieldwork::replacements::make_up(&house.app).await.unwrap();
    assert_eq!((house.count(&of_reserve).await, house.count("contact.invitation").await), (4, before + 4));

    // Whoever cannot be met there is replaced by who comes after the four.
    let case =
        one(&house, &format!("SELECT invitation_id::text AS line FROM {of_reserve} ORDER BY person_code LIMIT 1"))
            .await;
    house.execute(&format!("UPDATE contact.field_case SET outcome = 'nobody-home', attempts = 3, outcome_on = '2026-10-05' WHERE invitation_id = '{case}'")).await;
    let ask = format!("/qt/dot/thu/ho-so/{case}/thay-the");
    asking.post(&ask, &[("ly-do", "Đến ba lần, nhà khóa cửa")]).await.is(200);
    let decide = one(&house, "SELECT '/qt/dot/thu/thay-the/' || id AS line FROM contact.replacement").await;
    deciding.post(&decide, &[("duyet", "1")]).await.is(200);
    assert_eq!(house.count(&of_reserve).await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_goes_from_regions_down_to_interviewers_and_tells_plan_pace_and_rates() {
    let house = House::start().await;
    let campaign = open(&house).await;
    let contact = server::invitations::contact_key(&house.app).unwrap();
    let lines = house.print_list(house.rows("SELECT id::text AS line FROM contact.draw").await[0].parse().unwrap());
    let digests = |province: &str, count: usize| -> Vec<Vec<u8>> {
        let own = lines.iter().skip(1).filter(|line| line[1] == province).take(count);
        own.map(|line| invitations::code::Code::parse(&line[0]).unwrap().contact_digest(&contact).unwrap().to_vec())
            .collect()
    };
    // From 1 October to 30 November; it is the 5th. Four a province are noted for the 4th, twelve for Hà Nội by the 12th.
    for province in server::places::provinces() {
        invitations::mark(&house.app, campaign.id, &digests(&province.code, 4), Status::Responded).await.unwrap();
    }
    server::fieldwork::pace::note_yesterday(&house.app).await.unwrap();
    house.app.clock.advance(Duration::days(7));
    invitations::mark(&house.app, campaign.id, &digests("01", 12), Status::Responded).await.unwrap();
    house.execute("UPDATE contact.field_case SET outcome = 'refused', outcome_on = '2026-10-06', attempts = 1 WHERE invitation_id = (SELECT invitation_id FROM contact.field_case JOIN contact.invitation ON id = invitation_id WHERE invitation.province_code = '01' AND status = 'open' LIMIT 1)").await;

    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    let board = coordinator.get("/qt/dot/thu/tien-do").await;
    board.is(200).shows("Đã xong 144 trên 544 người của mẫu").shows("Trung du và miền núi phía Bắc").shows("Đồng Nai");
    // 136 on the 4th, 144 on the 12th: one a day.
    board.shows("mỗi ngày có 1,0 câu trả lời");
    board.shows("26,5");
    let rows: Vec<&str> = board.text.split("<tr>").collect();
    let row = |name: &str| rows.iter().position(|row| row.contains(name)).unwrap_or_else(|| panic!("{name}"));
    // Within its region the one that is done most comes last.
    assert!(row(">Bắc Ninh<") < row(">Hà Nội<"), "the slowest first");
    assert!(rows[row(">Hà Nội<")].contains("Đúng kế hoạch"), "{}", rows[row(">Hà Nội<")]);

    let province = coordinator.get("/qt/dot/thu/tien-do/01").await;
    // 12 of 16 answered, one refused at the door.
    province.is(200).shows("Đã xong 12 trên 16").shows("75,0").shows("92,3");
    let commune =
        one(&house, "SELECT min(commune_code) AS line FROM contact.field_case WHERE province_code = '01'").await;
    coordinator.get(&format!("/qt/dot/thu/tien-do/01/{commune}")).await.is(200).shows("Chưa giao ai");
    coordinator.get("/qt/dot/thu/tien-do/99").await.is(404);
    coordinator.get("/qt/dot/thu/tien-do/01/99999").await.is(404);
    let sheet = coordinator.get("/qt/dot/thu/tien-do.xlsx?tinh=01").await;
    sheet.is(200);
    assert!(sheet.bytes.starts_with(b"PK"));

    let mut supervisor = house.sign_in(Role::Supervisor, "04").await;
    supervisor.get("/qt/dot/thu/tien-do").await.is(200).shows("Tiến độ: Cao Bằng");
    supervisor.get("/qt/dot/thu/tien-do/01").await.is(403);
    supervisor.get("/qt/dot/thu/phan-cong").await.is(403);
}
