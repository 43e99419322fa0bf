//! Scores, changes and pain points of a real survey against other programs: scipy,
//! statsmodels, R's survey, and a reference implementation of the method in numpy.

use serde_json::Value;
use touchmap::analyse::{AnalyseOptions, Baseline, analyse};
use touchmap::model::{
    Analysis, Change, GraphFacts, Interval, Label, Level, Score, ShareEstimate,
};
use touchmap::stats::{Histogram, LevelSums, Moments, Proportion, student_mean};

use touchmap::survey::Weighting;

use crate::sfo::{TOUCHPOINTS, WAVES, journey, tally};
use crate::shared::{assert_same, oracle};

/// The analysis of `wave`; `None` when the survey is not here.
fn analysed(wave: &str, baseline: Baseline, weighting: Weighting) -> Option<Analysis> {
    let options = AnalyseOptions {
        wave: Some(wave.to_owned()),
        baseline,
        ..AnalyseOptions::default()
    };
    let tally = tally(weighting)?;
    Some(analyse(&journey(), &tally, &GraphFacts::default(), None, &options).unwrap())
}

fn alone(wave: &str, weighting: Weighting) -> Option<Analysis> {
    analysed(wave, Baseline::Nothing, weighting)
}

/// Every score of an analysis, by the name that the references give it.
fn scores(analysis: &Analysis) -> Vec<(&str, &Score)> {
    let mut scores: Vec<_> =
        analysis.touchpoints.iter().map(|it| (it.id.as_str(), &it.score)).collect();
    scores.push(("overall", &analysis.overall));
    assert_eq!(scores.len(), TOUCHPOINTS + 1);
    scores
}

#[track_caller]
fn assert_interval(actual: Option<Interval>, expected: &Value, what: &str) {
    let [low, high] = actual.unwrap_or_else(|| panic!("{what} is missing"));
    assert_same(low, &expected[0], what);
    assert_same(high, &expected[1], what);
}

fn real(n: u64) -> f64 {
    u32::try_from(n).unwrap().into()
}

#[test]
fn unweighted_scores_are_those_of_scipy_and_statsmodels() {
    let Some(expected) = oracle("sfo_touchpoints.json") else { return };
    for wave in WAVES {
        let Some(analysis) = alone(wave, Weighting::Unweighted) else { return };
        assert_eq!(analysis.weighting, "none");
        assert!(analysis.notes.iter().any(|it| it.code == "TM301"), "the weights unused");
        for (id, score) in scores(&analysis) {
            let expected = &expected["waves"][wave][id];
            let what = |key: &str| format!("{key} of {id} in {wave}");
            let n = score.n.unwrap();
            assert_eq!(Some(n), expected["n"].as_u64(), "{}", what("n"));
            let counts = score.counts.as_ref().unwrap();
            for (level, count) in expected["counts"].as_object().unwrap() {
                let found = counts.get(&Level(level.parse().unwrap())).copied();
                assert_eq!(
                    found.unwrap_or(0),
                    count.as_u64().unwrap(),
                    "{}",
                    what(level)
                );
            }
            assert_same(score.mean, &expected["mean"], &what("mean"));
            // The reference divides by n − 1; the method, by the sum of weights.
            let sd = score.sd.unwrap() * (real(n) / (real(n) - 1.0)).sqrt();
            assert_same(sd, &expected["sd"], &what("sd"));
            assert_same(score.se, &expected["se"], &what("se"));
            assert_same(score.points, &expected["mean100"], &what("points"));
            assert_interval(score.t_ci, &expected["ci95_t_scipy"], &what("t_ci"));
            assert_interval(score.ci, &expected["ci95_score_ref"], &what("ci"));
            let top = score.satisfied.as_ref().unwrap();
            assert_same(top.share, &expected["top2"]["p"], &what("top2"));
            assert_interval(
                Some(top.ci),
                &expected["top2"]["wilson_statsmodels"],
                &what("top2"),
            );
            let bottom = score.dissatisfied.as_ref().unwrap();
            assert_same(bottom.share, &expected["bottom2"]["p"], &what("bottom2"));
            let wilson = &expected["bottom2"]["wilson_statsmodels"];
            assert_interval(Some(bottom.ci), wilson, &what("bottom2"));
        }
    }
}

