//! A questionnaire whose every word tries to be something else than a word.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use e2e::{House, corpus};
use server::staff::Role;

const HOSTILE: [&str; 4] = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(2)>",
    "=HYPERLINK(\"http://x\",\"y\")",
    "\u{202e}${{jndi&amp;<!--",
];

/// Every text of the wording begins with something hostile in turn.
fn hostile(words: &str) -> String {
    let mut turn = HOSTILE.iter().cycle();
    let line = |line: &str| match line.split_once(" = \"") {
        Some((key, rest)) => {
            let text = turn.next().unwrap().replace('\\', "\\\\").replace('"', "\\\"");
            format!("{key} = \"{text} {rest}")
        }
        None => line.to_owned(),
    };
    words.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn is_only_text(what: &str, page: &str) {
    for markup in ["<script>alert", "<img", "<!--", "onerror=alert(2)>"] {
        assert!(!page.contains(markup), "{markup} in {what}:\n{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_texts_are_shown_as_texts_everywhere() {
    let house = House::start().await;
    let mut form = corpus("multiple_with_other");
    let words = form.wordings.first_mut().unwrap();
    words.1.text = hostile(&words.1.text);
    let survey = house.survey_of(&form, 2, 6).await;
    let campaign = survey.row(&house).await;

    for person in &survey.people {
        let mut citizen = house.visitor();
        is_only_text("start", &citizen.enter(&person.code).await.text);
        let mut page = citizen.agree().await;
        page.shows("&#60;script&#62;alert(1)");
        while page.place != "/khao-sat/kiem-tra" {
            is_only_text(&page.place, &page.text);
            let asked = page.asked();
            let mut fields: Vec<(String, String)> = Vec::new();
            for asked in &asked {
                // Every choice of the question that takes several, with the words beside "other".
                let chosen =
                    asked.values.iter().filter(|value| *value != "98").take(if asked.name == "q1" { 3 } else { 1 });
                fields.extend(chosen.map(|value| (asked.name.clone(), value.clone())));
            }
            fields.extend(
                page.names()
                    .into_iter()
                    .filter(|name| name.ends_with("_text"))
                    .map(|name| (name, HOSTILE.concat().chars().take(100).collect())),
            );
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let place = page.place.clone();
            page = citizen.post(&place, &fields).await;
            page.is(200);
        }
        is_only_text("check", &page.text);
        page.shows("&#60;img src=x onerror=alert(2)&#62;");
        is_only_text("receipt", &citizen.post("/khao-sat/gui", &[]).await.text);
    }
    survey.close(&house).await;
    house.work().await;

    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    let version = format!("/qt/phieu/{}", campaign.form_version_id);
    for place in ["", "/ma-hoa", "/xem/vi", "/thu/vi"] {
        let page = coordinator.get(&format!("{version}{place}")).await;
        is_only_text(place, &page.is(200).text);
    }
    is_only_text("list", &coordinator.get("/qt/phieu").await.is(200).text);
    is_only_text("codebook as XML", &coordinator.get(&format!("{version}/ma-hoa/x.xml")).await.is(200).text);
    let csv = coordinator.get(&format!("{version}/ma-hoa/x.csv")).await;
    assert!(
        csv.is(200).text.contains("'=HYPERLINK")
            && !csv.text.contains(",=HYPERLINK")
            && !csv.text.contains(",\"=HYPERLINK")
    );
    let workbook = coordinator.get(&format!("{version}/ma-hoa/x.xlsx")).await;
    only_texts(&workbook.is(200).bytes);
    let paper = coordinator.get(&format!("{version}/in/vi.pdf")).await;
    let bytes = &paper.is(200).bytes;
    assert!(
        bytes.starts_with(b"%PDF") && !bytes.windows(11).any(|part| part == b"/JavaScript" || part == b"/OpenAction")
    );

    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let results = format!("/pt/ket-qua/{}", campaign.slug);
    is_only_text("results", &analyst.get(&results).await.is(200).shows("&#60;script&#62;").text);
    for format in ["csv", "xlsx"] {
        analyst.post(&format!("{results}/xuat"), &[("gi", "tables"), ("dang", format)]).await.is(200);
    }
    house.work().await;
    for file in server::exports::list(&house.app).await.unwrap() {
        let taken = analyst.get(&format!("/pt/tep/{}", file.id)).await;
        if file.format == "xlsx" {
            only_texts(&taken.bytes);
        } else {
            assert!(!taken.text.contains(",=HYPERLINK") && !taken.text.contains(",\"=HYPERLINK"), "{}", taken.text);
        }
    }
}

/// No cell holds a formula.
fn only_texts(workbook: &[u8]) {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(workbook.to_vec())).unwrap();
    for name in workbook.sheet_names() {
        let formulas = workbook.worksheet_formula(&name).unwrap();
        assert!(formulas.rows().flatten().all(String::is_empty), "a formula in {name}");
        let texts = workbook.worksheet_range(&name).unwrap();
        assert!(texts.rows().flatten().all(|cell| !matches!(cell, Data::Error(_))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_file_name_and_sheet_are_shown_as_texts() {
    let house = House::start().await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt/phieu").await;
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().set_name("survey").unwrap().write_string(0, 0, "<img src=x>").unwrap();
    workbook.add_worksheet().set_name("<script>alert(1)").unwrap();
    let csrf = coordinator.csrf().to_owned();
    let name = "<script>alert(1)</script>.xlsx";
    let refused = crate::questionnaires::send(&mut coordinator, &csrf, name, &workbook.save_to_buffer().unwrap()).await;
    is_only_text("refusal", &refused.is(422).text);
    refused.shows("&#60;script&#62;alert(1)");
}
