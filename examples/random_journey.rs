//! Prints a journey map of random transitions, for measuring the layout of the graph:
//! `random_journey TOUCHPOINTS SEED BACKWARD`.
//!
//! The touchpoints stand in as many stages as their number has a square root. Each but those
//! of the first stage is reached from one of the stage before; as many transitions again
//! lead from anywhere to the next stage (70 %), within a stage, or past one. `BACKWARD` is
//! the percentage of these others that lead one to three stages back instead, or round to
//! the same touchpoint. The same arguments print the same map.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;

/// Steele, Lea and Flood, “Fast splittable pseudorandom number generators”, 2014.
struct Dice(u64);

impl Dice {
    /// A number below `bound`.
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound.max(1)
    }

    fn among(&mut self, range: std::ops::Range<u64>) -> u64 {
        range.start + self.below(range.end - range.start)
    }
}

/// A journey: how many touchpoints, in how many stages.
struct Plan {
    touchpoints: u64,
    stages: u64,
}

impl Plan {
    fn new(touchpoints: u64) -> Self {
        Self { touchpoints, stages: touchpoints.isqrt().max(2) }
    }

    fn stage(&self, stage: u64) -> std::ops::Range<u64> {
        let edge = |at: u64| at * self.touchpoints / self.stages;
        edge(stage)..edge(stage + 1)
    }

    fn stage_of(&self, touchpoint: u64) -> u64 {
        (0..self.stages).find(|at| self.stage(*at).contains(&touchpoint)).unwrap_or(0)
    }

    fn links(&self, dice: &mut Dice, backward: u64) -> BTreeSet<(u64, u64)> {
        let mut links = BTreeSet::new();
        for stage in 1..self.stages {
            for to in self.stage(stage) {
                links.insert((dice.among(self.stage(stage - 1)), to));
            }
        }
        for _ in 0..self.touchpoints {
            let from = dice.below(self.touchpoints);
            let stage = self.stage_of(from);
            let to = if dice.below(100) < backward {
                match dice.below(4) {
                    0 => from,
                    back => dice.among(self.stage(stage.saturating_sub(back))),
                }
            } else {
                let ahead = match dice.below(20) {
                    0..3 => 0,
                    3..6 => 2,
                    _ => 1,
                };
                let to = dice.among(self.stage((stage + ahead).min(self.stages - 1)));
                if from == to {
                    continue;
                }
                to
            };
            let turned = backward == 0 && to < from;
            links.insert(if turned { (to, from) } else { (from, to) });
        }
        links
    }
}

fn map(plan: &Plan, links: &BTreeSet<(u64, u64)>) -> String {
    let mut map = "touchmap: 1\nid: random\nname: Random\nstages:\n".to_owned();
    for stage in 0..plan.stages {
        let _ =
            writeln!(map, "  - id: s{stage}\n    name: Stage {stage}\n    touchpoints:");
        for at in plan.stage(stage) {
            let (whole, tenth) = (5 + at % 4, at % 10);
            let _ = writeln!(
                map,
                "      - {{id: t{at}, name: Touchpoint {at}, scores: {{2025: {{mean: \
                 {whole}.{tenth}, n: 200, sd: 2}}}}}}"
            );
        }
    }
    map.push_str("flow:\n");
    for to in plan.stage(0) {
        let _ = writeln!(map, "  - {{from: start, to: t{to}}}");
    }
    let mut ways: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for (from, to) in links {
        ways.entry(*from).or_default().push(*to);
    }
    for from in 0..plan.touchpoints {
        let ways = ways.get(&from).map_or(&[][..], Vec::as_slice);
        let share = 100 / (ways.len() + 1);
        for to in ways {
            let _ =
                writeln!(map, "  - {{from: t{from}, to: t{to}, share: 0.{share:02}}}");
        }
        if ways.iter().all(|to| *to <= from) {
            let _ = writeln!(map, "  - {{from: t{from}, to: end}}");
        }
    }
    map
}

fn main() -> std::io::Result<()> {
    let numbers: Vec<u64> =
        std::env::args().skip(1).filter_map(|it| it.parse().ok()).collect();
    let [touchpoints, seed, backward] = numbers[..] else {
        return writeln!(
            std::io::stderr(),
            "usage: random_journey TOUCHPOINTS SEED BACKWARD"
        );
    };
    let plan = Plan::new(touchpoints.max(4));
    let links = plan.links(&mut Dice(seed), backward);
    std::io::stdout().write_all(map(&plan, &links).as_bytes())
}
