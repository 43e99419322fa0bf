//! The section `causes`, here or in a file of its own: what customers are dissatisfied about.

use std::path::Path;
use std::sync::LazyLock;

use crate::diag::{Code, Diagnostic, Diagnostics, Sources};
use crate::model::{Cause, CauseGroup, Codebook};

use super::decode::{Decoder, Fields};
use super::yaml::{Node, Value};
use super::{Files, UnreadableFile, tree};

/// Keys of the section.
pub(super) const KEYS: &[&str] = &["version", "extends", "groups"];

/// Keys of a group.
const GROUP_KEYS: &[&str] = &["id", "name", "causes"];

/// Keys of a cause.
const CAUSE_KEYS: &[&str] = &["id", "name", "factors", "keywords"];

/// The one version of the format there is.
const VERSION: u64 = 1;

/// The codebook that is used where a map has none.
const OWN: &str = include_str!("../../templates/codebook/causes.yaml");

/// Groups with their causes, as they are written.
type Groups = Vec<(CauseGroup, Vec<Cause>)>;

/// Decodes the section `causes`, following it into another file if it names one; the codebook
/// of touchmap where the map has none.
pub(super) fn decode(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    files: &mut Files<'_, '_>,
) -> Result<Codebook, UnreadableFile> {
    let Some(node) = fields.get("causes") else {
        return Ok(Codebook::of(OF_TOUCHMAP.clone()));
    };
    let groups = match node.scalar() {
        None => section(decoder, node),
        Some(path) => match files.tree(path, decoder.problems)? {
            None => Vec::new(),
            Some((_, source, root)) => {
                section(&mut Decoder::new(source, decoder.problems), &root)
            }
        },
    };
    Ok(Codebook::of(groups))
}

/// The causes of touchmap itself, read once.
static OF_TOUCHMAP: LazyLock<Groups> = LazyLock::new(|| {
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let path = Path::new("the causes of touchmap");
    let parsed = tree::parse(path, OWN.as_bytes(), &mut sources, &mut problems);
    let Some((source, root)) = parsed else { return Vec::new() };
    section(&mut Decoder::new(source, &mut problems), &root)
});

fn section(decoder: &mut Decoder<'_>, node: &Node) -> Groups {
    let Some(fields) = decoder.fields(node, "`causes`", KEYS) else { return Vec::new() };
    if let Some(node) = fields.get("version")
        && decoder.count(node, "`version`").is_some_and(|version| version != VERSION)
    {
        let message = "this version of touchmap reads codebooks of version 1";
        decoder.error(Code::FORMAT_VERSION, node, message);
    }
    let extends =
        fields.get("extends").is_some_and(|node| decoder.truth(node, "`extends`"));
    let mut groups = if extends { OF_TOUCHMAP.clone() } else { Vec::new() };
    let Some(node) = fields.get("groups") else {
        decoder.missing(&fields, "`causes`", "groups");
        return groups;
    };
    let mut written = Written::default();
    for item in decoder.list(node, "`groups`") {
        group(decoder, item, &mut groups, &mut written);
    }
    groups
}

/// The ids that the section itself has given.
#[derive(Default)]
struct Written {
    groups: Vec<String>,
    causes: Vec<String>,
}

/// Adds a group; one that is there already takes its causes in.
fn group(
    decoder: &mut Decoder<'_>,
    node: &Node,
    groups: &mut Groups,
    written: &mut Written,
) {
    let Some(fields) = decoder.fields(node, "a group of causes", GROUP_KEYS) else {
        return;
    };
    let Some((id, span)) = decoder.required_id(&fields, "the group of causes") else {
        return;
    };
    if written.groups.contains(&id) {
        decoder.problems.push(taken(&id, span));
    }
    written.groups.push(id.clone());
    let at = groups.iter().position(|(it, _)| it.id == id);
    let known = at.map(|at| groups[at].0.name.clone());
    let name = match (known, fields.get("name")) {
        (Some(known), None) => known,
        _ => decoder.required_text(&fields, "the group of causes", "name", &id),
    };
    let causes: Vec<Cause> = match fields.get("causes") {
        None => Vec::new(),
        Some(list) => {
            let items = decoder.list(list, "`causes` of a group");
            items.iter().filter_map(|item| cause(decoder, item, written)).collect()
        }
    };
    // A cause that is written anew is where it is written.
    for (_, others) in groups.iter_mut() {
        others.retain(|it| !causes.iter().any(|new| new.id == it.id));
    }
    match at.and_then(|at| groups.get_mut(at)) {
        Some((group, own)) => {
            group.name = name;
            own.extend(causes);
        }
        None => groups.push((CauseGroup { id, name, causes: 0..0 }, causes)),
    }
}

fn cause(decoder: &mut Decoder<'_>, node: &Node, written: &mut Written) -> Option<Cause> {
    let fields = decoder.fields(node, "a cause", CAUSE_KEYS)?;
    let (id, span) = decoder.required_id(&fields, "the cause")?;
    if written.causes.contains(&id) {
        decoder.problems.push(taken(&id, span));
    }
    written.causes.push(id.clone());
    let name = decoder.required_text(&fields, "the cause", "name", &id);
    let factors = fields.get("factors").map(Decoder::one_or_more).unwrap_or_default();
    let factors = factors.iter().filter_map(|it| decoder.count(it, "a factor")).collect();
    let keywords = fields.get("keywords").map(|node| keywords(decoder, node));
    Some(Cause { id, name, group: 0, factors, keywords: keywords.unwrap_or_default() })
}

/// Keywords by language, or of any.
fn keywords(decoder: &mut Decoder<'_>, node: &Node) -> Vec<String> {
    let mut all = Vec::new();
    let lists: Vec<&Node> = match &node.value {
        Value::Mapping(entries) => entries.iter().map(|(_, list)| list).collect(),
        _ => vec![node],
    };
    for item in lists.into_iter().flat_map(Decoder::one_or_more) {
        let Some(word) = decoder.string(item, "a keyword") else { continue };
        if word.trim().chars().count() < 2 {
            let message = format!("the keyword `{word}` is a single character");
            let problem = Diagnostic::error(Code::BAD_WORD, item.span, message)
                .note("it would be found in nearly every comment");
            decoder.problems.push(problem);
        } else {
            all.push(word.trim().to_owned());
        }
    }
    all
}

fn taken(id: &str, span: crate::diag::Span) -> Diagnostic {
    let message = format!("the id `{id}` is taken");
    Diagnostic::error(Code::DUPLICATE_ID, span, message)
        .hint("each group, and each cause of a codebook, has an id of its own")
}
