//! A cell of a spreadsheet → the text that a person would have typed.

use calamine::{Data, ExcelDateTime, NumberFormat};

/// The text of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell(String);

impl Cell {
    /// A number that is shown as a percentage: 0.85 is `85%`.
    pub(super) fn percent(value: f64) -> Self {
        // A hundred times 0.07 is not quite seven.
        Self(format!("{}%", (value * 1e11).round() / 1e9))
    }

    /// As one would have typed it.
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

/// The text of a value.
pub(super) fn cell(value: &Data) -> Cell {
    Cell(match value {
        Data::Int(it) => it.to_string(),
        Data::Float(it) => it.to_string(),
        Data::String(it) | Data::DateTimeIso(it) | Data::DurationIso(it) => it.clone(),
        Data::Bool(it) => it.to_string(),
        Data::DateTime(it) => date(it),
        Data::Error(it) => it.to_string(),
        Data::Empty => String::new(),
    })
}

/// `2025-03-31`, `2025-03-31 09:30:00`, `09:30:00`.
fn date(value: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    let serial = value.as_f64();
    if value.is_duration() || serial < 1.0 {
        return time;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if serial.fract().abs() < f64::EPSILON { date } else { format!("{date} {time}") }
}

/// Whether a number format shows percentages: 9 and 10 are two that need no code.
pub(super) fn percent(format: &NumberFormat) -> bool {
    matches!(format.format_id, Some(9 | 10)) || shows_percent(&format.format_code)
}

/// Whether the code of a format has a `%` that is no part of a text.
fn shows_percent(format: &str) -> bool {
    let mut quoted = false;
    let mut escaped = false;
    format.chars().any(|it| {
        let literal = quoted || escaped;
        escaped = it == '\\' && !escaped;
        if it == '"' {
            quoted = !quoted;
        }
        it == '%' && !literal
    })
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn a_percentage_is_what_is_shown() {
        assert_eq!(Cell::percent(0.85).text(), "85%");
        assert_eq!(Cell::percent(0.07).text(), "7%");
        assert_eq!(Cell::percent(0.125).text(), "12.5%");
        assert_eq!(Cell::percent(1.0).text(), "100%");
        for format in ["0%", "0.00%", "#,##0 %", "\"share\" 0%"] {
            assert!(shows_percent(format), "{format}");
        }
        for format in ["General", "0.0", "0\"%\"", "0\\%"] {
            assert!(!shows_percent(format), "{format}");
        }
    }

    #[test]
    fn dates_and_numbers_are_written_as_one_would_type_them() {
        let date = |serial| {
            let kind = ExcelDateTimeType::DateTime;
            cell(&Data::DateTime(ExcelDateTime::new(serial, kind, false)))
                .text()
                .to_owned()
        };
        // 2025-10-13 12:00:00 is 45943.5, as the documentation of calamine has it.
        assert_eq!(date(45943.0), "2025-10-13");
        assert_eq!(date(45943.5), "2025-10-13 12:00:00");
        assert_eq!(cell(&Data::Float(8.0)).text(), "8");
        assert_eq!(cell(&Data::Float(8.5)).text(), "8.5");
        assert_eq!(cell(&Data::String("８分".to_owned())).text(), "８分");
    }
}
