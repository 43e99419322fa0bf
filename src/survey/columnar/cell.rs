//! A value of a column → the text that a person would have typed.

use std::borrow::Cow;
use std::fmt::{Display, Write};

use jiff::{Span, civil::Date};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::data_type::{ByteArray, FixedLenByteArray, Int96};
use parquet::schema::types::ColumnDescriptor;

use super::super::unread::Fault;
use super::damaged;

/// Digits after the point that a decimal may have.
const SCALE: u32 = 100;

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Numbers and truths, as they are.
    Plain,
    /// Numbers that are not below zero.
    Unsigned,
    /// Numbers with so many digits after the point.
    Decimal(u32),
    /// Days since 1970.
    Date,
    /// Time of the day, in parts of a second of which so many digits tell.
    Time(u32),
    /// Time since 1970, likewise.
    Moment(u32),
    /// Texts.
    Text,
    /// Bytes of which nothing is said: in old files, texts.
    Bytes,
    /// Identifiers of 16 bytes.
    Uuid,
}

impl Kind {
    /// What the values of a column are; `None` when they are nothing that a survey asks.
    pub(super) fn of(column: &ColumnDescriptor) -> Option<Self> {
        let kind = match column.logical_type_ref() {
            Some(logical) => of_logical(logical)?,
            None => of_converted(column.converted_type(), column.type_scale())?,
        };
        let fits = match column.physical_type() {
            Type::BOOLEAN | Type::FLOAT | Type::DOUBLE => kind == Self::Plain,
            Type::INT96 => return (kind == Self::Plain).then_some(Self::Moment(9)),
            Type::INT32 | Type::INT64 => {
                !matches!(kind, Self::Text | Self::Bytes | Self::Uuid)
            }
            Type::BYTE_ARRAY if kind == Self::Plain => return Some(Self::Bytes),
            Type::BYTE_ARRAY => matches!(kind, Self::Text | Self::Decimal(_)),
            Type::FIXED_LEN_BYTE_ARRAY => match kind {
                Self::Uuid => column.type_length() == 16,
                kind => matches!(kind, Self::Decimal(_)),
            },
        };
        fits.then_some(kind)
    }
}

fn of_logical(logical: &LogicalType) -> Option<Kind> {
    Some(match logical {
        LogicalType::String | LogicalType::Enum | LogicalType::Json => Kind::Text,
        LogicalType::Decimal(it) => Kind::Decimal(scale(it.scale)?),
        LogicalType::Date => Kind::Date,
        LogicalType::Time(it) => Kind::Time(digits(it.unit)),
        LogicalType::Timestamp(it) => Kind::Moment(digits(it.unit)),
        LogicalType::Integer(it) if it.is_signed => Kind::Plain,
        LogicalType::Integer(_) => Kind::Unsigned,
        // A column without any value, as some programs write it.
        LogicalType::Unknown => Kind::Plain,
        LogicalType::Uuid => Kind::Uuid,
        _ => return None,
    })
}

fn of_converted(converted: ConvertedType, digits: i32) -> Option<Kind> {
    Some(match converted {
        ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON => Kind::Text,
        ConvertedType::DECIMAL => Kind::Decimal(scale(digits)?),
        ConvertedType::DATE => Kind::Date,
        ConvertedType::TIME_MILLIS => Kind::Time(3),
        ConvertedType::TIME_MICROS => Kind::Time(6),
        ConvertedType::TIMESTAMP_MILLIS => Kind::Moment(3),
        ConvertedType::TIMESTAMP_MICROS => Kind::Moment(6),
        ConvertedType::UINT_8
        | ConvertedType::UINT_16
        | ConvertedType::UINT_32
        | ConvertedType::UINT_64 => Kind::Unsigned,
        ConvertedType::NONE
        | ConvertedType::INT_8
        | ConvertedType::INT_16
        | ConvertedType::INT_32
        | ConvertedType::INT_64 => Kind::Plain,
        _ => return None,
    })
}

fn scale(digits: i32) -> Option<u32> {
    u32::try_from(digits).ok().filter(|it| *it <= SCALE)
}

fn digits(unit: TimeUnit) -> u32 {
    match unit {
        TimeUnit::MILLIS => 3,
        TimeUnit::MICROS => 6,
        TimeUnit::NANOS => 9,
    }
}

