//! What was fitted to all customers of a shop, at one moment.

use serde::{Deserialize, Serialize};

use crate::forecast::{Purchasing, Spending};
use crate::instant::Instant;
use crate::money::Currency;
use crate::rfm::ShopSpread;
use crate::rhythm::ShopRhythm;

/// The models' names and the version of how they are fitted here.
pub const MODEL: &str = "BG/NBD with gamma-gamma, version 1";

/// What the last round over all customers found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShopFit {
    /// The moment up to which customers are described: the beginning of the round.
    pub as_of: Instant,
    /// When the round was over.
    pub fitted_at: Instant,
    /// Customers who bought something that stands.
    pub customers: u64,
    /// The currency of the money: that in which most customers buy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Where the customers stand.
    pub spread: ShopSpread,
    /// How long they take to buy again; none where the shop's own set-up has to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rhythm: Option<ShopRhythm>,
    /// The models that forecast; none where too few customers came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub models: Option<Models>,
    /// Why there are no models.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_models_because: Option<String>,
}

/// The fitted models.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Models {
    /// Which models, and how they are fitted.
    pub name: String,
    /// To how many customers: of a large shop a share, drawn by their ids.
    pub customers: u64,
    /// How they buy.
    pub purchasing: Purchasing,
    /// What they spend, in minor units; none where too few who came back kept what they bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spending: Option<Spending>,
}

/// The part of a fit that looks need.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FittedRhythm {
    /// How long customers take to buy again, where that could be told.
    #[serde(default)]
    pub rhythm: Option<ShopRhythm>,
}
