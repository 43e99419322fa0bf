//! The wave that is reported, and the one it is compared with.

use crate::diag::{Code, Diagnostic};
use crate::model::Wave;
use crate::survey::tally::{Tally, WaveTally};

use super::{AnalyseOptions, Baseline};

/// The two waves of an analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Waves<'a> {
    pub(super) reported: &'a str,
    pub(super) baseline: Option<&'a str>,
}

/// Names of all waves, in order.
pub(super) fn names(tally: &Tally) -> Vec<&str> {
    tally.waves.keys().map(Wave::as_str).collect()
}

/// The wave of this name.
pub(super) fn find<'a>(tally: &'a Tally, wave: &str) -> Option<&'a WaveTally> {
    tally.waves.iter().find(|(name, _)| name.as_str() == wave).map(|(_, tally)| tally)
}

/// The wave asked for, else the last; and its baseline.
///
/// # Errors
/// When there are no waves, no such wave, or the baseline is the wave itself.
pub(super) fn choose<'a>(
    tally: &'a Tally,
    options: &AnalyseOptions,
) -> Result<Waves<'a>, Box<Diagnostic>> {
    let names = names(tally);
    let reported = match &options.wave {
        Some(wave) => position(&names, wave)?,
        None => names.len().checked_sub(1).ok_or_else(no_scores)?,
    };
    let baseline = match &options.baseline {
        Baseline::Nothing => None,
        Baseline::Previous => reported.checked_sub(1),
        Baseline::Wave(wave) => Some(position(&names, wave)?),
    };
    if baseline == Some(reported) {
        return Err(itself(&names, reported));
    }
    let name = |at: usize| names.get(at).copied();
    Ok(Waves {
        reported: name(reported).ok_or_else(no_scores)?,
        baseline: baseline.and_then(name),
    })
}

fn position(names: &[&str], wave: &str) -> Result<usize, Box<Diagnostic>> {
    names.iter().position(|name| *name == wave).ok_or_else(|| {
        if names.is_empty() {
            return no_scores();
        }
        let message = format!("there are no responses of the wave `{wave}`");
        let error = Diagnostic::error(Code::UNKNOWN_WAVE, None, message);
        let error = error.note(format!("the waves are {}", list(names)));
        Box::new(error.did_you_mean(wave, names.iter().copied()))
    })
}

fn itself(names: &[&str], at: usize) -> Box<Diagnostic> {
    let wave = names.get(at).copied().unwrap_or_default();
    let message = format!("the wave `{wave}` cannot be its own baseline");
    let error = Diagnostic::error(Code::UNKNOWN_WAVE, None, message);
    Box::new(error.note(format!("the waves are {}", list(names))))
}

fn no_scores() -> Box<Diagnostic> {
    let message =
        "there are neither responses nor inline scores, so there is nothing to report";
    let error = Diagnostic::error(Code::NO_SCORES, None, message);
    Box::new(error.hint(
        "add a `survey:` section, `--responses FILE`, or `scores:` to the touchpoints",
    ))
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(waves: &[&str]) -> Tally {
        let mut tally = Tally::default();
        for wave in waves {
            tally.waves.insert(Wave::new(wave).unwrap(), WaveTally::default());
        }
        tally
    }

    fn options(wave: Option<&str>, baseline: Baseline) -> AnalyseOptions {
        AnalyseOptions {
            wave: wave.map(str::to_owned),
            baseline,
            ..AnalyseOptions::default()
        }
    }

    #[test]
    fn the_last_wave_is_reported_against_the_one_before() {
        let tally = tally(&["2023", "2024", "2025"]);
        let waves = choose(&tally, &AnalyseOptions::default()).unwrap();
        assert_eq!(waves, Waves { reported: "2025", baseline: Some("2024") });
        let first = options(Some("2023"), Baseline::Previous);
        assert_eq!(choose(&tally, &first).unwrap().baseline, None);
        let far = options(None, Baseline::Wave("2023".to_owned()));
        assert_eq!(choose(&tally, &far).unwrap().baseline, Some("2023"));
        let none = options(None, Baseline::Nothing);
        assert_eq!(choose(&tally, &none).unwrap().baseline, None);
    }

    #[test]
    fn an_unknown_wave_is_answered_with_those_there_are() {
        let tally = tally(&["2023", "2024"]);
        let error =
            choose(&tally, &options(Some("2042"), Baseline::Previous)).unwrap_err();
        assert_eq!(error.code, Code::UNKNOWN_WAVE);
        assert_eq!(error.notes, ["the waves are `2023`, `2024`"]);
        assert_eq!(error.hints, ["did you mean `2024`?"]);
    }

    #[test]
    fn no_wave_is_its_own_baseline_and_no_waves_is_no_report() {
        let one = tally(&["2024"]);
        let own = options(None, Baseline::Wave("2024".to_owned()));
        assert_eq!(choose(&one, &own).unwrap_err().code, Code::UNKNOWN_WAVE);
        let empty = Tally::default();
        let none = choose(&empty, &AnalyseOptions::default());
        assert_eq!(none.unwrap_err().code, Code::NO_SCORES);
    }
}
