//! What the page of all scorecards says of each.

use minijinja::Value;
use serde::Serialize;

use crate::analyse::Absence;
use crate::diagram::{Band, Flag, Standing, Symbol, small_map, symbol};
use crate::model::{Analysis, SegmentResult, Status};

use super::super::context::Context;
use super::super::number;
use super::super::options::ReportOptions;
use super::super::table::{Head, Table};
use super::super::waves::OVERALL;
use super::super::wording::{change, legend, title};
use super::{Scorecard, overall};

/// Width of a small map, in pixels.
const WIDTH: f64 = 384.0;
/// Names that a headline lists.
const NAMED: usize = 4;

/// The scorecards of a segment in one language.
pub(super) struct Set<'s, 'a> {
    /// Everybody.
    pub(super) context: &'s Context<'a>,
    /// The segment variable.
    pub(super) segment: &'s str,
    pub(super) options: &'s ReportOptions,
}

/// The whole page.
#[derive(Serialize)]
pub(super) struct SetView {
    kick: String,
    headline: String,
    deck: String,
    cards: Vec<CardView>,
    keys: Vec<KeyView>,
    table: Table,
}

#[derive(Serialize)]
struct KeyView {
    symbol: Value,
    text: String,
}

/// One of them.
#[derive(Serialize)]
struct CardView {
    name: String,
    /// The report; none where it is withheld.
    file: Option<String>,
    /// Why it is.
    withheld: Option<String>,
    n: Option<String>,
    band: &'static str,
    glyph: Value,
    score: String,
    ci: Option<String>,
    change: Option<String>,
    verdict: Option<&'static str>,
    /// Against all others.
    versus: Option<String>,
    better: bool,
    pains: String,
    map: Option<Value>,
}

/// Which values differ from all others, in a sentence.
pub(super) fn headline(context: &Context<'_>, segment: &str) -> String {
    let locale = &context.locale;
    let of_overall = context
        .analysis
        .segments
        .iter()
        .filter(|it| it.segment == segment && it.touchpoint == OVERALL);
    let tested = of_overall.clone().any(|it| it.vs_rest.is_some());
    let mut differing: Vec<(&SegmentResult, f64)> =
        of_overall.filter_map(|it| Some((it, it.differs()?.points))).collect();
    differing.sort_by(|one, other| one.1.total_cmp(&other.1));
    let names = |low: bool| {
        let some = differing.iter().filter(|(_, points)| (*points < 0.0) == low);
        let mut names: Vec<&str> = some.map(|(it, _)| it.value.as_str()).collect();
        if !low {
            names.reverse();
        }
        listed(context, &names)
    };
    let (below, above) = (names(true), names(false));
    let key = match (below.is_empty(), above.is_empty()) {
        (false, false) => "scorecards.title.both",
        (false, true) => "scorecards.title.below",
        (true, false) => "scorecards.title.above",
        (true, true) if tested => "scorecards.title.none",
        (true, true) => "scorecards.title.untested",
    };
    locale.say(key, &[("below", &below), ("above", &above)])
}

/// A few names; of many the first ones, and how many more there are.
fn listed(context: &Context<'_>, names: &[&str]) -> String {
    let separator = context.locale.word("list.names");
    let rest = names.len().saturating_sub(NAMED);
    if rest < 2 {
        return names.join(&separator);
    }
    let first = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(&separator);
    let gaps = [("names", &*first), ("n", &*number::count_of(rest))];
    context.locale.say("scorecards.more", &gaps)
}

