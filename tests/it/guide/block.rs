//! The blocks of a page in Markdown.

/// What a reader can run, see or copy.
#[derive(Debug)]
pub(super) enum Kind {
    /// Between fences; its language.
    Code(String),
    /// A picture; its path, from the page.
    Picture(String),
}

/// A block, and the comment above it.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    /// What the comment right above it says: a word, and what follows its colon or blank.
    pub(super) remark: Option<(String, String)>,
    /// What stands between the fences.
    pub(super) text: String,
    /// Its first line in the page, counted from 1.
    pub(super) line: usize,
}

/// The words that a comment may begin with.
const REMARKS: [&str; 6] = ["exit", "file", "added to", "change", "made by", "elsewhere"];

/// The blocks of a page, in order.
pub(super) fn blocks(page: &str) -> Vec<Block> {
    let lines: Vec<&str> = page.lines().collect();
    let (mut blocks, mut remark, mut at) = (Vec::new(), None, 0);
    while at < lines.len() {
        let line = lines[at];
        if let Some(language) = line.strip_prefix("```") {
            let inside: Vec<&str> =
                lines[at + 1..].iter().take_while(|it| **it != "```").copied().collect();
            blocks.push(Block {
                kind: Kind::Code(language.to_owned()),
                remark: remark.take(),
                text: inside.iter().map(|it| format!("{it}\n")).collect(),
                line: at + 1,
            });
            at += inside.len() + 2;
            continue;
        }
        if let Some(comment) = line.strip_prefix("<!-- ") {
            remark = said(comment.trim_end_matches("-->").trim()).or(remark);
        } else if line.starts_with("![") {
            let path = line.split("](").nth(1).unwrap().split(')').next().unwrap();
            let kind = Kind::Picture(path.to_owned());
            let remark = remark.take();
            blocks.push(Block { kind, remark, text: String::new(), line: at + 1 });
        } else if !line.trim().is_empty() {
            remark = None;
        }
        at += 1;
    }
    blocks
}

fn said(comment: &str) -> Option<(String, String)> {
    let word = REMARKS.iter().find(|it| comment.starts_with(*it))?;
    let rest = comment[word.len()..].trim_start_matches(':').trim();
    Some(((*word).to_owned(), rest.to_owned()))
}
