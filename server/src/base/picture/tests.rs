use super::look::{CLASSES, Look, SCALE};
use super::shape::Shape;
use super::*;
use crate::base::text::Language;

fn texts() -> Texts {
    Texts::new(Language::Vietnamese)
}

fn told() -> Told {
    Told { title: "Hài lòng <chung>".to_owned(), description: "Cao & thấp".to_owned() }
}

pub(super) fn places() -> Picture {
    let dot = |name: &str, value, interval| dot_plot::Dot {
        name: name.to_owned(),
        value,
        interval,
        country: name == "Cả nước",
    };
    let dots = [
        dot("Cả nước", Some(83.94), Some((83.1, 84.7))),
        dot("Đà Nẵng", Some(88.2), Some((85.0, 91.3))),
        dot("Thành phố Hồ Chí Minh", Some(79.5), None),
        dot("Huyện <b>", None, None),
    ];
    dot_plot::draw(texts(), told(), &dots).unwrap()
}

fn points() -> Vec<trend::Point> {
    let point = |year, value| trend::Point { year, value, interval: None, decimals: 2, pilot: false };
    let pilot = |value| trend::Point { pilot: true, ..point(2015, value) };
    let published = [
        (2017, 80.9),
        (2018, 82.99),
        (2019, 84.45),
        (2020, 85.48),
        (2021, 87.16),
        (2022, 80.08),
        (2023, 82.66),
        (2024, 83.94),
    ];
    let own = trend::Point { interval: Some((83.9, 85.6)), ..point(2026, 84.765) };
    published.map(|(year, value)| point(year, value)).into_iter().chain([pilot(72.9), pilot(63.1), own]).collect()
}

fn over_the_years() -> Picture {
    trend::draw(texts(), told(), &points(), &[2017, 2022, 2023, 2025]).unwrap()
}

fn beside_the_best() -> Picture {
    let row = |name: &str, value, interval| against_best::Row {
        name: name.to_owned(),
        value,
        interval,
        best: Some(92.5),
        country: Some(84.0),
    };
    let legend = against_best::Legend {
        place: "Đà Nẵng".to_owned(),
        best: "Tỉnh cao nhất".to_owned(),
        country: Some("Cả nước".to_owned()),
    };
    let rows = [
        row("Tiếp cận dịch vụ", Some(88.255), Some((86.0, 90.4))),
        row("Thủ tục hành chính", Some(71.0), None),
        row("Công chức", None, None),
    ];
    against_best::draw(texts(), told(), &legend, &rows).unwrap()
}

fn map(texts: Texts) -> Picture {
    let tile = |(place, number): (tiles::Place, u8)| tiles::Tile {
        code: place.code.to_owned(),
        value: (place.short != "CM").then(|| 76.0 + f64::from(number * 7 % 34) / 2.0),
    };
    let values: Vec<_> = tiles::PLACES.into_iter().zip(0_u8..).map(tile).collect();
    tiles::draw(texts, told(), &values, "không có số liệu")
}

fn answers() -> Picture {
    let scale = ["Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"].map(str::to_owned);
    let rows = [
        shares::Row { name: "Thái độ của công chức".to_owned(), shares: [8.0, 12.0, 20.0, 45.0, 15.0] },
        shares::Row { name: "Trả kết quả đúng hẹn".to_owned(), shares: [2.0, 3.0, 15.0, 50.0, 30.0] },
    ];
    shares::draw(texts(), told(), &scale, &rows).unwrap()
}

