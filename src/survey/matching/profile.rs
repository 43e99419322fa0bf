//! What the cells of a column look like.

use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::xxh3_64;

use crate::survey::number::{DecimalMark, number};
use crate::survey::sighting::shown;

use super::folding::is_han;

/// Different values of which the text is kept.
const KEPT: usize = 200;
/// Letters of a text that are kept.
const LETTERS: usize = 80;

/// The cells of a column, counted.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    /// Cells.
    pub(super) rows: u64,
    /// Cells without text.
    pub(super) blank: u64,
    /// How often each value stands there, of the first so many.
    pub(super) values: BTreeMap<String, u64>,
    /// Cells with a value that is not among them.
    pub(super) others: u64,
    /// How numbers are written.
    pub(super) mark: DecimalMark,
    hashes: BTreeSet<u64>,
    numbers: Numbers,
    dates: u64,
    years: BTreeSet<u16>,
    sentences: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Numbers {
    count: u32,
    whole: u32,
    least: f64,
    most: f64,
    sum: f64,
}

impl Profile {
    /// No cells yet.
    pub(super) fn new(mark: DecimalMark) -> Self {
        Self {
            rows: 0,
            blank: 0,
            values: BTreeMap::new(),
            others: 0,
            mark,
            hashes: BTreeSet::new(),
            numbers: Numbers::default(),
            dates: 0,
            years: BTreeSet::new(),
            sentences: 0,
        }
    }

    /// Counts a cell.
    pub(super) fn push(&mut self, cell: &str) {
        self.rows += 1;
        let text = cell.trim();
        if text.is_empty() {
            self.blank += 1;
            return;
        }
        self.hashes.insert(xxh3_64(text.as_bytes()));
        let short: String = text.chars().take(LETTERS).collect();
        let known = self.values.len() < KEPT || self.values.contains_key(&short);
        if known {
            *self.values.entry(short).or_default() += 1;
        } else {
            self.others += 1;
        }
        if let Some(number) = number(text, self.mark) {
            self.numbers.push(number);
        } else if let Some(year) = year_of_date(text) {
            self.dates += 1;
            self.years.insert(year);
        }
        self.sentences += u64::from(is_sentence(text));
    }

    /// Cells with text.
    pub(super) fn filled(&self) -> u64 {
        self.rows - self.blank
    }

    /// How many different values there are.
    pub(super) fn different(&self) -> usize {
        self.hashes.len()
    }

    fn most(&self, count: u64) -> bool {
        count > 0 && count * 10 >= self.filled() * 9
    }

    /// Whether nearly every cell is filled, and no value comes twice.
    pub(super) fn is_id(&self) -> bool {
        let fractions = self.numbers.count != self.numbers.whole;
        self.filled() > 1
            && self.blank * 20 <= self.rows
            && self.different() as u64 == self.filled()
            && !fractions
            && !self.is_dates()
            && self.sentences * 10 <= self.filled()
    }

    /// Whether nearly all cells are dates or times.
    pub(super) fn is_dates(&self) -> bool {
        self.most(self.dates)
    }

    /// The year of all dates, where it is one.
    pub(super) fn year_of_dates(&self) -> Option<u16> {
        let mut years = self.years.iter();
        match (years.next(), years.next()) {
            (Some(year), None) if self.is_dates() => Some(*year),
            _ => None,
        }
    }

    /// Whether nearly all cells are numbers.
    pub(super) fn is_numbers(&self) -> bool {
        self.most(u64::from(self.numbers.count))
    }

    /// Whether all numbers could be weights, and what speaks for it: 1 where they have
    /// fractions and a mean near 1.
    pub(super) fn as_weight(&self) -> f64 {
        let it = &self.numbers;
        if !self.is_numbers() || it.least < 0.0 || it.most <= 0.0 || self.is_id() {
            return 0.0;
        }
        let mean = it.sum / f64::from(it.count);
        match (it.whole < it.count, mean) {
            (true, 0.9..=1.1) => 1.0,
            (true, 0.5..=2.0) => 0.9,
            (true, _) => 0.7,
            (false, _) => 0.4,
        }
    }

    /// Whether all values are years, and few.
    pub(super) fn is_years(&self) -> bool {
        let it = &self.numbers;
        self.is_numbers()
            && it.count == it.whole
            && it.least >= 1990.0
            && it.most <= 2060.0
            && self.different() <= 30
    }

    /// Whether there are at least two values, and few of them for so many rows.
    pub(super) fn is_few(&self) -> bool {
        let different = self.different() as u64;
        (2..=40).contains(&different)
            && different * 2 <= self.filled().max(4)
            && !self.is_dates()
            && self.sentences * 4 <= self.filled()
    }

