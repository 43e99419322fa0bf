//! Days of the calendar as people write them: `31 March 2026`, `2026年3月31日`.

use super::locale::Locale;

/// The day that the map writes as `2026-03-31`; anything else is shown as it stands.
pub(super) fn day(locale: &Locale, date: &str) -> String {
    let parts: Result<Vec<u32>, _> = date.split('-').map(str::parse).collect();
    let Ok(&[year, month, day]) = parts.as_deref() else { return date.to_owned() };
    let name = format!("date.month.{month}");
    if !locale.has(&name) {
        return date.to_owned();
    }
    let gaps = [
        ("year", &*year.to_string()),
        ("month", &*locale.word(&name)),
        ("day", &*day.to_string()),
    ];
    locale.say("date", &gaps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    #[test]
    fn a_day_is_written_by_the_rules_of_the_language() {
        let in_language = |tag| {
            let language = Language::new(tag).unwrap();
            day(&Locale::new(&language), "2026-03-31")
        };
        assert_eq!(in_language("en"), "31 March 2026");
        assert_eq!(in_language("zh-Hans"), "2026年3月31日");
        assert_eq!(in_language("zh-Hant"), "2026年3月31日");
    }

    #[test]
    fn what_is_no_day_is_shown_as_it_stands() {
        let locale = Locale::new(&Language::english());
        for text in ["soon", "2026-13-01", "2026-03", "-2026-03-31"] {
            assert_eq!(day(&locale, text), text);
        }
    }
}
