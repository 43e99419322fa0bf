//! The templates of one language: strict gaps, and every text made harmless as it is printed.

use std::error::Error as _;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Value};
use minijinja::{
    AutoEscape, Environment, Output, State, UndefinedBehavior, context, escape_formatter,
};

use crate::diag::nearest;
use crate::diagram::inert;

use super::context::Context;
use super::locale::Locale;
use super::options::{ReportError, ReportOptions};
use super::template::TEMPLATES;

/// Templates, with strict gaps and everything escaped that is not marked as safe.
pub(super) fn environment<'a>(
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
    environment.set_formatter(print);
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

/// A value on its way into the page. Text is stripped of what steers a screen, then escaped;
/// what we marked as safe went that way when it was made.
fn print(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    match value.as_str().filter(|_| !value.is_safe()).map(inert) {
        Some(std::borrow::Cow::Owned(text)) => {
            escape_formatter(out, state, &Value::from(text))
        }
        _ => escape_formatter(out, state, value),
    }
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

/// A style sheet or script, without the indents and comments that only its authors need.
pub(super) fn source(
    environment: &Environment<'_>,
    name: &str,
) -> Result<String, ReportError> {
    let template = environment.get_template(name).map_err(|it| failed(&it))?;
    let text = template.render(context! {}).map_err(|it| failed(&it))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    Ok(lines.fold(String::with_capacity(text.len()), |mut kept, line| {
        kept.push_str(line);
        kept.push('\n');
        kept
    }))
}

/// The innermost error: in the template that a page includes, not in the page.
pub(super) fn failed(error: &minijinja::Error) -> ReportError {
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
