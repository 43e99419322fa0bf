//! The tokens of the DOT language, as graphviz.org/doc/info/lang.html has them.

/// A token and its bytes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A name, number, quoted or HTML string.
    Id(Id),
    /// `->` or `--`.
    Arrow {
        /// Whether it is `->`.
        directed: bool,
    },
    /// One of `{ } [ ] ; , = :`.
    Mark(char),
    /// The end of the text.
    End,
}

/// A name or text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Id {
    pub(super) text: String,
    pub(super) form: Form,
}

/// How an id is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As a bare word, which may be a keyword.
    Bare,
    /// In quotes.
    Quoted,
    /// In angle brackets.
    Html,
}

/// What no token begins with, or none ends.
pub(super) struct Unread {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) message: String,
    pub(super) expected: &'static str,
}

/// Reads tokens one after the other.
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next token; behind the last one, always the end.
    pub(super) fn next(&mut self) -> Result<Token, Unread> {
        self.skip()?;
        let start = self.at;
        let Some(letter) = self.rest().chars().next() else {
            return Ok(Token { kind: Kind::End, start, end: start });
        };
        let kind = match letter {
            '{' | '}' | '[' | ']' | ';' | ',' | '=' | ':' => {
                self.at += 1;
                Kind::Mark(letter)
            }
            '-' if self.rest().starts_with("->") || self.rest().starts_with("--") => {
                let directed = self.rest().starts_with("->");
                self.at += 2;
                Kind::Arrow { directed }
            }
            '"' => Kind::Id(Id { text: self.quoted()?, form: Form::Quoted }),
            '<' => Kind::Id(Id { text: self.html()?, form: Form::Html }),
            _ => Kind::Id(Id { text: self.bare()?, form: Form::Bare }),
        };
        Ok(Token { kind, start, end: self.at })
    }

    /// Blanks, `//` and `/* */` comments, and lines that begin with `#`.
    fn skip(&mut self) -> Result<(), Unread> {
        loop {
            let rest = self.rest();
            let trimmed = rest
                .trim_start_matches(|it: char| it.is_whitespace() || it == '\u{feff}');
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//")
                || trimmed.starts_with('#') && self.begins_a_line()
            {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                let Some(end) = trimmed.find("*/") else {
                    return Err(self.unread(2, "this comment is never closed", "`*/`"));
                };
                self.at += end + 2;
            } else {
                return Ok(());
            }
        }
    }

    /// Whether only blanks stand before this place in its line. It is asked of a `#` alone,
    /// which ends the line or the reading: to ask it of every token of a long line would take
    /// the square of its length.
    fn begins_a_line(&self) -> bool {
        let before = self.text[..self.at].rsplit('\n').next().unwrap_or_default();
        before.trim().is_empty()
    }

    /// Goes over `length` bytes that cannot be read.
    fn unread(
        &mut self,
        length: usize,
        message: impl Into<String>,
        expected: &'static str,
    ) -> Unread {
        let start = self.at;
        self.at = self.text.len();
        Unread { start, end: start + length, message: message.into(), expected }
    }

    fn bare(&mut self) -> Result<String, Unread> {
        let rest = self.rest();
        let letter = |it: char| it.is_ascii_alphanumeric() || it == '_' || !it.is_ascii();
        let number = |it: char| it.is_ascii_digit() || it == '.';
        let begins_number = rest.starts_with(|it: char| number(it) || it == '-');
        let end = if begins_number {
            let sign = usize::from(rest.starts_with('-'));
            sign + rest[sign..].find(|it| !number(it)).unwrap_or(rest.len() - sign)
        } else {
            rest.find(|it| !letter(it)).unwrap_or(rest.len())
        };
        if end == 0 || &rest[..end] == "-" {
            let found = rest.chars().next().unwrap_or_default();
            let message = format!("`{found}` begins nothing that DOT knows");
            let expected = "a name, a text in quotes, or one of `{ } [ ] ; , = -> --`";
            return Err(self.unread(found.len_utf8(), message, expected));
        }
        self.at += end;
        Ok(rest[..end].to_owned())
    }

    /// A quoted string, with those that `+` adds to it. Only `\"` and a line break behind a
    /// backslash are read here; the other escapes mean something to labels alone.
    fn quoted(&mut self) -> Result<String, Unread> {
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let mut letters = rest.char_indices().skip(1).peekable();
            let mut end = None;
            while let Some((at, letter)) = letters.next() {
                match (letter, letters.peek().map(|(_, it)| *it)) {
                    ('"', _) => {
                        end = Some(at + 1);
                        break;
                    }
                    ('\\', Some('"')) => {
                        text.push('"');
                        letters.next();
                    }
                    ('\\', Some('\\')) => {
                        text.push_str("\\\\");
                        letters.next();
                    }
                    ('\\', Some('\n')) => drop(letters.next()),
                    (letter, _) => text.push(letter),
                }
            }
            let Some(end) = end else {
                return Err(self.unread(
                    1,
                    "this text is never closed",
                    "a `\"` behind it",
                ));
            };
            self.at += end;
            let before = self.at;
            self.skip()?;
            if !self.rest().starts_with('+') {
                self.at = before;
                return Ok(text);
            }
            self.at += 1;
            self.skip()?;
            if !self.rest().starts_with('"') {
                return Err(self.unread(
                    1,
                    "`+` adds no text here",
                    "a text in quotes behind it",
                ));
            }
        }
    }

    /// What is between balanced angle brackets.
    fn html(&mut self) -> Result<String, Unread> {
        let rest = self.rest();
        let mut depth = 0_usize;
        for (at, byte) in rest.bytes().enumerate() {
            match byte {
                b'<' => depth += 1,
                b'>' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                self.at += at + 1;
                return Ok(rest[1..at].to_owned());
            }
        }
        Err(self.unread(1, "this HTML text is never closed", "as many `>` as `<`"))
    }
}
