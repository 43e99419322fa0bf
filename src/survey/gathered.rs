//! Long rows, gathered by respondent and wave.

use std::collections::BTreeMap;
use std::io;

use super::long::LongColumns;
use super::sighting::{Place, Sightings, Values};
use super::unread::Fault;

/// Cells that are gathered at most: half a gigabyte.
const CELLS: usize = 1 << 27;

/// The number of a text among all that were seen; 0 is the empty one.
#[derive(Debug, Default)]
pub(super) struct Texts {
    numbers: BTreeMap<Box<[u8]>, u32>,
    texts: Vec<Box<[u8]>>,
}

impl Texts {
    fn number(&mut self, text: &[u8]) -> u32 {
        let text = text.trim_ascii();
        if text.is_empty() {
            return 0;
        }
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        self.texts.push(text.into());
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.into(), number);
        number
    }

    /// The text of a number.
    pub(super) fn text(&self, number: u32) -> &[u8] {
        let at = (number as usize).checked_sub(1);
        at.and_then(|at| self.texts.get(at)).map_or(b"", |text| text)
    }
}

/// What is known of each respondent so far.
pub(super) struct Gathered {
    touchpoint: usize,
    score: usize,
    respondent: usize,
    wave: Option<usize>,
    /// Columns that are the same in all rows of a respondent.
    pub(super) carried: Vec<usize>,
    questions: usize,
    /// Every text that was seen.
    pub(super) texts: Texts,
    /// The position of each respondent in each wave.
    known: BTreeMap<(u32, u32), usize>,
    /// What is carried, then the scores, of one respondent after the other; a score is one
    /// more than the number of its text, 0 where there is none.
    pub(super) cells: Vec<u32>,
    /// The line of the first row of each respondent.
    pub(super) lines: Vec<u64>,
    asked: Vec<bool>,
    /// Texts that name no question.
    pub(super) unknown: Values,
    /// Rows without a respondent.
    pub(super) nobody: Sightings,
    /// Rows that repeat another.
    pub(super) twice: Sightings,
    /// By column, rows that contradict the first of their respondent.
    pub(super) differs: Vec<(usize, Sightings)>,
}

impl Gathered {
    /// Nobody yet, of so many questions.
    pub(super) fn new(columns: &LongColumns, questions: usize) -> Self {
        Self {
            touchpoint: columns.touchpoint,
            score: columns.score,
            respondent: columns.respondent.unwrap_or_default(),
            wave: columns.wave,
            carried: columns.carried.clone(),
            questions,
            texts: Texts::default(),
            known: BTreeMap::new(),
            cells: Vec::new(),
            lines: Vec::new(),
            asked: vec![false; questions],
            unknown: Values::default(),
            nobody: Sightings::default(),
            twice: Sightings::default(),
            differs: columns
                .carried
                .iter()
                .map(|it| (*it, Sightings::default()))
                .collect(),
        }
    }

    /// Whether anybody answered a question.
    pub(super) fn asked(&self, question: usize) -> bool {
        self.asked.get(question) == Some(&true)
    }

    /// Cells of one respondent.
    pub(super) fn stride(&self) -> usize {
        self.carried.len() + self.questions
    }

    /// Adds a row; `find` is the question that a text names.
    ///
    /// # Errors
    ///
    /// When there are more respondents than can be gathered.
    pub(super) fn add(
        &mut self,
        row: &csv::ByteRecord,
        place: Place,
        find: impl Fn(&str) -> Option<usize>,
    ) -> io::Result<()> {
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let respondent = self.texts.number(cell(self.respondent));
        if respondent == 0 {
            self.nobody.push(place);
            return Ok(());
        }
        let name = String::from_utf8_lossy(cell(self.touchpoint));
        let Some(question) = find(name.trim()) else {
            self.unknown.push(name.trim(), place);
            return Ok(());
        };
        let wave = self.wave.map_or(0, |at| self.texts.number(cell(at)));
        let (next, stride) = (self.lines.len(), self.stride());
        let at = *self.known.entry((respondent, wave)).or_insert(next);
        let begin = at * stride;
        if at == next {
            if self.cells.len() + stride > CELLS {
                let what = "it has more respondents than can be gathered from long rows";
                return Err(Fault::Broken(format!("{what}; write a row for each")).into());
            }
            self.lines.push(place.line);
            for it in &self.carried {
                self.cells.push(self.texts.number(cell(*it)));
            }
            self.cells.resize(begin + stride, 0);
        } else {
            for (offset, (it, differs)) in self.differs.iter_mut().enumerate() {
                let text = self.texts.number(cell(*it));
                if self.cells.get(begin + offset) != Some(&text) {
                    differs.push(place);
                }
            }
        }
        let score = self.texts.number(cell(self.score)).saturating_add(1);
        if let Some(asked) = self.asked.get_mut(question) {
            *asked = true;
        }
        match self.cells.get_mut(begin + self.carried.len() + question) {
            Some(kept) if *kept == 0 => *kept = score,
            _ => self.twice.push(place),
        }
        Ok(())
    }
}
