//! Opening dossiers, one or thousands: the dossier, its section rows, its roster row and one entry each.

use crate::{
    Change, Error, Result, Value,
    audit::Entry,
    roster::{Facts, Part},
    sqlite::Ask,
};
use serde_json::{Map, Value as Json, json};
use std::{collections::HashMap, sync::Arc};

/// A dossier to be opened.
#[derive(Clone, Debug, Default)]
pub struct NewDossier {
    /// The unit that manages it.
    pub unit_id: i64,
    /// Key of the form by which its completeness is measured.
    pub form: String,
    /// Section key and the columns of one row; a list section may come several times.
    pub sections: Vec<(String, Vec<(String, Value)>)>,
}

const DOSSIER: &str = "
    INSERT INTO dossiers (id, version, unit_id, unit_path, form, state, opened_at, changed_at, missing)
    VALUES ($1, 1, $2, $3, $6, 'active', $4, $4, $5)";
const UNIT: &str = "SELECT path, name FROM units WHERE id = $1";
/// Dossiers sent to the database together.
const TOGETHER: usize = 50;

impl Change {
    /// Opens one dossier with these section rows and gives its id.
    pub async fn open_dossier(&mut self, unit_id: i64, form: &str, sections: Vec<(String, Vec<(String, Value)>)>) -> Result<i64> {
        let opened = self.open_dossiers(vec![NewDossier { unit_id, form: form.to_owned(), sections }]).await?;
        opened.first().copied().ok_or(Error::NotFound)
    }

    /// Opens many dossiers at once, in order; one entry on the record for each.
    pub async fn open_dossiers(&mut self, dossiers: Vec<NewDossier>) -> Result<Vec<i64>> {
        let done = self.open_all(dossiers).await;
        self.keep(done)
    }

    /// A dossier without sections, as [`Change::insert`] opens it.
    pub(crate) async fn add_dossier(&mut self, id: i64, set: &[(&str, Value)]) -> Result<()> {
        let (unit_id, form) = match set {
            [("unit_id", Value::Int(unit_id)), ("form", Value::Text(form))] => (*unit_id, form.clone()),
            _ => return Err(Error::Column("dossiers: unit_id and form".into())),
        };
        let mut texts = Texts::default();
        let asks = self.opening(id, NewDossier { unit_id, form, sections: Vec::new() }, &mut texts).await?;
        self.many(asks).await.map(|_| ())
    }

    async fn open_all(&mut self, dossiers: Vec<NewDossier>) -> Result<Vec<i64>> {
        if self.basis.is_none() {
            return Err(Error::NoBasis("dossiers".into()));
        }
        let mut opened = Vec::with_capacity(dossiers.len());
        let (mut texts, mut asks) = (Texts::default(), Vec::new());
        for dossier in dossiers {
            let id = self.db().new_id();
            asks.extend(self.opening(id, dossier, &mut texts).await?);
            opened.push(id);
            if opened.len() % TOGETHER == 0 {
                self.many(std::mem::take(&mut asks)).await?;
                self.flush_much().await?;
            }
        }
        if !asks.is_empty() {
            self.many(asks).await?;
        }
        Ok(opened)
    }

