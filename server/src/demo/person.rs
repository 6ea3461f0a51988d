//! A simulated citizen's mind: what they do and what they answer, from a seed and their place in the frame. Pure, so that the
//! truth behind the answers is known and can be compared with the estimate.

use sha2::{Digest as _, Sha256};
use survey_forms::{Form, Unit, UnitKind};

use super::truth::Satisfaction;

/// How a person meets the invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    NeverComes,
    Refuses,
    GivesUpHalfway,
    PausesAndResumes,
    MistypesThenAnswers,
    Answers,
}

/// The share who answer in the end; the sample is drawn that much larger.
pub(super) const RESPONSE_RATE: f64 = 0.87;

pub(super) struct Person<'a> {
    pub(super) seed: u64,
    pub(super) code: &'a str,
    pub(super) commune: &'a str,
    pub(super) province: &'a str,
}

/// A number in [0, 1) that depends on `parts` only.
pub(super) fn uniform(seed: u64, parts: &[&str]) -> f64 {
    let mut hash = Sha256::new();
    hash.update(seed.to_be_bytes());
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0x1f]);
    }
    let bytes: [u8; 32] = hash.finalize().into();
    let first = bytes.first_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes));
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
    let fraction = (first >> 11) as f64 / (1_u64 << 53) as f64;
    fraction
}

impl Person<'_> {
    fn chance(&self, of: &str) -> f64 {
        uniform(self.seed, &[self.code, of])
    }

    pub(super) fn habit(&self) -> Habit {
        match self.chance("habit") {
            chance if chance < 0.07 => Habit::NeverComes,
            chance if chance < 0.10 => Habit::Refuses,
            chance if chance < 0.13 => Habit::GivesUpHalfway,
            chance if chance < 0.20 => Habit::PausesAndResumes,
            chance if chance < 0.23 => Habit::MistypesThenAnswers,
            _ => Habit::Answers,
        }
    }

    /// The fields of a page as a browser would send them; beside "other" stand the words for it.
    pub(super) fn fields(&self, satisfaction: &Satisfaction, form: &Form, page: &str) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        for unit in form.page(page).into_iter().flat_map(|page| form.units_on(page)) {
            self.answer(satisfaction, unit, &mut fields);
        }
        fields
    }

    fn answer(&self, satisfaction: &Satisfaction, unit: &Unit, fields: &mut Vec<(String, String)>) {
        let name = unit.code();
        let chance = self.chance(name);
        if let Some(way_out) = unit.way_out_value()
            && self.chance(&format!("{name} way out")) < 0.05
        {
            fields.push((name.to_owned(), way_out));
            return;
        }
        // A few leave something out: the page warns once, then lets them go on.
        if self.chance(&format!("{name} left out")) < 0.003 {
            return;
        }
        match unit.kind() {
            UnitKind::One(choices) if satisfaction.measures(name) => {
                let level = satisfaction.level(self.seed, self.province, self.commune, self.code, name, chance);
                if let Some(code) = choices.codes.get(level - 1) {
                    fields.push((name.to_owned(), code.to_string()));
                }
            }
            UnitKind::One(choices) => {
                fields.extend(pick(&choices.codes, chance).map(|code| (name.to_owned(), code.to_string())));
            }
            UnitKind::Many(choices) => {
                for code in &choices.codes {
                    if self.chance(&format!("{name} {code}")) < 0.4 {
                        fields.push((name.to_owned(), code.to_string()));
                    }
                }
            }
            UnitKind::Quantity(bounds) => {
                let value = bounds.least.or(bounds.most).map_or_else(String::new, |value| value.written("vi"));
                fields.push((name.to_owned(), value));
            }
            UnitKind::Text { .. } if chance < 0.1 => {
                fields.push((name.to_owned(), "Mong bộ phận một cửa mở thêm buổi chiều thứ bảy.".to_owned()));
            }
            UnitKind::Text { .. } => {}
            UnitKind::WriteIn { unit: of, choice, .. } => {
                let choice = choice.to_string();
                if fields.iter().any(|(name, value)| name == of && *value == choice) {
                    fields.push((name.to_owned(), "Khác (mô phỏng)".to_owned()));
                }
            }
        }
    }
}

fn pick<T>(items: &[T], chance: f64) -> Option<&T> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a short list and a share of it"
    )]
    let place = (chance * items.len() as f64) as usize;
    items.get(place.min(items.len().saturating_sub(1)))
}
