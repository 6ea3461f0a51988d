//! The codebook as DDI-Codebook 2.5, the XML that data archives and statistics offices read.
//!
//! The order of the elements is the schema's.

use std::io::Result;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::ElementWriter;

use super::{Codebook, Column, ColumnKind, Labels};
use crate::indicators::{Indicator, Level};

type Xml = Writer<Vec<u8>>;

const NAMESPACE: &str = "ddi:codebook:2_5";

/// The only file described: the answers, one row per person.
const FILE: &str = "answers";

impl Codebook {
    /// DDI-Codebook 2.5: one `var` per column, one `varGrp` per indicator, every label in every language.
    pub fn ddi(&self) -> String {
        let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
        let written = self.code_book(&mut xml);
        // Memory takes all that is written.
        debug_assert!(written.is_ok());
        String::from_utf8_lossy(&xml.into_inner()).into_owned() + "\n"
    }

    fn code_book(&self, xml: &mut Xml) -> Result<()> {
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let root = element(xml, "codeBook", &[("xmlns", NAMESPACE), ("version", "2.5"), ("xml:lang", self.source())]);
        root.write_inner_content(|xml| {
            element(xml, "docDscr", &[]).write_inner_content(|xml| self.citation(xml))?;
            element(xml, "stdyDscr", &[]).write_inner_content(|xml| {
                self.citation(xml)?;
                text(xml, "notes", &[("type", "method")], &self.method)
            })?;
            self.file(xml)?;
            element(xml, "dataDscr", &[]).write_inner_content(|xml| {
                for indicator in self.indicators.iter().flat_map(Indicator::walk) {
                    self.group(xml, indicator)?;
                }
                self.columns.iter().try_for_each(|column| self.variable(xml, column))
            })?;
            Ok(())
        })?;
        Ok(())
    }

    fn citation(&self, xml: &mut Xml) -> Result<()> {
        element(xml, "citation", &[]).write_inner_content(|xml| {
            element(xml, "titlStmt", &[]).write_inner_content(|xml| {
                // Exactly one title; those in the other languages stand beside it.
                text(xml, "titl", &[("xml:lang", self.source())], self.title.get(self.source()).map_or("", |it| it))?;
                for (language, title) in self.told(&self.title).filter(|(language, _)| *language != self.source()) {
                    text(xml, "parTitl", &[("xml:lang", language)], title)?;
                }
                text(xml, "IDNo", &[], &self.form)
            })?;
            element(xml, "verStmt", &[])
                .write_inner_content(|xml| text(xml, "version", &[("type", "SHA-256")], &self.form_digest))?;
            Ok(())
        })?;
        Ok(())
    }

