//! Every SQL text that stands in a constant is understood by the database, whether a test happens to run it or not.

use super::{architecture::app_sources, site::Site};
use std::fs;

/// Texts below which the search must have missed some.
const AT_LEAST: usize = 50;

/// The string literals of a source's constants, escapes as written.
fn constants(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for statement in source.split("const ").skip(1) {
        let mut rest = statement;
        // A constant ends at the first semicolon outside of its literals.
        while let Some(open) = rest.find(['"', ';']).filter(|place| rest[*place..].starts_with('"')) {
            let Some(length) = rest[open + 1..].find('"') else { break };
            found.push(rest[open + 1..open + 1 + length].to_owned());
            rest = &rest[open + 2 + length..];
        }
    }
    found
}

#[tokio::test]
async fn every_text_of_the_application_is_understood_by_the_database() {
    let site = Site::yen_bai().await;
    let mut prepared = 0;
    for path in app_sources().iter().filter(|path| !path.to_string_lossy().contains("tests")) {
        let text = fs::read_to_string(path).unwrap();
        for sql in constants(&text).into_iter().filter(|sql| ["SELECT ", "WITH "].iter().any(|word| sql.trim_start().starts_with(word))) {
            let outcome = site.app.db.prepares(&sql).await;
            assert!(outcome.is_ok(), "{}: {sql}\n{outcome:?}", path.display());
            prepared += 1;
        }
    }
    assert!(prepared >= AT_LEAST, "only {prepared} texts were found");
}

#[test]
fn a_constant_ends_at_its_semicolon() {
    let source = "const A: &str = \"SELECT 1; \";\nlet b = \"SELECT 2\";\nconst C: &[&str] = &[\"x\", \"y\"];";
    assert_eq!(constants(source), ["SELECT 1; ", "x", "y"]);
}
