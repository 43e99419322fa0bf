//! Parts of journeys and analyses.

use std::collections::BTreeMap;

use touchmap::diag::{Sources, Span};
use touchmap::model::{
    Analysis, Change, Codebook, Finding, Flow, GraphFacts, Journey, Label, Language,
    Level, Node, Pain, QuestionnairePlan, RecommendScore, Rows, Rules, SCHEMA, Score,
    ShareEstimate, Stage, StageIndex, StageResult, Status, Text, Touchpoint,
    TouchpointIndex, TouchpointResult, Transition, TrendPoint,
};

/// A touchpoint and its numbers, in short.
pub(crate) struct Row {
    pub(crate) stage: usize,
    pub(crate) name: Text,
    pub(crate) channel: &'static str,
    pub(crate) reach: f64,
    pub(crate) n: u64,
    pub(crate) points: f64,
    pub(crate) half: f64,
    pub(crate) change: f64,
    pub(crate) relevant: bool,
    pub(crate) labels: &'static [Label],
}

pub(crate) fn two(en: &str, zh: &str) -> Text {
    Text::by_language(vec![
        (Language::english(), en.to_owned()),
        (Language::new("zh-Hans").expect("a tag"), zh.to_owned()),
    ])
}

pub(crate) fn span() -> Span {
    let source = Sources::default().add("example.yaml", "");
    Span { source, start: 0, end: 0 }
}

pub(crate) fn touchpoint(row: &Row, code: String) -> Touchpoint {
    Touchpoint {
        was: Vec::new(),
        id: format!("t{}", code.replace('.', "-")),
        code,
        stage: StageIndex(row.stage),
        name: row.name.clone(),
        channel: (!row.channel.is_empty()).then(|| Text::plain(row.channel)),
        owner: None,
        action: None,
        backstage: None,
        question: None,
        moment_of_truth: false,
        target: None,
        expectation: None,
        scores: Vec::new(),
        span: span(),
    }
}

/// A journey whose touchpoints are `rows`, which come stage by stage.
pub(crate) fn journey(name: Text, stages: Vec<Text>, rows: &[Row]) -> Journey {
    let mut touchpoints = Vec::new();
    let mut found = Vec::new();
    for (at, name) in stages.into_iter().enumerate() {
        let start = touchpoints.len();
        for row in rows.iter().filter(|row| row.stage == at) {
            let code = format!("{}.{}", at + 1, touchpoints.len() - start + 1);
            touchpoints.push(touchpoint(row, code));
        }
        found.push(Stage {
            id: format!("s{}", at + 1),
            name,
            touchpoints: start..touchpoints.len(),
            span: span(),
        });
    }
    Journey {
        id: "example".to_owned(),
        name,
        language: Language::english(),
        persona: None,
        stages: found,
        touchpoints,
        flow: Flow::default(),
        survey: None,
        causes: Codebook::default(),
        operations: Vec::new(),
        assumptions: Vec::new(),
        service_levels: None,
        inside: None,
        benchmarks: Vec::new(),
        actions: Vec::new(),
        rules: Rules::default(),
        questionnaire: QuestionnairePlan::default(),
        silences: Vec::new(),
    }
}

pub(crate) fn link(journey: &Journey, from: &str, to: &str, share: f64) -> Transition {
    let node = |word: &str| match word {
        "start" => Node::Start,
        "end" => Node::End,
        code => Node::Touchpoint(journey.find(code).expect("a code of the example")),
    };
    Transition {
        from: node(from),
        to: node(to),
        share: (share > 0.0).then_some(share),
        label: None,
        span: span(),
    }
}

/// An analysis of `journey`, one row per touchpoint.
pub(crate) fn analysis(journey: &Journey, rows: &[Row]) -> Analysis {
    let touchpoints: Vec<TouchpointResult> = journey
        .touchpoints
        .iter()
        .zip(rows)
        .map(|(it, row)| result(journey, it, row))
        .collect();
    let trend = touchpoints
        .iter()
        .zip(rows)
        .filter(|(it, _)| it.score.points.is_some())
        .map(|(it, row)| TrendPoint {
            touchpoint: it.id.clone(),
            wave: "2024".to_owned(),
            question_version: 1,
            score: score(row.n, row.points - row.change, row.half),
        })
        .collect();
    let findings = findings(&touchpoints);
    Analysis {
        target: journey.rules.target.points(),
        schema: SCHEMA.to_owned(),
        touchmap: "0.1.0".to_owned(),
        journey: journey.id.clone(),
        wave: "2025".to_owned(),
        baseline: Some("2024".to_owned()),
        waves: vec!["2024".to_owned(), "2025".to_owned()],
        restricted: BTreeMap::new(),
        weighting: "sampling".to_owned(),
        rows: Some(Rows {
            read: 1312,
            used: 1286,
            straight_lining: Some(0.02),
            few_answers: None,
        }),
        overall: score(1286, 78.4, 1.2),
        overall_change: Some(change(2.3, 0.001)),
        recommend: RecommendScore {
            status: Status::Scored,
            measure: "NPS".to_owned(),
            n: Some(1250),
            nps: Some(31.4),
            ci: Some([28.1, 34.6]),
            ..RecommendScore::default()
        },
        recommend_change: None,
        stages: stages(journey, rows),
        touchpoints,
        trend,
        graph: GraphFacts::default(),
        findings,
        notes: Vec::new(),
        ..Analysis::default()
    }
}

