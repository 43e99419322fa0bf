//! The report for a board: one HTML file that needs nothing else, and single pictures.
//!
//! Words come from the catalogues in `templates/locale`, looks from `templates`, numbers
//! from the analysis; only here are numbers rounded.

mod action;
mod bar;
mod card;
mod context;
mod curves;
mod date;
mod dot;
mod environment;
mod flags;
mod heat;
mod html;
mod layer;
mod lift;
mod likert;
mod locale;
mod number;
mod options;
mod picture;
mod plane;
mod quality;
mod read;
mod scorecards;
mod section;
mod sheet;
mod since;
mod stacked;
mod stage_map;
mod subject;
mod table;
mod tables;
mod template;
mod waves;
mod way;
mod wording;
#[cfg(feature = "xlsx")]
mod workbook;

pub use locale::{CATALOGUES, Catalogue, missing_messages};
pub use options::{Paper, ReportError, ReportOptions, Theme};
pub use picture::{View, draw, graph_layout, layered_map, scene};
pub use scorecards::{Scorecard, overview, shared_scale};
pub use section::{SECTIONS, Section};
pub use since::Since;
pub use tables::{TableOf, csv_table};
pub use template::TEMPLATES;
#[cfg(feature = "xlsx")]
pub use workbook::workbook;

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
    let analysis = &analysis.as_shown();
    let of = |language| {
        context::Context::new(journey, analysis, language)
            .printed_on(options.paper)
            .sharing(options.shared)
            .on(options.as_of)
            .since(options.since.as_ref())
    };
    let first = of(&options.language);
    let further: Vec<_> = options
        .further
        .iter()
        .map(|language| {
            let prefix = format!("{}-", language.tag());
            of(language).prefixed(prefix)
        })
        .collect();
    html::page(&first, &further, options)
}
