//! A scene as SVG.

mod inert;
mod path;

use std::fmt::Write as _;

pub use inert::inert;
use inert::shown;
use path::{Px, rounded, smooth};

use super::glyph::{Symbol, definitions};
use super::palette::{Ground, resolve};
use super::scene::{Anchor, Form, Group, Item, Label, Placed, Scene, Shape};
use super::style::{SHAPE_RULES, text_rules};

/// The script that text is mainly written in: it decides the faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Latin letters.
    Latin,
    /// Simplified Chinese.
    Hans,
    /// Traditional Chinese.
    Hant,
}

impl Script {
    /// The font stack; Chinese faces first, so that quotes and dashes are full width.
    #[must_use]
    pub fn fonts(self) -> &'static str {
        match self {
            Self::Latin => {
                "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Helvetica Neue',Arial,sans-serif"
            }
            Self::Hans => {
                "'PingFang SC','Hiragino Sans GB','Microsoft YaHei UI','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','WenQuanYi Micro Hei',system-ui,sans-serif"
            }
            Self::Hant => {
                "'PingFang TC','PingFang HK','Microsoft JhengHei UI','Microsoft JhengHei','Noto Sans TC','Noto Sans CJK TC','Source Han Sans TC',system-ui,sans-serif"
            }
        }
    }
}

/// A picture up to this wide is shrunk to the page by its last few per cent; a wider one
/// scrolls, because its words could not be read.
const FITS: f64 = 1400.0;

/// A scene for a page that has the style sheet and the definitions; `id` is unique among the
/// ids of the page that begin with `prefix`, which links lead to as well.
#[must_use]
pub fn for_page(scene: &Scene, prefix: &str, id: &str) -> String {
    let mut out = String::with_capacity(32 * 1024);
    let _ = write!(
        out,
        r#"<svg class="{class}" viewBox="{x} {y} {w} {h}" width="{w}" height="{h}" role="{role}" aria-labelledby="{prefix}{id}-t {prefix}{id}-d">"#,
        x = Px(scene.origin.0),
        y = Px(scene.origin.1),
        w = Px(scene.width),
        h = Px(scene.height),
        class = if scene.width <= FITS { "ch fit" } else { "ch" },
        role = if has_links(&scene.items) { "group" } else { "img" },
    );
    head(&mut out, scene, &format!("{prefix}{id}-"));
    body(&mut out, &scene.items, Links::Kept(prefix));
    out.push_str("</svg>");
    out
}

/// A scene as a file of its own: styles resolved, definitions and background within.
#[must_use]
pub fn standalone(scene: &Scene, ground: Ground, script: Script) -> String {
    let mut out = String::with_capacity(48 * 1024);
    let _ = write!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="ch" viewBox="{x} {y} {w} {h}" width="{w}" height="{h}" role="img" aria-labelledby="t d">"#,
        x = Px(scene.origin.0),
        y = Px(scene.origin.1),
        w = Px(scene.width),
        h = Px(scene.height),
    );
    let rules =
        format!("text{{font-family:{}}}{}{SHAPE_RULES}", script.fonts(), text_rules());
    head(&mut out, scene, "");
    let _ = write!(
        out,
        r#"<style>{}</style><defs>{}</defs><rect class="bgfill" x="{}" y="{}" width="100%" height="100%"/>"#,
        resolve(&rules, ground),
        definitions(),
        Px(scene.origin.0),
        Px(scene.origin.1)
    );
    body(&mut out, &scene.items, Links::Dropped);
    out.push_str("</svg>\n");
    out
}

