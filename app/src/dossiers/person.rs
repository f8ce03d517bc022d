//! Numbers of a person: lengths that are refused, structure that is only remarked on.

use super::{
    checks::{After, Checked},
    codes, dates,
};
use law::{FieldChecks, NumberByCode, NumberRule};

/// A number has one of the lengths of its rule.
pub(super) fn number(rule: &NumberRule, text: &str, checked: &mut Checked) {
    if text.is_empty() {
        return;
    }
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let lettered = rule.lettered.is_some_and(|shape| {
        let letters = text.chars().take_while(char::is_ascii_uppercase).count();
        let digits = text.get(letters..).unwrap_or_default();
        letters == shape.letters && digits.len() == shape.digits && is_digits(digits)
    });
    if lettered {
        return;
    }
    let lengths = rule.lengths.iter().map(usize::to_string).collect::<Vec<_>>().join(" hoặc ");
    let or_lettered = rule.lettered.map(|shape| format!(", hoặc {} chữ và {} số", shape.letters, shape.digits)).unwrap_or_default();
    let at = rule.at.field.as_str();
    let name = &rule.name_vi;
    if !is_digits(text) {
        let wrong = text.chars().find(|c| !c.is_ascii_digit()).unwrap_or_default();
        return checked.say(rule.grade, at, format!("{name} có ký tự “{wrong}”, cần {lengths} chữ số{or_lettered}"));
    }
    if !rule.lengths.contains(&text.len()) {
        return checked.say(rule.grade, at, format!("{name} có {} chữ số, cần {lengths}{or_lettered}", text.len()));
    }
    if let Some(start) = rule.starts_with.as_deref().filter(|start| !text.starts_with(start)) {
        checked.say(rule.grade, at, format!("{name} bắt đầu bằng {start}"));
    }
}

/// A number has the shape that the code beside it asks for.
pub(super) fn number_by_code(rule: &NumberByCode, after: &After<'_>, checked: &mut Checked) {
    let (text, code) = (after.text(&rule.at.field), after.text(&rule.code));
    let spot = after.shape.spots().find(|spot| spot.column.name == rule.code);
    let Some(item) = spot.and_then(|spot| codes::lists(spot).find_map(|list| list.item(&code))) else { return };
    let pattern = item.more.get("pattern").map(String::as_str).unwrap_or_default();
    if text.is_empty() || pattern.is_empty() || FieldChecks::fits(pattern, &text) {
        return;
    }
    checked.say(rule.grade, &rule.at.field, format!("Số “{text}” không đúng dạng của {}: {}", item.label_vi, shape_in_words(pattern)));
}

/// `^[A-Z][0-9]{7,8}$` as words.
fn shape_in_words(pattern: &str) -> String {
    let digits = pattern.split("[0-9]{").nth(1).and_then(|rest| rest.split('}').next()).unwrap_or_default().replace(',', " hoặc ");
    match pattern.contains("[A-Z]") {
        true => format!("cần 1 chữ cái in hoa và {digits} chữ số"),
        false => format!("cần {digits} chữ số"),
    }
}

/// Century, gender, year and province inside the personal number.
pub(super) fn structure(after: &After<'_>, checked: &mut Checked) {
    let rule = &after.shape.law.checks.personal_number;
    let text = after.text(&rule.at.field);
    let (Some(province), Some(century), Some(year)) = (text.get(..3), text.get(3..4), text.get(4..6)) else { return };
    if text.len() != 12 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return;
    }
    let at = rule.at.field.as_str();
    let (born, gender) = (after.text(&rule.born.field), after.text(&rule.gender.field));
    let expected = rule.digits.get(&gender);
    if expected.is_some_and(|digits| !digits.iter().any(|digit| digit == century)) {
        return checked.say(rule.grade, at, "Chữ số thứ tư của số định danh không khớp giới tính đã ghi. Đối chiếu lại thẻ căn cước");
    }
    if let Some((day, _)) = dates::span(&born) {
        let since = usize::try_from((day.year() - rule.first_century).max(0) / 100).unwrap_or_default();
        let fits_century = rule.digits.values().any(|digits| digits.get(since).is_some_and(|digit| digit == century));
        if !fits_century || !format!("{:04}", day.year()).ends_with(year) {
            let sentence =
                format!("Số định danh ghi năm sinh có hai số cuối {year}, khác năm sinh {} đã ghi. Đối chiếu lại thẻ căn cước", day.year());
            return checked.say(rule.grade, at, sentence);
        }
    }
    let provinces = after.shape.law.catalogue("provinces");
    let known = provinces.is_some_and(|list| {
        let old = list.items.iter().filter(|item| item.more.get("period") == Some(&rule.provinces));
        old.into_iter().any(|item| format!("0{}", item.code) == province)
    });
    if !known {
        checked.say(rule.grade, at, format!("Ba số đầu {province} không phải mã tỉnh nơi đăng ký khai sinh. Đối chiếu lại thẻ căn cước"));
    }
}