/// Each to be looked at as pixels: the test below writes them to `target/gallery/`.
fn all() -> [(&'static str, Picture); 5] {
    [
        ("dot_plot", places()),
        ("trend", over_the_years()),
        ("against_best", beside_the_best()),
        ("tiles", map(texts())),
        ("shares", answers()),
    ]
}

fn gallery() -> std::path::PathBuf {
    let gallery = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/gallery");
    std::fs::create_dir_all(&gallery).unwrap();
    gallery
}

#[test]
fn each_picture_is_drawn_as_it_was() {
    for (name, picture) in all() {
        insta::assert_snapshot!(name, picture.file());
    }
}

#[test]
fn a_picture_in_a_page_has_its_words_and_no_style_of_its_own() {
    for (name, picture) in all() {
        let (page, file) = (picture.page(name), picture.file());
        for svg in [&page, &file] {
            for part in [
                r#"role="img""#,
                r#"lang="vi""#,
                " width=",
                " height=",
                " viewBox=",
                "Hài lòng &lt;chung&gt;</title>",
                "Cao &amp; thấp</desc>",
            ] {
                assert!(svg.contains(part), "{name}: {part}");
            }
            assert!(!svg.contains("<a ") && !svg.contains("<b>"), "{name}");
        }
        assert!(page.contains(&format!(r#"aria-labelledby="{name}-title {name}-description""#)));
        assert!(!page.contains("<style") && !page.contains("style=") && file.contains("<style>"), "{name}");
    }
}

#[test]
fn the_pages_style_sheet_has_the_looks_of_the_files() {
    let sheet: String = Look::ALL.into_iter().flat_map(|look| [look.rule(), "\n".to_owned()]).collect();
    let committed = include_str!("../../../ui/_picture.scss");
    let (why, looks) = committed.split_once("\n\n").unwrap();
    std::fs::write(gallery().join("_picture.scss"), format!("{why}\n\n{sheet}")).unwrap();
    assert_eq!(looks, sheet, "copy target/gallery/_picture.scss to server/ui, then run scripts/ui");
}

#[test]
fn a_line_ends_where_the_method_does_and_a_pilot_is_on_none() {
    let picture = over_the_years();
    let lines: Vec<usize> = picture
        .shapes()
        .iter()
        .filter_map(|shape| match shape {
            Shape::Line { points, look: Look::Series } => Some(points.len()),
            _ => None,
        })
        .collect();
    assert_eq!(lines, [5, 2], "2017 to 2021, 2023 and 2024; 2022 and 2026 stand alone");
    let count = |look| picture.shapes().iter().filter(|shape| shape.look() == look).count();
    assert_eq!((count(Look::Pilot), count(Look::Dot), count(Look::Break)), (2, 9, 4));
    let svg = picture.file();
    assert!(svg.contains(">84,77</text>") && svg.contains(">2026</text>"), "{svg}");
    let joined = trend::draw(texts(), told(), &points(), &[]).unwrap();
    assert!(joined.shapes().iter().any(|shape| matches!(shape, Shape::Line { points, .. } if points.len() == 9)));
    assert!(trend::draw(texts(), told(), &[], &[2022]).is_none());
}

#[test]
fn every_province_has_one_tile_and_both_archipelagos_are_named_and_wide_enough() {
    let mut codes: Vec<_> = tiles::PLACES.map(|place| place.code).to_vec();
    codes.sort_unstable();
    let official: Vec<_> = include_str!("../../../data/places.csv")
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>())
        .filter(|cells| cells[0] == "province" && cells[5] == "2025-07-01")
        .map(|cells| cells[1])
        .collect();
    assert_eq!(codes, official);
    let mut cells: Vec<_> = tiles::PLACES.map(|place| (place.row, place.column)).to_vec();
    cells.sort_unstable();
    cells.dedup();
    assert_eq!(cells.len(), 34, "no tile upon another");
    for (language, names) in [
        (Language::Vietnamese, ["Quần đảo Hoàng Sa", "(TP. Đà Nẵng)", "Quần đảo Trường Sa", "(tỉnh Khánh Hòa)"]),
        (
            Language::English,
            ["Hoàng Sa archipelago", "(Đà Nẵng City)", "Trường Sa archipelago", "(Khánh Hòa Province)"],
        ),
    ] {
        let picture = map(Texts::new(language));
        let boxes = picture.shapes().iter().filter_map(|shape| match shape {
            Shape::Area { width, height, look: Look::Islands, .. } => Some((*width, *height)),
            _ => None,
        });
        assert_eq!(boxes.filter(|(width, height)| *width >= 40.0 && *height >= 24.0).count(), 2, "{language}");
        let svg = picture.file();
        assert!(names.into_iter().all(|name| svg.contains(&format!(">{name}</text>"))), "{language}");
    }
}

#[test]
fn classes_hold_a_quarter_each_and_equal_values_share_one() {
    let tile = |value| tiles::Tile { code: String::new(), value };
    let classes = tiles::Classes::of(&(1_u8..=8).map(|value| tile(Some(f64::from(value)))).collect::<Vec<_>>());
    let numbers: Vec<_> = (1_u8..=8).map(|value| classes.class(f64::from(value)).number()).collect();
    assert_eq!(numbers, [1, 1, 2, 2, 3, 3, 4, 4]);
    let alike = tiles::Classes::of(&[tile(Some(80.0)), tile(Some(80.0)), tile(Some(80.0)), tile(None)]);
    assert_eq!(
        alike.ranges().into_iter().map(|(class, low, high)| (class.number(), low, high)).collect::<Vec<_>>(),
        [(1, 80.0, 80.0)]
    );
    assert!(tiles::Classes::of(&[]).ranges().is_empty());
}

/// As WCAG reckons it.
fn contrast(a: Colour, b: Colour) -> f64 {
    let part = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let light = |Colour(red, green, blue): Colour| 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn letters_can_be_read_on_what_they_stand_on_and_marks_be_seen_on_white() {
    let white = Colour(255, 255, 255);
    let fill = |look: Look| look.paint().fill.unwrap();
    let on_classes = CLASSES.map(|class| (class, if class == Look::Class4 { Look::OnDark } else { Look::Small }));
    for (ground, letters) in on_classes.into_iter().chain(SCALE) {
        assert!(contrast(fill(ground), fill(letters)) >= 4.5, "{letters:?} on {ground:?}");
    }
    for letters in Look::ALL.into_iter().filter(|look| look.paint().letters.is_some()) {
        let dark = matches!(letters, Look::OnDark | Look::StrongOnDark);
        assert!(dark || contrast(fill(letters), white) >= 4.5, "{letters:?}");
    }
    for mark in
        [Look::Series, Look::Interval, Look::Country, Look::Break, Look::Tick, Look::Islands, Look::Empty, Look::OnBar]
    {
        assert!(contrast(mark.paint().stroke.unwrap().colour, white) >= 3.0, "{mark:?}");
    }
    assert!(contrast(fill(Look::Bar), fill(Look::Best)) >= 3.0, "a bar before the best one's, in black and white too");
    assert!(contrast(Colour(0x4f, 0x86, 0xc6), white) < 4.5, "white on the third class would be too weak");
}

#[test]
fn pixels_are_those_of_the_shapes_and_letters_come_from_the_program() {
    for (name, picture) in all() {
        let png = picture.png(2.0).unwrap();
        let pixels = tiny_skia::Pixmap::decode_png(&png).unwrap();
        assert_eq!((pixels.width(), pixels.height()), (side(picture.width()), side(picture.height())), "{name}");
        let dark = pixels.pixels().iter().filter(|pixel| pixel.red() < 60 && pixel.green() < 60).count();
        assert!(dark > 300, "{name}: letters are painted");
        std::fs::write(gallery().join(format!("{name}.png")), png).unwrap();
        std::fs::write(gallery().join(format!("{name}.svg")), picture.file()).unwrap();
    }
    assert!(places().png(0.0).is_err() && places().png(f32::NAN).is_err() && places().png(1e9).is_err());
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a side of a small picture")]
fn side(length: f32) -> u32 {
    (length * 2.0).ceil() as u32
}
