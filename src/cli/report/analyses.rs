//! The analyses of the values of a segment, and of everybody.

use std::num::NonZeroUsize;

use crate::{
    analyse::{Absence, AnalyseOptions, Withheld, analyse, withheld_across},
    diag::Diagnostic,
    graph::{self, JourneyGraph, Measures},
    model::{Analysis, Journey, Wave},
    stats::each,
    survey::{Drivers, Parts, tally::Tally},
};

/// A value, and its analysis or why there is none.
pub(super) type Card = (String, Result<Analysis, Absence>);

/// What all of them are made with.
pub(super) struct Case<'a> {
    journey: &'a Journey,
    parts: &'a Parts<'a>,
    options: AnalyseOptions,
    measures: Measures,
}

type Found<T> = Result<T, Box<Diagnostic>>;

impl<'a> Case<'a> {
    /// Of the parts of a survey.
    pub(super) fn new(
        journey: &'a Journey,
        parts: &'a Parts<'a>,
        options: AnalyseOptions,
    ) -> Self {
        let measures = graph::measure(journey, &JourneyGraph::new(journey));
        Self { journey, parts, options, measures }
    }

    /// The analysis of everybody, whose tally is `whole`, and of each value: each without what
    /// would tell of another.
    ///
    /// # Errors
    ///
    /// When the wave or the baseline asked for is not there.
    pub(super) fn all(&self, mut whole: Tally) -> Found<(Analysis, Vec<Card>)> {
        let everybody = self.analysis(&whole, None)?;
        let (values, threads) = (self.parts.values(), self.options.threads);
        let tally = |it: &String| self.parts.tally(it, &whole, Drivers::Skip);
        let brief = each(&values, threads, tally);
        let brief: Vec<&Tally> = brief.iter().collect();
        let Some(wave) = Wave::new(&everybody.wave) else {
            return Ok((everybody, Vec::new()));
        };
        let position = self.parts.position();
        let mut withheld = withheld_across(self.journey, &whole, &brief, position, &wave);
        let of_whole = withheld.pop().unwrap_or_default();
        let jobs: Vec<(String, Withheld)> = values.into_iter().zip(withheld).collect();
        let card = |(value, withheld): &(String, Withheld)| -> Found<Card> {
            let analysis = match withheld.entirely {
                Some(why) => Err(why),
                None => Ok(self.card(value, &whole, withheld)?),
            };
            Ok((value.clone(), analysis))
        };
        let cards: Found<Vec<Card>> = each(&jobs, threads, card).into_iter().collect();
        let cards = cards?;
        if of_whole == Withheld::default() {
            return Ok((everybody, cards));
        }
        of_whole.apply(&mut whole);
        Ok((self.analysis(&whole, None)?, cards))
    }

    fn card(&self, value: &str, whole: &Tally, withheld: &Withheld) -> Found<Analysis> {
        let mut tally = self.parts.tally(value, whole, Drivers::Tally);
        withheld.apply(&mut tally);
        self.analysis(&tally, Some(value))
    }

    fn analysis(&self, tally: &Tally, value: Option<&str>) -> Found<Analysis> {
        let mut options = self.options.clone();
        if let Some(value) = value {
            options.restricted.insert(self.parts.segment().to_owned(), value.to_owned());
            options.threads = NonZeroUsize::MIN;
        }
        let visits = self.measures.visits.as_deref();
        let analysis =
            analyse(self.journey, tally, &self.measures.facts, visits, &options)?;
        // Importance rests on joint sums, which know nothing of what is withheld.
        Ok(analysis.as_shown().into_owned())
    }
}
