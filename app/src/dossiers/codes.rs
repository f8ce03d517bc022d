//! Coded fields: which codes are offered, what typed words mean, what a code reads like.
//!
//! A code that is no longer in force is offered for the rows of a history, which may be as old as the code, and wherever
//! it already stands; a field about today does not take it anew.

use super::value::Spot;
use jiff::civil::Date;
use law::{Catalogue, Item, Kind, Law};
use vault::{Value, folded};

/// Between code and words in a field that is searched by typing: `01.003 · Chuyên viên`.
pub(crate) const MARK: &str = " · ";

/// How the divisions of an address are meant: code and words.
pub(crate) const MODELS: &[(&str, &str)] = &[
    ("two_level", "Hai cấp: tỉnh, xã (từ 01/7/2025)"),
    ("three_level", "Ba cấp: tỉnh, huyện, xã (đến 30/6/2025)"),
    ("abroad", "Ở nước ngoài"),
    ("free_text", "Chỉ ghi nguyên văn"),
];

/// The code lists of a field.
pub(crate) fn lists<'a>(spot: Spot<'a>) -> impl Iterator<Item = &'a Catalogue> {
    let more = spot.law.checks.also_from(&spot.section.key, &spot.field.key);
    spot.field.catalogue.as_deref().into_iter().chain(more).filter_map(|key| spot.law.catalogue(key))
}

/// The entries a field offers on a day; `stored` stays offered.
pub(crate) fn offered<'a>(spot: Spot<'a>, stored: &str, today: Date) -> Vec<&'a Item> {
    let old_too = !spot.section.is_single();
    let rule = spot.law.checks.codes_of.iter().find(|rule| rule.at.section == spot.section.key && rule.at.field == spot.field.key);
    let fits = |item: &Item| rule.is_none_or(|rule| item.more.get(&rule.attribute).is_some_and(|value| rule.values.contains(value)));
    let in_force = |item: &Item| {
        let begun = item.effective_from.is_none_or(|from| from <= today);
        begun && (old_too || item.effective_to.is_none_or(|until| until >= today))
    };
    let is_stored = |item: &Item| stored.split(',').any(|code| code.trim() == item.code);
    lists(spot).flat_map(|list| &list.items).filter(|item| is_stored(item) || (fits(item) && in_force(item))).collect()
}

/// Whether a list is short enough to choose from without typing.
pub(crate) fn is_short(spot: Spot<'_>) -> bool {
    !spot.law.checks.takes_words(&spot.section.key, &spot.field.key)
        && lists(spot).map(|list| list.items.len()).sum::<usize>() <= spot.law.checks.choose.longest_list
}

/// Typed words as a code, or as codes joined by `, ` where several may stand.
pub(crate) fn read(spot: Spot<'_>, text: &str, stored: &Value, today: Date) -> Result<String, String> {
    let stored = if let Value::Text(text) = stored { text.as_str() } else { "" };
    if !spot.field.multiple {
        return one(spot, text, stored, today);
    }
    let mut found: Vec<String> = Vec::new();
    for word in text.split([',', ';', '\n']).map(str::trim).filter(|word| !word.is_empty()) {
        let code = one(spot, word, stored, today)?;
        if !found.contains(&code) {
            found.push(code);
        }
    }
    Ok(found.join(", "))
}

/// What people read for stored codes.
pub(crate) fn labels(spot: Spot<'_>, codes: &str) -> String {
    let label = |code: &str| lists(spot).find_map(|list| list.item(code)).map_or(code.to_owned(), |item| item.label_vi.clone());
    match spot.field.multiple {
        true => codes.split(',').map(|code| label(code.trim())).collect::<Vec<_>>().join("; "),
        false => label(codes),
    }
}

fn one(spot: Spot<'_>, text: &str, stored: &str, today: Date) -> Result<String, String> {
    let offered = offered(spot, stored, today);
    let code = text.split(MARK).next().unwrap_or(text).trim();
    if let Some(item) = offered.iter().find(|item| item.code == code) {
        return Ok(item.code.clone());
    }
    let sought = folded(text);
    let mut same = offered.iter().filter(|item| folded(&item.label_vi) == sought || has_alias(item, &sought));
    if let Some(item) = same.next() {
        return match same.next() {
            None => Ok(item.code.clone()),
            Some(_) => Err(format!("Có nhiều mục tên “{text}”. Ghi mã, ví dụ {}", item.code)),
        };
    }
    if spot.law.checks.takes_words(&spot.section.key, &spot.field.key) {
        return Ok(text.to_owned());
    }
    let gone = lists(spot).find_map(|list| list.item(code)).and_then(|item| item.effective_to).filter(|until| *until < today);
    if let Some(until) = gone {
        return Err(format!("Mã này hết hiệu lực từ sau ngày {}. Chọn mục đang dùng", crate::form::show_day(until)));
    }
    let near = offered.iter().find(|item| folded(&item.label_vi).contains(&sought)).map(|item| format!(", ví dụ {}", item.label_vi));
    Err(format!("Không có “{text}” trong danh mục. Chọn trong danh sách{}", near.unwrap_or_default()))
}

