//! Work shared out among threads, with results in the order of what was worked on.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};

/// What `work` makes of each item, in so many threads at most.
pub(super) fn in_threads<T: Send, R: Send>(
    threads: NonZeroUsize,
    items: Vec<T>,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let threads = threads.get().min(items.len());
    let waiting = Mutex::new(items.into_iter().enumerate());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work_off = || {
        let mut done = Vec::new();
        while let Some((at, item)) = next() {
            done.push((at, work(item)));
        }
        done
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work_off)).collect();
        let mut done = work_off();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for threads in [1, 3, 200] {
            let threads = NonZeroUsize::new(threads).unwrap();
            let squares = in_threads(threads, (0..100_u64).collect(), |it| it * it);
            assert_eq!(squares, (0..100).map(|it| it * it).collect::<Vec<_>>());
        }
        assert!(in_threads(NonZeroUsize::MIN, Vec::<u8>::new(), |it| it).is_empty());
    }
}