impl Set<'_, '_> {
    /// The whole page.
    pub(super) fn view(
        &self,
        (whole, file): (&Analysis, &str),
        cards: &[Scorecard<'_>],
    ) -> SetView {
        let locale = &self.context.locale;
        let everyone = Scorecard {
            value: &locale.word("map.all"),
            report: Ok((whole, file.to_owned())),
        };
        let variable = self.context.variable(self.segment);
        let n = number::count_of(cards.len());
        let all = || std::iter::once(&everyone).chain(cards);
        SetView {
            kick: locale.say("scorecards.kick", &[("segment", &variable), ("n", &n)]),
            headline: headline(self.context, self.segment),
            deck: locale.say("scorecards.deck", &[("segment", &variable)]),
            cards: all().enumerate().map(|(at, it)| self.card(at, it)).collect(),
            keys: self.keys(),
            table: self.table(all()),
        }
    }

    fn keys(&self) -> Vec<KeyView> {
        let pain = Symbol::Flag(Flag::Pain);
        let pain = KeyView {
            symbol: Value::from_safe_string(symbol(pain)),
            text: self.context.locale.word("flag.pain"),
        };
        let line = KeyView {
            symbol: Value::from_safe_string("<span class=\"line\"></span>".to_owned()),
            text: self.context.locale.word("scorecards.key.line"),
        };
        let bands = Band::ALL.iter().rev().map(|band| KeyView {
            symbol: Value::from_safe_string(symbol(Symbol::Band(*band))),
            text: legend::band(self.context, *band),
        });
        bands.chain([pain, line]).collect()
    }

    fn versus(&self, value: &str) -> Option<(String, bool)> {
        let mut all = self.context.analysis.segments.iter();
        let it = all.find(|it| {
            it.segment == self.segment && it.value == value && it.touchpoint == OVERALL
        })?;
        let versus = it.differs()?;
        let better = versus.points > 0.0;
        let key = if better { "segments.better" } else { "segments.worse" };
        let [low, high] = versus.points_ci;
        let (low, high) = if better { (low, high) } else { (-high, -low) };
        let gaps = [
            ("points", &*number::fixed(versus.points.abs(), 1)),
            ("low", &*number::fixed(low, 1)),
            ("high", &*number::fixed(high, 1)),
        ];
        Some((self.context.locale.say(key, &gaps), better))
    }

    fn card(&self, at: usize, card: &Scorecard<'_>) -> CardView {
        let (analysis, file) = match &card.report {
            Ok((analysis, file)) => (&*analysis.as_shown(), file),
            Err(why) => return self.withheld(card.value, *why),
        };
        let locale = &self.context.locale;
        let own = Context::new(self.context.journey, analysis, self.context.language)
            .sharing(self.options.shared)
            .prefixed(self.context.anchor(&format!("c{at}-")));
        let standing = overall(&own);
        let (band, score) = match &standing {
            Standing::Scored { band, text, .. } => (band.id(), text.clone()),
            Standing::Absent(why) => ("none", why.clone()),
        };
        let glyph = standing.symbol().map(symbol).unwrap_or_default();
        let moved = analysis.overall_change.as_ref();
        let n = analysis.rows.as_ref().map(|it| number::count(it.used));
        let versus = self.versus(card.value);
        let pains = title::map(&own);
        let others: Vec<Option<f64>> = if at == 0 {
            Vec::new()
        } else {
            let marks = self.context.subject.marks.iter();
            marks.map(|it| it.standing.points()).collect()
        };
        let name = locale.say("scorecards.map", &[("value", card.value)]);
        let scene = small_map::small_map(&own.subject, &others, WIDTH, &name, &pains);
        CardView {
            name: card.value.to_owned(),
            file: Some(file.clone()),
            withheld: None,
            n: n.map(|n| locale.say("segments.n", &[("n", &n)])),
            band,
            glyph: Value::from_safe_string(glyph),
            score,
            ci: analysis.overall.points_ci.map(number::interval),
            change: moved.map(|it| change::sentence(&own, it)),
            verdict: moved.map(|it| change::verdict(it, own.journey.rules.alpha).id()),
            better: versus.as_ref().is_some_and(|it| it.1),
            versus: versus.map(|it| it.0),
            pains,
            map: Some(own.picture(&scene, "small")),
        }
    }

    fn withheld(&self, value: &str, why: Absence) -> CardView {
        let least = self.context.journey.rules.suppress_below.to_string();
        let locale = &self.context.locale;
        let why = match why {
            Absence::Nobody => locale.word("absent.unanswered"),
            Absence::TooFew => locale.say("absent.suppressed", &[("least", &least)]),
            Absence::Complementary => locale.word("scorecards.withheld"),
        };
        CardView {
            name: value.to_owned(),
            file: None,
            withheld: Some(why),
            n: None,
            band: "none",
            glyph: Value::from(""),
            score: String::new(),
            ci: None,
            change: None,
            verdict: None,
            versus: None,
            better: false,
            pains: String::new(),
            map: None,
        }
    }

    fn table<'c>(&self, cards: impl Iterator<Item = &'c Scorecard<'c>>) -> Table {
        let locale = &self.context.locale;
        let dash = || "–".to_owned();
        let row = |card: &Scorecard<'_>| {
            let Ok((analysis, _)) = &card.report else {
                let mut row = vec![dash(); 7];
                card.value.clone_into(&mut row[0]);
                return row;
            };
            let own = Context::new(self.context.journey, analysis, self.context.language);
            let standing = overall(&own);
            let recommend = &analysis.recommend;
            let nps = recommend.nps.filter(|_| recommend.status == Status::Scored);
            let pains = own.subject.marks.iter();
            let pains = pains.filter(|it| it.flags.contains(&Flag::Pain)).count();
            let moved = analysis.overall_change.as_ref();
            vec![
                card.value.to_owned(),
                analysis.rows.as_ref().map_or_else(dash, |it| number::count(it.used)),
                match standing {
                    Standing::Scored { text, .. } | Standing::Absent(text) => text,
                },
                analysis.overall.points_ci.map_or_else(dash, number::interval),
                moved.map_or_else(dash, |it| number::change(it.points)),
                nps.map_or_else(dash, number::change),
                number::count_of(pains),
            ]
        };
        let keys = ["col.n", "col.score", "col.ci", "col.change"];
        let mut head = vec![Head::words(self.context.variable(self.segment))];
        head.extend(keys.map(|key| Head::numbers(locale.word(key))));
        head.push(Head::numbers(locale.word("fact.nps")));
        head.push(Head::numbers(locale.word("scorecards.col.pains")));
        Table {
            caption: locale.word("scorecards.caption"),
            head,
            rows: cards.map(row).collect(),
        }
    }
}
