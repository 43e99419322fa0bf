//! Parquet files: columns of a table, in groups of rows.
//!
//! The way of a file: its `footer` says where the pages of each column lie; `pages` unpacks
//! them one by one; the crate `parquet` decodes what is in them; a `column` holds some values
//! of one column, a `cell` is one of them as text, and `rows` puts them side by side. Sizes
//! and counts that a file declares are held against its bytes (`thrift`) before anything is
//! made room for.

mod cell;
mod column;
mod footer;
mod guard;
mod pages;
mod rows;
mod thrift;

pub use guard::is_guarded;
pub(super) use rows::ColumnarRows;

use parquet::errors::ParquetError;

use super::unread::Fault;

/// The name of the form, in messages.
const NAME: &str = "Parquet file";

/// The fault of a file that contradicts itself.
fn damaged() -> Fault {
    Fault::Damaged(NAME)
}

/// The fault behind an error of the decoder: one of ours that it hands on, or its own.
fn fault(error: &ParquetError) -> Fault {
    match error {
        ParquetError::External(inner) => {
            inner.downcast_ref::<Fault>().cloned().unwrap_or_else(damaged)
        }
        _ => damaged(),
    }
}
