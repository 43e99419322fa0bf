//! Aggregate rows: what clients hold who have no respondent rows (CONTRACT §2).
//!
//! A table with the columns `touchpoint`, `wave` (or a wave of the file), and `n` with
//! `mean` and perhaps `sd`, or one column per level; segment columns are optional.

use std::io;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Question, Scale, SurveyPlan, Valid, Wave};

use super::aggregate_row::{AggregateRow, Fault, histogram, moments, segment};
use super::file_reader::FileReader;
use super::header::{Found, Header};
use super::number::{DecimalMark, number};
use super::sighting::{Place, Site, shown};
use super::table::Table;
use super::tally::{QuestionTally, Variable};

/// Rows that are reported one by one; the rest is counted.
const REPORTED: usize = 20;

/// What one row of aggregates says.
#[derive(Clone)]
pub(super) struct Aggregate {
    /// What is scored.
    pub(super) variable: Variable,
    /// In which wave.
    pub(super) wave: Wave,
    /// By whom: the segment by its position, and its value; `None` for everybody.
    pub(super) segment: Option<(usize, String)>,
    /// The answers.
    pub(super) answers: QuestionTally,
    /// How it was asked.
    pub(super) question: Question,
    /// Where the row stands.
    pub(super) place: Place,
}

/// The columns of a table of aggregates.
pub(super) struct AggregateColumns {
    /// What is scored.
    pub(super) touchpoint: usize,
    /// The wave, where the file does not say it.
    pub(super) wave: Option<usize>,
    /// Valid answers.
    pub(super) n: Option<usize>,
    /// Their mean.
    pub(super) mean: Option<usize>,
    /// Their standard deviation.
    pub(super) sd: Option<usize>,
    /// Answers by level; the header is the level.
    pub(super) levels: Vec<usize>,
    /// Segments by position, and their columns.
    pub(super) segments: Vec<(usize, usize)>,
}

impl AggregateColumns {
    /// `None` when the header is not that of a table of aggregates.
    pub(super) fn of(header: &Header, plan: &SurveyPlan) -> Option<Self> {
        let at = |name: &str| header.names().position(|it| it.eq_ignore_ascii_case(name));
        let of_segment = |(position, id, column)| match header.find(column) {
            Found::At(found) => Some((position, found)),
            _ => at(id).map(|found| (position, found)),
        };
        let segments: Vec<_> = plan
            .segments
            .iter()
            .enumerate()
            .map(|(position, it)| (position, it.id.as_str(), &it.column))
            .filter_map(of_segment)
            .collect();
        let is_level = |name: &str| number(name, DecimalMark::PointOrComma).is_some();
        let names = header.names().enumerate();
        let levels: Vec<_> =
            names.filter(|(_, name)| is_level(name)).map(|(found, _)| found).collect();
        let wave = plan.wave.as_ref().and_then(|column| match header.find(column) {
            Found::At(found) => Some(found),
            _ => None,
        });
        let it = Self {
            touchpoint: at("touchpoint")?,
            wave: wave.or_else(|| at("wave")),
            n: at("n"),
            mean: at("mean"),
            sd: at("sd"),
            levels,
            segments,
        };
        (it.n.is_some() || it.mean.is_some() || !it.levels.is_empty()).then_some(it)
    }
}

/// Reads the rows of `table`; each that cannot be read is a problem.
///
/// # Errors
///
/// When the text cannot be read.
pub(super) fn read_aggregates(
    table: &mut Table<'_>,
    columns: &AggregateColumns,
    reader: &FileReader<'_>,
    problems: &mut Diagnostics,
) -> io::Result<Vec<Aggregate>> {
    let header = table.header().clone();
    let mark = table.decimal_mark();
    let (mut aggregates, mut unread) = (Vec::new(), Vec::new());
    let mut record = csv::ByteRecord::new();
    while let Some(place) = table.next(&mut record)? {
        let cells: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
        let cells: Vec<_> = cells.iter().map(|cell| cell.trim()).collect();
        let row = AggregateRow { cells, header: &header, columns, mark, place };
        match reader.read(&row) {
            Ok(aggregate) => aggregates.push(aggregate),
            Err(fault) => unread.push((place, fault)),
        }
    }
    problems.extend(table.report(reader.site));
    report(unread, reader.site, problems);
    Ok(aggregates)
}

fn report(unread: Vec<(Place, Fault)>, site: Site<'_>, problems: &mut Diagnostics) {
    let unsaid = unread.len().saturating_sub(REPORTED);
    for (index, (place, fault)) in unread.into_iter().take(REPORTED).enumerate() {
        let Place { row, line } = place;
        let message =
            format!("row {row} (line {line}) of `{}`: {}", site.name, fault.found);
        let mut problem = Diagnostic::error(Code::BAD_AGGREGATE, site.span, message)
            .note(format!("expected {}", fault.expected));
        if let Some(word) = fault.nearest {
            problem = problem.hint(format!("did you mean `{word}`?"));
        }
        if index + 1 == REPORTED && unsaid > 0 {
            problem = problem.note(format!("{unsaid} more rows cannot be read"));
        }
        problems.push(problem);
    }
}

impl FileReader<'_> {
    fn read(&self, row: &AggregateRow<'_>) -> Result<Aggregate, Fault> {
        let variable = self.variable(row)?;
        let question = self.question(variable);
        let answers = if row.columns.levels.is_empty() {
            moments(row, &question)?
        } else {
            histogram(row, &question)?
        };
        Ok(Aggregate {
            variable,
            wave: self.wave(row)?,
            segment: segment(row)?,
            answers,
            question,
            place: row.place,
        })
    }

    fn variable(&self, row: &AggregateRow<'_>) -> Result<Variable, Fault> {
        const EXPECTED: &str = "the id or code of a touchpoint, `overall` or `recommend`";
        let Some(id) = row.cell(Some(row.columns.touchpoint)) else {
            return Err(Fault::new("the touchpoint is not given", EXPECTED));
        };
        if let Some(index) = self.journey.find(id) {
            return Ok(Variable::Touchpoint(index.0));
        }
        match id {
            "overall" => Ok(Variable::Overall),
            "recommend" => Ok(Variable::Recommend),
            _ => {
                let ids = self.journey.touchpoints.iter().map(|it| it.id.as_str());
                let known = ids.chain(["overall", "recommend"]);
                let found = format!("no touchpoint is named `{}`", shown(id));
                let nearest = crate::diag::nearest(id, known).map(str::to_owned);
                Err(Fault { nearest, ..Fault::new(found, EXPECTED) })
            }
        }
    }

    /// How the file asks; a score that the map does not ask for is on the usual scale.
    fn question(&self, variable: Variable) -> Question {
        let asked = super::bind::questions(self.plan, self.file)
            .into_iter()
            .find(|(it, _)| *it == variable)
            .map(|(_, question)| question.into_owned());
        asked.unwrap_or_else(|| {
            let likelihood = Scale::new(0.0, 10.0, Valid::All);
            let scale = match variable {
                Variable::Recommend => {
                    likelihood.unwrap_or_else(|| self.plan.scale.clone())
                }
                _ => self.plan.scale.clone(),
            };
            Question::named("", scale)
        })
    }

    fn wave(&self, row: &AggregateRow<'_>) -> Result<Wave, Fault> {
        let in_row = row.cell(row.columns.wave).and_then(Wave::new);
        in_row.or_else(|| self.file.wave.as_deref().and_then(Wave::new)).ok_or_else(
            || {
                Fault::new(
                    "the wave is not given",
                    "a column `wave`, or `wave:` of the file",
                )
            },
        )
    }
}
