//! The gate as a `JUnit` report, which every build server reads.

use std::fmt::Write as _;

use crate::exchange::escaped;

use super::record::{GateRecord, Outcome};

/// One suite, one test for each rule; a rule that cannot be told is an error of the test.
#[must_use]
pub fn junit(gate: &GateRecord) -> String {
    let count =
        |outcome: Outcome| gate.rules.iter().filter(|it| it.outcome == outcome).count();
    let counts = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"0\"",
        gate.rules.len(),
        count(Outcome::Failed),
        count(Outcome::Unknown)
    );
    let suite = escaped(&format!("{}, wave {}", gate.journey, gate.wave));
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"touchmap gate\" {counts}>\n  \
         <testsuite name=\"{suite}\" {counts}>\n"
    );
    let class = escaped(&format!("touchmap.{}", gate.journey));
    for rule in &gate.rules {
        let name = escaped(&rule.rule);
        let said = escaped(&rule.in_a_line());
        let element = match rule.outcome {
            Outcome::Passed => {
                let _ = writeln!(
                    text,
                    "    <testcase classname=\"{class}\" name=\"{name}\"><system-out>{said}</system-out></testcase>"
                );
                continue;
            }
            Outcome::Failed => "failure",
            Outcome::Unknown => "error",
        };
        let kind = match rule.outcome {
            Outcome::Failed => "does_not_hold",
            _ => "cannot_be_told",
        };
        let _ = writeln!(
            text,
            "    <testcase classname=\"{class}\" name=\"{name}\">\n      <{element} \
             type=\"{kind}\" message=\"{said}\"/>\n    </testcase>"
        );
    }
    text + "  </testsuite>\n</testsuites>\n"
}
