//! Files for statistics programs: every value is that of the CSV, every label is there in both languages. Small readers of the formats stand here;
//! `scripts/readers` opens the same files with what statisticians use.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at a surprise")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use e2e::{House, Visitor};

use crate::exports::{cells, holding, with_figures};

/// A file's columns: name, label of each, codes with their labels; and its rows as the CSV has them.
#[derive(Debug, Default)]
struct Opened {
    names: Vec<String>,
    labels: Vec<String>,
    codes: Vec<BTreeMap<String, String>>,
    rows: Vec<Vec<String>>,
}

/// A number as the CSV writes it: the codes of answers whole, everything else with six decimals.
fn number(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value}") } else { format!("{value:.6}") }
}

fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    std::str::from_utf8(&bytes[..end]).unwrap().trim_end().to_owned()
}

fn int(bytes: &[u8]) -> i64 {
    let mut eight = if bytes[bytes.len() - 1] > 127 { [255; 8] } else { [0; 8] };
    eight[..bytes.len()].copy_from_slice(bytes);
    i64::from_le_bytes(eight)
}

fn size(bytes: &[u8]) -> usize {
    usize::try_from(int(bytes)).unwrap()
}

fn double(bytes: &[u8]) -> f64 {
    f64::from_le_bytes(bytes.try_into().unwrap())
}

/// A Stata file, by its map; the language that is shown first.
fn dta(file: &[u8]) -> Opened {
    let tags = [
        "stata_dta",
        "map",
        "variable_types",
        "varnames",
        "sortlist",
        "formats",
        "value_label_names",
        "variable_labels",
        "characteristics",
        "data",
        "strls",
        "value_labels",
        "/stata_dta",
    ];
    let map = file.windows(5).position(|part| part == b"<map>").unwrap() + 5;
    let place = |part: usize| size(&file[map + 8 * part..map + 8 * part + 8]);
    for (part, tag) in tags.iter().enumerate() {
        assert!(file[place(part)..].starts_with(format!("<{tag}>").as_bytes()), "{tag}");
    }
    assert_eq!(place(13), file.len());
    let part = |of: usize| &file[place(of) + tags[of].len() + 2..place(of + 1) - tags[of].len() - 3];
    let mut scales: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut rest = part(11);
    while let Some(label) = rest.strip_prefix(b"<lbl>") {
        let set = &label[4 + 129 + 3..4 + 129 + 3 + size(&label[..4])];
        let count = size(&set[..4]);
        let of = |place: usize| {
            let (begin, value) = (8 + 4 * place, 8 + 4 * (count + place));
            let value = int(&set[value..value + 4]);
            let value = if value > 1_000 { 97 + value - 2_147_483_622 } else { value };
            (value.to_string(), text(&set[8 + 8 * count + size(&set[begin..begin + 4])..]))
        };
        scales.insert(text(&label[4..133]), (0..count).map(of).collect());
        rest = label[136 + set.len()..].strip_prefix(b"</lbl>").unwrap();
    }
    let types: Vec<usize> = part(2).chunks(2).map(|two| size(&[two[0], two[1], 0])).collect();
    let width = |kind: usize| match kind {
        65_526 => 8,
        65_530 => 1,
        bytes => bytes,
    };
    let value = |kind: usize, bytes: &[u8]| match (kind, bytes) {
        (65_530, [101]) => String::new(),
        (65_530, [code @ 102..=104]) => (code - 102 + 97).to_string(),
        (65_530, [code]) => code.to_string(),
        (65_526, _) if double(bytes) > 8e307 => String::new(),
        (65_526, _) => number(double(bytes)),
        _ => text(bytes),
    };
    let row = |mut line: &[u8]| {
        let mut cells = Vec::new();
        for kind in &types {
            let (now, later) = line.split_at(width(*kind));
            cells.push(value(*kind, now));
            line = later;
        }
        cells
    };
    Opened {
        names: part(3).chunks(129).map(text).collect(),
        labels: part(7).chunks(321).map(text).collect(),
        codes: part(6).chunks(129).map(|name| scales.get(&text(name)).cloned().unwrap_or_default()).collect(),
        rows: part(9).chunks(types.iter().map(|kind| width(*kind)).sum()).map(row).collect(),
    }
}

