//! Personal data out of comments, before anything else sees them.
//!
//! What is masked is rather too much than too little: a floor or a price that is taken for a
//! phone number costs a word, a phone number that is taken for a price costs trust. Names
//! are known only by what stands beside them, such as 先生 or Mr.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// Surnames, one character each, of nearly everybody who has a Chinese one; in both scripts.
const SURNAMES: &str = "赵趙钱錢孙孫李周吴吳郑鄭王冯馮陈陳褚卫衛蒋蔣沈韩韓杨楊朱秦尤许許何吕呂施张張\
孔曹严嚴华華金魏陶姜戚谢謝邹鄒喻柏水窦竇章云苏蘇潘葛奚范彭郎鲁魯韦韋昌马馬苗凤鳳花方俞任袁柳\
鲍鮑史唐费費廉岑薛雷贺賀倪汤湯滕殷罗羅毕畢郝邬鄔安常乐樂于时時傅皮卞齐齊康伍余元卜顾顧孟平黄黃\
穆萧蕭肖尹姚邵湛汪祁毛禹狄米贝貝明臧计計伏成戴谈談宋茅庞龐熊纪紀舒屈项項祝董梁杜阮蓝藍闵閔\
席季麻强強贾賈路娄婁危江童颜顏郭梅盛林刁钟鐘鍾徐邱骆駱高夏蔡田樊胡凌霍虞万萬支柯管卢盧莫经經房\
裘缪繆干解宗丁宣邓鄧郁单單杭洪包诸諸左石崔吉龚龔程嵇邢滑裴陆陸荣榮翁荀羊甄曲家封芮储儲靳\
汲邴糜松井段富巫乌烏焦巴弓牧隗山谷车車侯宓蓬全郗班仰秋仲伊宫宮宁寧仇栾欒暴甘厉厲戎祖武符刘劉景詹\
束龙龍叶葉幸司韶黎蓟溥印宿白怀懷蒲邰鄂索咸籍赖賴卓蔺藺屠蒙池乔喬阴陰苍蒼双雙闻聞党翟谭譚贡貢\
劳勞姬申扶堵冉宰郦雍璩桑桂濮牛寿壽通边邊扈燕冀浦尚农農温溫别別庄莊晏柴瞿阎閻充慕连連茹习習宦艾鱼魚\
容向古易慎戈廖庾终終暨居衡步耿满滿弘匡国國文寇广廣禄祿阙闕东東欧歐利蔚越夔隆师師巩鞏厍聂聶晁\
勾敖融冷訾辛阚闞简簡饶饒曾毋沙养養鞠须須丰豐巢关關蒯相查后荆荊红紅游竺权權盖蓋益桓公岳帅帥涂塗\
佟佘商牟冼邝鄺覃粟";

/// What stands before 先生 and is nobody's name.
const NOBODY: &str =
    "位个個名的老那哪这這些男女各两兩几幾每叫是和跟与與给給对對有请請找问問让讓被由向了";

struct Mask {
    pattern: Regex,
    instead: &'static str,
}

