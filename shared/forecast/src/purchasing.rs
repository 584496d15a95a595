//! The likelihood of BG/NBD (Fader, Hardie and Lee, 2005, equation 6), and its maximum.

use libm::lgamma;
use rihla_core::forecast::{Bought, Purchasing};

use crate::maximum::maximum;
use crate::purchase_counts::float;
use crate::{FitError, Fitted, PurchaseCounts};

impl PurchaseCounts {
    /// The parameters by which these counts are likeliest.
    pub fn fit(&self) -> Result<Fitted<Purchasing>, FitError> {
        let repeaters = self.repeaters();
        if repeaters < FitError::REPEATERS_AT_LEAST {
            return Err(FitError::TooFew { repeaters });
        }
        let customers = self.customers();
        let mean_age = self.iter().map(|(bought, count)| bought.age * count).sum::<f64>() / float(customers);
        let start = vec![0.0, mean_age.max(1.0).ln(), 0.0, 1.0];
        let mean = |logarithms: &[f64]| self.log_likelihood(&shop(logarithms)) / float(customers);
        let model = shop(&maximum(mean, start)?);
        Ok(Fitted { model, log_likelihood: self.log_likelihood(&model), customers })
    }

    /// The logarithm of their likelihood.
    pub fn log_likelihood(&self, shop: &Purchasing) -> f64 {
        let constant = lgamma(shop.a + shop.b) - lgamma(shop.b) - lgamma(shop.r) + shop.r * shop.alpha.ln();
        self.iter().map(|(bought, customers)| customers * (constant + log_likelihood(shop, &bought))).sum()
    }
}

fn shop(logarithms: &[f64]) -> Purchasing {
    let at = |index: usize| logarithms.get(index).copied().unwrap_or_default().exp();
    Purchasing { r: at(0), alpha: at(1), a: at(2), b: at(3) }
}

/// Of one customer, without what is the same for all.
fn log_likelihood(shop: &Purchasing, bought: &Bought) -> f64 {
    let Purchasing { r, alpha, a, b } = *shop;
    let Bought { repeats, recency, age } = *bought;
    let common = lgamma(r + repeats) + lgamma(b + repeats) - lgamma(a + b + repeats);
    let stayed = -(r + repeats) * (alpha + age).ln();
    if repeats <= 0.0 {
        return common + stayed;
    }
    let left = (a / (b + repeats - 1.0)).ln() - (r + repeats) * (alpha + recency).ln();
    let (greater, smaller) = if stayed > left { (stayed, left) } else { (left, stayed) };
    common + greater + (smaller - greater).exp().ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_distr::{Beta, Distribution, Exp, Gamma, Open01};
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::SeedableRng;

    const CDNOW: Purchasing = Purchasing { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

    /// A customer of that shop who is `age` weeks old, by the model's own story.
    fn customer(shop: &Purchasing, age: f64, chance: &mut Xoshiro256PlusPlus) -> Bought {
        let rate = Gamma::new(shop.r, 1.0 / shop.alpha).unwrap().sample(chance);
        let leaves = Beta::new(shop.a, shop.b).unwrap().sample(chance);
        let gap = Exp::new(rate.max(1e-12)).unwrap();
        let (mut repeats, mut recency) = (0.0, 0.0);
        loop {
            let next = recency + gap.sample(chance);
            if next > age {
                return Bought { repeats, recency, age };
            }
            (repeats, recency) = (repeats + 1.0, next);
            let luck: f64 = Open01.sample(chance);
            if luck < leaves {
                return Bought { repeats, recency, age };
            }
        }
    }

    fn counts(shop: &Purchasing, customers: u32, seed: u64) -> PurchaseCounts {
        let mut chance = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut counts = PurchaseCounts::default();
        for number in 0..customers {
            counts.add(&customer(shop, 26.0 + f64::from(number % 79), &mut chance));
        }
        counts
    }

    /// The rounding to whole weeks moves the parameters a little, and what they foretell less.
    #[test]
    fn a_shops_own_parameters_are_found_again() {
        let shops = [
            CDNOW,
            Purchasing { r: 1.5, alpha: 12.0, a: 1.0, b: 4.0 },
            Purchasing { r: 0.6, alpha: 8.0, a: 0.3, b: 3.0 },
        ];
        for (seed, shop) in (1..).zip(shops) {
            let counts = counts(&shop, 20_000, seed);
            let found = counts.fit().unwrap();
            assert!(found.log_likelihood >= counts.log_likelihood(&shop) - 1e-6, "{found:?}");
            let Purchasing { r, alpha, a, b } = found.model;
            let near = |found: f64, true_value: f64, off: f64| (found / true_value - 1.0).abs() < off;
            assert!(near(r, shop.r, 0.1) && near(alpha, shop.alpha, 0.15), "{found:?}");
            assert!(near(a / (a + b), shop.a / (shop.a + shop.b), 0.15), "{found:?}");
            for weeks in [13.0, 52.0] {
                let expected = shop.expected_of_new(weeks);
                assert!(near(found.model.expected_of_new(weeks), expected, 0.05), "{found:?} {expected}");
            }
        }
    }

    /// What the model expects of each group of customers is what such customers then do.
    #[test]
    fn what_is_expected_happens_on_average() {
        let mut chance = Xoshiro256PlusPlus::seed_from_u64(7);
        let (mut expected, mut happened) = ([0.0; 4], [0.0; 4]);
        for _ in 0..40_000 {
            let mut later = chance.clone();
            let known = customer(&CDNOW, 40.0, &mut chance);
            // The same person with the same luck, looked at a year later.
            let whole = customer(&CDNOW, 92.0, &mut later);
            let group = [0.0, 1.0, 3.0].iter().filter(|limit| known.repeats > **limit).count();
            expected[group] += CDNOW.expected(&known, 52.0);
            happened[group] += whole.repeats - known.repeats;
            chance = later;
        }
        for (expected, happened) in expected.into_iter().zip(happened) {
            assert!((expected / happened - 1.0_f64).abs() < 0.06, "{expected} {happened}");
        }
    }

    #[test]
    fn too_few_are_too_few() {
        let counts = counts(&CDNOW, 20, 1);
        assert!(matches!(counts.fit(), Err(FitError::TooFew { .. })));
    }
}
