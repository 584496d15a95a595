//! Showing how far a long run has come, on standard error.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar of `steps`, with the rate and the time left; none where nobody watches.
pub fn bar(steps: usize, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(steps as u64).with_message(what);
    let style = "{msg:>12} {bar:40} {pos}/{len}  {per_sec}  {eta} left";
    bar.set_style(ProgressStyle::with_template(style).expect("the template names the bar's own fields"));
    bar
}
