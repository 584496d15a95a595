//! The Gaussian hypergeometric function ₂F₁ (Abramowitz and Stegun, 15.1.1).

/// Terms are added until they are too small to count. At `z` of 0.99 a few thousand are.
const TERMS_AT_MOST: u32 = 100_000;

/// ₂F₁(a, b; c; z) for `0 <= z < 1` by its series.
pub(super) fn hypergeometric(a: f64, b: f64, c: f64, z: f64) -> f64 {
    let (mut sum, mut term) = (1.0_f64, 1.0_f64);
    for index in 0..TERMS_AT_MOST {
        let index = f64::from(index);
        term *= (a + index) * (b + index) / ((c + index) * (1.0 + index)) * z;
        sum += term;
        // From here on each term is less than the one before it times a factor that tends to z.
        if term.abs() <= 1e-15 * sum.abs() * (1.0 - z) {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::hypergeometric;

    /// Abramowitz and Stegun, 15.1.3, 15.1.4 and 15.1.8.
    #[test]
    fn where_there_is_a_closed_form_it_is_that() {
        for z in [0.0, 0.1, 0.5, 0.9, 0.99, 0.999] {
            let cases: [(f64, f64); 4] = [
                (hypergeometric(1.0, 1.0, 2.0, z), if z == 0.0 { 1.0 } else { -(1.0 - z).ln() / z }),
                (hypergeometric(0.3, 2.5, 2.5, z), (1.0 - z).powf(-0.3)),
                (hypergeometric(-2.0, 2.5, 2.5, z), (1.0 - z).powi(2)),
                (
                    hypergeometric(0.5, 1.0, 1.5, z * z),
                    if z == 0.0 { 1.0 } else { ((1.0 + z) / (1.0 - z)).ln() / (2.0 * z) },
                ),
            ];
            for (value, expected) in cases {
                assert!((value / expected - 1.0).abs() < 1e-9, "{value} is not {expected} at {z}");
            }
        }
    }
}
