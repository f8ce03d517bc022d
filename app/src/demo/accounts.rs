//! Accounts of the demo: every role of every regulation, one password, operators named by decision.

use super::{
    body::{Account, Body},
    book::Book,
    load::Stored,
    time::shift,
};
use crate::{
    App,
    access::ManageAccounts,
    accounts::hash,
    error::{Error, Result},
};
use std::collections::{BTreeMap, HashMap};
use vault::{Change, Value, Viewer};

/// Days before the day of the demo on which operators were named.
const NAMED_BEFORE: i32 = 120;

/// Opens the accounts of a body.
pub async fn open(
    app: &App,
    viewer: &Viewer,
    book: &Book,
    body: &Body,
    units: &HashMap<String, i64>,
    people: &BTreeMap<String, Vec<Stored>>,
) -> Result<()> {
    let grant = viewer.may::<ManageAccounts>().ok_or(Error::Forbidden)?;
    // One hash for all: each takes long on purpose.
    let hashed = hash(&book.words.settings.password)?;
    let mut change = app.db.change(&grant, "account.open").await?;
    for account in &body.accounts {
        let missing = || Error::broken(format!("demo account {}: no such seat", account.login));
        let unit_id = *units.get(&account.unit).ok_or_else(missing)?;
        let unit = body.units.iter().find(|unit| unit.key == account.unit).ok_or_else(missing)?;
        let seated = people.get(&account.unit);
        let person = seated.and_then(|seated| seated.get(account.person.checked_sub(1)?)).ok_or_else(missing)?;
        let password = (!account.unused).then_some(hashed.as_str());
        let name = if account.personal { &person.name } else { &unit.name };
        let set: [(&str, Value); 7] = [
            ("login", account.login.as_str().into()),
            ("name", name.as_str().into()),
            ("kind", if account.personal { "personal" } else { "unit" }.into()),
            ("unit_id", unit_id.into()),
            ("dossier_id", account.personal.then_some(person.dossier_id).into()),
            ("password_hash", password.into()),
            ("must_change_password", account.unused.into()),
        ];
        let id = change.insert("accounts", &set).await?;
        give(&mut change, book, body, account, id, unit_id, person).await?;
    }
    Ok(change.commit().await?)
}

async fn give(change: &mut Change, book: &Book, body: &Body, account: &Account, id: i64, unit_id: i64, person: &Stored) -> Result<()> {
    let from = shift(book.words.settings.as_of(), -NAMED_BEFORE).max(body.regulation_from());
    let from = account.until().map_or(from, |until| shift(until, -NAMED_BEFORE));
    let issuer = body.units.iter().find(|unit| unit.key == account.unit).map_or("", |unit| unit.name.as_str());
    let number = format!("{}/QĐ-PC", 100 + account.login.len() * 7 + account.person);
    let document: [(&str, Value); 5] = [
        ("from_on", from.into()),
        ("until_on", account.until().into()),
        ("document_number", number.into()),
        ("document_signed_on", shift(from, -3).into()),
        ("document_issuer", issuer.into()),
    ];
    let mut role: Vec<(&str, Value)> =
        vec![("account_id", id.into()), ("role_code", account.role.as_str().into()), ("unit_id", unit_id.into())];
    role.extend(document.clone());
    change.insert("account_roles", &role).await?;
    if !account.personal && !account.unused {
        let mut operator: Vec<(&str, Value)> =
            vec![("account_id", id.into()), ("name", person.name.as_str().into()), ("position_title", person.title.as_str().into())];
        operator.extend(document);
        change.insert("operators", &operator).await?;
    }
    Ok(())
}
