//! Every template by name; a user may replace any of them.

/// Name and text of each template; style sheets in the order in which they apply.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("page.html", include_str!("../../templates/page.html")),
    ("macros.html", include_str!("../../templates/macros.html")),
    ("topbar.html", include_str!("../../templates/topbar.html")),
    ("section/summary.html", include_str!("../../templates/section/summary.html")),
    ("section/map.html", include_str!("../../templates/section/map.html")),
    ("section/flow.html", include_str!("../../templates/section/flow.html")),
    ("section/priorities.html", include_str!("../../templates/section/priorities.html")),
    ("section/scores.html", include_str!("../../templates/section/scores.html")),
    ("section/method.html", include_str!("../../templates/section/method.html")),
    ("style/page.css", include_str!("../../templates/style/page.css")),
    ("style/section.css", include_str!("../../templates/style/section.css")),
    ("style/map.css", include_str!("../../templates/style/map.css")),
    ("style/priorities.css", include_str!("../../templates/style/priorities.css")),
    ("style/phone.css", include_str!("../../templates/style/phone.css")),
    ("style/print.css", include_str!("../../templates/style/print.css")),
    ("script.js", include_str!("../../templates/script.js")),
];
