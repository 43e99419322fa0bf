//! The canonical layout of a map: indents, blanks and empty lines. Words, quotes, comments and
//! the order of keys stay as they are.
//!
//! A YAML writer would lose comments, so the text itself is laid out: first what stands in one
//! line inside braces and brackets ([`inside`]), then the lines ([`lines`]). What comes out is
//! parsed again and must say the same, comments included, or the map is left alone.

mod inside;
mod lines;
mod tokens;

use std::path::Path;

use crate::diag::{Diagnostics, Sources};

use super::graft_tree::Plain;
use super::tree;

use tokens::Tokens;

/// Why a map was left alone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotLaidOut {
    /// It is no YAML; its problems are told when it is read.
    #[error("it is not YAML")]
    NotYaml,
    /// Another layout would say something else, which is a fault of ours.
    #[error("no other layout was found that says the same")]
    Differs,
}

/// `text` in the canonical layout.
///
/// # Errors
///
/// When `text` is no YAML, or would not say the same.
pub fn laid_out(text: &str) -> Result<String, NotLaidOut> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let before = said(&text).ok_or(NotLaidOut::NotYaml)?;
    let tokens = Tokens::of(&text).ok_or(NotLaidOut::NotYaml)?;
    let spaced = inside::spaced(&text, &tokens);
    let tokens = Tokens::of(&spaced).ok_or(NotLaidOut::Differs)?;
    let laid = lines::indented(&spaced, &tokens);
    let after = said(&laid).ok_or(NotLaidOut::Differs)?;
    if before == after { Ok(laid) } else { Err(NotLaidOut::Differs) }
}

/// Everything that a text says: its values, and its comments in order.
fn said(text: &str) -> Option<(Plain, Vec<String>)> {
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let parsed = tree::parse(Path::new(""), text.as_bytes(), &mut sources, &mut problems);
    let plain = parsed.map(|(_, root)| Plain::of(&root))?;
    let tokens = Tokens::of(text)?;
    let comments = tokens.comments(text).map(|it| it.trim_end().to_owned()).collect();
    (!problems.has_errors()).then_some((plain, comments))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WILD: &str = "\u{feff}# head\r
id:   bar\r
name: {en:Bar ,  zh-Hans:  \"酒, 吧\" }\r
# the stages\r
stages:\r
- id: visit   \r
  name: 'The  visit'\r
  # about the list\r
  touchpoints:\r
     -   {id: queue,name: Queue,scores: { 2025: {mean: 6.1,n: 240} }} # first\r
     - id:   coffee\r
       name: >\r
          The\r
            coffee\r
       # tail\r
       action: \"two\r
         lines\"\r
\r
\r
\r
flow: [ queue -> coffee , coffee->end ]\r
rules:\r
      target: 80    # aligned\r
      bands: [70,80,\r
         90]\r
# end\r
";

    const TAME: &str = "# head
id: bar
name: {en:Bar, zh-Hans: \"酒, 吧\"}

# the stages
stages:
  - id: visit
    name: 'The  visit'
    # about the list
    touchpoints:
      - {id: queue, name: Queue, scores: {2025: {mean: 6.1, n: 240}}}  # first
      - id: coffee
        name: >
          The
            coffee
        # tail
        action: \"two
          lines\"

flow: [queue -> coffee, coffee->end]

rules:
  target: 80    # aligned
  bands: [70, 80,
     90]
# end
";

    #[test]
    fn a_wild_map_becomes_tame_and_stays_so() {
        // `en:Bar` without a blank is one word to YAML, and stays one.
        let wild = WILD.replace("{en:Bar ,", "{en:Bar,");
        assert!(said(&wild.replace("\r\n", "\n")).is_some());
        let laid = laid_out(&wild).unwrap();
        assert_eq!(laid, TAME);
        assert_eq!(laid_out(&laid).unwrap(), TAME);
    }

    #[test]
    fn what_is_no_yaml_is_left_alone() {
        assert_eq!(laid_out("a: [b"), Err(NotLaidOut::NotYaml));
        assert_eq!(laid_out("a: 1\na: 2\n"), Err(NotLaidOut::NotYaml));
    }

    #[test]
    fn lists_that_stand_under_their_key_are_indented() {
        let text = "a:\n- b:\n  - 1\n  -   2\n- - 3\n  - 4\nc: |\n    - keeps  x\n      # this\n\n    text\nd: x\n";
        let laid = "a:\n  - b:\n      - 1\n      - 2\n  - - 3\n    - 4\n\nc: |\n  - keeps  x\n    # this\n\n  text\n\nd: x\n";
        assert_eq!(laid_out(text).unwrap(), laid);
        assert_eq!(laid_out(laid).unwrap(), laid);
    }

    #[test]
    fn anchors_aliases_and_merged_keys_survive() {
        let text = "base: &base {id: x,  name: y}\nother:\n   <<: *base\n   z:  *base\n";
        let laid = laid_out(text).unwrap();
        assert!(laid.contains("base: &base {id: x, name: y}\n"), "{laid}");
        assert!(laid.contains("other:\n  <<: *base\n  z: *base\n"), "{laid}");
    }
}
