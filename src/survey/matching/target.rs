//! What can have a column, and how much speaks for each column to be it.

use std::collections::BTreeSet;

use crate::model::{Journey, Purpose, SegmentPlan};

use super::beside::Group;
use super::heading::{CodeForm, Heading};
use super::likeness::{Kind, Terms, likeness};
use super::sample::SampledColumn;
use super::vocabulary::{IMPORTANCE, OTHER_YEAR, RECORDED, words};

/// Below this nothing is worth saying.
pub(super) const LEAST: f64 = 0.25;
/// Likeness of a header to the name of a segment from which it may be that segment.
const LIKE_A_SEGMENT: f64 = 0.4;

/// Something that can have a column.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// What it is.
    pub(super) purpose: Purpose,
    /// Its touchpoint, if it is of one.
    pub(super) touchpoint: Option<usize>,
    /// The id of the touchpoint, or what it is called.
    pub(super) id: String,
    /// The code of the touchpoint.
    pub(super) code: Option<String>,
    /// Every name of the touchpoint: as written, and taken apart. The first is its id.
    names: Vec<(String, Heading)>,
}

/// What speaks for a column to be something.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Evidence {
    /// From 0 to 1.
    pub(super) confidence: f64,
    /// In words.
    pub(super) reasons: Vec<String>,
}

impl Target {
    /// The six that belong to no touchpoint, then a score for each touchpoint.
    pub(super) fn all(journey: &Journey) -> Vec<Self> {
        const SINGLE: [(Purpose, &str); 6] = [
            (Purpose::Wave, "wave"),
            (Purpose::Respondent, "respondent"),
            (Purpose::Date, "date"),
            (Purpose::Weight, "weight"),
            (Purpose::Overall, "overall"),
            (Purpose::Recommend, "recommend"),
        ];
        let single = |(purpose, id): (Purpose, &str)| Self {
            purpose,
            touchpoint: None,
            id: id.to_owned(),
            code: None,
            names: Vec::new(),
        };
        let singles = SINGLE.map(single).into_iter();
        singles.chain(Self::of_touchpoints(journey, Purpose::Touchpoint)).collect()
    }

    /// One for each touchpoint.
    pub(super) fn of_touchpoints(journey: &Journey, purpose: Purpose) -> Vec<Self> {
        let touchpoints = journey.touchpoints.iter().enumerate();
        let target = |(index, it): (usize, &crate::model::Touchpoint)| {
            let texts = std::iter::once(it.id.as_str()).chain(it.name.all());
            Self {
                purpose,
                touchpoint: Some(index),
                id: it.id.clone(),
                code: Some(it.code.clone()),
                names: texts.map(|it| (it.to_owned(), Heading::of(it))).collect(),
            }
        };
        touchpoints.map(target).collect()
    }

    /// A segment that the map names.
    pub(super) fn of_segment(segment: &SegmentPlan) -> Self {
        let texts = std::iter::once(&segment.id).chain(&segment.column.names);
        Self {
            purpose: Purpose::Segment,
            touchpoint: None,
            id: segment.id.clone(),
            code: None,
            names: texts.map(|it| (it.clone(), Heading::of(it))).collect(),
        }
    }

    /// The segment, where the header of a column says its name and few values recur in it.
    pub(super) fn group(&self, column: &SampledColumn, seen: &Seen) -> Option<Group> {
        let (likeness, reason) = self.named(column, seen)?;
        let few = column.profile.is_few() || column.profile.rows < 10;
        let reasons = vec![reason, column.profile.in_words()];
        let confidence = likeness.min(0.97);
        (few && likeness >= LIKE_A_SEGMENT).then(|| Group {
            id: self.id.clone(),
            confidence,
            reasons,
        })
    }

    /// What its names are about, language by language.
    pub(super) fn terms(&self) -> BTreeSet<String> {
        self.names.iter().flat_map(|(_, it)| it.terms.iter().cloned()).collect()
    }

    /// Whether its names are of the script of the header, so that they could be compared.
    pub(super) fn comparable(&self, header: &Heading) -> bool {
        let han = |it: &Heading| it.terms.iter().any(|it| !it.is_ascii());
        header.terms.is_empty()
            || self
                .names
                .iter()
                .any(|(_, it)| !it.terms.is_empty() && han(it) == han(header))
    }

