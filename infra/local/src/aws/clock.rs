//! The time that every stand-in and every SDK client reads.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_smithy_async::time::TimeSource;
use jiff::Timestamp;

/// A clock that is either moved by hand or follows the machine's. Cheap to clone; clones are the same clock.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Inner>);

#[derive(Debug)]
enum Inner {
    Virtual { now_ms: AtomicI64, kept: Mutex<Option<File>> },
    Wall { ahead: Duration },
}

impl Clock {
    /// A clock that stands at `start` until it is advanced.
    pub fn virtual_at(start: Timestamp) -> Self {
        Self::moved_by_hand(start.as_millisecond(), None)
    }

    /// A virtual clock kept in the file at `path`: it goes on from there, or begins at `start`.
    ///
    /// Every move is in the file before the call returns, so nothing can be done at an instant that a
    /// later start of the process would not know of. One small write, no fsync: it outlives `kill -9`.
    pub fn kept_in(path: &Path, start: Timestamp) -> io::Result<Self> {
        let now_ms = Self::kept_instant(path)?.unwrap_or(start).as_millisecond();
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
        file.write_all_at(&now_ms.to_le_bytes(), 0)?;
        Ok(Self::moved_by_hand(now_ms, Some(file)))
    }

    /// The instant at which the clock kept at `path` was last set, if there is one.
    pub fn kept_instant(path: &Path) -> io::Result<Option<Timestamp>> {
        let mut bytes = [0; 8];
        match File::open(path).and_then(|mut file| file.read_exact(&mut bytes)) {
            Ok(()) => Timestamp::from_millisecond(i64::from_le_bytes(bytes))
                .map(Some)
                .map_err(|source| io::Error::new(io::ErrorKind::InvalidData, source)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The machine's clock.
    pub fn wall() -> Self {
        Self(Arc::new(Inner::Wall { ahead: Duration::ZERO }))
    }

    /// The machine's clock, put forward so that it does not begin before `instant`: for going on in real
    /// time from a state that a virtual clock has left in the future.
    pub fn wall_not_before(instant: Timestamp) -> Self {
        let ahead = SystemTime::from(instant).duration_since(machine_time()).unwrap_or_default();
        Self(Arc::new(Inner::Wall { ahead }))
    }

    fn moved_by_hand(now_ms: i64, file: Option<File>) -> Self {
        Self(Arc::new(Inner::Virtual { now_ms: AtomicI64::new(now_ms), kept: Mutex::new(file) }))
    }

    /// The present instant, to the millisecond.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.now_ms()).expect("only ever set from a timestamp")
    }

    /// The present instant in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        match &*self.0 {
            Inner::Virtual { now_ms, .. } => now_ms.load(Ordering::Acquire),
            Inner::Wall { ahead } => Timestamp::try_from(machine_time() + *ahead)
                .expect("the machine's clock is in the years a timestamp covers")
                .as_millisecond(),
        }
    }

    /// Moves a virtual clock forward to `instant`. It never goes back, and a wall clock does not move.
    pub fn advance_to(&self, instant: Timestamp) {
        let Inner::Virtual { now_ms, kept } = &*self.0 else { return };
        let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        let later = instant.as_millisecond().max(now_ms.load(Ordering::Acquire));
        if let Some(file) = &*kept {
            file.write_all_at(&later.to_le_bytes(), 0)
                .expect("eight bytes over the eight that were written when the file was opened");
        }
        now_ms.store(later, Ordering::Release);
    }

    /// Moves a virtual clock forward by `span`.
    pub fn advance(&self, span: Duration) {
        self.advance_to(self.now() + span);
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        Self::now(self).into()
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
fn machine_time() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a small number")
    }

    #[test]
    fn a_virtual_clock_never_goes_back() {
        let clock = Clock::virtual_at(at(100));
        clock.advance_to(at(200));
        clock.advance_to(at(150));
        clock.advance(Duration::from_millis(1));
        assert_eq!(clock.now_ms(), 200_001);
    }

    #[test]
    fn the_machine_may_be_put_forward_but_not_back() {
        let now = Clock::wall().now();
        assert!(Clock::wall_not_before(now + Duration::from_hours(1)).now() > now + Duration::from_mins(59));
        assert!(Clock::wall_not_before(at(0)).now() < now + Duration::from_mins(1));
    }
}
