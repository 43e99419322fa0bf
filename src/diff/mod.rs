//! What changed between two states of a journey: its map, its scores, its flags.
//!
//! `structure` compares two maps, `scores` two analyses; `text` and `markdown` word what they
//! found. A difference of scores is loud only where it is reliable and large enough to matter.

mod markdown;
mod record;
mod scores;
mod structure;
mod text;
mod words;

pub use markdown::markdown;
pub use record::{
    DIFF_SCHEMA, DiffRecord, DiffSide, FlagChange, Kind, Moved, ScoreDiff, Structural,
    Thing,
};
pub use scores::score_diff;
pub use structure::{earlier_ids, structure};
pub use text::text;
