//! Maps in the formats of others: export and import.
//!
//! Both ways go through an [`Outline`]: what those formats can hold of a journey. What a
//! format has no words for is written beside them as remarks that other programs pass over
//! (`%% touchmap …` in Mermaid, the attribute `touchmap` in DOT), and read back where what is
//! visible still says the same; whoever edits the visible text is believed.

mod csv_columns;
mod csv_read;
mod csv_rows;
mod csv_scores;
mod csv_write;
mod document;
mod dot_attributes;
mod dot_edges;
mod dot_lexer;
mod dot_read;
mod dot_write;
mod draft;
mod finish;
mod flowchart_lexer;
mod flowchart_read;
mod flowchart_told;
mod flowchart_write;
mod graphml;
mod inert;
mod journey_read;
mod journey_write;
mod label;
mod make_id;
mod mermaid;
mod outline;
mod outline_of;
mod remark;
mod yaml;

use crate::{
    diag::{Code, Diagnostic, Diagnostics, Sources},
    model::Language,
};

pub(crate) use graphml::escaped;
pub use outline::{Outline, OutlineStage, OutlineTouchpoint, OutlineTransition};

pub(crate) use csv_write::cell;
pub(crate) use inert::inert;

use draft::Draft;

/// A format that a map can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// Mermaid's `journey`.
    MermaidJourney,
    /// Mermaid's `flowchart`.
    MermaidFlowchart,
    /// The DOT language of Graphviz.
    Dot,
    /// The XML of graph tools (graphml.graphdrawing.org).
    GraphMl,
    /// A map in JSON, which touchmap reads as it is.
    Json,
    /// A table.
    Csv,
}

/// A format that a map can be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportFormat {
    /// Mermaid's `journey`.
    MermaidJourney,
    /// Mermaid's `flowchart` or `graph`.
    MermaidFlowchart,
    /// The DOT language of Graphviz.
    Dot,
    /// A table.
    Csv,
}

/// `outline` as text; names in `language`, where the format holds only one.
#[must_use]
pub fn export(outline: &Outline, format: ExportFormat, language: &Language) -> String {
    match format {
        ExportFormat::MermaidJourney => journey_write::write(outline, language),
        ExportFormat::MermaidFlowchart => flowchart_write::write(outline, language),
        ExportFormat::Dot => dot_write::write(outline, language),
        ExportFormat::GraphMl => graphml::write(outline, language),
        ExportFormat::Json => document::json(outline),
        ExportFormat::Csv => csv_write::write(outline, language),
    }
}

/// The format of a text by what it begins with; `None` when that is none we know.
#[must_use]
pub fn recognise(text: &str) -> Option<ImportFormat> {
    let body = mermaid::prelude(text).0;
    let rest = text.get(body..).unwrap_or_default();
    let word: String =
        rest.chars().take_while(|it| it.is_alphanumeric() || *it == '-').collect();
    match word.to_ascii_lowercase().as_str() {
        "journey" => Some(ImportFormat::MermaidJourney),
        "flowchart" | "flowchart-elk" => Some(ImportFormat::MermaidFlowchart),
        "digraph" | "strict" => Some(ImportFormat::Dot),
        // Both Mermaid and DOT have it: only DOT goes on with a brace.
        "graph" => {
            let brace = rest.lines().next().is_some_and(|line| line.contains('{'));
            Some(if brace { ImportFormat::Dot } else { ImportFormat::MermaidFlowchart })
        }
        _ if rest.trim_start().starts_with("/*")
            || rest.trim_start().starts_with("//") =>
        {
            Some(ImportFormat::Dot)
        }
        _ if text
            .lines()
            .next()
            .is_some_and(|line| line.contains([',', ';', '\t', '|'])) =>
        {
            Some(ImportFormat::Csv)
        }
        _ => None,
    }
}

/// Largest text to import, in bytes: as large as a map may be.
pub const LARGEST: usize = 8 << 20;

/// The problem with a text of more than [`LARGEST`] bytes; `path` is its name.
#[must_use]
pub fn too_large(path: &str) -> Diagnostic {
    let message = format!("`{path}` is larger than any map needs to be");
    Diagnostic::error(Code::TOO_LARGE, None, message).note("expected at most 8 MiB")
}

/// What is known of a text to import.
#[derive(Clone, Debug)]
pub struct Imported<'a> {
    /// Its name, for messages.
    pub path: &'a str,
    /// The text itself.
    pub text: &'a str,
    /// What it is written in.
    pub format: ImportFormat,
    /// The wave of scores that say none.
    pub wave: &'a str,
}

/// The outline that a text describes; `None` when it cannot be had. What was wrong, left out
/// or read as one of several things is in `problems`, with its place in `sources`.
pub fn import(
    imported: &Imported<'_>,
    sources: &mut Sources,
    problems: &mut Diagnostics,
) -> Option<Outline> {
    if imported.text.len() > LARGEST {
        problems.push(too_large(imported.path));
        return None;
    }
    let text = imported.text.strip_prefix('\u{feff}').unwrap_or(imported.text);
    let source = sources.add(imported.path, text);
    let mut found = Diagnostics::default();
    let mut draft = Draft::new(source, imported.wave, &mut found);
    match imported.format {
        ImportFormat::MermaidJourney => journey_read::read(text, &mut draft),
        ImportFormat::MermaidFlowchart => flowchart_read::read(text, &mut draft),
        ImportFormat::Dot => dot_read::read(text, &mut draft),
        ImportFormat::Csv => csv_read::read(text, &mut draft),
    }
    let outline = finish::finish(draft);
    let usable = !found.has_errors();
    problems.extend(found.into_sorted());
    outline.filter(|_| usable)
}

/// `outline` as a map in YAML.
#[must_use]
pub fn map_text(outline: &Outline) -> String {
    yaml::write(&document::map(outline))
}
