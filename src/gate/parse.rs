//! Words → rule. What cannot be read is told at its place, with the nearest right word.

use crate::{
    diag::{Code, Diagnostic, Sources, Span},
    model::{GateLine, Journey, Severity},
};

use super::rule::{Comparison, Fall, Flag, Measure, Rule, Subject, Unwanted};

const FORMS: &str = "expected `overall.points >= 75`, `5.2.dissatisfied <= 10 %`, \
     `every touchpoint.points >= target`, `no serious pain point at a moment of truth`, or \
     `overall must not fall relevantly`";

const SEVERITIES: [(&str, Severity); 3] = [
    ("mild", Severity::Mild),
    ("serious", Severity::Serious),
    ("critical", Severity::Critical),
];

/// The rule that a line says.
///
/// # Errors
///
/// A diagnostic at the word that has no meaning.
pub fn parse(
    line: &GateLine,
    journey: &Journey,
    sources: &Sources,
) -> Result<Rule, Box<Diagnostic>> {
    let words = Words { line, journey, sources };
    words.rule()
}

/// A line that is being read.
pub(super) struct Words<'a> {
    line: &'a GateLine,
    pub(super) journey: &'a Journey,
    sources: &'a Sources,
}

pub(super) type Read<T> = Result<T, Box<Diagnostic>>;

impl<'a> Words<'a> {
    fn rule(&self) -> Read<Rule> {
        let text = self.line.text.as_str();
        if let Some(rest) = text.strip_prefix("no ") {
            return self.no(rest.trim());
        }
        if let Some((subject, rest)) = text.split_once(" must not fall") {
            let fall = match rest.trim() {
                "" => Fall::Any,
                "relevantly" => Fall::Relevant,
                other => {
                    return Err(self.wrong(
                        other,
                        "`relevantly`, or nothing",
                        ["relevantly"],
                    ));
                }
            };
            let subject = self.subject(subject.trim())?;
            return Ok(Rule::NoFall { subject, fall });
        }
        self.comparison(text)
    }

    /// `serious pain point at a moment of truth`, behind `no`.
    fn no(&self, text: &'a str) -> Read<Rule> {
        let (flag, at_moments) = match text.split_once(" at a ") {
            None => (text, false),
            Some((flag, "moment of truth")) => (flag, true),
            Some((_, other)) => {
                return Err(self.wrong(other, "`moment of truth`", ["moment of truth"]));
            }
        };
        let severity = SEVERITIES.iter().find_map(|(word, severity)| {
            let rest = flag.strip_prefix(word)?.strip_prefix(' ')?;
            Some((*severity, rest))
        });
        let (least, flag) = severity.unwrap_or((Severity::Mild, flag));
        let singular = flag.strip_suffix('s').unwrap_or(flag);
        let known = Flag::ALL.iter().find(|(words, _)| *words == singular);
        let Some((_, flag)) = known else {
            let expected = listed(&Flag::ALL.map(|it| it.0));
            let severe = SEVERITIES.map(|it| format!("{} pain point", it.0));
            let known = Flag::ALL.iter().map(|it| it.0);
            let known = known.chain(severe.iter().map(String::as_str));
            return Err(self.wrong(flag, &expected, known));
        };
        if severity.is_some() && *flag != Flag::PainPoint {
            let word = text.split(' ').next().unwrap_or(text);
            return Err(self.wrong(word, "a severity only before `pain point`", []));
        }
        Ok(Rule::No(Unwanted { flag: *flag, least, at_moments }))
    }

