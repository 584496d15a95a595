//! Deliveries that are almost right, through the function that takes them in: what is refused writes nothing, what is
//! set aside stays out of the table, and what is recorded stops nobody.

use fastrand::Rng;
use rihla_channels::Headers;
use rihla_local::aws::ledger::Traced;
use rihla_local::run::{HttpRequest, Stack};
use rihla_local::shop::{Posted, sample_week};

use crate::shop::Shop;

const SEED: u64 = 20_261_123;
const BODIES: usize = 1_500;
/// Nothing of the week lies in the future any more, which would be set aside.
const AFTER_THE_WEEK: &str = "2026-11-10T12:00:00Z";

/// The calls that change something, by what they are and to whom.
fn writes(trace: &[Traced]) -> Vec<String> {
    let reads = |action: &str| action.starts_with("Get") || action == "Query" || action == "BatchGetItem";
    let changing = trace.iter().filter(|traced| !reads(&traced.call.action));
    changing.map(|traced| format!("{} {}", traced.call.action, traced.call.resource)).collect()
}

/// One of the week's deliveries, with some bytes of the body altered.
fn altered(week: &[Posted], random: &mut Rng) -> Posted {
    let mut posted = random.choice(week).unwrap().clone();
    let is_mild = random.u8(..4) > 0;
    for _ in 0..random.usize(1..4) {
        if is_mild { alter_mildly(&mut posted.body, random) } else { alter(&mut posted.body, random) }
    }
    posted
}

/// A digit to another, a letter to another: what comes of it can mostly be read.
fn alter_mildly(body: &mut [u8], random: &mut Rng) {
    let place = random.usize(..body.len());
    match body[place] {
        b'0'..=b'9' => body[place] = random.u8(b'0'..=b'9'),
        b'a'..=b'z' => body[place] = random.u8(b'a'..=b'z'),
        _ => {}
    }
}

fn alter(body: &mut Vec<u8>, random: &mut Rng) {
    let place = random.usize(..body.len());
    let end = (place + random.usize(1..6)).min(body.len());
    match random.u8(..5) {
        0 => body[place] = random.u8(..),
        1 => drop(body.splice(place..end, *b"null")),
        2 => drop(body.splice(place..end, b"9".repeat(random.usize(..20)))),
        3 => body.extend_from_within(place..end),
        _ => body[place] ^= 1 << random.u8(..8),
    }
}

fn request(posted: &Posted, headers: Headers) -> HttpRequest {
    HttpRequest::delivery(posted.source.as_str(), headers, posted.body.clone())
}

#[tokio::test]
async fn what_was_altered_on_the_way_is_refused_and_writes_nothing() {
    let shop = Shop::at(AFTER_THE_WEEK).await;
    let (week, mut random) = (sample_week(), Rng::with_seed(SEED));
    for _ in 0..BODIES {
        let posted = altered(&week, &mut random);
        let sent = week.iter().find(|sent| sent.delivery_id == posted.delivery_id).unwrap();
        if posted.body == sent.body {
            continue;
        }
        let headers = sent.headers(&Stack::secret(), shop.now()).unwrap();
        let request = request(&posted, headers);
        let (answer, trace) = shop.traced(shop.stack.receive(&request)).await;
        assert_eq!((answer.unwrap().status, writes(&trace)), (401, Vec::<String>::new()));
    }
}

#[tokio::test]
async fn what_was_signed_is_recorded_or_set_aside_and_stops_nobody() {
    let shop = Shop::at(AFTER_THE_WEEK).await;
    let (week, mut random) = (sample_week(), Rng::with_seed(SEED));
    let mut answers = [0, 0, 0];
    for _ in 0..BODIES {
        let posted = altered(&week, &mut random);
        let (status, trace) = shop.traced(shop.post(&posted)).await;
        let (writes, body) = (writes(&trace), String::from_utf8_lossy(&posted.body));
        match status {
            200 => answers[0] += 1,
            202 => {
                assert_eq!(writes, ["SendMessage inbox-dead"], "{body}");
                answers[1] += 1;
            }
            204 => {
                assert!(trace.is_empty(), "{body}");
                answers[2] += 1;
            }
            status => panic!("{status}: {body}"),
        }
    }
    println!("{answers:?}: recorded, set aside, of no interest");
    assert!(answers[0] > BODIES / 20 && answers[1] > BODIES / 20, "{answers:?}");
    shop.days(60).await;
    for queue in ["inbox", "outbox", "outbox-dead"] {
        let left = shop.aws().queues().peek(queue, 10).unwrap();
        assert!(left.is_empty(), "{queue}: {left:?}");
    }
}
