//! What Mermaid's diagrams have in common: how a text begins, comments, escapes.

/// The byte at which the diagram itself begins, behind front matter, directives and comments;
/// and the title of the front matter.
pub(super) fn prelude(text: &str) -> (usize, Option<String>) {
    let mut at = 0;
    let mut title = None;
    let body = text.trim_start();
    if let Some(matter) = body.strip_prefix("---")
        && let Some(end) = matter.find("\n---")
    {
        at = text.len() - matter.len() + end + 4;
        let line = matter[..end].lines().find_map(|it| it.trim().strip_prefix("title:"));
        title = line.map(|it| it.trim().trim_matches(['"', '\'']).to_owned());
    }
    loop {
        let rest = &text[at..];
        let blank = rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        let skipped = if rest.starts_with("%%{") {
            rest.find("}%%").map_or(rest.len(), |end| end + 3)
        } else if rest.starts_with("%%") {
            rest.find('\n').unwrap_or(rest.len())
        } else {
            return (at + blank, title.filter(|it: &String| !it.is_empty()));
        };
        at += blank + skipped;
    }
}

/// A text inside of double quotes: entities for whatever Mermaid or HTML would read.
pub(super) fn quoted(text: &str) -> String {
    let mut safe = String::from("\"");
    let mut before = ' ';
    for letter in one_line(text).chars() {
        match letter {
            '"' => safe.push_str("#quot;"),
            '#' => safe.push_str("#35;"),
            '<' => safe.push_str("#lt;"),
            '>' => safe.push_str("#gt;"),
            '&' => safe.push_str("#amp;"),
            '`' => safe.push_str("#96;"),
            '%' if before == '%' => safe.push_str("#37;"),
            letter => safe.push(letter),
        }
        before = letter;
    }
    safe + "\""
}

/// `text` without line breaks and control characters; a dash where nothing is left.
pub(super) fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|it| {
            if it.is_control() || matches!(it, '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                it
            }
        })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    if words.is_empty() { "–".to_owned() } else { words.join(" ") }
}

/// The text that a label shows: entities read, line breaks and tags gone.
pub(super) fn shown(label: &str) -> String {
    let label = label.trim().trim_matches('`');
    let mut text = String::new();
    let mut rest = label;
    while let Some(at) = rest.find(['#', '&', '<']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (letters, length) = special(rest);
        text.push_str(&letters);
        rest = &rest[length..];
    }
    text.push_str(rest);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// What an entity or tag at the beginning of `text` stands for, and its bytes.
fn special(text: &str) -> (String, usize) {
    let own = || {
        let letter = text.chars().next().unwrap_or_default();
        (letter.to_string(), letter.len_utf8())
    };
    if let Some(inside) = text.strip_prefix('<') {
        let inside = inside.strip_prefix('/').unwrap_or(inside);
        let is_tag = inside.starts_with(|it: char| it.is_ascii_alphabetic());
        if !is_tag {
            return own();
        }
        // What opens no further than the next `<` is looked at once, however many there are.
        return match text[1..].find(['<', '>']).map(|at| at + 1) {
            Some(end) if text[end..].starts_with('>') => (" ".to_owned(), end + 1),
            _ => own(),
        };
    }
    let name = text[1..].strip_prefix('#').unwrap_or(&text[1..]);
    let start = text.len() - name.len();
    let end = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if end == 0 || end > 8 || name.as_bytes().get(end) != Some(&b';') {
        return own();
    }
    match entity(&name[..end]) {
        Some(letter) => (letter.to_string(), start + end + 1),
        None => own(),
    }
}

fn entity(name: &str) -> Option<char> {
    let number = match name.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => name.parse().ok(),
    };
    if let Some(letter) = number.and_then(char::from_u32) {
        return Some(if letter.is_control() { ' ' } else { letter });
    }
    let named = [
        ("quot", '"'),
        ("lt", '<'),
        ("gt", '>'),
        ("amp", '&'),
        ("apos", '\''),
        ("nbsp", ' '),
    ];
    named.iter().find(|(it, _)| *it == name).map(|(_, letter)| *letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_shows_as_it_was() {
        for text in
            ["a \"b\" <i>c</i> & d; #35; 50 %% --> e | f ] g", "付款 & 交付", "`x`y"]
        {
            let label = quoted(text);
            let inside = label.trim_matches('"');
            assert!(
                !inside.contains(['"', '<', '>', '`']) && !inside.contains("%%"),
                "{label}"
            );
            assert_eq!(shown(inside), text);
        }
        assert_eq!(quoted("a\nb"), "\"a b\"");
    }

    #[test]
    fn the_diagram_begins_behind_front_matter_directives_and_comments() {
        let text = "---\ntitle: \"T\"\n---\n%%{init: {}}%%\n%% hello\nflowchart LR\n";
        let (at, title) = prelude(text);
        assert!(text[at..].starts_with("flowchart"));
        assert_eq!(title.as_deref(), Some("T"));
        assert_eq!(prelude("%%{never closed").0, 15);
    }
}
