//! The pieces of a Mermaid flowchart: names, shapes, links, as its grammar `flow.jison` has
//! them.

/// A place in the text that is read.
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    /// A place, and the end of its line: looked for once a line, however much is in it.
    line: (usize, usize),
}

/// Most bytes of the properties of a node.
const LONGEST_PROPERTIES: usize = 1 << 12;

/// What a shape, or a link, that is not closed should have been closed with.
pub(super) struct Unclosed {
    /// Where it begins.
    pub(super) start: usize,
    /// What was expected.
    pub(super) expected: &'static str,
}

/// An arrow between nodes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Link {
    /// What is written on it.
    pub(super) label: Option<String>,
    pub(super) kind: LinkKind,
}

/// What an arrow says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkKind {
    /// With a head at its end.
    Arrow,
    /// With heads at both ends.
    Both,
    /// Without a head.
    Line,
    /// Not shown at all.
    Invisible,
}

/// Openings of shapes and what may close them, the longest first.
const SHAPES: &[(&str, &[&str])] = &[
    ("(((", &[")))"]),
    ("((", &["))"]),
    ("([", &["])"]),
    ("(-", &["-)"]),
    ("[[", &["]]"]),
    ("[(", &[")]"]),
    ("[/", &["/]", "\\]"]),
    ("[\\", &["\\]", "/]"]),
    ("{{", &["}}"]),
    ("[", &["]"]),
    ("(", &[")"]),
    ("{", &["}"]),
    (">", &["]"]),
];

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at, line: (1, 0) }
    }

    /// The rest of the line, without going over it.
    pub(super) fn line_ahead(&mut self) -> &'t str {
        let (from, end) = self.line;
        if !(from..=end).contains(&self.at) {
            let rest = self.rest();
            self.line = (self.at, self.at + rest.find('\n').unwrap_or(rest.len()));
        }
        self.text.get(self.at..self.line.1).unwrap_or_default()
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    pub(super) fn take(&mut self, piece: &str) -> bool {
        let found = self.rest().starts_with(piece);
        if found {
            self.at += piece.len();
        }
        found
    }

    /// Blanks that end no statement.
    pub(super) fn skip_blanks(&mut self) {
        let rest = self.rest();
        let blank = |it: char| it.is_whitespace() && it != '\n';
        self.at += rest.len() - rest.trim_start_matches(blank).len();
    }

    /// Up to the end of the line, or of the statement.
    pub(super) fn skip_statement(&mut self) {
        let rest = self.rest();
        self.at += rest.find(['\n', ';']).unwrap_or(rest.len());
    }

    /// The rest of the line.
    pub(super) fn line(&mut self) -> &'t str {
        let line = self.line_ahead();
        self.at += line.len();
        line
    }

    /// The word at this place, if the statement begins with it.
    pub(super) fn word(&self) -> &'t str {
        let rest = self.rest();
        let end =
            rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '_' && it != '-');
        &rest[..end.unwrap_or(rest.len())]
    }

    /// The name of a node; empty when there is none.
    pub(super) fn name(&mut self) -> &'t str {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut end = 0;
        for (at, letter) in rest.char_indices() {
            let next = bytes.get(at + 1).copied().unwrap_or(b'\n');
            let belongs = match letter {
                '-' => next.is_ascii_alphanumeric() || next == b'_' || next > 127,
                '=' => next != b'=' && next != b'>' && !next.is_ascii_whitespace(),
                '_' | '.' | '!' | '#' | '$' | '%' | '\'' | '*' | '+' | '?' | '`' => true,
                '/' | '\\' => at > 0,
                ':' => false,
                letter => letter.is_alphanumeric(),
            };
            if !belongs {
                break;
            }
            end = at + letter.len_utf8();
        }
        self.at += end;
        &rest[..end]
    }

    /// The text in the shape at this place, if one opens here.
    pub(super) fn shape(&mut self) -> Result<Option<&'t str>, Unclosed> {
        let start = self.at;
        let found = SHAPES.iter().find(|(open, _)| self.rest().starts_with(open));
        let Some((open, closers)) = found else { return Ok(None) };
        self.at += open.len();
        let blank = self.rest().len() - self.rest().trim_start().len();
        let unclosed = Unclosed { start, expected: closers[0] };
        if let Some(quoted) = self.rest()[blank..].strip_prefix('"') {
            let Some(end) = quoted.find('"') else { return Err(unclosed) };
            self.at += blank + 1 + end + 1;
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            let closed = closers.iter().any(|it| self.take(it));
            return if closed { Ok(Some(&quoted[..end])) } else { Err(unclosed) };
        }
        let line = self.line_ahead();
        let closed = line.char_indices().find_map(|(at, _)| {
            let closer = closers.iter().find(|it| line[at..].starts_with(**it))?;
            Some((at, closer.len()))
        });
        let Some((end, length)) = closed else { return Err(unclosed) };
        self.at += end + length;
        Ok(Some(&line[..end]))
    }

    /// `@{ shape: x, label: "…" }`: what is between the braces, if that opens here.
    pub(super) fn properties(&mut self) -> Result<Option<&'t str>, Unclosed> {
        let start = self.at;
        if !self.take("@{") {
            return Ok(None);
        }
        let rest = self.rest();
        let mut quoted = false;
        for (at, byte) in rest.bytes().take(LONGEST_PROPERTIES).enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b'}' if !quoted => {
                    self.at += at + 1;
                    return Ok(Some(&rest[..at]));
                }
                _ => {}
            }
        }
        Err(Unclosed { start, expected: "}" })
    }

    /// The link at this place, if there is one.
    pub(super) fn link(&mut self) -> Result<Option<Link>, Unclosed> {
        let start = self.at;
        self.link_name();
        if self.rest().starts_with("~~~") {
            self.at += self.rest().bytes().take_while(|it| *it == b'~').count();
            return Ok(Some(Link { label: None, kind: LinkKind::Invisible }));
        }
        let headed = self.rest().starts_with(['x', 'o', '<']);
        let back = self.rest().starts_with('<');
        let stroke = self.rest().get(usize::from(headed)..).unwrap_or_default();
        let form = ["--", "==", "-."].into_iter().find(|it| stroke.starts_with(it));
        let Some(form) = form else {
            self.at = start;
            return Ok(None);
        };
        self.at += usize::from(headed);
        let (label, forth) = self.stroke(form, start)?;
        let kind = match (back, forth) {
            (true, true) => LinkKind::Both,
            (_, true) => LinkKind::Arrow,
            (_, false) => LinkKind::Line,
        };
        self.skip_blanks();
        let label = label.map_or_else(|| self.label_in_bars(), |it| Ok(Some(it)))?;
        Ok(Some(Link { label, kind }))
    }

    /// `e1@` in front of a link.
    fn link_name(&mut self) {
        let start = self.at;
        let name = self.name();
        let named = !name.is_empty() && self.take("@") && !self.rest().starts_with('{');
        if !named {
            self.at = start;
        }
    }

    /// The stroke of a link: the text in it, and whether it has a head at its end.
    fn stroke(
        &mut self,
        form: &'static str,
        start: usize,
    ) -> Result<(Option<String>, bool), Unclosed> {
        if let Some((length, head)) = closing(self.rest(), form) {
            self.at += length;
            return Ok((None, head));
        }
        self.at += form.len();
        let line = self.line_ahead();
        let end = line.char_indices().find_map(|(at, _)| {
            closing(&line[at..], form).map(|(length, head)| (at, length, head))
        });
        let expected = match form {
            "==" => "==>",
            "-." => ".->",
            _ => "-->",
        };
        let Some((at, length, head)) = end else {
            return Err(Unclosed { start, expected });
        };
        self.at += at + length;
        Ok((Some(line[..at].trim().trim_matches('"').to_owned()), head))
    }

    /// `|text|` behind a link.
    fn label_in_bars(&mut self) -> Result<Option<String>, Unclosed> {
        let start = self.at;
        if !self.take("|") {
            return Ok(None);
        }
        let line = self.line_ahead();
        let blank = line.len() - line.trim_start().len();
        // A quoted label may hold a bar.
        let from = match line[blank..].strip_prefix('"') {
            Some(quoted) => blank + 1 + quoted.find('"').map_or(0, |end| end + 1),
            None => 0,
        };
        let Some(end) = line[from..].find('|').map(|it| from + it) else {
            return Err(Unclosed { start, expected: "|" });
        };
        self.at += end + 1;
        Ok(Some(line[..end].trim().trim_matches('"').to_owned()))
    }
}

/// The end of a link at the beginning of `text`: its bytes, and whether it has a head.
fn closing(text: &str, form: &str) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    let head = |at: usize| matches!(byte(at), b'>' | b'x' | b'o');
    match form {
        "-." => {
            let first = usize::from(byte(0) == b'-');
            let dots = bytes.iter().skip(first).take_while(|it| **it == b'.').count();
            let end = first + dots;
            (dots > 0 && byte(end) == b'-')
                .then(|| if head(end + 1) { (end + 2, true) } else { (end + 1, false) })
        }
        form => {
            let stroke = form.as_bytes().first().copied()?;
            let count = bytes.iter().take_while(|it| **it == stroke).count();
            match (count, head(count)) {
                (2.., true) => Some((count + 1, true)),
                (3.., false) => Some((count, false)),
                _ => None,
            }
        }
    }
}
