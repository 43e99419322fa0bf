//! The rows of one file → their counts, in as many threads as there are for it.

use std::io;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Journey, SurveyPlan};
use crate::voice::Coder;

use super::batch::{Batch, Ragged};
use super::beside::Unknown;
use super::bind::Binding;
use super::count::Counts;
use super::counter::Counter;
use super::joint_pool::JointPool;
use super::labelled::LabelsOfFile;
use super::lexicon::Lexicon;
use super::options::{Groups, TallyOptions, Weighting};
use super::restrict::Restriction;
use super::shelf::{Keeping, Kept, Shelving};
use super::sighting::{Site, rows};
use super::table::{Portion, Table};
use super::threads::in_threads;
use super::told::Told;
use super::undeclared;
use super::wanted::Wanted;

/// What every file is read with.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    /// The journey.
    pub(super) journey: &'a Journey,
    /// What the map says of the survey.
    pub(super) plan: &'a SurveyPlan,
    /// What was asked for.
    pub(super) options: &'a TallyOptions,
    /// Who counts.
    pub(super) restriction: &'a Restriction,
    /// The waves whose joint sums are wanted.
    pub(super) wanted: &'a Wanted,
    /// What finds causes in comments, if the survey has some.
    pub(super) coder: Option<&'a Coder>,
    /// The file.
    pub(super) site: Site<'a>,
    /// Its position among all files.
    pub(super) position: usize,
    /// How many threads may read it.
    pub(super) threads: NonZeroUsize,
    /// Which of its rows are kept, if any are.
    pub(super) shelf: Option<&'a Shelving>,
}

impl Reading<'_> {
    /// Whether joint sums are asked for, and the survey has the question that they need.
    pub(super) fn wants_joint_sums(&self) -> bool {
        self.wanted.any() && self.plan.overall.is_some()
    }

    /// The column of the weight, if weights count.
    pub(super) fn weight(&self, binding: &Binding<'_>) -> Option<usize> {
        match self.options.weighting {
            Weighting::AsDeclared => binding.weight,
            Weighting::Unweighted => None,
        }
    }
}

/// Counts the rows of `table`, and reports what is wrong with them.
///
/// Threads take portions of rows in turn, and count each on its own. The sums do not depend on
/// who counts which rows, nor does what is reported.
///
/// # Errors
///
/// When the text cannot be read.
pub(super) fn count_rows(
    table: &mut Table<'_>,
    binding: &Binding<'_>,
    reading: Reading<'_>,
    problems: &mut Diagnostics,
) -> io::Result<(Counts, Kept)> {
    let mark = table.decimal_mark();
    let (touchpoints, rescale) =
        (reading.journey.touchpoints.len(), reading.journey.rules.rescale);
    let pool = reading.wants_joint_sums().then(|| {
        let lexicons = Lexicon::all(&binding.questions, rescale, mark);
        JointPool::of(&lexicons, touchpoints, reading.wanted)
    });
    // Groups that follow one another need rows in their order.
    let threads = match reading.options.groups {
        Groups::Systematic => NonZeroUsize::MIN,
        Groups::Hashed => reading.threads,
    };
    let counted = {
        let source = Mutex::new(Source { table, failed: None });
        let work = || {
            let mut counter = Counter::new(binding, reading, mark, pool.as_ref());
            let kept = count_portions(&source, &mut counter, reading.shelf);
            (counter.finish(), kept)
        };
        let counted = in_threads(threads, vec![(); threads.get()], |()| work());
        let source = source.into_inner().unwrap_or_else(PoisonError::into_inner);
        match source.failed {
            Some(error) => return Err(error),
            None => counted,
        }
    };
    let mut counted = counted.into_iter();
    let Some(((mut counts, mut told), mut kept)) = counted.next() else {
        return Ok((Counts::new(binding.segments.len()), Kept::default()));
    };
    for ((others, of_others), others_kept) in counted {
        kept.merge(others_kept);
        let waves = others.waves.clone();
        counts.merge(others);
        let numbers =
            waves.iter().map(|(wave, it)| (*it, counts.waves.get(wave).copied()));
        told.merge(&of_others, &numbers.collect());
    }
    problems.extend(table.report(reading.site));
    reading.report(&told, table, problems);
    if let Some(fieldwork) = told.fieldwork {
        fieldwork.finish(&mut counts, table.header(), reading.site, problems);
    }
    counts.name_columns(binding, table.header());
    undeclared::keep(&told.lexicons, &mut counts);
    if let Some(pool) = pool {
        pool.finish(&mut counts, threads);
    }
    Ok((counts, kept))
}