/// An SPSS file. Each column also has, under `missing`, the codes declared as such.
fn sav(file: &[u8]) -> Opened {
    let mut opened = Opened::default();
    assert!(file.starts_with(b"$FL2@(#) SPSS DATA FILE"));
    let rows = size(&file[80..84]);
    let mut at = 176;
    let mut take = |bytes: usize| {
        at += bytes;
        &file[at - bytes..at]
    };
    // The bytes of each text, none for numbers; the eights of a row before each column; the names by their short ones. A text beyond
    // 255 bytes is several columns until the end, all but the first without a name.
    let (mut widths, mut places, mut eights, mut shorts) = (Vec::new(), Vec::new(), 0, Vec::new());
    let mut labels: Vec<(BTreeMap<String, String>, Vec<usize>)> = Vec::new();
    loop {
        match size(take(4)) {
            2 => {
                eights += 1;
                let fields: Vec<i64> = take(20).chunks(4).map(int).collect();
                let short = text(take(8));
                let label = if fields[1] == 1 { size(take(4)) } else { 0 };
                let told = take(label.next_multiple_of(4))[..label].to_vec();
                let missing: Vec<_> =
                    take(8 * usize::try_from(fields[2]).unwrap()).chunks(8).map(double).map(number).collect();
                if fields[0] >= 0 {
                    widths.push(usize::try_from(fields[0]).unwrap());
                    places.push(eights);
                    shorts.push(short);
                    opened.labels.push(text(&told));
                    opened.codes.push(BTreeMap::from([("missing".to_owned(), missing.join(" "))]));
                }
            }
            3 => {
                let mut codes = BTreeMap::new();
                for _ in 0..size(take(4)) {
                    let (value, length) = (double(take(8)), usize::from(take(1)[0]));
                    codes.insert(number(value), text(&take((length + 1).next_multiple_of(8) - 1)[..length]));
                }
                assert_eq!(size(take(4)), 4);
                let count = size(take(4));
                labels.push((codes, take(4 * count).chunks(4).map(size).collect()));
            }
            7 => {
                let (kind, each, count) = (size(take(4)), size(take(4)), size(take(4)));
                let content = take(each * count);
                if kind == 13 {
                    let told = text(content);
                    let long: BTreeMap<&str, &str> =
                        told.split('\t').map(|pair| pair.split_once('=').unwrap()).collect();
                    let name =
                        |short: &String| long.get(short.as_str()).map_or(String::new(), |name| name.replace('@', "_"));
                    opened.names = shorts.iter().map(name).collect();
                }
            }
            999 => break,
            other => panic!("record {other}"),
        }
    }
    take(4);
    for (codes, of) in labels {
        for place in of {
            let column = places.iter().position(|known| *known == place).unwrap();
            opened.codes[column].extend(codes.clone());
        }
    }
    let values = unpacked(&file[at..]);
    for row in values.chunks_exact(eights).take(rows) {
        let mut cells: Vec<Vec<u8>> = Vec::new();
        for ((width, place), name) in widths.iter().zip(&places).zip(&opened.names) {
            let eights = &row[*place - 1..];
            let bytes = match width {
                0 => eights[0].map_or(String::new(), |eight| number(double(&eight))).into_bytes(),
                width => eights.iter().take(width.div_ceil(8)).flat_map(|eight| eight.unwrap()).take(*width).collect(),
            };
            if name.is_empty() {
                cells.last_mut().unwrap().extend(bytes);
            } else {
                cells.push(bytes);
            }
        }
        opened.rows.push(cells.iter().map(|cell| text(cell)).collect());
    }
    let named: Vec<bool> = opened.names.iter().map(|name| !name.is_empty()).collect();
    let mut keep = named.iter();
    opened.labels.retain(|_| *keep.next().unwrap());
    let mut keep = named.iter();
    opened.codes.retain(|_| *keep.next().unwrap());
    opened.names.retain(|name| !name.is_empty());
    assert_eq!(opened.rows.len(), rows);
    opened
}

