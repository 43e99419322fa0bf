//! Columns of text that fit the window, and lines that break where it ends.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::UnicodeWidthStr;

/// Blanks.
pub(super) fn blanks(count: usize) -> String {
    " ".repeat(count)
}

/// A text that is no wider than that; `…` stands for what is left out.
pub(super) fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let (mut short, mut used) = (String::new(), 1);
    for it in text.chars() {
        used += unicode_width::UnicodeWidthChar::width(it).unwrap_or_default();
        if used > width {
            break;
        }
        short.push(it);
    }
    short.push('…');
    short
}

/// Breaks a line where it would be wider than the window; what follows is moved in by
/// `indent`.
pub(super) fn wrapped(line: &str, width: Option<usize>, indent: usize) -> String {
    let Some(width) = width.filter(|it| line.width() > *it && *it > 2 * indent) else {
        return line.to_owned();
    };
    let (mut text, mut used, mut from) = (String::new(), 0, 0);
    for (to, kind) in linebreaks(line) {
        let piece = line.get(from..to).unwrap_or_default();
        if used + piece.trim_end().width() > width && used > indent {
            text.truncate(text.trim_end_matches(' ').len());
            text.push('\n');
            text += &blanks(indent);
            used = indent;
        }
        text += piece;
        used += piece.width();
        from = to;
        debug_assert!(kind == BreakOpportunity::Allowed || to == line.len());
    }
    text
}

/// Rows of a name to the left and cells to the right, in as many blocks below one another as
/// the window asks for; each repeats the names.
pub(super) fn blocks(rows: &[Vec<String>], width: Option<usize>) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|it| it.get(column));
        cells.map(|it| it.width()).max().unwrap_or_default()
    };
    let names = widest(0);
    let (mut text, mut from) = (String::new(), 1);
    while from < columns {
        let mut used = names;
        let mut to = from;
        while to < columns {
            used += 2 + widest(to);
            if to > from && width.is_some_and(|it| used > it) {
                break;
            }
            to += 1;
        }
        if from > 1 {
            text.push('\n');
        }
        for row in rows {
            let name = row.first().map_or("", String::as_str);
            let mut line = format!("{name}{}", blanks(names - name.width()));
            for column in from..to {
                let cell = row.get(column).map_or("", String::as_str);
                line += &blanks(2 + widest(column) - cell.width());
                line += cell;
            }
            text += line.trim_end();
            text.push('\n');
        }
        from = to;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{blocks, shortened, wrapped};

    #[test]
    fn lines_break_between_words_and_between_han() {
        assert_eq!(wrapped("one two three", Some(9), 2), "one two\n  three");
        assert_eq!(wrapped("客户旅程触点", Some(8), 0), "客户旅程\n触点");
        assert_eq!(wrapped("one two three", None, 2), "one two three");
        assert_eq!(wrapped("unbreakable", Some(5), 0), "unbreakable");
    }

    #[test]
    fn a_name_that_is_too_wide_says_so() {
        assert_eq!(shortened("售楼处接待", 6), "售楼…");
        assert_eq!(shortened("售楼处接待", 10), "售楼处接待");
    }

    #[test]
    fn columns_without_room_go_below_with_their_names() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = [row(["", "成都", "上海"]), row(["门", "1.5", "22"])];
        assert_eq!(blocks(&rows, None), "    成都  上海\n门   1.5    22\n");
        assert_eq!(blocks(&rows, Some(9)), "    成都\n门   1.5\n\n    上海\n门    22\n");
    }
}