fn stages(journey: &Journey, rows: &[Row]) -> Vec<StageResult> {
    let stage = |at: usize, it: &Stage| {
        let all: Vec<f64> = rows
            .iter()
            .filter(|row| row.stage == at && row.n >= 30)
            .map(|row| row.points)
            .collect();
        let mean = all.iter().sum::<f64>() / all.len().max(1) as f64;
        let score = if all.is_empty() { Score::default() } else { score(900, mean, 1.1) };
        StageResult { id: it.id.clone(), score }
    };
    journey.stages.iter().enumerate().map(|(at, it)| stage(at, it)).collect()
}

fn findings(touchpoints: &[TouchpointResult]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |code: &str, rule: &str, it: &TouchpointResult| {
        findings.push(Finding {
            code: code.to_owned(),
            rule: rule.to_owned(),
            touchpoint: Some(it.id.clone()),
            severity: None,
            text: String::new(),
            facts: BTreeMap::new(),
        });
    };
    let mut worst: Vec<&TouchpointResult> = touchpoints.iter().collect();
    worst.sort_by(|a, b| {
        a.score.points.unwrap_or(100.0).total_cmp(&b.score.points.unwrap_or(100.0))
    });
    for it in &worst {
        if it.labels.contains(&Label::BrokenMomentOfTruth) {
            add("TM203", "broken_moment_of_truth", it);
        } else if it.labels.contains(&Label::PainPoint) {
            add("TM201", "pain_point", it);
        }
    }
    worst.sort_by(|a, b| points(a).total_cmp(&points(b)));
    for it in &worst {
        match &it.change {
            Some(change) if change.relevant && change.points < 0.0 => {
                add("TM204", "relevant_fall", it);
            }
            _ => {}
        }
    }
    for it in worst.iter().rev() {
        match &it.change {
            Some(change) if change.relevant && change.points > 0.0 => {
                add("TM205", "relevant_rise", it);
            }
            _ => {}
        }
    }
    findings
}

fn points(it: &TouchpointResult) -> f64 {
    it.change.as_ref().map_or(0.0, |change| change.points)
}

fn result(journey: &Journey, touchpoint: &Touchpoint, row: &Row) -> TouchpointResult {
    let score = score(row.n, row.points, row.half);
    let scored = score.status == Status::Scored;
    let target = journey.target(touchpoint).points().expect("points");
    let high = score.points_ci.map_or(100.0, |[_, high]| high);
    TouchpointResult {
        id: touchpoint.id.clone(),
        code: touchpoint.code.clone(),
        stage: journey.stages[row.stage].id.clone(),
        reach: (row.reach > 0.0).then_some(row.reach),
        visits: (row.reach > 0.0).then_some(row.reach),
        change: (scored && row.n >= 30)
            .then(|| change(row.change, if row.relevant { 0.001 } else { 0.2 })),
        pain: (scored && row.n >= 30).then(|| Pain {
            target,
            p_mean: Some(0.5),
            q_mean: Some(0.5),
            p_dissatisfied: None,
            q_dissatisfied: None,
            guaranteed_gap: (target - high).max(0.0),
            ..Pain::default()
        }),
        labels: row.labels.to_vec(),
        score,
        ..TouchpointResult::default()
    }
}

/// Sure or not, as `p` says.
fn change(points: f64, p: f64) -> Change {
    let relevant = p <= 0.05;
    Change {
        from: "2024".to_owned(),
        difference: points * 0.09,
        se: Some(0.1),
        ci: None,
        points,
        points_ci: Some([points - 1.6, points + 1.6]),
        df: Some(2000.0),
        p: Some(p),
        q: Some(p),
        relevant,
        ..Change::default()
    }
}

/// `n` of 0 is not asked, 1 is nobody answered, under 10 is withheld.
fn score(n: u64, points: f64, half: f64) -> Score {
    let status = match n {
        0 => Status::Unasked,
        1 => Status::Unanswered,
        2..10 => Status::Suppressed,
        _ => Status::Scored,
    };
    if status != Status::Scored {
        return Score { status, n: (n > 1).then_some(n), ..Score::default() };
    }
    let shares = shares(points);
    let sum = |levels: std::ops::RangeInclusive<usize>| -> f64 {
        levels.map(|level| shares[level - 1]).sum()
    };
    let part = |share: f64| {
        Some(ShareEstimate {
            share,
            se: None,
            ci: [share - 0.02, share + 0.02],
            n,
            n_star: 400.0,
        })
    };
    let level = |at: usize| Level(at as f64 + 1.0);
    Score {
        status,
        n: Some(n),
        n_eff: Some(n as f64 * 0.85),
        points: Some(points),
        points_ci: Some([(points - half).max(0.0), (points + half).min(100.0)]),
        mean: Some(1.0 + points * 0.09),
        dissatisfied: part(sum(1..=3)),
        satisfied: part(sum(8..=10)),
        shares: Some(
            shares.iter().enumerate().map(|(at, share)| (level(at), *share)).collect(),
        ),
        ..Score::default()
    }
}

/// A binomial shape around the mean, with some of everything.
fn shares(points: f64) -> [f64; 10] {
    let p = (points / 100.0).clamp(0.01, 0.99);
    let mut shares = [0.0; 10];
    let mut coefficient = 1.0;
    for (k, share) in shares.iter_mut().enumerate() {
        let (k, rest) = (k as i32, 9 - k as i32);
        *share = 0.82 * coefficient * p.powi(k) * (1.0 - p).powi(rest) + 0.018;
        coefficient *= f64::from(rest) / f64::from(k + 1);
    }
    shares
}

pub(crate) fn index(at: usize) -> Node {
    Node::Touchpoint(TouchpointIndex(at))
}
