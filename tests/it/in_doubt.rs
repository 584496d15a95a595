//! The mail provider has no idempotency token: what may have been sent is never sent again, and stays in doubt until
//! the provider's own report says that it was sent.

use rihla_local::aws::{Fault, Refusal, Service};

use crate::facts::{AMAL, ORDER, person};
use crate::shop::Shop;

const SURVEY: &str = "ease-survey";

/// A shop in which a survey is due in an hour, and the provider does this whenever it is asked.
async fn with_provider(fault: Fault) -> Shop {
    let shop = Shop::open().await;
    shop.survey_in_an_hour(ORDER, person(AMAL)).await;
    shop.aws().faults().set(move |call| if call.service == Service::Ses { fault } else { Fault::None });
    shop
}

/// The provider is well again; two days pass.
async fn later(shop: &Shop) {
    shop.aws().faults().clear();
    shop.days(2).await;
}

#[tokio::test]
async fn a_send_whose_answer_was_lost_is_resolved_by_the_report_and_never_repeated() {
    let shop = with_provider(Fault::LoseAnswer).await;
    shop.hours(2).await;
    assert_eq!(shop.fate(SURVEY), "sent", "the report of the sending came");
    later(&shop).await;
    assert_eq!((shop.mails().len(), shop.fate(SURVEY).as_str()), (1, "sent"));
}

#[tokio::test]
async fn a_send_that_never_reached_the_provider_stays_in_doubt_and_is_never_repeated() {
    let shop = with_provider(Fault::TimeOut).await;
    shop.hours(2).await;
    assert_eq!((shop.mails().len(), shop.fate(SURVEY).as_str()), (0, "in doubt"));
    let entry = shop.entry(SURVEY);
    assert!(entry.trace.iter().any(|finding| finding.guard == "mail-provider"), "{:?}", entry.trace);
    later(&shop).await;
    assert_eq!((shop.mails().len(), shop.fate(SURVEY).as_str()), (0, "in doubt"));
}

#[tokio::test]
async fn what_the_provider_does_not_take_now_is_sent_later_and_once() {
    for refusal in [Refusal::Throttled, Refusal::AccessDenied] {
        let shop = with_provider(Fault::Refuse(refusal)).await;
        shop.pass(rihla_core::instant::Wait::seconds(65 * 60)).await;
        assert_eq!((shop.mails().len(), shop.fate(SURVEY).as_str()), (0, "not decided"));
        assert!(shop.profile(AMAL).claims.is_empty(), "for certain nothing was sent, so nothing is claimed");
        later(&shop).await;
        assert_eq!((shop.mails().len(), shop.fate(SURVEY).as_str()), (1, "sent"));
    }
}

#[tokio::test]
async fn a_process_that_dies_between_claim_and_send_leaves_it_in_doubt() {
    let shop = with_provider(Fault::DieBefore).await;
    shop.pass(rihla_core::instant::Wait::seconds(61 * 60)).await;
    assert_eq!(shop.fate(SURVEY), "not decided");
    later(&shop).await;
    assert_eq!((shop.mails().len(), shop.fate(SURVEY).as_str()), (0, "in doubt"));
    let because = shop.entry(SURVEY).trace.pop().unwrap();
    assert!(because.because.contains("did not report back"), "{because:?}");
}

#[tokio::test]
async fn a_process_that_dies_after_the_send_has_sent_once() {
    let shop = with_provider(Fault::DieAfter).await;
    shop.hours(2).await;
    later(&shop).await;
    assert_eq!((shop.mails().len(), shop.fate(SURVEY).as_str()), (1, "sent"));
}

/// Kills `deliver` once, at its call of that number. Whether there was such a call.
async fn killed_at(nth: u64, fault: Fault) -> Option<(usize, String)> {
    let shop = Shop::open().await;
    shop.survey_in_an_hour(ORDER, person(AMAL)).await;
    let count = std::sync::atomic::AtomicU64::new(0);
    let reached = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let seen = reached.clone();
    shop.aws().faults().set(move |call| {
        use std::sync::atomic::Ordering::Relaxed;
        if &*call.function != "deliver" || count.fetch_add(1, Relaxed) + 1 != nth {
            return Fault::None;
        }
        seen.store(true, Relaxed);
        fault
    });
    shop.days(1).await;
    let reached = reached.load(std::sync::atomic::Ordering::Relaxed);
    reached.then(|| (shop.mails().len(), shop.fate(SURVEY)))
}

#[tokio::test]
async fn wherever_sending_breaks_off_nothing_is_lost_and_nothing_is_sent_twice() {
    for fault in [Fault::DieBefore, Fault::DieAfter, Fault::TimeOut, Fault::LoseAnswer] {
        let mut ended = Vec::new();
        for nth in 1.. {
            let Some((mails, fate)) = killed_at(nth, fault).await else { break };
            match (mails, fate.as_str()) {
                (1, "sent") | (0, "in doubt") => ended.push(mails),
                other => panic!("{fault:?} at call {nth}: {other:?}"),
            }
        }
        let unsent = ended.iter().filter(|mails| **mails == 0).count();
        assert!(ended.len() > 6, "{fault:?} {ended:?}");
        // Only where the claim stood and the provider was not asked, or did not act, can it remain in doubt.
        assert!(unsent <= 2, "{fault:?} {ended:?}");
    }
}