/// Masks in the order in which they are put on: an e-mail address may hold a number.
static ALL: LazyLock<Vec<Mask>> = LazyLock::new(|| {
    let numeral = "[0-9一二三四五六七八九十百零〇两兩]";
    let part = format!(
        r"(?:[A-Za-z]|{numeral}{{1,5}})\s*(?:期|区|區|号楼|號樓|号院|號院|栋|棟|幢|座|单元|單元|门|楼|樓|层|層|号|號|室|房|户|戶|\#)"
    );
    let patterns = [
        (r"(?i)[\w.+%-]+\s*@\s*[\w-]+(?:\s*\.\s*[\w-]+)+".to_owned(), "[email]"),
        (
            r"(?i)(?:微信|wechat|weixin|qq|line)\s*(?:号|號|id)?\s*(?:是|:)?\s*[a-z0-9][-\w]{4,19}"
                .to_owned(),
            "[email]",
        ),
        // Identity cards: the mainland, Hong Kong, Taiwan; passports.
        (r"\b[1-9](?:[ -]?\d){16}[ -]?[\dXx]\b".to_owned(), "[id]"),
        (r"\b[A-Za-z]{1,2}\d{6}\s?(?:\([0-9Aa]\)|[0-9Aa]\b)".to_owned(), "[id]"),
        (r"\b[A-Za-z]{1,2}\d{7,9}\b".to_owned(), "[id]"),
        // Car numbers: the mainland, Taiwan, Hong Kong, Britain.
        (
            r"[京津沪滬渝冀豫云辽遼黑湘皖鲁魯新苏蘇浙赣贛鄂桂甘晋晉蒙陕陝吉闽閩贵貴粤粵青藏川宁寧琼瓊使领領]\s?[A-Za-z]\s?[·•.\-]?\s?[A-Za-z0-9]{4,6}[学學警港澳挂]?"
                .to_owned(),
            "[plate]",
        ),
        (r"\b[A-Za-z]{2,3}[ -]?\d{3,4}\b".to_owned(), "[plate]"),
        (r"\b\d{4}-?[A-Za-z]{2}\b".to_owned(), "[plate]"),
        (r"\b[A-Za-z]{2}\d{2}\s?[A-Za-z]{3}\b".to_owned(), "[plate]"),
        // Flats: several parts of an address, or a part that only an address has.
        (format!(r"{part}(?:\s*{part})+(?:\s*\d{{2,4}})?|{part}\s*\d{{2,4}}"), "[address]"),
        (
            format!(
                r"(?:[A-Za-z]|{numeral}{{1,5}})\s*(?:号楼|號樓|栋|棟|幢|单元|單元)|[A-Za-z]\s*座|{numeral}{{3,5}}\s*(?:室|房|户|戶|号房|號房)"
            ),
            "[address]",
        ),
        (r"\b\d{1,3}\s*[-#－/]\s*\d{1,3}\s*[-#－/]\s*\d{2,4}\b".to_owned(), "[address]"),
        (
            r"(?i)\b(?:flat|unit|apt|apartment|room|rm|house|villa|block|blk|tower|building|bldg|suite)\b\.?\s*(?:no\.?|number|\#)?\s*(?:[a-z]?\d+[a-z]?|[a-z]\b)(?:\s*[-/,]\s*\d+[a-z]?(?:/f)?)*"
                .to_owned(),
            "[address]",
        ),
        (r"(?i)\b\d{1,3}\s*/\s*f\b|\bno\.?\s*\d+[a-z]?\b".to_owned(), "[address]"),
        (
            r"(?i)\b\d{1,4}[a-z]?\s+(?:[a-z]+\s+){1,3}(?:street|st|road|rd|avenue|ave|lane|drive|close|court)\b"
                .to_owned(),
            "[address]",
        ),
        // Any five digits and more, whatever stands between them.
        (r"\(?\+?\d(?:[\s().\-]{0,2}\d){4,}".to_owned(), "[phone]"),
        (r"[0-9〇零一二三四五六七八九幺]{7,}".to_owned(), "[phone]"),
    ];
    let all = patterns.into_iter().chain(names());
    let mask = |(pattern, instead): (String, &'static str)| {
        // Chinese characters are letters, too: words of Latin ones end where these begin.
        let pattern = pattern.replace(r"\b", r"(?-u:\b)");
        Some(Mask { pattern: Regex::new(&pattern).ok()?, instead })
    };
    all.filter_map(mask).collect()
});

