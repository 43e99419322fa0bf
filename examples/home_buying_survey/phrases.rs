//! What customers write, in three languages, and the personal data that some of them put in.

/// A touchpoint that customers write about, and what those write who rate it low, in the middle
/// and high.
pub(crate) struct Topic {
    pub(crate) touchpoint: &'static str,
    pub(crate) low: &'static [Remark],
    pub(crate) middle: &'static [Remark],
    pub(crate) high: &'static [Remark],
}

/// Something that is said, in simplified and traditional Chinese and in English: a few ways to
/// say it in each.
pub(crate) struct Remark {
    /// How many of those who write say it, by wave.
    pub(crate) shares: [f64; 3],
    words: [&'static [&'static str]; 3],
}

const fn remark(shares: [f64; 3], words: [&'static [&'static str]; 3]) -> Remark {
    Remark { shares, words }
}

/// Nothing is wrong.
const PRAISE: Remark = remark(
    [0.72; 3],
    [
        &["总体挺满意的", "工作人员很负责", "比预想的好，谢谢", "没什么可说的，都好"],
        &["整體滿意", "服務人員很用心", "比想像中好，謝謝"],
        &["All good so far", "Helpful people and quick", "Better than we had thought"],
    ],
);

/// What says neither this nor that.
const PLAIN: Remark = remark(
    [0.66; 3],
    [
        &["一般吧", "还可以再好一点", "跟朋友家小区差不多"],
        &["普普通通", "還有進步空間"],
        &["It was ok", "Could be better", "Nothing special"],
    ],
);

/// Praise that denies the very thing.
const DENIAL: Remark = remark(
    [0.12; 3],
    [
        &["这次没有一再延期", "没有敷衍，每一处都看了", "态度一点也不冷淡"],
        &["這次沒有一再延期", "態度一點也不冷淡"],
        &["Not half-hearted at all", "They never felt indifferent"],
    ],
);

pub(crate) const TOPICS: &[Topic] = &[
    Topic {
        touchpoint: "progress",
        low: &[
            remark(
                [0.55; 3],
                [
                    &[
                        "问工期没人回复，只能自己开车去工地看",
                        "消息反应太慢，进度都靠邻居群",
                    ],
                    &["問進度已讀不回", "回應慢，進度都要自己問"],
                    &[
                        "Slow response whenever we ask about the site",
                        "No reply for weeks",
                    ],
                ],
            ),
            remark(
                [0.25; 3],
                [
                    &["不同的人说法不一，到底几月交"],
                    &["每個人講法不同"],
                    &["A different answer from everybody we ask"],
                ],
            ),
        ],
        middle: &[PLAIN],
        high: &[PRAISE],
    },
    Topic {
        touchpoint: "inspection",
        low: &[
            remark(
                [0.5, 0.5, 0.3],
                [
                    &["陪同的人一直玩手机，敷衍了事", "验房就是应付了事，催着我签字"],
                    &["陪驗的人滑手機，敷衍了事"],
                    &["The guide was on his phone and going through the motions"],
                ],
            ),
            remark(
                [0.3; 3],
                [
                    &["问什么都答不上来，业务不熟"],
                    &["問什麼都答不出來"],
                    &["He could not answer my question about the meter"],
                ],
            ),
        ],
        middle: &[PLAIN],
        high: &[PRAISE, DENIAL],
    },
    Topic {
        touchpoint: "leaks",
        low: &[
            remark(
                [0.62; 3],
                [
                    &[
                        "一下雨主卧窗边就渗水，质量问题太明显",
                        "卫生间漏到楼下，防水质量差",
                    ],
                    &["一下雨就滲水，品質太差，品質不好", "防水品質差，壁癌一大片"],
                    &["Poor quality waterproofing and damp walls", "Defective sealing"],
                ],
            ),
            remark(
                [0.2; 3],
                [
                    &["报了三次还是没有解决", "修完又漏，没有下文"],
                    &["報了三次還是沒解決"],
                    &["Reported three times and still not fixed"],
                ],
            ),
        ],
        middle: &[
            remark(
                [0.12; 3],
                [
                    &["小毛病不少，质量问题"],
                    &["小瑕疵不少"],
                    &["Poor quality in one corner"],
                ],
            ),
            PLAIN,
        ],
        high: &[PRAISE],
    },
    Topic {
        touchpoint: "repair_on_time",
        low: &[
            remark(
                [0.28, 0.30, 0.56],
                [
                    &[
                        "说好三天，一再延期拖到下个月",
                        "没按时上门，拖了好几天",
                        "约了两次都没准时",
                    ],
                    &["一再延期，拖了好幾天", "約好時間卻沒準時"],
                    &["Days late and no call", "They missed the deadline twice"],
                ],
            ),
            remark(
                [0.30, 0.28, 0.16],
                [
                    &["报修后反应太慢，半天没人接", "电话打不通"],
                    &["報修後回應慢", "電話打不通"],
                    &["Slow to respond after I reported it"],
                ],
            ),
            remark(
                [0.12; 3],
                [
                    &["师傅态度差，进门不套鞋套"],
                    &["師傅態度差"],
                    &["The fitter was rude"],
                ],
            ),
        ],
        middle: &[
            remark(
                [0.10; 3],
                [
                    &["晚了一天，没按时"],
                    &["晚了一天，沒準時"],
                    &["A day late but days late is normal"],
                ],
            ),
            PLAIN,
        ],
        high: &[
            remark(
                [0.04; 3],
                [
                    &["虽然拖了好几天但修得不错"],
                    &["雖然拖了好幾天，修得不錯"],
                    &["Days late but well done"],
                ],
            ),
            PRAISE,
            DENIAL,
        ],
    },
    Topic {
        touchpoint: "follow_up",
        low: &[remark(
            [0.6; 3],
            [
                &["修没修好从来没人问，石沉大海", "反映之后没有下文", "到现在没给答复"],
                &["反映之後石沉大海", "一直沒給答覆"],
                &["Never heard back after the repair", "No follow-up at all"],
            ],
        )],
        middle: &[PLAIN],
        high: &[PRAISE],
    },
    Topic {
        touchpoint: "security",
        low: &[remark(
            [0.5; 3],
            [
                &["门岗爱理不理，快递随便进", "保安态度很差，像防贼一样"],
                &["警衛愛理不理", "保全態度很差"],
                &["The guard was rude and looked right through us"],
            ],
        )],
        middle: &[PLAIN],
        high: &[PRAISE, DENIAL],
    },
    Topic {
        touchpoint: "complaint_resolve",
        low: &[
            remark(
                [0.55; 3],
                [
                    &["物业和开发商踢皮球", "互相推诿，谁也不负责", "都说不归我管"],
                    &["物業跟建商踢皮球", "互推責任"],
                    &[
                        "They passed the buck between departments",
                        "Not my department they said",
                    ],
                ],
            ),
            remark(
                [0.25; 3],
                [
                    &["投诉了一个月还是没解决"],
                    &["客訴一個月沒有結果"],
                    &["Still unresolved after a month"],
                ],
            ),
        ],
        middle: &[PLAIN],
        high: &[PRAISE],
    },
];

