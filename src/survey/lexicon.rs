//! What the cells of one column mean.
//!
//! The same few texts come again and again, so each is worked out once and looked up after
//! that. Texts that mean the same share a code, a small number that stands for the meaning
//! wherever rows are counted.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic};
use crate::model::{MissingClass, Question, Rescale, Scale};
use crate::stats::Level as JointLevel;

use super::answer::{Spelling, answer};
use super::batch::Batch;
use super::bind::BoundQuestion;
use super::dictionary::{Dictionary, EVERY_ROW, Level, Outcome};
use super::labelled::Labelled;
use super::ladder::{Ladder, Steps};
use super::memo::{Brief, Key, Memo, key_in};
use super::number::{DecimalMark, number};
use super::sighting::{Place, Site, Values, cells, said, shown};
use super::tally::Variable;

/// The number of a meaning among those of a column, as they were first met.
pub(super) type AnswerCode = u16;

/// The code of no meaning: that of questions that were not asked.
pub(super) const NO_CODE: AnswerCode = 255;

/// What a cell means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Meaning {
    /// Where rows with such a cell are counted.
    pub(super) slot: usize,
    /// The answer, if it is one.
    pub(super) answer: Option<Answer>,
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Answer {
    /// On the native scale.
    pub(super) native: f64,
    /// From 0 to 100, as the rules of the map rescale.
    pub(super) points: f64,
    /// In the steps of the question.
    pub(super) steps: Steps,
    /// As a penalty–reward analysis sees it.
    pub(super) level: JointLevel,
}

/// What to make of a value that is neither an answer nor a declared missing code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Undeclared {
    /// There is no result.
    #[default]
    Refuse,
    /// The cell counts as blank, with a warning.
    ReadAsBlank,
}

/// How the cells of a column are read.
pub(super) struct Lexicon<'a> {
    variable: Variable,
    question: &'a Question,
    rescale: Rescale,
    ladder: Ladder,
    mark: DecimalMark,
    memo: Memo<AnswerCode>,
    brief: Brief,
    meanings: Vec<Meaning>,
    /// Codes by slot.
    codes: BTreeMap<usize, AnswerCode>,
    undeclared: Values,
    labelled: Labelled,
}

impl<'a> Lexicon<'a> {
    /// For the answers to `question`.
    pub(super) fn new(
        variable: Variable,
        question: &'a Question,
        rescale: Rescale,
        mark: DecimalMark,
    ) -> Self {
        Self {
            variable,
            question,
            rescale,
            ladder: Ladder::of(&question.scale),
            mark,
            memo: Memo::default(),
            brief: Brief::default(),
            meanings: Vec::new(),
            codes: BTreeMap::new(),
            undeclared: Values::default(),
            labelled: Labelled::default(),
        }
    }

