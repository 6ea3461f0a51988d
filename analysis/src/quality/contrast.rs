//! One question asked twice: do the answers of two groups of forms have the same distribution?

use statrs::function::gamma::checked_gamma_ur;

use super::{LEAST_FORMS, score_interval};
use crate::estimate::Interval;

const USUAL: f64 = 1.959_963_985;
/// Choices with a smaller expected count in either group are put together (Cochran 1954).
const LEAST_EXPECTED: f64 = 5.0;

/// Two distributions over the same choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    pub forms: u64,
    pub checked: u64,
    /// Pearson's chi-square with its degrees of freedom and the probability of a larger one; `None` when all answers fall together.
    pub test: Option<(f64, u32, f64)>,
    /// The choice whose shares are furthest apart.
    pub largest: Difference,
}

/// The share of a choice among the checked less that in the main file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    pub choice: usize,
    pub value: f64,
    /// 95 %, by the hybrid of score intervals (Newcombe 1998, method 10).
    pub interval: Interval,
}

/// `None` with fewer than ten answers on either side. Counts by choice, in the same order.
///
/// Whoever was checked stands in both groups, so the two are more alike by chance than the test believes: a small probability is one
/// indeed, a large one says little.
#[expect(clippy::cast_precision_loss, reason = "forms are far below 2^53")]
pub fn contrast(main: &[u64], check: &[u64]) -> Option<Contrast> {
    let (forms, checked) = (main.iter().sum(), check.iter().sum());
    if forms < LEAST_FORMS || checked < LEAST_FORMS {
        return None;
    }
    let difference = |(choice, (in_main, in_check)): (usize, (&u64, &u64))| {
        let (p, q) = (*in_check as f64 / checked as f64, *in_main as f64 / forms as f64);
        let (a, b) = (score_interval(*in_check, checked, USUAL)?, score_interval(*in_main, forms, USUAL)?);
        let low = p - q - ((p - a.low).powi(2) + (b.high - q).powi(2)).sqrt();
        let high = p - q + ((a.high - p).powi(2) + (q - b.low).powi(2)).sqrt();
        Some(Difference { choice, value: p - q, interval: Interval { low, high, ..a } })
    };
    let largest = main
        .iter()
        .zip(check)
        .enumerate()
        .filter_map(difference)
        .max_by(|a, b| a.value.abs().total_cmp(&b.value.abs()).then(b.choice.cmp(&a.choice)))?;
    Some(Contrast { forms, checked, test: chi_square(main, check, forms as f64, checked as f64), largest })
}

#[expect(clippy::cast_precision_loss, reason = "forms are far below 2^53")]
fn chi_square(main: &[u64], check: &[u64], forms: f64, checked: f64) -> Option<(f64, u32, f64)> {
    let smaller = forms.min(checked) / (forms + checked);
    let (mut cells, mut rest) = (Vec::new(), (0.0, 0.0));
    for (a, b) in main.iter().map(|a| *a as f64).zip(check.iter().map(|b| *b as f64)) {
        if (a + b) * smaller >= LEAST_EXPECTED {
            cells.push((a, b));
        } else {
            rest = (rest.0 + a, rest.1 + b);
        }
    }
    if rest.0 + rest.1 > 0.0 {
        cells.push(rest);
    }
    let df = u32::try_from(cells.len()).ok()?.checked_sub(1).filter(|df| *df > 0)?;
    let term = |(a, b): &(f64, f64)| {
        let expected = |size: f64| (a + b) * size / (forms + checked);
        (a - expected(forms)).powi(2) / expected(forms) + (b - expected(checked)).powi(2) / expected(checked)
    };
    let statistic: f64 = cells.iter().map(term).sum();
    let above = if statistic > 0.0 { checked_gamma_ur(f64::from(df) / 2.0, statistic / 2.0).ok()? } else { 1.0 };
    Some((statistic, df, above))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R: `chisq.test(rbind(c(30, 50, 20), c(15, 10, 15)), correct = FALSE)`; Newcombe (1998), table II, case (a): 56/70 and 48/80.
    #[test]
    fn the_test_and_the_interval_are_the_published_ones() {
        let contrast_ = contrast(&[30, 50, 20], &[15, 10, 15]).unwrap();
        let (statistic, df, above) = contrast_.test.unwrap();
        // By hand: rows 100 and 40, columns 45, 60, 35.
        let expected = [
            (30.0, 45.0, 100.0),
            (50.0, 60.0, 100.0),
            (20.0, 35.0, 100.0),
            (15.0, 45.0, 40.0),
            (10.0, 60.0, 40.0),
            (15.0, 35.0, 40.0),
        ]
        .iter()
        .map(|(seen, column, row): &(f64, f64, f64)| (seen - column * row / 140.0).powi(2) / (column * row / 140.0))
        .sum::<f64>();
        assert!((statistic - expected).abs() < 1e-12 && df == 2, "{statistic} {df}");
        // Two degrees of freedom: the tail is exp(−x/2).
        assert!((above - (-expected / 2.0).exp()).abs() < 1e-12, "{above}");
        assert_eq!((contrast_.forms, contrast_.checked, contrast_.largest.choice), (100, 40, 1));
        let newcombe = contrast(&[48, 32], &[56, 14]).unwrap().largest;
        assert!((newcombe.value - 0.2).abs() < 1e-12 && newcombe.choice == 0);
        assert!((newcombe.interval.low - 0.0524).abs() < 5e-5, "{newcombe:?}");
        assert!((newcombe.interval.high - 0.3339).abs() < 5e-5, "{newcombe:?}");
    }

    #[test]
    fn few_answers_are_not_compared_and_equal_ones_do_not_differ() {
        assert_eq!(contrast(&[9], &[10]), None);
        let same = contrast(&[20, 0], &[10, 0]).unwrap();
        assert_eq!(same.test, None);
        assert!(same.largest.value.abs() < 1e-12);
        assert!(contrast(&[20, 20], &[10, 10]).unwrap().test.unwrap().2 > 0.999);
    }
}
