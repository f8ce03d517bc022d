//! What an account likes to see: its columns, and lists it keeps under a name.

use super::{Column, Lists, OwnColumn, Scope, own};
use crate::{App, access::Visitor, error::Result};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use vault::Read;

const SOME: &str = "SELECT p.id, p.version, p.name, p.content FROM {preferences} p WHERE p.name IN ($1, $2)";
const COLUMNS: &str = "list.columns";
const KEPT: &str = "list.kept";

/// Lists that one account may keep.
pub(super) const MOST: usize = 30;

/// What an account likes to see.
#[derive(Default)]
pub(super) struct Preferences {
    /// Columns, if some were chosen.
    chosen: Option<Vec<String>>,
    /// Lists kept under a name: name and query.
    pub(super) kept: BTreeMap<String, String>,
}

impl Preferences {
    /// The visitor's own.
    pub(super) async fn of(app: &App, visitor: &Visitor) -> Result<Preferences> {
        let mut found = Preferences::default();
        for row in app.db.read(&visitor.signed_in()).rows(SOME, &[COLUMNS.into(), KEPT.into()]).await? {
            let content: Json = row.get("content")?;
            match row.text("name")?.as_str() {
                COLUMNS => found.chosen = serde_json::from_value(content).ok(),
                _ => found.kept = serde_json::from_value(content).unwrap_or_default(),
            }
        }
        Ok(found)
    }

    /// The columns chosen among those that may be seen, or the usual ones; the name is always first.
    pub(super) fn columns<'a>(&self, lists: &'a Lists, scope: &Scope) -> Vec<&'a Column> {
        pick(lists, scope, self.chosen.as_deref())
    }

    /// The own fields chosen among those that may be seen.
    pub(super) async fn own_columns(&self, app: &App, visitor: &Visitor, scope: &Scope) -> Result<Vec<OwnColumn>> {
        let chosen: &[String] = self.chosen.as_deref().unwrap_or_default();
        if !chosen.iter().any(|key| own::is_key(key)) {
            return Ok(Vec::new());
        }
        let mut columns = own::columns(app, &mut app.db.read(&visitor.signed_in()), scope).await?;
        columns.retain(|column| chosen.contains(&column.key));
        Ok(columns)
    }
}

/// The own fields the visitor chose among those they may see; nothing is read when none was chosen.
pub async fn own_columns(app: &App, visitor: &Visitor, scope: &Scope) -> Result<Vec<OwnColumn>> {
    Preferences::of(app, visitor).await?.own_columns(app, visitor, scope).await
}

/// The columns the visitor chose among those they may see, or the usual ones; the name is always first.
pub async fn columns<'a>(app: &'a App, visitor: &Visitor, scope: &Scope) -> Result<Vec<&'a Column>> {
    Ok(Preferences::of(app, visitor).await?.columns(&app.lists, scope))
}

fn pick<'a>(lists: &'a Lists, scope: &Scope, chosen: Option<&[String]>) -> Vec<&'a Column> {
    let wanted = |column: &Column| match chosen {
        Some(keys) => keys.contains(&column.key),
        None => column.default,
    };
    scope.columns(lists).filter(|column| column.is_name || wanted(column)).collect()
}

async fn write(app: &App, visitor: &Visitor, name: &str, content: Json) -> Result<()> {
    let grant = visitor.signed_in();
    let rows = app.db.read(&grant).rows(SOME, &[name.into(), name.into()]).await?;
    let mut change = app.db.change(&grant, "preference.keep").await?;
    match rows.first() {
        Some(row) => change.update("preferences", row.seen()?, &[("content", content.into())]).await?,
        None => {
            let set = [("account_id", visitor.viewer.account_id().into()), ("name", name.into()), ("content", content.into())];
            change.insert("preferences", &set).await?;
        }
    }
    Ok(change.commit().await?)
}

/// Remembers the columns; none means the usual ones.
pub(super) async fn keep_columns(app: &App, visitor: &Visitor, keys: Vec<String>) -> Result<()> {
    let known: Vec<String> = keys.into_iter().filter(|key| app.lists.column(key).is_some() || own::is_key(key)).collect();
    write(app, visitor, COLUMNS, if known.is_empty() { Json::Null } else { json!(known) }).await
}

/// Keeps what is kept now.
pub(super) async fn keep(app: &App, visitor: &Visitor, lists: &BTreeMap<String, String>) -> Result<()> {
    write(app, visitor, KEPT, json!(lists)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_comes_first_whatever_was_chosen() {
        let law = law::Law::load(&law::DataSource::Embedded).unwrap();
        let lists = Lists::new(&law);
        let keys: Vec<&str> = pick(&lists, &Scope::console(), Some(&["gender".into()])).iter().map(|column| column.key.as_str()).collect();
        assert_eq!(keys, ["full_name", "gender"]);
        assert!(pick(&lists, &Scope::console(), None).len() >= 10);
    }
}
