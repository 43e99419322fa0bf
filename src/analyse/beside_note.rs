//! Notes on what stands beside the scores.

use crate::diag::Code;
use crate::model::{Analysis, CauseSource, Journey, Note};

use super::note::{note, with};

/// Expectations far over those of other touchpoints, and how much of the comments is coded.
pub(super) fn notes(journey: &Journey, analysis: &Analysis) -> Vec<Note> {
    let mut notes = Vec::new();
    for it in &analysis.touchpoints {
        let expectation = it.expectation.as_ref().filter(|it| it.over_promised);
        let over = expectation.and_then(|it| Some((it.points, it.over_others?)));
        if let Some((points, over)) = over {
            let text = format!(
                "customers expect {points:.1} points of `{}`, {over:.1} more than of the other \
                 touchpoints: more is promised there than elsewhere",
                name(journey, &it.id)
            );
            let it = note(Code::OVER_PROMISED, Some(&it.id), text);
            notes.push(with(it, [("points", points.into()), ("over", over.into())]));
        }
    }
    let of_wave = |it: &&crate::model::CauseResult| {
        it.segment.is_none()
            && it.wave == analysis.wave
            && it.source == CauseSource::Comments
    };
    for it in analysis.causes.iter().filter(of_wave) {
        let Some((said, coded)) = it.said.zip(it.coded) else { continue };
        let said = crate::stats::real(said);
        let coded = 100.0 * coded;
        let text = format!(
            "keywords find a cause in {coded:.0} % of {said:.0} comments on `{}`; the others \
             may name causes in words that are none of them",
            name(journey, &it.touchpoint)
        );
        let note = note(Code::KEYWORD_CODED, Some(&it.touchpoint), text);
        notes.push(with(note, [("comments", said.into()), ("coded", coded.into())]));
    }
    notes
}

/// A touchpoint as its readers know it.
fn name<'a>(journey: &'a Journey, id: &'a str) -> &'a str {
    let touchpoint = journey.touchpoints.iter().find(|it| it.id == id);
    touchpoint.map_or(id, |it| journey.text(&it.name, &journey.language))
}
