//! Why does a touchpoint score as it does, for whom, and what is done about it?

use minijinja::{Value, context};
use serde::Serialize;

use crate::diagram::{Channel, Flag, Mark, Standing, symbol};
use crate::model::{Touchpoint, TouchpointIndex};

use super::super::action::{self, ActionView};
use super::super::card::Cards;
use super::super::card::measure::{self, MeasureView};
use super::super::card::operation::{self, OperationView};
use super::super::card::quote::{self, QuoteView};
use super::super::card::service::{self, SharesView};
use super::super::card::strip::{self, Extent, StripAxis, StripView};
use super::super::card::trend::{self, TrendView};
use super::super::context::Context;
use super::super::likert::{self, BarAxis, Classes};
use super::super::wording::change;
use super::super::wording::evidence::{self, Reason};
use super::super::{number, subject};
use super::map::{self, KeyView};
use super::{Built, LeftOut, scores, value};

/// A card.
#[derive(Serialize)]
struct CardView {
    code: String,
    name: String,
    glyph: Value,
    open: bool,
    flags: Vec<KeyView>,
    stage: String,
    icon: Value,
    channel: Option<String>,
    /// Reach and importance, each a few words.
    facts: Vec<String>,
    score: Option<String>,
    /// Why there is no score.
    absent: Option<String>,
    change: Option<ChangeView>,
    /// Interval and number of answers.
    base: Option<String>,
    rated: Option<RatedView>,
    measure: Option<MeasureView>,
    trend: Option<TrendView>,
    strips: Vec<Vec<StripView>>,
    expectation: Option<SharesView>,
    levels: Option<SharesView>,
    operations: Vec<OperationView>,
    quotes: Vec<QuoteView>,
    reasons: Vec<Reason>,
    further: Vec<Reason>,
    actions: Vec<ActionView>,
    /// Whether it is a pain point that nothing is done about.
    unanswered: bool,
}

/// A change and its verdict.
#[derive(Serialize)]
struct ChangeView {
    sentence: String,
    verdict: &'static str,
}

/// How customers rated it.
#[derive(Serialize)]
struct RatedView {
    picture: Value,
    words: Vec<String>,
}

/// What all cards share.
struct Frame {
    strips: StripAxis,
    axis: String,
    waves: [f64; 2],
    bars: BarAxis,
    rated: Vec<Option<Classes>>,
}

pub(super) fn build(context: &Context<'_>, _left_out: &[LeftOut]) -> Built {
    let cards = Cards::new(context);
    if cards.flagged.is_empty() && cards.rest.is_empty() {
        return Built::LeftOut(context.locale.word("left_out.cards"));
    }
    let rated: Vec<Option<Classes>> =
        (0..context.subject.marks.len()).map(|at| scores::rated(context, at)).collect();
    let known: Vec<Classes> = rated.iter().flatten().copied().collect();
    let frame = Frame {
        strips: StripAxis::new(context),
        axis: context.anchor("sg"),
        waves: trend::range(context),
        bars: BarAxis::new(&known),
        rated,
    };
    let flagged = cards.flagged.iter().map(|at| (*at, true));
    let all = flagged.chain(cards.rest.iter().map(|at| (*at, false)));
    let views: Vec<CardView> =
        all.filter_map(|(at, open)| card(context, at, (&frame, open))).collect();
    let segments = views.iter().any(|it| !it.strips.is_empty());
    Built::Shown(context! {
        title => title(context, &cards),
        deck => deck(context, &cards),
        keys => value(map::keys(context)),
        segments => segments,
        low => context.subject.marks.iter().any(|mark| {
            matches!(mark.standing, Standing::Scored { low: Some(_), .. })
        }) || segments,
        least => number::plain(context.journey.rules.low_base),
        hollow => Value::from_safe_string(symbol(crate::diagram::Symbol::Hollow(
            crate::diagram::Band::Solid,
        ))),
        axis => frame.strips.definition(&frame.axis),
        cards => value(views),
    })
}

fn title(context: &Context<'_>, cards: &Cards) -> String {
    let all = context.subject.marks.len();
    if cards.all_flagged == 0 {
        return context.locale.word("cards.title.none");
    }
    let gaps =
        [("n", &*number::count_of(cards.all_flagged)), ("all", &*number::count_of(all))];
    context.locale.count("cards.title", cards.all_flagged, &gaps)
}

/// How the cards are ordered, and in a large map how many there are.
fn deck(context: &Context<'_>, cards: &Cards) -> String {
    let all = context.subject.marks.len();
    let shown = cards.flagged.len() + cards.rest.len();
    let gaps = [
        ("shown", &*number::count_of(shown)),
        ("flagged", &*number::count_of(cards.all_flagged)),
        ("all", &*number::count_of(all)),
    ];
    let key = if shown < all {
        "cards.deck.large"
    } else if cards.all_flagged == 0 {
        "cards.deck.none"
    } else {
        "cards.deck"
    };
    context.locale.say(key, &gaps)
}