    /// Of each question, with the position of its column.
    pub(super) fn all(
        questions: &'a [BoundQuestion<'a>],
        rescale: Rescale,
        mark: DecimalMark,
    ) -> Vec<(usize, Self)> {
        let lexicon = |it: &'a BoundQuestion<'a>| {
            (it.column, Self::new(it.variable, &it.question, rescale, mark))
        };
        questions.iter().map(lexicon).collect()
    }

    /// The variable that is read.
    pub(super) fn variable(&self) -> Variable {
        self.variable
    }

    /// The code of a cell, whose key is `key` if it is short. A value that is not declared
    /// counts as blank, and is recorded.
    pub(super) fn code(
        &mut self,
        (cell, key): (&[u8], Option<Key>),
        place: Place,
        dictionary: &mut Dictionary,
    ) -> AnswerCode {
        match self.memo.get(key, cell) {
            Some(code) => code,
            None => self.work_out((cell, key), place, dictionary),
        }
    }

    /// The codes of the cells of a column, one for each row of `batch` from this one.
    pub(super) fn codes(
        &mut self,
        (batch, column, from): (&Batch, usize, usize),
        codes: &mut [AnswerCode],
        dictionary: &mut Dictionary,
    ) {
        let (text, bounds, width) = batch.parts();
        let bounds = bounds.get(from * (width + 1)..).unwrap_or_default();
        let places = batch.places().get(from..).unwrap_or_default();
        let rows = bounds.chunks_exact(width + 1).zip(places);
        for (code, (bounds, place)) in codes.iter_mut().zip(rows) {
            let bounds = bounds.get(column..).and_then(<[u32]>::first_chunk::<2>);
            let Some(&[before, end]) = bounds else {
                *code = NO_CODE;
                continue;
            };
            let (start, end) = (before as usize + 1, end as usize);
            if let Some(known) = self.brief.code(text, start, end - start) {
                *code = AnswerCode::from(known);
                continue;
            }
            let key = key_in(text, start, end - start);
            *code = match key.and_then(|key| self.memo.at_once(key)) {
                Some(known) => known,
                None => {
                    let cell = text.get(start..end).unwrap_or_default();
                    self.code((cell, key), *place, dictionary)
                }
            };
        }
    }

    /// The meanings met so far, by code.
    pub(super) fn meanings(&self) -> &[Meaning] {
        &self.meanings
    }

    #[cold]
    fn work_out(
        &mut self,
        (cell, key): (&[u8], Option<Key>),
        place: Place,
        dictionary: &mut Dictionary,
    ) -> AnswerCode {
        let text = String::from_utf8_lossy(cell);
        let text = text.trim();
        if self.undeclared.again(text, place) {
            return self.code_of(Outcome::Blank, dictionary);
        }
        let Some((outcome, spelling)) = outcome(text, self.question, self.mark) else {
            self.undeclared.push(text, place);
            return self.code_of(Outcome::Blank, dictionary);
        };
        if let Outcome::Answer(level) = outcome {
            self.labelled.push(text, level.value(), spelling);
        }
        let code = self.code_of(outcome, dictionary);
        self.memo.keep(key, cell, code);
        if let Ok(small) = u8::try_from(code) {
            self.brief.keep(cell, small);
        }
        code
    }

    /// The code of a meaning: answers beyond the most levels count as blank.
    fn code_of(&mut self, outcome: Outcome, dictionary: &mut Dictionary) -> AnswerCode {
        let slot = dictionary.slot(self.variable, outcome);
        if let Some(code) = self.codes.get(&slot) {
            return *code;
        }
        let answer = match outcome {
            Outcome::Answer(_) if dictionary.is_blank(self.variable, slot) => None,
            Outcome::Answer(level) => Some(self.answer(level)),
            _ => None,
        };
        if self.meanings.len() == usize::from(NO_CODE) {
            self.meanings.push(Meaning { slot: EVERY_ROW, answer: None });
        }
        // A dictionary has far fewer slots for a variable than there are codes.
        let code = AnswerCode::try_from(self.meanings.len()).unwrap_or(AnswerCode::MAX);
        self.codes.insert(slot, code);
        self.meanings.push(Meaning { slot, answer });
        code
    }

    /// Takes in what was told of other rows of the same column.
    pub(super) fn merge(&mut self, other: &Self) {
        self.undeclared.merge(&other.undeclared);
        self.labelled.merge(&other.labelled);
    }

    fn answer(&self, level: Level) -> Answer {
        let (native, scale) = (level.value(), &self.question.scale);
        // Levels are told apart on the points of METHOD §1.7; a limit such as 40 is met up
        // to rounding.
        let minmax = (scale.minmax_points(native) * 1e9).round() / 1e9;
        Answer {
            native,
            points: points(scale, self.rescale, native),
            steps: self.ladder.steps(native),
            level: JointLevel::of(Some(minmax)),
        }
    }

    /// The steps that answers are counted in.
    pub(super) fn ladder(&self) -> &Ladder {
        &self.ladder
    }

    /// The answers that are words, and the question that they answer.
    pub(super) fn labelled(&self) -> (&Labelled, &Question) {
        (&self.labelled, self.question)
    }

    /// The values that are not declared.
    pub(super) fn undeclared(&self) -> &Values {
        &self.undeclared
    }

    /// The problem of the values that are not declared, if there are any, in a file of
    /// `rows` rows where the column is headed `header`.
    pub(super) fn report(
        &self,
        site: Site<'_>,
        header: &str,
        rows: u64,
        policy: Undeclared,
    ) -> Option<Diagnostic> {
        if self.undeclared.is_empty() {
            return None;
        }
        let scale = in_words(&self.question.scale);
        let count = cells(self.undeclared.count());
        let (are, were) = match self.undeclared.count() {
            1 => ("is", "was"),
            _ => ("are", "were"),
        };
        let column = format!("column `{}` of `{}`", shown(header), site.name);
        let span = self.question.column.span.or(site.span);
        let problem = match policy {
            Undeclared::Refuse => Diagnostic::error(
                Code::UNDECLARED_VALUE,
                span,
                format!(
                    "{count} of {column} {are} neither on the scale nor declared missing"
                ),
            ),
            Undeclared::ReadAsBlank => Diagnostic::warning(
                Code::LENIENT,
                span,
                format!(
                    "{count} of {column} with undeclared values {were} read as blank"
                ),
            ),
        };
        let problem = self.undeclared.lines().into_iter().fold(problem, Diagnostic::note);
        let problem =
            problem.note(format!("expected {scale}, or a declared missing code"));
        let suspects = self.suspects(rows);
        Some(suspects.into_iter().fold(problem, |it, value| it.hint(self.hint(value))))
    }

    /// What to do about a value off the ends of the scale. A code is chosen far from them;
    /// what is right beside one may as well be an answer on another scale.
    fn hint(&self, value: &str) -> String {
        let scale = &self.question.scale;
        let (min, max) = (scale.min(), scale.max());
        let beside = number(value, self.mark)
            .filter(|it| *it >= 0.0 && (min - 1.0..=max + 1.0).contains(it));
        let shown = said(value);
        match beside {
            Some(it) => {
                let [low, high] = [min.min(it), max.max(it)];
                format!(
                    "`{shown}` is off the scale {min}–{max}: mend it, correct the scale \
                     (`scale: [{low}, {high}]`), or declare it if it means no answer \
                     (`missing: {{\"{shown}\": not_applicable}}`)"
                )
            }
            None => format!(
                "`{shown}` looks like a missing code: declare it, e.g. \
                 `missing: {{\"{shown}\": not_applicable}}`"
            ),
        }
    }

    /// Values off the ends of the scale that more than 0.5 % of the cells hold.
    fn suspects(&self, rows: u64) -> Vec<&str> {
        let scale = &self.question.scale;
        let off = |value: &str| {
            number(value, self.mark)
                .is_none_or(|number| !(scale.min()..=scale.max()).contains(&number))
        };
        self.undeclared
            .by_count()
            .into_iter()
            .filter(|(value, seen)| seen.count() * 200 > rows && off(value))
            .map(|(value, _)| value)
            .take(3)
            .collect()
    }
}

