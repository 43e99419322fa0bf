//! Every colour, light and dark, in one place.
//!
//! Text reaches a contrast of 4.5 on what it stands on, marks reach 3 with their fill or
//! their stroke (WCAG 2.2, 1.4.3 and 1.4.11); the tests below compute it.

/// Light or dark ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// White, as printed.
    Light,
    /// Near black.
    Dark,
}

/// A colour by its name in style sheets, `#RRGGBB` on each ground.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// The name, without the two hyphens.
    pub name: &'static str,
    light: &'static str,
    dark: &'static str,
}

impl Token {
    /// The colour on `ground`.
    #[must_use]
    pub fn on(&self, ground: Ground) -> &'static str {
        match ground {
            Ground::Light => self.light,
            Ground::Dark => self.dark,
        }
    }
}

const fn token(name: &'static str, light: &'static str, dark: &'static str) -> Token {
    Token { name, light, dark }
}

/// Every colour. Bands: fill, `-s` stroke, `-x` text, `-t` tint. `l0`–`l4`: answers from
/// dissatisfied to satisfied, `t0`–`t4` the text on them.
pub const TOKENS: &[Token] = &[
    token("bg", "#FFFFFF", "#0E151C"),
    token("surf", "#F4F6F8", "#172029"),
    token("surf2", "#E8EDF1", "#202B36"),
    token("ink", "#14202B", "#EAF0F5"),
    token("ink2", "#46545F", "#B9C5CF"),
    token("ink3", "#5F6C77", "#93A1AD"),
    token("line", "#D3DAE0", "#2E3A45"),
    token("axis", "#7C8A96", "#6F7E8B"),
    token("accent", "#1B4B82", "#8CC0F5"),
    token("head", "#16324F", "#20364C"),
    token("on-head", "#FFFFFF", "#FFFFFF"),
    token("on-head2", "#C7D6E4", "#BCD0E2"),
    token("edge", "#7F92A3", "#56687A"),
    token("edge2", "#A9B8C6", "#3D4D5C"),
    token("zone", "#FDF1EB", "#20191A"),
    token("band", "#D6E0EA", "#263542"),
    token("focus", "#0B57D0", "#9CC8FF"),
    token("weak", "#B93A0B", "#EE6238"),
    token("weak-s", "#8F2B05", "#FFB394"),
    token("weak-x", "#A03208", "#FFA47E"),
    token("weak-t", "#FBE3D8", "#4A2113"),
    token("on-weak", "#FFFFFF", "#0E151C"),
    token("watch", "#F0B03F", "#F5D57E"),
    token("watch-s", "#8A5A00", "#F6D48A"),
    token("watch-x", "#7A4E00", "#F0C767"),
    token("watch-t", "#FCEFCF", "#43340F"),
    token("on-watch", "#14202B", "#14202B"),
    token("solid", "#8FBCE3", "#5B93C9"),
    token("solid-s", "#33699F", "#8FBCE6"),
    token("solid-x", "#285A8C", "#8FBEEB"),
    token("solid-t", "#E1EEF9", "#19324A"),
    token("strong", "#1B4B82", "#B7DBFF"),
    token("strong-s", "#123660", "#DCEEFF"),
    token("strong-x", "#123F70", "#C4E1FF"),
    token("strong-t", "#C3DBF2", "#23507A"),
    token("l0", "#A83308", "#EE6238"),
    token("l1", "#E79A6B", "#A65331"),
    token("l2", "#C9CED4", "#5A6772"),
    token("l3", "#9CC3E6", "#3F74A8"),
    token("l4", "#1B4B82", "#B7DBFF"),
    token("t0", "#FFFFFF", "#0E151C"),
    token("t1", "#14202B", "#FFFFFF"),
    token("t2", "#14202B", "#FFFFFF"),
    token("t3", "#14202B", "#FFFFFF"),
    token("t4", "#FFFFFF", "#0E151C"),
];

/// The tokens as declarations of a style sheet.
#[must_use]
pub fn declarations(ground: Ground) -> String {
    TOKENS.iter().fold(String::new(), |mut css, token| {
        for part in ["--", token.name, ":", token.on(ground), ";"] {
            css.push_str(part);
        }
        css
    })
}

/// `css` with every `var(--name)` replaced by its colour, for renderers without variables.
#[must_use]
pub fn resolve(css: &str, ground: Ground) -> String {
    TOKENS.iter().fold(css.to_owned(), |css, token| {
        css.replace(&format!("var(--{})", token.name), token.on(ground))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2.2 defines it.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value =
                f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str, ground: Ground) -> f64 {
        let find = |name: &str| {
            let token = TOKENS.iter().find(|token| token.name == name);
            luminance(token.unwrap_or_else(|| panic!("no token `{name}`")).on(ground))
        };
        let (one, other) = (find(one), find(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[track_caller]
    fn reaches(least: f64, pairs: &[(&str, &str)]) {
        for (mark, ground) in pairs {
            for theme in [Ground::Light, Ground::Dark] {
                let contrast = contrast(mark, ground, theme);
                assert!(
                    contrast >= least,
                    "{mark} on {ground}, {theme:?}: {contrast:.2}"
                );
            }
        }
    }

    #[test]
    fn black_on_white_has_a_contrast_of_21() {
        let contrast = (luminance("#FFFFFF") + 0.05) / (luminance("#000000") + 0.05);
        assert!((contrast - 21.0).abs() < 1e-9);
    }

    #[test]
    fn text_can_be_read_on_everything_it_stands_on() {
        let mut pairs = vec![
            ("ink3", "bg"),
            ("ink3", "surf"),
            ("ink3", "zone"),
            ("accent", "bg"),
            ("accent", "surf"),
            ("on-head", "head"),
            ("on-head2", "head"),
            ("on-watch", "watch"),
        ];
        for ground in
            ["bg", "surf", "surf2", "zone", "weak-t", "watch-t", "solid-t", "strong-t"]
        {
            pairs.push(("ink", ground));
        }
        for ground in ["bg", "surf", "surf2", "zone"] {
            pairs.push(("ink2", ground));
        }
        for text in ["weak-x", "watch-x", "solid-x", "strong-x"] {
            pairs.push((text, "bg"));
            pairs.push((text, "zone"));
        }
        reaches(4.5, &pairs);
        reaches(
            4.5,
            &[("t0", "l0"), ("t1", "l1"), ("t2", "l2"), ("t3", "l3"), ("t4", "l4")],
        );
    }

    #[test]
    fn marks_can_be_seen_on_the_page() {
        reaches(
            3.0,
            &[
                ("weak-s", "bg"),
                ("watch-s", "bg"),
                ("solid-s", "bg"),
                ("strong-s", "bg"),
                ("weak-s", "zone"),
                ("edge", "bg"),
                ("axis", "bg"),
                ("focus", "bg"),
                ("accent", "bg"),
                ("accent", "band"),
                ("ink", "bg"),
                ("on-weak", "weak"),
            ],
        );
    }

    #[test]
    fn resolved_styles_hold_no_variable() {
        let css = resolve(".a{fill:var(--ink);stroke:var(--ink2)}", Ground::Light);
        assert_eq!(css, ".a{fill:#14202B;stroke:#46545F}");
    }
}
