//! What a run is made of: its inputs by digest, and the digest of what came out (docs/adr/0026).

use std::fmt::Write as _;

use uuid::Uuid;

use super::store::Figure;
use crate::base::seal::{hex, sha256};

/// What computes. Another version may round its last digit otherwise, so it is an input.
pub(super) const ENGINE: &str = concat!("sipas ", env!("CARGO_PKG_VERSION"));

/// For whatever a run draws by chance. No step does so far; the first one that does begins here.
pub(super) const SEED: i64 = 20_260_101;

/// Everything that decides the figures of a run. The same inputs are the same run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Inputs {
    pub campaign: Uuid,
    pub form: String,
    pub method: String,
    pub responses: Vec<u8>,
    pub design: Vec<u8>,
    pub recipe: Vec<u8>,
    /// Of the population's margins and of how the cases ended, where the recipe asks for them.
    pub margins: Option<Vec<u8>>,
    pub cases: Option<Vec<u8>>,
    pub provisional: bool,
}

impl Inputs {
    /// SHA-256 over one line each of name, tab, value.
    pub(super) fn digest(&self) -> Vec<u8> {
        let optional = |digest: &Option<Vec<u8>>| digest.as_deref().map_or_else(|| "-".to_owned(), hex);
        let lines = [
            ("campaign", self.campaign.to_string()),
            ("form", self.form.clone()),
            ("method", self.method.clone()),
            ("responses", hex(&self.responses)),
            ("design", hex(&self.design)),
            ("recipe", hex(&self.recipe)),
            ("margins", optional(&self.margins)),
            ("cases", optional(&self.cases)),
            ("engine", ENGINE.to_owned()),
            ("seed", SEED.to_string()),
            ("state", if self.provisional { "provisional" } else { "final" }.to_owned()),
        ];
        let text: String = lines.map(|(name, value)| format!("{name}\t{value}\n")).concat();
        sha256(text.as_bytes()).to_vec()
    }
}

/// SHA-256 over the figures in order of rule, indicator, answer and place: one line each, values separated by tabs, numbers in the
/// shortest form that reads back as the same number, `-` for none.
pub(super) fn cells_digest(figures: &[Figure]) -> Vec<u8> {
    let mut ordered: Vec<&Figure> = figures.iter().collect();
    ordered.sort_by_key(|figure| (&figure.rule, &figure.indicator, figure.answer, &figure.place_code));
    let mut text = String::new();
    for Figure { level, place_code, indicator, rule, n, estimate, se, df, deff, ci_low, ci_high, flags, answer } in
        ordered
    {
        let n = n.map_or_else(|| "-".to_owned(), |n| n.to_string());
        text.push_str(&[rule, indicator, &answer.to_string(), level, place_code, &n].map(String::as_str).join("\t"));
        for value in [estimate, se, df, deff, ci_low, ci_high] {
            match value {
                // Writing to a text cannot fail.
                Some(value) => _ = write!(text, "\t{value:?}"),
                None => text.push_str("\t-"),
            }
        }
        text.push('\t');
        text.push_str(flags);
        text.push('\n');
    }
    sha256(text.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(place: &str, estimate: f64) -> Figure {
        Figure {
            level: "province".to_owned(),
            place_code: place.to_owned(),
            indicator: "overall".to_owned(),
            rule: "M".to_owned(),
            n: Some(40),
            estimate: Some(estimate),
            se: None,
            df: Some(9.0),
            deff: None,
            ci_low: None,
            ci_high: None,
            flags: String::new(),
            answer: 0,
        }
    }

    #[test]
    fn the_digest_of_figures_knows_every_bit_and_no_order() {
        let (one, two) = (figure("01", 0.1 + 0.2), figure("04", 0.5));
        let digest = cells_digest(&[one.clone(), two.clone()]);
        assert_eq!(digest, cells_digest(&[two.clone(), one.clone()]));
        assert_ne!(digest, cells_digest(&[figure("01", 0.3), two.clone()]), "the last bit of 0.1 + 0.2");
        assert_ne!(digest, cells_digest(&[Figure { flags: "u".to_owned(), ..one.clone() }, two.clone()]));
        assert_ne!(digest, cells_digest(&[Figure { n: None, ..one }, two.clone()]));
        assert_ne!(digest, cells_digest(&[two]));
    }

    #[test]
    fn every_input_makes_another_run() {
        let inputs = Inputs {
            campaign: Uuid::nil(),
            form: "f".to_owned(),
            method: "m".to_owned(),
            responses: vec![1],
            design: vec![2],
            recipe: vec![3],
            margins: None,
            cases: None,
            provisional: true,
        };
        let others = [
            Inputs { campaign: Uuid::max(), ..inputs.clone() },
            Inputs { form: "g".to_owned(), ..inputs.clone() },
            Inputs { method: "n".to_owned(), ..inputs.clone() },
            Inputs { responses: vec![9], ..inputs.clone() },
            Inputs { design: vec![9], ..inputs.clone() },
            Inputs { recipe: vec![9], ..inputs.clone() },
            Inputs { margins: Some(vec![9]), ..inputs.clone() },
            Inputs { cases: Some(vec![9]), ..inputs.clone() },
            Inputs { provisional: false, ..inputs.clone() },
        ];
        for other in others {
            assert_ne!(other.digest(), inputs.digest(), "{other:?}");
        }
    }
}
