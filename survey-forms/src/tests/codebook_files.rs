//! The codebook as files: a table for spreadsheets, DDI-Codebook 2.5 for archives.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::form;
use crate::{Codebook, Form, Labels, builtin};

const HOSTILE: &str = "<script>alert(1)</script> ]]> & \"quoted\" 'so' \u{0}\u{b}\u{1f}\u{ffff}\n=1+1";

/// An element, its parents, attributes and own text.
struct Element {
    path: Vec<String>,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn name(&self) -> &str {
        self.path.last().unwrap()
    }

    fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

/// Every element in the order of the starts; fails when the document is not well formed.
fn elements(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    let (mut all, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    let start = |all: &mut Vec<Element>, open: &[usize], tag: &BytesStart| {
        let mut path = open.last().map(|at| all[*at].path.clone()).unwrap_or_default();
        path.push(tag.name().0.to_owned());
        let attributes = tag.attributes().map(|attribute| {
            let attribute = attribute.expect("well formed");
            let value = quick_xml::escape::unescape(&attribute.value).expect("well formed").into_owned();
            (attribute.key.0.to_owned(), value)
        });
        all.push(Element { path, attributes: attributes.collect(), text: String::new() });
    };
    loop {
        match reader.read_event().expect("well formed") {
            Event::Start(tag) => {
                start(&mut all, &open, &tag);
                open.push(all.len() - 1);
            }
            Event::Empty(tag) => start(&mut all, &open, &tag),
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    all[*at].text += &text;
                }
            }
            Event::GeneralRef(name) => {
                let known = quick_xml::escape::unescape(&format!("&{};", &*name)).expect("a known name").into_owned();
                all[*open.last().unwrap()].text += &known;
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("nobody wrote {other:?}"),
        }
    }
    assert!(open.is_empty());
    all
}

/// A form whose words are hostile, here and there.
fn hostile() -> Codebook {
    let mut codebook = form("two_languages").codebook();
    let words = || Labels::from([("vi".to_owned(), HOSTILE.to_owned()), ("en".to_owned(), "-1".to_owned())]);
    codebook.title = words();
    codebook.columns[0].label = words();
    codebook.columns[0].topic = Some("@SUM(A1)".to_owned());
    codebook.columns[0].codes[0].label = words();
    codebook.columns[0].name = "\"><x y=\"\u{1}".to_owned();
    codebook
}

#[test]
fn the_table_has_a_row_per_column_and_code() {
    insta::assert_snapshot!(form("multiple_with_other").codebook().csv("vi"));
}

#[test]
fn the_table_opens_in_a_spreadsheet() {
    let table = form("two_languages").codebook().csv("en");
    assert!(table.starts_with("\u{feff}column,"));
    assert!(table.contains("q1,1,choice,,,,Question q1,97,Skipped,yes\r\n"), "{table}");
    let other = form("two_languages").codebook().csv("fr");
    assert!(other.contains("Câu hỏi q1"), "a language not offered gets the source language: {other}");
}

#[test]
fn no_cell_acts_as_a_formula_and_none_breaks_out() {
    let codebook = hostile();
    for language in ["vi", "en"] {
        let table = codebook.csv(language);
        let rows: Vec<_> =
            csv::Reader::from_reader(table.as_bytes()).records().collect::<Result<_, _>>().expect("even rows");
        assert_eq!(rows.len(), 4);
        for cell in rows.iter().flat_map(csv::StringRecord::iter) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
        }
    }
    assert!(codebook.csv("en").contains(",'@SUM(A1),,'-1,1,'-1,no"));
}

#[test]
fn archives_read_it_as_ddi() {
    insta::assert_snapshot!("multiple_with_other", form("multiple_with_other").codebook().ddi());
    insta::assert_snapshot!("indicators_without_domains", form("indicators_without_domains").codebook().ddi());
}

