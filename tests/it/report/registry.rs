//! Lists that must not forget anything: sections, templates, languages, messages.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use touchmap::report::{CATALOGUES, SECTIONS, TEMPLATES};

fn files(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(root).unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

fn text(path: &Path) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn every_section_is_listed_and_has_its_template() {
    for path in files("src/report/section") {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        if stem == "mod" {
            continue;
        }
        assert!(
            SECTIONS.iter().any(|section| section.id == stem),
            "{} is not in SECTIONS: add its entry in src/report/section/mod.rs",
            path.display()
        );
        let template = format!("section/{stem}.html");
        assert!(TEMPLATES.iter().any(|(name, _)| **name == template), "no {template}");
    }
}

#[test]
fn every_file_of_the_templates_is_listed() {
    for path in files("templates") {
        // Pages and texts of other commands, which the code that shows them names one by one.
        if ["codebook", "new", "questionnaire", "watch"]
            .iter()
            .any(|it| path.starts_with(Path::new("templates").join(it)))
        {
            continue;
        }
        let name = path.strip_prefix("templates").unwrap().to_str().unwrap();
        let is_template = TEMPLATES.iter().any(|(listed, _)| *listed == name);
        let is_catalogue =
            CATALOGUES.iter().any(|it| format!("locale/{}.yaml", it.tag) == name);
        // The rules of charts belong to the pictures, which stand alone without the page.
        assert!(is_template || is_catalogue || name == "style/chart.css", "{name}");
    }
}

#[test]
fn every_message_that_is_asked_for_exists() {
    let english: BTreeMap<String, String> =
        serde_saphyr::from_str(CATALOGUES[0].text).unwrap();
    let mut asked = 0;
    for path in files("src/report").into_iter().chain(files("templates")) {
        let text = text(&path);
        for call in [" t(\"", ".word(\"", ".say(\"", "=t(\"", "(t(\""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap();
                assert!(english.contains_key(key), "{}: {key}", path.display());
                asked += 1;
            }
        }
    }
    assert!(asked > 60, "the test has lost sight of the calls: {asked}");
}
