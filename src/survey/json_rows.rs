//! The rows of JSON Lines: an object per line, a column per key.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufRead, BufReader};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::header::Names;
use super::number::DecimalMark;
use super::table::{Rows, Width};
use super::text::{END, Text};
use super::unread::Fault;

/// Rows of objects. The header is the keys that the beginning of the file has, in order; a
/// key that comes later only is an error if the map asks for it, and no column if not.
pub(super) struct JsonRows<'a> {
    reader: BufReader<Text<'a>>,
    keys: BTreeMap<String, usize>,
    /// The header, until it was handed out.
    header: Option<Vec<String>>,
    names: Names,
    line: u64,
    buffer: Vec<u8>,
    cells: Vec<String>,
}

impl<'a> JsonRows<'a> {
    /// Whether a text that begins so has an object in its first line.
    pub(super) fn begins(text: &[u8]) -> bool {
        let first = lines(text).find(|line| !line.is_empty()).unwrap_or_default();
        first.starts_with(b"{\"") || (first.starts_with(b"{") && object(first).is_ok())
    }

    /// Finds the keys of `text`.
    ///
    /// # Errors
    ///
    /// When the text cannot be read.
    pub(super) fn open(mut text: Text<'a>, names: &Names) -> io::Result<Self> {
        let (mut keys, mut header) = (BTreeMap::new(), Vec::new());
        // What is no object is met again, and told, when its row is read.
        for (key, _) in lines(text.peek()?).filter_map(|line| object(line).ok()).flatten()
        {
            if !keys.contains_key(&key) {
                keys.insert(key.clone(), header.len());
                header.push(key);
            }
        }
        Ok(Self {
            reader: BufReader::with_capacity(1 << 16, text),
            keys,
            header: Some(header),
            names: names.clone(),
            line: 0,
            buffer: Vec::new(),
            cells: Vec::new(),
        })
    }

    fn fill(&mut self, row: &mut csv::ByteRecord) -> io::Result<()> {
        let line = self.line;
        let broken = |what: String| io::Error::from(Fault::Broken(what));
        let object = object(&self.buffer)
            .map_err(|error| broken(format!("line {line} is no JSON object: {error}")))?;
        self.cells.clear();
        self.cells.resize(self.keys.len(), String::new());
        for (key, value) in object {
            match self.keys.get(&key).and_then(|at| self.cells.get_mut(*at)) {
                Some(cell) => *cell = value,
                None if self.names.has(&key) => {
                    return Err(broken(format!(
                        "line {line} has the key `{key}`, which no line near the beginning has"
                    )));
                }
                None => {}
            }
        }
        row.extend(&self.cells);
        Ok(())
    }
}

impl Rows for JsonRows<'_> {
    fn next(&mut self, row: &mut csv::ByteRecord) -> io::Result<Option<u64>> {
        row.clear();
        if let Some(header) = self.header.take() {
            row.extend(&header);
            return Ok(Some(1));
        }
        loop {
            self.buffer.clear();
            self.reader.read_until(b'\n', &mut self.buffer)?;
            self.reader.get_mut().end_record();
            self.line += 1;
            let text = self.buffer.trim_ascii();
            if self.buffer.is_empty() || text == END.as_bytes() {
                return Ok(None);
            }
            if text.is_empty() {
                continue;
            }
            self.fill(row)?;
            return Ok(Some(self.line));
        }
    }

    fn decimal_mark(&self) -> DecimalMark {
        DecimalMark::PointOrComma
    }

    fn width(&self) -> Width {
        Width::Free
    }
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii)
}

/// The keys and values of an object; those of objects inside it as `outer.inner`.
fn object(line: &[u8]) -> Result<Vec<(String, String)>, serde_json::Error> {
    let mut entries = Vec::new();
    for (key, value) in serde_json::from_slice::<Entries>(line)?.0 {
        flatten(key, value, &mut entries);
    }
    Ok(entries)
}

fn flatten(key: String, value: Value, entries: &mut Vec<(String, String)>) {
    match value {
        Value::Null => entries.push((key, String::new())),
        Value::String(text) => entries.push((key, text)),
        Value::Object(inner) => {
            for (name, value) in inner {
                flatten(format!("{key}.{name}"), value, entries);
            }
        }
        other => entries.push((key, other.to_string())),
    }
}

/// An object whose keys differ: of two values under one key, one would be lost.
struct Entries(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
        let mut entries: Vec<(String, Value)> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            if !seen.insert(key.clone()) {
                let message = format!("the key `{key}` stands twice");
                return Err(serde::de::Error::custom(message));
            }
            entries.push((key, value));
        }
        Ok(Entries(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;
    use crate::survey::table::Table;

    fn rows(text: &str) -> Result<Vec<Vec<String>>, String> {
        let text = Text::open(Box::new(text.as_bytes()), &Language::english());
        let mut table = Table::open(text.unwrap().unwrap(), &Names::default())
            .map_err(|error| error.to_string())?
            .unwrap();
        let mut all = vec![table.header().names().map(str::to_owned).collect()];
        let mut row = csv::ByteRecord::new();
        while table.next(&mut row).map_err(|error| error.to_string())?.is_some() {
            let cells = row.iter().map(|cell| String::from_utf8(cell.to_vec()).unwrap());
            all.push(cells.collect());
        }
        Ok(all)
    }

    #[test]
    fn keys_are_columns_wherever_they_stand_in_a_line() {
        let text =
            "{\"id\": \"a\", \"q1\": 7}\n\n{\"q2\": 8.5, \"id\": \"b\", \"q1\": null}\n";
        let expected = [["id", "q1", "q2"], ["a", "7", ""], ["b", "", "8.5"]];
        assert_eq!(rows(text).unwrap(), expected);
    }

    #[test]
    fn objects_inside_objects_are_columns_too() {
        let text = "{\"id\": 1, \"answers\": {\"q1\": 7, \"tags\": [1, 2]}}\n";
        let expected = [["id", "answers.q1", "answers.tags"], ["1", "7", "[1,2]"]];
        assert_eq!(rows(text).unwrap(), expected);
    }

    #[test]
    fn what_is_no_object_is_told_with_its_line() {
        let found = rows("{\"id\": 1}\n{\"id\": 2\n").unwrap_err();
        assert!(found.starts_with("line 2 is no JSON object: "), "{found}");
        let found = rows("{\"id\": 1}\n{\"id\": 2, \"id\": 3}\n").unwrap_err();
        assert!(found.contains("the key `id` stands twice"), "{found}");
    }
}
