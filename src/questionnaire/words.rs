//! The usual words of questionnaires.

use crate::model::Language;

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) introduction: &'static str,
    pub(super) overall: &'static str,
    pub(super) stem: &'static str,
    /// Said behind the stem where there is an answer for it.
    pub(super) way_out: &'static str,
    pub(super) recommend: &'static str,
    pub(super) comment: &'static str,
    pub(super) not_applicable: &'static str,
    pub(super) satisfied: [&'static str; 2],
    pub(super) likely: [&'static str; 2],
    pub(super) segment: &'static str,
    pub(super) optional: &'static str,
    pub(super) thanks: &'static str,
}

const ENGLISH: Words = Words {
    introduction: "Your answers help us to do better. They are anonymous: they are only reported together with those of others.",
    overall: "All in all, how satisfied are you with us?",
    stem: "How satisfied are you with the following?",
    way_out: " If you did not come across something, please say so.",
    recommend: "How likely are you to recommend us to friends or colleagues?",
    comment: "What is the one thing that we should do better?",
    not_applicable: "Did not come across it",
    satisfied: ["not at all satisfied", "very satisfied"],
    likely: ["not at all likely", "extremely likely"],
    segment: "Which applies to you: {}?",
    optional: "optional",
    thanks: "Thank you!",
};

const SIMPLIFIED: Words = Words {
    introduction: "您的回答将帮助我们改进。问卷匿名填写，结果只与其他人的回答汇总呈现。",
    overall: "总体而言，您对我们的满意程度如何？",
    stem: "您对以下各项的满意程度如何？",
    way_out: "若未经历过，请如实选择。",
    recommend: "您有多大可能向亲友或同事推荐我们？",
    comment: "您认为我们最应该改进的一件事是什么？",
    not_applicable: "未经历",
    satisfied: ["非常不满意", "非常满意"],
    likely: ["完全不可能", "非常可能"],
    segment: "您属于以下哪一项（{}）？",
    optional: "选填",
    thanks: "感谢您的参与！",
};

const TRADITIONAL: Words = Words {
    introduction: "您的回答將協助我們改進。問卷採匿名填寫，結果僅與其他人的回答彙整呈現。",
    overall: "整體而言，您對我們的滿意程度如何？",
    stem: "您對以下各項的滿意程度如何？",
    way_out: "若未經歷過，請如實選擇。",
    recommend: "您有多大可能向親友或同事推薦我們？",
    comment: "您認為我們最應該改進的一件事是什麼？",
    not_applicable: "未經歷",
    satisfied: ["非常不滿意", "非常滿意"],
    likely: ["完全不可能", "非常可能"],
    segment: "您屬於以下哪一項（{}）？",
    optional: "選填",
    thanks: "感謝您的參與！",
};

/// The words of `language`; English where there are none.
pub(super) fn words(language: &Language) -> &'static Words {
    match language.tag() {
        "zh-Hans" => &SIMPLIFIED,
        "zh-Hant" => &TRADITIONAL,
        _ => &ENGLISH,
    }
}