fn card(
    context: &Context<'_>,
    at: usize,
    (frame, open): (&Frame, bool),
) -> Option<CardView> {
    let mark = context.subject.marks.get(at)?;
    let touchpoint = context.journey.touchpoints.get(at)?;
    let result = context.result(at);
    let standing = subject::standing(context, result.map(|it| &it.score), 1);
    let actions = actions(context, at);
    let change = result.and_then(|it| it.change.as_ref());
    let base = base(context, at, &standing);
    let glyph = standing.symbol().map(symbol).unwrap_or_default();
    let (score, absent) = match standing {
        Standing::Scored { text, .. } => (Some(text), None),
        Standing::Absent(why) => (None, Some(why)),
    };
    let extent = if open { Extent::All } else { Extent::Brief };
    Some(CardView {
        code: mark.code.clone(),
        name: mark.name.clone(),
        glyph: Value::from_safe_string(glyph),
        open,
        flags: mark.flags.iter().map(|flag| map::flag_key(context, *flag)).collect(),
        stage: context
            .subject
            .stages
            .get(mark.stage)
            .map_or_else(String::new, |it| it.name.clone()),
        icon: map::icon(mark),
        channel: channel(context, mark, touchpoint),
        facts: facts(context, at),
        base,
        score,
        absent,
        change: change.map(|it| ChangeView {
            sentence: change::sentence(context, it),
            verdict: change::verdict(it, context.journey.rules.alpha).id(),
        }),
        rated: frame.rated.get(at).copied().flatten().map(|it| RatedView {
            picture: frame.bars.bar(&it),
            words: likert::three_words(context, &it),
        }),
        measure: measure::measure(context, at),
        trend: trend::trend(context, at, frame.waves),
        strips: strip::strips(context, at, (frame.strips, &frame.axis), extent),
        expectation: service::expectation(context, at),
        levels: service::levels(context, at),
        operations: operation::operations(context, at),
        quotes: quote::quotes(context, at),
        reasons: evidence::standing_out(context, at),
        further: evidence::further(context, at),
        unanswered: actions.is_empty() && mark.flags.contains(&Flag::Pain),
        actions,
    })
}

/// The well-known word for the channel, else the one of the map.
fn channel<'a>(
    context: &Context<'a>,
    mark: &Mark,
    touchpoint: &'a Touchpoint,
) -> Option<String> {
    let known =
        |channel: Channel| context.locale.word(&format!("channel.{}", channel.id()));
    let own = || touchpoint.channel.as_ref().map(|it| context.text(it).to_owned());
    mark.channel.map(known).or_else(own).filter(|it| !it.is_empty())
}

fn facts(context: &Context<'_>, at: usize) -> Vec<String> {
    let locale = &context.locale;
    let reach = context.subject.marks.get(at).and_then(|mark| mark.reach.as_ref());
    let reach = reach.map(|(_, share)| locale.say("cards.reached", &[("share", share)]));
    let importance = context.result(at).and_then(|it| it.importance.as_ref());
    let importance = importance.and_then(|it| {
        let share = number::percent(it.share?);
        let ci = it.ci.map(number::percent_interval);
        let gaps = [("share", &*share), ("ci", ci.as_deref().unwrap_or("–"))];
        let key = if ci.is_some() { "cards.importance" } else { "cards.importance.bare" };
        Some(locale.say(key, &gaps))
    });
    reach.into_iter().chain(importance).collect()
}

/// `95% CI 57.4–60.8 · n = 662`, and that the base is low where it is.
fn base(context: &Context<'_>, at: usize, standing: &Standing) -> Option<String> {
    let score = &context.result(at)?.score;
    let Standing::Scored { low, .. } = standing else { return None };
    let n = score.n.map_or_else(|| "–".to_owned(), number::count);
    let ci = score.points_ci.map_or_else(|| "–".to_owned(), number::interval);
    let text = context.locale.say("cards.base", &[("ci", &ci), ("n", &n)]);
    Some(match low {
        Some(low) => {
            let flag = context.locale.word("flag.low_base");
            context
                .locale
                .say("cards.base.low", &[("base", &text), ("flag", &flag), ("low", low)])
        }
        None => text,
    })
}

fn actions(context: &Context<'_>, at: usize) -> Vec<ActionView> {
    let own = action::ordered(context).into_iter();
    own.filter(|it| it.touchpoint == Some(TouchpointIndex(at)))
        .map(|it| action::view(context, it))
        .collect()
}