/// Each eight bytes, none where a number is missing.
fn unpacked(mut packed: &[u8]) -> Vec<Option<[u8; 8]>> {
    let mut values = Vec::new();
    while !packed.is_empty() {
        let (codes, mut rest) = packed.split_at(8);
        for code in codes {
            match code {
                0 => {}
                253 => {
                    values.push(Some(rest[..8].try_into().unwrap()));
                    rest = &rest[8..];
                }
                254 => values.push(Some([b' '; 8])),
                255 => values.push(None),
                small => values.push(Some((f64::from(*small) - 100.0).to_le_bytes())),
            }
        }
        packed = rest;
    }
    values
}

/// The same names, and row by row the same values, however many decimals they are written with.
fn same(told: &str, opened: &Opened, csv: &[Vec<String>]) {
    assert_eq!(opened.names, csv[0], "{told}");
    assert_eq!(opened.rows.len(), csv.len() - 1, "{told}");
    for (row, expected) in opened.rows.iter().zip(&csv[1..]) {
        for ((value, text), name) in row.iter().zip(expected).zip(&csv[0]) {
            let alike = value == text || value.parse::<f64>().is_ok_and(|value| text.parse() == Ok(value));
            assert!(alike, "{told}, {name}: {value:?} is not {text:?}");
        }
    }
}

async fn files(house: &House, analyst: &mut Visitor, contents: &str) -> (Vec<Vec<String>>, [Opened; 3]) {
    let (_, csv) = holding(house, analyst, contents, "csv").await;
    let csv = cells(&csv.bytes);
    let (_, vietnamese) = holding(house, analyst, contents, "sav-vi").await;
    let (_, english) = holding(house, analyst, contents, "sav-en").await;
    let (_, stata) = holding(house, analyst, contents, "dta").await;
    let opened = [sav(&vietnamese.bytes), sav(&english.bytes), dta(&stata.bytes)];
    for (opened, told) in opened.iter().zip(["SPSS in Vietnamese", "SPSS in English", "Stata"]) {
        same(told, opened, &csv);
    }
    let raw = String::from_utf8_lossy(&stata.bytes).into_owned();
    assert!(raw.contains("_lang_list") && raw.contains("vi en"), "Stata is told of both languages");
    (csv, opened)
}

/// Everybody says something else, some nothing, one that they never used it; and one stratum's name is longer than SPSS keeps in one piece.
const VARIED: &str = "UPDATE answers.sampling_unit SET stratum = stratum || repeat(' miền núi', 60) WHERE province_code = '48';
    UPDATE answers.response SET answers = answers || jsonb_build_object('a1', 1 + get_byte(uuid_send(id), 0) % 2, 'a4', 1 + get_byte(uuid_send(id), 1) % 6,
    'q2', CASE get_byte(uuid_send(id), 2) % 3 WHEN 0 THEN '[1, 4]' WHEN 1 THEN '[3]' ELSE '97' END::jsonb);
    UPDATE answers.response SET answers = answers || '{\"q9_16\": 99}' WHERE id = (SELECT min(id::text)::uuid FROM answers.response);
    UPDATE answers.response SET answers = answers - 'a4' WHERE id = (SELECT max(id::text)::uuid FROM answers.response)";

