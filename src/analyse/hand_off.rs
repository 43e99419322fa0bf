//! Scores on both sides of hand-offs: transitions across which the owner changes.

use crate::graph::JourneyGraph;
use crate::model::{HandOff, Node, TouchpointIndex, TouchpointResult, Transition};
use crate::stats::{
    Comoments, Grouped, Jackknife, adjust, real, student_upper, student_upper_quantile,
};
use crate::survey::tally::Variable;

use super::view::{View, untestable};
use super::wave::find;

/// Every hand-off in the order of the map, tested as one family.
pub(super) fn hand_offs(view: &View<'_>, results: &[TouchpointResult]) -> Vec<HandOff> {
    let shares = JourneyGraph::new(view.journey).shares();
    let mut all: Vec<HandOff> = Vec::new();
    for (at, transition) in view.journey.flow.transitions.iter().enumerate() {
        let share = shares.get(at).copied().flatten();
        all.extend(
            crossed(view, transition)
                .map(|it| HandOff { share, ..hand_off(view, &it, results) }),
        );
    }
    judge(view, &mut all);
    all
}

/// The ends of a hand-off, and who answers for them.
struct Crossing<'a> {
    ends: [TouchpointIndex; 2],
    owners: [&'a str; 2],
}

fn crossed<'a>(view: &View<'a>, transition: &Transition) -> Option<Crossing<'a>> {
    let (Node::Touchpoint(from), Node::Touchpoint(to)) = (transition.from, transition.to)
    else {
        return None;
    };
    let journey = view.journey;
    let owner = |at| journey.touchpoint(at).owner.as_ref();
    let (before, after) = (owner(from)?, owner(to)?);
    let shown = |owner| journey.text(owner, &journey.language);
    (before != after)
        .then(|| Crossing { ends: [from, to], owners: [shown(before), shown(after)] })
}

fn hand_off(
    view: &View<'_>,
    crossing: &Crossing<'_>,
    results: &[TouchpointResult],
) -> HandOff {
    let [from, to] = crossing.ends;
    let [from_owner, to_owner] = crossing.owners.map(str::to_owned);
    let id = |at: TouchpointIndex| view.journey.touchpoint(at).id.clone();
    let mut found = HandOff {
        from: id(from),
        to: id(to),
        from_owner,
        to_owner,
        ..HandOff::default()
    };
    let mut because = |key: &str, why: &str| {
        found.reasons.insert(key.to_owned(), why.to_owned());
    };
    let score = |at: TouchpointIndex| results.get(at.0).map(|it| &it.score);
    let Some((before, after)) = score(from).zip(score(to)) else { return found };
    let points = before.points.zip(after.points);
    let low_base = view.journey.rules.low_base;
    let wave = view.waves.reported;
    let unfit = [(before, &found.from), (after, &found.to)].map(|(score, id)| {
        untestable(score, low_base, wave).map(|why| format!("{id}: {why}"))
    });
    let [one, other] = unfit;
    if let Some(why) = one.or(other) {
        because("difference", &why);
        return found;
    }
    found.difference = points.map(|(before, after)| after - before);
    match Pair::new(view, [from.0, to.0]) {
        Err(why) => because("p", why),
        Ok(pair) => {
            let shown = [before, after].map(|it| it.n.unwrap_or_default());
            test(view, (&pair, shown), &mut found);
        }
    }
    found
}

/// Adds the test, and the difference among those who rated both; `shown` are the numbers of
/// all who rated each.
fn test(view: &View<'_>, (pair, shown): (&Pair, [u64; 2]), found: &mut HandOff) {
    match pair.among_both(view, shown) {
        Ok((difference, n)) => {
            (found.among_both, found.n_both) = (Some(difference), Some(n));
        }
        Err(why) => {
            found.reasons.insert("among_both".to_owned(), why);
        }
    }
    let Some((difference, jackknife)) = found.difference.zip(pair.jackknife()) else {
        let why = "the answers are of one replicate group only";
        found.reasons.insert("p".to_owned(), why.to_owned());
        return;
    };
    let error = jackknife.errors().first().copied().flatten();
    let Some(se) = error.filter(|se| *se > 0.0) else {
        let why = "the difference has no spread over replicate groups";
        found.reasons.insert("p".to_owned(), why.to_owned());
        return;
    };
    let df = real(jackknife.df() as u64);
    let half = student_upper_quantile(0.025, df) * se;
    found.se = Some(se);
    found.df = Some(jackknife.df());
    found.ci = Some([difference - half, difference + half]);
    found.p = Some((2.0 * student_upper((difference / se).abs(), df)).min(1.0));
}

