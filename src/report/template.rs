//! Every template by name; a user may replace any of them.

/// The style sheet of slides: other pages have no use for it.
pub(super) const SLIDES: &str = "style/slides.css";

/// The style sheet of the page that leads to scorecards: reports have no use for it.
pub(super) const SCORECARDS: &str = "style/scorecards.css";

/// The style sheet of what stands beside the scores: most journeys have no use for it.
pub(super) const BESIDE: &str = "style/why.css";

/// Name and text of each template; style sheets in the order in which they apply.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("page.html", include_str!("../../templates/page.html")),
    ("macros.html", include_str!("../../templates/macros.html")),
    ("body.html", include_str!("../../templates/body.html")),
    ("scorecards.html", include_str!("../../templates/scorecards.html")),
    ("topbar.html", include_str!("../../templates/topbar.html")),
    ("section/summary.html", include_str!("../../templates/section/summary.html")),
    ("section/map.html", include_str!("../../templates/section/map.html")),
    ("section/flow.html", include_str!("../../templates/section/flow.html")),
    ("section/priorities.html", include_str!("../../templates/section/priorities.html")),
    ("section/scores.html", include_str!("../../templates/section/scores.html")),
    ("section/cards.html", include_str!("../../templates/section/cards.html")),
    ("section/why.html", include_str!("../../templates/section/why.html")),
    ("section/complaints.html", include_str!("../../templates/section/complaints.html")),
    ("section/inside.html", include_str!("../../templates/section/inside.html")),
    ("section/segments.html", include_str!("../../templates/section/segments.html")),
    ("section/since.html", include_str!("../../templates/section/since.html")),
    ("section/trend.html", include_str!("../../templates/section/trend.html")),
    ("section/actions.html", include_str!("../../templates/section/actions.html")),
    ("section/method.html", include_str!("../../templates/section/method.html")),
    ("style/page.css", include_str!("../../templates/style/page.css")),
    ("style/section.css", include_str!("../../templates/style/section.css")),
    ("style/map.css", include_str!("../../templates/style/map.css")),
    ("style/flow.css", include_str!("../../templates/style/flow.css")),
    ("style/priorities.css", include_str!("../../templates/style/priorities.css")),
    ("style/cards.css", include_str!("../../templates/style/cards.css")),
    ("style/actions.css", include_str!("../../templates/style/actions.css")),
    ("style/segments.css", include_str!("../../templates/style/segments.css")),
    ("style/measure.css", include_str!("../../templates/style/measure.css")),
    (BESIDE, include_str!("../../templates/style/why.css")),
    ("style/since.css", include_str!("../../templates/style/since.css")),
    ("style/trend.css", include_str!("../../templates/style/trend.css")),
    ("style/method.css", include_str!("../../templates/style/method.css")),
    ("style/phone.css", include_str!("../../templates/style/phone.css")),
    ("style/contrast.css", include_str!("../../templates/style/contrast.css")),
    ("style/print.css", include_str!("../../templates/style/print.css")),
    (SCORECARDS, include_str!("../../templates/style/scorecards.css")),
    (SLIDES, include_str!("../../templates/style/slides.css")),
    ("script.js", include_str!("../../templates/script.js")),
];
