//! Blocks → pages, and the grids among them.

use toml::Table;

use super::definition::{ItemText, PageText, QuestionText, gate, put, put_asked_by, put_gate};
use super::desk::Desk;
use super::layout::{Block, Place, list};
use super::refusal::Reason;
use super::survey::{ASKED_BY, Asked, AskedKind};
use super::workbook::Row;
use crate::rule::Condition;

/// Numbered units on a page; more are broken over further pages.
const MOST_ON_PAGE: usize = 7;

impl<'a> Desk<'a> {
    /// Puts blocks on a page, and on further pages when they are too many.
    pub(super) fn page(&mut self, row: &'a Row, code: &str, blocks: Vec<Block<'_, 'a>>, place: &Place) {
        let mut pages = Pages { shown: vec![Vec::new()], units: 0 };
        let mut sensitive = self.is_yes(row, "sipas_sensitive");
        for block in blocks {
            match block {
                Block::Question(asked, gates) => {
                    sensitive |= self.is_yes(asked.row, "sipas_sensitive");
                    self.note_what_is_left(asked);
                    let (kind, more) = self.question(asked, gates);
                    let code = asked.code.clone();
                    self.definition.questions.push(QuestionText { code: code.clone(), kind, more, items: Vec::new() });
                    pages.show(code, usize::from(asked.kind != AskedKind::Note));
                }
                Block::Grid(code, row, items, gates) => {
                    let codes: Vec<_> = items.iter().map(|(item, _)| item.code.clone()).collect();
                    sensitive |= items.iter().any(|(item, _)| self.is_yes(item.row, "sipas_sensitive"));
                    self.grid(&code, row, items, gates);
                    if self.words.texts(self.survey, row, "label").is_empty() {
                        self.put_texts(
                            self.survey,
                            row.number,
                            "label",
                            &format!("questions.{code}.stem"),
                            &place.title,
                        );
                    }
                    pages.show_items(&codes);
                }
            }
        }
        for (number, show) in (1..).zip(pages.shown) {
            let code = if number == 1 { code.to_owned() } else { format!("{code}-{number}") };
            let key = format!("pages.{code}");
            self.put_texts(self.survey, row.number, "label", &key, &place.title);
            self.places.insert(key, row.number);
            let (section, when) = (place.section.clone(), gate(self.inherited(&place.gates)));
            self.definition.pages.push(PageText { code, section, sensitive, show, when });
        }
    }

    /// A grid, or further items of one that began on an earlier page.
    fn grid(&mut self, code: &str, row: &Row, items: Vec<(&Asked<'a>, Vec<Condition>)>, gates: Vec<Condition>) {
        let Some(name) = items.first().and_then(|(item, _)| list(item)).map(str::to_owned) else {
            return;
        };
        if !self.lists.contains_key(&name) {
            for (item, _) in &items {
                self.refuse(item.row, "type", Reason::UnknownList { list: name.clone() });
            }
            return;
        }
        let scale = self.scale(&name);
        let by_interviewer = items.first().is_some_and(|(item, _)| item.by_interviewer);
        let usual = self.way_out(row);
        let key = format!("questions.{code}");
        self.put_row(row, "label", &format!("{key}.stem"));
        self.put_row(row, "hint", &format!("{key}.help"));
        self.places.entry(key).or_insert(row.number);
        let mut written = Vec::new();
        for (item, gates) in items {
            let key = format!("items.{}", item.code);
            if item.by_interviewer != by_interviewer {
                let why = "the lines of a grid are all asked by the same";
                self.refuse(item.row, ASKED_BY, Reason::Unsupported { why });
            }
            self.note_what_is_left(item);
            if !self.words.texts(self.survey, item.row, "hint").is_empty() {
                self.leave(item.row, "hint", "the lines of a grid share one hint");
            }
            self.put_row(item.row, "label", &key);
            self.places.insert(key, item.row.number);
            let mut more = Table::new();
            self.opinion(item.row, usual, &mut more);
            put_gate(&mut more, gates);
            written.push(ItemText { code: item.code.clone(), more });
        }
        let mut more = Table::new();
        put(&mut more, "scale", scale);
        put_asked_by(&mut more, by_interviewer);
        put_gate(&mut more, gates);
        match self.definition.questions.iter_mut().find(|known| known.code == code && known.kind == "grid") {
            Some(known) if known.more == more => known.items.extend(written),
            Some(_) => self.refuse(row, "name", Reason::Clash { code: code.to_owned() }),
            None => self.definition.questions.push(QuestionText {
                code: code.to_owned(),
                kind: "grid",
                more,
                items: written,
            }),
        }
    }
}

struct Pages {
    shown: Vec<Vec<String>>,
    units: usize,
}

impl Pages {
    fn show(&mut self, entry: String, units: usize) {
        if self.units + units > MOST_ON_PAGE {
            self.shown.push(Vec::new());
            self.units = 0;
        }
        self.units += units;
        if let Some(page) = self.shown.last_mut() {
            page.push(entry);
        }
    }

    /// As many as there is room for, then page by page.
    fn show_items(&mut self, codes: &[String]) {
        let mut rest = codes;
        while !rest.is_empty() {
            let room = match MOST_ON_PAGE - self.units {
                0 => MOST_ON_PAGE,
                room => room,
            };
            let (here, after) = rest.split_at(room.min(rest.len()));
            if let (Some(first), Some(last)) = (here.first(), here.last()) {
                self.show(format!("{first}..{last}"), here.len());
            }
            rest = after;
        }
    }
}