/// Share of comments that have personal data in them.
const PERSONAL_SHARE: f64 = 0.15;

/// Personal data, by kind, none of anybody: the number is drawn.
const PERSONAL: [&str; 8] = [
    "，我的电话138000{4}",
    "，请联系13900{0}{5}",
    "，我是3栋2单元{3}的业主",
    "，当时接待的王先生可以作证",
    "，邮箱owner{3}@example.com",
    "，车牌粤B·{5}",
    "，身份证11010119900307{4}",
    "，请找李女士",
];

/// The same in English.
const PERSONAL_IN_ENGLISH: [&str; 4] = [
    " call me on +852 9123 {4}",
    " (Flat {1}B)",
    " ask Mr. Chan",
    " owner{3}@example.com",
];

/// A way to say it, with personal data now and then.
pub(crate) fn said(remark: &Remark, tongue: usize, words: f64, personal: f64) -> String {
    let ways = remark.words[tongue];
    let mut text = pick(ways, words).to_owned();
    if personal < PERSONAL_SHARE {
        let (kinds, luck): (&[&str], f64) = match tongue {
            2 => (&PERSONAL_IN_ENGLISH, personal / PERSONAL_SHARE),
            _ => (&PERSONAL, personal / PERSONAL_SHARE),
        };
        text.push_str(&filled(pick(kinds, luck), words));
    }
    text
}

fn pick<'a>(ways: &[&'a str], luck: f64) -> &'a str {
    let mut left = luck * f64::from(u8::try_from(ways.len()).unwrap_or(u8::MAX));
    for way in ways {
        if left < 1.0 {
            return way;
        }
        left -= 1.0;
    }
    ways.last().copied().unwrap_or_default()
}

/// `{4}` is a number of four digits.
fn filled(text: &str, luck: f64) -> String {
    let mut digits = String::new();
    let mut left = luck;
    for _ in 0..6 {
        left = (left * 10.0).fract();
        let digit = (0..10_u8).rev().find(|it| f64::from(*it) <= left * 10.0);
        digits.push(char::from(b'0' + digit.unwrap_or(0)));
    }
    let mut filled = text.to_owned();
    for count in 0..=5 {
        filled = filled.replace(&format!("{{{count}}}"), &digits[..count.max(1)]);
    }
    filled
}
