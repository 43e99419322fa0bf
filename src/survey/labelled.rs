//! Answers that are words: which were read as which level, so that it can be told.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic};
use crate::model::{Question, Scale};

use super::answer::Spelling;
use super::label_sets::{SetsOf, all_give};
use super::sighting::{Site, shown};

/// The words of one column that were read as answers.
#[derive(Clone, Debug)]
pub(super) struct Labelled {
    words: BTreeMap<String, f64>,
    /// Those of them that are labels of known sets.
    labels: BTreeMap<String, f64>,
    sets: SetsOf,
}

impl Default for Labelled {
    fn default() -> Self {
        Self { words: BTreeMap::new(), labels: BTreeMap::new(), sets: SetsOf::ALL }
    }
}

impl Labelled {
    /// Records that `text` was read as `level`.
    pub(super) fn push(&mut self, text: &str, level: f64, spelling: Spelling) {
        match spelling {
            Spelling::Plain => return,
            Spelling::Stars => {}
            Spelling::Label(sets) => {
                self.sets = self.sets.both(sets);
                self.labels.insert(text.to_owned(), level);
            }
        }
        self.words.insert(text.to_owned(), level);
    }

    /// Takes in the words of other rows of the same column.
    pub(super) fn merge(&mut self, other: &Self) {
        self.sets = self.sets.both(other.sets);
        self.labels.extend(other.labels.clone());
        self.words.extend(other.words.clone());
    }

    /// Whether the sets that have all the labels give one of them another level: then it is
    /// not known which was meant.
    fn is_unclear(&self, scale: &Scale) -> bool {
        let clear =
            |(text, level): (&String, &f64)| all_give(self.sets, text, scale, *level);
        !self.labels.iter().all(clear)
    }
}

/// The words of the columns of one file.
pub(super) struct LabelsOfFile<'a> {
    site: Site<'a>,
    /// By the ends of the scale: the columns, and their words with their levels.
    read: Vec<(Scale, Vec<String>, BTreeMap<String, f64>)>,
    unclear: Vec<Diagnostic>,
}

impl<'a> LabelsOfFile<'a> {
    /// None yet.
    pub(super) fn new(site: Site<'a>) -> Self {
        Self { site, read: Vec::new(), unclear: Vec::new() }
    }

    /// Adds the words of the column headed `header`.
    pub(super) fn add(&mut self, words: &Labelled, question: &Question, header: String) {
        let scale = &question.scale;
        if words.words.is_empty() {
            return;
        }
        if words.is_unclear(scale) {
            self.unclear.push(self.unclear(words, question, &header));
            return;
        }
        let same = self.read.iter_mut().find(|(it, ..)| it == scale);
        if let Some((_, columns, all)) = same {
            columns.push(header);
            all.extend(words.words.clone());
        } else {
            self.read.push((scale.clone(), vec![header], words.words.clone()));
        }
    }

    fn unclear(&self, words: &Labelled, question: &Question, header: &str) -> Diagnostic {
        let message = format!(
            "the labels in column `{}` of `{}` could mean several things",
            shown(header),
            self.site.name
        );
        let found: Vec<_> =
            words.labels.keys().map(|it| format!("`{}`", shown(it))).collect();
        let example = words.labels.iter().next().map(|(text, level)| {
            format!("declare them at the question: `labels: {{\"{text}\": {level}, …}}`")
        });
        let span = question.column.span.or(self.site.span);
        let problem = Diagnostic::error(Code::UNCLEAR_LABELS, span, message)
            .note(format!("found {}", found.join(", ")))
            .note("no usual set of labels has all of them, or several have, at other levels");
        example.into_iter().fold(problem, Diagnostic::hint)
    }

    /// What there is to be said.
    pub(super) fn report(self) -> Vec<Diagnostic> {
        let site = self.site;
        let told =
            self.read.into_iter().map(|(_, columns, words)| told(site, &columns, &words));
        self.unclear.into_iter().chain(told).collect()
    }
}

fn told(site: Site<'_>, columns: &[String], words: &BTreeMap<String, f64>) -> Diagnostic {
    const LISTED: usize = 12;
    let names: Vec<_> =
        columns.iter().take(LISTED).map(|it| format!("`{}`", shown(it))).collect();
    let more = match columns.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let noun = if columns.len() == 1 { "column" } else { "columns" };
    let message = format!("labels in `{}` were read as numbers", site.name);
    let mut by_level: Vec<_> = words.iter().collect();
    by_level.sort_by(|one, other| one.1.total_cmp(other.1));
    let levels: Vec<_> = by_level
        .into_iter()
        .map(|(text, level)| format!("`{}` = {level}", shown(text)))
        .collect();
    Diagnostic::warning(Code::LABELS_READ, site.span, message)
        .note(levels.join(", "))
        .note(format!("in {noun} {}{more}", names.join(", ")))
}