#[test]
fn cells_without_an_answer_and_reach_are_counted_alike() {
    let Some(expected) = oracle("sfo_touchpoints.json") else { return };
    for wave in WAVES {
        let Some(analysis) = alone(wave, Weighting::Unweighted) else { return };
        for result in &analysis.touchpoints {
            let expected = &expected["waves"][wave][&result.id];
            let answers = result.answers.unwrap();
            let all = answers.valid
                + answers.not_applicable
                + answers.blank
                + answers.not_asked;
            assert_eq!(Some(answers.valid), expected["n"].as_u64());
            assert_eq!(
                Some(answers.not_applicable),
                expected["n_not_applicable"].as_u64()
            );
            assert_eq!(
                Some(answers.blank),
                expected["n_blank"].as_u64(),
                "{}",
                result.id
            );
            assert_eq!(Some(all), expected["rows"].as_u64(), "{} {wave}", result.id);
            assert_same(result.reach, &expected["reach"], "reach");
        }
    }
}

#[test]
fn weighted_scores_are_those_of_the_reference_and_of_r() {
    let Some(expected) = oracle("sfo_touchpoints.json") else { return };
    let Some(survey) = oracle("r_survey_sfo.json") else { return };
    for wave in WAVES {
        let Some(analysis) = alone(wave, Weighting::AsDeclared) else { return };
        assert_eq!(analysis.weighting, "sampling");
        for (id, score) in scores(&analysis) {
            let what = format!("{id} in {wave}");
            let reference = &expected["waves"][wave][id]["weighted"];
            assert_same(score.n_eff, &reference["n_eff"], &what);
            assert_same(score.mean, &reference["mean"], &what);
            assert_same(score.se, &reference["se_lin"], &what);
            assert_interval(score.ci, &reference["ci95_score_ref"], &what);
            let r = &survey["waves"][wave][id];
            assert_eq!(score.n, r["n"].as_u64(), "{what}");
            assert_same(score.mean, &r["mean"], &what);
            assert_same(score.se, &r["se"], &what);
            for (share, key) in
                [(&score.satisfied, "top2"), (&score.dissatisfied, "bottom2")]
            {
                let share = share.as_ref().unwrap();
                assert_share(share, &reference[key], &format!("{key} of {what}"));
                assert_same(share.share, &r[key], &what);
                assert_same(share.se, &r[format!("{key}_se").as_str()], &what);
            }
        }
    }
}

#[track_caller]
fn assert_share(share: &ShareEstimate, expected: &Value, what: &str) {
    assert_same(share.share, &expected["p"], what);
    assert_same(share.se, &expected["se"], what);
    assert_same(share.n_star, &expected["nstar"], what);
    assert_same(share.ci[0], &expected["lo"], what);
    assert_same(share.ci[1], &expected["hi"], what);
}

#[test]
fn changes_between_waves_are_those_of_scipy_and_statsmodels() {
    let Some(expected) = oracle("sfo_wave_differences.json") else { return };
    for pair in WAVES.windows(2) {
        let rows = expected["pairs"][format!("{}_minus_{}", pair[1], pair[0])].as_array();
        let from = Baseline::Wave(pair[0].to_owned());
        let unweighted = analysed(pair[1], from.clone(), Weighting::Unweighted);
        let Some((unweighted, weighted)) =
            unweighted.zip(analysed(pair[1], from, Weighting::AsDeclared))
        else {
            return;
        };
        assert_eq!(rows.unwrap().len(), TOUCHPOINTS + 1);
        for row in rows.unwrap() {
            let what = format!("{} {}", row["touchpoint"], pair[1]);
            let test = change(&unweighted, row);
            assert_same(test.difference, &row["diff"], &what);
            assert_same(test.difference / test.se.unwrap(), &row["welch_t"], &what);
            assert_same(test.df, &row["df"], &what);
            assert_same(test.p, &row["p"], &what);
            assert_interval(test.ci, &row["ci95"], &what);
            assert_adjusted(test, row, &what);
            let (test, row) = (change(&weighted, row), &row["weighted_ref"]);
            assert_same(test.difference, &row["diff"], &what);
            assert_same(test.se, &row["se"], &what);
            assert_same(test.df, &row["df"], &what);
            assert_same(test.p, &row["p"], &what);
            assert_adjusted(test, row, &what);
        }
    }
}

fn change<'a>(analysis: &'a Analysis, row: &Value) -> &'a Change {
    let id = row["touchpoint"].as_str().unwrap();
    let result = analysis.touchpoints.iter().find(|it| it.id == id);
    result.map_or(&analysis.overall_change, |it| &it.change).as_ref().unwrap()
}

