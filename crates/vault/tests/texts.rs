//! Every SQL text that stands in a constant of the vault is understood by both databases.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

mod site;

use site::{Site, on_both};
use std::{fs, path::Path};

on_both! { every_text_of_the_vault_is_understood }

/// Texts below which the search must have missed some.
const AT_LEAST: usize = 45;
/// Words with which a text begins.
const BEGINNINGS: &[&str] = &["SELECT ", "WITH ", "INSERT ", "UPDATE ", "DELETE "];
/// Files about one of the databases alone.
const OF_ONE: &[&str] = &["dialect.rs", "postgres.rs", "sqlite.rs"];

/// The string literals of a source's constants.
fn constants(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for statement in source.split("const ").skip(1) {
        let mut rest = statement;
        while let Some(open) = rest.find(['"', ';']).filter(|place| rest[*place..].starts_with('"')) {
            let Some(length) = rest[open + 1..].find('"') else { break };
            found.push(rest[open + 1..open + 1 + length].to_owned());
            rest = &rest[open + 2 + length..];
        }
    }
    found
}

async fn every_text_of_the_vault_is_understood(site: &Site) {
    let mut prepared = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap() {
        let path = entry.unwrap().path();
        if OF_ONE.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        for sql in constants(&fs::read_to_string(&path).unwrap()) {
            let beginning = BEGINNINGS.iter().any(|word| sql.trim_start().starts_with(word));
            // The index of names is a table of SQLite only.
            if !beginning || (sql.contains("name_search") && !site.url.starts_with("sqlite:")) {
                continue;
            }
            // Where the name of a table is put behind a text, any table serves.
            let whole = if sql.ends_with("FROM ") { format!("{sql}s_identity") } else { sql.clone() };
            let outcome = match sql.contains('{') {
                true => site.db.prepares(&whole).await,
                false => site.db.prepares_as_it_stands(&whole).await,
            };
            assert!(outcome.is_ok(), "{}: {sql}\n{outcome:?}", path.display());
            prepared += 1;
        }
    }
    assert!(prepared >= AT_LEAST, "only {prepared} texts were found");
}
