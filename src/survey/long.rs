//! Long rows, one for each respondent and touchpoint → one row per respondent.
//!
//! A warehouse writes `respondent, touchpoint, score`. The rows of a respondent need not
//! stand together, so they are gathered: four bytes for each touchpoint and respondent.

use std::collections::BTreeMap;
use std::io;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Journey, Question, ResponseFile, SurveyPlan};

use super::header::{Found, Header, columns};
use super::number::DecimalMark;
use super::sighting::{Place, Sightings, Site, Values, cells, rows};
use super::table::{Rows, Table};
use super::tally::Variable;
use super::unread::Fault;

/// Cells that are gathered at most: half a gigabyte.
const CELLS: usize = 1 << 27;

/// The columns of a table of long rows.
pub(super) struct LongColumns {
    touchpoint: usize,
    score: usize,
    respondent: Option<usize>,
    wave: Option<usize>,
    /// Columns that say something of the respondent, which the map asks for.
    carried: Vec<usize>,
}

impl LongColumns {
    /// `None` when the header is not that of long rows: `touchpoint`, `score`, and a column
    /// of the respondent.
    pub(super) fn of(
        header: &Header,
        plan: &SurveyPlan,
        file: &ResponseFile,
    ) -> Option<Self> {
        let at = |name: &str| header.names().position(|it| it.eq_ignore_ascii_case(name));
        let found = |column| match header.find(column) {
            Found::At(position) => Some(position),
            _ => None,
        };
        let (touchpoint, score) = (at("touchpoint")?, at("score")?);
        let respondent = plan.respondent.as_ref().and_then(found);
        let wave = plan.wave.as_ref().and_then(found).filter(|_| file.wave.is_none());
        let mut carried: Vec<_> = columns(plan, file).filter_map(found).collect();
        carried.extend(wave);
        carried.extend(respondent);
        carried.sort_unstable();
        carried.dedup();
        carried.retain(|it| *it != touchpoint && *it != score);
        let respondent = respondent.or_else(|| at("respondent"));
        Some(Self { touchpoint, score, respondent, wave, carried })
    }
}

/// Reads long rows of one file.
pub(super) struct LongReader<'a> {
    /// The journey.
    pub(super) journey: &'a Journey,
    /// What the map says of the survey.
    pub(super) plan: &'a SurveyPlan,
    /// What it says of the file.
    pub(super) file: &'a ResponseFile,
    /// The file.
    pub(super) site: Site<'a>,
}

impl LongReader<'_> {
    /// The rows of `table` by respondent and wave, in the order in which they first come.
    ///
    /// # Errors
    ///
    /// When the table cannot be read, or is too large to be gathered.
    pub(super) fn widen(
        &self,
        table: &mut Table<'_>,
        columns: &LongColumns,
        problems: &mut Diagnostics,
    ) -> io::Result<WideRows> {
        let questions = super::bind::questions(self.plan, self.file);
        let header = table.header().clone();
        let ids =
            self.ids(questions.iter().map(|(variable, it)| (*variable, it.as_ref())));
        let mut gathered = Gathered::new(columns, questions.len());
        let mut record = csv::ByteRecord::new();
        if columns.respondent.is_some() {
            while let Some(place) = table.next(&mut record)? {
                gathered.add(&record, place, |text| self.find(&ids, text))?;
            }
        }
        let asked: Vec<_> =
            (0..questions.len()).filter(|it| gathered.asked(*it)).collect();
        let mut names: Vec<_> = header.names().map(str::to_owned).collect();
        for it in [columns.touchpoint, columns.score] {
            if let Some(name) = names.get_mut(it) {
                name.clear();
            }
        }
        for (variable, question) in asked.iter().filter_map(|it| questions.get(*it)) {
            names.push(self.name(*variable, question));
        }
        problems.extend(gathered.report(&header, columns, self));
        let mark = table.decimal_mark();
        let width = header.width();
        Ok(WideRows { names: Some(names), width, asked, mark, next: 0, gathered })
    }

    /// What long rows may call each question: the names of its columns.
    fn ids<'q>(
        &self,
        questions: impl Iterator<Item = (Variable, &'q Question)>,
    ) -> BTreeMap<String, usize> {
        let mut ids = BTreeMap::new();
        for (index, (variable, question)) in questions.enumerate() {
            for name in &question.column.names {
                ids.entry(name.clone()).or_insert(index);
            }
            // An id goes before a column of another touchpoint that is named like it.
            let id = match variable {
                Variable::Overall => "overall",
                Variable::Recommend => "recommend",
                Variable::Touchpoint(index) => {
                    self.journey.touchpoints.get(index).map_or("", |it| &it.id)
                }
                Variable::Gap(_) | Variable::Stage(_) => continue,
            };
            ids.insert(id.to_owned(), index);
        }
        ids
    }

    /// The question that `text` names: by the id or code of its touchpoint, or its column.
    fn find(&self, ids: &BTreeMap<String, usize>, text: &str) -> Option<usize> {
        if let Some(index) = ids.get(text) {
            return Some(*index);
        }
        let touchpoint = self.journey.find(text)?;
        let id = &self.journey.touchpoints.get(touchpoint.0)?.id;
        ids.get(id).copied()
    }

    /// The name under which the column of a question is found.
    fn name(&self, variable: Variable, question: &Question) -> String {
        let named = question.column.names.iter().find(|name| !name.starts_with('#'));
        named.cloned().unwrap_or_else(|| super::words::in_words(variable, self.journey))
    }
}

