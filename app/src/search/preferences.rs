//! What an account likes to see: its columns, and lists it keeps under a name.

use super::{Column, Lists, Scope};
use crate::{App, access::Visitor, error::Result};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use vault::{Read, Seen};

const ONE: &str = "SELECT p.id, p.version, p.content FROM {preferences} p WHERE p.name = $1";
const COLUMNS: &str = "list.columns";
const KEPT: &str = "list.kept";

/// Lists that one account may keep.
pub(super) const MOST: usize = 30;

async fn read(app: &App, visitor: &Visitor, name: &str) -> Result<Option<(Seen, Json)>> {
    let grant = visitor.signed_in();
    let found = app.db.read(&grant).rows(ONE, &[name.into()]).await?;
    found.first().map(|row| Ok((row.seen()?, row.get("content")?))).transpose()
}

async fn write(app: &App, visitor: &Visitor, name: &str, content: Json) -> Result<()> {
    let seen = read(app, visitor, name).await?.map(|(seen, _)| seen);
    let grant = visitor.signed_in();
    let mut change = app.db.change(&grant, "preference.keep").await?;
    match seen {
        Some(seen) => change.update("preferences", seen, &[("content", content.into())]).await?,
        None => {
            let set = [("account_id", visitor.viewer.account_id().into()), ("name", name.into()), ("content", content.into())];
            change.insert("preferences", &set).await?;
        }
    }
    Ok(change.commit().await?)
}

/// The columns the visitor chose among those they may see, or the usual ones; the name is always first.
pub async fn columns<'a>(app: &'a App, visitor: &Visitor, scope: &Scope) -> Result<Vec<&'a Column>> {
    let chosen = read(app, visitor, COLUMNS).await?.and_then(|(_, content)| serde_json::from_value::<Vec<String>>(content).ok());
    Ok(pick(&app.lists, scope, chosen.as_deref()))
}

fn pick<'a>(lists: &'a Lists, scope: &Scope, chosen: Option<&[String]>) -> Vec<&'a Column> {
    let wanted = |column: &Column| match chosen {
        Some(keys) => keys.contains(&column.key),
        None => column.default,
    };
    scope.columns(lists).filter(|column| column.is_name || wanted(column)).collect()
}

/// Remembers the columns; none means the usual ones.
pub(super) async fn keep_columns(app: &App, visitor: &Visitor, keys: Vec<String>) -> Result<()> {
    let known: Vec<String> = keys.into_iter().filter(|key| app.lists.column(key).is_some()).collect();
    write(app, visitor, COLUMNS, if known.is_empty() { Json::Null } else { json!(known) }).await
}

/// Lists kept under a name: name and query.
pub(super) async fn kept(app: &App, visitor: &Visitor) -> Result<BTreeMap<String, String>> {
    let found = read(app, visitor, KEPT).await?;
    Ok(found.and_then(|(_, content)| serde_json::from_value(content).ok()).unwrap_or_default())
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
        let keys: Vec<&str> = pick(&lists, &Scope::all(), Some(&["gender".into()])).iter().map(|column| column.key.as_str()).collect();
        assert_eq!(keys, ["full_name", "gender"]);
        assert!(pick(&lists, &Scope::all(), None).len() >= 10);
    }
}
