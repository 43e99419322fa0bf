//! A panel: one score over all waves.

use super::line::{breaks, line};
use super::scale::Scale;
use super::{Beside, Trend, WavePoint};
use crate::diagram::lines::{Block, Space, block};
use crate::diagram::scene::{Anchor, Form, Item, Label, Placed, Scene, shape};
use crate::diagram::style::{CODE, HALO, PANEL, QUIET, TICK, VALUE};
use crate::diagram::subject::Standing;
use crate::diagram::text;

/// One score over all waves.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Code and name, or the name of overall satisfaction.
    pub name: String,
    /// Its change against the wave compared with; else why there is none.
    pub shift: Shift,
    /// One entry per wave.
    pub points: Vec<WavePoint>,
    /// Points it should reach.
    pub target: Option<f64>,
    /// Points of the benchmark of the last wave that is named beside it.
    pub benchmark: Option<f64>,
    /// Scores of others: one entry per wave.
    pub beside: Vec<Beside>,
    /// Everything it shows, in words.
    pub description: String,
}

/// A change and its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// In a few words.
    pub text: String,
    /// Which way it went.
    pub way: Way,
}

/// Which way a score went; only what is beyond chance and relevant goes anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Up.
    Up,
    /// Down.
    Down,
    /// No relevant change, or none that is known.
    Level,
}

/// Upper edge of the name.
const NAME: f64 = 10.0;
/// Room for the change, under the name.
const CHANGE: f64 = 18.0;
/// Room for a value beyond the ends of the scale.
const PAD: f64 = 16.0;
/// Height of the scale.
const SCALE: f64 = 92.0;
/// Room for the numbers of the scale.
const LEFT: f64 = 28.0;
/// Room for the last value.
const RIGHT: f64 = 50.0;

/// A scene per panel, all of one size and on one scale.
#[must_use]
pub fn panels(trend: &Trend, width: f64) -> Vec<Scene> {
    let frame = Frame::new(trend, width);
    let panels = trend.panels.iter();
    panels
        .map(|panel| Scene {
            origin: (0.0, 0.0),
            width,
            height: frame.height(),
            title: panel.name.clone(),
            description: panel.description.clone(),
            items: frame.panel(panel, (0.0, 0.0)),
        })
        .collect()
}

/// What all panels have in common.
pub(super) struct Frame<'a> {
    waves: &'a [String],
    panels: &'a [Panel],
    width: f64,
    /// Height of the tallest name.
    names: f64,
}

impl<'a> Frame<'a> {
    /// Panels `width` wide, each as high as the longest name needs.
    pub(super) fn new(trend: &'a Trend, width: f64) -> Self {
        let (waves, panels) = (&trend.waves, &trend.panels);
        let heights = panels.iter().map(|it| name(&it.name, (0.0, 0.0), width).height);
        Self { waves, panels, width, names: heights.fold(0.0, f64::max) }
    }

    /// Height of a panel.
    pub(super) fn height(&self) -> f64 {
        (self.top() + SCALE + PAD + 18.0).ceil()
    }

    /// Upper end of the scale within a panel.
    fn top(&self) -> f64 {
        NAME + self.names + CHANGE + PAD
    }

    /// The panel whose upper left corner is at `corner`.
    pub(super) fn panel(&self, panel: &Panel, corner: (f64, f64)) -> Vec<Item> {
        let (x, y) = corner;
        let mut items =
            vec![shape("rule", Form::Line((x, y + 0.5), (x + self.width, y + 0.5)))];
        items.extend(name(&panel.name, corner, self.width).items);
        items.extend(shift(&panel.shift, (x, y + NAME + self.names + 13.0), self.width));
        items.extend(self.plot(panel, corner));
        items
    }

    fn plot(&self, panel: &Panel, (x, y): (f64, f64)) -> Vec<Item> {
        let (top, left) = (y + self.top(), x + LEFT);
        let scale = Scale::of(self.panels, top, SCALE);
        let end = x + self.width - RIGHT;
        let xs = places(panel.points.len(), left + 8.0, end);
        let right = end + 7.0;
        let mut items: Vec<Item> = Vec::new();
        for tick in scale.ticks() {
            let y = scale.y(tick);
            items.push(shape("grid", Form::Line((left, y), (right, y))));
            let label = Label::new((left - 6.0, y + 4.0), TICK, format!("{tick}"));
            items.push(label.anchored(Anchor::End).into());
        }
        if let Some(y) = panel.target.map(|target| scale.y(target)) {
            items.push(shape("tgt", Form::Line((left, y), (right, y))));
        }
        for x in breaks(&panel.points, &xs) {
            items.push(shape("brk", Form::Line((x, top), (x, top + SCALE))));
        }
        let beside = || panel.beside.iter().zip(&xs);
        items.extend(beside().flat_map(|(it, x)| it.under(*x, scale)));
        items.extend(line(&panel.points, &xs, scale));
        items.extend(beside().flat_map(|(it, x)| it.over(*x, scale)));
        let first = panel.beside.first();
        items.extend(dots(&panel.points, &xs, scale, first));
        let row = Row { left: x, width: self.width, baseline: top + SCALE + PAD + 12.0 };
        items.extend(row.wave_names(self.waves, &xs));
        items
    }
}

