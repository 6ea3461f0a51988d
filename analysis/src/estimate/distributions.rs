//! Quantiles of the beta and Student's distribution, to some twelve digits: published limits are checked to 1e-9, and the
//! library's own inverses and its continued fraction for large samples stop before.

use statrs::function::gamma::ln_gamma;

/// Probability left outside a 95 % interval, on each side.
pub(super) const TAIL: f64 = 0.025;

/// The 97.5 % point of Student's t; `None` without degrees of freedom, whole or (by Satterthwaite) not.
pub fn t_quantile(df: f64) -> Option<f64> {
    if !(df.is_finite() && df > 0.0) {
        return None;
    }
    // t²/(df + t²) follows Beta(1/2, df/2), and P(|T| > t) is both tails together.
    let near = NORMAL * (1.0 + (NORMAL * NORMAL + 1.0) / (4.0 * df));
    let start = near * near / (df + near * near);
    let y = beta_quantile(1.0 - 2.0 * TAIL, [0.5, df / 2.0], start);
    Some((df * y / (1.0 - y)).sqrt())
}

/// The 2.5 and 97.5 % points of Beta(a, b).
pub(super) fn beta_low(a: f64, b: f64) -> f64 {
    beta_quantile(TAIL, [a, b], near(a, b, NORMAL))
}

pub(super) fn beta_high(a: f64, b: f64) -> f64 {
    beta_quantile(1.0 - TAIL, [a, b], near(a, b, -NORMAL))
}

/// The 97.5 % point of the normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;

/// Where to begin: the point that lies z standard deviations below the middle, by the normal distribution of Abramowitz and
/// Stegun 26.5.22; the mean where that does not hold.
fn near(a: f64, b: f64, z: f64) -> f64 {
    let (of_a, of_b) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
    let (middle, third) = (2.0 / (of_a + of_b), (z * z - 3.0) / 6.0);
    let w = z * (third + middle).sqrt() / middle - (of_b - of_a) * (third + 5.0 / 6.0 - 2.0 / (3.0 * middle));
    if a < 1.0 || b < 1.0 || !w.is_finite() { a / (a + b) } else { a / (a + b * (2.0 * w).exp()) }
}

/// The point below which a Beta(a, b) lies with probability `p`, a, b > 0: Halley's steps inside a bracket that only
/// shrinks. Each leaves the third power of the error.
fn beta_quantile(p: f64, [a, b]: [f64; 2], start: f64) -> f64 {
    let (both, mean) = (a + b, a / (a + b));
    // ln(x^a (1−x)^b / B(a, b)) by distances from the mean: logarithms of Γ themselves lose six digits in a large sample.
    let constant = 0.5 * (a * b / both).ln() - HALF_LN_2_PI + rest(both) - rest(a) - rest(b);
    let small = 1e-6 * (mean * (1.0 - mean) / (both + 1.0)).sqrt();
    let (mut low, mut high) = (0.0, 1.0);
    let mut x = if start > 0.0 && start < 1.0 { start } else { mean };
    for _ in 0..400 {
        // The density is `front` / (x (1 − x)).
        let front = (constant + a * (x / mean).ln() + b * ((1.0 - x) / (b / both)).ln()).exp();
        let error = beta_below(x, a, b, front) - p;
        if error > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let newton = error * x * (1.0 - x) / front;
        let bent = newton * ((a - 1.0) / x - (b - 1.0) / (1.0 - x));
        let step = newton / (1.0 - 0.5 * bent.min(1.0));
        let inside = x - step > low && x - step < high;
        let next = if inside { x - step } else { f64::midpoint(low, high) };
        if (inside && step.abs() <= small.min(1e-6 * x)) || next <= low || next >= high {
            return next;
        }
        x = next;
    }
    x
}

const HALF_LN_2_PI: f64 = 0.918_938_533_204_672_8;

/// What Stirling's formula leaves of ln Γ(z).
fn rest(z: f64) -> f64 {
    if z < 16.0 {
        return ln_gamma(z) - ((z - 0.5) * z.ln() - z + HALF_LN_2_PI);
    }
    let y = 1.0 / (z * z);
    (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y / 1680.0))) / z
}

/// P(Beta(a, b) < x), from its continued fraction on the side of the mean where it runs fast.
fn beta_below(x: f64, a: f64, b: f64, front: f64) -> f64 {
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(x, a, b) / a
    } else {
        1.0 - front * fraction(1.0 - x, b, a) / b
    }
}

/// 1/(1 + d₁/(1 + d₂/(1 + …))), evaluated forwards (Lentz), d₂ₘ = m(b−m)x/((a+2m−1)(a+2m)),
/// d₂ₘ₊₁ = −(a+m)(a+b+m)x/((a+2m)(a+2m+1)) (DLMF 8.17.22).
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    let away_from_0 = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let (mut upper, mut lower) = (1.0, 1.0 / away_from_0(1.0 - (a + b) * x / (a + 1.0)));
    let mut value = lower;
    // The number of steps grows like the square root of the sample.
    for m in (1..20_000).map(f64::from) {
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut last = 1.0;
        for term in [even, odd] {
            lower = 1.0 / away_from_0(1.0 + term * lower);
            upper = away_from_0(1.0 + term / upper);
            last = upper * lower;
            value *= last;
        }
        if (last - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_is_exact_to_eleven_digits() {
        // The 97.5 % points, 17 digits.
        for (df, golden) in [
            (1.0, 12.706_204_736_174_705),
            (2.0, 4.302_652_729_749_464),
            (8.0, 2.306_004_135_204_166_7),
            (9.0, 2.262_157_162_798_205_5),
            (567.0, 1.964_156_677_910_013_2),
            (35_550.0, 1.960_030_717_328_450_9),
        ] {
            let ours = t_quantile(df).unwrap();
            assert!((ours / golden - 1.0).abs() < 1e-11, "{df}: {ours}");
        }
        assert_eq!([0.0, -1.0, f64::NAN, f64::INFINITY].map(t_quantile), [None; 4]);
    }

    #[test]
    fn beta_has_its_closed_forms_and_its_symmetry() {
        for n in [1.0, 7.5, 300.0, 40_000.0] {
            // P(Beta(1, n) < x) = 1 − (1 − x)^n
            let closed = -(0.975_f64.ln() / n).exp_m1();
            assert!((beta_low(1.0, n) / closed - 1.0).abs() < 1e-11, "{n}");
            for a in [0.4, 3.0, 5000.0] {
                let (low, high) = (beta_low(a, n), beta_high(n, a));
                assert!((low + high - 1.0).abs() < 1e-12, "{a} {n}: {low} {high}");
            }
        }
    }
}