/// The number of a text among all that were seen; 0 is the empty one.
#[derive(Debug, Default)]
struct Texts {
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

    fn text(&self, number: u32) -> &[u8] {
        let at = (number as usize).checked_sub(1);
        at.and_then(|at| self.texts.get(at)).map_or(b"", |text| text)
    }
}

/// What is known of each respondent so far.
struct Gathered {
    touchpoint: usize,
    score: usize,
    respondent: usize,
    wave: Option<usize>,
    carried: Vec<usize>,
    questions: usize,
    texts: Texts,
    /// The position of each respondent in each wave.
    known: BTreeMap<(u32, u32), usize>,
    /// What is carried, then the scores, of one respondent after the other; a score is one
    /// more than the number of its text, 0 where there is none.
    cells: Vec<u32>,
    lines: Vec<u64>,
    asked: Vec<bool>,
    unknown: Values,
    nobody: Sightings,
    twice: Sightings,
    differs: Vec<(usize, Sightings)>,
}

impl Gathered {
    fn new(columns: &LongColumns, questions: usize) -> Self {
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

    fn asked(&self, question: usize) -> bool {
        self.asked.get(question) == Some(&true)
    }

    fn stride(&self) -> usize {
        self.carried.len() + self.questions
    }

    fn add(
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

    fn report(
        &self,
        header: &Header,
        columns: &LongColumns,
        reader: &LongReader<'_>,
    ) -> Vec<Diagnostic> {
        let (name, span) = (reader.site.name, reader.site.span);
        let error =
            |message: String| Diagnostic::error(Code::BAD_LONG_ROW, span, message);
        let mut problems = Vec::new();
        if columns.respondent.is_none() {
            let message = format!(
                "`{name}` has columns `touchpoint` and `score`, but none that tells whose \
                 score it is"
            );
            problems.push(error(message).hint(
                "name the column with `respondent:` under `survey:`, or call it `respondent`",
            ));
        }
        if !self.unknown.is_empty() {
            let count = cells(self.unknown.count());
            let message = format!("{count} of `{name}` name no touchpoint of the map");
            let ids = reader.journey.touchpoints.iter().map(|it| it.id.as_str());
            let worst = self.unknown.by_count();
            let worst = worst.first().map_or("", |(value, _)| *value);
            let problem =
                self.unknown.lines().into_iter().fold(error(message), Diagnostic::note);
            problems
                .push(problem.did_you_mean(worst, ids.chain(["overall", "recommend"])));
        }
        let mut seen = |sightings: &Sightings, what: String, hint: &str| {
            if sightings.count() > 0 {
                let message = format!("{} of `{name}` {what}", rows(sightings.count()));
                problems.push(error(message).note(sightings.places()).hint(hint));
            }
        };
        seen(
            &self.nobody,
            "without a respondent".to_owned(),
            "fill in the id in every row",
        );
        let again =
            "repeating a respondent, touchpoint and wave of a row before".to_owned();
        seen(&self.twice, again, "keep one row for each, such as the last one");
        for (column, sightings) in &self.differs {
            let column = header.name(*column);
            let what = format!(
                "with another `{column}` than rows of the same respondent before"
            );
            seen(
                sightings,
                what,
                "what is said of a respondent must be the same in all rows",
            );
        }
        problems
    }
}

/// Gathered rows, and what they are called.
pub(super) struct WideRows {
    names: Option<Vec<String>>,
    /// Columns of the long rows, which keep their positions.
    width: usize,
    asked: Vec<usize>,
    mark: DecimalMark,
    next: usize,
    gathered: Gathered,
}

impl Rows for WideRows {
    fn next(&mut self, row: &mut csv::ByteRecord) -> io::Result<Option<u64>> {
        row.clear();
        let gathered = &self.gathered;
        if let Some(names) = self.names.take() {
            row.extend(&names);
            return Ok(Some(1));
        }
        let Some(line) = gathered.lines.get(self.next) else { return Ok(None) };
        let begin = self.next * gathered.stride();
        let at = |offset: usize| gathered.cells.get(begin + offset).copied().unwrap_or(0);
        for column in 0..self.width {
            let carried = gathered.carried.iter().position(|it| *it == column);
            row.push_field(carried.map_or(b"", |it| gathered.texts.text(at(it))));
        }
        for question in &self.asked {
            let score = at(gathered.carried.len() + question);
            row.push_field(gathered.texts.text(score.saturating_sub(1)));
        }
        self.next += 1;
        Ok(Some(*line))
    }

    fn decimal_mark(&self) -> DecimalMark {
        self.mark
    }
}
