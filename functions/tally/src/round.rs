//! One round over all customers.

use std::collections::BTreeMap;

use rihla_aws::table::Key;
use rihla_core::fit::{MODEL, Models, ShopFit};
use rihla_core::forecast::Bought;
use rihla_core::history::History;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::{Instant, Wait};
use rihla_core::money::Currency;
use rihla_core::rfm::{Figures, ShopSpread};
use rihla_core::rhythm::ShopRhythm;
use rihla_core::totals::Totals;
use rihla_forecast::FitError;
use serde::{Deserialize, Serialize};

use crate::counts::Counts;

/// A round begins a day after the one before, at whichever of the hourly invocations is nearest.
const ROUNDS_APART: Wait = Wait::seconds(23 * 3_600 + 1_800);

/// How far it has come, and what was counted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Round {
    began: Instant,
    is_over: bool,
    /// Behind which item of the table it goes on.
    pub(crate) after: Option<Key>,
    customers: u64,
    /// The currency that money is counted in.
    currency: Option<Currency>,
    /// How many customers buy mostly in which.
    currencies: BTreeMap<Currency, u64>,
    spread: ShopSpread,
    counts: Counts,
}

impl Round {
    /// The round that is to be worked on at `now`, if one is.
    pub(crate) fn at(known: Option<Self>, now: Instant) -> Option<Self> {
        match known {
            None => Some(Self::new(now, None)),
            Some(round) if !round.is_over => Some(round),
            Some(round) if now >= round.began.after(ROUNDS_APART) => Some(round.anew(now)),
            Some(_) => None,
        }
    }

    fn new(began: Instant, currency: Option<Currency>) -> Self {
        Self {
            began,
            is_over: false,
            after: None,
            customers: 0,
            currency,
            currencies: BTreeMap::new(),
            spread: ShopSpread::default(),
            counts: Counts::default(),
        }
    }

    /// The next one, in the currency in which most customers were seen to buy.
    pub(crate) fn anew(&self, now: Instant) -> Self {
        Self::new(now, self.shops_currency())
    }

    /// What is kept of it until the next one: no counts.
    pub(crate) fn over(&self) -> Self {
        let fresh = Self::new(self.began, self.currency);
        Self { is_over: true, customers: self.customers, currencies: self.currencies.clone(), ..fresh }
    }

    fn shops_currency(&self) -> Option<Currency> {
        self.currencies.iter().max_by_key(|(_, customers)| **customers).map(|(currency, _)| *currency)
    }

    /// Whether money was counted in the currency in which most customers buy. Before the first round nobody knows it.
    pub(crate) fn is_in_the_shops_currency(&self) -> bool {
        self.customers == 0 || self.currency == self.shops_currency()
    }

    /// Counts a person, if they bought something that stands.
    pub(crate) fn count(&mut self, customer: &CustomerId, totals: &Totals) {
        let Some(history) = History::of(&totals.days()) else { return };
        let mostly = totals.iter().max_by_key(|(_, total)| total.orders).map(|(currency, _)| currency);
        if let Some(mostly) = mostly {
            *self.currencies.entry(mostly).or_default() += 1;
            self.currency.get_or_insert(mostly);
        }
        let own =
            totals.iter().find(|(currency, _)| Some(*currency) == self.currency).map(|(_, total)| total);
        let net_minor = own.map_or(0, |total| total.net_minor);
        self.customers += 1;
        self.spread.add(&Figures { last: history.last, occasions: history.occasions, net_minor });
        let purchases = own.map(|total| total.days.occasions().max(1));
        let spent = purchases.map(|purchases| (purchases, float(net_minor) / f64::from(purchases)));
        self.counts.add(customer, &Bought::by(&history, self.began), spent);
    }

    /// What was found.
    pub(crate) fn fit(&self, now: Instant) -> ShopFit {
        let models = self.models();
        if let Err(error @ FitError::Search(_)) = &models {
            tracing::warn!(%error, "forecast.not_fitted");
        }
        ShopFit {
            as_of: self.began,
            fitted_at: now,
            customers: self.customers,
            currency: self.currency,
            spread: self.spread.clone(),
            rhythm: models.as_ref().ok().map(|models| ShopRhythm::from(&models.purchasing)),
            no_models_because: models.as_ref().err().map(ToString::to_string),
            models: models.ok(),
        }
    }

    fn models(&self) -> Result<Models, FitError> {
        let (purchases, spends) = self.counts.joined();
        let purchasing = purchases.fit()?;
        let spending = spends.fit().ok().map(|fitted| fitted.model);
        let (name, customers) = (MODEL.to_owned(), purchasing.customers);
        Ok(Models { name, customers, purchasing: purchasing.model, spending })
    }
}

#[expect(clippy::cast_precision_loss, reason = "exact up to ninety thousand billion pounds")]
fn float(minor: i64) -> f64 {
    minor as f64
}
