//! A question of the survey: its column, its scale, its missing codes.

use crate::{
    diag::{Code, Diagnostic},
    model::{Column, Labels, Measure, MissingCodes, Question, Scale, Valid},
};

use super::{
    decode::{Decoder, Fields},
    missing,
    yaml::{Node, Value},
};

/// Keys of a question that is written as a mapping.
const KEYS: &[&str] = &[
    "column",
    "scale",
    "step",
    "valid",
    "labels",
    "missing",
    "question_version",
    "top",
    "bottom",
    "measure",
];

/// What questions have that do not say otherwise.
#[derive(Clone)]
pub(super) struct Defaults {
    pub(super) scale: Scale,
    pub(super) missing: MissingCodes,
    pub(super) labels: Labels,
    pub(super) measure: Option<Measure>,
}

impl Defaults {
    /// What the section `survey` says of all its questions.
    pub(super) fn decode(decoder: &mut Decoder<'_>, fields: &Fields<'_>) -> Self {
        let scale = fields.get("scale").and_then(|node| scale(decoder, node));
        let missing =
            fields.get("missing").and_then(|node| missing::decode(decoder, node));
        let scale = scale.unwrap_or_else(Scale::one_to_ten);
        let labels = fields.get("labels").and_then(|node| labels(decoder, node, &scale));
        let (missing, labels) = (missing.unwrap_or_default(), labels.unwrap_or_default());
        let measure = measure(decoder, fields, &scale);
        Self { scale, missing, labels, measure }
    }

    /// The question read from `column` that says nothing of itself.
    pub(super) fn question(&self, column: Column) -> Question {
        Question {
            column,
            scale: self.scale.clone(),
            missing: self.missing.clone(),
            labels: self.labels.clone(),
            own_missing: false,
            version: 1,
            top: None,
            bottom: None,
            measure: self.measure,
        }
    }
}

/// Decodes a question: a column, a list of its names, or a mapping.
pub(super) fn decode(
    decoder: &mut Decoder<'_>,
    node: &Node,
    what: &str,
    defaults: &Defaults,
) -> Option<Question> {
    let Value::Mapping(_) = node.value else {
        return column(decoder, node, what).map(|column| defaults.question(column));
    };
    let fields = decoder.fields(node, what, KEYS)?;
    let column = match fields.get("column") {
        Some(node) => column(decoder, node, "`column`")?,
        None => {
            decoder.missing(&fields, what, "column");
            return None;
        }
    };
    let scale = own_scale(decoder, &fields, &defaults.scale);
    let missing = fields.get("missing").and_then(|node| missing::decode(decoder, node));
    let version = fields
        .get("question_version")
        .and_then(|node| decoder.count(node, "`question_version`"));
    let inherited = match &scale {
        Some(scale) => defaults.missing.off(scale),
        None => defaults.missing.clone(),
    };
    let default_labels = match &scale {
        // Levels of one scale say nothing of another.
        Some(scale) if !scale.same_ends(&defaults.scale) => Labels::default(),
        _ => defaults.labels.clone(),
    };
    // The idiom of one scale may not fit another.
    let inherited_measure = defaults
        .measure
        .filter(|it| scale.as_ref().is_none_or(|scale| it.fits(scale).is_ok()));
    let scale = scale.unwrap_or_else(|| defaults.scale.clone());
    let measure = measure(decoder, &fields, &scale).or(inherited_measure);
    let own = fields.get("labels").and_then(|node| labels(decoder, node, &scale));
    Some(Question {
        column,
        labels: own.unwrap_or(default_labels),
        own_missing: missing.is_some(),
        missing: missing.unwrap_or(inherited),
        version: version.unwrap_or(1),
        top: fields.get("top").and_then(|node| levels(decoder, node, "`top`", &scale)),
        bottom: fields
            .get("bottom")
            .and_then(|node| levels(decoder, node, "`bottom`", &scale)),
        measure,
        scale,
    })
}

/// The idiom that a question or the survey states for its scores, if it does.
fn measure(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    scale: &Scale,
) -> Option<Measure> {
    let node = fields.get("measure")?;
    let measure = decoder.word(node, "`measure`", &Measure::WORDS)?;
    if let Err(expected) = measure.fits(scale) {
        let problem = Diagnostic::error(
            Code::BAD_SCALE,
            node.span,
            format!("answers from {} to {} cannot be drawn so", scale.min(), scale.max()),
        );
        decoder.problems.push(problem.note(format!("expected {expected}")));
        return None;
    }
    Some(measure)
}

