//! The sheet `survey` as a tree of groups and questions; what cannot be asked is refused here.

use super::names::code;
use super::refusal::{Reason, Refusal};
use super::workbook::{Row, Sheet};
use crate::draft::BY_INTERVIEWER;

#[derive(Debug)]
pub(crate) enum Node<'a> {
    Group(Group<'a>),
    Question(Asked<'a>),
}

#[derive(Debug)]
pub(crate) struct Group<'a> {
    pub(crate) row: &'a Row,
    pub(crate) code: String,
    /// Of everything in it.
    pub(crate) by_interviewer: bool,
    pub(crate) nodes: Vec<Node<'a>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) row: &'a Row,
    pub(crate) name: String,
    pub(crate) code: String,
    pub(crate) kind: AskedKind,
    pub(crate) by_interviewer: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AskedKind {
    One {
        list: String,
        or_other: bool,
    },
    Many {
        list: String,
        or_other: bool,
    },
    Integer,
    Decimal,
    Date,
    Text,
    Note,
    /// A second name for another question.
    Calculate,
}

/// The column that says that only interviewers ask.
pub(crate) const ASKED_BY: &str = "sipas_asked_by";

/// Groups nested deeper than anybody writes.
const DEEPEST: usize = 12;

pub(crate) fn read<'a>(sheet: &'a Sheet, refusals: &mut Vec<Refusal>, notes: &mut Vec<Refusal>) -> Vec<Node<'a>> {
    let mut open: Vec<Group> = Vec::new();
    let mut top = Vec::new();
    let mut repeats = 0_usize;
    let shown = |row: &Row| !matches!(sheet.cell(row, "disabled"), "yes" | "true" | "true()");
    for row in sheet.rows.iter().filter(|row| shown(row)) {
        let words: Vec<String> = sheet
            .cell(row, "type")
            .replace("_group", " group")
            .replace("_repeat", " repeat")
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let name = sheet.cell(row, "name");
        let refuse = |reason| sheet.refusal(row.number, "type", sheet.cell(row, "type"), reason);
        let asked_by = sheet.cell(row, ASKED_BY);
        if !["", BY_INTERVIEWER].contains(&asked_by) {
            let why = "`interviewer` is wanted, or nothing where everybody is asked";
            refusals.push(sheet.refusal(row.number, ASKED_BY, asked_by, Reason::Unsupported { why }));
        }
        let by_interviewer = asked_by == BY_INTERVIEWER || open.last().is_some_and(|group| group.by_interviewer);
        match words.as_slice() {
            [] if name.is_empty() => (),
            [] => refusals.push(sheet.refusal(row.number, "type", "", Reason::Missing)),
            ["begin", "group"] if open.len() < DEEPEST => {
                open.push(Group { row, code: own_code(sheet, row), by_interviewer, nodes: Vec::new() });
            }
            ["begin", "group"] => {
                refusals.push(refuse(Reason::Unsupported { why: "groups are nested too deeply" }));
                return top;
            }
            ["end", "group"] => match open.pop() {
                Some(group) => open.last_mut().map_or(&mut top, |outer| &mut outer.nodes).push(Node::Group(group)),
                None => refusals.push(refuse(Reason::Unbalanced)),
            },
            ["begin", "repeat"] => {
                repeats += 1;
                let why = "a questionnaire is answered once: ask for a fixed number of rows as a group each";
                refusals.push(refuse(Reason::UnsupportedType { kind: "repeat".to_owned(), why }));
            }
            ["end", "repeat"] if repeats > 0 => repeats -= 1,
            [
                "start" | "end" | "today" | "deviceid" | "username" | "phonenumber" | "simserial" | "subscriberid"
                | "email" | "audit" | "start-geopoint" | "background-audio",
            ] => {
                let what = "nothing is recorded of the person, the device or the time";
                notes.push(refuse(Reason::LeftBehind { what }));
            }
            words => match kind(words) {
                Ok(kind) => {
                    if name.is_empty() {
                        refusals.push(sheet.refusal(row.number, "name", "", Reason::Missing));
                    }
                    let (name, code) = (name.to_owned(), own_code(sheet, row));
                    let asked = Asked { row, name, code, kind, by_interviewer };
                    open.last_mut().map_or(&mut top, |outer| &mut outer.nodes).push(Node::Question(asked));
                }
                Err(why) => refusals.push(refuse(Reason::UnsupportedType { kind: words.join(" "), why })),
            },
        }
    }
    for group in open {
        refusals.push(sheet.refusal(group.row.number, "type", sheet.cell(group.row, "type"), Reason::Unbalanced));
    }
    top
}

/// What we call it: `sipas_code` where a name cannot stand twice, else the name.
fn own_code(sheet: &Sheet, row: &Row) -> String {
    let own = sheet.cell(row, "sipas_code");
    code(if own.is_empty() { sheet.cell(row, "name") } else { own })
}

fn kind(words: &[&str]) -> Result<AskedKind, &'static str> {
    Ok(match words {
        ["select_one", list] => AskedKind::One { list: (*list).to_owned(), or_other: false },
        ["select_one", list, "or_other"] => AskedKind::One { list: (*list).to_owned(), or_other: true },
        ["select_multiple", list] => AskedKind::Many { list: (*list).to_owned(), or_other: false },
        ["select_multiple", list, "or_other"] => AskedKind::Many { list: (*list).to_owned(), or_other: true },
        ["integer" | "int"] => AskedKind::Integer,
        ["decimal"] => AskedKind::Decimal,
        ["date"] => AskedKind::Date,
        ["text" | "string"] => AskedKind::Text,
        ["note"] => AskedKind::Note,
        ["calculate"] => AskedKind::Calculate,
        ["geopoint" | "geotrace" | "geoshape"] => return Err("where a person is is never recorded"),
        ["image" | "audio" | "video" | "file" | "barcode"] => {
            return Err("nothing but answers is taken from the device");
        }
        ["select_one" | "select_multiple", ..] => return Err("the name of one list is wanted after it"),
        ["select_one_from_file" | "select_multiple_from_file", ..] => {
            return Err("choices stand in the sheet `choices`");
        }
        _ => return Err("no question of ours is of this type"),
    })
}

/// Every question of a tree, in order.
pub(crate) fn questions<'t, 'a>(nodes: &'t [Node<'a>]) -> Vec<&'t Asked<'a>> {
    let inner = |node: &'t Node<'a>| match node {
        Node::Group(group) => questions(&group.nodes),
        Node::Question(asked) => vec![asked],
    };
    nodes.iter().flat_map(inner).collect()
}
