//! The maximum of a likelihood, by the simplex of Nelder and Mead (*The Computer Journal* 7(4), 1965).

use argmin::core::{CostFunction, Error, Executor, State};
use argmin::solver::neldermead::NelderMead;

use crate::FitError;

/// Rounds of one search. Four parameters need two to four hundred.
const ROUNDS: u64 = 2_000;
/// The search ends where the corners of the simplex are alike to this, a customer.
const TOLERANCE: f64 = 1e-10;
/// The edges of the first simplex.
const EDGE: f64 = 0.5;
/// The logarithms of parameters stay about here. Beyond, the likelihood is flat, and the numbers lose their digits.
const BOUND: f64 = 8.0;

/// The negative of a likelihood's logarithm, a customer, by the logarithms of the parameters.
struct Cost<F>(F);

impl<F: Fn(&[f64]) -> f64> CostFunction for Cost<F> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, logarithms: &Vec<f64>) -> Result<f64, Error> {
        let beyond: f64 = logarithms.iter().map(|value| (value.abs() - BOUND).max(0.0).powi(2)).sum();
        let cost = -(self.0)(logarithms) + beyond;
        Ok(if cost.is_finite() { cost } else { f64::MAX })
    }
}

/// Where the function of some logarithms is greatest, searched for from `start`; and once more from where that ended,
/// because a simplex can collapse on its way.
pub(crate) fn maximum(function: impl Fn(&[f64]) -> f64, start: Vec<f64>) -> Result<Vec<f64>, FitError> {
    let found = search(&function, start)?;
    search(&function, found)
}

fn search(function: &impl Fn(&[f64]) -> f64, start: Vec<f64>) -> Result<Vec<f64>, FitError> {
    let moved = (0..start.len()).map(|edge| {
        let mut corner = start.clone();
        corner[edge] += EDGE;
        corner
    });
    let corners = std::iter::once(start.clone()).chain(moved).collect();
    let solver = NelderMead::new(corners).with_sd_tolerance(TOLERANCE).map_err(FitError::Search)?;
    let executor =
        Executor::new(Cost(function), solver).configure(|state| state.max_iters(ROUNDS)).timer(false);
    let result = executor.run().map_err(FitError::Search)?;
    Ok(result.state.get_best_param().cloned().unwrap_or(start))
}
