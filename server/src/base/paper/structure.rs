//! What the parts of a document are to each other, for those who hear it.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

/// A part of a document's structure, within that document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element(usize);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    Section,
    /// A section in another language than the document: its code.
    SectionIn(String),
    /// Also a bookmark. The level of the document's title is 1.
    Heading(u16, String),
    Paragraph,
    List,
    Item,
    /// The number or code of an item.
    Label,
    Body,
    /// A picture: what it shows, in words.
    Figure(String),
    Table,
    Row,
    /// Says what the column below holds.
    ColumnHead,
    /// Says what the row beside it holds.
    RowHead,
    Cell,
}

/// Elements in the order they are read. One holds other elements or text, never both.
#[derive(Debug, Default)]
pub(super) struct Structure {
    nodes: Vec<Part>,
    top: Vec<usize>,
}

#[derive(Debug)]
struct Part {
    role: Role,
    children: Vec<usize>,
    content: Vec<Identifier>,
}

impl Structure {
    pub(super) fn add(&mut self, within: Option<Element>, role: Role) -> Element {
        let place = self.nodes.len();
        self.nodes.push(Part { role, children: Vec::new(), content: Vec::new() });
        let siblings = match within.and_then(|parent| self.nodes.get_mut(parent.0)) {
            Some(parent) => &mut parent.children,
            None => &mut self.top,
        };
        siblings.push(place);
        Element(place)
    }

    /// The title of a heading, the first time it is drawn.
    pub(super) fn begin(&mut self, element: Element) -> Option<String> {
        let part = self.nodes.get(element.0).filter(|part| part.content.is_empty())?;
        if let Role::Heading(_, title) = &part.role { Some(title.clone()) } else { None }
    }

    pub(super) fn hold(&mut self, element: Element, content: Identifier) {
        if let Some(part) = self.nodes.get_mut(element.0) {
            part.content.push(content);
        }
    }

    pub(super) fn tree(&self, language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for place in &self.top {
            if let Some(node) = self.node(*place) {
                tree.push(node);
            }
        }
        tree
    }

    fn node(&self, place: usize) -> Option<Node> {
        let part = self.nodes.get(place)?;
        let mut group = TagGroup::new(part.role.tag());
        part.content.iter().for_each(|content| group.push(*content));
        part.children.iter().filter_map(|child| self.node(*child)).for_each(|child| group.push(child));
        Some(group.into())
    }
}

impl Role {
    fn tag(&self) -> TagKind {
        match self {
            Self::Section => Tag::Section.into(),
            Self::SectionIn(language) => Tag::Section.with_lang(Some(language.clone())).into(),
            Self::Heading(level, title) => {
                let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
                Tag::Hn(level, Some(title.clone())).into()
            }
            Self::Paragraph => Tag::P.into(),
            Self::List => Tag::L(ListNumbering::None).into(),
            Self::Item => Tag::LI.into(),
            Self::Label => Tag::Lbl.into(),
            Self::Body => Tag::LBody.into(),
            Self::Figure(words) => Tag::Figure(Some(words.clone())).into(),
            Self::Table => Tag::Table.into(),
            Self::Row => Tag::TR.into(),
            Self::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
            Self::RowHead => Tag::TH(TableHeaderScope::Row).into(),
            Self::Cell => Tag::TD.into(),
        }
    }
}
