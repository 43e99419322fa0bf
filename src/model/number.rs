//! Numbers in sentences.

/// `+1.2`, `−0.8`, `0.0`.
pub(crate) fn signed(number: f64) -> String {
    let shown = format!("{:.1}", number.abs());
    match number {
        _ if shown == "0.0" => shown,
        number if number < 0.0 => format!("−{shown}"),
        _ => format!("+{shown}"),
    }
}

#[cfg(test)]
mod tests {
    use super::signed;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!([0.04, 1.25, -0.84].map(signed), ["0.0", "+1.2", "−0.8"]);
    }
}
