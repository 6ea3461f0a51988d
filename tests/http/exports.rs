//! Files of figures: made, taken, expired, refused by a full disk.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at a surprise")]

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use chrono::Duration;
use e2e::{Answer, House, Visitor};
use server::staff::{self, Role, Shut};

use crate::results::{PEOPLE, answers, by_hand, campaign, computed, figures_of_a_place, vietnamese};

/// A house with figures and an analyst before them.
pub(crate) async fn with_figures(house: &House) -> Visitor {
    let campaign = campaign(house).await;
    answers(house, &campaign, &["01", "48"], PEOPLE).await;
    answers(house, &campaign, &["79"], 2).await;
    computed(house, &campaign).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get("/pt/ket-qua/sipas-2026").await.is(200);
    analyst
}

async fn made(house: &House, analyst: &mut Visitor, format: &str) -> (String, Answer) {
    holding(house, analyst, "tables", format).await
}

/// Asks for a file, lets the worker make it and follows the link on the job's page.
pub(crate) async fn holding(house: &House, analyst: &mut Visitor, contents: &str, format: &str) -> (String, Answer) {
    analyst.get("/pt/ket-qua/sipas-2026").await.is(200);
    let job = analyst.post("/pt/ket-qua/sipas-2026/xuat", &[("gi", contents), ("dang", format)]).await;
    job.is(200).shows("Tạo tệp tải về");
    house.work().await;
    let page = analyst.get(&job.place).await;
    page.is(200).shows("Tải tệp về");
    let (_, link) = page.text.split_once("href=\"/pt/tep/").unwrap();
    let address = format!("/pt/tep/{}", link.split_once('"').unwrap().0);
    let file = analyst.get(&address).await;
    file.is(200);
    let ending = match format {
        "csv-excel" => "-excel.csv".to_owned(),
        "sav-vi" => "-vi.sav".to_owned(),
        "sav-en" => "-en.sav".to_owned(),
        "r" => "-r.zip".to_owned(),
        alone => format!(".{alone}"),
    };
    let mark = if contents == "tables" { String::new() } else { format!("-{contents}-answers") };
    assert_eq!(file.headers["content-disposition"], format!("attachment; filename=\"sipas-2026{mark}{ending}\""));
    // `scripts/readers` opens them with what statisticians use.
    if let Some(folder) = std::env::var_os("SIPAS_KEEP_EXPORTS") {
        let name = format!("{contents}-{}{ending}", house.database());
        std::fs::write(std::path::Path::new(&folder).join(name), &file.bytes).unwrap();
    }
    (address, file)
}

