//! Reports of the values of a segment side by side: what their axes have in common, and the
//! page that leads to them.

mod view;

use minijinja::context;
use minijinja::value::{Serde, Value};

use crate::analyse::Absence;
use crate::diagram::{SharedScale, map};
use crate::model::{Analysis, Journey, Language};

use super::card;
use super::context::Context;
use super::environment::{environment, source};
use super::html::{Body, Page, document, rendered};
use super::options::{ReportError, ReportOptions};
use super::sheet;
use super::template::SCORECARDS;
use super::wording::title;
use super::{layer, subject};

/// The report of one value of a segment, or why there is none.
#[derive(Clone, Debug)]
pub struct Scorecard<'a> {
    /// The value.
    pub value: &'a str,
    /// Its numbers and the file that its report is in, as a relative link; or why there is
    /// none.
    pub report: Result<(&'a Analysis, String), Absence>,
}

/// The points that the axes of a report have room for, to be shared with those of others.
#[must_use]
pub fn shared_scale(
    journey: &Journey,
    analysis: &Analysis,
    language: &Language,
) -> SharedScale {
    let analysis = analysis.as_shown();
    let context = Context::new(journey, &analysis, language);
    let layers: Vec<_> = layer::layers(&context).into_iter().map(|it| it.layer).collect();
    let marks = context.subject.marks.iter().map(|it| &it.standing);
    let all = marks.chain(context.subject.stages.iter().map(|it| &it.standing));
    let spans = all.filter_map(|it| it.ci().or_else(|| it.points().map(|at| [at; 2])));
    let start = [context.target(); 2];
    let wider =
        |[low, high]: [f64; 2], [from, to]: [f64; 2]| [low.min(from), high.max(to)];
    SharedScale {
        scores: spans.fold(start, wider),
        layers: map::span(&context.subject, &layers),
        waves: card::trend::span(&context),
    }
}

/// The page that leads to the reports of all values of `segment`, each as a small map beside
/// the others; `whole` is everybody, with the file of that report.
///
/// # Errors
///
/// When a template that replaces one of ours cannot be read or asks for what is not there.
pub fn overview(
    journey: &Journey,
    (whole, file): (&Analysis, &str),
    cards: &[Scorecard<'_>],
    segment: &str,
    options: &ReportOptions,
) -> Result<String, ReportError> {
    let whole = &whole.as_shown();
    let mut contexts = Vec::new();
    for (at, language) in
        std::iter::once(&options.language).chain(&options.further).enumerate()
    {
        let prefix = if at == 0 { String::new() } else { format!("{}-", language.tag()) };
        let context = Context::new(journey, whole, language)
            .printed_on(options.paper)
            .sharing(options.shared)
            .prefixed(prefix);
        contexts.push(context);
    }
    let contexts: Vec<&Context<'_>> = contexts.iter().collect();
    let Some(first) = contexts.first() else { return Ok(String::new()) };
    let environment = environment(first, options)?;
    let mut style = sheet::style(&environment, &contexts, options)?;
    style.push_str(&source(&environment, SCORECARDS)?);
    let headline = view::headline(first, segment);
    document(&contexts, &environment, Page { headline, style, options }, |context| {
        let set = view::Set { context, segment, options };
        body(&set, (whole, file), cards)
    })
}

fn body(
    set: &view::Set<'_, '_>,
    whole: (&Analysis, &str),
    cards: &[Scorecard<'_>],
) -> Result<Body, ReportError> {
    let context = set.context;
    let environment = environment(context, set.options)?;
    let values = context! {
        language => context.locale.tag(),
        title => context.text(&context.journey.name),
        wave => context.analysis.wave.as_str(),
        sections => Vec::<Value>::new(),
        source => title::source(context),
        view => Value::from(Serde(set.view(whole, cards))),
    };
    let text =
        |name| rendered(&environment, name, values.clone()).map(Value::from_safe_string);
    Ok(Body { bar: text("topbar.html")?, body: text("scorecards.html")? })
}

/// The score of a context, as other modules of this one need it.
fn overall(context: &Context<'_>) -> crate::diagram::Standing {
    subject::standing(context, Some(&context.analysis.overall), 1)
}
