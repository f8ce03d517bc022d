//! Prints the migrations that follow from the field catalogue: `sections` or `roster`.
//!
//! What is printed is reviewed and committed; a migration that has run somewhere is never printed anew.
#![allow(clippy::print_stdout)]

use law::{DataSource, Derive, Kind, Law, RosterKind};

fn main() -> Result<(), law::Faults> {
    let law = Law::load(&DataSource::Embedded)?;
    match std::env::args().nth(1).as_deref() {
        Some("roster") => print!("{}", roster(&law)),
        _ => print!("{}", sections(&law)),
    }
    Ok(())
}

fn sections(law: &Law) -> String {
    let mut out = String::new();
    for section in &law.sections {
        let table = section.table();
        out += &format!("CREATE TABLE {table} (\n    id {{ID}} PRIMARY KEY,\n    version {{INT}} NOT NULL,\n");
        let unique = if section.is_single() { " UNIQUE" } else { "" };
        out += &format!("    dossier_id {{ID}} NOT NULL{unique} REFERENCES dossiers (id),\n    ordinal {{INT}} NOT NULL,\n");
        out += "    recorded_at {INSTANT} NOT NULL,\n    own_fields {JSON}";
        for column in section.columns() {
            out += &format!(",\n    {} {}", column.name, word(column.kind));
        }
        out += "\n) {STRICT};\n";
        if !section.is_single() {
            out += &format!("CREATE INDEX {table}_of_dossier ON {table} (dossier_id);\n");
        }
        out += "\n";
    }
    out.trim_end().to_owned() + "\n"
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Enum | Kind::Address | Kind::Decision => "TEXT",
        Kind::PartialDate => "{KEY}",
        Kind::Date => "{DATE}",
        Kind::Int | Kind::Decimal | Kind::File => "{INT}",
        Kind::Bool => "{BOOL}",
    }
}

fn roster(law: &Law) -> String {
    let mut out = "CREATE TABLE roster (\n    dossier_id {ID} PRIMARY KEY REFERENCES dossiers (id),\n    unit_id {ID} NOT NULL REFERENCES units (id),\n    unit_path {KEY} NOT NULL,\n    state {KEY} NOT NULL".to_owned();
    for column in &law.roster {
        let word = match (column.derive, column.kind) {
            (Some(Derive::ChangedAt), _) => "{INSTANT}",
            (_, RosterKind::Text | RosterKind::Key | RosterKind::Code) => "{KEY}",
            (_, RosterKind::Date) => "{DATE}",
            (_, RosterKind::Int | RosterKind::Decimal) => "{INT}",
            (_, RosterKind::Bool) => "{BOOL}",
        };
        out += &format!(",\n    {} {word}", column.key);
    }
    out += "\n) {STRICT};\n";
    for column in law.roster.iter().filter(|column| column.sortable && column.key != "sort_name") {
        out += &format!("CREATE INDEX roster_by_{0} ON roster ({0}, dossier_id);\n", column.key);
    }
    // A walk in the order of names tests a part of a name, the state and the area without looking at the rows.
    out += "CREATE INDEX roster_by_sort_name ON roster (sort_name, dossier_id, folded_name, state, unit_path);\n";
    out += "CREATE INDEX roster_by_unit ON roster (unit_path, sort_name, dossier_id, folded_name, state);\n";
    out += "CREATE INDEX roster_of_unit ON roster (unit_id);\n";
    out += "CREATE INDEX roster_by_folded_name ON roster (folded_name, born_on);\n";
    out += "CREATE INDEX roster_by_social_insurance_number ON roster (social_insurance_number);\n";
    out += "CREATE UNIQUE INDEX roster_one_active ON roster (personal_id_number) WHERE state = 'active';\n";
    out
}