/// A value that can be written.
pub(super) trait Value {
    /// Adds its text to `out`.
    ///
    /// # Errors
    ///
    /// When it is none of its kind.
    fn write(&self, kind: Kind, out: &mut String) -> Result<(), Fault>;
}

impl Value for bool {
    fn write(&self, _: Kind, out: &mut String) -> Result<(), Fault> {
        put(out, self)
    }
}

impl Value for i32 {
    fn write(&self, kind: Kind, out: &mut String) -> Result<(), Fault> {
        match kind {
            Kind::Unsigned => put(out, self.cast_unsigned()),
            _ => integer(i128::from(*self), kind, out),
        }
    }
}

impl Value for i64 {
    fn write(&self, kind: Kind, out: &mut String) -> Result<(), Fault> {
        match kind {
            Kind::Unsigned => put(out, self.cast_unsigned()),
            _ => integer(i128::from(*self), kind, out),
        }
    }
}

impl Value for Int96 {
    fn write(&self, _: Kind, out: &mut String) -> Result<(), Fault> {
        // Nanoseconds of a day, and the day since the one that was a Monday in 4713 BC.
        let &[low, high, day] = self.data() else { return Err(damaged()) };
        let nanoseconds = i128::from(low) | i128::from(high) << 32;
        let day = i128::from(day) - 2_440_588;
        moment(day * 86_400 * 1_000_000_000 + nanoseconds, 9, out)
    }
}

impl Value for f32 {
    fn write(&self, _: Kind, out: &mut String) -> Result<(), Fault> {
        if self.is_nan() { Ok(()) } else { put(out, self) }
    }
}

impl Value for f64 {
    // What is no number is a missing one: so writes a table that has no other word for it.
    fn write(&self, _: Kind, out: &mut String) -> Result<(), Fault> {
        if self.is_nan() { Ok(()) } else { put(out, self) }
    }
}

impl Value for ByteArray {
    fn write(&self, kind: Kind, out: &mut String) -> Result<(), Fault> {
        bytes(self.data(), kind, out)
    }
}

impl Value for FixedLenByteArray {
    fn write(&self, kind: Kind, out: &mut String) -> Result<(), Fault> {
        bytes(self.data(), kind, out)
    }
}

fn put(out: &mut String, value: impl Display) -> Result<(), Fault> {
    write!(out, "{value}").map_err(|_| damaged())
}

fn integer(value: i128, kind: Kind, out: &mut String) -> Result<(), Fault> {
    match kind {
        Kind::Decimal(scale) => decimal(value, scale, out),
        Kind::Date => date(value, out),
        Kind::Time(digits) => time(value, digits, out),
        Kind::Moment(digits) => moment(value, digits, out),
        _ => put(out, value),
    }
}

fn bytes(value: &[u8], kind: Kind, out: &mut String) -> Result<(), Fault> {
    match kind {
        Kind::Decimal(scale) => decimal(big_endian(value)?, scale, out),
        Kind::Uuid => {
            for (at, byte) in value.iter().enumerate() {
                let dash = if matches!(at, 4 | 6 | 8 | 10) { "-" } else { "" };
                write!(out, "{dash}{byte:02x}").map_err(|_| damaged())?;
            }
            Ok(())
        }
        kind => match String::from_utf8_lossy(value) {
            Cow::Owned(_) if kind == Kind::Text => {
                Err(Fault::Broken("a text in it is no UTF-8".to_owned()))
            }
            text => {
                out.push_str(&text);
                Ok(())
            }
        },
    }
}

/// The number in these bytes, the first of which tells whether it is below zero.
fn big_endian(bytes: &[u8]) -> Result<i128, Fault> {
    let negative = bytes.first().is_some_and(|it| *it >= 0x80);
    let sign = if negative { 0xFF } else { 0 };
    let (head, tail) = bytes.split_at(bytes.len().saturating_sub(16));
    let mut whole = [sign; 16];
    let (_, place) = whole.split_at_mut(16 - tail.len());
    place.copy_from_slice(tail);
    let value = i128::from_be_bytes(whole);
    if head.iter().any(|it| *it != sign) || (value < 0) != negative {
        return Err(Fault::Broken("a decimal in it has more than 38 digits".to_owned()));
    }
    Ok(value)
}

