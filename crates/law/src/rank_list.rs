//! Ranks and professional titles as a code list, out of the file that also says what they are paid.

use crate::{
    catalogue::{Catalogue, Item},
    data::{DataSource, Fault},
};
use std::collections::BTreeMap;

const FILE: &str = "law/ranks.toml";

/// Key under which fields name it.
pub(crate) const KEY: &str = "ranks";

#[derive(serde::Deserialize)]
struct RankFile {
    rank: Vec<BTreeMap<String, toml::Value>>,
}

/// Reads the ranks.
pub(crate) fn read(source: &DataSource) -> Result<Catalogue, Fault> {
    let file: RankFile = source.parse(FILE)?;
    let items = file.rank.into_iter().map(item).collect::<Result<Vec<_>, _>>()?;
    Ok(Catalogue::new(KEY, "Ngạch công chức, chức danh nghề nghiệp viên chức", items))
}

fn item(mut entry: BTreeMap<String, toml::Value>) -> Result<Item, Fault> {
    let words = |value: toml::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let code = entry.remove("code").map(words).ok_or_else(|| Fault::new(FILE, "rank", "thiếu code"))?;
    let label_vi = entry.remove("label").map(words).ok_or_else(|| Fault::new(FILE, code.as_str(), "thiếu label"))?;
    let day = |value: Option<toml::Value>| {
        let parse = |text: String| text.parse().map_err(|_| Fault::new(FILE, code.as_str(), format!("{text} không phải là ngày")));
        value.map(words).filter(|text| !text.is_empty()).map(parse).transpose()
    };
    let (effective_from, effective_to) = (day(entry.remove("effective_from"))?, day(entry.remove("effective_to"))?);
    let source = entry.remove("source").map(words).unwrap_or_default();
    let confidence = entry.remove("confidence").map(words).unwrap_or_default();
    let more = entry.into_iter().map(|(key, value)| (key, words(value))).collect();
    Ok(Item { code, label_vi, effective_from, effective_to, more, source, confidence })
}
