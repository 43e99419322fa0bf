//! The one place that knows the date.

use jiff::{Timestamp, tz::TimeZone};

use crate::model::Day;

/// The day that counts as today: `given`, else that of the clock, in UTC.
pub(super) fn today(given: Option<Day>) -> Day {
    #[allow(
        clippy::disallowed_methods,
        reason = "only what is due depends on it, and `--as-of` replaces it"
    )]
    let now = || Timestamp::now().to_zoned(TimeZone::UTC).date();
    let of_clock = || Day::new(now().year(), now().month(), now().day());
    // Every day of the clock is one of the calendar.
    given.or_else(of_clock).unwrap_or(Day::FIRST)
}
