//! Score bands: what a score amounts to, by the edges of the map.

/// A band, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Below the first edge.
    Weak,
    /// From the first edge.
    Watch,
    /// From the second edge.
    Solid,
    /// From the third edge.
    Strong,
}

impl Band {
    /// Every band, worst first.
    pub const ALL: [Self; 4] = [Self::Weak, Self::Watch, Self::Solid, Self::Strong];

    /// Its name in style sheets and message keys.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Watch => "watch",
            Self::Solid => "solid",
            Self::Strong => "strong",
        }
    }
}

/// A mean such as 8.2 of 1–10 has 80 points but for what binary fractions leave out.
const HAIR: f64 = 1e-9;

/// The lower edges of the upper three bands, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bands(pub [f64; 3]);

impl Bands {
    /// The band of a score in points.
    #[must_use]
    pub fn band(self, points: f64) -> Band {
        let [watch, solid, strong] = self.0;
        let reaches = |edge: f64| points >= edge - HAIR;
        if reaches(strong) {
            Band::Strong
        } else if reaches(solid) {
            Band::Solid
        } else if reaches(watch) {
            Band::Watch
        } else {
            Band::Weak
        }
    }

    /// The lowest edge: below it a score is weak.
    #[must_use]
    pub fn lowest(self) -> f64 {
        self.0[0]
    }
}

#[cfg(test)]
mod tests {
    use super::{Band, Bands};

    #[test]
    fn a_score_on_an_edge_belongs_to_the_upper_band() {
        let bands = Bands([70.0, 80.0, 90.0]);
        assert_eq!(bands.band(69.999), Band::Weak);
        assert_eq!(bands.band(70.0), Band::Watch);
        assert_eq!(bands.band(80.0), Band::Solid);
        assert_eq!(bands.band(90.0), Band::Strong);
        assert_eq!(bands.band(79.999_999_999_999_9), Band::Solid);
        assert_eq!(bands.band(79.999_9), Band::Watch);
    }
}
