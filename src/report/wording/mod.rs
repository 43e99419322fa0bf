//! Sentences that the numbers allow. A sentence claims a difference only where its test
//! says so.

pub(super) mod cause;
pub(super) mod change;
pub(super) mod evidence;
pub(super) mod finding;
pub(super) mod headline;
pub(super) mod legend;
pub(super) mod method;
pub(super) mod note;
pub(super) mod segment;
pub(super) mod title;
pub(super) mod trend;
