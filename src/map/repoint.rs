//! Entries of a map that get another value, and every other byte as it was.

use super::{
    graft::{Addition, Line, applied_over, parsed},
    graft_lines::{Look, flow},
    graft_tree::Plain,
    yaml::{Key, Node, Value},
};

/// What is to stand where something else stands.
struct Change {
    /// The keys that lead to it, from the root.
    path: Vec<String>,
    start: usize,
    end: usize,
    text: String,
    says: Plain,
}

/// Gives the entries of the mapping `section` of the map in `text`, or of the whole of it,
/// the values that `lines` say: files, and the names of columns. What else is said of a
/// question or segment (its scale, its order) stays. Gives the new text, and the lines whose
/// keys are not there, which [`graft`](super::graft()) adds.
///
/// # Errors
///
/// When the text is written so that nothing can be changed without changing something else:
/// says why.
pub fn repoint(
    text: &str,
    section: Option<&str>,
    lines: &[Line],
) -> Result<(String, Vec<Line>), String> {
    let (bare, root) = parsed(text).ok_or("it is no map that can be read")?;
    let look = if bare.trim_start().starts_with('{') { Look::Json } else { Look::Yaml };
    let node = match section {
        None => Some(&root),
        Some(name) => root.entry(name),
    };
    let Some(node) = node else { return Ok((text.to_owned(), lines.to_vec())) };
    let mut edit = Edit { text: bare, look, changes: Vec::new() };
    let path: Vec<String> = section.map(str::to_owned).into_iter().collect();
    let rest = edit.mapping(node, &path, lines);
    let changes = edit.changes;
    let mut expected = Plain::of(&root);
    for change in &changes {
        expected.set(&change.path, &change.says);
    }
    let at = changes.into_iter().map(|it| (it.start, it.end, it.text)).collect();
    let new = applied_over(bare, at);
    let (_, found) = parsed(&new).ok_or("the result would be no map that can be read")?;
    if Plain::of(&found) != expected {
        return Err("something else in it would change".to_owned());
    }
    let mark = text.strip_suffix(bare).unwrap_or_default();
    Ok((format!("{mark}{new}"), rest))
}

struct Edit<'a> {
    text: &'a str,
    look: Look,
    changes: Vec<Change>,
}

impl Edit<'_> {
    /// Changes the entries of a mapping; gives back the lines whose keys it does not have.
    fn mapping(&mut self, node: &Node, path: &[String], lines: &[Line]) -> Vec<Line> {
        let Value::Mapping(entries) = &node.value else { return lines.to_vec() };
        let mut rest = Vec::new();
        for line in lines {
            let entry = |name: &str| entries.iter().find(|(it, _)| it.text == name);
            let Line::Entry(name, value) = line else {
                rest.push(line.clone());
                continue;
            };
            let Some((key, own)) = entry(name) else {
                rest.push(line.clone());
                continue;
            };
            let path: Vec<String> = path.iter().chain([name]).cloned().collect();
            match (&own.value, value) {
                (_, Addition::Block(inner)) => {
                    let inner = self.mapping(own, &path, inner);
                    if !inner.is_empty() {
                        rest.push(Line::Entry(name.clone(), Addition::Block(inner)));
                    }
                }
                // A question or segment that says more than its column.
                (Value::Mapping(_), _) => {
                    let line = Line::Entry("column".to_owned(), column_of(value));
                    self.mapping(own, &path, &[line]);
                }
                _ => self.value(key, own, path, value),
            }
        }
        rest
    }

    fn value(&mut self, key: &Key, own: &Node, path: Vec<String>, value: &Addition) {
        let written = self.text.get(own.span.start..own.span.end).unwrap_or_default();
        // The items of a list, each in a line, go from below the key to beside it.
        let block = matches!(own.value, Value::List(_)) && written.starts_with('-');
        let end = own.span.start + written.trim_end().len();
        let (start, lead) =
            if block { (key.span.end, ": ") } else { (own.span.start, "") };
        let text = format!("{lead}{}", flow(value, self.look));
        let says = Plain::of_addition(value);
        self.changes.push(Change { path, start, end: end.max(start), text, says });
    }
}

/// The column of a question.
fn column_of(value: &Addition) -> Addition {
    let Addition::Mapping(entries) = value else { return value.clone() };
    let column = entries.iter().find(|(key, _)| key == "column");
    column.map_or_else(|| value.clone(), |(_, it)| it.clone())
}