/// Names beside what names are said with.
fn names() -> Vec<(String, &'static str)> {
    let title =
        "先生|女士|小姐|太太|夫人|师傅|師傅|老师|老師|经理|經理|主任|阿姨|大姐|大哥";
    let full = format!(
        r"(?:欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|司徒|皇甫|尉迟|尉遲|公孙|公孫|慕容|令狐|东方|東方|[{SURNAMES}])"
    );
    vec![
        (
            format!(
                r"{full}(?:\p{{Han}}?[^{NOBODY}\P{{Han}}])??\s?(?P<title>{title})"
            ),
            "[name]$title",
        ),
        (format!(r"[^{NOBODY}\P{{Han}}](?P<title>先生|女士|小姐)"), "[name]$title"),
        (
            format!(
                r"(?P<title>先生|女士|小姐|太太)(?P<said>\s|:|叫|姓|名叫|,){full}\p{{Han}}{{0,2}}"
            ),
            "$title$said[name]",
        ),
        (
            format!(
                r"(?P<said>我叫|我是|名叫|姓名|联系人|聯絡人|業主|业主|本人)(?P<sign>[\s:]*){full}\p{{Han}}{{1,2}}(?P<end>[^\p{{Han}}]|$)"
            ),
            "$said$sign[name]$end",
        ),
        (
            r"(?i)\b(?P<title>mr|mrs|ms|mx|dr|messrs|sir|madam|mister)\b(?P<dot>\.?)\s*(?:\p{Han}{1,4}|[a-z][\w'’-]*(?:\s+(?-i:[A-Z])[\w'’-]*){0,2})"
                .to_owned(),
            "$title$dot [name]",
        ),
        (
            r"\b(?P<title>Miss|MISS)\s+(?:\p{Han}{1,4}|[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,2})"
                .to_owned(),
            "$title [name]",
        ),
        (
            r"(?i)\b(?P<said>my name is|name:|i am called)\s+[a-z][\w'’-]*(?:\s+(?-i:[A-Z])[\w'’-]*){0,2}"
                .to_owned(),
            "$said [name]",
        ),
    ]
}

/// The comment without what tells who wrote it, or about whom: e-mail addresses and the like,
/// numbers of identity cards and cars, phone numbers, flats, and names beside a title.
#[must_use]
pub fn masked(comment: &str) -> String {
    let mut text = half_width(comment);
    for Mask { pattern, instead } in ALL.iter() {
        if let Cow::Owned(replaced) = pattern.replace_all(&text, *instead) {
            text = replaced;
        }
    }
    text
}

/// Digits, letters and signs in half their width, without what nobody sees.
fn half_width(text: &str) -> String {
    let seen = text.chars().filter(|it| {
        !matches!(it, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
    });
    let half = seen.map(|it| match it {
        '\u{ff10}'..='\u{ff19}'
        | '\u{ff21}'..='\u{ff3a}'
        | '\u{ff41}'..='\u{ff5a}'
        | '＠'
        | '．'
        | '－'
        | '＋'
        | '：'
        | '（'
        | '）'
        | '＃' => char::from_u32(u32::from(it) - 0xFEE0).unwrap_or(it),
        '\u{3000}' => ' ',
        other => other,
    });
    half.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::MASK_KINDS;

    #[test]
    fn every_pattern_is_one_and_every_kind_is_known() {
        assert_eq!(ALL.len(), 24);
        for mask in ALL.iter() {
            let known =
                MASK_KINDS.iter().any(|it| mask.instead.contains(&format!("[{it}]")));
            assert!(known, "{}", mask.instead);
        }
    }

    #[test]
    fn what_tells_who_it_was_is_gone() {
        for (said, shown) in [
            ("请回电13812345678，谢谢", "请回电[phone]，谢谢"),
            ("call +44 20 7946 0958 please", "call [phone] please"),
            ("写信到 li.wei@example.com.cn", "写信到 [email]"),
            ("身份证110101199003074578", "身份证[id]"),
            ("my id A123456(7)", "my id [id]"),
            ("粤B·12345停在那里", "[plate]停在那里"),
            ("京AD12345", "[plate]"),
            ("3栋2单元501漏水", "[address]漏水"),
            ("3号楼1203的窗", "[address]的窗"),
            ("Flat 5B, 12/F leaks", "[address] leaks"),
            ("接待的王先生很好", "接待的[name]先生很好"),
            ("歐陽娜娜小姐", "[name]小姐"),
            ("Mr. John Smith was rude", "Mr. [name] was rude"),
            ("那位先生插队", "那位先生插队"),
            ("miss the old staff", "miss the old staff"),
        ] {
            assert_eq!(masked(said), shown);
        }
    }
}