/// Touchpoints are one family; overall satisfaction stands outside of it.
#[track_caller]
fn assert_adjusted(test: &Change, row: &Value, what: &str) {
    if let Some(q) = test.q {
        assert_same(q, &row["p_bh_statsmodels"], what);
        assert_eq!(test.relevant, q <= 0.05 && test.points.abs() >= 2.0, "{what}");
    } else {
        assert_eq!(row.get("p_bh_statsmodels"), None, "{what}");
    }
}

#[test]
fn pain_points_of_2016_are_those_of_the_reference() {
    let Some(expected) = oracle("sfo_2016_decision.json") else { return };
    let Some(analysis) = alone("2016", Weighting::Unweighted) else { return };
    let rows = expected["pain"].as_array().unwrap();
    assert_eq!(rows.len(), TOUCHPOINTS);
    for row in rows {
        let id = row["touchpoint"].as_str().unwrap();
        let result = analysis.touchpoints.iter().find(|it| it.id == id).unwrap();
        let pain = result.pain.as_ref().unwrap();
        let dissatisfied = result.score.dissatisfied.as_ref().unwrap();
        assert_eq!(result.score.n, row["n"].as_u64());
        assert_same(result.score.points, &row["points"], id);
        assert_interval(result.score.points_ci, &row["points_ci"], id);
        assert_same(dissatisfied.share, &row["dissatisfied"], id);
        assert_interval(Some(dissatisfied.ci), &row["dissatisfied_ci"], id);
        assert_same(pain.p_mean, &row["p_mean"], id);
        assert_same(pain.q_mean, &row["q_mean"], id);
        assert_same(pain.p_dissatisfied, &row["p_dissatisfied"], id);
        assert_same(pain.q_dissatisfied, &row["q_dissatisfied"], id);
        assert_same(pain.guaranteed_gap, &row["guaranteed_gap"], id);
        assert_same(result.reach, &row["reach"], id);
        assert_same(pain.shortfall, &row["shortfall"], id);
        let flagged = result.labels.contains(&Label::PainPoint);
        assert_eq!(Some(flagged), row["pain_point"].as_bool(), "{id}");
    }
}

#[test]
fn frequencies_count_as_respondents() {
    let Some(expected) = oracle("copenhagen.json") else { return };
    // Housing in Copenhagen (Madsen 1976): satisfaction low, medium, high of 1,681 residents.
    let answers = Histogram::unweighted([(1.0, 567), (2.0, 446), (3.0, 668)]);
    let moments = Moments::of(&answers, |x| x).unwrap();
    assert_eq!(Some(moments.n()), expected["n"].as_u64());
    assert_same(moments.mean(), &expected["mean"], "mean");
    assert_same(moments.sd() * (1681.0_f64 / 1680.0).sqrt(), &expected["sd"], "sd");
    assert_same(moments.standard_error(), &expected["se"], "se");
    assert_interval(student_mean(&moments), &expected["ci95_t"], "t interval");
    // Were its 72 cells taken for 72 respondents of that weight, the error would be six
    // times what it is; here their squares summed by level.
    let level = |(value, w, w2)| LevelSums { value, n: 24, w, w2 };
    let cells =
        [(1.0, 567.0, 22701.0), (2.0, 446.0, 11348.0), (3.0, 668.0, 27356.0)].map(level);
    let wrong = Moments::of(&Histogram::new(cells.to_vec()), |x| x).unwrap();
    let expected_wrong = &expected["wrong_if_treated_as_sampling_weights"];
    assert_eq!(Some(wrong.n()), expected_wrong["n"].as_u64());
    assert_same(wrong.n_eff(), &expected_wrong["neff"], "wrong n_eff");
    assert_same(wrong.standard_error(), &expected_wrong["se"], "wrong se");
    for (kind, high) in
        [("Apartment", 302), ("Atrium", 96), ("Terrace", 70), ("Tower", 200)]
    {
        let expected = &expected["by_type"][kind];
        let n = expected["n"].as_u64().unwrap();
        let answers = Histogram::unweighted([(1.0, n - high), (3.0, high)]);
        let share = Proportion::of(&answers, |x| x > 2.5).unwrap();
        assert_same(share.share, &expected["high_p"], kind);
        assert_interval(Some(share.ci), &expected["high"], kind);
    }
}
