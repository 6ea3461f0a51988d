//! Lists of persons: sent, checked, taken whole or only where valid, then frozen.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at a surprise")]

use std::io::Cursor;

use calamine::{Data, Reader as _};
use chrono::Duration;
use diesel_async::SimpleAsyncConnection as _;
use e2e::{Answer, House, Visitor};
use reqwest::Method;
use rust_xlsxwriter::{Format, Workbook};
use server::frames::{Verdict, of};
use server::jobs::queue::{self, LEASE};
use server::staff::Role;

pub(crate) const PAGE: &str = "/qt/dot/thu/khung-mau";
const HEADINGS: &str = "person,province,commune,commune_name,area,village,village_name,household,name,address";
const SOUND: &str = "A1,01,01001,Phường A,urban,0100101,Tổ 1,H1,Nguyễn Văn A,Số 1\nA2,01,01001,Phường A,urban,0100102,Tổ 2,,Trần Thị B,Số 2";

/// Sends a file as a browser does. Ends on the page of its job.
async fn send(visitor: &mut Visitor, csrf: &str, name: &str, file: &[u8]) -> Answer {
    let head = format!(
        "--AaB03x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n\
         --AaB03x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/csv\r\n\r\n"
    );
    let body = [head.as_bytes(), file, b"\r\n--AaB03x--\r\n"].concat();
    let typed = |request: reqwest::RequestBuilder| {
        request.header("content-type", "multipart/form-data; boundary=AaB03x").body(body)
    };
    visitor.request(Method::POST, PAGE, typed).await
}

/// A coordinator of the whole country before the frame's page of a new campaign, with the proof of its form.
pub(crate) async fn coordinator(house: &House) -> (Visitor, String) {
    house.campaign("thu").await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get(PAGE).await.is(200).shows("Chưa có danh sách nào");
    let csrf = coordinator.csrf().to_owned();
    (coordinator, csrf)
}

/// Sends, lets the check run, and looks at what it found.
pub(crate) async fn checked(house: &House, visitor: &mut Visitor, csrf: &str, name: &str, file: &[u8]) -> Answer {
    let job = send(visitor, csrf, name, file).await;
    job.is(200).shows("Kiểm tra danh sách");
    house.work().await;
    visitor.get(&job.place).await.is(200).shows("Xem kết quả kiểm tra");
    visitor.get(PAGE).await
}

/// Presses the button of the verdict, lets the taking run, and looks at the frame.
pub(crate) async fn take(house: &House, visitor: &mut Visitor, verdict: &Answer, rows: &str) -> Answer {
    let import = verdict.hidden("import").expect("an open list");
    let job = visitor.post(&format!("{PAGE}/nhap"), &[("import", &import), ("dong", rows)]).await;
    job.is(200).shows("Nhập danh sách");
    house.work().await;
    visitor.get(PAGE).await
}

