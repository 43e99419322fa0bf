//! What a text says, without places: to tell whether anything but the new entries changed.

use super::graft::{Addition, Line};
use super::yaml::{Node, Value};

/// A value without its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Plain {
    Scalar(String),
    Null,
    List(Vec<Plain>),
    Mapping(Vec<(String, Plain)>),
}

impl Plain {
    /// What `node` says.
    pub(super) fn of(node: &Node) -> Self {
        match &node.value {
            Value::Scalar(text) => Self::Scalar(text.clone()),
            Value::Null => Self::Null,
            Value::List(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Mapping(entries) => {
                let entry = |(key, node): &(super::yaml::Key, Node)| {
                    (key.text.clone(), Self::of(node))
                };
                Self::Mapping(entries.iter().map(entry).collect())
            }
        }
    }

    /// What a value to be added says.
    pub(super) fn of_addition(addition: &Addition) -> Self {
        match addition {
            Addition::Text(text) | Addition::Number(text) => Self::Scalar(text.clone()),
            Addition::List(items) | Addition::Items(items) => {
                Self::List(items.iter().map(Self::of_addition).collect())
            }
            Addition::Mapping(entries) => {
                let entry =
                    |(key, it): &(String, Addition)| (key.clone(), Self::of_addition(it));
                Self::Mapping(entries.iter().map(entry).collect())
            }
            Addition::Block(lines) => {
                let mut mapping = Self::Mapping(Vec::new());
                mapping.add(lines);
                mapping
            }
        }
    }

    /// Lets `says` stand at the end of the keys of `path`, if that is somewhere.
    pub(super) fn set(&mut self, path: &[String], says: &Self) {
        let Some((first, rest)) = path.split_first() else {
            *self = says.clone();
            return;
        };
        let Self::Mapping(entries) = self else { return };
        if let Some((_, own)) = entries.iter_mut().find(|(key, _)| key == first) {
            own.set(rest, says);
        }
    }

    /// Adds what is not there.
    fn add(&mut self, lines: &[Line]) {
        if *self == Self::Null {
            *self = Self::Mapping(Vec::new());
        }
        let Self::Mapping(entries) = self else { return };
        for line in lines {
            let Line::Entry(key, value) = line else { continue };
            if remarks_alone(value) {
                continue;
            }
            let Some((_, own)) = entries.iter_mut().find(|(it, _)| it == key) else {
                entries.push((key.clone(), Self::of_addition(value)));
                continue;
            };
            match (own, value) {
                (own @ Self::Mapping(_), Addition::Block(lines)) => own.add(lines),
                (own @ Self::Mapping(_), Addition::Mapping(new)) => {
                    let line = |(key, it): &(String, Addition)| {
                        Line::Entry(key.clone(), it.clone())
                    };
                    own.add(&new.iter().map(line).collect::<Vec<_>>());
                }
                (Self::List(own), Addition::Items(new)) => {
                    own.extend(new.iter().map(Self::of_addition));
                }
                _ => {}
            }
        }
    }
}

fn remarks_alone(value: &Addition) -> bool {
    let Addition::Block(lines) = value else { return false };
    lines.iter().all(|it| matches!(it, Line::Perhaps(..)))
}

/// What `root` says once these lines are added to its mapping `section`, or to itself.
pub(super) fn grown(root: &Plain, section: Option<&str>, lines: &[Line]) -> Plain {
    let mut root = root.clone();
    match section {
        None => root.add(lines),
        Some(name) => {
            let Plain::Mapping(entries) = &mut root else { return root };
            match entries.iter_mut().find(|(key, _)| key == name) {
                Some((_, own)) => own.add(lines),
                None => {
                    let block = Addition::Block(lines.to_vec());
                    if !remarks_alone(&block) {
                        entries.push((name.to_owned(), Plain::of_addition(&block)));
                    }
                }
            }
        }
    }
    root
}
