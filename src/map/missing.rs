//! `missing:` — which codes stand for no answer, and why there is none.

use std::collections::BTreeMap;

use crate::{
    diag::{Code, Diagnostic, Span},
    model::{MissingClass, MissingCodes},
};

use super::{decode::Decoder, yaml::Node};

/// Decodes a mapping of codes to classes; `""` stands for an empty cell.
pub(super) fn decode(decoder: &mut Decoder<'_>, node: &Node) -> Option<MissingCodes> {
    let entries = decoder.mapping(node, "`missing`")?;
    let mut codes = MissingCodes::default();
    let mut places: BTreeMap<String, Span> = BTreeMap::new();
    for (key, value) in entries {
        let class =
            decoder.word(value, "the class of a missing code", &MissingClass::WORDS);
        let Some(class) = class else { continue };
        let first = places.insert(MissingCodes::normal(&key.text), key.span);
        let before = codes.declare(&key.text, class);
        if let (Some(first), true) = (first, before.is_some_and(|before| before != class))
        {
            let message =
                format!("the code `{}` is declared twice, differently", key.text);
            let problem = Diagnostic::error(Code::AMBIGUOUS_MISSING, key.span, message)
                .label("second")
                .related(first, "first")
                .note("codes are compared without case, and as numbers: `6` is `6.0`");
            decoder.problems.push(problem);
        }
    }
    Some(codes)
}
