//! The same for each of many things, by several threads.

use std::num::NonZeroUsize;

/// `of` each item, in their order, computed by up to `threads` threads.
pub(crate) fn each<T, U>(
    items: &[T],
    threads: NonZeroUsize,
    of: impl Fn(&T) -> U + Sync,
) -> Vec<U>
where
    T: Sync,
    U: Send,
{
    let share = items.len().div_ceil(threads.get()).max(1);
    let (of, mut chunks) = (&of, items.chunks(share));
    let first = chunks.next().unwrap_or_default();
    std::thread::scope(|scope| {
        let others: Vec<_> = chunks
            .map(|chunk| scope.spawn(move || chunk.iter().map(of).collect::<Vec<U>>()))
            .collect();
        let mut done: Vec<U> = first.iter().map(of).collect();
        for other in others {
            match other.join() {
                Ok(part) => done.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    })
}

/// One and the other, at the same time if there are two threads.
pub(crate) fn both<A: Send, B>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
    threads: NonZeroUsize,
) -> (A, B) {
    if threads.get() < 2 {
        return (one(), other());
    }
    std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        let one = one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (one, other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_keep_the_order() {
        let items: Vec<u32> = (0..17).collect();
        let threads = NonZeroUsize::new(3).unwrap();
        let expected: Vec<u32> = (0..17).map(|x| x * x).collect();
        assert_eq!(each(&items, threads, |x| x * x), expected);
        assert!(each(&[] as &[u32], threads, |x| x * x).is_empty());
    }
}
