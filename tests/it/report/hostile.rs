//! A map and responses in which every text is an attack: markup, code, quotes, style rules,
//! controls, and marks that turn the direction of writing. They may be read, never obeyed.

use std::fs;
use std::path::PathBuf;

use html5gum::{StartTag, Token, Tokenizer};

use crate::shared::{root, text, touchmap};

/// A name that people can give a file, and that a report may mention.
const FILE: &str = "r'\"><script>window.hostile=1<&\u{202e}script>.csv";

/// The hostile map in a folder of its own, its responses in a hostile file.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("hostile").join(name);
    fs::create_dir_all(&folder).unwrap();
    let from = root().join("tests/maps/hostile");
    let map = fs::read_to_string(from.join("journey.yaml")).unwrap();
    let file = FILE.replace('/', "");
    let quoted = serde_json::to_string(&file).unwrap();
    let renamed = map.replace("{path: responses.csv}", &format!("{{path: {quoted}}}"));
    assert_ne!(renamed, map, "the map names its file");
    fs::write(folder.join("journey.yaml"), renamed).unwrap();
    fs::copy(from.join("responses.csv"), folder.join(file)).unwrap();
    folder
}

fn run(name: &str, arguments: &[&str]) -> String {
    let output = touchmap(&folder(name), arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

fn report(name: &str, language: &str, paper: &str) -> String {
    let options = ["--language", language, "--paper", paper];
    run(name, &[&["report", "journey.yaml", "-o", "-"], &options[..]].concat())
}

/// The content of the first such element and what is around it.
fn cut<'a>(html: &'a str, element: &str) -> (&'a str, String) {
    let (before, rest) = html.split_once(&format!("<{element}>")).unwrap();
    let (inside, after) = rest.split_once(&format!("</{element}>")).unwrap();
    (inside, format!("{before}{after}"))
}

/// Every start tag. What a browser would read as text in some states is read as tags here:
/// style and script, the only elements that may hold such text, have to be cut out before.
fn tags(markup: &str) -> Vec<StartTag<()>> {
    let mut tags = Vec::new();
    for Ok(token) in Tokenizer::new(markup) {
        match token {
            Token::StartTag(tag) => tags.push(tag),
            Token::Error(error) => panic!("not well formed: {:?}", error.value),
            Token::Comment(comment) => panic!("a comment: {:?}", *comment),
            Token::EndTag(_) | Token::String(_) | Token::Doctype(_) => {}
        }
    }
    tags
}

fn inert(tags: &[StartTag<()>]) {
    const NEVER: [&[u8]; 17] = [
        b"script",
        b"style",
        b"img",
        b"image",
        b"iframe",
        b"object",
        b"embed",
        b"link",
        b"base",
        b"form",
        b"foreignobject",
        b"animate",
        b"set",
        b"audio",
        b"video",
        b"template",
        b"math",
    ];
    for tag in tags {
        assert!(!NEVER.contains(&&tag.name[..]), "{tag:?}");
        for (name, value) in &tag.attributes {
            let (name, value) =
                (String::from_utf8_lossy(name), String::from_utf8_lossy(value));
            assert!(!name.starts_with("on") && name != "style", "{name}={value}");
            assert!(
                !["src", "srcset", "action", "formaction"].contains(&&*name),
                "{name}"
            );
            if name.ends_with("href") {
                assert!(value.starts_with('#'), "{name}={value}");
            }
        }
    }
}

fn steers(character: char) -> bool {
    let turns = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (character.is_control() && character != '\n')
}

#[test]
fn a_hostile_text_is_nothing_but_text_in_the_report() {
    for (name, language, paper) in [
        ("en", "en", "a4"),
        ("hans", "zh-Hans", "slides"),
        ("hant", "zh-Hant", "a4"),
        ("all", "zh-Hans,en,zh-Hant", "slides"),
    ] {
        let html = report(name, language, paper);
        let (style, rest) = cut(&html, "style");
        let (script, rest) = cut(&rest, "script");
        let tags = tags(&rest);
        assert!(tags.len() > 500, "{}", tags.len());
        inert(&tags);
        assert!(!html.contains(steers), "{language}");
        assert!(html.contains("&lt;script&gt;window.hostile"), "the names are shown");
        // The names stand in the script nowhere, and in the style as a string of numbers.
        assert!(!script.contains("hostile"));
        assert!(style.contains("\\3c script\\3e window\\2e hostile\\3d 1"));
        assert!(!style.contains("hostile=") && !style.contains("@import"));
        assert_eq!(style.matches('{').count(), style.matches('}').count());
    }
}

#[test]
fn a_hostile_text_changes_neither_the_script_nor_what_the_policy_allows() {
    let html = report("policy", "en", "a4");
    let (script, _) = cut(&html, "script");
    let own = run("own", &["report", "journey.yaml", "--target", "60", "-o", "-"]);
    assert_eq!(cut(&own, "script").0, script);
    let policy = html.split("Content-Security-Policy\" content=\"").nth(1).unwrap();
    let policy = policy.split('"').next().unwrap();
    assert!(policy.starts_with("default-src "), "{policy}");
    assert_eq!(policy.matches("sha256-").count(), 2);
    assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
}

#[test]
fn a_hostile_text_is_nothing_but_text_in_a_picture() {
    for view in ["map", "graph"] {
        let svg = run(view, &["draw", "journey.yaml", "--view", view, "-o", "-"]);
        let (style, rest) = cut(&svg, "style");
        let tags = tags(&rest);
        assert!(tags.len() > 50);
        inert(&tags);
        assert!(!svg.contains(steers) && !style.contains("hostile"));
    }
}

#[test]
fn a_terminal_is_no_more_obedient() {
    let folder = folder("terminal");
    let output = touchmap(&folder, &["report", "journey.yaml", "-o", "report.html"]);
    let said = text(&output.stderr);
    assert!(said.contains("hostile") && !said.contains(steers), "{said:?}");
}
