//! The page: sections, styles and script in one file that asks for nothing else.

use std::num::NonZeroUsize;

use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};
use serde::Serialize;

use crate::diagram::definitions;
use crate::stats::each;

use super::context::Context;
use super::environment::{environment, failed, source};
use super::options::{ReportError, ReportOptions};
use super::section::{Built, LeftOut, SECTIONS};
use super::sheet;
use super::wording::{headline, title};

/// A section in the page.
#[derive(Serialize)]
struct Shown {
    id: &'static str,
    view: Value,
}

/// The report in one of the languages of the page.
#[derive(Serialize)]
struct Part {
    /// Its place among the languages.
    at: usize,
    /// The tag that the reader asked for.
    asked: String,
    /// The tag of the words.
    tag: &'static str,
    /// What the language calls itself.
    name: String,
    /// What ids begin with.
    prefix: String,
    title: String,
    wave: String,
    bar: Value,
    body: Value,
}

/// The whole document: the language of `first`, and `further` ones beside it.
pub(super) fn page(
    first: &Context<'_>,
    further: &[Context<'_>],
    options: &ReportOptions,
) -> Result<String, ReportError> {
    let contexts: Vec<&Context<'_>> = std::iter::once(first).chain(further).collect();
    let environment = environment(first, options)?;
    let style = sheet::style(&environment, &contexts, options)?;
    let page = Page { headline: headline::headline(first), style, options };
    document(&contexts, &environment, page, |context| body(context, options))
}

/// What is the same in every language of a page.
pub(super) struct Page<'a> {
    /// What it says, for those who list it.
    pub(super) headline: String,
    /// Its style sheet.
    pub(super) style: String,
    pub(super) options: &'a ReportOptions,
}

/// Bar and body in one language.
pub(super) struct Body {
    pub(super) bar: Value,
    pub(super) body: Value,
}

/// A document whose body is made for the context of each language.
pub(super) fn document(
    contexts: &[&Context<'_>],
    environment: &Environment<'_>,
    page: Page<'_>,
    body: impl Fn(&Context<'_>) -> Result<Body, ReportError>,
) -> Result<String, ReportError> {
    let Some(first) = contexts.first() else { return Ok(String::new()) };
    let Page { headline, style, options } = page;
    let script = source(environment, "script.js")?;
    let parts: Vec<Part> = contexts
        .iter()
        .enumerate()
        .map(|(at, context)| Ok(part(at, context, body(context)?)))
        .collect::<Result<_, _>>()?;
    let values = context! {
        language => first.locale.tag(),
        theme => options.theme.id(),
        paper => options.paper.id(),
        title => first.titled(),
        wave => first.analysis.wave.as_str(),
        headline,
        policy => sheet::policy(&style, &script),
        style => Value::from_safe_string(style),
        script => Value::from_safe_string(script),
        definitions => Value::from_safe_string(definitions()),
        parts => Value::from(Serde(parts)),
    };
    rendered(environment, "page.html", values)
}

/// Bar and sections in the language of `context`.
fn body(context: &Context<'_>, options: &ReportOptions) -> Result<Body, ReportError> {
    let environment = environment(context, options)?;
    let values = context! {
        language => context.locale.tag(),
        title => context.text(&context.journey.name),
        restricted => context.restricted(),
        back => options.back.as_deref(),
        wave => context.analysis.wave.as_str(),
        persona => context.journey.persona.as_ref().map(|it| context.text(&it.name)),
        headline => headline::headline(context),
        source => title::source(context),
        sections => Value::from(Serde(sections(context, options.threads))),
    };
    let text =
        |name| rendered(&environment, name, values.clone()).map(Value::from_safe_string);
    Ok(Body { bar: text("topbar.html")?, body: text("body.html")? })
}

/// What a page shows in the language of `context`.
fn part(at: usize, context: &Context<'_>, Body { bar, body }: Body) -> Part {
    let (asked, tag) = (context.language.tag().to_owned(), context.locale.tag());
    let name = if asked == tag {
        context.locale.word("page.language.name")
    } else {
        asked.clone()
    };
    Part {
        at,
        name,
        asked,
        tag,
        prefix: context.anchor(""),
        title: context.titled(),
        wave: context.analysis.wave.clone(),
        bar,
        body,
    }
}

/// A template with its values.
pub(super) fn rendered(
    environment: &Environment<'_>,
    name: &str,
    values: Value,
) -> Result<String, ReportError> {
    let template = environment.get_template(name).map_err(|it| failed(&it))?;
    template.render(values).map_err(|it| failed(&it))
}

/// What is left out is said in the last section.
fn sections(context: &Context<'_>, threads: NonZeroUsize) -> Vec<Shown> {
    let Some((last, first)) = SECTIONS.split_last() else { return Vec::new() };
    let built = each(first, threads, |section| (section.build)(context, &[]));
    let mut shown = Vec::new();
    let mut left_out: Vec<LeftOut> = Vec::new();
    let mut take = |id: &'static str, built: Built| match built {
        Built::Shown(view) => shown.push(Shown { id, view }),
        Built::LeftOut(why) => left_out.push(LeftOut { section: id, why }),
        Built::NotAsked => {}
    };
    for (section, built) in first.iter().zip(built) {
        take(section.id, built);
    }
    if let Built::Shown(view) = (last.build)(context, &left_out) {
        shown.push(Shown { id: last.id, view });
    }
    shown
}