pub(crate) fn cells(csv: &[u8]) -> Vec<Vec<String>> {
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

/// The rows of a province: weight, and the mean of the 39 items.
fn means(csv: &[Vec<String>], province: &str) -> Vec<(f64, f64)> {
    let weight = csv[0].iter().position(|name| name == "_weight").unwrap();
    let items: Vec<usize> = (0..csv[0].len()).filter(|place| csv[0][*place].starts_with("q9_")).collect();
    assert_eq!(items.len(), 39);
    let number = |line: &Vec<String>, place: usize| line[place].parse::<f64>().unwrap();
    let mean = |line: &Vec<String>| items.iter().map(|item| number(line, *item)).sum::<f64>() / 39.0;
    csv.iter().filter(|line| line[0] == province).map(|line| (number(line, weight), mean(line))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn single_answers_with_their_weights_give_the_figure_of_the_run() {
    let house = House::start().await;
    let mut analyst = with_figures(&house).await;
    let (_, file) = holding(&house, &mut analyst, "full", "csv").await;
    let csv = cells(&file.bytes);
    assert_eq!(csv[0][..8].join(","), "_province,_stratum,_psu,_area,_mode,_weight,a1,a2");
    assert!(csv[0].iter().any(|name| name == "q2_7") && !csv[0].iter().any(|name| name == "a2_text" || name == "q11"));
    assert_eq!(csv.len(), 1 + 88);
    let rows = means(&csv, "48");
    let (sum, weights) = rows.iter().fold((0.0, 0.0), |(sum, all), (weight, mean)| (sum + weight * mean, all + weight));
    assert!((100.0 * sum / weights / 5.0 - by_hand().0).abs() < 1e-9);

    let (_, excel) = holding(&house, &mut analyst, "full", "csv-excel").await;
    assert!(excel.text.contains(";3,000000;"), "the weight with a decimal comma");
    let (_, columns) = holding(&house, &mut analyst, "full", "parquet").await;
    assert!(columns.bytes.starts_with(b"PAR1") && columns.bytes.ends_with(b"PAR1"));
    analyst.get("/pt/tep").await.is(200).shows("sipas-2026-full-answers.parquet");
    for verb in ["request", "write", "download"] {
        let told = format!("office.audit_entry WHERE verb = 'exports.{verb}' AND details ->> 'contents' = 'full'");
        assert_eq!(house.count(&told).await, 3, "{verb}");
    }

    // Answers that came after the run have no weight yet.
    let campaign = server::campaigns::find_by_slug(&house.app, "sipas-2026").await.unwrap();
    answers(&house, &campaign, &["04"], PEOPLE).await;
    let job = analyst.post("/pt/ket-qua/sipas-2026/xuat", &[("gi", "full"), ("dang", "csv")]).await;
    server::jobs::worker::run_next(&house.app).await.unwrap();
    analyst.get(&job.place).await.is(200).shows("đã thay đổi sau lần tính đang hiển thị");
}

/// Two files, one subtracted from the other, would show who answered in between.
async fn safe_is_too_early(house: &House, analyst: &mut Visitor) {
    analyst.get("/pt/ket-qua/sipas-2026/xuat").await.is(200);
    let refused = analyst.post("/pt/ket-qua/sipas-2026/xuat", &[("gi", "safe"), ("dang", "csv")]).await;
    refused.is(422).shows("Xin đợi khảo sát đóng").shows("href=\"#gi\"");
    assert_eq!(house.count("office.job WHERE kind = 'export'").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_safe_answers_tell_no_commune_and_nobody_is_alone_in_them() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, &["01", "48"], PEOPLE).await;
    answers(&house, &campaign, &["79"], 2).await;
    // One person of each commune has been to university, and belongs to a small people.
    house
        .execute(
            "UPDATE answers.response SET answers = answers || jsonb_build_object('a1', 1, 'a2', 1, 'a3', 4, 'a4', 2, 'a5', 3);
             UPDATE answers.response SET answers = answers || '{\"a2\": 2, \"a4\": 5}'
             WHERE id IN (SELECT min(id::text)::uuid FROM answers.response GROUP BY psu)",
        )
        .await;
    computed(&house, &campaign).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    safe_is_too_early(&house, &mut analyst).await;

    // Closed, and the last flush has destroyed the key of the codes: nobody can answer any more.
    house.execute("UPDATE office.campaign SET state = 'closed'").await;
    house.app.keys.make_wave(campaign.id).unwrap();
    safe_is_too_early(&house, &mut analyst).await;
    house.app.keys.destroy_wave(campaign.id).unwrap();
    computed(&house, &campaign).await;
    let (_, file) = holding(&house, &mut analyst, "safe", "csv").await;
    let csv = cells(&file.bytes);
    assert_eq!(csv[0][..6].join(","), "_province,_weight,a1,a3,a4,q9_01");
    assert_eq!(csv[0].len(), 5 + 39, "and nothing but the items: {:?}", csv[0]);
    assert!(!file.text.contains("psu-") && !file.text.contains("urban"));
    // Four communes of ten in each province; eight persons of the third province are too few.
    assert_eq!(csv.len(), 1 + 80);
    let left_out = "SELECT details ->> 'left_out' AS line FROM office.audit_entry WHERE verb = 'exports.write'";
    assert_eq!(house.rows(left_out).await, ["8"]);
    for line in &csv[1..] {
        let alike = csv[1..].iter().filter(|other| other[0] == line[0] && other[2..5] == line[2..5]).count();
        assert!(alike >= 5, "{:?}", &line[..5]);
    }
    // A weight of 3 would name its commune; the sum stays 10 + 10 + 30 + 10.
    assert!(means(&csv, "48").iter().all(|(weight, _)| weight.to_bits() == 1.5_f64.to_bits()));
    let mut ordered = csv[1..].to_vec();
    ordered.sort();
    assert_eq!(ordered, csv[1..], "the order of rows tells nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_for_what_cannot_be_made_finds_the_form_with_what_was_chosen() {
    let house = House::start().await;
    let mut analyst = with_figures(&house).await;
    analyst.get("/pt/ket-qua/sipas-2026").await.shows("href=\"/pt/ket-qua/sipas-2026/xuat\"");
    let address = "/pt/ket-qua/sipas-2026/xuat";
    analyst.get(address).await.is(200).shows("value=\"tables\" checked").shows("value=\"xlsx\" checked");
    let no_contents = "Không có loại nội dung này";
    let no_format = "Không có dạng tệp này";
    for (contents, format, told, kept) in [
        ("full", "xlsx", vec!["quá lớn cho một bảng tính"], vec!["full", "xlsx"]),
        ("safe", "xlsx", vec!["quá lớn cho một bảng tính"], vec!["safe", "xlsx"]),
        ("safe", "dta", vec!["Xin đợi khảo sát đóng"], vec!["safe", "dta"]),
        ("everything", "csv", vec![no_contents], vec!["csv"]),
        ("full", "pdf", vec![no_format], vec!["full"]),
        ("", "", vec![no_contents, no_format], vec![]),
    ] {
        let page = analyst.post(address, &[("gi", contents), ("dang", format)]).await;
        page.is(422).shows("<title>Lỗi: ").shows("govuk-error-summary");
        for sentence in told {
            assert_eq!(page.text.matches(sentence).count(), 2, "{contents} {format}: in the summary and at the input");
        }
        let checked = kept.iter().filter(|value| page.text.contains(&format!("value=\"{value}\" checked"))).count();
        assert_eq!((checked, page.text.matches(" checked").count()), (kept.len(), kept.len()), "{contents} {format}");
    }
    analyst.post(address, &[]).await.is(422).shows(no_contents).shows(no_format);
    assert_eq!(house.count("office.job WHERE kind = 'export'").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn single_answers_are_for_analysts_of_the_country_as_long_as_they_are() {
    let house = House::start().await;
    let mut analyst = with_figures(&house).await;
    let address = "/pt/ket-qua/sipas-2026/xuat";
    assert_eq!(house.count("office.job WHERE kind = 'export'").await, 0);
    let mut provincial = house.sign_in(Role::Analyst, "48").await;
    provincial.get("/pt").await.is(200);
    provincial.get(address).await.is(403);
    provincial.post(address, &[("gi", "safe"), ("dang", "csv")]).await.is(403);

    analyst.post(address, &[("gi", "full"), ("dang", "csv")]).await.is(200);
    let accounts = staff::list(&house.app, "VN").await.unwrap();
    let account = accounts.iter().find(|account| account.login == "analyst.vn").unwrap();
    staff::shut_out(&house.app, &house.actor, account, Shut::Out).await.unwrap();
    server::jobs::worker::run_next(&house.app).await.unwrap();
    assert_eq!(house.count("office.job WHERE kind = 'export' AND error_code = 'exports-right-lost'").await, 1);
    assert_eq!(house.count("office.export_file").await, 0);
    assert_eq!(std::fs::read_dir(&house.app.config.files.exports).unwrap().count(), 0);
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
    let job = analyst.post("/pt/ket-qua/sipas-2026/xuat", &[("gi", "tables"), ("dang", "csv")]).await;
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
    std::os::unix::fs::symlink("/dev/full", folder.join(format!("{campaign}.tables.csv.part"))).unwrap();
    let job = analyst.post("/pt/ket-qua/sipas-2026/xuat", &[("gi", "tables"), ("dang", "csv")]).await;
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