/// What `text` says in answer to `question`, and how an answer is written; `None` when it is
/// neither an answer nor a declared missing code.
pub(super) fn outcome(
    text: &str,
    question: &Question,
    mark: DecimalMark,
) -> Option<(Outcome, Spelling)> {
    let missing = &question.missing;
    if let Some(class) = missing.class(text) {
        return Some((absent(class), Spelling::Plain));
    }
    let (number, spelling) = answer(text, question, mark)?;
    // Codes compare as numbers too, so that `６` and `6,0` are the code `6`.
    if spelling == Spelling::Plain
        && let Some(class) = missing.class(&number.to_string())
    {
        return Some((absent(class), spelling));
    }
    let level = question.scale.accepts(number).then(|| Level::new(number))?;
    Some((Outcome::Answer(level), spelling))
}

fn absent(class: MissingClass) -> Outcome {
    match class {
        MissingClass::NotApplicable => Outcome::NotApplicable,
        MissingClass::Blank => Outcome::Blank,
        MissingClass::NotAsked => Outcome::NotAsked,
    }
}

/// `native` from 0 to 100 (METHOD §1.6).
fn points(scale: &Scale, rescale: Rescale, native: f64) -> f64 {
    match rescale {
        Rescale::MinMax => scale.minmax_points(native),
        Rescale::Proportional => 100.0 * native / scale.max(),
    }
}

