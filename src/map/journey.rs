//! The map as a whole.

use crate::{
    diag::{Code, Diagnostic},
    model::{Journey, Language, Persona, Scale},
};

use super::{
    Files, UnreadableFile, actions, benchmarks, causes,
    decode::{Decoder, Fields},
    flow,
    ids::Ids,
    inside, operations, questionnaire, rules, scores, silence, stages, survey,
    yaml::Node,
};

/// Keys of the map itself.
pub const KEYS: &[&str] = &[
    "touchmap",
    "id",
    "name",
    "language",
    "persona",
    "stages",
    "flow",
    "survey",
    "causes",
    "operations",
    "assumptions",
    "service_levels",
    "benchmarks",
    "actions",
    "rules",
    "questionnaire",
    "silence",
];

/// The one version of the format there is.
const VERSION: u64 = 1;

/// Decodes the map; what is wrong with it is in the decoder's problems.
pub(super) fn decode(
    decoder: &mut Decoder<'_>,
    root: &Node,
    files: &mut Files<'_, '_>,
) -> Result<Option<Journey>, UnreadableFile> {
    let Some(fields) = decoder.fields(root, "the map", KEYS) else { return Ok(None) };
    format_version(decoder, &fields);
    let id =
        decoder.required_id(&fields, "the map").map(|(id, _)| id).unwrap_or_default();
    let name = decoder.required_text(&fields, "the map", "name", &id);
    let language = fields.get("language").and_then(|node| decoder.language(node));
    let persona = fields.get("persona").and_then(|node| persona(decoder, node));
    let mut ids = Ids::default();
    let stages::Parts { stages, mut touchpoints, internal, scores } =
        stages::decode(decoder, &fields, &mut ids);
    let flow = flow::decode(decoder, &fields, &ids, &touchpoints);
    let causes = causes::decode(decoder, &fields, files)?;
    let inner = inside::touchpoints(&internal, &stages);
    let about =
        survey::About { touchpoints: &touchpoints, internal: &inner, causes: &causes };
    let survey = survey::decode(decoder, &fields, files, about)?;
    let scale_of = |index: usize| match &survey {
        Some(survey) => survey.questions[index].scale.clone(),
        None => Scale::one_to_ten(),
    };
    for (index, node) in scores {
        touchpoints[index].scores = scores::decode(decoder, node, &scale_of(index));
    }
    let benchmarks = benchmarks::decode(decoder, &fields, &ids);
    let actions = actions::decode(decoder, &fields, &mut ids);
    let rules = rules::decode(decoder, &fields);
    let questionnaire = questionnaire::decode(decoder, &fields, survey.as_ref());
    let silences = silence::decode(decoder, &fields);
    let language = language.unwrap_or_else(Language::english);
    let operations = operations::operations(decoder, &fields, &ids);
    let mut journey = Journey {
        id,
        name,
        language,
        persona,
        stages,
        touchpoints,
        flow,
        survey,
        causes,
        operations,
        assumptions: operations::assumptions(decoder, &fields),
        service_levels: operations::service_levels(decoder, &fields),
        inside: None,
        benchmarks,
        actions,
        rules,
        questionnaire,
        silences,
    };
    journey.inside = inside::decode(decoder, (&internal, inner), &ids, &mut journey);
    Ok(Some(journey))
}

fn format_version(decoder: &mut Decoder<'_>, fields: &Fields<'_>) {
    let Some(node) = fields.get("touchmap") else { return };
    if decoder.count(node, "`touchmap`").is_some_and(|version| version != VERSION) {
        let problem = Diagnostic::error(
            Code::FORMAT_VERSION,
            node.span,
            "this version of touchmap reads maps of format 1",
        )
        .hint("write `touchmap: 1`, or use the touchmap that the map was written for");
        decoder.problems.push(problem);
    }
}

fn persona(decoder: &mut Decoder<'_>, node: &Node) -> Option<Persona> {
    let fields = decoder.fields(node, "`persona`", &["name", "goal"])?;
    let name = decoder.required_text(&fields, "`persona`", "name", "");
    Some(Persona { name, goal: decoder.optional_text(&fields, "goal") })
}
