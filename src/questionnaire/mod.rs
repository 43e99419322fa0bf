//! The questionnaire to field for a map: what is asked, in which words, on which scale, and in
//! which column the answers are to stand.

mod build;
mod csv;
mod html;
mod item;
mod markdown;
mod time;
mod words;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use build::build;
pub use csv::csv;
pub use html::html;
pub use item::{Asked, Item, Questionnaire, Role};
pub use markdown::markdown;
pub use time::seconds;
#[cfg(feature = "xlsx")]
pub use xlsx::{NotWritten, xlsx};
