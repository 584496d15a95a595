//! How often each recommender was right.

use rihla_core::experiment::{Interval, Share};
use rihla_core::instant::{Instant, Wait};
use serde::Serialize;

use super::cases::{Case, hidden_products, next_orders};
use super::history::History;
use super::learned::{Asked, Learned, SUGGESTED};
use crate::command::CommandError;
use crate::replay::Replay;

/// What came of it.
#[derive(Clone, Debug, Serialize)]
pub struct RecommendResult {
    /// What came before this was learned from, what came after it asked about.
    pub until: Instant,
    /// Orders that were learned from.
    pub orders_learned: usize,
    /// Orders that were held out.
    pub orders_held_out: usize,
    /// Products that were bought in the time that was learned from.
    pub products: usize,
    /// The most orders that are remembered beside one product.
    pub most_baskets: usize,
    /// The most bytes of them.
    pub most_bytes: usize,
    /// How many items are suggested.
    pub suggested: usize,
    /// What was asked.
    pub tasks: Vec<Task>,
    /// How long the learning and the suggesting took.
    pub seconds: f64,
}

/// One kind of question.
#[derive(Clone, Debug, Serialize)]
pub struct Task {
    /// Which.
    pub task: &'static str,
    /// How often it was asked.
    pub cases: usize,
    /// How often each recommender was right.
    pub hits: Vec<Hits>,
}

/// How often one recommender was right.
#[derive(Clone, Debug, Serialize)]
pub struct Hits {
    /// Which.
    pub recommender: &'static str,
    /// In so many cases one of its items was right.
    pub hits: u64,
    /// What share of the cases that is.
    pub hit_rate: Interval,
    /// In so many cases it had fewer items than asked for.
    pub short: usize,
}

type Recommender = fn(&Learned, &Asked<'_>) -> Vec<String>;

const RECOMMENDERS: [(&str, Recommender); 4] = [
    ("bought together", Learned::together),
    ("bought together, at any price", Learned::together_at_any_price),
    ("plain counts of the newest small orders", Learned::plain_counts),
    ("most popular", Learned::most_popular),
];

impl RecommendResult {
    /// Of a shop's history, the end of which is held out.
    pub fn of(replay: &Replay, held_out: Wait, left_out: Wait) -> Result<Self, CommandError> {
        let history = History::of(replay, held_out, left_out)?;
        let learned = Learned::from(&history.before);
        let (most_baskets, most_bytes) = learned.largest();
        let tasks = [
            ("next orders of known people, something new in them", next_orders(&history)),
            ("one product of an order hidden, known people", hidden_products(&history, true)),
            ("one product of an order hidden, everybody", hidden_products(&history, false)),
        ];
        Ok(Self {
            until: history.until,
            orders_learned: history.before.len(),
            orders_held_out: history.held_out.len(),
            products: learned.products(),
            most_baskets,
            most_bytes,
            suggested: SUGGESTED,
            tasks: tasks.iter().map(|(task, cases)| Task::of(task, cases, &learned)).collect(),
            seconds: 0.0,
        })
    }
}

impl Task {
    fn of(task: &'static str, cases: &[Case<'_>], learned: &Learned) -> Self {
        let hits = |(recommender, suggest): (&'static str, Recommender)| {
            let (mut did, mut short) = (0, 0);
            for case in cases {
                let suggested = suggest(learned, &case.asked);
                did += u64::from(suggested.iter().any(|product| case.right.contains(product.as_str())));
                short += usize::from(suggested.len() < SUGGESTED);
            }
            let share = Share { people: cases.len() as u64, did };
            Hits { recommender, hits: did, hit_rate: share.interval(), short }
        };
        Self { task, cases: cases.len(), hits: RECOMMENDERS.map(hits).to_vec() }
    }
}
