use rihla_core::instant::Wait;

use super::people::{AMELIA, CHIDI, DANIEL, KHALID, LAYLA, OLIVER, PRIYA, SALMA};
use crate::shop::{Does, Visit};

/// What customers do with the mails of that week.
pub fn sample_visits() -> Vec<Visit> {
    let answers = |email, journey, hours, score, comment| {
        let does = Does::Answers { score, comment };
        Visit { email, journey, after: Wait::hours(hours), does }
    };
    let does = |email, journey, hours, does| Visit { email, journey, after: Wait::hours(hours), does };
    let (check, ease) = ("delivery-check", "ease-survey");
    vec![
        answers(AMELIA.email, check, 2, 5, None),
        answers(AMELIA.email, ease, 5, 5, Some("Two minutes from basket to paid. Lovely.")),
        answers(SALMA.email, check, 3, 4, Some("وصلت الركوة سليمة، لكن العلبة كانت مفتوحة قليلًا.")),
        answers(OLIVER.email, ease, 1, 2, Some("The delivery date changed twice while I was paying.")),
        answers(PRIYA.email, check, 20, 3, Some("One bowl has a chip on the rim. Can it be exchanged?")),
        answers(LAYLA.email, ease, 4, 5, None),
        answers(KHALID.email, check, 9, 5, Some("شكرًا على التغليف الجميل.")),
        answers(CHIDI.email, check, 6, 1, Some("Left in the rain.")),
        does(DANIEL.email, "matching-items", 7, Does::Unsubscribes),
        does(LAYLA.email, "newsletter-invitation", 2, Does::Joins),
    ]
}
