//! The style sheet of the page, and the policy that lets only it and our script act.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::Environment;
use sha2::{Digest, Sha256};

use crate::diagram::{Ground, SHAPE_RULES, declarations, inert, text_rules};

use super::context::Context;
use super::environment::source;
use super::options::{Paper, ReportError, ReportOptions, Theme};
use super::template::{BESIDE, SCORECARDS, SLIDES, TEMPLATES};
use super::wording::title;

/// Tokens, then what charts look like, then the style sheets in their order.
pub(super) fn style(
    environment: &Environment<'_>,
    contexts: &[&Context<'_>],
    options: &ReportOptions,
) -> Result<String, ReportError> {
    let (light, dark) = (declarations(Ground::Light), declarations(Ground::Dark));
    let mut style = format!(
        ":root{{color-scheme:light;{light}}}:root[data-theme=dark]{{color-scheme:dark;{dark}}}"
    );
    if options.theme == Theme::Auto {
        style.push_str("@media (prefers-color-scheme:dark){:root[data-theme=auto]{color-scheme:dark;");
        style.push_str(&dark);
        style.push_str("}}");
    }
    if let Some(first) = contexts.first() {
        sheets(&mut style, options.paper, first.locale.script().fonts());
    }
    style.push_str(SHAPE_RULES);
    style.push_str(&text_rules());
    for name in TEMPLATES.iter().map(|(name, _)| *name) {
        let other_paper = name == SLIDES && options.paper != Paper::Slides;
        let other_page = name == SCORECARDS
            || name == BESIDE && !contexts.iter().any(|it| it.has_beside());
        if name.starts_with("style/") && !other_paper && !other_page {
            style.push_str(&source(environment, name)?);
        }
    }
    // Print is light whatever the screen shows.
    style.push_str("@media print{:root,:root[data-theme]{color-scheme:light;");
    style.push_str(&light);
    style.push_str("}}");
    for (at, context) in contexts.iter().enumerate() {
        language(&mut style, at, context);
        if contexts.len() > 1 {
            let _ = write!(
                style,
                ":root:has(#lang-{at}:checked) .l:not(.l{at}){{display:none}}"
            );
        }
    }
    Ok(style)
}

/// The faces of what stands in no language; size and margins of the sheets, and the number
/// at the foot of each.
fn sheets(style: &mut String, paper: Paper, fonts: &str) {
    let _ = write!(
        style,
        "body{{font-family:{fonts}}}@page{{{};@bottom-right{{{FOOT}font-family:{fonts};content:counter(page) \" / \" counter(pages)}}}}",
        paper.page()
    );
}

/// What stands at the foot of a sheet.
const FOOT: &str = "vertical-align:top;padding-top:2mm;font-size:8pt;color:#5F6C77;";

/// The faces of the language at `at`, and what its sheets say at the foot.
fn language(style: &mut String, at: usize, context: &Context<'_>) {
    let fonts = context.locale.script().fonts();
    let _ = write!(
        style,
        ".l{at},.f{at}{{font-family:{fonts}}}.l{at}{{page:l{at}}}@page l{at}{{@bottom-left{{{FOOT}font-family:{fonts};content:{}}}}}",
        Quoted(&title::source(context))
    );
}

/// A text as a string of CSS: whatever is not a letter of some script is written as its
/// number, so that nothing ends the string, the rule or the element around it.
struct Quoted<'a>(&'a str);

impl std::fmt::Display for Quoted<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_char('"')?;
        for character in inert(self.0).chars() {
            if character.is_alphanumeric() || character == ' ' {
                formatter.write_char(character)?;
            } else {
                write!(formatter, "\\{:x} ", u32::from(character))?;
            }
        }
        formatter.write_char('"')
    }
}

/// Nothing may be loaded, and only our own style and script may act.
pub(super) fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_string() {
        let quoted = Quoted("a\"}</style>\n\\购房\u{202e}").to_string();
        assert_eq!(quoted, "\"a\\22 \\7d \\3c \\2f style\\3e  \\5c 购房\"");
    }
}
