//! The report for a board: one HTML file that needs nothing else, and single pictures.
//!
//! Words come from the catalogues in `templates/locale`, looks from `templates`, numbers
//! from the analysis; only here are numbers rounded.

mod context;
mod dot;
mod flags;
mod html;
mod layer;
mod lift;
mod likert;
mod locale;
mod number;
mod options;
mod picture;
mod plane;
mod section;
mod subject;
mod table;
mod template;
mod wording;

pub use locale::{CATALOGUES, Catalogue, missing_messages};
pub use options::{ReportError, ReportOptions, Theme};
pub use picture::{View, draw, graph_layout, layered_map, scene};
pub use section::{SECTIONS, Section};
pub use template::TEMPLATES;

use crate::model::{Analysis, Journey};

/// The report as one HTML document.
///
/// # Errors
///
/// When a template that replaces one of ours cannot be read or asks for what is not there.
pub fn render(
    journey: &Journey,
    analysis: &Analysis,
    options: &ReportOptions,
) -> Result<String, ReportError> {
    let context = context::Context::new(journey, analysis, &options.language);
    html::page(&context, options)
}
