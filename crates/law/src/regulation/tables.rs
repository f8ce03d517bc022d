//! Every table of a regulation with its basis, by the key a person would look for.

use super::{Based, Basis, Regulation};

impl Regulation {
    /// Every table and its basis: `backup`, `deadline.new_record`, `workflow.approval.step.1` …
    pub fn tables(&self) -> Vec<(String, Basis<'_>)> {
        let mut tables: Vec<(String, Basis<'_>)> = Vec::new();
        let singles: [(&str, &dyn Based); 16] = [
            ("identity", &self.identity),
            ("model", &self.model),
            ("counting", &self.counting),
            ("uniqueness", &self.uniqueness),
            ("identifier", &self.identifier),
            ("consent", &self.consent),
            ("approval_window", &self.approval_window),
            ("backup", &self.backup),
            ("snapshot", &self.snapshot),
            ("retention", &self.retention),
            ("deletion", &self.deletion),
            ("sharing", &self.sharing),
            ("outage", &self.outage),
            ("fees", &self.fees),
            ("ranking", &self.ranking),
            ("legal_value", &self.legal_value),
        ];
        tables.extend(singles.map(|(key, table)| (key.to_owned(), table.basis())));
        tables.extend(named("level", &self.levels, |row| &row.code));
        tables.extend(named("template", &self.templates, |row| &row.code));
        tables.extend(named("subject", &self.subjects, |row| &row.code));
        tables.extend(named("deadline", &self.deadlines, |row| &row.id));
        tables.extend(named("role", &self.roles, |row| &row.code));
        tables.extend(named("account_rule", &self.account_rules, |row| &row.code));
        tables.extend(named("workflow", &self.workflows, |row| &row.code));
        tables.extend(named("decision_type", &self.decision_types, |row| &row.code));
        tables.extend(named("attachment", &self.attachments, |row| &row.decision_type));
        tables.extend(named("report", &self.reports, |row| &row.code));
        tables.extend(named("gate", &self.gates, |row| &row.code));
        tables.extend(named("alert", &self.alerts, |row| &row.code));
        tables.extend(named("integration", &self.integrations, |row| &row.code));
        tables.extend(self.notes.iter().zip(1..).map(|(note, place)| (format!("note.{place}"), note.basis())));
        for workflow in &self.workflows {
            let key = |order: u8| format!("workflow.{}.step.{order}", workflow.code);
            tables.extend(workflow.steps.iter().map(|step| (key(step.order), step.basis())));
        }
        tables
    }
}

fn named<'a, T: Based>(table: &str, rows: &'a [T], name: impl Fn(&'a T) -> &'a String) -> Vec<(String, Basis<'a>)> {
    rows.iter().map(|row| (format!("{table}.{}", name(row)), row.basis())).collect()
}
