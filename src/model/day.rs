//! A day of the calendar.

use std::fmt;
use std::str::FromStr;

use jiff::SignedDuration;
use jiff::civil::{Date, date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A day of the calendar, written `2025-03-07`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

/// The day before day 1 of spreadsheets that count from 1900. They believe that 1900 was a leap
/// year, so that this holds from March 1900 on.
const BEFORE_DAY_ONE: Date = date(1899, 12, 30);

impl Day {
    /// The first day of the calendar that computers count from.
    pub const FIRST: Self = Self(date(1970, 1, 1));

    /// `None` when the calendar has no such day.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self)
    }

    /// The day that spreadsheets count as day `number`; `None` beyond the calendar.
    #[must_use]
    pub fn of_serial(number: i32) -> Option<Self> {
        let days = SignedDuration::from_hours(24 * i64::from(number));
        BEFORE_DAY_ONE.checked_add(days).ok().map(Self)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Whole months from this day to `later`, which is not before it; of a month that has no such
    /// day, its last one counts.
    #[must_use]
    pub fn months_until(self, later: Self) -> i64 {
        let months = |it: Self| 12 * i64::from(it.0.year()) + i64::from(it.0.month());
        let passed = months(later) - months(self);
        let last = later.0.days_in_month();
        passed - i64::from(later.0.day() < self.0.day().min(last))
    }

    /// Days from this one to `later`; negative when that is earlier.
    #[must_use]
    pub fn days_until(self, later: Self) -> i64 {
        self.0.duration_until(later.0).as_hours() / 24
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let day = text.parse().map(Self);
        day.map_err(|_| format!("`{text}` is no day of the calendar"))
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_one_of_the_calendar() {
        assert_eq!(Day::new(2024, 2, 29).unwrap().to_string(), "2024-02-29");
        assert_eq!(Day::new(2025, 2, 29), None);
        assert_eq!("2025-03-07".parse(), Ok(Day::new(2025, 3, 7).unwrap()));
        assert!("7 March".parse::<Day>().is_err());
    }

    /// 45943 is 2025-10-13, as the documentation of calamine has it; 1 March 1900 is day 61.
    #[test]
    fn spreadsheets_count_days() {
        assert_eq!(Day::of_serial(45_943), Day::new(2025, 10, 13));
        assert_eq!(Day::of_serial(61), Day::new(1900, 3, 1));
    }

    #[test]
    fn a_month_is_whole_on_the_day_it_began() {
        let months = |from: &str, to: &str| {
            from.parse::<Day>().unwrap().months_until(to.parse().unwrap())
        };
        assert_eq!(months("2024-01-15", "2024-01-15"), 0);
        assert_eq!(months("2024-01-15", "2024-02-14"), 0);
        assert_eq!(months("2024-01-15", "2024-02-15"), 1);
        assert_eq!(months("2023-12-31", "2024-12-30"), 11);
        assert_eq!(months("2023-12-31", "2024-12-31"), 12);
        // February has no 31st: its last day ends the month.
        assert_eq!(months("2024-01-31", "2024-02-29"), 1);
        assert_eq!(months("2024-01-31", "2024-02-28"), 0);
    }

    #[test]
    fn days_are_counted_across_months() {
        let (first, last) =
            (Day::new(2025, 2, 27).unwrap(), Day::new(2025, 3, 2).unwrap());
        assert_eq!((first.days_until(last), last.days_until(first)), (3, -3));
    }
}
