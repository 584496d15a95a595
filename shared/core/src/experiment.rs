//! Experiments: who gets which variant of a journey, who gets nothing so that it can be told what it brings, and what came
//! of it. Who reads a result before its time, and again and again, finds one where there is none: until the number of
//! people that was set beforehand is reached, there is no lift to be had here. See `docs/experiments.md`.

mod arm;
mod horizon;
mod reading;
mod share;

pub use arm::{Arm, Experiment};
pub use horizon::{Horizon, NoHorizon, People};
pub use reading::{Counts, Finding, Reading};
pub use share::{Interval, Share, difference};