/// The rows that are still to be read.
struct Source<'t, 'a> {
    table: &'t mut Table<'a>,
    /// What stopped the reading.
    failed: Option<io::Error>,
}

impl Source<'_, '_> {
    fn portion(&mut self, batch: &mut Batch) -> Portion {
        if self.failed.is_some() {
            return Portion::End;
        }
        self.table.read_portion(batch).unwrap_or_else(|error| {
            self.failed = Some(error);
            Portion::End
        })
    }
}

/// Counts portions of rows until there are no more, and keeps them by the values of segments.
fn count_portions(
    source: &Mutex<Source<'_, '_>>,
    counter: &mut Counter<'_>,
    shelf: Option<&Shelving>,
) -> Kept {
    let mut kept = Keeping::default();
    let lock = || source.lock().unwrap_or_else(PoisonError::into_inner);
    let (mut batch, mut ragged) = (Batch::default(), Ragged::default());
    loop {
        // Taking the rows apart is left until others may read on.
        let portion = lock().portion(&mut batch);
        match portion {
            Portion::Lines(lines, row) => batch.split(lines, row, &mut ragged),
            Portion::Rows => {}
            Portion::End => break,
        }
        counter.count_batch(&batch);
        if let Some(shelving) = shelf {
            let (values, segments) = counter.values();
            kept.add(&batch, shelving, values, segments);
        }
    }
    lock().table.note_ragged(&ragged);
    shelf.map(|shelving| kept.named(shelving, counter.names())).unwrap_or_default()
}

impl Reading<'_> {
    /// Cells beside the scores that cannot be understood.
    fn report_beside(
        &self,
        told: &Told<'_>,
        table: &Table<'_>,
        problems: &mut Diagnostics,
    ) {
        let header = |column: usize| table.header().name(column);
        let (site, policy) = (self.site, self.options.undeclared);
        let mut report = |unknown: &Unknown, about| {
            problems.extend(unknown.report(site, &header, about, policy));
        };
        for reasons in &told.reasons {
            let expected = "ids, numbers or names of causes of the codebook, or `codes:` \
                            that say what others stand for";
            report(&reasons.unknown, (reasons.span(), expected));
        }
        if let Some(complaints) = &told.complaints {
            let expected =
                "yes or no, or words listed under `yes:` or `no:` of `complaints`";
            report(&complaints.unknown, (complaints.span(), expected));
            let expected = "a number of days, 0 or more";
            report(&complaints.unclear_days, (complaints.span(), expected));
        }
    }

    fn report(&self, told: &Told<'_>, table: &Table<'_>, problems: &mut Diagnostics) {
        let (site, policy) = (self.site, self.options.undeclared);
        let expected = told.gaps.iter().map(|it| (it.column, &it.lexicon));
        let asked = told.lexicons.iter().map(|(column, lexicon)| (*column, lexicon));
        let mut labels = LabelsOfFile::new(site);
        for (column, lexicon) in asked.chain(expected) {
            let header = table.header().name(column);
            problems.extend(lexicon.report(site, &header, table.rows(), policy));
            let (labelled, question) = lexicon.labelled();
            labels.add(labelled, question, header);
        }
        problems.extend(labels.report());
        self.report_beside(told, table, problems);
        problems.extend(told.weights.report(table.header(), site));
        for phases in told.phases.iter().flatten() {
            phases.report(table.header(), site, problems);
        }
        if told.wave.without.count() > 0 {
            let column = told.wave.column();
            let column = column.map(|it| table.header().name(it)).unwrap_or_default();
            let count = rows(told.wave.without.count());
            let message =
                format!("{count} of `{}` have no wave in `{column}`", site.name);
            problems.push(
                Diagnostic::error(Code::NO_WAVE, site.span, message)
                    .note(told.wave.without.places()),
            );
        }
    }
}
