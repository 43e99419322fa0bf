//! Lanes of words: what customers do, and who works behind the line of visibility.

use super::Lane;
use super::columns::Columns;
use crate::diagram::lines::{Block, Space, block};
use crate::diagram::scene::{Anchor, Item, Rect};
use crate::diagram::style::{BODY, CODE, QUIET, TextStyle};
use crate::diagram::subject::{Mark, Subject};

/// Lines that one text may fill.
const LINES: usize = 5;

/// What customers do; `None` when the map does not say it of any touchpoint.
pub(super) fn actions(subject: &Subject, columns: &Columns, top: f64) -> Option<Lane> {
    cells(subject, columns, |marks, column| {
        let texts = distinct(marks.iter().filter_map(|mark| mark.action.as_deref()));
        let text = texts.join(&subject.words.list);
        if text.is_empty() { Vec::new() } else { vec![set(&text, BODY, column, top)] }
    })
}

/// Who answers for the touchpoints and what they do unseen; `None` when nothing is said.
pub(super) fn backstage(subject: &Subject, columns: &Columns, top: f64) -> Option<Lane> {
    cells(subject, columns, |marks, column| {
        let mut blocks: Vec<Block> = Vec::new();
        let mut y = top;
        let mut owners: Vec<Option<&str>> = Vec::new();
        for owner in marks.iter().map(|mark| mark.owner.as_deref()) {
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
        for owner in owners {
            let theirs = marks.iter().filter(|mark| mark.owner.as_deref() == owner);
            let texts = distinct(theirs.filter_map(|mark| mark.backstage.as_deref()));
            let text = texts.join(&subject.words.list);
            for (text, style) in
                [(owner.unwrap_or_default(), CODE), (text.as_str(), QUIET)]
            {
                if !text.is_empty() {
                    let block = set(text, style, column, y);
                    y += block.height;
                    blocks.push(block);
                }
            }
            y += 4.0;
        }
        blocks
    })
}

fn distinct<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut distinct: Vec<&str> = Vec::new();
    for text in texts {
        if !distinct.contains(&text) {
            distinct.push(text);
        }
    }
    distinct
}

fn set(text: &str, style: TextStyle, column: Rect, top: f64) -> Block {
    let space = Space {
        at: (column.x + 2.0, top),
        anchor: Anchor::Start,
        width: column.w - 12.0,
        lines: LINES,
    };
    block(text, style, space)
}

fn cells(
    subject: &Subject,
    columns: &Columns,
    cell: impl Fn(&[Mark], Rect) -> Vec<Block>,
) -> Option<Lane> {
    let mut items: Vec<Item> = Vec::new();
    let mut height: f64 = 0.0;
    for (stage, column) in subject.stages.iter().zip(&columns.stages) {
        let marks = subject.marks.get(stage.marks.clone()).unwrap_or_default();
        let blocks = cell(marks, *column);
        #[expect(clippy::cast_precision_loss, reason = "a handful of blocks")]
        let gaps = 4.0 * blocks.len().saturating_sub(1) as f64;
        height = height.max(blocks.iter().map(|block| block.height).sum::<f64>() + gaps);
        items.extend(blocks.into_iter().flat_map(|block| block.items));
    }
    (!items.is_empty()).then_some(Lane { items, height })
}
