//! Files of figures: made, taken, expired, refused by a full disk.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at a surprise")]

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use chrono::Duration;
use e2e::{Answer, House, Visitor};
use server::staff::Role;

use crate::results::{PEOPLE, answers, by_hand, campaign, computed, figures_of_a_place, vietnamese};

/// A house with figures and an analyst before them.
async fn with_figures(house: &House) -> Visitor {
    let campaign = campaign(house).await;
    answers(house, &campaign, &["01", "48"], PEOPLE).await;
    answers(house, &campaign, &["79"], 2).await;
    computed(house, &campaign).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get("/pt/ket-qua/sipas-2026").await.is(200);
    analyst
}

/// Asks for a file, lets the worker make it and follows the link on the job's page.
async fn made(house: &House, analyst: &mut Visitor, format: &str) -> (String, Answer) {
    let job = analyst.post("/pt/ket-qua/sipas-2026/xuat", &[("dang", format)]).await;
    job.is(200).shows("Tạo tệp tải về");
    house.work().await;
    let page = analyst.get(&job.place).await;
    page.is(200).shows("Tải tệp về");
    let (_, link) = page.text.split_once("href=\"/pt/tep/").unwrap();
    let address = format!("/pt/tep/{}", link.split_once('"').unwrap().0);
    let file = analyst.get(&address).await;
    file.is(200);
    let ending = if format == "csv-excel" { "-excel.csv".to_owned() } else { format!(".{format}") };
    assert_eq!(file.headers["content-disposition"], format!("attachment; filename=\"sipas-2026{ending}\""));
    (address, file)
}

