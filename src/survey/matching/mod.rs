//! Which column of a file is what: a proposal, with how sure it is and why.
//!
//! The beginning of each file (`sample`) becomes a profile for each column (`profile`,
//! `rating`). What headers and names say is taken apart (`heading`, `folding`,
//! `vocabulary`) and compared (`likeness`); how much speaks for each column to be each thing
//! (`target`) is a wish, and the columns go to whom they bring the largest sum of wishes
//! (`assign`, `placed`). Files are put together in `survey_files` and `propose`; `beside` are
//! comments, expectations and segments; `scales` is what the answers are on.
//!
//! Confidence is likeness of the names × (0.4 + 0.6 × share of the cells that fit). Where
//! another column, or another touchpoint, comes within a tenth, 0.6 of that is left. It is
//! 0.5 at most where only the values, or only the order of the columns, speak for it. It is
//! a measure to sort by, not a probability.
//!
//! Simplified and traditional characters count as the same (`folding`); words of the same
//! meaning that share no character are not found.

mod assign;
mod beside;
mod file_wave;
mod folding;
mod guess;
mod heading;
mod likeness;
mod placed;
mod profile;
mod propose;
mod rating;
mod sample;
mod scales;
mod segments;
mod survey_files;
mod target;
mod vocabulary;

pub(super) use guess::{Guess, guesses, is_recorded};
pub use propose::{MatchOptions, NOWHERE, propose};
pub use sample::ROWS_AT_MOST;