    /// Everything to be written for one new dossier.
    async fn opening(&mut self, id: i64, dossier: NewDossier, texts: &mut Texts) -> Result<Vec<Ask>> {
        let db = self.db().clone();
        let (path, unit_name) = self.unit(dossier.unit_id).await?;
        if !self.home.holds_unit(&path) {
            return Err(Error::NotFound);
        }
        let now = Value::from(db.instant());
        let mut asks: Vec<Ask> = Vec::with_capacity(dossier.sections.len() + 3);
        let mut diff = Map::new();
        let mut ordinals: HashMap<&str, i64> = HashMap::new();
        for (key, set) in &dossier.sections {
            let name = format!("s_{key}");
            let table = db.schema().table(&name)?;
            let ordinal = ordinals.entry(key.as_str()).and_modify(|last| *last += 1).or_insert(1);
            let mut args = vec![db.new_id().into(), id.into(), (*ordinal).into(), now.clone()];
            let mut row = Map::new();
            for (column, value) in set {
                let value = table.fitted(column, value)?;
                if let "id" | "version" | "dossier_id" | "ordinal" | "recorded_at" = column.as_str() {
                    return Err(Error::Column(format!("{name}.{column}")));
                }
                if value != Value::Null {
                    row.insert(column.clone(), json!([null, value.to_json()]));
                }
                args.push(value);
            }
            asks.push((texts.insert(&name, set), args));
            let rows = diff.entry(key.clone()).or_insert_with(|| Json::Array(Vec::new()));
            if let Json::Array(rows) = rows {
                rows.push(Json::Object(row));
            }
        }
        let (missing, fill) = self.first_facts(&dossier);
        let complete = db.inner.plan.completeness(&dossier.form, &missing);
        let missing = Value::Json(Json::Object(missing));
        asks.insert(
            0,
            (
                DOSSIER.into(),
                vec![id.into(), dossier.unit_id.into(), path.as_str().into(), now.clone(), missing, dossier.form.as_str().into()],
            ),
        );

        let mut roster: Vec<(&str, Value)> = vec![
            ("dossier_id", id.into()),
            ("unit_id", dossier.unit_id.into()),
            ("unit_path", path.as_str().into()),
            ("state", "active".into()),
        ];
        let plan = &db.inner.plan;
        roster.extend(plan.unit_name.as_deref().map(|column| (column, unit_name.as_str().into())));
        roster.extend(plan.completeness.as_deref().map(|column| (column, complete.into())));
        roster.extend(plan.changed_at.as_deref().map(|column| (column, now.clone())));
        roster.extend(fill.iter().map(|(column, value)| (column.as_str(), value.clone())));
        let text = texts.roster(&roster);
        asks.push((text, roster.into_iter().map(|(_, value)| value).collect()));

        diff.insert("unit_id".into(), json!([null, dossier.unit_id]));
        let basis = self.basis.as_ref().map(crate::Basis::words);
        let diff = Json::Object(diff).to_string();
        self.entries.push(Entry { act: self.act.to_owned(), table: "dossiers".into(), row_id: id, dossier_id: Some(id), basis, diff });
        self.undo("dossiers", id, Some(id), 0, 1);
        Ok(asks)
    }

    /// What is missing and what the roster shows, from the rows given.
    fn first_facts(&self, dossier: &NewDossier) -> (Map<String, Json>, Vec<(String, Value)>) {
        let (mut missing, mut fill) = (Map::new(), Vec::new());
        for part in self.db().inner.plan.sections.iter().filter(|part| !part.is_idle()) {
            let given = dossier.sections.iter().filter(|(key, _)| *key == part.key);
            let rows: Vec<Facts<'_>> =
                given.map(|(_, set)| set.iter().map(|(column, value)| (column.as_str(), value.clone())).collect()).collect();
            if let Some(gaps) = Part::gaps(part, &rows) {
                missing.insert(part.key.clone(), gaps);
            }
            fill.extend(part.fill(&rows).into_iter().map(|(column, value)| (column.to_owned(), value)));
        }
        (missing, fill)
    }

    /// Path and name of a unit, asked once in a change.
    pub(crate) async fn unit(&mut self, unit_id: i64) -> Result<(String, String)> {
        if let Some(known) = self.unit_paths.get(&unit_id) {
            return Ok(known.clone());
        }
        let found = self.query(UNIT, &[unit_id.into()]).await?;
        let unit = found.first().ok_or(Error::NotFound)?;
        let known = (unit.text("path")?, unit.text("name")?);
        self.unit_paths.insert(unit_id, known.clone());
        Ok(known)
    }
}

/// Insert statements by table and columns, so that one shape is one text.
#[derive(Default)]
struct Texts(HashMap<String, Arc<str>>);

impl Texts {
    fn insert(&mut self, table: &str, set: &[(String, Value)]) -> Arc<str> {
        let names: String = set.iter().map(|(column, _)| format!(", {column}")).collect();
        let text = self.0.entry(format!("{table}{names}")).or_insert_with(|| {
            let marks: String = (5..).zip(set).map(|(number, _)| format!(", ${number}")).collect();
            format!("INSERT INTO {table} (id, version, dossier_id, ordinal, recorded_at{names}) VALUES ($1, 1, $2, $3, $4{marks})").into()
        });
        text.clone()
    }

    fn roster(&mut self, row: &[(&str, Value)]) -> Arc<str> {
        let text = self.0.entry("roster".to_owned()).or_insert_with(|| {
            let names: Vec<&str> = row.iter().map(|(column, _)| *column).collect();
            let marks: Vec<String> = (1..).zip(row).map(|(number, _)| format!("${number}")).collect();
            format!("INSERT INTO roster ({}) VALUES ({})", names.join(", "), marks.join(", ")).into()
        });
        text.clone()
    }
}