/// One symbol as a small picture of its own, for running text; decoration to a screen
/// reader, because words stand beside it.
#[must_use]
pub fn symbol(symbol: Symbol) -> String {
    let mut out =
        String::from(r#"<svg class="sy" viewBox="-9 -9 18 18" aria-hidden="true">"#);
    placed(&mut out, &Placed::new(symbol, (0.0, 0.0)));
    out.push_str("</svg>");
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Links<'a> {
    /// They lead to ids that begin with this.
    Kept(&'a str),
    Dropped,
}

fn head(out: &mut String, scene: &Scene, prefix: &str) {
    let _ = write!(
        out,
        r#"<title id="{prefix}t">{}</title><desc id="{prefix}d">{}</desc>"#,
        Escaped(&scene.title),
        Escaped(&scene.description)
    );
}

fn has_links(items: &[Item]) -> bool {
    items.iter().any(is_linked)
}

fn is_linked(item: &Item) -> bool {
    let Item::Group(group) = item else { return false };
    group.link.is_some() || has_links(&group.items)
}

/// What is no link is hidden from assistive technology: the names of the links say it all.
fn body(out: &mut String, items: &[Item], links: Links<'_>) {
    let mut hidden = false;
    let some = links != Links::Dropped && has_links(items);
    for item in items {
        let hide = some && !is_linked(item);
        if hide != hidden {
            out.push_str(if hide { r#"<g aria-hidden="true">"# } else { "</g>" });
            hidden = hide;
        }
        write_item(out, item, links);
    }
    if hidden {
        out.push_str("</g>");
    }
}

fn write_item(out: &mut String, item: &Item, links: Links<'_>) {
    match item {
        Item::Shape(shape) => write_shape(out, shape),
        Item::Text(label) => write_label(out, label),
        Item::Symbol(symbol) => placed(out, symbol),
        Item::Group(group) => write_group(out, group, links),
    }
}

fn write_group(out: &mut String, group: &Group, links: Links<'_>) {
    let link = match links {
        Links::Kept(prefix) => group.link.as_ref().map(|link| (prefix, link)),
        Links::Dropped => None,
    };
    let class = classes(group);
    match link {
        Some((prefix, link)) => {
            let _ = write!(
                out,
                r##"<a{class} href="#{prefix}{}" aria-label="{}">"##,
                Escaped(&link.fragment),
                Escaped(&link.name)
            );
        }
        None => {
            let _ = write!(out, "<g{class}>");
            if let Some(hint) = &group.hint {
                let _ = write!(out, "<title>{}</title>", Escaped(hint));
            }
        }
    }
    if link.is_some() {
        group.items.iter().for_each(|item| write_item(out, item, links));
    } else {
        body(out, &group.items, links);
    }
    out.push_str(if link.is_some() { "</a>" } else { "</g>" });
}

/// The class attribute: what a group is, and the layer it belongs to.
fn classes(group: &Group) -> String {
    let layer = group.layer.map(|layer| format!("ly ly{layer}"));
    let classes = [layer.as_deref().unwrap_or_default(), group.class.as_str()].join(" ");
    match classes.trim() {
        "" => String::new(),
        classes => format!(r#" class="{classes}""#),
    }
}

fn write_shape(out: &mut String, shape: &Shape) {
    let class = shape.class;
    let _ = match &shape.form {
        Form::Rect(rect, radius) => write!(
            out,
            r#"<rect class="{class}" x="{}" y="{}" width="{}" height="{}" rx="{}"/>"#,
            Px(rect.x),
            Px(rect.y),
            Px(rect.w),
            Px(rect.h),
            Px(*radius)
        ),
        Form::Line(from, to) => write!(
            out,
            r#"<path class="{class}" d="M{} {}L{} {}"/>"#,
            Px(from.0),
            Px(from.1),
            Px(to.0),
            Px(to.1)
        ),
        Form::Circle(at, radius) => write!(
            out,
            r#"<circle class="{class}" cx="{}" cy="{}" r="{}"/>"#,
            Px(at.0),
            Px(at.1),
            Px(*radius)
        ),
        Form::Route { points, width, .. } => write!(
            out,
            r#"<path class="{class}" stroke-width="{}" d="{}"/>"#,
            Px(*width),
            rounded(points)
        ),
        Form::Curve { points, width, .. } => write!(
            out,
            r#"<path class="{class}" stroke-width="{}" d="{}"/>"#,
            Px(*width),
            smooth(points)
        ),
        Form::Path(d) => write!(out, r#"<path class="{class}" d="{d}"/>"#),
    };
}

fn write_label(out: &mut String, label: &Label) {
    let anchor = match label.anchor {
        Anchor::Start => "",
        Anchor::Middle => r#" text-anchor="middle""#,
        Anchor::End => r#" text-anchor="end""#,
    };
    let _ = write!(
        out,
        r#"<text class="{}" x="{}" y="{}"{anchor}>"#,
        label.style.class,
        Px(label.at.0),
        Px(label.at.1)
    );
    if let Some(whole) = &label.whole {
        let _ = write!(out, "<title>{}</title>", Escaped(whole));
    }
    let _ = write!(out, "{}</text>", Escaped(&label.text));
}

fn placed(out: &mut String, placed: &Placed) {
    let mut class = placed.symbol.class();
    if !placed.class.is_empty() {
        class = format!("{class} {}", placed.class);
    }
    let transform = match (placed.at, placed.scale) {
        ((0.0, 0.0), 1.0) => String::new(),
        ((x, y), scale) if (scale - 1.0).abs() < 1e-9 => {
            format!(r#" x="{}" y="{}""#, Px(x), Px(y))
        }
        ((x, y), scale) => {
            format!(r#" transform="translate({} {})scale({scale})""#, Px(x), Px(y))
        }
    };
    let _ = write!(
        out,
        r##"<use class="{class}" href="#{}"{transform}/>"##,
        placed.symbol.id()
    );
}

/// Text as SVG content or attribute value.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for character in self.0.chars().filter_map(shown) {
            match character {
                '&' => formatter.write_str("&amp;")?,
                '<' => formatter.write_str("&lt;")?,
                '>' => formatter.write_str("&gt;")?,
                '"' => formatter.write_str("&quot;")?,
                _ => formatter.write_char(character)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::style::BODY;

    fn scene(items: Vec<Item>) -> Scene {
        Scene {
            origin: (0.0, 0.0),
            width: 10.0,
            height: 5.25,
            title: "A & B".to_owned(),
            description: "<none>".to_owned(),
            items,
        }
    }

    #[test]
    fn foreign_text_cannot_become_markup() {
        let label = Label::new((1.0, 2.0), BODY, "</text><script>\"&\u{1}");
        let svg = for_page(&scene(vec![label.into()]), "", "x");
        assert!(svg.contains("&lt;/text&gt;&lt;script&gt;&quot;&amp; </text>"), "{svg}");
        assert!(svg.contains("A &amp; B") && svg.contains("&lt;none&gt;"));
    }

    #[test]
    fn a_picture_that_stands_alone_has_no_variable_and_no_link() {
        let group = Group {
            class: "pt".to_owned(),
            link: Some(super::super::Link { fragment: "a".into(), name: "A".into() }),
            ..Group::default()
        };
        let svg = standalone(&scene(vec![group.into()]), Ground::Light, Script::Latin);
        assert!(!svg.contains("var(") && !svg.contains("<a "), "{svg}");
        assert!(svg.contains(r#"height="5.3""#));
    }
}