fn name(text: &str, (x, y): (f64, f64), width: f64) -> Block {
    let at = (x, y + NAME);
    block(text, PANEL, Space { at, anchor: Anchor::Start, width, lines: 2 })
}

fn shift(shift: &Shift, (left, baseline): (f64, f64), width: f64) -> Vec<Item> {
    let (style, x) = match shift.way {
        Way::Up | Way::Down => (CODE, 13.0),
        Way::Level => (QUIET, 0.0),
    };
    let space = Space {
        at: (left + x, baseline - 0.86 * style.size),
        anchor: Anchor::Start,
        width: width - x,
        lines: 1,
    };
    let mut items = block(&shift.text, style, space).items;
    let (base, tip) = match shift.way {
        Way::Up => (baseline - 0.5, baseline - 8.5),
        Way::Down => (baseline - 7.5, baseline + 0.5),
        Way::Level => return items,
    };
    let (right, middle) = (left + 9.0, left + 4.5);
    let d = format!("M{left:.1} {base:.1}H{right:.1}L{middle:.1} {tip:.1}Z");
    items.push(shape("ar", Form::Path(d)));
    items
}

/// `count` places from `left` to `right`; a single one in the middle.
pub(super) fn places(count: usize, left: f64, right: f64) -> Vec<f64> {
    if count < 2 {
        return vec![f64::midpoint(left, right); count];
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of waves")]
    let at = |wave: usize| left + (right - left) * wave as f64 / (count - 1) as f64;
    (0..count).map(at).collect()
}

/// A ring per wave, the band's shape in the last; the first and the last value.
fn dots(
    points: &[WavePoint],
    xs: &[f64],
    scale: Scale,
    beside: Option<&Beside>,
) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut scored = points.iter().zip(xs).enumerate().filter_map(|(at, (point, x))| {
        let y = scale.y(point.standing.points()?);
        Some((at, *x, y, &point.standing))
    });
    let first = scored.next();
    let rest: Vec<_> = scored.collect();
    for (at, x, y, standing) in first.iter().chain(&rest) {
        if at + 1 < points.len() {
            let class = if is_low(standing) { "wp low" } else { "wp" };
            items.push(shape(class, Form::Circle((*x, *y), 2.9)));
            continue;
        }
        items.extend(standing.symbol().map(|it| Placed::new(it, (*x, *y)).into()));
        items.extend(
            words(standing)
                .map(|text| Item::from(Label::new((x + 11.0, y + 4.8), VALUE, text))),
        );
    }
    if let Some((at, x, y, standing)) = first.filter(|first| first.0 + 1 < points.len()) {
        let next = rest.first().filter(|next| next.0 == at + 1);
        let falls = next.is_none_or(|next| next.2 >= y);
        // The value keeps clear of what others scored in the same wave.
        let others: Vec<f64> =
            beside.into_iter().flat_map(Beside::values).map(|it| scale.y(it)).collect();
        let taken = |top: f64, bottom: f64| {
            at == 0 && others.iter().any(|it| (top..bottom).contains(it))
        };
        let (above, below) = (taken(y - 19.0, y - 5.0), taken(y + 5.0, y + 19.0));
        let over = if above == below { falls } else { below };
        let label = words(standing).map(|text| {
            let y = if over { y - 8.0 } else { y + 16.0 };
            Label::new((x - 7.0, y), HALO, text)
        });
        items.extend(label.map(Item::from));
    }
    items
}

fn is_low(standing: &Standing) -> bool {
    matches!(standing, Standing::Scored { low: Some(_), .. })
}

fn words(standing: &Standing) -> Option<&str> {
    match standing {
        Standing::Scored { text, .. } => Some(text),
        Standing::Absent(_) => None,
    }
}

/// The row under a plot that holds the names of the waves.
pub(super) struct Row {
    /// Left end.
    pub(super) left: f64,
    /// Its length.
    pub(super) width: f64,
    /// Where the names stand.
    pub(super) baseline: f64,
}

impl Row {
    /// Names of the waves at `xs`: all where they fit, else the first and the last.
    pub(super) fn wave_names(&self, waves: &[String], xs: &[f64]) -> Vec<Item> {
        let wide = |name: &String| text::width(name, TICK.size, TICK.weight);
        let last = waves.len().saturating_sub(1);
        let most = if last == 0 { self.width } else { self.width / 2.0 - 6.0 };
        let inner = |at: usize| {
            let half = waves.get(at).map_or(0.0, wide).min(most) / 2.0;
            let x = xs.get(at).copied().unwrap_or(self.left);
            x.max(self.left + half).min(self.left + self.width - half)
        };
        let fits = (1..waves.len()).all(|at| {
            let room = f64::midpoint(wide(&waves[at - 1]), wide(&waves[at])) + 8.0;
            inner(at) - inner(at - 1) > room
        });
        let shown = waves.iter().enumerate();
        let shown = shown.filter(|(at, _)| fits || *at == 0 || *at == last);
        shown
            .flat_map(|(at, name)| {
                let (x, anchor) = match at {
                    _ if fits => (inner(at), Anchor::Middle),
                    0 => (self.left, Anchor::Start),
                    _ => (self.left + self.width, Anchor::End),
                };
                let at = (x, self.baseline - 0.86 * TICK.size);
                block(name, TICK, Space { at, anchor, width: most, lines: 1 }).items
            })
            .collect()
    }
}