    /// `overall.points surely >= 75`.
    fn comparison(&self, text: &'a str) -> Read<Rule> {
        const SIGNS: [(&str, Comparison); 6] = [
            (">=", Comparison::AtLeast),
            ("≥", Comparison::AtLeast),
            ("<=", Comparison::AtMost),
            ("≤", Comparison::AtMost),
            (">", Comparison::Over),
            ("<", Comparison::Under),
        ];
        let found = SIGNS.iter().find_map(|(sign, comparison)| {
            let (left, right) = text.split_once(sign)?;
            Some((left.trim(), *comparison, right.trim()))
        });
        let Some((left, comparison, right)) = found else {
            return Err(self.problem(text, "the rule has no meaning").note(FORMS).into());
        };
        let (left, surely) = match left.strip_suffix(" surely") {
            Some(left) => (left.trim(), true),
            None => (left, false),
        };
        let Some((subject, measure)) = left.rsplit_once('.') else {
            let known = Measure::ALL.map(|it| it.0);
            let problem = self.problem(left, &format!("`{left}` names no measure"));
            return Err(problem
                .note(format!(
                    "expected `{left}.points` or another of {}",
                    listed(&known)
                ))
                .into());
        };
        let subject = self.subject(subject.trim())?;
        let measure = self.measure(measure.trim(), subject)?;
        let limit = self.limit(right, measure, subject)?;
        Ok(Rule::Compare { subject, measure, surely, comparison, limit })
    }

    fn subject(&self, text: &'a str) -> Read<Subject> {
        match text {
            "overall" => return Ok(Subject::Overall),
            "recommend" => return Ok(Subject::Recommend),
            "every touchpoint" => return Ok(Subject::Every),
            _ => {}
        }
        if let Some(index) = self.journey.find(text) {
            return Ok(Subject::Touchpoint(index));
        }
        let ids = self.journey.touchpoints.iter().map(|it| it.id.as_str());
        let known = ["overall", "recommend", "every touchpoint"].into_iter().chain(ids);
        let problem = self
            .problem(text, &format!("no touchpoint has the id or code `{text}`"))
            .note("expected a touchpoint, `overall`, `recommend` or `every touchpoint`");
        Err(problem.did_you_mean(text, known).into())
    }

    fn measure(&self, text: &'a str, subject: Subject) -> Read<Measure> {
        let known = Measure::ALL.map(|it| it.0);
        let found = Measure::ALL.iter().find(|(word, _)| *word == text);
        let Some((_, measure)) = found else {
            return Err(self.wrong(text, &listed(&known), known));
        };
        let fits = match subject {
            Subject::Recommend => {
                matches!(measure, Measure::Nps | Measure::Answers | Measure::Effective)
            }
            Subject::Overall => {
                !matches!(measure, Measure::Nps | Measure::Reach | Measure::Importance)
            }
            Subject::Touchpoint(_) | Subject::Every => *measure != Measure::Nps,
        };
        if fits {
            return Ok(*measure);
        }
        let what = match subject {
            Subject::Recommend => "`recommend` has `nps`, `n` and `n_eff`",
            Subject::Overall => "overall satisfaction has no such measure",
            _ => "`nps` is of `recommend` alone",
        };
        Err(self.problem(text, what).into())
    }

    fn wrong<'w>(
        &self,
        text: &str,
        expected: &str,
        known: impl IntoIterator<Item = &'w str>,
    ) -> Box<Diagnostic> {
        let problem = self
            .problem(text, &format!("`{text}` has no meaning here"))
            .note(format!("expected {expected}"));
        Box::new(problem.did_you_mean(text, known))
    }

    pub(super) fn problem(&self, part: &str, message: &str) -> Diagnostic {
        Diagnostic::error(Code::BAD_GATE, self.span(part), message)
    }

    /// Where a part of the line stands; where the line is written otherwise than it reads, the
    /// line.
    fn span(&self, part: &str) -> Span {
        let whole = self.line.span;
        let source = self.sources.get(whole.source);
        let written = source.and_then(|it| it.text.get(whole.start..whole.end));
        let at = written.and_then(|it| it.find(part)).filter(|_| !part.is_empty());
        at.map_or(whole, |at| Span {
            start: whole.start + at,
            end: whole.start + at + part.len(),
            ..whole
        })
    }
}

pub(super) fn listed(words: &[&str]) -> String {
    words.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}
