//! Where a person stands with the shop, over all records of theirs, and what they are likely to buy: `stage`.

use rihla_aws::person::linked;
use rihla_aws::table::{Freshness, Key, Versioned};
use rihla_core::fit::{Models, ShopFit};
use rihla_core::forecast::{Bought, YEAR_WEEKS};
use rihla_core::history::History;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::Instant;
use rihla_core::money::{Currency, Money};
use rihla_core::profile::Profile;
use rihla_core::rfm::{Figures, Group, Scores};
use rihla_core::stage::Stage;
use rihla_core::totals::Totals;
use serde::{Deserialize, Serialize};

use crate::{Console, Failure};

/// Of whom it is asked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    customer: CustomerId,
}

/// Where somebody stands.
#[derive(Debug, Serialize)]
pub(crate) struct Standing {
    customer: CustomerId,
    stage: Stage,
    since: Option<Instant>,
    /// The stage that comes next if nothing is bought, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<Next>,
    /// Absent before the first round over all customers, and of who bought nothing that stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    rfm: Option<Rfm>,
    /// What was spent to date, net of what went back, by currency.
    value: Vec<Money>,
    /// Absent where the shop has no models, or where nothing was bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    forecast: Option<Forecast>,
    /// Why nobody's purchases can be forecast.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_forecast_because: Option<String>,
}

#[derive(Debug, Serialize)]
struct Next {
    stage: Stage,
    at: Instant,
}

#[derive(Debug, Serialize)]
struct Rfm {
    scores: Scores,
    group: &'static str,
    sentence: &'static str,
    /// Among the customers of that moment.
    as_of: Instant,
}

/// Of the twelve months from now.
#[derive(Debug, Serialize)]
struct Forecast {
    purchases: Range<f64, u32>,
    /// In the shop's currency, where its customers' spending could be fitted.
    #[serde(skip_serializing_if = "Option::is_none")]
    net: Option<Range<Money, Money>>,
    model: String,
    fitted_at: Instant,
}

/// Of ten such customers eight lie between.
#[derive(Debug, Serialize)]
struct Range<Mean, End> {
    expected: Mean,
    from: End,
    to: End,
}

impl Console {
    /// Where a customer stands at this moment.
    pub(crate) async fn stage(&self, asked: &Asked) -> Result<Standing, Failure> {
        let mut person = linked(&self.table, &asked.customer).await?.into_iter();
        let Some((customer, oldest)) = person.next() else {
            return Err(Failure::NoSuchCustomer(asked.customer.clone()));
        };
        let person = oldest.united(person.map(|(_, profile)| profile));
        let fit: Option<Versioned<ShopFit>> = self.table.get(&Key::fit(), Freshness::MayBeStale).await?;
        Ok(self.standing(customer, &person, fit.map(|fit| fit.document).as_ref()))
    }

    fn standing(&self, customer: CustomerId, person: &Profile, fit: Option<&ShopFit>) -> Standing {
        let now = self.clock.now();
        let rhythm = fit.and_then(|fit| fit.rhythm).unwrap_or(self.shop.limits.rhythm);
        let days = person.totals.days();
        let history = History::of(&days);
        let stage_at = |at| Stage::of(history.as_ref(), &rhythm, at);
        let changes_at = Stage::changes_at(history.as_ref(), &rhythm, now);
        let known = history.as_ref().zip(fit);
        let no_fit = "the customers were not counted yet";
        let no_models = fit.map_or(Some(no_fit), |fit| fit.no_models_because.as_deref());
        Standing {
            customer,
            stage: stage_at(now),
            since: Stage::since(&days, &rhythm, now).or(person.since.map(|since| since.0)),
            next: changes_at.map(|at| Next { stage: stage_at(at), at }),
            rfm: known.map(|(history, fit)| Rfm::of(history, &person.totals, fit)),
            value: person
                .totals
                .iter()
                .map(|(currency, total)| Money::new(total.net_minor, currency))
                .collect(),
            forecast: known.and_then(|(history, fit)| Forecast::of(history, &person.totals, fit, now)),
            no_forecast_because: no_models.map(ToOwned::to_owned),
        }
    }
}

impl Rfm {
    fn of(history: &History, totals: &Totals, fit: &ShopFit) -> Self {
        let (net_minor, _) = spent(totals, fit.currency);
        let figures = Figures { last: history.last, occasions: history.occasions, net_minor };
        let scores = fit.spread.scores(&figures);
        let group = Group::of(scores);
        Self { scores, group: group.name(), sentence: group.sentence(), as_of: fit.as_of }
    }
}

impl Forecast {
    fn of(history: &History, totals: &Totals, fit: &ShopFit, now: Instant) -> Option<Self> {
        let models = fit.models.as_ref()?;
        let bought = Bought::by(history, now);
        let quantile = |share| models.purchasing.quantile(&bought, YEAR_WEEKS, share);
        let purchases = Range {
            expected: models.purchasing.expected(&bought, YEAR_WEEKS),
            from: quantile(0.1),
            to: quantile(0.9),
        };
        let net = fit.currency.zip(each(models, totals, fit.currency)).map(|(currency, each)| {
            let money = |purchases: f64| Money::new(whole(purchases * each), currency);
            Range {
                expected: money(purchases.expected),
                from: money(purchases.from.into()),
                to: money(purchases.to.into()),
            }
        });
        Some(Self { purchases, net, model: models.name.clone(), fitted_at: fit.fitted_at })
    }
}

/// What a purchase of theirs is expected to cost, in minor units of the shop's currency.
fn each(models: &Models, totals: &Totals, currency: Option<Currency>) -> Option<f64> {
    let (net_minor, purchases) = spent(totals, currency);
    let mean = if purchases > 0 { float(net_minor) / f64::from(purchases) } else { 0.0 };
    // The model knows no amount of nothing: who sent everything back is as one who did not buy yet.
    let purchases = if mean > 0.0 { purchases } else { 0 };
    Some(models.spending.as_ref()?.expected(f64::from(purchases), mean.max(0.0)))
}

/// Net money in a currency, and on how many days it was spent.
fn spent(totals: &Totals, currency: Option<Currency>) -> (i64, u32) {
    let own = totals.iter().find(|(one, _)| Some(*one) == currency);
    own.map_or((0, 0), |(_, total)| (total.net_minor, total.days.occasions()))
}

#[expect(clippy::cast_precision_loss, reason = "exact up to ninety thousand billion pounds")]
fn float(minor: i64) -> f64 {
    minor as f64
}

#[expect(clippy::cast_possible_truncation, reason = "`as` stops at the type's ends")]
fn whole(minor: f64) -> i64 {
    minor.round() as i64
}
