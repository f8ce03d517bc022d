//! Fields of a province's own as columns: chosen like any other, read only when they are shown.
//!
//! The roster does not know them. A page or a part of an export reads them from the sections of its dossiers, one text for
//! each section, so a list without such a column costs nothing more. Lists are neither sorted nor narrowed by them.

use super::Scope;
use crate::{
    App,
    dossiers::{self, OwnField, from_json, value},
    error::Result,
};
use law::{Kind, Sensitivity};
use serde_json::Value as Json;
use std::collections::HashMap;
use vault::{Read, Value};

/// Parts of the key of such a column.
const MARK: &str = "rieng.";
/// Dossiers asked for at once.
const TOGETHER: usize = 500;

/// One column.
#[derive(Clone, Debug)]
pub struct OwnColumn {
    /// As the chosen columns name it.
    pub key: String,
    /// Its heading.
    pub label: String,
    own: OwnField,
}

impl OwnColumn {
    /// Whether its figures stand at the right.
    pub fn is_figure(&self) -> bool {
        matches!(self.own.field.kind, Kind::Int | Kind::Decimal)
    }

    /// Whether it holds whole days.
    pub fn is_day(&self) -> bool {
        self.own.field.kind == Kind::Date
    }

    /// Whether it holds hundredths.
    pub fn is_decimal(&self) -> bool {
        self.own.field.kind == Kind::Decimal
    }

    /// What people read.
    pub fn words(&self, app: &App, value: &Value) -> String {
        let Some(section) = app.law.section(&self.own.section) else { return String::new() };
        value::show(self.own.spot(&app.law, section), value)
    }
}

/// The own fields that may be shown: of sections that a dossier has once, never secrets.
pub async fn columns(app: &App, from: &mut impl Read, scope: &Scope) -> Result<Vec<OwnColumn>> {
    let own = dossiers::own_fields(from).await?;
    let shown = own.into_iter().filter(|own| {
        let once = app.law.section(&own.section).is_some_and(|section| section.is_single());
        once && match own.field.sensitivity {
            Sensitivity::PublicInUnit => true,
            Sensitivity::Personal => scope.is_personal(),
            Sensitivity::Secret => false,
        }
    });
    let column =
        |own: OwnField| OwnColumn { key: format!("{MARK}{}.{}", own.section, own.field.key), label: own.field.label_vi.clone(), own };
    Ok(shown.map(column).collect())
}

/// Whether a key may name such a column.
pub(super) fn is_key(key: &str) -> bool {
    key.starts_with(MARK) && key.len() < 200
}

/// What these dossiers hold in these columns, in their order.
pub async fn values(app: &App, from: &mut impl Read, columns: &[OwnColumn], dossiers: &[i64]) -> Result<HashMap<i64, Vec<Value>>> {
    let mut found: HashMap<i64, Vec<Value>> = dossiers.iter().map(|id| (*id, vec![Value::Null; columns.len()])).collect();
    let mut sections: Vec<&str> = columns.iter().map(|column| column.own.section.as_str()).collect();
    sections.sort_unstable();
    sections.dedup();
    for section in sections.into_iter().filter_map(|key| app.law.section(key)) {
        let table = section.table();
        for some in dossiers.chunks(TOGETHER) {
            let marks = (1..=some.len()).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ");
            let sql = format!(
                "SELECT t.dossier_id, t.own_fields FROM {{{table}}} t WHERE t.dossier_id IN ({marks}) AND t.own_fields IS NOT NULL"
            );
            let args: Vec<Value> = some.iter().map(|id| (*id).into()).collect();
            for row in from.rows(&sql, &args).await? {
                let Some(Json::Object(held)) = row.get::<Option<Json>>("own_fields")? else { continue };
                let Some(values) = found.get_mut(&row.int("dossier_id")?) else { continue };
                let of_section = columns.iter().zip(values.iter_mut()).filter(|(column, _)| column.own.section == section.key);
                for (column, value) in of_section {
                    *value = held.get(&column.own.field.key).map_or(Value::Null, |json| from_json(column.own.field.kind, json));
                }
            }
        }
    }
    Ok(found)
}