/// The children the schema allows, in its order; what is written here is a part of that.
const ORDER: &[(&str, &[&str])] = &[
    ("codeBook", &["docDscr", "stdyDscr", "fileDscr", "dataDscr", "otherMat"]),
    ("docDscr", &["citation", "guide", "docStatus", "docSrc", "controlledVocabUsed", "notes"]),
    ("stdyDscr", &["citation", "studyAuthorization", "stdyInfo", "studyDevelopment", "method", "dataAccs", "notes"]),
    ("citation", &["titlStmt", "rspStmt", "prodStmt", "distStmt", "serStmt", "verStmt", "biblCit", "notes"]),
    ("titlStmt", &["titl", "subTitl", "altTitl", "parTitl", "IDNo"]),
    ("verStmt", &["version", "verResp", "notes"]),
    ("fileDscr", &["fileTxt", "locMap", "notes"]),
    ("fileTxt", &["fileName", "fileCitation", "fileCont", "fileStrc", "dimensns", "fileType", "format", "verStmt"]),
    ("dimensns", &["caseQnty", "varQnty", "logRecL", "recPrCas", "recNumTot"]),
    ("dataDscr", &["varGrp", "nCubeGrp", "var", "nCube", "notes"]),
    ("varGrp", &["labl", "txt", "concept", "defntn", "universe", "notes"]),
    ("var", &["location", "labl", "qstn", "universe", "txt", "catgry", "codInstr", "concept", "varFormat", "notes"]),
    ("qstn", &["preQTxt", "qstnLit", "postQTxt"]),
    ("catgry", &["catValu", "labl", "txt", "catStat", "mrow"]),
];

#[test]
fn the_elements_stand_in_the_order_of_the_schema() {
    let sources = super::corpus::SOUND.iter().map(super::corpus::source).chain(builtin());
    for codebook in sources.map(|source| Form::parse(&source).unwrap().codebook()).chain([hostile()]) {
        let all = elements(&codebook.ddi());
        for (at, parent) in all.iter().enumerate() {
            let depth = parent.path.len();
            let below = all.iter().skip(at + 1).take_while(|other| other.path.len() > depth);
            let children: Vec<&str> = below.filter(|child| child.path.len() == depth + 1).map(Element::name).collect();
            let Some((_, order)) = ORDER.iter().find(|(name, _)| *name == parent.name()) else {
                assert!(children.is_empty(), "{} has {children:?}", parent.name());
                continue;
            };
            let places: Vec<_> =
                children.iter().map(|child| order.iter().position(|known| known == child).expect(child)).collect();
            assert!(places.is_sorted(), "{}: {children:?}", parent.name());
        }
    }
}

#[test]
fn every_column_is_a_variable_once_and_every_reference_holds() {
    let codebook = Form::parse(&builtin()[0]).unwrap().codebook();
    let all = elements(&codebook.ddi());
    let of = |name: &'static str| all.iter().filter(move |element| element.name() == name);
    let names: Vec<&str> = of("var").map(|element| element.attribute("name")).collect();
    assert_eq!(names, codebook.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>());
    let identified: Vec<&str> = all.iter().map(|element| element.attribute("ID")).filter(|id| !id.is_empty()).collect();
    let known: BTreeSet<&str> = identified.iter().copied().collect();
    assert_eq!(known.len(), identified.len(), "an identifier stands twice");
    for name in ["var", "varGrp", "files"] {
        for id in all.iter().flat_map(|element| element.attribute(name).split_whitespace()) {
            assert!(known.contains(id), "{name} {id}");
        }
    }
    assert_eq!(of("varGrp").count(), 12, "overall, two domains, nine factors");
    for category in all.iter().enumerate().filter(|(_, element)| element.name() == "catgry") {
        let value = &all[category.0 + 1].text;
        let missing = if ["97", "98", "99"].contains(&value.as_str()) { "Y" } else { "N" };
        assert_eq!(category.1.attribute("missing"), missing, "{value}");
    }
}

#[test]
fn hostile_words_stay_words() {
    let xml = hostile().ddi();
    let all = elements(&xml);
    let texts: Vec<&str> = all.iter().filter(|element| element.name() == "labl").map(|it| it.text.as_str()).collect();
    let kept: String = HOSTILE.chars().filter(|c| *c == '\n' || !c.is_control() && *c != '\u{ffff}').collect();
    assert_eq!(texts[0], kept);
    assert!(!xml.contains("<script") && !xml.contains("]]>"));
    assert!(xml.chars().all(|c| c == '\n' || !c.is_control()));
    let variable = all.iter().find(|element| element.name() == "var").unwrap();
    assert_eq!(variable.attribute("name"), "\"><x y=\"");
}
