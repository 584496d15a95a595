//! Recording what is told of stock, locations and products.

use rihla_core::source::SourceId;
use rihla_core::subject::ToldStock;

use super::{RecordError, Recorder};
use crate::table::Key;

impl Recorder {
    pub(super) async fn stock(&self, source: &SourceId, told: &ToldStock) -> Result<(), RecordError> {
        for ((item, location), level) in &told.levels {
            let key = Key::level(source, item, location);
            self.repeat(async |attempt| Ok(self.join(attempt, key.clone(), level.clone()).await?)).await?;
        }
        for (location, known) in &told.locations {
            let key = Key::location(source, location);
            self.repeat(async |attempt| Ok(self.join(attempt, key.clone(), known.clone()).await?)).await?;
        }
        for (product, known) in &told.products {
            let key = Key::product(source, product);
            self.repeat(async |attempt| Ok(self.join(attempt, key.clone(), known.clone()).await?)).await?;
        }
        Ok(())
    }
}
