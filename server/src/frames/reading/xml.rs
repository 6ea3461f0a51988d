//! The XML parts of a workbook, piece by piece.

use std::io::{self, BufReader, Read, Seek};

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::Unreadable;
use super::package::{Bounded, allowance, defect, unreadable};
use crate::frames::defect::DefectKind;

const BUFFER: usize = 1 << 16;

pub(super) struct Xml<R: Read> {
    reader: Reader<Bounded<BufReader<R>>>,
    buffer: Vec<u8>,
}

impl<R: Read> Xml<R> {
    pub(super) fn next(&mut self) -> Result<Event<'_>, Unreadable> {
        self.buffer.clear();
        self.reader.get_mut().next_piece();
        self.reader.read_event_into(&mut self.buffer).map_err(|cause| match cause {
            quick_xml::Error::Io(cause) => unreadable(io::Error::new(cause.kind(), cause.to_string())),
            _ => Unreadable::Defect(DefectKind::Damaged),
        })
    }
}

/// Opens a part of the archive and gives it to `work`; `None` when there is none of this name.
pub(super) fn part<T, R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    name: &str,
    work: impl FnOnce(Xml<&mut dyn Read>) -> Result<T, Unreadable>,
) -> Result<Option<T>, Unreadable> {
    let mut part = match archive.by_name(name) {
        Ok(part) => part,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(ZipError::Io(cause)) => return Err(unreadable(cause)),
        Err(cause) => return Err(Unreadable::Defect(defect(&cause))),
    };
    let most = allowance(part.compressed_size());
    let part: &mut dyn Read = &mut part;
    let mut reader = Reader::from_reader(Bounded::new(BufReader::with_capacity(BUFFER, part), most));
    reader.config_mut().check_end_names = false;
    work(Xml { reader, buffer: Vec::new() }).map(Some)
}

/// The attribute's value, without entities: numbers, addresses and names of types have none.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name);
    found.map(|attribute| attribute.value.into_owned())
}

/// Adds what `&amp;` or `&#10;` stands for; entities of a file's own are no part of a workbook.
pub(super) fn push_entity(text: &mut String, entity: &BytesRef<'_>) {
    match resolve_xml_entity(entity) {
        Some(known) => text.push_str(known),
        None => text.extend(entity.resolve_char_ref().ok().flatten()),
    }
}
