//! Symbols: what carries a meaning that colour alone must not carry.

use super::subject::{Band, Channel, Flag};

/// A symbol that pictures and pages share through `<defs>` and `<use>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// The shape of a band.
    Band(Band),
    /// The shape of a band, hollow: a low base.
    Hollow(Band),
    /// The shape of a band, open: on the border between two.
    Open(Band),
    /// A flag.
    Flag(Flag),
    /// A channel.
    Channel(Channel),
    /// A way back.
    Loop,
}

const BANDS: [(Band, &str); 4] = [
    (Band::Weak, "M-6.4-4.9H6.4L0 6.3Z"),
    (Band::Watch, "M0-6.7L6.7 0L0 6.7L-6.7 0Z"),
    (Band::Solid, "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z"),
    (Band::Strong, "M-6.4 4.9H6.4L0-6.3Z"),
];

const FLAGS: [(Flag, &str, &str); 4] = [
    (Flag::Pain, "M-3.3-8H3.3L8-3.3V3.3L3.3 8H-3.3L-8 3.3V-3.3Z", "M0-4.4V1M0 3.6V4.2"),
    (
        Flag::Truth,
        "M0-8.6L2.5-3 8.6-2.4 4 1.7 5.3 7.7 0 4.6-5.3 7.7-4 1.7-8.6-2.4-2.5-3Z",
        "",
    ),
    (
        Flag::Itch,
        "M-7.2 0a7.2 7.2 0 1 0 14.4 0a7.2 7.2 0 1 0-14.4 0Z",
        "M-4 .8C-2.6-2.6-1.2-2.6 0 0S2.6 2.6 4-.8",
    ),
    (
        Flag::Bright,
        "M-3.8-7.4H3.8Q7.4-7.4 7.4-3.8V3.8Q7.4 7.4 3.8 7.4H-3.8Q-7.4 7.4-7.4 3.8V-3.8Q-7.4-7.4-3.8-7.4Z",
        "M-3.6 .3L-1 2.9 3.8-2.6",
    ),
];

/// Icons in a square of 16, centred on the origin.
const CHANNELS: [(Channel, &str); 9] = [
    (
        Channel::Phone,
        "M-2.6-6.2-5-5.8C-5.7-5.7-6.2-5-6.1-4.3-5.5 1.3-1.3 5.5 4.3 6.1 5 6.2 5.7 5.7 5.8 5L6.2 2.6 2.8 1.2 1.3 2.8C-.5 2-2 .5-2.8-1.3L-1.2-2.8Z",
    ),
    (
        Channel::App,
        "M-3-6.5H3C3.6-6.5 4-6.1 4-5.5V5.5C4 6.1 3.6 6.5 3 6.5H-3C-3.6 6.5-4 6.1-4 5.5V-5.5C-4-6.1-3.6-6.5-3-6.5ZM-1 4.2H1",
    ),
    (
        Channel::Person,
        "M0-.4A2.9 2.9 0 1 0 0-6.2 2.9 2.9 0 0 0 0-.4ZM-5.5 6.2C-5.2 3.3-3 1.7 0 1.7S5.2 3.3 5.5 6.2",
    ),
    (
        Channel::Site,
        "M-5.5 6.3V-3L0-6.3 5.5-3V6.3M-6.8 6.3H6.8M-2.5-1H-1.5M1.5-1H2.5M-2.5 1.8H-1.5M1.5 1.8H2.5M-1 6.3V4.3H1V6.3",
    ),
    (Channel::Home, "M-6.5 0 0-6 6.5 0M-4.5-1.5V6H4.5V-1.5M-1.3 6V2H1.3V6"),
    (
        Channel::Counter,
        "M-4.5-6.3H1.5L4.5-3.3V6.3H-4.5ZM1.3-6.3V-3H4.5M-2.3 0H2.3M-2.3 2.8H2.3",
    ),
    (
        Channel::Web,
        "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0ZM-6 0H6M0-6C3-3.5 3 3.5 0 6C-3 3.5-3-3.5 0-6Z",
    ),
    (Channel::Mail, "M-6-4.5H6V4.5H-6ZM-6-4.2L0 .8 6-4.2"),
    (Channel::Chat, "M-6-5.5H6V2.5H-.5L-3.5 5.8V2.5H-6Z"),
];

const LOOP: &str = "M3.2-3A4.4 4.4 0 1 0 4.4 0M3.6-5.4V-2.6H.8";

impl Symbol {
    /// Half the side of the square that it fills.
    #[must_use]
    pub fn radius(self) -> f64 {
        match self {
            Self::Band(_) | Self::Hollow(_) | Self::Open(_) => 6.7,
            Self::Flag(_) => 8.6,
            Self::Channel(_) => 6.8,
            Self::Loop => 5.4,
        }
    }

    /// The id of its definition.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Self::Band(band) | Self::Hollow(band) | Self::Open(band) => {
                format!("g-{}", band.id())
            }
            Self::Flag(flag) => format!("f-{}", flag.id()),
            Self::Channel(channel) => format!("i-{}", channel.id()),
            Self::Loop => "i-loop".to_owned(),
        }
    }

    /// Its classes: what it is.
    #[must_use]
    pub fn class(self) -> String {
        match self {
            Self::Band(band) => format!("g {}", band.id()),
            Self::Hollow(band) => format!("g {} low", band.id()),
            Self::Open(band) => format!("g {} open", band.id()),
            Self::Flag(_) => "fl".to_owned(),
            Self::Channel(_) => "ic".to_owned(),
            Self::Loop => "li".to_owned(),
        }
    }
}

/// Every symbol once, to be put in one `<defs>` of the document; the pattern that marks a
/// place without a value with them.
#[must_use]
pub fn definitions() -> String {
    let bands =
        BANDS.iter().map(|(band, d)| format!(r#"<path id="g-{}" d="{d}"/>"#, band.id()));
    let flags = FLAGS.iter().map(|(flag, back, mark)| {
        let mark = if mark.is_empty() {
            String::new()
        } else {
            format!(r#"<path class="fk" d="{mark}"/>"#)
        };
        let id = flag.id();
        format!(
            r#"<g id="f-{id}" class="f-{id}"><path class="fb" d="{back}"/>{mark}</g>"#
        )
    });
    let icons = CHANNELS
        .iter()
        .map(|(channel, d)| format!(r#"<path id="i-{}" d="{d}"/>"#, channel.id()));
    let rest = [
        format!(r#"<path id="i-loop" d="{LOOP}"/>"#),
        r#"<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"><path class="ht" d="M-1 7L7-1M-1 1L1-1M5 7L7 5"/></pattern>"#.to_owned(),
    ];
    bands.chain(flags).chain(icons).chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_bands_have_the_same_shape() {
        for (at, (_, one)) in BANDS.iter().enumerate() {
            assert!(BANDS[..at].iter().all(|(_, other)| one != other));
        }
    }

    #[test]
    fn every_symbol_in_use_is_defined() {
        let definitions = definitions();
        let bands = BANDS.map(|(band, _)| Symbol::Band(band));
        let flags = FLAGS.map(|(flag, ..)| Symbol::Flag(flag));
        let channels =
            Channel::WORDS.iter().map(|(_, channel)| Symbol::Channel(*channel));
        for symbol in bands.into_iter().chain(flags).chain(channels).chain([Symbol::Loop])
        {
            assert!(
                definitions.contains(&format!(r#"id="{}""#, symbol.id())),
                "{symbol:?}"
            );
        }
    }
}
