//! Scores of each value of a segment, side by side.

use crate::model::{Analysis, Journey, Language, SegmentResult, Status};

use super::{
    columns::{blocks, wrapped},
    table::thousands,
};

/// Points of every touchpoint by the values of one segment.
pub(super) fn by_table(
    journey: &Journey,
    analysis: &Analysis,
    segment: &str,
    language: &Language,
    width: Option<usize>,
) -> String {
    let sizes = || analysis.segment_sizes.iter().filter(|it| it.segment == segment);
    let values: Vec<&str> = sizes().map(|it| it.value.as_str()).collect();
    let mut rows = vec![
        line(segment, values.iter().map(|it| format!("{it} "))),
        line(
            "",
            sizes().map(|it| {
                it.n.map_or("n<10 ".to_owned(), |n| format!("n={} ", thousands(n)))
            }),
        ),
    ];
    let cells = |id: &str| {
        let of = |value: &&str| {
            let mut all = analysis.segments.iter();
            cell(all.find(|it| {
                it.touchpoint == id && it.value == **value && it.segment == segment
            }))
        };
        values.iter().map(of).collect::<Vec<_>>()
    };
    rows.push(line("Overall", cells("overall")));
    for touchpoint in &journey.touchpoints {
        let name = journey.text(&touchpoint.name, language);
        rows.push(line(&format!("{} {name}", touchpoint.code), cells(&touchpoint.id)));
    }
    let marks = "+ or −: better or worse than all others, beyond chance and large enough to matter";
    format!("\n{}{}\n", blocks(&rows, width), wrapped(marks, width, 0))
}

fn line(name: &str, cells: impl IntoIterator<Item = String>) -> Vec<String> {
    std::iter::once(name.to_owned()).chain(cells).collect()
}

/// `76.8+`: the points, and whether they differ from those of all others.
fn cell(result: Option<&SegmentResult>) -> String {
    let Some(result) = result else { return "– ".to_owned() };
    match (result.score.status, result.score.points) {
        (Status::Scored, Some(points)) => {
            let mark = match result.differs() {
                None => ' ',
                Some(it) if it.points > 0.0 => '+',
                Some(_) => '−',
            };
            format!("{points:.1}{mark}")
        }
        (Status::Suppressed, _) => "n<10 ".to_owned(),
        _ => "– ".to_owned(),
    }
}
