//! `reasons` of a survey: columns in which customers, or interviewers, say why.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, nearest};
use crate::model::{Codebook, Labels, MissingCodes, ReasonColumns, ReasonPlan};

use super::decode::{Decoder, Fields};
use super::yaml::{Key, Node, Value};
use super::{missing, question};

/// Keys of the reasons of a touchpoint.
const KEYS: &[&str] = &["column", "separators", "columns", "ticks", "codes", "missing"];

/// What stands between the codes of a cell, where the map does not say it.
const SEPARATORS: &str = ";；,，、|/\n";

/// What stands for a reason that the codebook does not have.
const OTHER: &str = "other";

/// Decodes the reasons of a touchpoint: a column, or a mapping.
pub(super) fn decode(
    decoder: &mut Decoder<'_>,
    node: &Node,
    book: &Codebook,
    defaults: &MissingCodes,
) -> Option<ReasonPlan> {
    let Value::Mapping(_) = node.value else {
        let column = question::column(decoder, node, "the column of reasons")?;
        let separators = SEPARATORS.chars().collect();
        let columns = ReasonColumns::Coded { column, separators };
        let missing = free(defaults, book, &BTreeMap::new());
        return Some(ReasonPlan { columns, codes: BTreeMap::new(), missing });
    };
    let fields = decoder.fields(node, "the reasons of a touchpoint", KEYS)?;
    let codes = fields.get("codes").map(|node| codes(decoder, node, book));
    let codes = codes.unwrap_or_default();
    let columns = columns(decoder, &fields, book)?;
    let own = fields.get("missing").and_then(|node| missing::decode(decoder, node));
    let missing = own.unwrap_or_else(|| free(defaults, book, &codes));
    Some(ReasonPlan { columns, codes, missing })
}

/// The missing codes of the survey that are no code of a cause.
fn free(
    defaults: &MissingCodes,
    book: &Codebook,
    codes: &BTreeMap<String, Option<usize>>,
) -> MissingCodes {
    let mut free = MissingCodes::default();
    let unused = |code: &str| {
        book.find(code).is_none() && !codes.contains_key(&Labels::normal(code))
    };
    for (code, class) in defaults.iter().filter(|(code, _)| unused(code)) {
        free.declare(code, class);
    }
    free
}

fn columns(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    book: &Codebook,
) -> Option<ReasonColumns> {
    match (fields.get("column"), fields.get("columns")) {
        (Some(_), Some(both)) => {
            let message = "reasons stand in one column, or in one for each cause";
            decoder.error(Code::UNKNOWN_KEY, both, message);
            None
        }
        (Some(node), None) => {
            let column = question::column(decoder, node, "`column`")?;
            let separators = match fields.get("separators") {
                None => SEPARATORS,
                Some(node) => decoder.string(node, "`separators`").unwrap_or(SEPARATORS),
            };
            let separators = separators.chars().collect();
            Some(ReasonColumns::Coded { column, separators })
        }
        (None, Some(node)) => {
            let ticks = fields.get("ticks").map(Decoder::one_or_more).unwrap_or_default();
            let ticks = ticks.iter().filter_map(|it| decoder.string(it, "a tick"));
            let ticks = ticks.map(Labels::normal).collect();
            Some(ReasonColumns::Ticked { columns: ticked(decoder, node, book), ticks })
        }
        (None, None) => {
            decoder.missing(fields, "the reasons of a touchpoint", "column");
            None
        }
    }
}

/// The columns of causes, by the id of the cause.
fn ticked(
    decoder: &mut Decoder<'_>,
    node: &Node,
    book: &Codebook,
) -> Vec<(Option<usize>, crate::model::Column)> {
    let mut columns = Vec::new();
    for (key, value) in decoder.mapping(node, "`columns` of reasons").unwrap_or_default()
    {
        let cause = cause(decoder, &key.text, key, book);
        let column = question::column(decoder, value, "the column of a cause");
        if let (Some(cause), Some(column)) = (cause, column) {
            columns.push((cause.cause(), column));
        }
    }
    columns
}

/// What codes stand for.
fn codes(
    decoder: &mut Decoder<'_>,
    node: &Node,
    book: &Codebook,
) -> BTreeMap<String, Option<usize>> {
    let mut codes = BTreeMap::new();
    for (key, value) in decoder.mapping(node, "`codes`").unwrap_or_default() {
        let Some(id) = decoder.string(value, "the cause of a code") else { continue };
        let at = Key { text: id.trim().to_owned(), span: value.span };
        if let Some(cause) = cause(decoder, &at.text, &at, book) {
            codes.insert(Labels::normal(&key.text), cause.cause());
        }
    }
    codes
}

/// What a map names.
#[derive(Clone, Copy)]
enum Meant {
    Cause(usize),
    /// One that the codebook does not have.
    Other,
}

impl Meant {
    fn cause(self) -> Option<usize> {
        match self {
            Self::Cause(cause) => Some(cause),
            Self::Other => None,
        }
    }
}

/// The cause that a map names.
fn cause(
    decoder: &mut Decoder<'_>,
    id: &str,
    at: &Key,
    book: &Codebook,
) -> Option<Meant> {
    if id == OTHER {
        return Some(Meant::Other);
    }
    if let Some(found) = book.find(id) {
        return Some(Meant::Cause(found));
    }
    let message = format!("no cause has the id `{id}`");
    let ids = book.causes.iter().map(|it| it.id.as_str());
    let problem = Diagnostic::error(Code::UNKNOWN_REFERENCE, at.span, message);
    let problem = match nearest(id, ids) {
        Some(word) => problem.hint(format!("did you mean `{word}`?")),
        None => problem.note(
            "expected the id, a number or the name of a cause of the codebook, or `other`",
        ),
    };
    decoder.problems.push(problem);
    None
}
