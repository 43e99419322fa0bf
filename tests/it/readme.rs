//! What README.md shows is what the program does.

use std::fs;

use crate::shared::root;

fn block<'t>(readme: &'t str, marker: &str) -> &'t str {
    let from =
        readme.find(marker).unwrap_or_else(|| panic!("README.md has no `{marker}`"));
    let rest = &readme[from..];
    let start = rest.find("```").unwrap();
    let start = start + rest[start..].find('\n').unwrap() + 1;
    let end = start + rest[start..].find("```").unwrap();
    &rest[start..end]
}

#[test]
fn the_map_of_the_readme_is_that_of_its_case() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let case = root().join("tests/cases/readme-map");
    let map = fs::read_to_string(case.join("journey.yaml")).unwrap();
    assert_eq!(block(&readme, "<!-- map: "), map);
    let expected = fs::read_to_string(case.join("expected.txt")).unwrap();
    let printed = expected.split("--- standard output\n").nth(1).unwrap();
    let printed = printed.split("--- standard error").next().unwrap();
    assert_eq!(block(&readme, "<!-- result: ").trim_end(), printed.trim_end());
}

#[test]
fn every_command_is_in_the_readme() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for command in touchmap::cli::command().get_subcommands() {
        let name = format!("touchmap {}", command.get_name());
        assert!(readme.contains(&name), "README.md does not mention `{name}`");
    }
}

#[test]
fn every_file_that_the_documents_link_to_is_there() {
    for document in [
        "README.md",
        "CONTRIBUTING.md",
        "ARCHITECTURE.md",
        "journeys/home-buying/README.md",
    ] {
        let path = root().join(document);
        let text = fs::read_to_string(&path).unwrap();
        for part in text.split("](").skip(1) {
            let target = part.split(')').next().unwrap();
            if target.starts_with("http") || target.starts_with('#') {
                continue;
            }
            assert!(path.parent().unwrap().join(target).exists(), "{document}: {target}");
        }
    }
}
