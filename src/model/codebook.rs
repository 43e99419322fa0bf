//! The codebook of causes: what a low, or a high, answer was about.

use std::ops::Range;

use super::{Labels, Text};

/// Causes in groups, as customers name them.
#[derive(Clone, Debug, Default)]
pub struct Codebook {
    /// Groups in order; those of a codebook cover [`Self::causes`].
    pub groups: Vec<CauseGroup>,
    /// All causes, those of a group side by side.
    pub causes: Vec<Cause>,
}

/// Causes of one kind.
#[derive(Clone, Debug)]
pub struct CauseGroup {
    /// Unique among the groups.
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// First and one past the last of its causes.
    pub causes: Range<usize>,
}

/// A cause.
#[derive(Clone, Debug)]
pub struct Cause {
    /// Unique in the codebook.
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// Position of its group.
    pub group: usize,
    /// Its numbers in a list of factors that interviewers code with.
    pub factors: Vec<u64>,
    /// What comments say that name it, in any language.
    pub keywords: Vec<String>,
}

impl Codebook {
    /// Puts the causes of `groups` side by side.
    #[must_use]
    pub fn of(groups: Vec<(CauseGroup, Vec<Cause>)>) -> Self {
        let mut book = Self::default();
        for (at, (group, causes)) in groups.into_iter().enumerate() {
            let first = book.causes.len();
            let own = causes.into_iter().map(|it| Cause { group: at, ..it });
            book.causes.extend(own);
            book.groups.push(CauseGroup { causes: first..book.causes.len(), ..group });
        }
        book
    }

    /// The cause that a cell names: by its id, by one of its numbers, or by its name in any
    /// language, however it is typed.
    #[must_use]
    pub fn find(&self, cell: &str) -> Option<usize> {
        let normal = Labels::normal(cell);
        let number = normal.parse::<f64>().ok();
        self.causes.iter().position(|it| {
            it.id == normal
                || number.is_some_and(|number| it.has_number(number))
                || it.name.all().any(|name| Labels::normal(name) == normal)
        })
    }
}

impl Cause {
    /// Whether `number`, which a spreadsheet may write as `7.0`, is one of its numbers.
    fn has_number(&self, number: f64) -> bool {
        let number = number.to_string();
        self.factors.iter().any(|it| it.to_string() == number)
    }
}
