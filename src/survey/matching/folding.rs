//! Traditional characters → simplified ones, so that 售樓處 is 售楼处.
//!
//! Only characters that surveys of customers use, and only where one stands for one: what is
//! not here makes two texts a little less alike, and nothing else.

/// Traditional and simplified, in pairs.
const PAIRS: &str = "滿满較较點点極极會会願愿絕绝對对確确樓楼處处銷销務务務务質质員员態态訪访問问題题\
    報报維维護护綠绿環环車车場场區区園园業业費费繳缴電电話话線线網网頁页門门窗窗戶户裝装廚厨衛卫\
    廳厅臥卧陽阳臺台台台牆墙頂顶漏漏修修貨货運运輸输單单訂订購购買买賣卖價价錢钱銀银貸贷款款約约\
    簽签驗验鑰钥鎖锁證证書书產产權权辦办理理過过戶户遷迁進进離离開开關关閉闭內内外外條条約约\
    應应該该與与於于並并從从為为這这個个們们來来說说請请謝谢認认識识記记錄录計计劃划設设備备\
    體体驗验覺觉聽听視视觀观見见現现實实際际時时間间歷历史史週周禮礼節节圖图書书學学習习讓让\
    團团隊队經经濟济營营運运總总統统組组織织級级數数據据資资訊讯號号碼码標标準准則则規规範范\
    專专業业顧顾問问導导購购諮咨詢询諾诺解解決决釋释課课談谈論论評评議议試试該该誤误讀读調调\
    變变還还連连達达遠远邊边遊游選选遲迟郵邮鄰邻醫医釋释針针鐵铁鏡镜長长闊阔隨随險险難难雜杂\
    雙双雲云靜静響响順顺須须預预領领頻频風风飛飞飯饭飲饮館馆驚惊髒脏鮮鲜麗丽麥麦黃黄齊齐齡龄\
    龍龙龜龟廣广廈厦庫库應应慶庆懷怀戰战戲戏擇择擔担據据擬拟擴扩攝摄敘叙斷断晝昼暢畅曆历樣样\
    機机檢检樹树橋桥檔档櫃柜歡欢歲岁殘残氣气汙污決决沒没況况淨净減减測测湯汤準准溝沟溫温滅灭\
    潔洁潤润燈灯煩烦熱热獎奖獨独獲获環环瑣琐畫画當当療疗監监盤盘眾众礙碍禮礼種种稱称穩稳積积\
    競竞筆笔節节範范築筑簡简籤签級级細细終终結结給给絡络絲丝續续練练緩缓縮缩績绩繼继罰罚聯联\
    聲声職职膠胶臨临舉举舊旧艙舱藝艺藥药蘭兰處处虛虚補补裡里裏里製制複复褲裤襪袜親亲觸触託托\
    許许詳详誠诚語语讚赞貝贝負负財财責责貴贵貼贴費费賃赁賓宾賞赏賠赔賬账質质賴赖贈赠趕赶跡迹\
    蹤踪軌轨軟软轉转載载輕轻輛辆輩辈輪轮辭辞農农遞递適适遺遗鄉乡釘钉鈴铃鈕钮銜衔鋪铺鋼钢錄录\
    錯错鍵键鐘钟鑒鉴閒闲閱阅隊队階阶隱隐隻只電电霧雾韓韩頓顿頭头顏颜額额類类飾饰餐餐養养餘余\
    騷骚驗验鬆松魚鱼鳥鸟鹽盐黨党點点齒齿幾几億亿僅仅優优價价儲储兒儿兩两冊册凍冻別别刪删劇剧\
    劑剂動动勞劳勢势勝胜匯汇協协單单嗎吗喚唤嚴严國国圍围圓圆執执報报場场塊块壓压壞坏壘垒夠够\
    夾夹奪夺奧奥婦妇媽妈嬰婴孫孙寢寝實实寧宁審审寫写寬宽寵宠將将尋寻導导層层屬属島岛師师帳帐\
    帶带幫帮幹干庫库廁厕廠厂張张強强彈弹彙汇後后徑径復复徵征悅悦惡恶愛爱慮虑慣惯憂忧懶懒掃扫\
    掛挂採采換换揚扬損损搶抢搖摇撥拨擊击擁拥擋挡舖铺佈布佔占係系併并倉仓傑杰傳传傷伤債债僱雇";

/// A text in simplified characters, lower case, full-width letters and signs half-width, one
/// blank for any number of them.
pub(super) fn folded(text: &str) -> String {
    let normal = crate::model::Labels::normal(text);
    if normal.is_ascii() {
        return normal;
    }
    normal.chars().map(simplified).collect()
}

fn simplified(it: char) -> char {
    if it.is_ascii() {
        return it;
    }
    let mut letters = PAIRS.chars().filter(|it| !it.is_whitespace());
    while let (Some(from), Some(to)) = (letters.next(), letters.next()) {
        if from == it {
            return to;
        }
    }
    it
}

/// Whether a character is one of those that Chinese is written with.
pub(super) fn is_han(it: char) -> bool {
    matches!(it, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_made_of_pairs() {
        let letters: Vec<char> = PAIRS.chars().filter(|it| !it.is_whitespace()).collect();
        assert_eq!(letters.len() % 2, 0);
        for pair in letters.chunks(2) {
            // What a character becomes is not itself one that becomes another.
            assert_eq!(simplified(pair[1]), pair[1], "{pair:?}");
        }
    }

    #[test]
    fn traditional_and_simplified_are_one() {
        assert_eq!(folded("售樓處接待"), "售楼处接待");
        assert_eq!(folded("總體滿意度"), "总体满意度");
        assert_eq!(folded("ＮＰＳ　Score"), "nps score");
    }
}
