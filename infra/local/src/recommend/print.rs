//! The result, for a terminal.

use std::fmt::{self, Write as _};

use super::result::{Hits, RecommendResult};

pub(super) fn text(result: &RecommendResult) -> String {
    let mut text = String::new();
    write(&mut text, result).expect("a text takes everything");
    text
}

fn write(text: &mut String, result: &RecommendResult) -> fmt::Result {
    let RecommendResult { until, orders_learned, orders_held_out, products, seconds, .. } = result;
    writeln!(
        text,
        "{orders_learned} orders of {products} products until {until}, {orders_held_out} after that"
    )?;
    let RecommendResult { most_baskets, most_bytes, suggested, .. } = result;
    writeln!(
        text,
        "beside a product at most {most_baskets} orders, {most_bytes} bytes; {seconds:.2} seconds"
    )?;
    writeln!(text, "a hit: one of {suggested} items is right\n")?;
    for task in &result.tasks {
        let head = format!("{}: {} cases", task.task, task.cases);
        writeln!(text, "{head:<66}{:>6}{:>9}{:>16}{:>7}", "hits", "rate", "95 %", "short")?;
        task.hits.iter().try_for_each(|hits| write_hits(text, hits))?;
        writeln!(text)?;
    }
    Ok(())
}

fn write_hits(text: &mut String, hits: &Hits) -> fmt::Result {
    let [found, low, high] =
        [hits.hit_rate.found, hits.hit_rate.low, hits.hit_rate.high].map(|rate| rate * 100.0);
    let interval = format!("{low:.1}–{high:.1} %");
    writeln!(text, "  {:<64}{:>6}{found:>7.1} %{interval:>16}{:>7}", hits.recommender, hits.hits, hits.short)
}
