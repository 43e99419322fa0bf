//! Labels of transitions: a share and why, in one text.

/// `19 %`, `19 %: not fixed`, or `not fixed`; `None` without either.
pub(super) fn label(share: Option<f64>, why: Option<&str>) -> Option<String> {
    let why = why.filter(|it| !it.trim().is_empty());
    match (share.map(percent), why) {
        (Some(share), Some(why)) => Some(format!("{share}: {why}")),
        (Some(share), None) => Some(share),
        (None, why) => why.map(str::to_owned),
    }
}

/// The share and the reason that a text tells: `19 %`, `19%: x`, `19 % x`, `0.19`.
pub(super) fn parse(text: &str) -> (Option<f64>, Option<String>) {
    let text = text.trim();
    let digits =
        text.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at(digits);
    let rest = rest.trim_start();
    let why = |rest: &str| {
        let rest = rest.trim_start_matches([' ', ':', '：', ',', '·', '–', '-']).trim();
        (!rest.is_empty()).then(|| rest.to_owned())
    };
    if let Some(rest) = rest.strip_prefix(['%', '％'])
        && let Some(share) = share_of(number)
    {
        return (Some(share), why(rest));
    }
    let alone = rest.is_empty() && number.contains(['.', '0', '1']);
    match number.parse::<f64>() {
        Ok(share) if alone && (0.0..=1.0).contains(&share) => (Some(share), None),
        _ => (None, (!text.is_empty()).then(|| text.to_owned())),
    }
}

/// `19 %` of 0.19, exactly: the point is moved in the digits, not by a multiplication.
fn percent(share: f64) -> String {
    let digits = format!("{share}");
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut fraction = fraction.to_owned();
    while fraction.len() < 2 {
        fraction.push('0');
    }
    let (up, rest) = fraction.split_at(2);
    let whole = format!("{whole}{up}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if rest.is_empty() { format!("{whole} %") } else { format!("{whole}.{rest} %") }
}

/// The share that so many percent are, if they are one.
fn share_of(percent: &str) -> Option<f64> {
    let (whole, fraction) = percent.split_once('.').unwrap_or((percent, ""));
    let digit = |it: char| it.is_ascii_digit();
    if percent.is_empty()
        || percent.len() > 40
        || !percent.chars().all(|it| digit(it) || it == '.')
    {
        return None;
    }
    let padded = format!("{whole:0>3}");
    let (whole, moved) = padded.split_at(padded.len() - 2);
    let share: f64 = format!("{whole}.{moved}{fraction}").parse().ok()?;
    (0.0..=1.0).contains(&share).then_some(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_goes_through_percent_and_back_to_the_bit() {
        for share in [0.19, 0.0, 1.0, 0.07, 0.123_456_789_012_345_68, 0.005, 1.0 / 3.0] {
            let text = label(Some(share), None).unwrap();
            let (found, why) = parse(&text);
            assert_eq!(found.map(f64::to_bits), Some(share.to_bits()), "{text}");
            assert_eq!(why, None);
        }
        assert_eq!(label(Some(0.19), None).unwrap(), "19 %");
        assert_eq!(label(Some(0.005), Some("x")).unwrap(), "0.5 %: x");
    }

    #[test]
    fn shares_are_read_as_people_write_them() {
        assert_eq!(parse("40%"), (Some(0.4), None));
        assert_eq!(parse("0.4"), (Some(0.4), None));
        assert_eq!(
            parse("12.5 % come back"),
            (Some(0.125), Some("come back".to_owned()))
        );
        assert_eq!(parse("140 %"), (None, Some("140 %".to_owned())));
        assert_eq!(parse("2"), (None, Some("2".to_owned())));
        assert_eq!(parse("yes"), (None, Some("yes".to_owned())));
        assert_eq!(parse(""), (None, None));
    }
}
