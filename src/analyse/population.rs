//! How much of the population answered (`survey.population`).

use std::collections::BTreeMap;

use crate::diag::Code;
use crate::model::{
    Coverage, Fact, Note, PopulationPlan, PopulationResult, RakedFactors, RakedResult,
    SegmentSize, Wave,
};
use crate::stats::real;

use super::note::{note, with};
use super::score::withheld;
use super::view::{Domain, View};
use super::wave::find;

/// Design effect from which a reader is warned: half of the answers are lost to weights.
const MUCH: f64 = 2.0;

/// What is known of the population of the wave reported; `sizes` are those of the segments.
/// `None` where the map says nothing of it, and where only some respondents are asked for.
pub(super) fn result(
    view: &View<'_>,
    sizes: &[SegmentSize],
    restricted: &BTreeMap<String, String>,
) -> Option<PopulationResult> {
    let everybody = restricted.is_empty();
    let survey = view.journey.survey.as_ref()?;
    let plan = survey.population.as_ref()?;
    let wave = Wave::new(view.waves.reported)?;
    let tally = find(view.tally, view.waves.reported)?;
    let total = plan.total(&wave);
    let used = tally.rows.filter(|_| everybody).map(|it| real(it.used));
    let id = |at: &usize| survey.segments.get(*at).map(|it| it.id.clone());
    let raked = tally.raked.as_ref().map(|it| {
        let reason = withheld(Some(it.smallest), &view.journey.rules);
        let (least, most, design_effect) = (it.least, it.most, it.design_effect);
        let factors = RakedFactors { least, most, design_effect };
        let segments = it.segments.iter().filter_map(id).collect();
        RakedResult { segments, factors: reason.is_none().then_some(factors), reason }
    });
    Some(PopulationResult {
        total,
        response_rate: used.zip(total).map(|(used, total)| used / real(total)),
        finite: view.domain != Domain::Unlimited,
        raked,
        coverage: if everybody { coverage(view, plan, &wave, sizes) } else { Vec::new() },
    })
}

fn coverage(
    view: &View<'_>,
    plan: &PopulationPlan,
    wave: &Wave,
    sizes: &[SegmentSize],
) -> Vec<Coverage> {
    let segments = view.journey.survey.iter().flat_map(|it| &it.segments).enumerate();
    let mut coverage = Vec::new();
    for (at, segment) in segments {
        let Some(values) = plan.segment(at).and_then(|it| it.of(wave)) else { continue };
        let all: u64 = values.iter().map(|(_, customers)| customers).sum();
        for (value, customers) in values {
            let size =
                sizes.iter().find(|it| it.segment == segment.id && it.value == value);
            // Nobody with the value is in the responses: that is no secret of anybody.
            let n = size.map_or(Some(0), |it| it.n);
            coverage.push(Coverage {
                segment: segment.id.clone(),
                value: value.to_owned(),
                customers,
                share: real(customers) / real(all),
                n,
                response_rate: n.map(|n| real(n) / real(customers)),
                reason: size.and_then(|it| it.reason.clone()),
            });
        }
    }
    coverage
}

/// What a reader must know of it.
pub(super) fn notes(wave: &str, result: &PopulationResult) -> Vec<Note> {
    let mut notes = Vec::new();
    let over = |rate: Option<f64>| rate.is_some_and(|rate| rate > 1.0);
    if over(result.response_rate) {
        let text = format!("{wave} has more respondents than `population` has customers");
        notes.push(note(Code::MORE_THAN_ALL, Some(wave), text));
    }
    for it in result.coverage.iter().filter(|it| over(it.response_rate)) {
        let (segment, value) = (&it.segment, &it.value);
        let text = format!(
            "{wave} has more respondents of `{value}` ({segment}) than `population` has customers"
        );
        notes.push(note(Code::MORE_THAN_ALL, Some(value), text));
    }
    let raked = result.raked.as_ref();
    let absent: Vec<&str> = result
        .coverage
        .iter()
        .filter(|it| raked.is_some_and(|raked| raked.segments.contains(&it.segment)))
        .filter(|it| it.n == Some(0))
        .map(|it| it.value.as_str())
        .collect();
    if !absent.is_empty() {
        let values = absent.join(", ");
        let text = format!(
            "nobody of {values} answered in {wave}: weights give their share to the others"
        );
        let facts = [("values", Fact::Word(values))];
        notes.push(with(note(Code::NOBODY_OF, Some(wave), text), facts));
    }
    let factors = raked.and_then(|it| it.factors);
    if let Some(raked) = factors.filter(|it| it.design_effect > MUCH) {
        let text = format!(
            "raked weights of {wave} are very unequal: they make variances {:.1} times as large \
             (weights were multiplied by {:.2} to {:.2})",
            raked.design_effect, raked.least, raked.most
        );
        let facts = [
            ("effect", raked.design_effect.into()),
            ("least", raked.least.into()),
            ("most", raked.most.into()),
        ];
        notes.push(with(note(Code::UNEQUAL_WEIGHTS, Some(wave), text), facts));
    }
    notes
}
