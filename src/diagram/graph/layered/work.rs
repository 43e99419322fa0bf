//! How much may be tried: counted in steps, not in seconds, so that the same journey gives
//! the same picture on every machine.

/// Steps for each node.
const EACH: usize = 12_000;
/// Steps for the whole of a graph: about a tenth of a second.
const MOST: usize = 40_000_000;

/// Steps that are left.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work(usize);

impl Work {
    /// What a part of `nodes` of all `of` nodes may take.
    pub(super) fn share(nodes: usize, of: usize) -> Self {
        Self((EACH * nodes).min(MOST / of.max(1) * nodes))
    }

    /// Takes `steps`.
    pub(super) fn spend(&mut self, steps: usize) {
        self.0 = self.0.saturating_sub(steps);
    }

    /// Whether nothing is left.
    pub(super) fn is_done(self) -> bool {
        self.0 == 0
    }

    /// What was spent since it was `self`, when `rest` is left.
    pub(super) fn less(self, rest: Self) -> usize {
        self.0.saturating_sub(rest.0)
    }

    /// The part of it that comes first, `percent` of the whole.
    pub(super) fn percent(self, percent: usize) -> Self {
        Self(self.0 / 100 * percent)
    }
}
