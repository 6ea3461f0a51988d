//! Values as SPSS packs them: for every eight of them a byte each that says what it is, then those that the byte could not say.

use std::io::{Result, Write};

/// What a byte means: 1 to 251 a whole number, that much above -100.
const BIAS: f64 = 100.0;
const LITERAL: u8 = 253;
const SPACES: u8 = 254;
const MISSING: u8 = 255;

pub(super) struct Packed<W> {
    out: W,
    bytes: Vec<u8>,
    literals: Vec<u8>,
}

impl<W: Write> Packed<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, bytes: Vec::with_capacity(8), literals: Vec::with_capacity(64) }
    }

    /// Missing where it is not finite.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and from 1 to 251")]
    pub(super) fn number(&mut self, value: f64) -> Result<()> {
        let biased = value + BIAS;
        if !value.is_finite() {
            self.put(MISSING, &[])
        } else if value.fract() == 0.0 && (1.0..=251.0).contains(&biased) {
            self.put(biased as u8, &[])
        } else {
            self.put(LITERAL, &value.to_le_bytes())
        }
    }

    /// Eight bytes of a text.
    pub(super) fn text(&mut self, eight: &[u8]) -> Result<()> {
        if eight.iter().all(|byte| *byte == b' ') { self.put(SPACES, &[]) } else { self.put(LITERAL, eight) }
    }

    fn put(&mut self, byte: u8, literal: &[u8]) -> Result<()> {
        self.bytes.push(byte);
        self.literals.extend(literal);
        if self.bytes.len() == 8 { self.empty() } else { Ok(()) }
    }

    fn empty(&mut self) -> Result<()> {
        self.out.write_all(&self.bytes)?;
        self.out.write_all(&self.literals)?;
        self.bytes.clear();
        self.literals.clear();
        Ok(())
    }

    /// Fills up the last eight with bytes that say nothing.
    pub(super) fn finish(mut self) -> Result<()> {
        if !self.bytes.is_empty() {
            self.bytes.resize(8, 0);
            self.empty()?;
        }
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_whole_numbers_are_one_byte_and_the_rest_follows_the_eight() {
        let mut written = Vec::new();
        let mut packed = Packed::new(&mut written);
        for value in [5.0, -99.0, 151.0, f64::NAN, 0.5] {
            packed.number(value).unwrap();
        }
        packed.text(b"        ").unwrap();
        packed.text(b"urban   ").unwrap();
        packed.number(152.0).unwrap();
        packed.number(99.0).unwrap();
        packed.finish().unwrap();
        let literals = [&0.5_f64.to_le_bytes()[..], b"urban   ", &152.0_f64.to_le_bytes()].concat();
        assert_eq!(written[..8], [105, 1, 251, 255, 253, 254, 253, 253]);
        assert_eq!(written[8..32], literals);
        assert_eq!(written[32..], [199, 0, 0, 0, 0, 0, 0, 0]);
    }
}
