//! Suggestions out of lists that are too long to choose from: ranks, communes of two models, positions.

use super::{
    codes::{self, MARK},
    html::Html,
};
use crate::{
    App,
    access::Visitor,
    error::{Error, Result},
};
use axum::{
    extract::{Path, Query, State},
    response::{Html as Answer, IntoResponse, Response},
};
use law::{Catalogue, Item};
use std::collections::BTreeMap;
use vault::folded;

/// Suggestions shown at once.
const SHOWN: usize = 30;

/// Entries of a list whose code or words hold what was typed, those that begin with it first.
///
/// `q`, or the field named by `o`, is what was typed. With `dia_chi` the list follows from the model of that address, and
/// only places inside its province and district are offered.
pub(super) async fn search(
    _visitor: Visitor,
    State(app): State<App>,
    Path(key): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response> {
    let text = |name: &str| asked.get(name).map(|text| text.trim()).unwrap_or_default();
    let field = text("o");
    let typed = if field.is_empty() { text("q") } else { text(field) };
    let address = text("dia_chi");
    let beside = |part: &str| text(&format!("{address}_{part}"));
    let part = field.strip_prefix(address).map(|rest| rest.trim_start_matches('_')).unwrap_or_default();
    let model = if beside("model").is_empty() { "two_level" } else { beside("model") };
    let place = if address.is_empty() { None } else { codes::place_list(&app.law, part, model) };
    let mut lists: Vec<&Catalogue> = vec![place.or_else(|| app.law.catalogue(&key)).ok_or(Error::NotFound)?];
    lists.extend(app.law.checks.also_from(text("muc"), field).and_then(|key| app.law.catalogue(key)));
    let code = |text: &str| text.split(MARK).next().unwrap_or_default().trim().to_owned();
    let above: Vec<(&str, String)> = ["province_code", "district_code"].into_iter().map(|key| (key, code(beside(key)))).collect();
    let inside = |item: &Item| {
        let of = |key: &str, code: &str| code.is_empty() || item.more.get(key).is_none_or(|own| own == code);
        address.is_empty()
            || (codes::is_of_model(item, model) && (part == "province_code" || above.iter().all(|(key, code)| of(key, code))))
    };
    let sought = folded(typed.rsplit(MARK).next().unwrap_or_default());
    let begins = |item: &Item| !folded(&item.label_vi).starts_with(&sought) && !item.code.starts_with(typed);
    let holds = |item: &&Item| sought.is_empty() || folded(&item.label_vi).contains(&sought) || item.code.starts_with(typed);
    let mut found: Vec<&Item> = lists.into_iter().flat_map(|list| &list.items).filter(|item| inside(item)).filter(holds).collect();
    found.sort_by_key(|item| begins(item));
    let mut out = Html::default();
    for item in found.into_iter().take(SHOWN) {
        out.raw("<option").attribute("value", &format!("{}{MARK}{}", item.code, item.label_vi)).raw(">");
        out.text(&item.label_vi).text(&codes::beside(&app.law, item)).raw("</option>");
    }
    Ok(Answer(out.0).into_response())
}
