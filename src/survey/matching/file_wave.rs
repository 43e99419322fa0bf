//! The wave of a file, where no column tells it.

use crate::model::WaveFound;

use super::sample::Sample;

/// The wave that the name of the file tells, else the year of its dates.
pub(super) fn wave_of(sample: &Sample) -> Option<WaveFound> {
    let name = sample.path.rsplit(['/', '\\']).next().unwrap_or_default();
    if let Some(wave) = in_name(name) {
        let reason = format!("the file is named `{name}`");
        return Some(WaveFound { wave, confidence: 0.9, reason });
    }
    let mut dates = sample.columns.iter().filter_map(|column| {
        column.profile.year_of_dates().map(|year| (year, &column.name))
    });
    let (year, column) = dates.next()?;
    if dates.any(|(other, _)| other != year) {
        return None;
    }
    let reason = format!("all dates in `{column}` are of {year}");
    Some(WaveFound { wave: year.to_string(), confidence: 0.7, reason })
}

/// `2024` of `survey-2024.csv`, `2024Q3`, `2024H1`, `W2` of `w2.xlsx`.
fn in_name(name: &str) -> Option<String> {
    let stem = name.split('.').next().unwrap_or_default();
    let letters: Vec<char> = stem.chars().collect();
    let mut years = (0..letters.len()).filter_map(|at| year_at(&letters, at));
    if let Some(year) = years.next() {
        // Two years are a span, or something else.
        return years.all(|it| it == year).then_some(year);
    }
    let lower = stem.to_lowercase();
    for word in ["wave", "w"] {
        for (at, _) in lower.match_indices(word) {
            let before = lower.get(..at).and_then(|it| it.chars().next_back());
            let rest = lower.get(at + word.len()..).unwrap_or_default();
            let rest = rest.trim_start_matches(['-', '_', ' ']);
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let alone = !before.is_some_and(char::is_alphanumeric);
            if alone && (1..=3).contains(&digits.len()) {
                return Some(format!("W{digits}"));
            }
        }
    }
    None
}

/// A year that stands at `at`, with its quarter or half.
fn year_at(letters: &[char], at: usize) -> Option<String> {
    let digit = |at: usize| letters.get(at).and_then(|it| it.to_digit(10));
    let year: u32 = (at..at + 4).try_fold(0, |sum, at| Some(sum * 10 + digit(at)?))?;
    let parted = at.checked_sub(1).is_none_or(|before| digit(before).is_none());
    if !parted || digit(at + 4).is_some() || !(1990..=2060).contains(&year) {
        return None;
    }
    let part = letters.get(at + 4).filter(|it| "QqHh".contains(**it));
    match (part, digit(at + 5), digit(at + 6)) {
        (Some(part), Some(number), None) => {
            Some(format!("{year}{}{number}", part.to_ascii_uppercase()))
        }
        _ => Some(year.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::in_name;

    #[test]
    fn names_of_files_tell_waves() {
        let wave = |name| in_name(name);
        assert_eq!(wave("2024.csv"), Some("2024".to_owned()));
        assert_eq!(wave("survey-2024.xlsx"), Some("2024".to_owned()));
        assert_eq!(wave("满意度调研2025年.xlsx"), Some("2025".to_owned()));
        assert_eq!(wave("2024Q3_export.csv"), Some("2024Q3".to_owned()));
        assert_eq!(wave("wave-2.csv"), Some("W2".to_owned()));
        assert_eq!(wave("W3.csv"), Some("W3".to_owned()));
        for none in [
            "responses.csv",
            "20240301.csv",
            "2023-2024.csv",
            "wjx_12345678.csv",
            "view2.csv",
        ] {
            assert_eq!(wave(none), None, "{none}");
        }
    }
}
