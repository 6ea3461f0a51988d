//! One figure as a bar from 0 to 100 with its interval and a mark for the country; the numbers stand beside it.

use analysis::index::half_up;
use askama::Template;

const WIDTH: f64 = 160.0;

#[derive(Template)]
#[template(path = "parts/bar.svg")]
pub struct Bar {
    length: String,
    interval: Option<(String, String)>,
    country: Option<String>,
}

impl Bar {
    /// Shares between 0 and 1; `None` without a value.
    pub fn new(value: Option<f64>, interval: Option<(f64, f64)>, country: Option<f64>) -> Option<Self> {
        Some(Self {
            length: at(value?),
            interval: interval.map(|(low, high)| (at(low), at(high))),
            country: country.map(at),
        })
    }
}

fn at(share: f64) -> String {
    half_up(WIDTH * share.clamp(0.0, 1.0), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        let bar = Bar::new(Some(0.75), Some((0.5, 1.0)), Some(0.8)).unwrap().render().unwrap();
        assert!(
            bar.contains(r#"d="M0 3h120.0v10H0z""#) && bar.contains("M80.0 8H160.0") && bar.contains("M128.0 0V16"),
            "{bar}"
        );
        assert!(Bar::new(None, None, Some(0.8)).is_none());
    }
}
