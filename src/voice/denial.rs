//! Whether what is said near a keyword takes it back: `not pushy`, `没有排长队`.

use super::fold::is_han;

/// English words that deny what follows within [`WORDS`] words.
const DENIALS: &[&str] = &[
    "not", "no", "never", "without", "hardly", "nothing", "none", "neither", "nor",
    "less", "zero", "nobody",
];

/// What somebody feared, expected or knows of others, and did not find here.
const NOT_HERE: &[&str] =
    &["expecting", "expected", "feared", "fearing", "worried", "dreading", "unlike"];

/// The same in Chinese, anywhere before in the clause.
const NOT_HERE_IN_CHINESE: &[&str] = &[
    "以为",
    "担心",
    "生怕",
    "怕有",
    "怕会",
    "不像",
    "听说",
    "网上说",
    "都说",
    "传说",
    "不会因为",
    "反而不",
    "而不是",
];

/// Words after which a denial denies nothing of what follows.
const HARMLESS: &[&str] =
    &["only", "just", "doubt", "wonder", "surprised", "believe", "help"];

/// How many words a denial reaches.
const WORDS: usize = 5;

/// Words that begin a new thought.
const TURNS: &[&str] =
    &["but", "and", "though", "although", "however", "yet", "because", "so"];

/// Chinese characters that deny what follows within [`SIGNS`] characters.
const DENYING: &[char] =
    &['不', '没', '无', '未', '非', '甭', '免', '勿', '少', '唔', '冇'];

/// Words that hold such a character and deny nothing.
const UNDENYING: &[&str] = &[
    "不但",
    "不仅",
    "不光",
    "不止",
    "不断",
    "不停",
    "不过",
    "不知",
    "不料",
    "不得",
    "不管",
    "不论",
    "不时",
    "不满",
    "不好意思",
    "不如",
    "不然",
    "差不多",
    "对不起",
    "没想到",
    "没办法",
    "没法",
    "没过",
    "没多久",
    "没几",
    "没等",
    "无论",
    "无缘",
    "无语",
    "无奈",
    "非常",
    "非要",
    "非得",
    "受不了",
    "忍不住",
    "不少",
    "至少",
    "多少",
    "多不",
    "未免",
    "未来",
    "不说",
    "不提",
    "不是就是",
    "不明",
    "不懂",
    "不理解",
    "不太满意",
    "不了解",
    "不敢",
    "少说",
    "不同",
    "不会还",
    "不一",
    "不行",
    "动不动",
    "不该",
    "不应",
    "不到",
    "没事",
    "要不",
];

/// How many characters a denial reaches.
const SIGNS: usize = 5;

/// What, after a keyword, takes it back within the clause.
const TAKEN_BACK: &[&str] = &[
    "没有了",
    "不存在",
    "没了",
    "没出现",
    "没有出现",
    "没发生",
    "没有发生",
    "的情况没",
    "都没有",
];

/// Whether the part of `text`, folded, from `start` to `end` is denied by what is near it.
pub(super) fn denied(text: &str, start: usize, end: usize) -> bool {
    let (before, hit, after) = (&text[..start], &text[start..end], &text[end..]);
    let clause = before.rsplit(is_boundary).next().unwrap_or(before);
    if hit.chars().any(is_han) {
        denied_in_chinese(clause, after)
    } else {
        denied_in_english(clause)
    }
}

fn is_boundary(it: char) -> bool {
    matches!(
        it,
        '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '。' | '、' | '…' | '~' | '\n'
    )
}

fn denied_in_english(clause: &str) -> bool {
    let mut words = Vec::new();
    for word in clause.split(|it: char| !it.is_alphanumeric() && it != '\'') {
        match word {
            "" => {}
            turn if TURNS.contains(&turn) => words.clear(),
            word => words.push(word),
        }
    }
    let near = words.len().saturating_sub(WORDS);
    let near = words.get(near..).unwrap_or_default();
    near.iter().enumerate().any(|(at, word)| {
        let next = near.get(at + 1);
        let denial =
            DENIALS.contains(word) && !next.is_some_and(|next| HARMLESS.contains(next));
        denial || NOT_HERE.contains(word)
    })
}

fn denied_in_chinese(clause: &str, after: &str) -> bool {
    let turn = ["但是", "可是", "只是", "就是", "不过", "然而", "却", "但"];
    let clause = turn
        .iter()
        .fold(clause, |clause, word| clause.rsplit(word).next().unwrap_or(clause));
    if NOT_HERE_IN_CHINESE.iter().any(|it| clause.contains(it)) {
        return true;
    }
    let harmless =
        UNDENYING.iter().fold(clause.to_owned(), |it, word| it.replace(word, "＿"));
    let near = harmless.chars().rev().take(SIGNS);
    if near.take_while(|it| *it != '＿').any(|it| DENYING.contains(&it)) {
        return true;
    }
    let rest = after.split(is_boundary).next().unwrap_or(after);
    let rest: String = rest.chars().take(8).collect();
    TAKEN_BACK.iter().any(|it| rest.contains(it))
}

#[cfg(test)]
mod tests {
    use super::super::fold::folded;
    use super::*;

    fn is_denied(text: &str, keyword: &str) -> bool {
        let (text, keyword) = (folded(text), folded(keyword));
        let start = text.find(&keyword).unwrap();
        denied(&text, start, start + keyword.len())
    }

    #[test]
    fn what_is_not_so_is_denied() {
        for (text, keyword) in [
            ("The staff were not pushy", "pushy"),
            ("never felt it was overpriced", "overpriced"),
            ("There wasn't a long queue", "long queue"),
            ("这次没有排长队", "排长队"),
            ("態度一點也不冷淡", "冷淡"),
            ("从来不会强行推销", "强行推销"),
            ("插队的现象没有了", "插队"),
            ("原以为要排长队，结果没有", "排长队"),
            ("佢哋冇硬銷", "硬銷"),
            ("I was expecting a long queue", "long queue"),
        ] {
            assert!(is_denied(text, keyword), "{text}");
        }
    }

    #[test]
    fn what_only_looks_so_is_not() {
        for (text, keyword) in [
            ("not only pushy but late", "pushy"),
            ("No answer, and then a long queue", "long queue"),
            ("did not greet us and was rude", "was rude"),
            ("不但态度很差", "态度很差"),
            ("非常冷淡", "冷淡"),
            ("没想到要排长队", "排长队"),
            ("没人接待，还要排长队", "排长队"),
            ("等了很久不说，态度很差", "态度很差"),
        ] {
            assert!(!is_denied(text, keyword), "{text}");
        }
    }
}