    fn file(&self, xml: &mut Xml) -> Result<()> {
        element(xml, "fileDscr", &[("ID", FILE)]).write_inner_content(|xml| {
            element(xml, "fileTxt", &[]).write_inner_content(|xml| {
                text(xml, "fileName", &[], &self.form)?;
                let count = self.columns.len().to_string();
                element(xml, "dimensns", &[]).write_inner_content(|xml| text(xml, "varQnty", &[], &count))?;
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    }

    /// An indicator with the indicators or the variables it rests on; the items themselves are variables.
    fn group(&self, xml: &mut Xml, indicator: &Indicator) -> Result<()> {
        if indicator.level == Level::Item {
            return Ok(());
        }
        let of = |items: bool| {
            let parts = indicator.parts.iter().filter(|part| (part.level == Level::Item) == items);
            let name = if items { variable_id } else { group_id };
            parts.map(|part| name(&part.code)).collect::<Vec<_>>().join(" ")
        };
        let (id, variables, groups) = (group_id(&indicator.code), of(true), of(false));
        let mut attributes = vec![("ID", id.as_str()), ("type", "other"), ("otherType", indicator.level.as_str())];
        let parts = [("var", variables.as_str()), ("varGrp", groups.as_str())];
        attributes.extend(parts.iter().filter(|(_, ids)| !ids.is_empty()));
        attributes.push(("name", &indicator.code));
        element(xml, "varGrp", &attributes).write_inner_content(|xml| {
            self.indicator_labels.get(&indicator.code).map_or(Ok(()), |labels| self.in_each(xml, "labl", labels))
        })?;
        Ok(())
    }

    fn variable(&self, xml: &mut Xml, column: &Column) -> Result<()> {
        let (representation, domain, format) = match column.kind {
            ColumnKind::Choice => ("code", "category", "numeric"),
            ColumnKind::Choices => ("code", "multiple", "character"),
            ColumnKind::Number => ("numeric", "numeric", "numeric"),
            ColumnKind::Date => ("datetime", "datetime", "character"),
            ColumnKind::Text => ("text", "text", "character"),
        };
        let id = variable_id(&column.name);
        let attributes = [
            ("ID", id.as_str()),
            ("name", column.name.as_str()),
            ("files", FILE),
            (
                "intrvl",
                if matches!(column.kind, ColumnKind::Number | ColumnKind::Date) { "contin" } else { "discrete" },
            ),
            ("representationType", representation),
        ];
        let number = column.number.map(|number| number.to_string());
        let mut asked = vec![("responseDomainType", domain)];
        asked.extend(number.iter().map(|number| ("seqNo", number.as_str())));
        element(xml, "var", &attributes).write_inner_content(|xml| {
            self.in_each(xml, "labl", &column.label)?;
            element(xml, "qstn", &asked).write_inner_content(|xml| {
                self.in_each(xml, "preQTxt", &column.stem)?;
                self.in_each(xml, "qstnLit", &column.label)
            })?;
            if column.by_interviewer {
                text(xml, "universe", &[("xml:lang", "en")], "Persons asked by an interviewer")?;
            }
            self.categories(xml, column)?;
            if let Some(topic) = &column.topic {
                text(xml, "concept", &[], topic)?;
            }
            let mut format = vec![("type", format)];
            format.extend((column.kind == ColumnKind::Date).then_some(("category", "date")));
            element(xml, "varFormat", &format).write_empty()?;
            Ok(())
        })?;
        Ok(())
    }

    fn categories(&self, xml: &mut Xml, column: &Column) -> Result<()> {
        for code in &column.codes {
            let missing = ("missing", if code.missing { "Y" } else { "N" });
            // Of several choices each can stand beside the others; saying nothing stands alone.
            let alone = ("excls", if code.missing || column.kind == ColumnKind::Choice { "true" } else { "false" });
            element(xml, "catgry", &[missing, alone]).write_inner_content(|xml| {
                text(xml, "catValu", &[], &code.value.to_string())?;
                self.in_each(xml, "labl", &code.label)
            })?;
        }
        Ok(())
    }

    fn in_each(&self, xml: &mut Xml, name: &'static str, labels: &Labels) -> Result<()> {
        self.told(labels).try_for_each(|(language, label)| text(xml, name, &[("xml:lang", language)], label))
    }

    /// The languages in the order offered, the source language first.
    fn told<'c>(&'c self, labels: &'c Labels) -> impl Iterator<Item = (&'c str, &'c str)> {
        self.languages.iter().filter_map(|language| Some((language.as_str(), labels.get(language)?.as_str())))
    }

    fn source(&self) -> &str {
        self.languages.first().map_or("vi", String::as_str)
    }
}

/// Units and indicators share the identifiers of one document with the file.
fn variable_id(code: &str) -> String {
    format!("var_{code}")
}

fn group_id(code: &str) -> String {
    format!("group_{code}")
}

fn element<'x>(xml: &'x mut Xml, name: &'static str, attributes: &[(&str, &str)]) -> ElementWriter<'x, Vec<u8>> {
    attributes.iter().fold(xml.create_element(name), |element, (key, value)| {
        element.with_attribute((*key, writable(value).as_str()))
    })
}

fn text(xml: &mut Xml, name: &'static str, attributes: &[(&str, &str)], content: &str) -> Result<()> {
    element(xml, name, attributes).write_text_content(BytesText::new(&writable(content)))?;
    Ok(())
}

/// Without the characters XML 1.0 has no way to write, not even escaped.
fn writable(text: &str) -> String {
    let refused =
        |c: &char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars().filter(|c| !refused(c)).collect()
}