/// A scale as messages name it.
pub(super) fn in_words(scale: &Scale) -> String {
    format!("a number from {} to {}", scale.min(), scale.max())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Column, MissingCodes, Valid};
    use crate::survey::memo::key_of;

    const Q: Variable = Variable::Touchpoint(0);
    const PLACE: Place = Place { row: 1, line: 2 };

    fn question(min: f64, max: f64, missing: &[(&str, MissingClass)]) -> Question {
        let mut codes = MissingCodes::default();
        for (code, class) in missing {
            codes.declare(code, *class);
        }
        Question {
            labels: crate::model::Labels::default(),
            own_missing: true,
            column: Column { names: vec!["q".to_owned()], span: None },
            scale: Scale::new(min, max, Valid::All).unwrap(),
            missing: codes,
            version: 1,
            top: None,
            bottom: None,
            measure: None,
        }
    }

    fn sfo() -> Question {
        use MissingClass::{Blank, NotApplicable, NotAsked};
        let codes =
            [("0", Blank), ("6", NotApplicable), ("blank", Blank), ("", NotAsked)];
        question(1.0, 5.0, &codes)
    }

    fn meaning(
        lexicon: &mut Lexicon<'_>,
        cell: &[u8],
        place: Place,
        dictionary: &mut Dictionary,
    ) -> Meaning {
        let code = lexicon.code((cell, key_of(cell)), place, dictionary);
        lexicon.meanings()[usize::from(code)]
    }

    #[test]
    fn a_cell_is_an_answer_a_missing_code_or_neither() {
        let (question, mark) = (sfo(), DecimalMark::PointOrComma);
        let read = |text| outcome(text, &question, mark).map(|(outcome, _)| outcome);
        for five in ["5", " 5.0 ", "５", "5,0"] {
            assert_eq!(read(five), Some(Outcome::Answer(Level::new(5.0))), "{five}");
        }
        for six in ["6", "6.0", "６", "6,0"] {
            assert_eq!(read(six), Some(Outcome::NotApplicable), "{six}");
        }
        for blank in ["0", "Blank", "BLANK", " blank "] {
            assert_eq!(read(blank), Some(Outcome::Blank), "{blank}");
        }
        assert_eq!(read("  "), Some(Outcome::NotAsked));
        for neither in ["7", "-1", "five", "5.0.0"] {
            assert_eq!(read(neither), None, "{neither}");
        }
    }

    #[test]
    fn nought_is_an_answer_where_the_scale_says_so() {
        let nps = question(0.0, 10.0, &[("11", MissingClass::Blank)]);
        let mark = DecimalMark::Point;
        let read = |text| outcome(text, &nps, mark).map(|(outcome, _)| outcome);
        assert_eq!(read("0"), Some(Outcome::Answer(Level::new(0.0))));
        assert_eq!(read("11"), Some(Outcome::Blank));
    }

    #[test]
    fn a_cell_means_the_same_the_second_time() {
        let question = sfo();
        let mut dictionary = Dictionary::default();
        let mark = DecimalMark::Point;
        let mut it = Lexicon::new(Q, &question, Rescale::MinMax, mark);
        let texts = ["4", "", "04", "4.0", "4.00000000", "Blank", "\u{ff14}", " 4"];
        let mut read =
            |text: &str| meaning(&mut it, text.as_bytes(), PLACE, &mut dictionary);
        let first: Vec<_> = texts.iter().map(|text| read(text)).collect();
        let second: Vec<_> = texts.iter().map(|text| read(text)).collect();
        assert_eq!(first, second);
        let answer = first[0].answer.map(|it| (it.native, it.points));
        assert_eq!(answer, Some((4.0, 75.0)));
        for four in [2, 3, 4, 6, 7] {
            assert_eq!(first[four], first[0], "{}", texts[four]);
        }
    }

    #[test]
    fn texts_that_share_a_place_are_told_apart() {
        let question = question(0.0, 1000.0, &[]);
        let mut dictionary = Dictionary::default();
        let mark = DecimalMark::Point;
        let mut it = Lexicon::new(Q, &question, Rescale::MinMax, mark);
        for _ in 0..2 {
            for level in 0..=1000_u32 {
                let text = format!("{level}");
                let meaning = meaning(&mut it, text.as_bytes(), PLACE, &mut dictionary);
                let native = meaning.answer.unwrap().native;
                assert!((native - f64::from(level)).abs() < 1e-9, "{level}");
            }
        }
    }

    #[test]
    fn a_frequent_value_off_the_scale_looks_like_a_missing_code() {
        let mut question = question(1.0, 5.0, &[]);
        question.scale = Scale::new(1.0, 5.0, Valid::Step(1.0)).unwrap();
        let mut dictionary = Dictionary::default();
        let mut it = Lexicon::new(Q, &question, Rescale::MinMax, DecimalMark::Point);
        for row in 1..=1000 {
            // 0.6 % sixes, 0.5 % eights: only the sixes are over 0.5 %.
            let cell: &[u8] = match row {
                1..=6 => b"6",
                7..=11 => b"8",
                12..=17 => b"n/a",
                // Between the ends of the scale, but not among its answers.
                18..=24 => b"2.5",
                _ => b"3",
            };
            meaning(&mut it, cell, Place { row, line: row + 1 }, &mut dictionary);
        }
        let site = Site { name: "a.csv", span: None };
        let problem = it.report(site, "q", 1000, Undeclared::Refuse).unwrap();
        assert_eq!(problem.code, Code::UNDECLARED_VALUE);
        assert!(problem.message.starts_with("24 cells of column `q` of `a.csv`"));
        assert!(problem.notes[0].starts_with("`2.5` in 7 cells"));
        assert!(problem.notes[1].starts_with("`6` in 6 cells: rows 1, 2, 3, 4, 5 and 1"));
        assert!(problem.notes[3].starts_with("`8` in 5 cells"));
        let hints: Vec<_> = problem.hints.iter().map(|it| &it[..12]).collect();
        assert_eq!(hints, ["`6` is off t", "`n/a` looks "]);
        let lenient = it.report(site, "q", 1000, Undeclared::ReadAsBlank).unwrap();
        assert_eq!(lenient.code, Code::LENIENT);
    }
}
