//! Blanks inside braces and brackets: one behind a comma and a colon, none at the ends.

use super::tokens::Tokens;

/// `text` with the blanks inside braces and brackets put right.
pub(super) fn spaced(text: &str, tokens: &Tokens) -> String {
    let mut out = String::new();
    let mut done = 0;
    for flow in &tokens.flows {
        out.push_str(&text[done..flow.start]);
        let mut at = flow.start;
        for word in tokens.words_in(flow) {
            out.push_str(&gap(&text[at..word.start]));
            out.push_str(&text[word.clone()]);
            at = word.end;
        }
        out.push_str(&gap(&text[at..flow.end]));
        done = flow.end;
    }
    out.push_str(&text[done..]);
    out
}

/// What stands between two words: signs and blanks; anything else, such as an anchor or the
/// end of a line, is left as it is.
fn gap(gap: &str) -> String {
    let is_plain =
        gap.chars().all(|it| matches!(it, '{' | '}' | '[' | ']' | ',' | ':' | ' '));
    if !is_plain {
        return gap.to_owned();
    }
    let mut out = String::new();
    for sign in gap.chars().filter(|it| *it != ' ') {
        if matches!(sign, '}' | ']' | ',') {
            out.truncate(out.trim_end().len());
        }
        out.push(sign);
        if matches!(sign, ',' | ':') {
            out.push(' ');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::gap;

    #[test]
    fn signs_have_one_blank_behind_them() {
        assert_eq!(gap(" ,  "), ", ");
        assert_eq!(gap(":"), ": ");
        assert_eq!(gap("{ "), "{");
        assert_eq!(gap(" } ,["), "}, [");
        assert_eq!(gap(", ]"), ",]");
        assert_eq!(gap(": &a "), ": &a ");
    }
}