#[tokio::test(flavor = "multi_thread")]
async fn spss_and_stata_files_hold_every_value_with_its_label_in_both_languages() {
    let house = House::start().await;
    let mut analyst = with_figures(&house).await;
    house.execute(VARIED).await;
    // Another set of answers: the columnar copy is another, too.
    let campaign = server::campaigns::find_by_slug(&house.app, "sipas-2026").await.unwrap();
    server::responses::copy::rebuild(&house.app, &campaign).await.unwrap();
    crate::results::computed(&house, &campaign).await;

    let (csv, [vietnamese, english, stata]) = files(&house, &mut analyst, "full").await;
    for (contents, format) in
        [("full", "r"), ("full", "parquet"), ("tables", "r"), ("tables", "parquet"), ("tables", "xlsx")]
    {
        holding(&house, &mut analyst, contents, format).await;
    }
    let column = |name: &str| csv[0].iter().position(|known| known == name).unwrap();
    let (education, item, choice) = (column("a4"), column("q9_16"), column("q2_4"));
    assert!(csv.iter().any(|line| line[column("_stratum")].len() > 700), "a name in three pieces");
    for code in ["97", "0", "1"] {
        assert!(csv.iter().any(|line| line[choice] == code), "somebody's q2_4 is {code}");
    }
    assert!(csv.iter().any(|line| line[item] == "99") && csv.iter().any(|line| line[education].is_empty()));
    for (opened, question, answer, never, weight) in [
        (&vietnamese, "Ông/Bà học đến bậc nào?", "Đại học hoặc cao hơn", "Chưa từng dùng", "Trọng số"),
        (&english, "How far did you go in school?", "University or higher", "Never used", "Weight"),
        (&stata, "Ông/Bà học đến bậc nào?", "Đại học hoặc cao hơn", "Chưa từng dùng", "Trọng số"),
    ] {
        assert_eq!(opened.labels[education], question);
        assert_eq!(opened.codes[education]["5"], answer);
        assert_eq!(opened.codes[item]["99"], never);
        assert_eq!(opened.labels[column("_weight")], weight);
    }
    assert_eq!(vietnamese.codes[item]["missing"], "97 99");
    assert_eq!(vietnamese.codes[choice]["1"], "Có chọn");
    assert!(
        vietnamese.labels[choice].ends_with('?') && vietnamese.labels[choice].contains(" · "),
        "{}",
        vietnamese.labels[choice]
    );

    let (_, [vietnamese, english, _]) = files(&house, &mut analyst, "tables").await;
    assert_eq!(
        [&vietnamese.labels[11], &english.labels[11]],
        ["Ước lượng, điểm từ 0 đến 100", "Estimate, points from 0 to 100"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_package_for_r_holds_data_labels_a_script_and_the_description_for_archives() {
    let house = House::start().await;
    let mut analyst = with_figures(&house).await;
    let (_, csv) = holding(&house, &mut analyst, "full", "csv").await;
    let (_, package) = holding(&house, &mut analyst, "full", "r").await;
    assert_eq!(package.headers["content-type"], "application/zip");
    let mut package = zip::ZipArchive::new(Cursor::new(package.bytes)).unwrap();
    let mut read = |name: &str| {
        let mut text = String::new();
        package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    assert_eq!(read("data.csv"), csv.text);
    assert!(read("read.R").contains("svydesign(ids = ~`_psu`, strata = ~`_stratum`, weights = ~`_weight`"));
    let header = cells(csv.text.as_bytes()).remove(0);
    let ddi = read("ddi.xml");
    for (language, label) in [("vi", "Đại học hoặc cao hơn"), ("en", "University or higher")] {
        let book = cells(read(&format!("codebook-{language}.csv")).as_bytes());
        assert!(book.iter().any(|line| line[0] == "a4" && line[7] == "5" && line[8] == label));
        let mut columns: Vec<String> = book[1..].iter().map(|line| line[0].clone()).collect();
        columns.dedup();
        assert_eq!(columns, header, "a column of the codebook for each of the data");
        assert!(ddi.contains(label));
    }
    for name in &header {
        assert!(ddi.contains(&format!("<var ID=\"var_{name}\" name=\"{name}\"")), "{name}");
    }
    let (_, figures) = holding(&house, &mut analyst, "tables", "r").await;
    let figures = zip::ZipArchive::new(Cursor::new(figures.bytes)).unwrap();
    let mut names: Vec<String> = figures.file_names().map(|name| name.unwrap().into_owned()).collect();
    names.sort_unstable();
    assert_eq!(names, ["codebook-en.csv", "codebook-vi.csv", "data.csv", "read.R"], "figures are no answers");
    let (_, columns) = holding(&house, &mut analyst, "full", "parquet").await;
    assert!(columns.text.contains("Đại học hoặc cao hơn"), "Parquet carries the codebook");
}
