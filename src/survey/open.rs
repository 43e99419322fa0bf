//! The bytes of a file → its table, whatever form they have.

use std::io;

use crate::diag::Diagnostics;
use crate::model::Language;

#[cfg(feature = "parquet")]
use super::columnar::ColumnarRows;
use super::form::{self, Form};
use super::header::Names;
use super::responses::ResponseInput;
use super::sighting::Site;
use super::table::Table;
use super::text::Text;
use super::unpack::{LIMIT, Packing, unpack};
#[cfg(not(feature = "xlsx"))]
use super::unread::Refusal;
use super::unread::refused;
#[cfg(feature = "xlsx")]
use super::workbook::{Closed, Workbook, locked};

/// What is known before a file is opened.
#[derive(Clone, Copy)]
pub(super) struct Opening<'a> {
    /// Names that its header may hold.
    pub(super) names: &'a Names,
    /// The language of the map.
    pub(super) language: &'a Language,
}

impl Opening<'_> {
    /// Does some work on the table in a file; `None` when there is none, which is reported.
    /// The work is given no table where the file is empty.
    ///
    /// # Errors
    ///
    /// When the bytes cannot be had, or are not what they begin as.
    pub(super) fn with_table<T>(
        &self,
        input: ResponseInput<'_>,
        problems: &mut Diagnostics,
        work: impl FnOnce(Option<Table<'_>>, &mut Diagnostics) -> io::Result<T>,
    ) -> io::Result<Option<T>> {
        let site = Site { name: input.name, span: input.file.span };
        let (mut head, mut bytes) = form::peek(input.bytes)?;
        if let Some(packing) = Packing::of(&head) {
            (head, bytes) = form::peek(unpack(packing, bytes, LIMIT))?;
        }
        let refusal = match Form::of(&head) {
            Form::Text => match Text::open(bytes, self.language)? {
                Ok(text) => {
                    return work(Table::open(text, self.names)?, problems).map(Some);
                }
                Err(refusal) => refusal,
            },
            #[cfg(feature = "xlsx")]
            form @ (Form::Zip | Form::Compound) => {
                let asked = input.file.sheet.as_deref();
                let mut book = match Workbook::open(form, bytes)? {
                    Ok(book) => book,
                    Err(closed) => {
                        problems.push(match closed {
                            Closed::Refused(refusal) => refused(refusal, site),
                            Closed::Locked => locked(site),
                        });
                        return Ok(None);
                    }
                };
                let (sheet, told) = match book.choose(asked, self.names, site)? {
                    Ok(chosen) => chosen,
                    Err(problem) => {
                        problems.push(problem);
                        return Ok(None);
                    }
                };
                problems.extend(told);
                let rows = book.rows(&sheet)?;
                return work(Table::of(rows, self.names)?, problems).map(Some);
            }
            #[cfg(not(feature = "xlsx"))]
            Form::Zip | Form::Compound => Refusal::Form("a workbook", "save it as CSV"),
            #[cfg(feature = "parquet")]
            Form::Parquet => match ColumnarRows::open(bytes)? {
                Ok(rows) => {
                    return work(Table::of(Box::new(rows), self.names)?, problems)
                        .map(Some);
                }
                Err(refusal) => refusal,
            },
            #[cfg(not(feature = "parquet"))]
            Form::Parquet => form::PARQUET,
            Form::Refused(refusal) => refusal,
        };
        problems.push(refused(refusal, site));
        Ok(None)
    }
}