fn cells(csv: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn page_csv_and_spreadsheet_have_the_same_numbers() {
    let house = House::start().await;
    let mut analyst = with_figures(&house).await;
    let (_, file) = made(&house, &mut analyst, "csv").await;
    let csv = cells(&file.bytes);
    assert_eq!(
        csv[0].join(","),
        "level,place_code,place_name,indicator,indicator_name_vi,indicator_name_en,answer,answer_name_vi,answer_name_en,rule,n,estimate,se,df,deff,ci_low,ci_high,flags,rank,rank_first,rank_last,tier"
    );
    assert_eq!(csv.len(), 1 + 4 * figures_of_a_place(), "the country and three provinces");
    let (mean, low, high) = by_hand();
    let line = csv.iter().find(|line| line[1] == "48" && line[3] == "overall" && line[9] == "M").unwrap();
    assert_eq!(
        [&line[2], &line[4], &line[5], &line[10], &line[13]],
        ["Đà Nẵng", "Hài lòng chung", "Overall satisfaction", "40", "3"]
    );
    assert_eq!([&line[11], &line[15], &line[16]], [&format!("{mean:.6}"), &format!("{low:.6}"), &format!("{high:.6}")]);
    let hidden = csv.iter().find(|line| line[1] == "79" && line[3] == "overall" && line[9] == "M").unwrap();
    assert_eq!(hidden[10..].join(","), ",,,,,,,cp,,,,");
    assert_eq!(line[18..].join(","), ",,,", "alone there is no rank");
    analyst.get("/pt/ket-qua/sipas-2026").await.shows(&vietnamese(line[11].parse().unwrap()));

    let (_, file) = made(&house, &mut analyst, "xlsx").await;
    let mut workbook = Xlsx::new(Cursor::new(file.bytes)).unwrap();
    let names = workbook.sheet_names();
    assert_eq!(names, ["Chỉ số chung · Overall", "Mọi chỉ số · All indicators", "Về số liệu · About"]);
    let sheet = workbook.worksheet_range(&names[1]).unwrap();
    assert_eq!(sheet.height(), csv.len());
    for (line, row) in csv.iter().zip(sheet.rows()) {
        for (text, cell) in line.iter().zip(row) {
            match cell {
                Data::Float(number) => assert_eq!(text.parse::<f64>().unwrap().to_bits(), number.to_bits()),
                other => assert_eq!(text, &other.to_string()),
            }
        }
    }
    let (_, excel) = made(&house, &mut analyst, "csv-excel").await;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(b';').from_reader(&excel.bytes[3..]);
    assert_eq!(excel.bytes[..3], [0xef, 0xbb, 0xbf]);
    for (line, record) in csv.iter().zip(reader.records()) {
        let cells: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
        for (place, (text, cell)) in line.iter().zip(&cells).enumerate() {
            let number = (10..17).contains(&place) && text.parse::<f64>().is_ok();
            assert_eq!(if number { text.replace('.', ",") } else { text.clone() }, *cell);
        }
    }
    let (_, columns) = made(&house, &mut analyst, "parquet").await;
    assert!(columns.bytes.starts_with(b"PAR1") && columns.bytes.ends_with(b"PAR1"));

    let about = workbook.worksheet_range(&names[2]).unwrap();
    let about: Vec<String> = about.rows().flatten().map(ToString::to_string).collect();
    let digest = house.rows("SELECT encode(response_digest, 'hex') AS line FROM office.method_run").await.remove(0);
    for told in [digest.as_str(), "sipas-2026", "Dữ liệu mô phỏng · Simulated data", "Tạm tính · Provisional", "88"]
    {
        assert!(about.iter().any(|cell| cell == told), "{told} is missing in {about:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_listed_with_its_digest_every_download_is_logged_and_it_ends_after_thirty_days() {
    let house = House::start().await;
    let mut analyst = with_figures(&house).await;
    analyst.get("/pt/tep").await.is(200).shows("Chưa có tệp nào");
    analyst.get("/pt/ket-qua/sipas-2026").await.is(200);
    let (address, file) = made(&house, &mut analyst, "csv").await;
    let digest = house.rows("SELECT encode(digest, 'hex') AS line FROM office.export_file").await.remove(0);
    assert_eq!(house.rows("SELECT bytes::text AS line FROM office.export_file").await, [file.bytes.len().to_string()]);
    analyst.get("/pt/tep").await.is(200).shows(&digest).shows("sipas-2026.csv").shows("04/11/2026");
    let log = house.rows("SELECT actor || ' ' || (details ->> 'digest') AS line FROM office.audit_entry WHERE verb = 'exports.download'").await;
    assert_eq!(log, [format!("staff:analyst.vn {digest}")]);
    assert_eq!(
        house.rows("SELECT actor AS line FROM office.audit_entry WHERE verb = 'exports.write'").await,
        ["system:worker"]
    );

    analyst.get("/pt/ket-qua/sipas-2026").await.is(200);
    let (again, _) = made(&house, &mut analyst, "csv").await;
    assert_ne!(again, address);
    let folder = house.app.config.files.exports.clone();
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "equal content is one file");

    house.app.clock.advance(Duration::days(30));
    let mut analyst = house.visitor();
    analyst.post("/dang-nhap", &[("login", "analyst.vn"), ("password", e2e::PASSWORD)]).await.is(200);
    analyst.get(&address).await.is(404).shows("đã quá 30 ngày");
    analyst.get("/pt/ket-qua/sipas-2026").await.is(200);
    made(&house, &mut analyst, "xlsx").await;
    let left: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert!(left.len() == 1 && left[0].contains(".xlsx"), "what has expired is removed: {left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_vanished_is_told_as_gone() {
    let house = House::start().await;
    let mut analyst = with_figures(&house).await;
    let (address, _) = made(&house, &mut analyst, "csv").await;
    std::fs::remove_dir_all(&house.app.config.files.exports).unwrap();
    analyst.get(&address).await.is(404).shows("Xin mở kết quả và tạo tệp mới");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_figures_there_is_nothing_to_export() {
    let house = House::start().await;
    campaign(&house).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get("/pt/ket-qua/sipas-2026").await.is(200);
    let job = analyst.post("/pt/ket-qua/sipas-2026/xuat", &[("dang", "csv")]).await;
    server::jobs::worker::run_next(&house.app).await.unwrap();
    analyst.get(&job.place).await.is(200).shows("Không làm được").shows("Xin tính kết quả trước");
}

/// `/dev/full` answers every write as a full disk does.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_records_nothing_and_the_job_comes_back() {
    let house = House::start().await;
    let mut analyst = with_figures(&house).await;
    let folder = house.app.config.files.exports.clone();
    let campaign = house.rows("SELECT id::text AS line FROM office.campaign").await.remove(0);
    std::os::unix::fs::symlink("/dev/full", folder.join(format!("{campaign}.csv.part"))).unwrap();
    let job = analyst.post("/pt/ket-qua/sipas-2026/xuat", &[("dang", "csv")]).await;
    server::jobs::worker::run_next(&house.app).await.unwrap();
    analyst.get(&job.place).await.is(200).shows("Ổ đĩa của máy chủ đã đầy");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0, "nothing half-written stays");
    assert_eq!(house.count("office.export_file").await, 0);
    assert_eq!(house.count("office.audit_entry WHERE verb = 'exports.write'").await, 0);

    // Space is free again (the obstacle went with the failed try), and the job comes back by itself.
    house.app.clock.advance(Duration::minutes(1));
    assert_eq!(house.work().await, 1);
    let page = analyst.get(&job.place).await;
    page.is(200).shows("Tải tệp về");
    assert!(!page.text.contains("đã đầy"));
}