/// What lies in the directory of what was sent.
fn uploads(house: &House) -> Vec<String> {
    let entries = std::fs::read_dir(house.directory().join("uploads")).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_with_many_kinds_of_defects_is_told_row_by_row_given_back_mended_and_taken() {
    let house = House::start().await;
    let (mut coordinator, csrf) = coordinator(&house).await;
    let lines = [
        SOUND,
        "A1,01,01001,Phường A,urban,0100101,Tổ 1,,D,Số 4",
        "A5,99,99001,Xã E,rural,9900101,Thôn 1,,E,Số 5",
        "A6,1,01009,Phường Z,urban,0100901,Tổ 1,,G,Số 6",
        "A7,01,01002,Xã H,thành phố,0100201,Thôn 1,,H,Số 7",
        "A8,01,01002,Xã H,rural,0100101,Thôn 1,,I,Số 8",
        "A9,04,01001,Phường A,urban,0100102,Tổ 2,,K,Số 9",
        ",01,01001,Phường A,urban,0100101,Tổ 1,,L,Số 10",
        "A11,01,01001,Phường A",
        "A12,01,01003,Xã M,\"=HYPERLINK(\"\"http://x\"\")\",0100301,Thôn 1,,M,Số 12",
        "A13,01,01003,,rural,0100301,Thôn 1,,N,Số 13",
    ];
    let list = format!("{HEADINGS}\n{}\n", lines.join("\n"));
    let answer = checked(&house, &mut coordinator, &csrf, "danh-sach.csv", list.as_bytes()).await;
    answer.is(200).shows("Kết quả kiểm tra tệp danh-sach.csv").shows("Nhập 3 dòng hợp lệ");
    let rows = [
        ["4", "person", "A1", "Mã người này đã có ở dòng 2"],
        ["5", "province", "99", "Không có tỉnh mã 99"],
        ["6", "province", "01", "Mã tỉnh mất số 0 ở đầu, đã thêm lại"],
        ["7", "area", "thành phố", "Không rõ thành thị hay nông thôn"],
        ["8", "village", "0100101", "Thôn này ở dòng 2 thuộc xã khác"],
        ["9", "province", "04", "Xã này ở dòng 2 thuộc tỉnh khác"],
        ["10", "person", "", "Ô để trống"],
        ["11", "", "", "Dòng có 4 ô, dòng đầu có 10 ô"],
        ["13", "commune_name", "", "Ô để trống"],
    ];
    for [row, column, value, what] in rows {
        answer.shows(&format!("<tr><td class=\"number\">{row}</td><td>{column}</td><td>{value}</td><td>{what}</td>"));
    }
    let only = coordinator.get(&format!("{PAGE}?loai=empty")).await;
    only.is(200).shows("2 trên 2 lỗi và cảnh báo").shows("aria-current=\"true\">Ô để trống</a>: 2");
    assert!(!only.text.contains("Không có tỉnh mã 99"));

    let import = answer.hidden("import").unwrap();
    let refused = coordinator.post(&format!("{PAGE}/nhap"), &[("import", &import), ("dong", "tat-ca")]).await;
    refused.is(422).shows("Lỗi: Khung mẫu").shows("Danh sách còn 9 dòng có lỗi");
    assert_eq!((house.count("contact.frame").await, house.count("contact.frame_unit").await), (0, 0));

    let file = coordinator.get(&format!("{PAGE}/loi")).await;
    file.is(200).shows("\u{feff}person,province,").shows(",address,Lỗi\n").shows("\"'=HYPERLINK(\"\"http://x\"\")\"");
    file.shows("Lỗi (province): Không có tỉnh mã").shows("Cảnh báo (province): Mã tỉnh mất số 0");
    assert_eq!(file.text.lines().count(), 13);
    let mended: Vec<&str> = file.text.lines().filter(|line| !line.contains("Lỗi (")).collect();
    let again = checked(&house, &mut coordinator, &csrf, "danh-sach-sua.csv", mended.join("\n").as_bytes()).await;
    again.shows("<dd class=\"govuk-summary-list__value\">0</dd>").shows("Nhập 3 dòng hợp lệ");
    take(&house, &mut coordinator, &again, "").await.shows("danh-sach-sua.csv").shows("1 tỉnh, 2 xã, 3 thôn");
    assert_eq!(house.rows("SELECT code AS line FROM contact.frame_unit ORDER BY code").await, ["A1", "A2", "A6"]);
    assert_eq!(uploads(&house), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_valid_rows_alone_are_taken_when_that_is_chosen_and_the_log_says_so() {
    let house = House::start().await;
    let (mut coordinator, csrf) = coordinator(&house).await;
    let list = format!("{HEADINGS}\n{SOUND}\nA3,99,01001,P,urban,0100101,T,,N,S\n");
    let answer = checked(&house, &mut coordinator, &csrf, "l.csv", list.as_bytes()).await;
    answer.shows("Chỉ nhập 2 dòng hợp lệ, bỏ 1 dòng có lỗi");
    take(&house, &mut coordinator, &answer, "hop-le").await.shows("1 tỉnh, 1 xã, 2 thôn");
    assert_eq!(house.rows("SELECT code AS line FROM contact.frame_unit ORDER BY code").await, ["A1", "A2"]);
    let said = "SELECT details ->> 'left_out' AS line FROM office.audit_entry WHERE verb IN ('frames.accept', 'frames.import')";
    assert_eq!(house.rows(said).await, ["1", "1"]);
    let frame = coordinator.get(PAGE).await.hidden("frame").unwrap();
    coordinator.post(&format!("{PAGE}/chot"), &[("frame", &frame)]).await.is(200);
    server::frames::sampling_frame(&house.app, frame.parse().unwrap(), false)
        .await
        .expect("its digest is that of its rows");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_list_is_compared_replaced_and_frozen_for_good() {
    let house = House::start().await;
    let (mut coordinator, csrf) = coordinator(&house).await;
    let campaign = house.campaign_now("thu").await;
    let first = format!("{HEADINGS}\nA0,01,01001,P,urban,0100101,T,,N,S\nA2,01,01001,P,urban,0100102,T,,N,S\n");
    let answer = checked(&house, &mut coordinator, &csrf, "danh-sach.csv", first.as_bytes()).await;
    take(&house, &mut coordinator, &answer, "").await.is(200).shows("danh-sach.csv");
    let second = format!("\u{feff}{}\n", format!("{HEADINGS}\n{SOUND}").replace(',', ";"));
    let answer = checked(&house, &mut coordinator, &csrf, "danh-sach.csv", second.as_bytes()).await;
    answer.shows("thêm 1 người, bớt 1 người, đổi thông tin 1 người").shows("sẽ thay danh sách đang có");
    let answer = take(&house, &mut coordinator, &answer, "").await;
    answer.is(200).shows("1 tỉnh, 1 xã, 2 thôn").shows("Chốt khung mẫu");
    assert_eq!(house.rows("SELECT code AS line FROM contact.frame_unit ORDER BY code").await, ["A1", "A2"]);

    let frame = answer.hidden("frame").unwrap();
    coordinator
        .post("/qt/dot/thu/khung-mau/chot", &[("frame", &frame)])
        .await
        .is(200)
        .shows("Khung mẫu đã chốt lúc 09:00 ngày 05/10/2026");
    coordinator.post("/qt/dot/thu/khung-mau/chot", &[("frame", &frame)]).await.is(409);
    send(&mut coordinator, &csrf, "l.csv", first.as_bytes()).await.is(423).shows("đã chốt ngày 05/10/2026");
    let mut administrator = house.administrator().await;
    for attempt in [
        "UPDATE contact.frame SET persons = 3",
        "DELETE FROM contact.frame_unit WHERE code = 'A1'",
        "INSERT INTO contact.frame_unit SELECT frame_id, 'A3', province_code, commune_code, commune_name, area, village_code, village_name, household, name, address FROM contact.frame_unit LIMIT 1",
    ] {
        assert!(
            administrator.batch_execute(attempt).await.unwrap_err().to_string().contains("the frame is frozen"),
            "{attempt}"
        );
    }
    assert_eq!(of(&house.app, campaign.id).await.unwrap().unwrap().persons, 2);
    assert_eq!(house.count("office.audit_entry WHERE verb IN ('frames.receive', 'frames.check', 'frames.accept', 'frames.import', 'frames.freeze')").await, 9);
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
    let published = String::from_utf8(server::frames::codes_only(&house.app, frame, false).await.unwrap()).unwrap();
    assert_eq!(
        published,
        "person,province,commune,area,village\nA1,01,01001,urban,0100101\nA2,01,01001,urban,0100101\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_national_coordinator_with_a_form_of_ours_may_send_a_list() {
    let house = House::start().await;
    let (mut coordinator, csrf) = coordinator(&house).await;
    let list = format!("{HEADINGS}\n{SOUND}\n");
    send(&mut coordinator, "sai", "l.csv", list.as_bytes()).await.is(403);
    send(&mut coordinator, &csrf, "l.csv", b"").await.is(422).shows("Chọn một tệp để gửi");
    let answer = checked(&house, &mut coordinator, &csrf, "l.csv", list.as_bytes()).await;
    let import = answer.hidden("import").unwrap();

    let mut province = house.sign_in(Role::Coordinator, "01").await;
    let page = province.get(PAGE).await;
    assert!(
        !page.text.contains("name=\"file\"") && !page.text.contains("l.csv"),
        "nothing of a list where nothing can be done"
    );
    let own = province.csrf().to_owned();
    send(&mut province, &own, "l.csv", list.as_bytes()).await.is(403).shows("cấp trung ương");
    for act in ["nhap", "huy", "ten-tinh"] {
        province.post(&format!("{PAGE}/{act}"), &[("import", &import)]).await.is(403);
    }
    province.get(&format!("{PAGE}/loi")).await.is(403);
    assert_eq!(house.count("contact.frame").await, 0);
}

fn workbook(rows: &[Vec<&str>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn cells(list: &str) -> Vec<Vec<&str>> {
    list.lines().map(|line| line.split(',').collect()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_file_is_read_by_what_it_is_and_not_by_its_name() {
    let house = House::start().await;
    let (mut coordinator, csrf) = coordinator(&house).await;
    let list = format!("{HEADINGS}\n{SOUND}\n");
    let utf16: Vec<u8> = format!("\u{feff}{list}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let vietnamese = list
        .replace(HEADINGS, "Mã người,Tên tỉnh,Mã xã,Tên xã,Khu vực,Mã thôn,Tên thôn,Mã hộ,Họ và tên,Địa chỉ")
        .replace(",01,", ",Hà Nội,")
        .replace("urban", "Thành thị");
    let mut titled = vec![vec!["DANH SÁCH NGƯỜI TỪ ĐỦ 18 TUỔI"], vec![]];
    titled.extend(cells(&vietnamese));
    titled.extend([vec![""; 10], vec![]]);
    let mut digests = Vec::new();
    for (name, file) in [
        ("a.csv", list.clone().into_bytes()),
        ("b.xlsx", list.replace(',', "\t").into_bytes()),
        ("c.csv", utf16),
        ("d.csv", workbook(&cells(&list))),
        ("e.xlsx", workbook(&titled)),
    ] {
        let answer = checked(&house, &mut coordinator, &csrf, name, &file).await;
        answer.shows("Nhập 2 dòng hợp lệ");
        take(&house, &mut coordinator, &answer, "").await.shows(name);
        digests.extend(house.rows("SELECT encode(frame_digest, 'hex') AS line FROM contact.frame").await);
    }
    digests.dedup();
    assert_eq!(digests.len(), 1, "{digests:?}");

    for (name, file, word) in [
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ... E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0".to_vec(),
            "Tệp có mật khẩu",
        ),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "Tệp Excel kiểu cũ"),
        ("a.xls", b"<html><table>".to_vec(), "Tệp là trang web"),
        ("a.csv", b"%PDF-1.7".to_vec(), "không phải bảng tính hay CSV"),
        ("a.csv", list.replace("Nguyễn Văn A", "NguyÔn V¨n A").into_bytes(), "bảng mã cũ TCVN3"),
        ("a.xlsx", workbook(&cells(&list)).split_at(900).0.to_vec(), "Tệp bị hỏng"),
    ] {
        let answer = checked(&house, &mut coordinator, &csrf, name, &file).await;
        answer.is(200).shows(word);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_spreadsheet_did_to_the_cells_is_told_in_the_persons_own_workbook() {
    let house = House::start().await;
    let (mut coordinator, csrf) = coordinator(&house).await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(HEADINGS.split(',').chain(["phone"])) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for row in 1..=3 {
        sheet.write_string(row, 0, format!("A{row}")).unwrap();
        sheet.write_number(row, 1, 1).unwrap();
        for (column, cell) in [
            (2, "01001"),
            (3, "Phường A"),
            (4, "urban"),
            (5, "0100101"),
            (6, "Tổ 1"),
            (8, "Nguyễn Văn A"),
            (9, "Số 1 & <2>"),
        ] {
            sheet.write_string(row, column, cell).unwrap();
        }
        sheet.write_number(row, 10, 912_345_678).unwrap();
    }
    sheet.write_number_with_format(2, 9, 46_327, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
    sheet.write_number(3, 0, 1.234_567_890_123_456_8e17).unwrap();
    let file = book.save_to_buffer().unwrap();
    let answer = checked(&house, &mut coordinator, &csrf, "danh-sach.xlsx", &file).await;
    answer.shows("<td>01/11/2026</td><td>Bảng tính đã đổi ô này thành ngày</td>");
    answer.shows("Bảng tính đã đổi mã thành số và làm mất chữ số").shows("Số điện thoại mất số 0 ở đầu, đã thêm lại");

    let marked = coordinator.get(&format!("{PAGE}/loi")).await;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(marked.bytes.clone())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |row: u32, column: u32| sheet.get_value((row, column)).map(Data::to_string).unwrap_or_default();
    assert_eq!((text(0, 11).as_str(), text(1, 9).as_str()), ("Lỗi", "Số 1 & <2>"));
    assert!(text(2, 11).contains("Lỗi (address): Bảng tính đã đổi ô này thành ngày"), "{}", text(2, 11));
    // It can be sent as it is: the column is none of the list's.
    let again = checked(&house, &mut coordinator, &csrf, "danh-sach.xlsx", &marked.bytes).await;
    again.shows("Kết quả kiểm tra tệp danh-sach.xlsx").shows("Nhập ");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unclear_name_of_a_province_is_asked_and_the_answer_is_kept_with_the_list() {
    let house = House::start().await;
    let (mut coordinator, csrf) = coordinator(&house).await;
    let list = format!(
        "{HEADINGS}\nA1,Sài Gòn,79001,P,urban,7900101,T,,N,S\nA2,ha giang,08001,P,rural,0800101,T,,N,S\nA3,Sài Gòn,79001,P,urban,7900101,T,,N,S\n"
    );
    let answer = checked(&house, &mut coordinator, &csrf, "l.csv", list.as_bytes()).await;
    answer
        .shows("Tên tỉnh chưa rõ")
        .shows("name=\"ten-0\" value=\"Sài Gòn\"")
        .shows("ha giang → Tuyên Quang (tên trước ngày 01/7/2025)");
    let import = answer.hidden("import").unwrap();
    coordinator
        .post(&format!("{PAGE}/ten-tinh"), &[("import", &import), ("ten-0", "Sài Gòn"), ("tinh-0", "999")])
        .await
        .is(400);
    coordinator
        .post(&format!("{PAGE}/ten-tinh"), &[("import", &import), ("ten-0", "Sài Gòn"), ("tinh-0", "79")])
        .await
        .is(200);
    house.work().await;
    let answer = coordinator.get(PAGE).await;
    answer.shows("Nhập 3 dòng hợp lệ");
    assert!(!answer.text.contains("Tên tỉnh chưa rõ"));
    take(&house, &mut coordinator, &answer, "").await.shows("2 tỉnh, 2 xã, 2 thôn");
    assert_eq!(
        house.rows("SELECT code || ' ' || province_code AS line FROM contact.frame_unit ORDER BY code").await,
        ["A1 79", "A2 08", "A3 79"]
    );
    assert_eq!(house.rows("SELECT answers ->> 'Sài Gòn' AS line FROM contact.frame_import").await, ["79"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_can_be_cancelled_at_every_step_and_leaves_nothing() {
    let house = House::start().await;
    let (mut coordinator, csrf) = coordinator(&house).await;
    let list = format!("{HEADINGS}\n{SOUND}\n");
    // Before its check.
    send(&mut coordinator, &csrf, "l.csv", list.as_bytes()).await.is(200);
    let page = coordinator.get(PAGE).await;
    page.shows("Đang kiểm tra tệp l.csv");
    let import = page.hidden("import").unwrap();
    coordinator.post(&format!("{PAGE}/huy"), &[("import", &import)]).await.is(200).shows("Chưa có danh sách nào");
    house.work().await;
    // After it, and then pressed all the same.
    let answer = checked(&house, &mut coordinator, &csrf, "l.csv", list.as_bytes()).await;
    let import = answer.hidden("import").unwrap();
    coordinator.post(&format!("{PAGE}/huy"), &[("import", &import)]).await.is(200);
    coordinator
        .post(&format!("{PAGE}/nhap"), &[("import", &import)])
        .await
        .is(409)
        .shows("vừa được thay, nhập hoặc hủy");
    // While it waits to be taken.
    let answer = checked(&house, &mut coordinator, &csrf, "l.csv", list.as_bytes()).await;
    let import = answer.hidden("import").unwrap();
    coordinator.post(&format!("{PAGE}/nhap"), &[("import", &import)]).await.is(200);
    coordinator.post(&format!("{PAGE}/huy"), &[("import", &import)]).await.is(200);
    house.work().await;
    assert_eq!((house.count("contact.frame").await, house.count("contact.frame_unit").await), (0, 0));
    assert_eq!(uploads(&house), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_nobody_takes_goes_after_two_weeks() {
    let house = House::start().await;
    let (mut coordinator, csrf) = coordinator(&house).await;
    checked(&house, &mut coordinator, &csrf, "l.csv", format!("{HEADINGS}\n{SOUND}\n").as_bytes()).await.shows("l.csv");
    house.app.clock.advance(Duration::days(13));
    server::app::due_jobs(&house.app).await.unwrap();
    assert_eq!(uploads(&house).len(), 4);
    house.app.clock.advance(Duration::days(2));
    server::app::due_jobs(&house.app).await.unwrap();
    assert_eq!(uploads(&house), Vec::<String>::new());
    assert_eq!(house.count("office.audit_entry WHERE verb = 'frames.expire'").await, 1);
    assert_eq!(house.count("contact.frame_import WHERE state = 'cancelled'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_killed_in_the_middle_checks_and_takes_the_list_when_it_is_back() {
    let house = House::start().await;
    let (mut coordinator, csrf) = coordinator(&house).await;
    let (contact, clock) = (&house.app.database.contact, &house.app.clock);
    let row = |number: i32| format!("P{number},01,01001,Phường A,urban,0100101,Tổ 1,,N{number},Số {number}\n");
    let list = format!("{HEADINGS}\n{}", (0..20_000).map(row).collect::<String>());
    send(&mut coordinator, &csrf, "l.csv", list.as_bytes()).await.is(200);
    assert!(queue::lease_next(contact, clock).await.unwrap().is_some(), "the worker that dies");
    clock.advance(LEASE + Duration::seconds(1));
    house.work().await;
    let answer = coordinator.get(PAGE).await;
    let import = answer.hidden("import").unwrap();
    coordinator.post(&format!("{PAGE}/nhap"), &[("import", &import)]).await.is(200);
    assert!(queue::lease_next(contact, clock).await.unwrap().is_some(), "the worker that dies again");
    clock.advance(LEASE + Duration::seconds(1));
    house.work().await;
    coordinator.get(PAGE).await.shows("20.000");
    assert_eq!((house.count("contact.frame").await, house.count("contact.frame_unit").await), (1, 20_000));
    assert_eq!(house.count("office.audit_entry WHERE verb = 'frames.import'").await, 1);
    assert_eq!(uploads(&house), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_people_who_send_lists_at_once_the_last_one_counts_and_the_other_is_told() {
    let house = House::start().await;
    let (mut first, csrf) = coordinator(&house).await;
    let mut second = house.sign_in_as("nguoi.hai", Role::Coordinator, "VN").await;
    second.get(PAGE).await;
    let other = second.csrf().to_owned();
    let list = |code: &str| format!("{HEADINGS}\n{code},01,01001,P,urban,0100101,T,,N,S\n");
    let seen = checked(&house, &mut first, &csrf, "mot.csv", list("A1").as_bytes()).await;
    checked(&house, &mut second, &other, "hai.csv", list("A2").as_bytes()).await.shows("hai.csv");
    let import = seen.hidden("import").unwrap();
    first.post(&format!("{PAGE}/nhap"), &[("import", &import)]).await.is(409).shows("vừa được thay, nhập hoặc hủy");

    let (one, two) = (list("A3"), list("A4"));
    let (a, b) = tokio::join!(
        send(&mut first, &csrf, "ba.csv", one.as_bytes()),
        send(&mut second, &other, "bon.csv", two.as_bytes())
    );
    assert!([a.status, b.status].contains(&200), "{} {}", a.status, b.status);
    house.work().await;
    assert_eq!(house.count("contact.frame_import WHERE state = 'checked'").await, 1);
    let seen = first.get(PAGE).await;
    let import = seen.hidden("import").unwrap();
    let fields = [("import", import.as_str())];
    let place = format!("{PAGE}/nhap");
    let (a, b) = tokio::join!(first.post(&place, &fields), second.post(&place, &fields));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    house.work().await;
    assert_eq!((house.count("contact.frame").await, house.count("contact.frame_unit").await), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_defect_in_the_last_row_keeps_out_all_the_others() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    let row = |number: i32| format!("P{number},01,01001,Phường A,urban,0100101,Tổ 1,,N{number},Số {number}\n");
    let rows = (0..25_000).map(row).collect::<Vec<_>>().concat();
    let list = format!("{HEADINGS}\n{rows}P7,01,01001,Phường A,urban,0100101,Tổ 1,,N,Số\n");
    let Verdict::Refused(findings) = house.import(&campaign, list.as_bytes()).await else {
        panic!("the list is broken")
    };
    assert_eq!(
        findings.told().iter().map(|defect| (defect.row, defect.value.as_str())).collect::<Vec<_>>(),
        [(25_002, "P7")]
    );
    assert_eq!(house.count("contact.frame_unit").await, 0);

    let Verdict::Imported(_) = house.import(&campaign, format!("{HEADINGS}\n{rows}").as_bytes()).await else {
        panic!("the list is sound")
    };
    assert_eq!(house.count("contact.frame_unit").await, 25_000);
    assert_eq!(house.rows("SELECT name AS line FROM contact.frame_unit WHERE code = 'P20001'").await, ["N20001"]);
}
