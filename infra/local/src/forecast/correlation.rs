//! Whether those who buy more often spend more each time.

use super::customers::Customer;
use super::known::float;

/// Between the logarithms of the number of buying days and of the mean amount.
pub(super) fn correlation(customers: &[Customer]) -> f64 {
    let with_money = customers.iter().filter(|customer| customer.net_minor > 0);
    let points =
        with_money.map(|customer| (f64::from(customer.history.occasions).ln(), customer.mean_minor().ln()));
    let points: Vec<(f64, f64)> = points.collect();
    let number = float(i64::try_from(points.len()).unwrap_or(i64::MAX));
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / number;
    let (mean_x, mean_y) = (mean(&|point| point.0), mean(&|point| point.1));
    let together = mean(&|(x, y)| (x - mean_x) * (y - mean_y));
    let spread = mean(&|(x, _)| (x - mean_x).powi(2)) * mean(&|(_, y)| (y - mean_y).powi(2));
    together / spread.sqrt()
}
