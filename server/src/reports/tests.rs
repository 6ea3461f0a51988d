use std::collections::BTreeMap;

use super::apart::{against, extremes};
use super::*;
use crate::base::paper::reading::{elements, runs, words};
use crate::editions::content::{
    FORMAT, Fieldwork, Figure, HEADLINE_RULE, Indicator, Level, Method, Sample, Standing, Survey, Words,
};
use crate::places;

fn named(vi: &str, en: &str) -> Words {
    Words { vi: vi.to_owned(), en: en.to_owned() }
}

fn survey() -> Survey {
    Survey {
        slug: "sipas-2026".to_owned(),
        name: named("SIPAS 2026", "SIPAS 2026"),
        year: 2026,
        opened_on: "2026-10-05".parse().unwrap(),
        closed_on: "2026-11-30".parse().unwrap(),
        synthetic: true,
    }
}

fn indicators() -> Vec<Indicator> {
    let indicator = |code: &str, level, part_of: Option<&str>, vi: &str| Indicator {
        code: code.to_owned(),
        level,
        part_of: part_of.map(str::to_owned),
        name: named(vi, &format!("{vi} (en)")),
    };
    let mut indicators = vec![indicator("overall", Level::Overall, None, "Hài lòng chung")];
    for (domain, name) in [("policy", "Chính sách"), ("service", "Dịch vụ")] {
        indicators.push(indicator(domain, Level::Domain, Some("overall"), name));
        for factor in 1..=4 {
            let code = format!("{domain}_{factor}");
            indicators.push(indicator(
                &code,
                Level::Factor,
                Some(domain),
                &format!("{name}: nhóm nội dung số {factor}"),
            ));
            for item in 1..=5 {
                let text = format!("{name} {factor}.{item}: công chức hướng dẫn kê khai hồ sơ tận tình, chu đáo");
                indicators.push(indicator(&format!("{code}_{item}"), Level::Item, Some(&code), &text));
            }
        }
    }
    indicators
}

/// Provinces from 76 up, each half a point above the one before; in Hà Nội two items are far apart; Cà Mau is hidden.
fn content() -> Content {
    let province = |it: &places::Province| Place {
        code: it.code.clone(),
        kind: PlaceKind::Province,
        name: named(&it.name, &it.name),
        slug: places::key(&it.name).split_whitespace().collect::<Vec<_>>().join("-"),
    };
    let country = Place {
        code: COUNTRY.to_owned(),
        kind: PlaceKind::Country,
        name: named("Cả nước", "Whole country"),
        slug: "ca-nuoc".to_owned(),
    };
    let places: Vec<Place> = std::iter::once(country).chain(places::provinces().iter().map(province)).collect();
    let indicators = indicators();
    let mut figures = Vec::new();
    for indicator in &indicators {
        for (place, at) in places.iter().zip(0_u8..) {
            let value = match (place.code.as_str(), indicator.code.as_str()) {
                (COUNTRY, _) => 84.0,
                ("01", "policy_1_2") => 93.25,
                ("01", "service_2_3") => 71.5,
                ("01", _) => 84.2,
                ("96", _) => f64::NAN,
                _ => 76.0 + f64::from(at) / 2.0,
            };
            let half = if place.code == COUNTRY { 0.6 } else { 2.5 };
            figures.push(figure(&place.code, &indicator.code, value, half));
        }
    }
    Content {
        format: FORMAT,
        survey: survey(),
        method: Method {
            name: "sipas-2026".to_owned(),
            recipe: "base".to_owned(),
            engine: "1".to_owned(),
            run: "0192".to_owned(),
            computed_at: "2026-12-01T00:00:00Z".parse().unwrap(),
            inputs: BTreeMap::new(),
            figures_digest: "ab".repeat(32),
        },
        sample: vec![Sample {
            design: "{}".to_owned(),
            design_digest: "cd".repeat(32),
            frame_digest: "ef".repeat(32),
            seed_source: "Xổ số".to_owned(),
            seed: "12345".to_owned(),
            algorithm: "sipas-draw-v1".to_owned(),
            list_digest: "09".repeat(32),
            persons: 36_525,
            reserves: 7_300,
        }],
        fieldwork: Fieldwork {
            responses: 25_010,
            invited: 36_525,
            response_rate_1: Some(68.47),
            response_rate_3: Some(70.1),
            modes: Vec::new(),
        },
        places,
        indicators,
        questions: Vec::new(),
        figures,
    }
}

fn figure(place: &str, code: &str, value: f64, half: f64) -> Figure {
    let hidden = value.is_nan();
    let told = |value: f64| (!hidden).then_some(value);
    Figure {
        place: place.to_owned(),
        code: code.to_owned(),
        rule: HEADLINE_RULE.to_owned(),
        answer: 0,
        n: (!hidden).then_some(735),
        value: told(value),
        se: told(half / 2.0),
        low: told(value - half),
        high: told(value + half),
        flags: if hidden { "c".to_owned() } else { String::new() },
        standing: (place != COUNTRY && !hidden).then_some(Standing {
            rank: 17,
            first: 5,
            last: 29,
            own_first: 9,
            own_last: 24,
            tier: 2,
            of: 33,
        }),
    }
}

fn stamp() -> Stamp {
    Stamp { number: 2, digest: "0123456789abcdef".repeat(4) }
}

fn report(content: &Content, code: &str, kind: Kind, language: Language) -> Vec<u8> {
    Wanted { kind, place: content.place(code).unwrap(), language }.print(content, &stamp()).unwrap()
}

fn look_at(name: &str, pdf: &[u8]) {
    let gallery = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/gallery");
    std::fs::create_dir_all(&gallery).unwrap();
    std::fs::write(gallery.join(name), pdf).unwrap();
}

