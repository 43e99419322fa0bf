//! `touchmap new`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    diag::nearest,
    model::Language,
    starter::{self, STARTERS, Starter},
};

use super::{
    failure::{Failure, Outcome},
    output::Target,
    selection::{language, usage},
    terminal::{print, tell},
};

/// Write a starter project: a commented map, synthetic responses, a README.
///
/// Nothing that is there is written over.
#[derive(Args, Debug)]
pub(super) struct New {
    /// Folder to write into; made if it is not there [default: the name of the template].
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Which journey to start from; `--list` shows all.
    #[arg(short, long, value_name = "T", default_value = STARTERS[0].id, value_parser = template)]
    template: &'static Starter,
    /// Languages of the map, such as `zh-Hans` or `zh-Hans,en`: `en`, `zh-Hans` and `zh-Hant`.
    /// Comments and responses are in the first.
    #[arg(short, long, value_name = "L", value_delimiter = ',', value_parser = language, default_value = "en")]
    language: Vec<Language>,
    /// Show the templates, and write nothing.
    #[arg(long)]
    list: bool,
}

fn template(text: &str) -> Result<&'static Starter, String> {
    if let Some(found) = STARTERS.iter().find(|it| it.id == text) {
        return Ok(found);
    }
    let ids: Vec<&str> = STARTERS.iter().map(|it| it.id).collect();
    let meant = nearest(text, ids.iter().copied());
    let meant = meant.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
    Err(format!("expected one of {}{meant}", ids.join(", ")))
}

impl New {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        if self.list {
            let widest = STARTERS.iter().map(|it| it.id.len()).max().unwrap_or(0);
            let line = |it: &Starter| format!("{:widest$}  {}\n", it.id, it.about);
            print(&STARTERS.iter().map(line).collect::<String>())?;
            return Ok(Outcome::Done);
        }
        let mut languages: Vec<usize> = Vec::new();
        for it in &self.language {
            let at = starter::language(it).ok_or_else(|| {
                usage(format!(
                    "no template is written in `{it}`: choose among {}",
                    starter::LANGUAGES.join(", ")
                ))
            })?;
            if !languages.contains(&at) {
                languages.push(at);
            }
        }
        let files = self.template.files(&languages);
        let files =
            files.map_err(|error| Failure::world(error, "cannot write the project"))?;
        let folder =
            self.folder.clone().unwrap_or_else(|| PathBuf::from(self.template.id));
        let taken = files.iter().map(|it| folder.join(&it.path)).find(|it| it.exists());
        if let Some(taken) = taken {
            return Err(usage(format!(
                "`{}` is there already, and nothing is written over: name another folder",
                taken.display()
            )));
        }
        for file in &files {
            let path = folder.join(&file.path);
            make_folder(&path)?;
            Target::File(path).write(file.text.as_bytes())?;
        }
        self.sum_up(&folder, files.len());
        Ok(Outcome::Done)
    }

    fn sum_up(&self, folder: &Path, files: usize) {
        let map = quoted(&folder.join("journey.yaml"));
        let report = quoted(&folder.join("report.html"));
        tell(&format!(
            "wrote {files} files into {}: the map is {map}, its responses are synthetic\n\
             next:\n  \
             touchmap check {map}\n  \
             touchmap watch {map} --open\n  \
             touchmap report {map} -o {report}",
            folder.display()
        ));
        if self.template.id == STARTERS[0].id {
            tell("`touchmap new --list` shows journeys of other fields to start from");
        }
    }
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    if text.contains([' ', '(', ')', '&', ';', '\'']) {
        format!("\"{text}\"")
    } else {
        text
    }
}

fn make_folder(file: &Path) -> Result<(), Failure> {
    let Some(folder) = file.parent() else { return Ok(()) };
    let made: io::Result<()> = fs::create_dir_all(folder);
    made.map_err(|error| {
        Failure::world(error, format!("cannot make the folder `{}`", folder.display()))
    })
}
