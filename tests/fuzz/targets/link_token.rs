//! The last part of a link: honoured only if we signed it; whatever grant there is, its link reads back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rihla_core::instant::Instant;
use rihla_core::link::{Grant, LinkKeys, LinkRefused};

/// When the seeds are still good.
const NOW: i64 = 1_000;

fuzz_target!(|bytes: &[u8]| {
    let keys = LinkKeys::new(vec![b"new".to_vec(), b"old".to_vec()]).expect("there are two");
    let now = Instant::from_seconds(NOW);
    let text = String::from_utf8_lossy(bytes);
    if let Ok(grant) = keys.verify(&text, now) {
        assert!(grant.expires_seconds >= NOW);
        let old = LinkKeys::new(vec![b"old".to_vec()]).expect("there is one");
        assert!(text == keys.sign(&grant) || text == old.sign(&grant), "honoured, but not as it was signed");
    }
    // Behind the signature: any grant that can be written comes back as it was.
    if let Ok(grant) = serde_json::from_slice::<Grant>(bytes) {
        match keys.verify(&keys.sign(&grant), now) {
            Ok(read) => assert_eq!(read, grant),
            Err(refused) => assert_eq!((refused, grant.expires_seconds < NOW), (LinkRefused::Expired, true)),
        }
    }
});
