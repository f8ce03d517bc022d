//! The rooms of ARCHITECTURE.md: who may use whom, and how long a file may be.

use std::{
    fs,
    path::{Path, PathBuf},
};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The frame may be used by every slice and uses none of them but to list them.
const FRAME: &[&str] = &["access", "assets", "cli", "config", "error", "form", "page", "routes", "server", "tests", "main", "memory"];
/// Slices in rows; a slice uses only rows above its own.
const ROWS: &[&[&str]] = &[
    &["units", "accounts", "catalogues", "obligations"],
    &["dossiers"],
    &["movements"],
    &["decisions"],
    &[
        "quotas",
        "transfers",
        "declarations",
        "salaries",
        "careers",
        "retirements",
        "reorganisations",
        "consents",
        "discrepancies",
        "reviews",
    ],
    &["search", "statistics", "reports", "reminders", "history", "home", "regulations", "guide"],
    &["imports", "exports", "backups", "demo", "prints"],
    &["administration"],
];
/// The longest file, and how many may pass the first mark.
const WALL: usize = 500;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        if entry.is_dir() && name != "target" && name != "fuzz" {
            sources(&entry, found);
        } else if name.ends_with(".rs") {
            found.push(entry);
        }
    }
}

fn all_sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    ["app/src", "crates"].iter().for_each(|folder| sources(&Path::new(ROOT).join(folder), &mut found));
    found
}

/// The sources of the application.
pub(super) fn app_sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    sources(&Path::new(ROOT).join("app/src"), &mut found);
    found
}

fn row(slice: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&slice))
}

#[test]
fn slices_lean_only_on_rows_above_them() {
    let app = Path::new(ROOT).join("app/src");
    for path in all_sources().iter().filter(|path| path.starts_with(&app)) {
        let inside = path.strip_prefix(&app).unwrap().to_string_lossy().into_owned();
        let slice = inside.split(['/', '.']).next().unwrap().to_owned();
        if FRAME.contains(&slice.as_str()) {
            continue;
        }
        let own = row(&slice).unwrap_or_else(|| panic!("{slice} stands in no row of the house"));
        let text = fs::read_to_string(path).unwrap();
        let used =
            text.split("crate::").skip(1).map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap().to_owned());
        for used in used.filter(|used| *used != slice) {
            let above = row(&used).is_none_or(|other| other < own);
            assert!(above, "{inside} uses {used}, which stands beside or below it");
        }
    }
}

#[test]
fn no_file_passes_the_wall() {
    for path in all_sources() {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= WALL, "{} has {lines} lines", path.display());
    }
}

#[test]
fn the_application_has_no_database_driver() {
    let manifest = fs::read_to_string(Path::new(ROOT).join("app/Cargo.toml")).unwrap();
    for driver in ["rusqlite", "postgres", "sqlx", "diesel", "refinery"] {
        assert!(!manifest.contains(driver), "app depends on {driver}");
    }
}

#[test]
fn no_page_has_inline_script_or_style() {
    let mut pages = Vec::new();
    collect(&Path::new(ROOT).join("app/templates"), &mut pages);
    assert!(!pages.is_empty());
    for path in pages {
        let text = fs::read_to_string(&path).unwrap();
        for forbidden in ["<script>", "<style", " style=\"", " onclick=", " onchange=", "http://", "https://"] {
            assert!(!text.contains(forbidden), "{} has {forbidden}", path.display());
        }
    }
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() { collect(&entry, found) } else { found.push(entry) }
    }
}

/// Columns every section table has beside those of its fields.
const COMMON: &[&str] = &["id {ID}", "version {INT}", "dossier_id {ID}", "ordinal {INT}", "recorded_at {INSTANT}", "own_fields {JSON}"];

/// The type word of the migrations for a kind of field.
fn type_word(kind: law::Kind) -> &'static str {
    match kind {
        law::Kind::Text | law::Kind::Enum => "TEXT",
        law::Kind::PartialDate => "{KEY}",
        law::Kind::Date => "{DATE}",
        law::Kind::Int | law::Kind::Decimal | law::Kind::File => "{INT}",
        law::Kind::Bool => "{BOOL}",
        law::Kind::Address | law::Kind::Decision => panic!("a column holds one part of it"),
    }
}

#[test]
fn every_section_table_has_exactly_the_columns_of_the_field_catalogue() {
    let law = law::Law::load(&law::DataSource::Embedded).unwrap();
    let text = fs::read_to_string(Path::new(ROOT).join("migrations/V4__sections.sql")).unwrap();
    assert_eq!(text.matches("CREATE TABLE ").count(), law.sections.len());
    for section in &law.sections {
        let head = format!("CREATE TABLE {} (\n", section.table());
        let body = text.split_once(&head).unwrap_or_else(|| panic!("{} has no table", section.key)).1.split_once("\n)").unwrap().0;
        let written: Vec<String> = body.lines().map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")).collect();
        let written: Vec<&str> = written.iter().map(|column| column.trim_end_matches(',')).collect();
        let fields: Vec<String> = section.columns().iter().map(|column| format!("{} {}", column.name, type_word(column.kind))).collect();
        let wanted: Vec<&str> = COMMON.iter().copied().chain(fields.iter().map(String::as_str)).collect();
        assert_eq!(written, wanted, "{}", section.key);
    }
}
