//! Values of a segment → names of files.

use std::collections::BTreeSet;

/// A file name for each value: its letters and digits, and a number where two are the same.
pub(super) fn file_names<'a>(
    segment: &str,
    values: impl Iterator<Item = &'a str>,
) -> Vec<String> {
    let plain = |text: &str| -> String {
        let letters = text.chars().map(|it| if it.is_alphanumeric() { it } else { '-' });
        let text: String = letters.collect();
        // File systems take 255 bytes, and a letter has up to four.
        text.trim_matches('-').chars().take(40).collect()
    };
    let mut taken = BTreeSet::new();
    values
        .map(|value| {
            let stem = format!("{}-{}", plain(segment), plain(value));
            let numbered = (2..).map(|at| format!("{stem}-{at}"));
            let mut names = std::iter::once(stem.clone()).chain(numbered);
            // File systems may not tell capitals from small letters.
            let free = names.find(|it| taken.insert(it.to_lowercase()));
            format!("{}.html", free.unwrap_or(stem))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::file_names;

    #[test]
    fn file_names_are_plain_and_all_different() {
        let values = ["成都", "A/B", "a b", "../../etc", "***", ""];
        let names = file_names("city", values.into_iter());
        let expected = [
            "city-成都.html",
            "city-A-B.html",
            "city-a-b-2.html",
            "city-etc.html",
            "city-.html",
            "city--2.html",
        ];
        assert_eq!(names, expected);
    }
}
