//! Lists of persons: taken whole or not at all, then frozen.

use diesel_async::SimpleAsyncConnection as _;
use e2e::{Answer, House, Visitor};
use reqwest::Method;
use server::frames::{Verdict, of};
use server::staff::Role;

const HEADINGS: &str = "person,province,commune,commune_name,area,village,village_name,household,name,address";
const SOUND: &str = "A1,01,01001,Phường A,urban,0100101,Tổ 1,H1,Nguyễn Văn A,Số 1\nA2,01,01001,Phường A,urban,0100102,Tổ 2,,Trần Thị B,Số 2";

/// Sends a list as a browser sends a file.
async fn send(visitor: &mut Visitor, slug: &str, csrf: &str, list: &str) -> Answer {
    let body = format!(
        "--AaB03x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n\
         --AaB03x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"danh-sach.csv\"\r\ncontent-type: text/csv\r\n\r\n{list}\r\n--AaB03x--\r\n"
    );
    let typed = |request: reqwest::RequestBuilder| {
        request.header("content-type", "multipart/form-data; boundary=AaB03x").body(body)
    };
    visitor.request(Method::POST, &format!("/qt/dot/{slug}/khung-mau"), typed).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_with_many_kinds_of_defects_is_told_row_by_row_and_nothing_of_it_is_kept() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt/dot/thu/khung-mau").await.is(200).shows("Chưa có danh sách nào");
    let csrf = coordinator.csrf().to_owned();
    let lines = [
        SOUND,
        "A1,01,01001,Phường A,urban,0100101,Tổ 1,,D,Số 4",
        "A5,99,99001,Xã E,rural,9900101,Thôn 1,,E,Số 5",
        "A6,1,01009,Phường Z,urban,0100901,Tổ 1,,G,Số 6",
        "A7,01,01002,Xã H,thành thị,0100201,Thôn 1,,H,Số 7",
        "A8,01,01002,Xã H,rural,0100101,Thôn 1,,I,Số 8",
        "A9,04,01001,Phường A,urban,0100102,Tổ 2,,K,Số 9",
        ",01,01001,Phường A,urban,0100101,Tổ 1,,L,Số 10",
        "A11,01,01001,Phường A",
        "A12,01,01003,Xã M,\"=HYPERLINK(\"\"http://x\"\")\",0100301,Thôn 1,,M,Số 12",
        "A13,01,01003,,rural,0100301,Thôn 1,,N,Số 13",
    ];
    let answer = send(&mut coordinator, "thu", &csrf, &format!("{HEADINGS}\n{}\n", lines.join("\n"))).await;
    answer.is(422).shows("Lỗi: Khung mẫu").shows("Danh sách có 10 lỗi nên chưa nhập dòng nào");
    let rows = [
        ["4", "person", "A1", "Mã người này đã có ở dòng 2"],
        ["5", "province", "99", "Không có tỉnh mã 99"],
        ["6", "province", "1", "Mã tỉnh mất số 0 ở đầu"],
        ["7", "area", "thành thị", "Không rõ thành thị hay nông thôn"],
        ["8", "village", "0100101", "Thôn này ở dòng 2 thuộc xã khác"],
        ["9", "province", "04", "Xã này ở dòng 2 thuộc tỉnh khác"],
        ["10", "person", "", "Ô để trống"],
        ["11", "", "A11 | 01 | 01001 | Phường A", "Dòng có 4 ô, dòng đầu có 10 ô"],
        ["13", "commune_name", "", "Ô để trống"],
    ];
    for [row, column, value, what] in rows {
        answer.shows(&format!("<tr><td class=\"number\">{row}</td><td>{column}</td><td>{value}</td><td>{what}</td>"));
    }
    answer.shows("Ghi 01; trong bảng tính, đặt cột này là kiểu chữ");
    assert_eq!((house.count("contact.frame").await, house.count("contact.frame_person").await), (0, 0));

    let file = coordinator.get("/qt/dot/thu/khung-mau/loi.csv").await;
    file.is(200).shows("\u{feff}Dòng,Cột,Giá trị,Sai gì,Sửa thế nào\n").shows("\"'=HYPERLINK(\"\"http://x\"\")\"");
    assert_eq!(file.text.lines().count(), 11);
    assert!(of(&house.app, campaign.id).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_list_is_imported_replaced_and_frozen_for_good() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt/dot/thu/khung-mau").await;
    let csrf = coordinator.csrf().to_owned();
    send(&mut coordinator, "thu", &csrf, &format!("{HEADINGS}\nA0,01,01001,P,urban,0100101,T,,N,S\n"))
        .await
        .is(200)
        .shows("danh-sach.csv");
    let answer = send(
        &mut coordinator,
        "thu",
        &csrf,
        &format!("\u{feff}{}\n", format!("{HEADINGS}\n{SOUND}").replace(',', ";")),
    )
    .await;
    answer.is(200).shows("1 tỉnh, 1 xã, 2 thôn").shows("Chốt khung mẫu");
    assert_eq!(answer.place, "/qt/dot/thu/khung-mau");
    assert_eq!(house.rows("SELECT code AS line FROM contact.frame_person ORDER BY code").await, ["A1", "A2"]);

    let frame = answer.hidden("frame").unwrap();
    coordinator
        .post("/qt/dot/thu/khung-mau/chot", &[("frame", &frame)])
        .await
        .is(200)
        .shows("Khung mẫu đã chốt lúc 09:00 ngày 05/10/2026");
    coordinator.post("/qt/dot/thu/khung-mau/chot", &[("frame", &frame)]).await.is(409);
    send(&mut coordinator, "thu", &csrf, &format!("{HEADINGS}\nB1,01,01001,P,urban,0100101,T,,N,S\n"))
        .await
        .is(423)
        .shows("đã chốt ngày 05/10/2026");

    let mut administrator = house.administrator().await;
    for attempt in [
        "UPDATE contact.frame SET persons = 3",
        "DELETE FROM contact.frame_person WHERE code = 'A1'",
        "INSERT INTO contact.frame_person SELECT frame_id, 'A3', province_code, commune_code, commune_name, area, village_code, village_name, household, name, address FROM contact.frame_person LIMIT 1",
    ] {
        assert!(
            administrator.batch_execute(attempt).await.unwrap_err().to_string().contains("the frame is frozen"),
            "{attempt}"
        );
    }
    assert_eq!(of(&house.app, campaign.id).await.unwrap().unwrap().persons, 2);
    assert_eq!(house.count("office.audit_entry WHERE verb IN ('frames.import', 'frames.freeze')").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn phone_and_email_are_kept_for_letters_and_stay_out_of_what_is_published() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    let list = format!(
        "{HEADINGS},phone,email\nA1,01,01001,P,urban,0100101,T,,N,S,+84 912 345 678,a@example.com\nA2,01,01001,P,urban,0100101,T,,N,S,,\n"
    );
    let Verdict::Imported(frame) = house.import(&campaign, list.as_bytes()).await else { panic!("the list is sound") };
    let mut reached = server::frames::addressees(&house.app, frame, &["A1".to_owned(), "A2".to_owned()]).await.unwrap();
    reached.sort_by(|a, b| a.person.cmp(&b.person));
    let reach: Vec<_> = reached.iter().map(|to| (to.phone.as_str(), to.email.as_str())).collect();
    assert_eq!(reach, [("0912345678", "a@example.com"), ("", "")]);
    let published = String::from_utf8(server::frames::codes_only(&house.app, frame).await.unwrap()).unwrap();
    assert_eq!(
        published,
        "person,province,commune,area,village\nA1,01,01001,urban,0100101\nA2,01,01001,urban,0100101\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_national_coordinator_with_a_form_of_ours_may_send_a_list() {
    let house = House::start().await;
    house.campaign("thu").await;
    let list = format!("{HEADINGS}\n{SOUND}\n");
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt/dot/thu/khung-mau").await;
    send(&mut coordinator, "thu", "sai", &list).await.is(403);
    let csrf = coordinator.csrf().to_owned();
    send(&mut coordinator, "thu", &csrf, "").await.is(422).shows("Chọn một tệp để gửi");

    let mut province = house.sign_in(Role::Coordinator, "01").await;
    let page = province.get("/qt/dot/thu/khung-mau").await;
    assert!(!page.text.contains("name=\"file\""), "no form where nothing can be sent");
    let csrf = province.csrf().to_owned();
    send(&mut province, "thu", &csrf, &list).await.is(403).shows("cấp trung ương");
    assert_eq!(house.count("contact.frame").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_defect_in_the_last_row_keeps_out_all_the_others() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    let row = |number: i32| format!("P{number},01,01001,Phường A,urban,0100101,Tổ 1,,N{number},Số {number}\n");
    let rows = (0..25_000).map(row).collect::<Vec<_>>().concat();
    let list = format!("{HEADINGS}\n{rows}P7,01,01001,Phường A,urban,0100101,Tổ 1,,N,Số\n");
    let Verdict::Refused(defects) = house.import(&campaign, list.as_bytes()).await else {
        panic!("the list is broken")
    };
    assert_eq!(defects.iter().map(|defect| (defect.row, defect.value.as_str())).collect::<Vec<_>>(), [(25_002, "P7")]);
    assert_eq!(house.count("contact.frame_person").await, 0);

    let Verdict::Imported(_) = house.import(&campaign, format!("{HEADINGS}\n{rows}").as_bytes()).await else {
        panic!("the list is sound")
    };
    assert_eq!(house.count("contact.frame_person").await, 25_000);
    assert_eq!(house.rows("SELECT name AS line FROM contact.frame_person WHERE code = 'P20001'").await, ["N20001"]);
}
