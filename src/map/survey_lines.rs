//! What `match` found → lines for the section `survey` of a map.

use crate::model::{
    CodeFound, MatchedFile, Matching, Placing, PlacingStatus, Purpose, ScaleFound,
};

use super::graft::{Addition, Line};

/// Sections with an entry for each touchpoint or segment, in the order of the map.
const SECTIONS: [Purpose; 4] =
    [Purpose::Segment, Purpose::Touchpoint, Purpose::Expectation, Purpose::Comment];

/// The lines that say what was found and the map does not say yet. What is sure is an entry;
/// what is less sure, or needs somebody's word, is a comment. `path` is how the map names a
/// file, if it can.
pub fn survey_lines(
    matching: &Matching,
    path: &dyn Fn(&str) -> Option<String>,
) -> Vec<Line> {
    let mut lines = Vec::new();
    let fresh = matching.files.iter().filter(|it| !it.declared);
    let files: Vec<_> = fresh.filter_map(|it| file(matching, it, path)).collect();
    if !files.is_empty() {
        lines.push(Line::Entry("files".to_owned(), Addition::Items(files)));
    }
    let is_single = |it: &&Placing| !SECTIONS.contains(&it.purpose);
    lines.extend(matching.placings.iter().filter(is_single).filter_map(placing));
    lines.extend(matching.scale.as_ref().and_then(scale));
    lines.extend(section("missing", matching.missing.iter().map(code).collect()));
    for purpose in SECTIONS {
        let of_it = matching.placings.iter().filter(|it| it.purpose == purpose);
        let Some(key) = of_it.clone().map(Placing::key).next() else { continue };
        lines.extend(section(key, of_it.filter_map(placing).collect()));
    }
    lines
}

fn section(key: &str, lines: Vec<Line>) -> Option<Line> {
    (!lines.is_empty()).then(|| Line::Entry(key.to_owned(), Addition::Block(lines)))
}

/// A file, with its wave, and with the columns that it calls otherwise than the others do.
fn file(
    matching: &Matching,
    file: &MatchedFile,
    path: &dyn Fn(&str) -> Option<String>,
) -> Option<Addition> {
    let own_columns = matching.placings.iter().filter_map(|it| {
        let is_sure = it.status == PlacingStatus::Proposed;
        let own = it.own.iter().find(|own| own.path == file.path)?;
        let id =
            it.id.clone().filter(|_| is_sure && it.purpose == Purpose::Touchpoint)?;
        Some((id, question(std::slice::from_ref(&own.column), it.scale)))
    });
    let own_columns: Vec<_> = own_columns.collect();
    let wave = file.wave.as_ref().filter(|it| it.confidence >= matching.min_confidence);
    let path = Addition::Text(path(&file.path)?);
    if wave.is_none() && own_columns.is_empty() {
        return Some(path);
    }
    let mut entries = vec![("path".to_owned(), path)];
    entries.extend(wave.map(|it| ("wave".to_owned(), Addition::Text(it.wave.clone()))));
    if !own_columns.is_empty() {
        entries.push(("columns".to_owned(), Addition::Mapping(own_columns)));
    }
    Some(Addition::Mapping(entries))
}

/// What has which column; `None` where the map says it, or nothing was found.
fn placing(placing: &Placing) -> Option<Line> {
    let key = placing.id.as_deref().unwrap_or(placing.key()).to_owned();
    let column = || question(&placing.columns, placing.scale);
    match placing.status {
        PlacingStatus::Declared | PlacingStatus::Absent => None,
        PlacingStatus::Proposed => Some(Line::Entry(key, column())),
        PlacingStatus::Uncertain => {
            let why = format!("perhaps ({:.2})", placing.confidence.unwrap_or_default());
            Some(Line::Perhaps(key, column(), why))
        }
    }
}

fn question(columns: &[String], scale: Option<[f64; 2]>) -> Addition {
    let mut names = columns.iter().cloned().map(Addition::Text);
    let column = match names.len() {
        1 => names.next().unwrap_or(Addition::List(Vec::new())),
        _ => Addition::List(names.collect()),
    };
    match scale {
        None => column,
        Some(ends) => Addition::Mapping(vec![
            ("column".to_owned(), column),
            ("scale".to_owned(), numbers(ends)),
        ]),
    }
}

fn scale(found: &ScaleFound) -> Option<Line> {
    let entry = || Line::Entry("scale".to_owned(), numbers(found.scale));
    (!found.declared).then(entry)
}

fn numbers(ends: [f64; 2]) -> Addition {
    Addition::List(ends.map(|it| Addition::Number(it.to_string())).into())
}

/// A word says what it means; what a number stands for, somebody has to know.
fn code(found: &CodeFound) -> Line {
    let (code, class) = (found.code.clone(), Addition::Text(found.class.clone()));
    if found.clear {
        return Line::Entry(code, class);
    }
    let columns = if found.columns == 1 { "column" } else { "columns" };
    Line::Perhaps(code, class, format!("perhaps; in {} {columns}", found.columns))
}
