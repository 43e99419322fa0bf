//! Diagnostics as text for people.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity, Source, Sources, Span};

/// Whether the text carries terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// No escape codes.
    Plain,
    /// ANSI colours.
    Coloured,
}

/// Longest line shown whole; a longer one is replaced by the part around the caret.
const LONGEST_LINE: usize = 400;

/// One diagnostic as rustc would show it: code, message, place, snippet, caret, notes.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let level = match diagnostic.severity {
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let mut group = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.0)
        .elements(Vec::<Snippet<'_, annotate_snippets::Annotation<'_>>>::new());
    if let Some((span, source)) = located(diagnostic.span, sources) {
        group = with_snippets(group, diagnostic, span, source, sources);
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    renderer.render(&[group])
}

fn located(span: Option<Span>, sources: &Sources) -> Option<(Span, &Source)> {
    let span = span?;
    Some((span, sources.get(span.source)?))
}

fn with_snippets<'a>(
    group: Group<'a>,
    diagnostic: &'a Diagnostic,
    span: Span,
    source: &'a Source,
    sources: &'a Sources,
) -> Group<'a> {
    let related = diagnostic
        .related
        .as_ref()
        .and_then(|(at, label)| Some((*at, label.as_str(), sources.get(at.source)?)));
    let label = diagnostic.label.as_deref();
    match related {
        // Two places of one file share a snippet, so that their order is plain to see.
        Some((at, words, _)) if at.source == span.source && line_is_short(source, at) => {
            let snippet = Snippet::source(source.text.as_str())
                .path(source.path.as_str())
                .annotation(
                    AnnotationKind::Primary.span(range(span, source)).label(label),
                )
                .annotation(AnnotationKind::Context.span(range(at, source)).label(words));
            group.element(snippet)
        }
        Some((at, words, other)) => group
            .element(snippet(span, source, label, AnnotationKind::Primary))
            .element(snippet(at, other, Some(words), AnnotationKind::Context)),
        None => group.element(snippet(span, source, label, AnnotationKind::Primary)),
    }
}

fn snippet<'a>(
    span: Span,
    source: &'a Source,
    label: Option<&'a str>,
    kind: AnnotationKind,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let range = range(span, source);
    let (line, _) = source.line_column(range.start);
    let (from, to) = window(&source.text, &range);
    // Only the lines around the fault are handed over: the renderer's cost grows with them.
    Snippet::source(&source.text[from..to])
        .line_start(line)
        .path(source.path.as_str())
        .annotation(kind.span(range.start - from..range.end.min(to) - from).label(label))
}

fn line_is_short(source: &Source, at: Span) -> bool {
    let (from, to) = window(&source.text, &range(at, source));
    to - from < LONGEST_LINE && source.text.len() < 1 << 20
}

/// The bytes to show for `range`: its first line, or the part of a very long line around it.
fn window(text: &str, range: &std::ops::Range<usize>) -> (usize, usize) {
    let from = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let to =
        text[range.start..].find('\n').map_or(text.len(), |length| range.start + length);
    if to - from <= LONGEST_LINE {
        return (from, to);
    }
    // The renderer prints the column from the start of what it is given, so a cut at the
    // left would tell a wrong column: only the right end is cut while the fault is in reach.
    let end = boundary(text, (range.start + LONGEST_LINE / 2).min(to));
    (from, end)
}

/// `span` as a range that is inside the text and on character boundaries.
fn range(span: Span, source: &Source) -> std::ops::Range<usize> {
    let start = boundary(&source.text, span.start);
    start..boundary(&source.text, span.end.max(start))
}

fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn carets_stand_under_the_word_behind_chinese_text() {
        let mut sources = Sources::default();
        let text = "name: 售楼处接待\nto: {名: chekout}\n";
        let id = sources.add("购房.yaml", text);
        let start = text.find("chekout").unwrap();
        let span = Span { source: id, start, end: start + 7 };
        let diagnostic =
            Diagnostic::error(Code("TM108"), span, "no touchpoint is named `chekout`")
                .did_you_mean("chekout", ["checkout"]);
        let shown = render(&diagnostic, &sources, Style::Plain);
        let lines: Vec<&str> = shown.lines().collect();
        assert!(shown.contains("购房.yaml:2:9"), "{shown}");
        let line = lines.iter().find(|line| line.contains("chekout}")).unwrap();
        let carets = lines.iter().find(|line| line.contains("^^^^^^^")).unwrap();
        let width = |text: &str| unicode_width::UnicodeWidthStr::width(text);
        let word_at = width(&line[..line.find("chekout").unwrap()]);
        assert_eq!(word_at, width(&carets[..carets.find('^').unwrap()]), "{shown}");
        assert!(shown.contains("did you mean `checkout`?"), "{shown}");
    }
}
