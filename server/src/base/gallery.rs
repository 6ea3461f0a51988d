//! Every part in every language on one page, to be looked at: the test writes it to `target/gallery/`.

use std::fs;
use std::path::Path;

use askama::Template;
use chrono::TimeDelta;

use super::page::{Link, Page, Staff};
use super::parts::{Choice, Choices, Field, Pagination, Problem, Progress};
use super::text::Language;

#[derive(Template)]
#[template(path = "gallery/citizen.html")]
struct CitizenGallery {
    page: Page,
    problems: Vec<Problem>,
    asked: Choices,
    answered: Choices,
    failed: Choices,
    single: Choices,
    many: Choices,
    code: Field,
    open: Field,
}

#[derive(Template)]
#[template(path = "gallery/staff.html")]
struct StaffGallery {
    page: Page,
    provinces: Vec<(&'static str, u32, f64)>,
    running: Progress,
    queued: Progress,
    pages: Pagination,
}

fn scale(id: &str, legend: &str, chosen: usize, page: &Page) -> Choices {
    let labels = ["scale-1", "scale-2", "scale-3", "scale-4", "scale-5"];
    let options = labels.into_iter().enumerate();
    Choices {
        id: id.into(),
        name: id.into(),
        legend: legend.into(),
        scale: true,
        options: options
            .map(|(index, key)| Choice::new((index + 1).to_string(), page.texts.get(key), index + 1 == chosen))
            .collect(),
        way_out: Some(Choice::new("99", page.texts.get("way-out-never-used"), false)),
        ..Choices::default()
    }
}

fn citizen(language: Language) -> CitizenGallery {
    let page = Page {
        hotline: "1900 0000".into(),
        nonce: "gallery".into(),
        synthetic: true,
        ..Page::new(language, "/khao-sat/14")
    }
    .titled("Thái độ phục vụ của công chức")
    .failed();
    let texts = page.texts;
    let message = texts.with("err-item", [("number", "15".into()), ("wayout", texts.get("way-out-never-used"))]);
    let option = |value: &str, label: &str, chosen| Choice::new(value, label, chosen);
    CitizenGallery {
        problems: vec![Problem::new("q9-32", message.clone())],
        asked: scale("q9-31", "14. Thái độ lịch sự, tôn trọng của công chức", 0, &page),
        answered: scale("q9-33", "16. Công chức hướng dẫn kê khai hồ sơ tận tình, chu đáo", 4, &page),
        failed: Choices {
            error: Some(message.into_owned()),
            ..scale("q9-32", "15. Công chức trả lời, giải thích đầy đủ các ý kiến của người dân", 0, &page)
        },
        single: Choices {
            id: "a1".into(),
            name: "a1".into(),
            legend: "1. Giới tính của Ông/Bà".into(),
            options: vec![option("1", "Nam", true), option("2", "Nữ", false), option("3", "Khác", false)],
            ..Choices::default()
        },
        many: Choices {
            id: "q7".into(),
            name: "q7".into(),
            legend: "21. Ông/Bà biết thông tin về thủ tục qua đâu?".into(),
            hint: Some(texts.get("choose-many").into_owned()),
            many: true,
            options: vec![
                option("1", "Bảng thông báo ở trụ sở xã", true),
                option("2", "Đài truyền thanh, truyền hình", false),
                option("3", "Trang điện tử, mạng xã hội", true),
                option("4", "Nguồn khác", true),
            ],
            way_out: Some(Choice::new("98", texts.get("way-out-do-not-know"), false)),
            write_in: Some(Field {
                id: "q7-4".into(),
                name: "q7_4".into(),
                label: texts.get("write-in").into_owned(),
                value: "Con trai kể lại".into(),
                ..Field::default()
            }),
            ..Choices::default()
        },
        code: Field {
            id: "ma".into(),
            name: "ma".into(),
            label: texts.get("code-h1").into_owned(),
            hint: Some(texts.get("code-hint").into_owned()),
            value: "4821 7730 9164 05".into(),
            error: Some(texts.with("code-err-len", [("n", 14)]).into_owned()),
        },
        open: Field {
            id: "q11".into(),
            name: "q11".into(),
            label: "85. Ông/Bà mong muốn điều gì nhất ở cơ quan nhà nước?".into(),
            hint: Some(texts.get("optional").into_owned()),
            ..Field::default()
        },
        page,
    }
}

fn staff(language: Language) -> StaffGallery {
    let page = Page::new(language, "/qt/tien-do").titled("Tiến độ theo tỉnh");
    let navigation = vec![
        Link::new("Việc đang chạy", "/qt/viec"),
        Link::new("Đợt khảo sát", "/qt/dot"),
        Link { current: true, ..Link::new("Tiến độ", "/qt/tien-do") },
        Link::new("Kết quả", "/pt/ket-qua"),
    ];
    let role = page.texts.get("role-coordinator").into_owned();
    StaffGallery {
        page: Page {
            synthetic: true, staff: Some(Staff { name: "Trần Thị Bình".into(), role, navigation }), ..page
        },
        provinces: vec![("Lào Cai", 1075, 85.61), ("Đà Nẵng", 1075, 83.94), ("Thành phố Hồ Chí Minh", 3225, 81.2)],
        running: Progress { done: 12_400, total: 36_525, left: Some(TimeDelta::seconds(355)) },
        queued: Progress { done: 0, total: 0, left: None },
        pages: Pagination { current: 3, last: 12, address: "?trang=".into() },
    }
}

#[test]
fn every_part_is_drawn_in_every_language() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/gallery");
    fs::create_dir_all(&folder).unwrap();
    for language in Language::ALL {
        let citizen = citizen(language).render().unwrap();
        let staff = staff(language).render().unwrap();
        for html in [&citizen, &staff] {
            assert!(html.contains(&format!("<html lang=\"{language}\">")));
            assert!(!html.contains(" style=\""), "an inline style is refused by the content security policy");
            assert_eq!(html.matches("<main").count(), 1);
        }
        assert_eq!(citizen.matches(" checked").count(), 5, "each stored answer is shown again");
        assert!(citizen.contains("href=\"#q9-32\"") && citizen.contains("id=\"q9-32\" name=\"q9-32\" value=\"1\""));
        fs::write(folder.join(format!("citizen-{language}.html")), citizen).unwrap();
        fs::write(folder.join(format!("staff-{language}.html")), staff).unwrap();
    }
    for asset in [&super::assets::CITIZEN, &super::assets::STAFF, &super::assets::SCRIPT] {
        fs::create_dir_all(folder.join("assets")).unwrap();
        fs::write(folder.join(asset.path.trim_start_matches('/')), asset.text).unwrap();
    }
}