fn has_alias(item: &Item, sought: &str) -> bool {
    item.more.get("aliases").is_some_and(|aliases| aliases.split("; ").any(|alias| folded(alias) == sought))
}

/// The list that a part of an address is coded in, by the model of the address.
pub(crate) fn place_list<'a>(law: &'a Law, part: &str, model: &str) -> Option<&'a Catalogue> {
    match (part, model) {
        ("province_code", "two_level" | "three_level") => law.catalogue("provinces"),
        ("district_code", "three_level") => law.catalogue("districts_until_2025_06_30"),
        ("commune_code", "two_level") => law.catalogue("communes"),
        ("commune_code", "three_level") => law.catalogue("communes_until_2025_06_30"),
        _ => None,
    }
}

/// Whether an entry of a place list belongs to the model: province codes were given out twice.
pub(crate) fn is_of_model(item: &Item, model: &str) -> bool {
    let period = if model == "two_level" { "2025" } else { "2004" };
    item.more.get("period").is_none_or(|own| own == period)
}

/// What people read for a coded part of an address.
pub(crate) fn place_label<'a>(law: &'a Law, part: &str, model: &str, code: &'a str) -> &'a str {
    let list = place_list(law, part, model);
    list.and_then(|list| list.items.iter().find(|item| item.code == code && is_of_model(item, model))).map_or(code, |item| &item.label_vi)
}

/// A typed province, district or commune as its code; it must lie inside what is typed above it.
pub(crate) fn read_place(spot: Spot<'_>, text: &str, row: &dyn Fn(&str) -> String) -> Result<String, String> {
    let beside = |part: &str| row(&format!("{}_{part}", spot.field.key));
    let code_of = |typed: String| typed.split(MARK).next().unwrap_or_default().trim().to_owned();
    let above_code = |key: &str, model: &str| {
        let typed = beside(key);
        let sought = folded(&typed);
        let list = place_list(spot.law, key, model);
        let by_name = list.and_then(|list| list.items.iter().find(|item| is_of_model(item, model) && folded(&item.label_vi) == sought));
        by_name.map_or_else(|| code_of(typed), |item| item.code.clone())
    };
    if spot.column.part == "model" {
        let found = MODELS.iter().find(|(code, words)| *code == text || *words == text);
        return found.map(|(code, _)| (*code).to_owned()).ok_or_else(|| "Chọn mô hình địa giới của địa chỉ".into());
    }
    let model = beside("model");
    let Some(list) = place_list(spot.law, spot.column.part, &model) else {
        return match model.as_str() {
            "" => Err("Chọn mô hình địa giới trước".into()),
            _ => Err("Mô hình đã chọn không dùng ô này; để trống".into()),
        };
    };
    let above: Vec<(&str, String)> = ["province_code", "district_code"].into_iter().map(|key| (key, above_code(key, &model))).collect();
    let inside = |item: &Item| {
        let of = |key: &str, code: &str| code.is_empty() || item.more.get(key).is_none_or(|own| own == code);
        is_of_model(item, &model) && (spot.column.part == "province_code" || above.iter().all(|(key, code)| of(key, code)))
    };
    let (code, sought) = (code_of(text.to_owned()), folded(text));
    let mut same = list.items.iter().filter(|item| inside(item) && (item.code == code || folded(&item.label_vi) == sought));
    match (same.next(), same.next()) {
        (Some(item), None) => Ok(item.code.clone()),
        (Some(item), Some(_)) => Err(format!("Có nhiều nơi tên “{text}”. Ghi mã, ví dụ {}", item.code)),
        (None, _) => Err(format!("Không có “{text}” trong địa giới đã chọn. Chọn trong danh sách gợi ý")),
    }
}

/// Words behind the label of a suggestion: what the place lies in, until when a code held.
pub(crate) fn beside(law: &Law, item: &Item) -> String {
    let of = |list: &str, key: &str, period: &str| {
        let code = item.more.get(key)?;
        let found =
            law.catalogue(list)?.items.iter().find(|item| item.code == *code && item.more.get("period").is_none_or(|own| own == period));
        found.map(|item| (item.label_vi.as_str(), item.more.get("province_code")))
    };
    if let Some((district, province)) = of("districts_until_2025_06_30", "district_code", "2004") {
        let name = province.map(|code| place_label(law, "province_code", "three_level", code)).unwrap_or_default();
        return format!(", {district}, {name}");
    }
    let period = if item.effective_to.is_some() { "2004" } else { "2025" };
    if let Some((province, _)) = of("provinces", "province_code", period) {
        return format!(", {province}");
    }
    item.effective_to.map(|until| format!(" (đến {})", crate::form::show_day(until))).unwrap_or_default()
}

/// Whether the column of a spot is filled by choosing a place.
pub(crate) fn is_place(spot: Spot<'_>) -> bool {
    spot.field.kind == Kind::Address && matches!(spot.column.part, "province_code" | "district_code" | "commune_code")
}
