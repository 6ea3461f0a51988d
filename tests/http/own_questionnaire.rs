//! From a spreadsheet to a file of results without a line of code: the workbook is the example of `docs/xlsform.md`.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use e2e::{Asked, House};
use rust_xlsxwriter::Workbook;
use server::staff::Role;
use server::{campaigns, invitations};

use crate::questionnaires::send;

/// The tables of the handbook's example, each after its line "Sheet `…`:".
fn example() -> Vec<u8> {
    let text = include_str!("../../docs/xlsform.md");
    let mut workbook = Workbook::new();
    for part in text.split("\nSheet `").skip(1) {
        let (name, rest) = part.split_once('`').unwrap();
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        let lines = rest.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
        let rows = lines.filter(|line| !line.starts_with("|---"));
        for (row, line) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(line.trim_matches('|').split('|')) {
                sheet.write_string(row, column, cell.trim().trim_matches('`')).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// Forty years old, has been there, and always content with the first thing.
fn choose(asked: &Asked) -> Option<String> {
    Some(match asked.name.as_str() {
        "age" => "40".to_owned(),
        "comment" => "Nhanh hơn".to_owned(),
        "on_time" => "3".to_owned(),
        _ => asked.values.first()?.clone(),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_questionnaire_written_as_a_spreadsheet_is_asked_answered_and_its_results_taken_away() {
    let house = House::start().await;
    server::places::load(&house.app, &house.actor).await.unwrap();
    let mut lan = house.sign_in_as("lan", Role::Coordinator, "VN").await;
    let mut minh = house.sign_in_as("minh", Role::Coordinator, "VN").await;
    lan.get("/qt/phieu").await;
    let csrf = lan.csrf().to_owned();
    let version = send(&mut lan, &csrf, "diem-phuc-vu.xlsx", &example()).await;
    version.is(200).shows("Chờ duyệt").shows("5 câu, 3 trang, 2 ngôn ngữ");
    minh.get(&version.place).await;
    minh.post(&format!("{}/duyet", version.place), &[]).await.is(200).shows("Đã duyệt");

    lan.get("/qt/dot").await.is(200);
    let new = [
        ("name-vi", "Điểm phục vụ"),
        ("name-en", "Service points"),
        ("slug", "diem-phuc-vu"),
        ("opens", "1/10/2026"),
        ("closes", "30/11/2026"),
        ("results", "31/12/2026"),
        ("hotline", "1900 0000"),
        ("form", version.place.rsplit('/').next().unwrap()),
    ];
    lan.post("/qt/dot", &new).await.is(200).shows("Nhập và chốt khung mẫu");
    let campaign = house.campaign_now("diem-phuc-vu").await;
    house.frozen_frame(&campaign).await;
    let draw = house.drawn(&campaign, "hạt giống").await;
    invitations::issue(&house.app, &house.actor, &campaign, draw).await.unwrap();
    house.work().await;
    house.open(&campaign).await;

    // Everybody drawn in Đà Nẵng.
    let lines = house.print_list(draw);
    let column = |name: &str| lines.first().unwrap().iter().position(|heading| heading == name).unwrap();
    let (code, province) = (column("code"), column("province_code"));
    let drawn: Vec<_> = lines.iter().skip(1).filter(|line| line.get(province).unwrap() == "48").collect();
    for line in &drawn {
        let mut citizen = house.visitor();
        citizen.get(&format!("/v/{}", line.get(code).unwrap().replace('-', ""))).await;
        let first = citizen.agree().await;
        let (check, pages) = citizen.walk(first, choose).await;
        assert_eq!(pages, 3);
        check.shows("Nhanh hơn").shows("40");
        citizen.post("/khao-sat/gui", &[]).await.is(200).shows("Đã nhận câu trả lời");
    }
    campaigns::close(&house.app, &house.actor, &house.campaign_now("diem-phuc-vu").await).await.unwrap();
    house.app.clock.advance(chrono::Duration::seconds(2));
    house.work().await;

    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get("/pt").await.is(200).shows("Điểm phục vụ");
    let results = analyst.get("/pt/ket-qua/diem-phuc-vu").await;
    assert_eq!(results.place, "/pt/ket-qua/diem-phuc-vu/cau-hoi", "nothing is measured, so the questions are shown");
    results.is(200).shows("Ông/Bà đã đến Điểm phục vụ chưa?").shows("Với mỗi câu hỏi, tỷ lệ là");
    let satisfied = analyst.get("/pt/ket-qua/diem-phuc-vu/cau-hoi?cau=on_time&noi=48").await;
    // Sixteen people of one opinion: what each of them said would be known.
    satisfied.is(200).shows("Trả kết quả đúng hẹn").shows("Hài lòng").shows("không công bố");
    assert!(!satisfied.text.contains(&format!("{} người trả lời", drawn.len())));
    analyst.get("/pt/ket-qua/diem-phuc-vu/cau-hoi?cau=age").await.is(404).shows("không có phương án để chọn");
    analyst.get("/pt/ket-qua/diem-phuc-vu").await;
    for format in ["xlsx", "csv"] {
        analyst.post("/pt/ket-qua/diem-phuc-vu/xuat", &[("gi", "tables"), ("dang", format)]).await.is(200);
    }
    house.work().await;
    let files = analyst.get("/pt/tep").await;
    files.is(200).shows("diem-phuc-vu.xlsx").shows("diem-phuc-vu.csv");
    let newest = server::exports::newest(&house.app, &campaign, server::jobs::ExportFormat::Csv).await.unwrap();
    let file = analyst.get(&format!("/pt/tep/{}", newest.unwrap().id)).await;
    file.is(200)
        .shows("country,VN,")
        .shows(",on_time,Trả kết quả đúng hẹn,Results on time,3,Hài lòng,Satisfied,level,");
}
