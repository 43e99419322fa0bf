//! Inline scores of a touchpoint, by wave.

use crate::{
    diag::{Code, Diagnostic},
    model::{InlineScore, Scale},
};

use super::{
    decode::Decoder,
    yaml::{Node, Value},
};

/// Decodes `scores:` of a touchpoint that is measured on `scale`.
pub(super) fn decode(
    decoder: &mut Decoder<'_>,
    node: &Node,
    scale: &Scale,
) -> Vec<InlineScore> {
    let Some(entries) = decoder.mapping(node, "`scores`") else { return Vec::new() };
    let mut scores = Vec::new();
    for (wave, value) in entries {
        if wave.text.trim().is_empty() {
            decoder.problems.push(Diagnostic::error(
                Code::EMPTY_TEXT,
                wave.span,
                "the wave is empty",
            ));
            continue;
        }
        scores.extend(score(decoder, wave.text.trim(), value, scale));
    }
    scores
}

fn score(
    decoder: &mut Decoder<'_>,
    wave: &str,
    node: &Node,
    scale: &Scale,
) -> Option<InlineScore> {
    let Value::Mapping(_) = node.value else {
        let mean = mean(decoder, node, scale)?;
        return Some(InlineScore { wave: wave.to_owned(), mean, n: None, sd: None });
    };
    let fields = decoder.fields(node, "a score", &["mean", "n", "sd"])?;
    let Some(at) = fields.get("mean") else {
        decoder.missing(&fields, "the score", "mean");
        return None;
    };
    let mean = mean(decoder, at, scale)?;
    let n = fields.get("n").and_then(|node| decoder.count(node, "`n`"));
    let widest = (0.0, scale.width());
    let sd = fields.get("sd").and_then(|node| decoder.number_in(node, "`sd`", widest));
    Some(InlineScore { wave: wave.to_owned(), mean, n, sd })
}

fn mean(decoder: &mut Decoder<'_>, node: &Node, scale: &Scale) -> Option<f64> {
    let mean = decoder.number(node, "a score")?;
    if (scale.min()..=scale.max()).contains(&mean) {
        return Some(mean);
    }
    let message = format!("the score {mean} is off the scale");
    let problem = Diagnostic::error(Code::OFF_SCALE, node.span, message)
        .note(format!("expected a number from {} to {}", scale.min(), scale.max()))
        .hint("`scale:` of the survey, or of the question, says what the answers may be");
    decoder.problems.push(problem);
    None
}