    /// How like its names the header of a column is, from 0 to 1, and in what.
    pub(super) fn named(
        &self,
        column: &SampledColumn,
        seen: &Seen,
    ) -> Option<(f64, String)> {
        let mut best: Option<(f64, String)> = None;
        let mut offer = |value: f64, reason: String| {
            if best.as_ref().is_none_or(|(it, _)| value > *it) {
                best = Some((value, reason));
            }
        };
        for heading in column.headings() {
            for (position, (written, name)) in self.names.iter().enumerate() {
                let Some(it) = likeness(name, heading, &seen.terms) else { continue };
                let what = if position == 0 { "id" } else { "name" };
                offer(it.value, in_words(&it.kind, what, written));
            }
            if let (Some((code, form)), Some(own)) = (&heading.code, &self.code)
                && code == own
            {
                let value = match (form, seen.by_codes) {
                    (_, true) => 0.85,
                    (CodeForm::Plain, false) => 0.8,
                    (CodeForm::Question, false) => 0.5,
                };
                offer(value, format!("the header begins with the code `{code}`"));
            }
        }
        best
    }

    /// What speaks for a column to be it.
    pub(super) fn evidence(
        &self,
        column: &SampledColumn,
        seen: &Seen,
    ) -> Option<Evidence> {
        let (likeness, content, reason) = match self.purpose {
            Purpose::Touchpoint => {
                let (likeness, reason) = self.named(column, seen)?;
                let other =
                    column.says(IMPORTANCE) || column.says(words(Purpose::Expectation));
                let factor = if other { 0.3 } else { 1.0 };
                (likeness * factor, column.fit(), reason)
            }
            purpose => single(purpose, column)?,
        };
        let confidence = likeness * 0.6_f64.mul_add(content, 0.4);
        let reasons = vec![reason, column.looks_like()];
        let confidence = confidence.min(0.99);
        (confidence >= LEAST).then_some(Evidence { confidence, reasons })
    }
}

/// What all headers say together.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// How many headers, and names of touchpoints, have each term.
    pub(super) terms: Terms,
    /// Whether the headers number the questions as the map numbers its touchpoints.
    pub(super) by_codes: bool,
}

impl Seen {
    /// Of the columns of one file.
    pub(super) fn of<'a>(
        columns: impl Iterator<Item = &'a SampledColumn> + Clone,
        targets: &[Target],
    ) -> Self {
        let names: Vec<_> = targets.iter().map(Target::terms).collect();
        let headings = columns.clone().flat_map(SampledColumn::headings);
        let terms = Terms::of(&names, headings.map(|it| &it.terms));
        let codes: BTreeSet<&str> = columns
            .flat_map(SampledColumn::headings)
            .filter_map(|it| it.code.as_ref().map(|(code, _)| code.as_str()))
            .collect();
        let own: Vec<_> = targets.iter().filter_map(|it| it.code.as_deref()).collect();
        let met = own.iter().filter(|it| codes.contains(*it)).count();
        Self { terms, by_codes: own.len() >= 4 && met * 5 >= own.len() * 4 }
    }
}

fn in_words(kind: &Kind, what: &str, written: &str) -> String {
    match kind {
        Kind::Same => format!("named as the {what} `{written}`"),
        Kind::Holds => format!("the header holds the {what} `{written}`"),
        Kind::Part => format!("the header is part of the {what} `{written}`"),
        Kind::Shares(terms) => {
            let terms: Vec<_> =
                terms.iter().take(3).map(|it| format!("`{it}`")).collect();
            format!("the header shares {} with the {what} `{written}`", terms.join(", "))
        }
    }
}

/// Likeness, fitness of the content, and the reason, of what belongs to no touchpoint.
fn single(purpose: Purpose, column: &SampledColumn) -> Option<(f64, f64, String)> {
    let profile = &column.profile;
    if column.header.is(RECORDED) && purpose != Purpose::Date {
        return None;
    }
    let content = match purpose {
        Purpose::Wave if column.says(OTHER_YEAR) => return None,
        Purpose::Wave if profile.is_years() => 1.0,
        Purpose::Wave if profile.is_dates() || profile.is_texts() => 0.0,
        Purpose::Wave if profile.different() <= 30 => 0.8,
        Purpose::Date if profile.is_dates() => 1.0,
        Purpose::Weight => profile.as_weight(),
        Purpose::Respondent if profile.is_id() => 1.0,
        Purpose::Respondent if profile.different() as u64 * 2 > profile.filled() => 0.7,
        Purpose::Wave | Purpose::Date | Purpose::Respondent => 0.0,
        Purpose::Recommend => profile.rating_on((0.0, 10.0)).fit.max(0.8 * column.fit()),
        _ => column.fit(),
    };
    if content < 0.05 {
        return None;
    }
    let content = if profile.filled() == 0 { 0.5 } else { content };
    match named_as(purpose, column) {
        Some((likeness, reason)) => Some((likeness, content, reason)),
        None => by_content(purpose, column).map(|likeness| {
            (likeness, content, "only its values speak for it".to_owned())
        }),
    }
}

