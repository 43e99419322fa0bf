//! Diagnostics as text for people.

use std::ops::Range;

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Padding, Renderer, Snippet,
};

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

/// Most bytes between two places that are shown in one snippet.
const NEAR: usize = 4_000;

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
        Some((at, words, _))
            if at.source == span.source && are_near(source, span, at) =>
        {
            let (first, second) = (range(span, source), range(at, source));
            let from = line_around(&source.text, &first).start;
            let from = from.min(line_around(&source.text, &second).start);
            let to = line_around(&source.text, &first).end;
            let to = to.max(line_around(&source.text, &second).end);
            let within = |it: Range<usize>| it.start - from..it.end.min(to) - from;
            let snippet = Snippet::source(&source.text[from..to])
                .line_start(source.line_column(from).0)
                .path(source.path.as_str())
                .annotation(AnnotationKind::Primary.span(within(first)).label(label))
                .annotation(AnnotationKind::Context.span(within(second)).label(words));
            group.element(snippet)
        }
        Some((at, words, other)) => {
            let group = snippet(group, (span, source), label, AnnotationKind::Primary);
            snippet(group, (at, other), Some(words), AnnotationKind::Context)
        }
        None => snippet(group, (span, source), label, AnnotationKind::Primary),
    }
}

/// The line of the fault with its place; of a very long line, the part around the fault.
fn snippet<'a>(
    group: Group<'a>,
    (span, source): (Span, &'a Source),
    label: Option<&'a str>,
    kind: AnnotationKind,
) -> Group<'a> {
    let range = range(span, source);
    let (line, column) = source.line_column(range.start);
    let whole = line_around(&source.text, &range);
    let shown = window(&source.text, &whole, &range);
    // Only what is shown is handed over: the renderer's cost grows with it.
    let text = &source.text[shown.clone()];
    let annotated = range.start - shown.start..range.end.min(shown.end) - shown.start;
    let snippet = Snippet::source(text)
        .line_start(line)
        .annotation(kind.span(annotated).label(label));
    if shown.start == whole.start {
        return group.element(snippet.path(source.path.as_str()));
    }
    // The renderer counts columns from the start of what it is given, which here is a cut.
    let place = Origin::path(source.path.as_str()).line(line).char_column(column);
    group.element(place).element(Padding).element(snippet)
}

/// Whether the lines from one place to the other are few and short enough to show as one.
fn are_near(source: &Source, one: Span, other: Span) -> bool {
    let (one, other) = (range(one, source), range(other, source));
    let (from, to) = (one.start.min(other.start), one.end.max(other.end));
    to - from < NEAR
        && [one, other]
            .iter()
            .all(|it| line_around(&source.text, it).len() <= LONGEST_LINE)
}

/// The bytes of the first line of `range`.
fn line_around(text: &str, range: &Range<usize>) -> Range<usize> {
    let from = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let to =
        text[range.start..].find('\n').map_or(text.len(), |length| range.start + length);
    from..to
}

/// The bytes of `line` to show for `range`: all of them, unless they are very many.
fn window(text: &str, line: &Range<usize>, range: &Range<usize>) -> Range<usize> {
    if line.len() <= LONGEST_LINE {
        return line.clone();
    }
    let from =
        boundary(text, range.start.saturating_sub(LONGEST_LINE / 4).max(line.start));
    from..boundary(text, (range.start + LONGEST_LINE / 2).min(line.end)).max(range.start)
}

/// `span` as a range that is inside the text and on character boundaries.
fn range(span: Span, source: &Source) -> Range<usize> {
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
    #[test]
    fn a_fault_far_out_in_a_long_line_keeps_its_column() {
        let mut sources = Sources::default();
        let text = format!("name: {}chekout{}", "x".repeat(5_000), "y".repeat(5_000));
        let id = sources.add("long.yaml", text);
        let span = Span { source: id, start: 5_006, end: 5_013 };
        let diagnostic = Diagnostic::error(Code("TM108"), span, "wrong");
        let shown = render(&diagnostic, &sources, Style::Plain);
        assert!(shown.contains("long.yaml:1:5007"), "{shown}");
        assert!(shown.len() < 2_000, "{shown}");
        assert!(shown.contains("chekout"), "{shown}");
        assert!(shown.contains("^^^^^^^"), "{shown}");
    }
}