/// `7`, `7.25`: zeros at the end say nothing.
fn decimal(value: i128, scale: u32, out: &mut String) -> Result<(), Fault> {
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = scale as usize + 1);
    let (whole, part) = digits.split_at(digits.len() - scale as usize);
    let part = part.trim_end_matches('0');
    let sign = if value < 0 { "-" } else { "" };
    let point = if part.is_empty() { "" } else { "." };
    put(out, format_args!("{sign}{whole}{point}{part}"))
}

fn date(days: i128, out: &mut String) -> Result<(), Fault> {
    let strange = || Fault::Broken(format!("a date in it is {days} days from 1970"));
    let days = i64::try_from(days).map_err(|_| strange())?;
    let span = Span::new().try_days(days).map_err(|_| strange())?;
    put(out, Date::constant(1970, 1, 1).checked_add(span).map_err(|_| strange())?)
}

/// `09:30:00`, `09:30:00.25`
fn time(value: i128, digits: u32, out: &mut String) -> Result<(), Fault> {
    let unit = 10_i128.pow(digits);
    let seconds = value.div_euclid(unit);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    put(out, format_args!("{hour:02}:{minute:02}:{second:02}"))?;
    let part = format!("{:0>width$}", value.rem_euclid(unit), width = digits as usize);
    match part.trim_end_matches('0') {
        "" => Ok(()),
        part => put(out, format_args!(".{part}")),
    }
}

/// `2025-03-31`, `2025-03-31 09:30:00`: as in workbooks, midnight is not written.
fn moment(value: i128, digits: u32, out: &mut String) -> Result<(), Fault> {
    let day = 86_400 * 10_i128.pow(digits);
    date(value.div_euclid(day), out)?;
    match value.rem_euclid(day) {
        0 => Ok(()),
        part => {
            out.push(' ');
            time(part, digits, out)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &impl Value, kind: Kind) -> String {
        let mut out = String::new();
        value.write(kind, &mut out).unwrap();
        out
    }

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        assert_eq!(text(&7.0_f64, Kind::Plain), "7");
        assert_eq!(text(&7.3_f32, Kind::Plain), "7.3");
        assert_eq!(text(&f64::NAN, Kind::Plain), "");
        assert_eq!(text(&-1_i32, Kind::Unsigned), "4294967295");
        for (value, written) in [(725, "7.25"), (700, "7"), (-5, "-0.05"), (0, "0")] {
            assert_eq!(text(&value, Kind::Decimal(2)), written);
        }
        let bytes = ByteArray::from(vec![0xFF, 0x38]);
        assert_eq!(text(&bytes, Kind::Decimal(1)), "-20");
        assert_eq!(text(&bytes, Kind::Decimal(0)), "-200");
        let large = ByteArray::from([[0_u8; 4].as_slice(), &[0x7F; 16]].concat());
        let digits = i128::from_be_bytes([0x7F; 16]).to_string();
        assert_eq!(text(&large, Kind::Decimal(0)), digits);
        let larger = ByteArray::from(vec![1_u8; 17]);
        assert!(larger.write(Kind::Decimal(0), &mut String::new()).is_err());
    }

    #[test]
    fn dates_and_times_are_written_as_one_would_type_them() {
        // 2025-10-13 is 20,374 days after 1970-01-01: 55 years of 365 days, 14 of them with
        // one more, and 285 days of 2025 before it.
        assert_eq!(55 * 365 + 14 + 285, 20_374);
        assert_eq!(text(&20_374_i32, Kind::Date), "2025-10-13");
        assert_eq!(text(&-1_i32, Kind::Date), "1969-12-31");
        let noon = 20_374 * 86_400_000_i64 + 43_200_000;
        assert_eq!(text(&noon, Kind::Moment(3)), "2025-10-13 12:00:00");
        assert_eq!(text(&(noon - 43_200_000), Kind::Moment(3)), "2025-10-13");
        assert_eq!(text(&(noon + 250), Kind::Moment(3)), "2025-10-13 12:00:00.25");
        assert_eq!(text(&34_200_000_000_i64, Kind::Time(6)), "09:30:00");
        assert!(i64::MAX.write(Kind::Date, &mut String::new()).is_err());
        assert!(i64::MIN.write(Kind::Moment(3), &mut String::new()).is_err());
    }
}
