//! Long rows, one for each respondent and touchpoint → one row per respondent.
//!
//! A warehouse writes `respondent, touchpoint, score`. The rows of a respondent need not
//! stand together, so they are gathered: four bytes for each touchpoint and respondent.

use std::collections::BTreeMap;
use std::io;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Question, ResponseFile, SurveyPlan};

use super::file_reader::FileReader;
use super::gathered::Gathered;
use super::header::{Found, Header, columns};
use super::number::DecimalMark;
use super::sighting::{Sightings, cells, rows};
use super::table::{Rows, Table};
use super::tally::Variable;

/// The columns of a table of long rows.
pub(super) struct LongColumns {
    /// Where it stands.
    pub(super) touchpoint: usize,
    /// Where it stands.
    pub(super) score: usize,
    /// Where it stands.
    pub(super) respondent: Option<usize>,
    /// Where it stands.
    pub(super) wave: Option<usize>,
    /// Columns that say something of the respondent, which the map asks for.
    pub(super) carried: Vec<usize>,
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

impl FileReader<'_> {
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
        while let Some(place) = table.next(&mut record)? {
            if columns.respondent.is_some() {
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
        problems.extend(self.report(&gathered, &header, columns));
        let mark = table.decimal_mark();
        let width = header.width();
        Ok(WideRows { names: Some(names), width, asked, mark, next: 0, gathered })
    }

    /// What is wrong with the rows that were gathered.
    fn report(
        &self,
        gathered: &Gathered,
        header: &Header,
        columns: &LongColumns,
    ) -> Vec<Diagnostic> {
        let (name, span) = (self.site.name, self.site.span);
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
        if !gathered.unknown.is_empty() {
            let count = cells(gathered.unknown.count());
            let message = format!("{count} of `{name}` name no touchpoint of the map");
            let ids = self.journey.touchpoints.iter().map(|it| it.id.as_str());
            let worst = gathered.unknown.by_count();
            let worst = worst.first().map_or("", |(value, _)| *value);
            let problem = gathered
                .unknown
                .lines()
                .into_iter()
                .fold(error(message), Diagnostic::note);
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
            &gathered.nobody,
            "without a respondent".to_owned(),
            "fill in the id in every row",
        );
        let again =
            "repeating a respondent, touchpoint and wave of a row before".to_owned();
        seen(&gathered.twice, again, "keep one row for each, such as the last one");
        for (column, sightings) in &gathered.differs {
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
                Variable::Gap(_)
                | Variable::Expected(_)
                | Variable::Stated(_)
                | Variable::Stage(_)
                | Variable::Beside(_) => continue,
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
