//! What a reader must know about the model of importance, and about changes of who answered.

use crate::diag::Code;
use crate::model::{Analysis, DriverModel, Note, Rules, Status};
use crate::stats::real;

use super::note::{note, with};
use super::overlap;
use super::view::View;

/// Difference of a share and its cross-check from which drivers are called collinear.
const COLLINEAR: f64 = 0.03;

/// Why there is no importance, or what it rests on that is shaky.
pub(super) fn of_model(view: &View<'_>, analysis: &Analysis) -> Vec<Note> {
    let Some(model) = &analysis.model else {
        // Who asks for no overall satisfaction asks for no importance either.
        let asked = analysis.overall.status != Status::Unasked;
        let reason = analysis.reasons.get("model").filter(|_| asked);
        let none = |reason: &String| {
            let text = format!("no importance is derived: {reason}");
            note(Code::NO_IMPORTANCE, Some(view.waves.reported), text)
        };
        return reason.map(none).into_iter().collect();
    };
    let notes = [collinear(model), repaired(model), no_users(model), dichotomous(model)];
    left_out(model).into_iter().chain(notes.into_iter().flatten()).collect()
}

fn left_out(model: &DriverModel) -> Vec<Note> {
    let of = |it: &crate::model::LeftOut| {
        let text =
            format!("{} is left out of derived importance: {}", it.touchpoint, it.reason);
        note(Code::LEFT_OUT, Some(&it.touchpoint), text)
    };
    model.left_out.iter().map(of).collect()
}

fn collinear(model: &DriverModel) -> Option<Note> {
    let difference = model.johnson_difference;
    let text = match difference {
        None => {
            "some touchpoints say the same as others: how importance is divided among \
                 them is a convention"
                .to_owned()
        }
        Some(it) if it > COLLINEAR => format!(
            "touchpoints are linked so closely that two ways to divide importance differ \
             by up to {:.1} percentage points",
            100.0 * it
        ),
        Some(_) => return None,
    };
    let facts = difference.map(|it| ("difference", it.into()));
    Some(with(note(Code::COLLINEAR, None, text), facts))
}

fn repaired(model: &DriverModel) -> Option<Note> {
    let users = model.users.as_ref().filter(|it| it.repair > 0.0)?;
    let text = format!(
        "the correlations among users contradicted one another slightly and were repaired \
         (smallest eigenvalue {}, changed by {:.2} %)",
        crate::rule::minus(&format!("{:.4}", users.smallest_eigenvalue)),
        100.0 * users.repair
    );
    let facts = [
        ("smallest_eigenvalue", users.smallest_eigenvalue.into()),
        ("repair", users.repair.into()),
    ];
    Some(with(note(Code::REPAIRED, None, text), facts))
}

fn no_users(model: &DriverModel) -> Option<Note> {
    let reason = model.users_reason.as_ref()?;
    let text = format!("no importance among users is derived: {reason}");
    Some(note(Code::NO_IMPORTANCE, Some("users"), text))
}

fn dichotomous(model: &DriverModel) -> Option<Note> {
    let text = "overall satisfaction has only two answers: importance is that of a \
                probability linear in the scores";
    model.dichotomous.then(|| note(Code::DICHOTOMOUS, Some("overall"), text))
}

/// That the two waves asked many of the same people.
pub(super) fn of_overlap(view: &View<'_>) -> Option<Note> {
    let baseline = view.waves.baseline?;
    let share = overlap::too_much(view, view.waves.reported, baseline)?;
    let text = format!(
        "{:.0} % of the respondents answered in both {baseline} and {}: changes are shown \
         and not tested",
        (100.0 * share).max(1.0),
        view.waves.reported
    );
    Some(with(
        note(Code::OVERLAPPING_PANEL, Some(baseline), text),
        [("share", share.into())],
    ))
}

/// That overall satisfaction was answered by other kinds of people than before.
pub(super) fn of_mix(analysis: &Analysis) -> Vec<Note> {
    let overall = analysis.mix.iter().filter(|it| it.touchpoint == "overall");
    let of = |it: &crate::model::Mix| {
        let text = format!(
            "the shares of {} moved by up to {:.1} percentage points since {}: of the change \
             of overall satisfaction, {} points come from who answered and {} from how",
            it.segment,
            100.0 * it.largest_move,
            it.from,
            crate::rule::minus(&format!("{:+.1}", it.mix_points)),
            crate::rule::minus(&format!("{:+.1}", it.rate_points)),
        );
        let facts = [
            ("segment", it.segment.as_str().into()),
            ("from", it.from.as_str().into()),
            ("largest_move", it.largest_move.into()),
            ("mix_points", it.mix_points.into()),
            ("rate_points", it.rate_points.into()),
        ];
        with(note(Code::MIX_MOVED, Some(&it.segment), text), facts)
    };
    overall.map(of).collect()
}

/// Where every group moved the other way than all together.
pub(super) fn of_turned(analysis: &Analysis, rules: &Rules) -> Vec<Note> {
    let of = |it: &crate::model::Mix| {
        let (total, rate) = (it.rate_points + it.mix_points, it.rate_points);
        let (whole, group) =
            if total > 0.0 { ("rose", "fell") } else { ("fell", "rose") };
        let text = format!(
            "{} {whole} by {:.1} points since {} and {group} in every group by {}: the mix of \
             who answers moved; with it held still the change would be {} points",
            it.touchpoint,
            total.abs(),
            it.from,
            it.segment,
            crate::model::signed(rate),
        );
        let facts = [
            ("segment", it.segment.as_str().into()),
            ("from", it.from.as_str().into()),
            ("mix_points", it.mix_points.into()),
            ("rate_points", it.rate_points.into()),
        ];
        with(note(Code::MIX_TURNED, Some(&it.touchpoint), text), facts)
    };
    analysis.mix.iter().filter(|it| it.turns(rules)).map(of).collect()
}

/// That much of what should have been answered was not (METHOD §7.2).
pub(super) fn of_blanks(result: &crate::model::TouchpointResult) -> Option<Note> {
    /// Share of blanks from which importance may suffer.
    const MANY: f64 = 0.10;
    let answers = result.answers.filter(|it| it.valid > 0)?;
    let cells = real(answers.valid + answers.not_applicable + answers.blank);
    let share = real(answers.blank) / cells;
    (share > MANY).then(|| {
        let text = format!(
            "{:.0} % of the respondents who should have rated {} left it blank",
            100.0 * share,
            result.id
        );
        with(note(Code::MANY_BLANKS, Some(&result.id), text), [("share", share.into())])
    })
}
