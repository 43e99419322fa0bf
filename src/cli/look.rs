//! Flags that `report` and `draw` share: how it is to look.

use std::{collections::BTreeMap, fs, path::PathBuf};

use clap::{Args, ValueEnum};

use crate::{
    model::Language,
    report::{ReportOptions, TEMPLATES, Theme},
};

use super::{failure::Failure, input::cannot_read};

/// How it is to look.
#[derive(Args, Debug)]
pub(super) struct Look {
    /// Light, dark, or what the reader's machine prefers.
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: ThemeName,
    /// Folder with templates that replace single ones of ours, by the same relative path.
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ThemeName {
    Light,
    Dark,
    Auto,
}

impl Look {
    /// As the report takes it.
    pub(super) fn options(&self, language: Language) -> Result<ReportOptions, Failure> {
        let mut options = ReportOptions::new(language);
        options.theme = match self.theme {
            ThemeName::Light => Theme::Light,
            ThemeName::Dark => Theme::Dark,
            ThemeName::Auto => Theme::Auto,
        };
        if let Some(folder) = &self.templates {
            options.templates = replacements(folder)?;
        }
        Ok(options)
    }
}

/// Every file below `folder`, by its relative path with `/` between the parts.
fn replacements(folder: &PathBuf) -> Result<BTreeMap<String, String>, Failure> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.clone()];
    while let Some(folder_now) = open.pop() {
        let entries =
            fs::read_dir(&folder_now).map_err(|error| cannot_read(&folder_now, error))?;
        for entry in entries {
            let path = entry.map_err(|error| cannot_read(&folder_now, error))?.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let inside = path.strip_prefix(folder).unwrap_or(&path);
            let parts: Vec<_> =
                inside.components().map(|it| it.as_os_str().to_string_lossy()).collect();
            let text =
                fs::read_to_string(&path).map_err(|error| cannot_read(&path, error))?;
            found.insert(parts.join("/"), text);
        }
    }
    if found.is_empty() {
        let names: Vec<&str> = TEMPLATES.iter().map(|(name, _)| *name).collect();
        let message = format!(
            "`{}` holds no templates; those that can be replaced are {}",
            folder.display(),
            names.join(", ")
        );
        return Err(Failure::Usage(message));
    }
    Ok(found)
}
