//! Student's t.

use statrs::function::beta::checked_beta_reg;

/// Probability left outside a 95 % interval, both sides together.
const OUTSIDE: f64 = 0.05;

/// The 97.5 % point of Student's t; `None` for 0 degrees of freedom. Bisection on the distribution function: the
/// library's own inverse stops at 1e-8 or so, published limits are checked to 1e-9.
pub fn t_quantile(df: u32) -> Option<f64> {
    let df = Some(f64::from(df)).filter(|df| *df > 0.0)?;
    // P(|T| > t), which falls from 1 to 0.
    let outside = |t: f64| checked_beta_reg(df / 2.0, 0.5, df / (df + t * t)).unwrap_or(f64::NAN);
    let (mut low, mut high) = (1.9, 12.8);
    while high - low > f64::EPSILON * high {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if outside(middle) > OUTSIDE {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(f64::midpoint(low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_is_exact_to_eleven_digits() {
        // The 97.5 % points, 17 digits.
        for (df, golden) in [
            (1, 12.706_204_736_174_705),
            (2, 4.302_652_729_749_464),
            (8, 2.306_004_135_204_166_7),
            (9, 2.262_157_162_798_205_5),
            (567, 1.964_156_677_910_013_2),
            (35_550, 1.960_030_717_328_450_9),
        ] {
            let ours = t_quantile(df).unwrap();
            assert!((ours / golden - 1.0).abs() < 1e-11, "{df}: {ours}");
        }
        assert_eq!(t_quantile(0), None);
    }
}
