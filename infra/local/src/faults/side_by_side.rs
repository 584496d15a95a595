//! Worlds side by side: each thread lives through one after the other, and none shares anything with another.

use std::num::NonZeroUsize;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// The futures of all functions lie within one another: in a build without optimisation they fill a thread's usual stack.
const STACK_BYTES: usize = 16 << 20;

/// Does `each` with every item of `work`, on so many threads, and hands what came of it to `done`, on this one, in the
/// order in which it is ready.
pub(super) fn side_by_side<Item: Send, Done: Send>(
    threads: NonZeroUsize,
    work: impl Iterator<Item = Item> + Send,
    each: impl AsyncFn(Item) -> Done + Sync,
    mut done: impl FnMut(Done),
) {
    let work = Mutex::new(work);
    let next = || work.lock().unwrap_or_else(PoisonError::into_inner).next();
    let (sender, receiver) = channel();
    thread::scope(|scope| {
        for _ in 0..threads.get() {
            let (sender, next, each) = (sender.clone(), &next, &each);
            let worker = thread::Builder::new().stack_size(STACK_BYTES);
            let started = worker.spawn_scoped(scope, move || work_through(next, each, &sender));
            started.expect("a machine that runs this has room for some threads");
        }
        drop(sender);
        receiver.iter().for_each(&mut done);
    });
}

fn work_through<Item, Done>(
    next: &impl Fn() -> Option<Item>,
    each: &impl AsyncFn(Item) -> Done,
    sender: &Sender<Done>,
) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime without threads needs nothing but a free file handle");
    while let Some(item) = next() {
        // Nobody listens any more only where the thread that does has panicked.
        if sender.send(runtime.block_on(each(item))).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_done_once() {
        let mut squares = Vec::new();
        let three = NonZeroUsize::MIN.saturating_add(2);
        side_by_side(three, 0..100_u32, async |number| number * number, |square| squares.push(square));
        squares.sort_unstable();
        assert_eq!(squares, (0..100).map(|number| number * number).collect::<Vec<_>>());
    }
}