/// How sure the header is about a purpose.
fn named_as(purpose: Purpose, column: &SampledColumn) -> Option<(f64, String)> {
    let known = words(purpose);
    for heading in column.headings() {
        if let Some(rank) = known.iter().position(|it| heading.is(&[it])) {
            // Of two that are both called so, the word that comes first is the better one.
            let rank = f64::from(u8::try_from(rank).unwrap_or(u8::MAX));
            return Some((
                0.004_f64.mul_add(-rank, 1.0),
                "the header says so".to_owned(),
            ));
        }
    }
    let whole: Vec<&str> =
        known.iter().copied().filter(|it| it.chars().count() > 1).collect();
    for heading in column.headings() {
        if let Some(word) = whole.iter().find(|it| heading.says(&[it])) {
            let alone = heading.beside(&whole) == 0;
            let likeness = match purpose {
                Purpose::Recommend => 0.95,
                _ if alone => 0.95,
                Purpose::Overall => 0.65,
                Purpose::Respondent => 0.7,
                // Dates of other things are dates, too.
                Purpose::Date => 0.5,
                _ => 0.8,
            };
            return Some((likeness, format!("the header says `{word}`")));
        }
    }
    None
}

/// How sure the values alone are about a purpose.
fn by_content(purpose: Purpose, column: &SampledColumn) -> Option<f64> {
    let profile = &column.profile;
    let likeness = match purpose {
        Purpose::Wave => profile.is_years() && profile.different() <= 10,
        Purpose::Weight => profile.as_weight() > 0.99 && profile.different() > 4,
        Purpose::Respondent => {
            profile.is_id() && profile.rows >= 20 && !profile.is_texts()
        }
        _ => false,
    };
    likeness.then_some(0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::matching::profile::Profile;
    use crate::survey::number::DecimalMark;

    fn column(header: &str, values: &[&str]) -> SampledColumn {
        let mut profile = Profile::new(DecimalMark::Point);
        for value in values {
            profile.push(value);
        }
        SampledColumn::new(header.to_owned(), header, "", profile)
    }

    fn confidence(purpose: Purpose, header: &str, values: &[&str]) -> f64 {
        let target = Target {
            purpose,
            touchpoint: None,
            id: String::new(),
            code: None,
            names: Vec::new(),
        };
        let evidence = target.evidence(&column(header, values), &Seen::default());
        evidence.map_or(0.0, |it| it.confidence)
    }

    #[test]
    fn header_and_content_together_are_sure() {
        let years = ["2024", "2025", "2025"];
        assert!(confidence(Purpose::Wave, "年份", &years) > 0.9);
        assert!(confidence(Purpose::Wave, "Survey year", &years) > 0.9);
        assert!(confidence(Purpose::Wave, "出生年份", &years) < 0.01);
        assert!(confidence(Purpose::Weight, "wt", &["0.8", "1.1", "1.1"]) > 0.9);
        assert!(confidence(Purpose::Weight, "权重", &["a", "b"]) < 0.01);
        assert!(confidence(Purpose::Respondent, "Respondent ID", &["1", "2", "3"]) > 0.9);
        assert!(confidence(Purpose::Overall, "總體滿意度", &["4", "5", "2"]) > 0.9);
        assert!(
            confidence(Purpose::Recommend, "推荐意愿(0-10)", &["9", "0", "10"]) > 0.9
        );
        assert!(confidence(Purpose::Recommend, "NPS", &["9", "3", "10"]) > 0.9);
    }

    #[test]
    fn the_whole_of_something_else_is_not_the_whole() {
        let answers = ["4", "5", "2"];
        let part = confidence(Purpose::Overall, "销售服务总体满意度", &answers);
        assert!(part > 0.5 && part < 0.7, "{part}");
    }

    #[test]
    fn values_alone_are_not_enough_to_be_written() {
        let years = ["2024", "2025", "2025"];
        let alone = confidence(Purpose::Wave, "v1", &years);
        assert!((alone - 0.5).abs() < 1e-9, "{alone}");
        assert!(confidence(Purpose::Wave, "v1", &["1", "2", "3"]) < 0.01);
    }
}
