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

    /// Every role, body or person that is given something to do, and the table that does so.
    pub fn actors<'a>(&'a self) -> Vec<(String, &'a str)> {
        let mut actors: Vec<(String, &'a str)> =
            vec![("model".to_owned(), &self.model.top), ("snapshot".to_owned(), &self.snapshot.performed_by)];
        let mut give = |key: String, names: &mut dyn Iterator<Item = &'a String>| {
            actors.extend(names.filter(|name| !name.is_empty()).map(|name| (key.clone(), name.as_str())));
        };
        for row in &self.deadlines {
            give(format!("deadline.{}", row.id), &mut std::iter::once(&row.responsible).chain(&row.entered_by));
        }
        for row in &self.workflows {
            give(format!("workflow.{}", row.code), &mut row.steps.iter().map(|step| &step.actor));
        }
        for row in &self.alerts {
            give(format!("alert.{}", row.code), &mut row.recipients.iter());
        }
        for row in &self.account_rules {
            let others = row.notify.iter().chain(&row.also_by);
            give(format!("account_rule.{}", row.code), &mut row.granted_by.iter().chain(&row.chain).chain(others));
        }
        for row in &self.roles {
            give(format!("role.{}", row.code), &mut row.holders.iter());
        }
        for row in &self.reports {
            give(format!("report.{}", row.code), &mut [&row.from, &row.via].into_iter().chain(&row.to));
        }
        for row in &self.levels {
            give(format!("level.{}", row.code), &mut row.members.iter().chain(&row.delegate));
        }
        actors
    }
}

fn named<'a, T: Based>(table: &str, rows: &'a [T], name: impl Fn(&'a T) -> &'a String) -> Vec<(String, Basis<'a>)> {
    rows.iter().map(|row| (format!("{table}.{}", name(row)), row.basis())).collect()
}
