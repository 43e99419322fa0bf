//! What the page says of the flow itself.

use touchmap::report::render;

use super::support::{Case, example, options};

fn flow(case: &Case, tag: &str) -> String {
    let html = render(&case.journey, &case.analysis, &options(tag)).unwrap();
    let section = html.split_once("<section class=\"s s-flow\"").unwrap().1;
    section.split_once("</section>").unwrap().0.to_owned()
}

/// Shares as the map states them: 0.14 of the visits to 5.2 go round, 0.4 of those to 9.2 lead
/// back; the way most taken exactly so is 0.72 · 0.96 · 0.84 · 0.94 · 0.23 = 0.126 of customers.
#[test]
fn the_flow_tells_what_the_map_says_of_it() {
    let page = flow(&example(), "en");
    for line in [
        "100% of customers complete the journey.",
        "No complete journey avoids 1.2 Sales-centre reception, 2.1 Contract explanation.",
        "14% of visits to 5.2 Repair completed on time go through it again.",
        "40% of visits to 9.2 Complaint resolution lead back to 5.1 Reporting a defect.",
        "(13% of them) has 6 touchpoints",
        "lowest 2.3 Progress updates",
    ] {
        assert!(page.contains(line), "{line}");
    }
}

/// The widest of the drops that the analysis calls relevant comes first.
#[test]
fn drops_where_the_owner_changes_are_named_with_their_interval() {
    let case = example();
    let all = &case.analysis.graph.hand_off_scores;
    let drops = all.iter().filter(|it| it.relevant && it.difference.unwrap() < 0.0);
    let widest = drops
        .clone()
        .min_by(|one, other| {
            one.difference.unwrap().total_cmp(&other.difference.unwrap())
        })
        .unwrap();
    let page = flow(&case, "en");
    let tested = all.iter().filter(|it| it.q.is_some()).count();
    let found = format!(
        "At {} of {tested} tested hand-offs the score drops beyond chance",
        drops.count()
    );
    assert!(page.contains(&found), "{found}");
    let name = |id: &str| {
        let touchpoint = case.journey.touchpoint(case.journey.find(id).unwrap());
        touchpoint.code.clone()
    };
    let from = page.find(&format!("from {} ", name(&widest.from)));
    assert!(from.is_some(), "{widest:?} is not named");
}

#[test]
fn a_map_without_a_flow_tells_nothing_of_one() {
    let mut case = example();
    case.journey.flow.declared = false;
    assert!(!flow(&case, "en").contains("<div class=\"ways\">"));
    assert!(flow(&example(), "zh-Hant").contains("<div class=\"ways\">"));
}
