//! The register of clauses.

use law::{DataSource, Law, Status};
use std::{fs, path::Path};

/// Every Rust source and every story of the workspace, in one text.
fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("node_modules") {
            sources(&path, text);
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "mjs") {
            text.push_str(&fs::read_to_string(&path).unwrap_or_default());
        }
    }
}

#[test]
fn every_clause_that_is_done_names_a_test_that_exists() {
    let law = Law::load(&DataSource::Embedded).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut code = String::new();
    for room in ["crates", "app", "e2e"] {
        sources(&root.join(room), &mut code);
    }

    for clause in law.clauses.all.iter().filter(|clause| clause.status == Status::Done) {
        assert!(!clause.tests.is_empty(), "{} is done but names no test", clause.id);
        for test in clause.tests.iter().filter(|test| !test.starts_with("page:")) {
            let written = code.contains(&format!("fn {test}(")) || code.contains(&format!("'{test}': async office"));
            assert!(written, "{}: no test is called {test}", clause.id);
        }
    }
}

#[test]
fn coverage_adds_up_to_all_clauses() {
    let law = Law::load(&DataSource::Embedded).unwrap();

    let all = law.clauses.coverage(None);
    println!("clauses: {} done, {} open, {} outside", all.done, all.open, all.outside);
    assert_eq!(all.open + all.done + all.outside, 391);
    let each = law.regulations.iter().map(|regulation| law.clauses.coverage(Some(regulation.code())));
    assert_eq!(each.map(|part| part.open + part.done + part.outside).sum::<usize>(), 391);
}

#[test]
fn an_article_means_all_clauses_below_it_and_no_neighbour() {
    let law = Law::load(&DataSource::Embedded).unwrap();

    assert!(law.article("YB-7").all(|clause| clause.id.starts_with("YB-7.")));
    assert!(law.article("YB-7").count() > 1);
    assert_eq!(law.article("YB-1").count(), 1);
    assert_eq!(law.clause("YB-12.2").unwrap().article, "Điều 12 khoản 2");
}