    /// Whether cells are texts that people wrote: not numbers, and hardly one like another.
    pub(super) fn is_texts(&self) -> bool {
        let (filled, different) = (self.filled(), self.different() as u64);
        let written = self.sentences * 3 >= filled || different * 2 > filled;
        filled > 0
            && written
            && u64::from(self.numbers.count) * 2 <= filled
            && !self.is_dates()
            && self.sentences > 0
    }

    /// What it looks like, in words.
    pub(super) fn in_words(&self) -> String {
        let different = self.different();
        match () {
            () if self.filled() == 0 => "blank".to_owned(),
            () if self.is_dates() => "dates".to_owned(),
            () if self.is_years() => format!("years: {}", self.examples(4)),
            () if different == 1 && self.filled() > 1 => {
                format!("the same in all rows: {}", self.examples(1))
            }
            () if self.is_texts() => "texts".to_owned(),
            () if self.is_id() => "an id: no value comes twice".to_owned(),
            () if self.is_few() => format!("{different} values: {}", self.examples(4)),
            () if self.is_numbers() => {
                format!("numbers from {} to {}", self.numbers.least, self.numbers.most)
            }
            () => format!("{different} different values"),
        }
    }

    /// The most frequent values.
    fn examples(&self, most: usize) -> String {
        let mut values: Vec<_> = self.values.iter().collect();
        values.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let named: Vec<_> =
            values.iter().take(most).map(|(it, _)| format!("`{}`", shown(it))).collect();
        let more = if self.different() > most { " …" } else { "" };
        named.join(", ") + more
    }
}

impl Numbers {
    fn push(&mut self, number: f64) {
        if self.count == 0 {
            (self.least, self.most) = (number, number);
        }
        self.count += 1;
        self.whole += u32::from(number.fract().abs() < 1e-9);
        self.least = self.least.min(number);
        self.most = self.most.max(number);
        self.sum += number;
    }
}

/// The year of a text that is a date, perhaps with a time.
fn year_of_date(text: &str) -> Option<u16> {
    const SIGNS: &str = "-/:. T年月日时分秒Z+";
    let fits = |it: char| it.is_ascii_digit() || SIGNS.contains(it);
    let parts = text.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty());
    let parts: Vec<&str> = parts.collect();
    if !text.chars().all(fits) || parts.len() < 3 {
        return None;
    }
    let year = parts.iter().find(|it| it.len() == 4)?.parse().ok()?;
    (1990..=2060).contains(&year).then_some(year)
}

/// Four words or four Chinese characters are a sentence, or could be.
fn is_sentence(text: &str) -> bool {
    let han = text.chars().filter(|it| is_han(*it)).count();
    han >= 4 || text.split_whitespace().count() >= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn profile(values: &[&str]) -> Profile {
        let mut profile = Profile::new(DecimalMark::Point);
        for value in values {
            profile.push(value);
        }
        profile
    }

    #[test]
    fn an_id_comes_once() {
        assert!(profile(&["R_1", "R_2", "R_3"]).is_id());
        assert!(!profile(&["R_1", "R_2", "R_1"]).is_id());
        assert!(!profile(&["0.9", "1.1", "1.2"]).is_id());
        assert!(!profile(&["2025-03-01 10:00", "2025-03-02 11:00"]).is_id());
    }

    #[test]
    fn weights_have_fractions_and_a_mean_near_one() {
        assert!((profile(&["0.8", "1.1", "1.1"]).as_weight() - 1.0).abs() < 1e-12);
        assert!((profile(&["1.5", "1", "2"]).as_weight() - 0.9).abs() < 1e-12);
        assert!(profile(&["-1", "0.5", "0.7"]).as_weight() < 1e-12);
        assert!(profile(&["a", "b"]).as_weight() < 1e-12);
    }

    #[test]
    fn dates_tell_their_year() {
        let it = profile(&["2025/3/1 9:30:11", "2025-03-02T10:00:00Z", "2025年3月1日"]);
        assert_eq!(it.year_of_dates(), Some(2025));
        assert_eq!(profile(&["2025/3/1", "2024/3/1"]).year_of_dates(), None);
        assert!(!profile(&["2025", "2024"]).is_dates());
        assert!(profile(&["2025", "2024", "2025"]).is_years());
    }

    #[test]
    fn texts_are_no_segments() {
        let texts = profile(&["服务很好", "停车难啊真是", "没人管", ""]);
        assert!(texts.is_texts() && !texts.is_few());
        let cities = profile(&["成都", "重庆", "成都", "成都", "重庆", "成都"]);
        assert!(cities.is_few() && !cities.is_texts());
        assert_eq!(cities.in_words(), "2 values: `成都`, `重庆`");
    }
}
