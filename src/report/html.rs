//! The page: sections, styles and script in one file that asks for nothing else.

use std::error::Error as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::diag::nearest;
use crate::diagram::{Ground, SHAPE_RULES, declarations, definitions, text_rules};

use super::context::Context;
use super::locale::Locale;
use super::options::{ReportError, ReportOptions, Theme};
use super::section::{Built, LeftOut, SECTIONS};
use super::template::TEMPLATES;
use super::wording::{headline, title};

/// A section in the page.
#[derive(Serialize)]
struct Shown {
    id: &'static str,
    view: Value,
}

/// The whole document.
pub(super) fn page(
    context: &Context<'_>,
    options: &ReportOptions,
) -> Result<String, ReportError> {
    let environment = environment(context, options)?;
    let style = style(&environment, context, options.theme)?;
    let script = source(&environment, "script.js")?;
    let values = context! {
        language => context.locale.tag(),
        theme => options.theme.id(),
        title => context.text(&context.journey.name),
        wave => context.analysis.wave.as_str(),
        persona => context.journey.persona.as_ref().map(|it| context.text(&it.name)),
        headline => headline::headline(context),
        source => title::source(context),
        policy => policy(&style, &script),
        style => Value::from_safe_string(style),
        script => Value::from_safe_string(script),
        definitions => Value::from_safe_string(definitions()),
        sections => Value::from(Serde(sections(context))),
    };
    let page = environment.get_template("page.html").map_err(|it| failed(&it))?;
    page.render(values).map_err(|it| failed(&it))
}

/// What is left out is said in the last section.
fn sections(context: &Context<'_>) -> Vec<Shown> {
    let mut shown = Vec::new();
    let mut left_out: Vec<LeftOut> = Vec::new();
    for section in SECTIONS {
        match (section.build)(context, &left_out) {
            Built::Shown(view) => shown.push(Shown { id: section.id, view }),
            Built::LeftOut(why) => left_out.push(LeftOut { section: section.id, why }),
        }
    }
    shown
}

/// Templates, with strict gaps and everything escaped that is not marked as safe.
fn environment<'a>(
    context: &Context<'_>,
    options: &'a ReportOptions,
) -> Result<Environment<'a>, ReportError> {
    let mut environment = Environment::new();
    // The policy is fixed when a template is added, so it comes first.
    environment.set_auto_escape_callback(|name| match name.rsplit('.').next() {
        Some("css" | "js") => AutoEscape::None,
        _ => AutoEscape::Html,
    });
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let mut syntax = SyntaxConfig::builder();
    environment.set_syntax(
        syntax.trim_blocks(true).lstrip_blocks(true).build().map_err(|it| failed(&it))?,
    );
    let locale = Arc::new(context.locale.clone());
    let prefix = context.anchor("");
    environment
        .add_function("t", move |key: &str, gaps: Kwargs| say(&locale, key, &gaps));
    environment.add_function("anchor", move |name: &str| format!("{prefix}{name}"));
    for name in options.templates.keys() {
        if !TEMPLATES.iter().any(|(known, _)| known == name) {
            let known = TEMPLATES.iter().map(|(known, _)| *known);
            let nearest = nearest(name, known).map(str::to_owned);
            return Err(ReportError::UnknownTemplate { name: name.clone(), nearest });
        }
    }
    for (name, text) in TEMPLATES {
        let text = options.templates.get(*name).map_or(*text, String::as_str);
        environment.add_template(name, text).map_err(|it| failed(&it))?;
    }
    Ok(environment)
}

/// `t("key", name=value)`: a message; a key that does not exist stops the report.
fn say(locale: &Locale, key: &str, gaps: &Kwargs) -> Result<String, minijinja::Error> {
    if !locale.has(key) {
        return Err(minijinja::Error::new(
            minijinja::ErrorKind::InvalidOperation,
            format!("there is no message `{key}`"),
        ));
    }
    let names: Vec<&str> = gaps.args().collect();
    let values: Vec<String> = names
        .iter()
        .map(|name| gaps.get::<Value>(name).map(|value| value.to_string()))
        .collect::<Result<_, _>>()?;
    let gaps: Vec<(&str, &str)> =
        names.iter().copied().zip(values.iter().map(String::as_str)).collect();
    Ok(locale.say(key, &gaps))
}

/// Tokens, then what charts look like, then the style sheets in their order.
fn style(
    environment: &Environment<'_>,
    context: &Context<'_>,
    theme: Theme,
) -> Result<String, ReportError> {
    let (light, dark) = (declarations(Ground::Light), declarations(Ground::Dark));
    let mut style = format!(
        ":root{{color-scheme:light;{light}}}:root[data-theme=dark]{{color-scheme:dark;{dark}}}"
    );
    if theme == Theme::Auto {
        style.push_str("@media (prefers-color-scheme:dark){:root[data-theme=auto]{color-scheme:dark;");
        style.push_str(&dark);
        style.push_str("}}");
    }
    style.push_str("body{font-family:");
    style.push_str(context.locale.script().fonts());
    style.push('}');
    style.push_str(SHAPE_RULES);
    style.push_str(&text_rules());
    for name in TEMPLATES.iter().map(|(name, _)| *name) {
        if name.starts_with("style/") {
            style.push_str(&source(environment, name)?);
        }
    }
    // Print is light whatever the screen shows.
    style.push_str("@media print{:root,:root[data-theme]{color-scheme:light;");
    style.push_str(&light);
    style.push_str("}}");
    Ok(style)
}

fn source(environment: &Environment<'_>, name: &str) -> Result<String, ReportError> {
    let template = environment.get_template(name).map_err(|it| failed(&it))?;
    template.render(context! {}).map_err(|it| failed(&it))
}

/// Nothing may be loaded, and only our own style and script may act.
fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    )
}

/// The innermost error: in the template that a page includes, not in the page.
fn failed(error: &minijinja::Error) -> ReportError {
    let mut error = error;
    while let Some(inner) = error.source().and_then(|it| it.downcast_ref()) {
        error = inner;
    }
    let place = error.line().map_or_else(String::new, |line| format!(" (line {line})"));
    let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    ReportError::Template {
        name: error.name().unwrap_or("page.html").to_owned(),
        cause: format!("{detail}{place}"),
    }
}
