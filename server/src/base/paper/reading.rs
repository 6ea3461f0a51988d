//! For tests: the words of a PDF of ours, as a program that copies text out of it sees them.

use std::collections::HashMap;
use std::io::Read as _;

use flate2::read::ZlibDecoder;

/// What stands on each page, run by run in the order drawn.
pub(crate) fn runs(pdf: &[u8]) -> Vec<Vec<String>> {
    let objects = objects(pdf);
    let pages = objects.iter().filter(|object| text(object).contains("/Type/Page/"));
    pages.map(|page| of_page(&objects, page)).collect()
}

/// Everything, a space between runs.
pub(crate) fn words(pdf: &[u8]) -> String {
    runs(pdf).concat().join(" ")
}

/// The structure elements of a kind (`/S/H2`), as the file has them.
pub(crate) fn elements(pdf: &[u8], kind: &str) -> usize {
    let ends_here = |rest: &&str| !rest.starts_with(|letter: char| letter.is_alphanumeric());
    objects(pdf).iter().map(|object| text(object).split(kind).skip(1).filter(ends_here).count()).sum()
}

/// Each object's bytes, in the order of their numbers, which start at 1.
fn objects(pdf: &[u8]) -> Vec<&[u8]> {
    let whole = text(pdf);
    let table = whole.rsplit_once("startxref").unwrap().1.trim().trim_end_matches("%%EOF").trim();
    let (_, table) = whole.split_at(table.parse().unwrap());
    let starts: Vec<usize> = table
        .lines()
        .take_while(|line| !line.starts_with("trailer"))
        .filter_map(|line| line.trim_end().strip_suffix(" 00000 n")?.parse().ok())
        .collect();
    let end = |start: usize| starts.iter().copied().filter(|other| *other > start).min().unwrap_or(pdf.len());
    starts.iter().map(|start| &pdf[*start..end(*start)]).collect()
}

/// Each byte as a letter of its own, so that places in one are places in the other.
fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' }).collect()
}

fn of_page(objects: &[&[u8]], page: &[u8]) -> Vec<String> {
    let resources = text(objects[reference(page, "/Resources ").unwrap() - 1]);
    let mut fonts = HashMap::new();
    let content = stream(objects[reference(page, "/Contents ").unwrap() - 1]);
    let draws = content.split("BT ").skip(1).map(|block| block.split("ET\n").next().unwrap());
    let read = |block: &str| {
        let name = format!("/{} ", block.split(['/', ' ']).find(|part| part.starts_with('f')).unwrap());
        let letters = fonts.entry(name.clone()).or_insert_with(|| {
            let font = reference(resources.as_bytes(), &name).unwrap();
            letters(&stream(objects[reference(objects[font - 1], "/ToUnicode ").unwrap() - 1]))
        });
        let glyphs = strings(block);
        let letter = |pair: &[u8]| letters[&u16::from_be_bytes([pair[0], pair[1]])].as_str();
        let run: String = glyphs.chunks(2).map(letter).collect();
        run.trim_end().to_owned()
    };
    draws.map(read).collect()
}

/// The bytes of all strings: `(\000a)` or `<0061>`.
fn strings(block: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut letters = block.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '<' => {
                let hex: String = letters.by_ref().take_while(|letter| *letter != '>').collect();
                bytes.extend(fours(&hex).flat_map(u16::to_be_bytes));
            }
            '(' => bytes.extend(in_brackets(&mut letters)),
            _ => {}
        }
    }
    bytes
}

/// Brackets in pairs need no escape.
fn in_brackets(letters: &mut std::str::Chars) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut open = 1;
    while let Some(letter) = letters.next() {
        open += i32::from(letter == '(') - i32::from(letter == ')');
        match letter {
            _ if open == 0 => break,
            '\\' => bytes.push(escaped(letters)),
            plain => bytes.push(u8::try_from(plain).unwrap()),
        }
    }
    bytes
}

fn escaped(letters: &mut std::str::Chars) -> u8 {
    match letters.next().unwrap() {
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'b' => 8,
        'f' => 12,
        first if first.is_ascii_digit() => {
            let octal: String = std::iter::once(first).chain(letters.by_ref().take(2)).collect();
            u8::from_str_radix(&octal, 8).unwrap()
        }
        other => u8::try_from(other).unwrap(),
    }
}

/// What each glyph stands for.
fn letters(map: &str) -> HashMap<u16, String> {
    let pair = |line: &str| {
        let (glyph, letters) = line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <")?;
        Some((fours(glyph).next()?, String::from_utf16(&fours(letters).collect::<Vec<_>>()).ok()?))
    };
    map.split("beginbfchar")
        .skip(1)
        .filter_map(|part| part.split("endbfchar").next())
        .flat_map(str::lines)
        .filter_map(pair)
        .collect()
}

fn fours(hex: &str) -> impl Iterator<Item = u16> + '_ {
    hex.as_bytes().chunks(4).map(|four| u16::from_str_radix(str::from_utf8(four).unwrap(), 16).unwrap())
}

fn reference(object: &[u8], key: &str) -> Option<usize> {
    let object = text(object);
    object.split_once(key)?.1.split(' ').next()?.parse().ok()
}

fn stream(object: &[u8]) -> String {
    let plain = text(object);
    let start = plain.find("stream\n").unwrap() + "stream\n".len();
    let mut bytes = Vec::new();
    ZlibDecoder::new(&object[start..]).read_to_end(&mut bytes).unwrap();
    bytes.into_iter().map(char::from).collect()
}
