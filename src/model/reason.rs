//! How answers say why: columns of reasons, and of problems and complaints.

use std::collections::BTreeMap;

use super::{Column, Labels, MissingCodes};

/// How customers of a touchpoint say why they answered as they did.
#[derive(Clone, Debug)]
pub struct ReasonPlan {
    /// Where it stands.
    pub columns: ReasonColumns,
    /// What cells stand for a cause, where it is not its id, number or name; `None` for a
    /// cause that the codebook does not have. By [`Labels::normal`].
    pub codes: BTreeMap<String, Option<usize>>,
    /// Cells that hold no reason.
    pub missing: MissingCodes,
}

/// Where reasons stand.
#[derive(Clone, Debug)]
pub enum ReasonColumns {
    /// One column of codes, several of which may stand in a cell.
    Coded {
        /// The column.
        column: Column,
        /// What stands between two codes.
        separators: Vec<char>,
    },
    /// One column for each cause, in which it is ticked.
    Ticked {
        /// Causes by position in the codebook, and their columns; `None` for a reason that
        /// the codebook does not have.
        columns: Vec<(Option<usize>, Column)>,
        /// What a tick looks like, by [`Labels::normal`]; any cell that says no more than
        /// `0` or `no` is none, where this is empty.
        ticks: Vec<String>,
    },
}

impl ReasonPlan {
    /// Every column.
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        let (coded, ticked) = match &self.columns {
            ReasonColumns::Coded { column, .. } => (Some(column), [].as_slice()),
            ReasonColumns::Ticked { columns, .. } => (None, columns.as_slice()),
        };
        coded.into_iter().chain(ticked.iter().map(|(_, it)| it))
    }
}

/// How customers say whether they had a problem, whether they complained, and what became of it.
#[derive(Clone, Debug)]
pub struct ComplaintPlan {
    /// Whether they had a problem.
    pub problem: Column,
    /// Whether they told of it.
    pub complained: Column,
    /// Whether it was resolved to their satisfaction.
    pub resolved: Option<Column>,
    /// Days until they had an answer.
    pub days: Option<Column>,
    /// Days within which an answer is in time.
    pub within: Option<f64>,
    /// Cells that say yes, and cells that say no, by [`Labels::normal`].
    pub words: YesNo,
}

/// What cells say yes, and what no.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YesNo {
    /// Those that say yes, beside the usual ones.
    pub yes: Vec<String>,
    /// Those that say no.
    pub no: Vec<String>,
}

/// Usual words for yes, by [`Labels::normal`].
const YES: &[&str] = &[
    "1",
    "y",
    "yes",
    "true",
    "x",
    "✓",
    "✔",
    "是",
    "有",
    "是的",
    "已",
    "已解决",
    "已解決",
    "满意",
    "滿意",
    "投诉过",
    "投訴過",
];

/// Usual words for no.
const NO: &[&str] = &[
    "0",
    "n",
    "no",
    "false",
    "否",
    "不是",
    "没有",
    "沒有",
    "无",
    "無",
    "没",
    "沒",
    "未",
    "未解决",
    "未解決",
    "不满意",
    "不滿意",
];

impl YesNo {
    /// Whether a cell says yes or no; `None` where it says neither.
    #[must_use]
    pub fn read(&self, cell: &str) -> Option<bool> {
        let normal = Labels::normal(cell);
        let normal = normal.strip_suffix(".0").unwrap_or(&normal);
        let own = |words: &[String]| words.iter().any(|it| it == normal);
        if own(&self.yes) {
            return Some(true);
        }
        if own(&self.no) {
            return Some(false);
        }
        if YES.contains(&normal) {
            return Some(true);
        }
        NO.contains(&normal).then_some(false)
    }
}

impl ComplaintPlan {
    /// Every column.
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        [&self.problem, &self.complained]
            .into_iter()
            .chain(&self.resolved)
            .chain(&self.days)
    }
}
