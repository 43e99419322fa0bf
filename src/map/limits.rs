//! How large a map may be. Far above any real map, far below what hurts a machine.

/// Longest file, in bytes.
pub(super) const BYTES: usize = 8 << 20;

/// Deepest nesting of lists and mappings; a real map needs eight.
pub(super) const DEPTH: usize = 64;

/// Most values, counted after aliases are written out: about 10,000 touchpoints.
pub(super) const NODES: usize = 400_000;