/// Decodes a column: its name, or the names it goes by, of which the first present is read.
pub(super) fn column(
    decoder: &mut Decoder<'_>,
    node: &Node,
    what: &str,
) -> Option<Column> {
    let names: Vec<String> = Decoder::one_or_more(node)
        .iter()
        .filter_map(|item| decoder.string(item, what))
        .map(|name| name.trim().to_owned())
        .collect();
    (!names.is_empty()).then_some(Column { names, span: Some(node.span) })
}

/// The scale that a question or the survey states, if it does.
fn own_scale(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    default: &Scale,
) -> Option<Scale> {
    let narrowed = fields.get("step").is_some() || fields.get("valid").is_some();
    match fields.get("scale") {
        Some(node) => {
            let (min, max) = ends(decoder, node)?;
            let valid = valid(decoder, fields, (min, max))?;
            Scale::new(min, max, valid)
        }
        None if narrowed => {
            let ends = (default.min(), default.max());
            let valid = valid(decoder, fields, ends)?;
            Scale::new(ends.0, ends.1, valid)
        }
        None => None,
    }
}

/// Decodes `scale:` on its own, as the survey gives it.
pub(super) fn scale(decoder: &mut Decoder<'_>, node: &Node) -> Option<Scale> {
    let (min, max) = ends(decoder, node)?;
    Scale::new(min, max, Valid::All)
}

fn ends(decoder: &mut Decoder<'_>, node: &Node) -> Option<(f64, f64)> {
    let numbers: Vec<f64> = match &node.value {
        Value::List(items) => items
            .iter()
            .filter_map(|item| decoder.number(item, "an end of the scale"))
            .collect(),
        _ => Vec::new(),
    };
    match numbers[..] {
        [min, max] if min < max => Some((min, max)),
        _ => {
            let problem =
                Diagnostic::error(Code::BAD_SCALE, node.span, "this is not a scale")
                    .note(
                        "expected the lowest and the highest answer, such as `[1, 10]`",
                    );
            decoder.problems.push(problem);
            None
        }
    }
}

fn valid(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    (min, max): (f64, f64),
) -> Option<Valid> {
    if let Some(node) = fields.get("valid") {
        let mut levels: Vec<f64> = decoder
            .list(node, "`valid`")
            .iter()
            .filter_map(|item| decoder.number_in(item, "a valid answer", (min, max)))
            .collect();
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        if levels.len() < 2 {
            decoder.error(Code::BAD_SCALE, node, "`valid` needs at least two answers");
            return None;
        }
        return Some(Valid::Levels(levels));
    }
    match fields.get("step") {
        Some(node) => {
            let limits = (f64::MIN_POSITIVE, max - min);
            decoder.number_in(node, "`step`", limits).map(Valid::Step)
        }
        None => Some(Valid::All),
    }
}

/// Decodes `labels:`, the levels of `scale` that answers in words stand for.
pub(super) fn labels(
    decoder: &mut Decoder<'_>,
    node: &Node,
    scale: &Scale,
) -> Option<Labels> {
    let mut labels = Labels::default();
    for (key, value) in decoder.mapping(node, "`labels`")? {
        let Some(level) = decoder.number(value, "the level of a label") else { continue };
        if !scale.accepts(level) {
            let message = format!("{level} is no answer on the scale");
            decoder.error(Code::OFF_SCALE, value, message);
        } else if labels
            .declare(&key.text, level)
            .is_some_and(|it| it.to_bits() != level.to_bits())
        {
            let message =
                format!("the label `{}` is declared twice, differently", key.text);
            let problem = Diagnostic::error(Code::UNCLEAR_LABELS, key.span, message);
            decoder.problems.push(problem.note("labels are compared without case"));
        }
    }
    Some(labels)
}

fn levels(
    decoder: &mut Decoder<'_>,
    node: &Node,
    what: &str,
    scale: &Scale,
) -> Option<Vec<f64>> {
    let mut levels = Vec::new();
    for item in decoder.list(node, what) {
        let Some(level) = decoder.number(item, &format!("an answer of {what}")) else {
            continue;
        };
        if scale.accepts(level) {
            levels.push(level);
        } else {
            let message = format!("{level} is no answer on the scale");
            decoder.error(Code::OFF_SCALE, item, message);
        }
    }
    levels.sort_by(f64::total_cmp);
    (!levels.is_empty()).then_some(levels)
}
