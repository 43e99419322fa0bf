//! Problems, complaints, and what resolving them is worth (METHOD §12).

use crate::model::{CaseDifference, CaseResult, ComplaintResult, ShareEstimate};
use crate::stats::{Histogram, Moments, adjust, welch};
use crate::survey::tally::{
    Beside, Case, Distribution, Missing, QuestionTally, Variable, WaveTally,
};

use super::disclosure::{Cell, cells};
use super::recommend::recommend_of;
use super::score::{score, share_of, withheld};
use super::view::View;
use super::wave::find;

/// Differences that boards ask for: what a problem costs, what it is worth to resolve it, to do
/// so in time, and whether who was helped is as content as who had no problem.
const WORTH: [(Case, Case); 5] = [
    (Case::Silent, Case::NoProblem),
    (Case::Unresolved, Case::NoProblem),
    (Case::Resolved, Case::NoProblem),
    (Case::Resolved, Case::Unresolved),
    (Case::Resolved, Case::ResolvedLate),
];

/// The name of a case in analyses.
fn name(case: Case) -> &'static str {
    match case {
        Case::NoProblem => "no_problem",
        Case::Silent => "silent",
        Case::Resolved => "resolved",
        Case::ResolvedLate => "resolved_late",
        Case::Unresolved => "unresolved",
        Case::Unknown => "unknown",
    }
}

/// What became of problems in the wave reported; `None` where the survey does not ask.
pub(super) fn result(view: &View<'_>) -> Option<ComplaintResult> {
    let plan = view.journey.survey.as_ref()?.complaints.as_ref()?;
    let tally = find(view.tally, view.waves.reported)?;
    let Some(told) = tally.beside.get(&Beside::Cases) else {
        let reason = format!("not asked in {}", view.waves.reported);
        return Some(ComplaintResult {
            reason: Some(reason),
            ..ComplaintResult::default()
        });
    };
    let rules = &view.journey.rules;
    if let Some(reason) = withheld(Some(told.n()), rules) {
        return Some(ComplaintResult {
            reason: Some(reason),
            ..ComplaintResult::default()
        });
    }
    let share =
        |of: &[Case], cases: &[Case]| share(told, (of, cases), rules.suppress_below);
    let complaints =
        [Case::Resolved, Case::ResolvedLate, Case::Unresolved, Case::Unknown];
    let problems = [&[Case::Silent][..], &complaints].concat();
    let known = [Case::Resolved, Case::ResolvedLate, Case::Unresolved];
    let resolved = [Case::Resolved, Case::ResolvedLate];
    let complained = share(&problems, &complaints);
    let per = |share: f64| (share > 0.0).then(|| (1.0 - share) / share);
    let shown = shown(told, rules.suppress_below);
    let cases = Case::ALL.iter().zip(&shown).filter(|(case, _)| count(told, **case) > 0);
    let cases = cases.map(|(case, shown)| {
        if *shown {
            of_case(view, tally, *case)
        } else {
            CaseResult { case: name(*case).to_owned(), ..CaseResult::default() }
        }
    });
    Some(ComplaintResult {
        n: Some(told.n()),
        problem: share(&Case::ALL, &problems),
        silent: complained.as_ref().and_then(|it| per(it.share)),
        silent_ci: complained.as_ref().map(|it| [per(it.ci[1]), per(it.ci[0])]),
        complained,
        resolved: share(&known, &resolved),
        in_time: plan.within.and_then(|_| share(&resolved, &[Case::Resolved])),
        within: plan.within,
        cases: cases.collect(),
        worth: worth(view, tally, &shown),
        reason: None,
    })
}

fn count(told: &Histogram, case: Case) -> u64 {
    super::cause_share::at(told, f64::from(case.number())).n
}

/// The share, of customers of the cases `of`, who are of some among them.
fn share(
    told: &Histogram,
    (of, cases): (&[Case], &[Case]),
    least: u64,
) -> Option<ShareEstimate> {
    let is = |cases: &[Case], level: f64| {
        cases.iter().any(|it| (f64::from(it.number()) - level).abs() < 0.5)
    };
    let levels = told.levels().iter().filter(|it| is(of, it.value)).copied().collect();
    let histogram = Histogram::new(levels);
    let share = share_of(&histogram, |level| is(cases, level));
    share.filter(|_| histogram.n() >= least)
}

/// Whether each case has so many customers that they may be told of, and tells of no other.
fn shown(told: &Histogram, least: u64) -> Vec<bool> {
    let answers: Vec<u64> = Case::ALL.iter().map(|it| count(told, *it)).collect();
    cells(&answers, Some(told.n()), least).iter().map(|it| *it == Cell::Shown).collect()
}

fn of_case(view: &View<'_>, tally: &WaveTally, case: Case) -> CaseResult {
    let told = tally.beside.get(&Beside::Cases).cloned().unwrap_or_default();
    let empty = Histogram::default();
    let of = |it: Beside| tally.beside.get(&it).unwrap_or(&empty);
    let (overall, recommend) = (of(Beside::Overall(case)), of(Beside::Recommend(case)));
    let ruler = view.ruler(Variable::Overall, view.waves.reported);
    let question = QuestionTally {
        answers: Distribution::Histogram(overall.clone()),
        not_applicable: Missing::default(),
        blank: Missing::default(),
        not_asked: Missing::default(),
    };
    CaseResult {
        case: name(case).to_owned(),
        n: Some(count(&told, case)),
        share: share(&told, (&Case::ALL, &[case]), 0).map(|it| it.share),
        overall: score(Some(&question), &ruler, &view.journey.rules, 1.0),
        recommend: recommend_of(view, recommend),
    }
}

/// What it is worth, in points of overall satisfaction.
fn worth(view: &View<'_>, tally: &WaveTally, shown: &[bool]) -> Vec<CaseDifference> {
    let rules = &view.journey.rules;
    let scale = view.ruler(Variable::Overall, view.waves.reported).points_per_unit();
    let estimate = |case: Case| {
        let is_shown = shown.get(usize::from(case.number())) == Some(&true);
        let moments = Moments::of(tally.beside.get(&Beside::Overall(case))?, |x| x)?;
        let firm = is_shown && moments.n_eff() >= rules.low_base;
        moments.estimate().filter(|_| firm)
    };
    let tested = WORTH.iter().filter_map(|(case, than)| {
        let test = welch(estimate(*than)?, estimate(*case)?)?;
        Some(CaseDifference {
            case: name(*case).to_owned(),
            than: name(*than).to_owned(),
            points: test.difference * scale,
            ci: test.ci.map(|limit| limit * scale),
            p: test.p,
            q: 1.0,
        })
    });
    let mut tested: Vec<CaseDifference> = tested.collect();
    let p: Vec<f64> = tested.iter().map(|it| it.p).collect();
    for (it, q) in tested.iter_mut().zip(adjust(&p, rules.fdr)) {
        it.q = q;
    }
    tested
}
