//! What every section reads: the journey, its numbers, and the words of one language.

use std::collections::BTreeMap;

use minijinja::Value;

use crate::diagram::{Bands, Scene, SharedScale, Subject, for_page};
use crate::model::{Analysis, Day, Journey, Language, Text, TouchpointResult};

use super::locale::Locale;
use super::options::Paper;
use super::since::Since;
use super::subject;

/// A journey to be reported in one language.
pub(super) struct Context<'a> {
    /// The journey.
    pub(super) journey: &'a Journey,
    /// Its numbers.
    pub(super) analysis: &'a Analysis,
    /// Words.
    pub(super) locale: Locale,
    /// The language that texts of the map are shown in.
    pub(super) language: &'a Language,
    /// What pictures are drawn of.
    pub(super) subject: Subject,
    /// The paper of the printed page.
    pub(super) paper: Paper,
    /// The day that counts as today for what is due.
    pub(super) as_of: Option<Day>,
    /// The report before.
    pub(super) since: Option<&'a Since>,
    /// What the ids of this language begin with, in a page that has several.
    prefix: String,
    results: BTreeMap<&'a str, &'a TouchpointResult>,
}

impl<'a> Context<'a> {
    /// Reads the words of `language` and prepares the pictures.
    pub(super) fn new(
        journey: &'a Journey,
        analysis: &'a Analysis,
        language: &'a Language,
    ) -> Self {
        let locale = Locale::new(language);
        let relative = journey.rules.target.points().is_none();
        let locale = if relative { locale.without_target() } else { locale };
        let results =
            analysis.touchpoints.iter().map(|it| (it.id.as_str(), it)).collect();
        let mut context = Self {
            journey,
            analysis,
            locale,
            language,
            subject: subject::empty(bands(journey)),
            paper: Paper::A4,
            as_of: None,
            since: None,
            prefix: String::new(),
            results,
        };
        context.subject = subject::subject(&context);
        context
    }

    /// The same in a page that has another language before this one.
    pub(super) fn prefixed(mut self, prefix: String) -> Self {
        self.prefix = prefix;
        self
    }

    /// The same on a day that counts as today.
    pub(super) fn on(self, as_of: Option<Day>) -> Self {
        Self { as_of, ..self }
    }

    /// The same after an earlier report.
    pub(super) fn since(self, since: Option<&'a Since>) -> Self {
        Self { since, ..self }
    }

    /// The same with axes that have room for what other reports show.
    pub(super) fn sharing(mut self, scale: Option<SharedScale>) -> Self {
        self.subject.shared = scale;
        self
    }

    /// The same for a page that is printed on `paper`.
    pub(super) fn printed_on(self, paper: Paper) -> Self {
        Self { paper, ..self }
    }

    /// The id, unique in the page, of what is called `name` in one language.
    pub(super) fn anchor(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// A picture for the page, whose ids and links are those of this language.
    pub(super) fn picture(&self, scene: &Scene, name: &str) -> Value {
        Value::from_safe_string(for_page(scene, &self.prefix, name))
    }

    /// A text of the map.
    pub(super) fn text(&self, text: &'a Text) -> &'a str {
        self.journey.text(text, self.language)
    }

    /// Whether anything is shown that stands beside the scores.
    pub(super) fn has_beside(&self) -> bool {
        let analysis = self.analysis;
        let of_touchpoints = |it: &TouchpointResult| {
            it.expectation.is_some() || it.service_levels.is_some() || it.stated.is_some()
        };
        !analysis.causes.is_empty()
            || !analysis.quotes.is_empty()
            || analysis.complaints.is_some()
            || !self.journey.operations.is_empty()
            || self.journey.inside.is_some()
            || analysis.touchpoints.iter().any(of_touchpoints)
    }

    /// A segment variable by the name that readers know it by, where it has a usual one; else
    /// as the map calls it.
    pub(super) fn variable(&self, name: &str) -> String {
        let key = format!("variable.{}", name.to_lowercase());
        if self.locale.has(&key) { self.locale.word(&key) } else { name.to_owned() }
    }

    /// The customers that the report is restricted to, if it is.
    pub(super) fn restricted(&self) -> Option<String> {
        (!self.analysis.restricted.is_empty()).then(|| self.everybody())
    }

    /// The journey, and whose it is where that is not everybody.
    pub(super) fn titled(&self) -> String {
        let journey = self.text(&self.journey.name);
        match self.restricted() {
            None => journey.to_owned(),
            Some(who) => format!("{journey} · {who}"),
        }
    }

    /// What the customers are called that the report is of: all, or those it is restricted to.
    pub(super) fn everybody(&self) -> String {
        let restricted = self.analysis.restricted.iter();
        let names: Vec<String> = restricted
            .map(|(segment, value)| {
                let gaps = [("segment", &*self.variable(segment)), ("value", &**value)];
                self.locale.say("map.segment", &gaps)
            })
            .collect();
        if names.is_empty() {
            return self.locale.word("map.all");
        }
        names.join(&self.locale.word("list.names"))
    }

    /// The band edges.
    pub(super) fn bands(&self) -> Bands {
        bands(self.journey)
    }

    /// The numbers of the touchpoint at `index` of the map; `None` when the analysis has
    /// none, because it was made of another version of the map.
    pub(super) fn result(&self, index: usize) -> Option<&'a TouchpointResult> {
        let id = self.journey.touchpoints.get(index)?.id.as_str();
        self.results.get(id).copied()
    }

    /// A message that speaks of the target of the touchpoint at `index`; without one, the
    /// touchpoint is compared with the others, and the message says so.
    pub(super) fn say_of_target(
        &self,
        index: usize,
        key: &str,
        gaps: &[(&str, &str)],
    ) -> String {
        let touchpoint = self.journey.touchpoints.get(index);
        match touchpoint.and_then(|it| self.journey.target(it).points()) {
            Some(_) => self.locale.plainly(key, gaps),
            None => self.locale.say(key, gaps),
        }
    }

    /// Points that touchpoints without a target of their own should reach.
    pub(super) fn target(&self) -> f64 {
        let points = self.journey.rules.target.points().or(self.analysis.target);
        // Relative targets without a single score: there is nothing to draw them beside.
        points.unwrap_or_default()
    }

    /// Points that the touchpoint at `index` should reach.
    pub(super) fn target_of(&self, index: usize) -> f64 {
        let touchpoint = self.journey.touchpoints.get(index);
        let points = touchpoint.and_then(|it| self.journey.target(it).points());
        let relative = || self.result(index).and_then(|it| it.target);
        points.or_else(relative).unwrap_or_else(|| self.target())
    }

    /// The touchpoint with this id.
    pub(super) fn index(&self, id: &str) -> Option<usize> {
        self.journey.touchpoints.iter().position(|it| it.id == id)
    }

    /// Code and name of the touchpoint at `index` as one text.
    pub(super) fn named(&self, index: usize) -> String {
        let (code, name) = self.name(index);
        self.locale.say("touchpoint", &[("code", &code), ("name", &name)])
    }

    /// Code and name of the touchpoint at `index`.
    pub(super) fn name(&self, index: usize) -> (String, String) {
        self.subject.marks.get(index).map_or_else(
            || (String::new(), String::new()),
            |mark| (mark.code.clone(), mark.name.clone()),
        )
    }
}

fn bands(journey: &Journey) -> Bands {
    Bands(journey.rules.bands)
}
