//! Publishing rounds once, half-up, in decimals.

/// Digits that a double computed in a few steps has right. Rounding starts from them, so that 80.075, which no
/// double holds exactly, becomes 80.08 as on paper.
const DIGITS: usize = 15;

/// The value with `decimals` decimals (at most 12), ties away from zero; "" for what is not a number.
pub fn half_up(value: f64, decimals: u8) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let scientific = format!("{:.*e}", DIGITS - 1, value.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits: u128 = mantissa.replace('.', "").parse().unwrap_or_default();
    let exponent: i32 = exponent.parse().unwrap_or_default();
    // value = digits · 10^(exponent − 14); wanted: whole · 10^(−decimals)
    let decimals = decimals.min(12);
    let dropped = 14 - exponent - i32::from(decimals);
    let power = |places: i32| u32::try_from(places).ok().and_then(|places| 10_u128.checked_pow(places));
    let whole = match power(dropped) {
        Some(unit) => (digits + unit / 2) / unit,
        None if dropped > 0 => 0,
        None => power(-dropped).and_then(|unit| digits.checked_mul(unit)).unwrap_or(u128::MAX),
    };
    let unit = 10_u128.pow(decimals.into());
    let sign = if value < 0.0 && whole > 0 { "-" } else { "" };
    match decimals {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{}.{:02$}", whole / unit, whole % unit, usize::from(decimals)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_up_as_on_paper() {
        for (value, decimals, text) in [
            (f64::midpoint(79.72, 80.43), 2, "80.08"),
            (80.075, 2, "80.08"),
            (100.0 * 0.80075, 2, "80.08"),
            (1.005, 2, "1.01"),
            (0.285, 2, "0.29"),
            (2.5, 0, "3"),
            (-2.5, 0, "-3"),
            (80.074_999, 2, "80.07"),
            (83.943, 2, "83.94"),
            (99.995, 2, "100.00"),
            (0.004, 2, "0.00"),
            (-0.004, 2, "0.00"),
            (1e-30, 2, "0.00"),
            (0.0, 2, "0.00"),
            (7.0, 2, "7.00"),
            (5e-324, 12, "0.000000000000"),
            (123_456_789.125, 2, "123456789.13"),
            (1e20, 1, "100000000000000000000.0"),
            (f64::NAN, 2, ""),
        ] {
            assert_eq!(half_up(value, decimals), text, "{value}");
        }
    }
}
