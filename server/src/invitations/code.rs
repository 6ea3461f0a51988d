//! The one credential of an invited person: 16 digits, the last of them a check digit.
//!
//! Fifteen digits of chance and a Damm digit, which catches every single wrong digit and every swap of neighbours, so a
//! typing mistake is told as such and never counts as a guess.

use std::fmt;

use rand::{SeedableRng as _, TryRng as _, rngs::StdRng};

use crate::base::chance;
use crate::base::seal::Key;
use crate::error::Result;

pub const DIGITS: usize = 16;

/// Shown 4-4-4-4. `Debug` hides it: a code cannot slip into a log.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; DIGITS]);

/// Why a typed text is no code; each has its own sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeMistake {
    Empty,
    /// This many digits instead of 16; other signs than digits count as none.
    Length(usize),
    CheckDigit,
}

impl Code {
    /// A new code from the operating system's chance.
    pub fn random() -> Result<Self> {
        Ok(Codes::new()?.next_code())
    }

    /// What a person typed or a picture code held: spaces, dots, dashes and full-width digits are fine.
    pub fn parse(typed: &str) -> Result<Self, CodeMistake> {
        let digits: Vec<u8> = typed.chars().filter_map(digit).collect();
        let code = <[u8; DIGITS]>::try_from(digits.as_slice()).map_err(|_wrong_length| match digits.len() {
            0 if typed.trim().is_empty() => CodeMistake::Empty,
            length => CodeMistake::Length(length),
        })?;
        if damm(&code) == 0 { Ok(Self(code)) } else { Err(CodeMistake::CheckDigit) }
    }

    /// The 16 digits without spaces, as they stand in a link.
    pub fn digits(&self) -> String {
        self.0.iter().map(|digit| char::from(b'0' + digit)).collect()
    }

    /// What the answers side knows the code by, under the campaign's key.
    pub fn tag(&self, wave: &Key) -> Result<[u8; 32]> {
        wave.digest(self.digits().as_bytes())
    }

    /// What the contact side knows the code by, under [`super::contact_key`]. Without the code the two cannot be matched.
    pub fn contact_digest(&self, key: &Key) -> Result<[u8; 32]> {
        key.digest(self.digits().as_bytes())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, digit) in self.0.iter().enumerate() {
            let gap = if place > 0 && place % 4 == 0 { " " } else { "" };
            write!(f, "{gap}{digit}")?;
        }
        Ok(())
    }
}

/// Many codes from one seed of the operating system.
pub(super) struct Codes(StdRng);

impl Codes {
    pub(super) fn new() -> Result<Self> {
        Ok(Self(StdRng::from_seed(chance::secret_bytes()?)))
    }

    pub(super) fn next_code(&mut self) -> Code {
        let mut code = [0; DIGITS];
        let (random, check) = code.split_at_mut(DIGITS - 1);
        random.fill_with(|| self.digit());
        check.fill(damm(random));
        Code(code)
    }

    /// Bytes from 250 up are thrown away, so that every digit is equally likely.
    fn digit(&mut self) -> u8 {
        loop {
            let mut byte = [0];
            let Ok(()) = self.0.try_fill_bytes(&mut byte);
            if byte[0] < 250 {
                return byte[0] % 10;
            }
        }
    }
}

impl Iterator for Codes {
    type Item = Code;
    fn next(&mut self) -> Option<Code> {
        Some(self.next_code())
    }
}

fn digit(sign: char) -> Option<u8> {
    let value = match sign {
        '０'..='９' => u32::from(sign) - u32::from('０'),
        _ => sign.to_digit(10)?,
    };
    u8::try_from(value).ok()
}

/// The totally anti-symmetric quasigroup of H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004, p. 111.
const QUASIGROUP: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// 0 for digits that end with their own check digit; else the check digit to append.
fn damm(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |interim, digit| {
        QUASIGROUP.get(usize::from(interim)).and_then(|row| row.get(usize::from(*digit))).copied().unwrap_or_default()
    })
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_however_it_was_typed() {
        let code = Code::random().unwrap();
        let printed = code.to_string();
        assert_eq!(printed.len(), 19);
        let wide: String = code
            .digits()
            .chars()
            .map(|digit| char::from_u32('０' as u32 + digit.to_digit(10).unwrap()).unwrap())
            .collect();
        for typed in [
            printed.clone(),
            code.digits(),
            printed.replace(' ', "."),
            printed.replace(' ', "-"),
            format!("  {printed}\n"),
            wide,
        ] {
            assert_eq!(Code::parse(&typed), Ok(code.clone()), "{typed}");
        }
    }

    #[test]
    fn every_single_wrong_digit_and_every_swap_of_neighbours_is_noticed() {
        let code = Code::random().unwrap();
        for place in 0..DIGITS {
            for wrong in (0..10).filter(|digit| *digit != code.0[place]) {
                let mut typed = code.0;
                typed[place] = wrong;
                assert_eq!(Code::parse(&Code(typed).digits()), Err(CodeMistake::CheckDigit));
            }
            if place > 0 && code.0[place] != code.0[place - 1] {
                let mut typed = code.0;
                typed.swap(place, place - 1);
                assert_eq!(Code::parse(&Code(typed).digits()), Err(CodeMistake::CheckDigit));
            }
        }
    }

    #[test]
    fn mistakes_are_told_apart() {
        assert_eq!(Code::parse("  "), Err(CodeMistake::Empty));
        assert_eq!(Code::parse("abc"), Err(CodeMistake::Length(0)));
        assert_eq!(Code::parse("4821 7730 9164 052"), Err(CodeMistake::Length(15)));
        assert_eq!(Code::parse("572 4"), Err(CodeMistake::Length(4)));
        // The published example of the algorithm: 572 takes the check digit 4.
        assert_eq!(damm(&[5, 7, 2]), 4);
    }

    #[test]
    fn the_two_sides_know_a_code_by_different_values_and_a_log_by_none() {
        let (code, wave, contact) = (Code::random().unwrap(), Key::random().unwrap(), Key::random().unwrap());
        assert_ne!(code.tag(&wave).unwrap(), code.contact_digest(&contact).unwrap());
        assert_eq!(format!("{code:?}"), "Code(…)");
    }
}
