//! How long a questionnaire takes.

use super::item::{Asked, Item, Questionnaire};

/// Words of a Latin script that are read in a second (240 a minute), and Chinese characters
/// (300 a minute): careful reading, slower than that of a novel.
const WORDS: f64 = 4.0;
const CHARACTERS: f64 = 5.0;
/// Seconds to decide and to mark an answer: in a row of a grid, and standing alone.
const ROW: f64 = 2.0;
const SINGLE: f64 = 4.0;
/// Seconds that a free answer takes, times the share of people who give one.
const FREE: f64 = 25.0 * 0.3;

/// Seconds that somebody takes who answers everything: reading and marking. An estimate, to
/// compare questionnaires by; time a few people before fielding one.
#[must_use]
pub fn seconds(questionnaire: &Questionnaire) -> f64 {
    let has_rows = questionnaire.items.iter().any(|it| it.is_row);
    let stem = if has_rows { reading(&questionnaire.stem) } else { 0.0 };
    let items: f64 = questionnaire.items.iter().map(of_item).sum();
    reading(&questionnaire.introduction) + stem + items
}

fn of_item(item: &Item) -> f64 {
    let answering = match &item.asked {
        Asked::Scale { .. } if item.is_row => ROW,
        Asked::Scale { .. } => SINGLE,
        Asked::Choice(options) => {
            SINGLE + options.iter().map(|it| reading(it)).sum::<f64>()
        }
        Asked::Text => FREE,
    };
    reading(&item.text) + answering
}

fn reading(text: &str) -> f64 {
    let is_wide = |it: &char| *it >= '\u{2e80}' && it.is_alphabetic();
    let wide = text.chars().filter(is_wide).count();
    let words = text
        .split(|it: char| it.is_whitespace() || is_wide(&it))
        .filter(|it| it.chars().any(char::is_alphanumeric))
        .count();
    let count = |it: usize| f64::from(u32::try_from(it).unwrap_or(u32::MAX));
    count(wide) / CHARACTERS + count(words) / WORDS
}

#[cfg(test)]
mod tests {
    use super::reading;

    #[test]
    fn words_and_characters_take_time_and_signs_do_not() {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(near(reading("How satisfied are you – all in all?"), 7.0 / 4.0));
        assert!(near(reading("您对以下各项满意吗？"), 9.0 / 5.0));
        assert!(near(reading("使用 App 报修"), 4.0 / 5.0 + 1.0 / 4.0));
        assert!(near(reading(""), 0.0));
    }
}
