//! The likelihood of gamma-gamma (Fader and Hardie, 2013, equation 1a), and its maximum.

use libm::lgamma;
use rihla_core::forecast::Spending;

use crate::maximum::maximum;
use crate::purchase_counts::float;
use crate::{FitError, Fitted, SpendCounts};

impl SpendCounts {
    /// The parameters by which these counts are likeliest.
    pub fn fit(&self) -> Result<Fitted<Spending>, FitError> {
        let repeaters = self.repeaters();
        if repeaters < FitError::REPEATERS_AT_LEAST {
            return Err(FitError::TooFew { repeaters });
        }
        let customers = self.customers();
        let typical = self.iter().map(|(_, mean, count)| mean * count).sum::<f64>() / float(customers);
        let spending = |logarithms: &[f64]| spending(logarithms, typical);
        let mean = |logarithms: &[f64]| self.log_likelihood(&spending(logarithms)) / float(customers);
        let model = spending(&maximum(mean, vec![1.0; 3])?);
        Ok(Fitted { model, log_likelihood: self.log_likelihood(&model), customers })
    }

    /// The logarithm of their likelihood.
    pub fn log_likelihood(&self, shop: &Spending) -> f64 {
        let of_one =
            |(purchases, mean, customers): (f64, f64, f64)| customers * log_likelihood(shop, purchases, mean);
        self.iter().map(of_one).sum()
    }
}

/// The money's unit is no matter of the search, and a `q` up to 1 would have no mean.
fn spending(logarithms: &[f64], typical: f64) -> Spending {
    let at = |index: usize| logarithms.get(index).copied().unwrap_or_default();
    Spending { p: at(0).exp(), q: 1.0 + at(1).exp(), gamma: (at(2) + typical).exp() }
}

/// Of one customer, by the logarithm of the mean amount.
fn log_likelihood(shop: &Spending, purchases: f64, mean: f64) -> f64 {
    let Spending { p, q, gamma } = *shop;
    let shape = p * purchases;
    let sum = (gamma + purchases * mean.exp()).ln();
    lgamma(shape + q) - lgamma(shape) - lgamma(q)
        + q * gamma.ln()
        + (shape - 1.0) * mean
        + shape * purchases.ln()
        - (shape + q) * sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_distr::{Distribution, Gamma};
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::SeedableRng;

    #[test]
    fn a_shops_own_parameters_are_found_again() {
        let shop = Spending { p: 6.25, q: 3.74, gamma: 1_544.0 };
        let mut chance = Xoshiro256PlusPlus::seed_from_u64(3);
        let mut counts = SpendCounts::default();
        for number in 0..20_000_u32 {
            let rate = Gamma::new(shop.q, 1.0 / shop.gamma).unwrap().sample(&mut chance);
            let purchases = 1 + number % 7;
            // A sum of gamma variables of one rate is one of their shapes' sum.
            let sum = Gamma::new(shop.p * f64::from(purchases), 1.0 / rate).unwrap().sample(&mut chance);
            counts.add(purchases, sum / f64::from(purchases));
        }
        let found = counts.fit().unwrap();
        assert!(found.log_likelihood >= counts.log_likelihood(&shop) - 1e-6, "{found:?}");
        let near = |found: f64, true_value: f64, off: f64| (found / true_value - 1.0).abs() < off;
        let Spending { p, q, gamma } = found.model;
        assert!(near(p, shop.p, 0.05) && near(q, shop.q, 0.08) && near(gamma, shop.gamma, 0.1), "{found:?}");
        assert!(near(found.model.expected(0.0, 0.0), shop.expected(0.0, 0.0), 0.02), "{found:?}");
    }
}
