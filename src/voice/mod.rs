//! What customers write: which causes it names, whom it must not name, and which of it is shown.

mod coder;
mod denial;
mod fold;
mod mask;
mod quote;

pub use coder::{Coded, Coder};
pub(crate) use fold::is_han;
pub use mask::masked;
pub use quote::{Comment, Comments};
