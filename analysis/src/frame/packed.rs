//! The codes of one village in a few bytes each: every code is written as what it shares with the one before, and its rest.

use std::ops::Range;

/// Bytes of three numbers at most.
const MOST_NUMBERS: usize = 30;

/// Codes in the order they came, with their rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Arrivals {
    bytes: Vec<u8>,
    first: String,
    last: String,
    last_row: u64,
    count: usize,
    /// Every code is greater than the one before.
    ascending: bool,
}

impl Arrivals {
    pub(super) fn push(&mut self, code: &str, row: u64) {
        self.ascending = self.count == 0 || (self.ascending && self.last.as_str() < code);
        if self.count == 0 {
            code.clone_into(&mut self.first);
        }
        self.make_room(code.len());
        write_number(&mut self.bytes, row - self.last_row);
        write_code(&mut self.bytes, self.last.as_bytes(), code.as_bytes());
        code.clone_into(&mut self.last);
        self.last_row = row;
        self.count += 1;
    }

    /// Grows by an eighth: doubling would leave a quarter of all memory empty.
    fn make_room(&mut self, letters: usize) {
        let wanted = letters + MOST_NUMBERS;
        if self.bytes.capacity() - self.bytes.len() < wanted {
            self.bytes.reserve_exact(wanted.max(self.bytes.len() / 8));
        }
    }

    /// First and last when they came in their order.
    pub(super) fn range(&self) -> Option<(&str, &str)> {
        self.ascending.then_some((&self.first, &self.last))
    }

    /// Calls `each` with every code and its row.
    pub(super) fn each(&self, mut each: impl FnMut(&str, u64)) {
        let (mut bytes, mut code, mut row) = (self.bytes.as_slice(), Vec::new(), 0);
        for _ in 0..self.count {
            row += read_number(&mut bytes);
            read_code(&mut bytes, &mut code);
            each(std::str::from_utf8(&code).unwrap_or_default(), row);
        }
    }

    /// The same codes in the order of their bytes.
    pub(super) fn sorted(&self) -> Packed {
        let mut packed = Packed { bytes: Vec::with_capacity(self.bytes.len()), count: self.count };
        let mut last: Vec<u8> = Vec::new();
        let mut add = |code: &str| {
            write_code(&mut packed.bytes, &last, code.as_bytes());
            last.clear();
            last.extend_from_slice(code.as_bytes());
        };
        if self.ascending {
            self.each(|code, _| add(code));
        } else {
            let (mut text, mut places) = (String::new(), Vec::with_capacity(self.count));
            self.each(|code, _| {
                places.push(text.len()..text.len() + code.len());
                text.push_str(code);
            });
            let code = |place: &Range<usize>| text.get(place.clone()).unwrap_or_default();
            places.sort_unstable_by(|a, b| code(a).cmp(code(b)));
            for place in &places {
                add(code(place));
            }
        }
        packed.bytes.shrink_to_fit();
        packed
    }
}

/// Codes in the order of their bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Packed {
    bytes: Vec<u8>,
    count: usize,
}

impl Packed {
    /// So many codes that nobody will ask for.
    pub(super) fn of_unknown(count: u64) -> Self {
        Self { bytes: Vec::new(), count: usize::try_from(count).unwrap_or(usize::MAX) }
    }

    pub(crate) fn len(&self) -> usize {
        self.count
    }

    pub(crate) fn each(&self, mut each: impl FnMut(&str)) {
        let (mut bytes, mut code) = (self.bytes.as_slice(), Vec::new());
        for _ in 0..self.count {
            read_code(&mut bytes, &mut code);
            each(std::str::from_utf8(&code).unwrap_or_default());
        }
    }
}

fn write_code(bytes: &mut Vec<u8>, before: &[u8], code: &[u8]) {
    let shared = before.iter().zip(code).take_while(|(a, b)| a == b).count();
    let rest = code.get(shared..).unwrap_or_default();
    write_number(bytes, shared as u64);
    write_number(bytes, rest.len() as u64);
    bytes.extend_from_slice(rest);
}

fn read_code(bytes: &mut &[u8], code: &mut Vec<u8>) {
    let shared = read_length(bytes);
    let length = read_length(bytes);
    code.truncate(shared);
    let (rest, after) = bytes.split_at(length.min(bytes.len()));
    code.extend_from_slice(rest);
    *bytes = after;
}

fn read_length(bytes: &mut &[u8]) -> usize {
    usize::try_from(read_number(bytes)).unwrap_or(usize::MAX)
}

/// Seven bits to a byte, the lowest first.
fn write_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(u8::try_from(number & 0x7f).unwrap_or_default() | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap_or_default());
}

fn read_number(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let Some((byte, rest)) = bytes.split_first() else { break };
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_back_with_their_rows_and_in_order() {
        let codes = ["xã-2", "xã-10", "", "xạ", "x", "xã-10", &"dài".repeat(100)];
        let mut arrivals = Arrivals::default();
        for (code, row) in codes.iter().zip([1, 2, 3, 400, 401, 70_000, 70_001]) {
            arrivals.push(code, row);
        }
        let mut back = Vec::new();
        arrivals.each(|code, row| back.push((code.to_owned(), row)));
        assert_eq!(back.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), codes);
        assert_eq!(back.iter().map(|(_, row)| *row).collect::<Vec<_>>(), [1, 2, 3, 400, 401, 70_000, 70_001]);
        assert!(arrivals.range().is_none());
        let mut expected = codes.to_vec();
        expected.sort_unstable();
        let mut sorted = Vec::new();
        arrivals.sorted().each(|code| sorted.push(code.to_owned()));
        assert_eq!(sorted, expected);
    }
}
