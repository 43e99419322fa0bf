//! Where the words of a YAML text stand.

use std::ops::Range;

use serde_saphyr::granit_parser::{Event, ScalarStyle};

use crate::map::tree::events;

/// Words and collections in braces or brackets, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// Scalars and aliases.
    pub(super) words: Vec<Range<usize>>,
    /// The outermost collections in braces or brackets.
    pub(super) flows: Vec<Range<usize>>,
    /// Where texts behind `|` and `>` begin.
    pub(super) blocks: Vec<usize>,
}

impl Tokens {
    /// Of `text`; `None` when it is no YAML.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut tokens = Self::default();
        let mut open: Vec<(usize, bool)> = Vec::new();
        for event in events(text) {
            let (event, at) = event.ok()?;
            let range = at.byte_range().unwrap_or(0..0);
            if let Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..) =
                event
            {
                tokens.blocks.push(range.start);
            }
            match event {
                // A value that is left out stands nowhere.
                Event::Scalar(..) | Event::Alias(_) | Event::UnresolvedAlias(_)
                    if !range.is_empty() =>
                {
                    tokens.words.push(trimmed(text, range));
                }
                Event::SequenceStart(..) | Event::MappingStart(..) => {
                    let begins = text.get(range.start..).unwrap_or_default();
                    open.push((range.start, begins.starts_with(['{', '['])));
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    let (start, is_flow) = open.pop()?;
                    if is_flow && !open.iter().any(|(_, is_flow)| *is_flow) {
                        tokens.flows.push(start..range.end);
                    }
                }
                _ => {}
            }
        }
        tokens.words.sort_by_key(|it| it.start);
        tokens.blocks.sort_unstable();
        Some(tokens)
    }

    /// The words inside `range`.
    pub(super) fn words_in(&self, range: &Range<usize>) -> &[Range<usize>] {
        let from = self.words.partition_point(|it| it.start < range.start);
        let to = self.words.partition_point(|it| it.start < range.end);
        &self.words[from..to]
    }

    /// Words and outermost collections of more than one line, none inside another.
    pub(super) fn long(&self, text: &str) -> Vec<Range<usize>> {
        let is_long = |it: &&Range<usize>| text[it.start..it.end].contains('\n');
        let mut long: Vec<_> =
            self.words.iter().chain(&self.flows).filter(is_long).cloned().collect();
        long.sort_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
        let mut end = 0;
        long.retain(|it| {
            let is_outer = it.start >= end;
            end = end.max(it.end);
            is_outer
        });
        long
    }

    /// Whether a text behind `|` or `>` begins at byte `at`.
    pub(super) fn begins_block(&self, at: usize) -> bool {
        self.blocks.binary_search(&at).is_ok()
    }

    /// Every comment, from its `#` to the end of the line.
    pub(super) fn comments<'t>(&'t self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
        starts.filter_map(move |start| {
            let end = text[start..].find('\n').map_or(text.len(), |it| start + it);
            self.comment(text, start..end).map(|at| &text[at..end])
        })
    }

    /// Where the comment of a line begins: the first `#` that stands outside of words, and has
    /// nothing or a blank before it.
    pub(super) fn comment(&self, text: &str, line: Range<usize>) -> Option<usize> {
        let hashes = text[line.clone()].match_indices('#').map(|(at, _)| line.start + at);
        let mut free = hashes.filter(|at| {
            let before = self.words.partition_point(|it| it.start <= *at);
            before == 0 || self.words[before - 1].end <= *at
        });
        free.find(|at| *at == line.start || text[..*at].ends_with([' ', '\t', '\n']))
    }
}

/// A block of text ends where the next thing begins: the lines between are not it.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = text.get(range.clone()).unwrap_or_default().trim_end();
    range.start..range.start + inner.len()
}