/// Two touchpoints and the joint sums of their answers.
struct Pair {
    groups: Grouped<Comoments>,
    total: Comoments,
    /// Points of a native answer: at 0, and for each unit.
    lines: [(f64, f64); 2],
}

impl Pair {
    fn new(view: &View<'_>, at: [usize; 2]) -> Result<Self, &'static str> {
        let drivers =
            find(view.tally, view.waves.reported).and_then(|it| it.drivers.as_ref());
        let groups = drivers.map(|it| it.among(&at)).ok_or(
            "cannot be tested: the same people rate both, which only the rows of respondents \
             with their overall answers tell",
        )?;
        let total = groups.total().ok_or("there are no replicate groups")?;
        let lines = at.map(|at| {
            let ruler = view.ruler(Variable::Touchpoint(at), view.waves.reported);
            (ruler.points(0.0), ruler.points_per_unit())
        });
        Ok(Self { groups, total, lines })
    }

    /// The difference of the means of all who rated each.
    fn difference(&self, sums: &Comoments) -> Option<f64> {
        let mean = |end: usize| {
            let (base, unit) = self.lines[end];
            let weight = sums.weight(end, end);
            (weight > 0.0).then(|| base + unit * sums.sum(end, end) / weight)
        };
        Some(mean(1)? - mean(0)?)
    }

    /// The difference of the means of those who rated both, and how many they are. Withheld
    /// where it, taken with the scores of `shown` numbers, would tell of a few who rated only
    /// one. That some of these are in no joint sums does not hide them.
    fn among_both(&self, view: &View<'_>, shown: [u64; 2]) -> Result<(f64, u64), String> {
        let rules = &view.journey.rules;
        let n = self.total.n(0, 1);
        let only = shown.map(|all| all.saturating_sub(n));
        if n < rules.suppress_below || real(n) < rules.low_base {
            return Err("too few rated both".to_owned());
        }
        if only.iter().any(|n| *n > 0 && *n < rules.suppress_below) {
            return Err("withheld: too few rated only one of the two".to_owned());
        }
        let weight = self.total.weight(0, 1);
        let mean = |end: usize| {
            let (base, unit) = self.lines[end];
            base + unit * self.total.sum(end, 1 - end) / weight
        };
        if weight > 0.0 {
            Ok((mean(1) - mean(0), n))
        } else {
            Err("too few rated both".to_owned())
        }
    }

    /// Standard error of the difference by leaving out one replicate group after the other
    /// (METHOD §7.5): whatever the two answers of a respondent have in common is in it.
    fn jackknife(&self) -> Option<Jackknife> {
        use crate::stats::Additive as _;
        let replicates: Vec<Vec<Option<f64>>> = self
            .groups
            .groups()
            .iter()
            .filter(|group| group.n(0, 0) + group.n(1, 1) > 0)
            .map(|group| {
                let mut rest = self.total.clone();
                rest.subtract(group);
                vec![self.difference(&rest)]
            })
            .collect();
        Jackknife::from_replicates(&replicates)
    }
}

/// Adjusts the tests of all hand-offs as one family.
fn judge(view: &View<'_>, all: &mut [HandOff]) {
    let rules = &view.journey.rules;
    let p: Vec<f64> = all.iter().filter_map(|it| it.p).collect();
    let mut q = adjust(&p, rules.fdr).into_iter();
    for it in all.iter_mut().filter(|it| it.p.is_some()) {
        it.q = q.next();
        let matters = it.difference.is_some_and(|it| it.abs() >= rules.min_effect);
        it.relevant = matters && it.q.is_some_and(|q| q <= rules.alpha);
    }
}
