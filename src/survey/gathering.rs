//! Parts that come in any order, put together with their neighbours as soon as they meet.

use std::sync::{Mutex, PoisonError};

/// Stretches of parts that lie side by side, each put together.
///
/// There are as many at a time as gaps between them: where parts come nearly in order, no
/// more than are worked on.
pub(super) struct Gathering<T> {
    stretches: Mutex<Vec<Stretch<T>>>,
}

/// Parts that follow one another.
struct Stretch<T> {
    first: usize,
    /// The position after the last.
    end: usize,
    content: T,
}

impl<T> Gathering<T> {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self { stretches: Mutex::new(Vec::new()) }
    }

    /// Takes in the part at a position; `join` adds to a stretch the one that follows it,
    /// while other threads may take in theirs.
    pub(super) fn take_in(&self, position: usize, part: T, join: impl Fn(&mut T, T)) {
        let mut mine = Stretch { first: position, end: position + 1, content: part };
        while let Some((mut earlier, later)) = self.place(mine) {
            join(&mut earlier.content, later.content);
            earlier.end = later.end;
            mine = earlier;
        }
    }

    /// Keeps a stretch, unless it touches another: then the two, in order.
    fn place(&self, mine: Stretch<T>) -> Option<(Stretch<T>, Stretch<T>)> {
        let mut kept = self.stretches.lock().unwrap_or_else(PoisonError::into_inner);
        let touches = |it: &Stretch<T>| it.end == mine.first || mine.end == it.first;
        let Some(at) = kept.iter().position(touches) else {
            kept.push(mine);
            return None;
        };
        let other = kept.swap_remove(at);
        Some(if other.end == mine.first { (other, mine) } else { (mine, other) })
    }

    /// What was taken in: one stretch when no position is missing, none when there is nothing.
    pub(super) fn into_content(self) -> Option<T> {
        let kept = self.stretches.into_inner().unwrap_or_else(PoisonError::into_inner);
        kept.into_iter().map(|it| it.content).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_put_together_in_their_own_order() {
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
            let gathering = Gathering::new();
            for position in order {
                let part = vec![position];
                gathering.take_in(position, part, Extend::extend);
            }
            assert_eq!(gathering.into_content(), Some(vec![0, 1, 2, 3]), "{order:?}");
        }
        assert_eq!(Gathering::<()>::new().into_content(), None);
    }

    #[test]
    fn only_what_lies_apart_is_kept_apart() {
        let gathering = Gathering::new();
        for position in [9, 8, 6, 7, 5] {
            gathering.take_in(position, 1, |mine, later| *mine += later);
            assert!(gathering.stretches.lock().unwrap().len() <= 2);
        }
        assert_eq!(gathering.into_content(), Some(5));
    }
}
