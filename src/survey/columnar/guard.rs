//! Panics of a decoder that belong to the file, and not to us.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread would be taken for a fault of a file, and told as such: it
/// is then no bug to be reported.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// What comes of `work`; `None` when it panics.
///
/// The crate `parquet` asserts, slices and adds where bytes of a file decide, so a changed
/// byte can panic in it. Whatever `work` leaves half done must not be used again: those who
/// call give the file up.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    let outer = GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    GUARDED.set(outer);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_nothing_and_guards_nest() {
        let inner = || guarded(|| assert!(!is_guarded(), "is guarded"));
        let outer = guarded(|| (inner(), is_guarded()));
        assert_eq!((outer, is_guarded()), (Some((None, true)), false));
    }
}
