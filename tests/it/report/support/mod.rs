//! Journeys and analyses to draw: made in code, from no survey.

mod build;
mod fault;
mod home_buying;
mod real;
mod stress;

pub(crate) use fault::fault;
pub(crate) use home_buying::home_buying;
pub(crate) use real::{airport, example};
pub(crate) use stress::{large, stress};

use touchmap::model::{Analysis, Journey, Language};
use touchmap::report::{ReportOptions, Theme};

/// A journey and its analysis.
pub(crate) struct Case {
    pub(crate) journey: Journey,
    pub(crate) analysis: Analysis,
}

pub(crate) fn options(tag: &str) -> ReportOptions {
    ReportOptions::new(Language::new(tag).unwrap())
}

pub(crate) fn dark(tag: &str) -> ReportOptions {
    ReportOptions { theme: Theme::Dark, ..options(tag) }
}

/// Makes every change one that could be chance.
pub(crate) fn nothing_moved(analysis: &mut Analysis) {
    let changes = analysis.touchpoints.iter_mut().filter_map(|it| it.change.as_mut());
    for change in changes.chain(analysis.overall_change.as_mut()) {
        (change.relevant, change.p) = (false, Some(0.4));
        change.q = change.q.map(|_| 0.6);
    }
    analysis.findings.retain(|it| !it.rule.starts_with("relevant_"));
}

/// Writes `text` where a person wants to look at it, if `TOUCHMAP_PREVIEW_DIR` says where.
#[expect(clippy::disallowed_methods, reason = "a test that a person runs to look")]
pub(crate) fn preview(name: &str, text: &str) {
    if let Ok(folder) = std::env::var("TOUCHMAP_PREVIEW_DIR") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(std::path::Path::new(&folder).join(name), text).unwrap();
    }
}
