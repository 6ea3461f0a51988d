//! The tree of the survey → sections, and the blocks that stand on a page together.

use super::desk::Desk;
use super::survey::{Asked, AskedKind, Group, Node};
use super::texts::Texts;
use super::workbook::Row;
use crate::rule::Condition;

/// The section of what stands in no group.
const MAIN: &str = "main";

/// Where a page stands: its section, the conditions around it, and the nearest title.
pub(super) struct Place {
    pub(super) section: String,
    pub(super) gates: Vec<Condition>,
    pub(super) title: Texts,
}

/// What stands on a page together.
pub(super) enum Block<'t, 'a> {
    Question(&'t Asked<'a>, Vec<Condition>),
    /// Its code, the row of its stem, its items, and the conditions of the whole.
    Grid(String, &'a Row, Vec<(&'t Asked<'a>, Vec<Condition>)>, Vec<Condition>),
}

impl<'a> Desk<'a> {
    /// Lays out everything; `title` is that of the form.
    pub(crate) fn lay_out(&mut self, nodes: &[Node<'a>], title: &Texts) {
        let main = Place { section: MAIN.to_owned(), gates: Vec::new(), title: title.clone() };
        for node in nodes {
            match node {
                Node::Group(group) if !self.looks(group.row, "table-list") => {
                    self.section(&group.code, Some(group.row), title);
                    let place = Place { section: group.code.clone(), gates: Vec::new(), title: title.clone() };
                    self.group(group, &place);
                }
                _ => {
                    self.section(MAIN, None, title);
                    self.node(node, &main);
                }
            }
        }
    }

    fn section(&mut self, code: &str, row: Option<&Row>, title: &Texts) {
        let key = format!("sections.{code}");
        let own = row.map(|row| self.words.texts(self.survey, row, "label")).unwrap_or_default();
        if let Some(row) = row {
            self.put_row(row, "label", &key);
            self.places.entry(key.clone()).or_insert(row.number);
        }
        if own.is_empty() {
            self.wordings.put(&key, title);
        }
        if !self.definition.sections.iter().any(|known| known == code) {
            self.definition.sections.push(code.to_owned());
        }
    }

    fn node(&mut self, node: &Node<'a>, place: &Place) {
        match node {
            Node::Group(group) => self.group(group, place),
            Node::Question(asked) if self.folded.contains(&asked.row.number) || asked.kind == AskedKind::Calculate => {}
            Node::Question(asked) => {
                let gates = self.gate(asked.row);
                let gates = [self.inherited(&place.gates), gates].concat();
                let place = Place { section: place.section.clone(), gates, title: place.title.clone() };
                self.page(asked.row, &asked.code, vec![Block::Question(asked, Vec::new())], &place);
            }
        }
    }

    fn group(&mut self, group: &Group<'a>, outer: &Place) {
        let label = self.words.texts(self.survey, group.row, "label");
        let is_table = self.looks(group.row, "table-list");
        let is_page = self.looks(group.row, "field-list");
        let gates = self.inherited(&outer.gates);
        let mut place = Place { section: outer.section.clone(), gates, title: outer.title.clone() };
        if is_table && !is_page {
            let blocks = self.table(group);
            self.page(group.row, &group.code, blocks, &place);
            return;
        }
        place.gates.extend(self.gate(group.row));
        if !label.is_empty() {
            place.title = label;
        }
        if !is_page {
            group.nodes.iter().for_each(|node| self.node(node, &place));
            return;
        }
        let mut blocks = Vec::new();
        self.collect(&group.nodes, group, &[], &mut blocks);
        self.page(group.row, &group.code, blocks, &place);
    }

    /// A group with the appearance `table-list`: a grid when all in it is on one list, else what it holds.
    fn table<'t>(&mut self, group: &'t Group<'a>) -> Vec<Block<'t, 'a>> {
        let gates = self.gate(group.row);
        let asked: Vec<&Asked> = group
            .nodes
            .iter()
            .filter_map(|node| match node {
                Node::Question(asked) => Some(asked),
                Node::Group(_) => None,
            })
            .collect();
        let is_grid = asked.len() == group.nodes.len()
            && asked
                .first()
                .is_some_and(|first| list(first).is_some() && asked.iter().all(|one| list(one) == list(first)));
        if is_grid {
            let items = asked.into_iter().map(|item| (item, self.gate(item.row))).collect();
            return vec![Block::Grid(group.code.clone(), group.row, items, gates)];
        }
        let mut blocks = Vec::new();
        self.collect(&group.nodes, group, &gates, &mut blocks);
        blocks
    }

    fn collect<'t>(
        &mut self,
        nodes: &'t [Node<'a>],
        group: &'t Group<'a>,
        gates: &[Condition],
        blocks: &mut Vec<Block<'t, 'a>>,
    ) {
        let mut rest = nodes;
        while let Some((node, after)) = rest.split_first() {
            rest = after;
            match node {
                Node::Group(inner) if self.looks(inner.row, "table-list") => {
                    for mut block in self.table(inner) {
                        let (Block::Question(_, own) | Block::Grid(_, _, _, own)) = &mut block;
                        own.splice(0..0, self.inherited(gates));
                        blocks.push(block);
                    }
                }
                Node::Group(inner) => {
                    let gates = [self.inherited(gates), self.gate(inner.row)].concat();
                    self.collect(&inner.nodes, inner, &gates, blocks);
                }
                Node::Question(asked)
                    if self.folded.contains(&asked.row.number) || asked.kind == AskedKind::Calculate => {}
                Node::Question(asked) => {
                    let run = 1 + after.iter().take_while(|next| self.goes_on(asked, next)).count();
                    if run == 1 || !self.may_be_line(asked) {
                        let own = [self.inherited(gates), self.gate(asked.row)].concat();
                        blocks.push(Block::Question(asked, own));
                        continue;
                    }
                    let lines = std::iter::once(node).chain(after.iter().take(run - 1)).filter_map(|node| match node {
                        Node::Question(asked) => Some(asked),
                        Node::Group(_) => None,
                    });
                    let items: Vec<_> = lines.map(|item| (item, self.gate(item.row))).collect();
                    let code = format!("{}_grid", asked.code);
                    let gates = self.inherited(gates);
                    blocks.push(Block::Grid(code, group.row, items, gates));
                    rest = after.get(run - 1..).unwrap_or_default();
                }
            }
        }
    }

    fn goes_on(&self, first: &Asked, next: &Node) -> bool {
        let Node::Question(asked) = next else {
            return false;
        };
        let is_like = list(asked).is_some() && list(asked) == list(first);
        is_like && asked.by_interviewer == first.by_interviewer && self.may_be_line(asked)
    }

    /// A line of a grid has neither a hint nor words beside its choices.
    fn may_be_line(&self, asked: &Asked) -> bool {
        self.survey.cell(asked.row, "sipas_kind") != "single"
            && !self.write_ins.contains_key(&asked.row.number)
            && self.words.texts(self.survey, asked.row, "hint").is_empty()
    }
}

/// The list of a question that can be a line of a grid.
pub(super) fn list<'t>(asked: &'t Asked) -> Option<&'t str> {
    match &asked.kind {
        AskedKind::One { list, or_other: false } => Some(list),
        _ => None,
    }
}