#[test]
fn every_place_has_its_report_in_both_languages_and_the_country_its_slides() {
    let content = content();
    let all = all(&content);
    assert_eq!(all.len(), 2 * (34 + 2));
    let mut names: Vec<_> = all.iter().map(|it| it.file_name(&content, 2)).collect();
    assert!(
        names.contains(&"sipas-2026-2-da-nang-vi.pdf".to_owned())
            && names.contains(&"sipas-2026-2-slides-en.pdf".to_owned())
    );
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all.len());
    let english = words(&report(&content, "48", Kind::Report, Language::English));
    assert!(english.contains("out of 100") && english.contains("84.00") && !english.contains("84,00"), "{english}");
}

#[test]
fn a_report_of_the_country_has_the_finding_the_pictures_and_every_province_with_its_possible_ranks() {
    let content = content();
    let pdf = report(&content, COUNTRY, Kind::Report, Language::Vietnamese);
    look_at("report-country.pdf", &pdf);
    assert_eq!(pdf, report(&content, COUNTRY, Kind::Report, Language::Vietnamese), "the same edition is the same file");
    let text = words(&pdf);
    for part in [
        "Cả nước: chỉ số hài lòng chung 84,00 trên 100. Khoảng tin cậy 95 %: 83,40\u{a0}–\u{a0}84,60. 735 người trả lời.",
        "Dữ liệu mô phỏng",
        "RR1 68,47 %",
        "Quần đảo Hoàng Sa (TP. Đà Nẵng)",
        "Quần đảo Trường Sa (tỉnh Khánh Hòa)",
        "17 (5–29)",
        "12345",
        "87,16",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert_eq!(elements(&pdf, "/S/Figure"), 4, "years, factors, map, places");
    assert_eq!(elements(&pdf, "/S/Table"), 3);
    for place in content.provinces() {
        assert!(text.contains(&place.name.vi), "{}", place.name.vi);
    }
}

#[test]
fn each_pages_foot_tells_the_edition_and_its_digest() {
    let content = content();
    for (code, kind) in [(COUNTRY, Kind::Report), (COUNTRY, Kind::Slides), ("48", Kind::Report)] {
        let pages = runs(&report(&content, code, kind, Language::Vietnamese));
        for page in &pages {
            let text = page.join(" ");
            assert!(text.contains("bản sipas-2026/2") && text.contains(&stamp().digest), "{text}");
        }
    }
}

#[test]
fn a_strength_is_named_where_the_sample_tells_it_from_the_country_and_nowhere_else() {
    let content = content();
    let pdf = report(&content, "01", Kind::Report, Language::Vietnamese);
    look_at("report-province.pdf", &pdf);
    let text = words(&pdf);
    assert!(
        text.contains("Chính sách 1.2")
            && text.contains("93,25, cao hơn cả nước 9,25 điểm phần trăm (từ 6,68 đến 11,82)"),
        "{text}"
    );
    assert!(text.contains("71,50, thấp hơn cả nước 12,50 điểm phần trăm (từ 9,93 đến 15,07)"), "{text}");
    let all = against(&content, "01");
    let [above, below] = extremes(&all);
    assert_eq!((above.len(), below.len()), (1, 1), "84.2 beside 84.0 is no strength");
    assert!(runs(&pdf).len() <= 5, "{} pages", runs(&pdf).len());
    // 84.5 to the country's 84.0, all alike.
    let alike = words(&report(&content, "75", Kind::Report, Language::Vietnamese));
    let value = content.figure("overall", HEADLINE_RULE, "75").unwrap().value.unwrap();
    let expected =
        if (value - 84.0).abs() < 2.5 { "Không nội dung nào nổi bật" } else { "điểm phần trăm" };
    assert!(alike.contains(expected), "{value}: {alike}");
}

#[test]
fn what_the_edition_hides_no_report_has() {
    let content = content();
    let text = words(&report(&content, "96", Kind::Report, Language::Vietnamese));
    assert!(
        text.contains("Cà Mau: không có số công bố được") && text.contains("không công bố, vì ít hơn 10 người"),
        "{text}"
    );
    let (before, after) = text.split_once("Mọi chỉ số").unwrap();
    assert!(!before.contains("trên 100.") && !before.contains("nổi bật"), "{before}");
    let rows = after.split_once("Các tỉnh trước khi sáp nhập").unwrap().0;
    let numbers: Vec<&str> = rows
        .split(' ')
        .filter(|word| {
            word.contains(',')
                && word.parse::<f64>().is_err()
                && word.chars().all(|letter| letter.is_ascii_digit() || letter == ',')
        })
        .collect();
    assert!(!numbers.is_empty() && numbers.iter().all(|number| *number == "84,00"), "only the country's: {numbers:?}");
}

#[test]
fn slides_lie_across_one_message_to_a_page() {
    let content = content();
    let pdf = report(&content, COUNTRY, Kind::Slides, Language::Vietnamese);
    look_at("report-slides.pdf", &pdf);
    let pages = runs(&pdf);
    let titles = [
        "SIPAS 2026",
        "Qua các năm",
        "Bản đồ",
        "Tỉnh, thành phố và khoảng tin cậy",
        "Các nhóm nội dung",
        "Nhóm nội dung cao nhất",
    ];
    for (page, title) in pages.iter().zip(titles) {
        assert!(page.first().unwrap().starts_with(title), "{title}: {:?}", page.first());
    }
    assert_eq!(pages.len(), 5 + 3 + 1, "three pages of provinces, and the method");
    let text = words(&pdf);
    assert!(text.contains("Hà Nội") && text.contains('*'), "{text}");
}
