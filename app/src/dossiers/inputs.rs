//! Fields of a form, each as its kind needs: text, day, choice, search in a long list, an address, a decision.

use super::{
    body::item,
    checks::Typed,
    codes::{self, MARK, MODELS},
    html::Html,
    line::{Line, Shape},
    own::OwnField,
    value::{self, Spot},
};
use crate::form::Problems;
use jiff::civil::Date;
use law::{Field, Kind, Sensitivity};
use vault::Value;

/// The longest text that stays on one line.
const LONG: usize = 60;

/// A form under way.
pub(crate) struct Inputs<'a> {
    /// The section.
    pub(crate) shape: &'a Shape<'a>,
    /// The row as it stands.
    pub(crate) stored: Option<&'a Line>,
    /// What was typed; stored values stand where nothing was.
    pub(crate) typed: Option<&'a Typed>,
    /// What is wrong.
    pub(crate) problems: &'a Problems,
    /// What is unusual.
    pub(crate) warnings: &'a Problems,
    /// Fields above this level are not sent.
    pub(crate) level: Sensitivity,
    /// The form whose numbers stand before the labels.
    pub(crate) form: &'a str,
    /// Today.
    pub(crate) today: Date,
    /// Fields of a province's own.
    pub(crate) own: &'a [OwnField],
    /// Fields that are not asked for here.
    pub(crate) without: &'a [&'a str],
}

/// The sentence about a column.
fn about<'a>(problems: &'a Problems, column: &str) -> Option<&'a str> {
    problems.iter().find(|(at, _)| *at == column).map(|(_, sentence)| sentence)
}

impl Inputs<'_> {
    /// Every field but files, which are sent by themselves.
    pub(crate) fn all(&self, out: &mut Html) {
        out.raw("<div class=\"form-grid\">");
        let asked = |field: &&Field| field.kind != Kind::File && !self.without.contains(&field.key.as_str());
        for field in self.shape.readable(self.level).filter(asked) {
            match field.kind {
                Kind::Address | Kind::Decision => self.group(out, field),
                _ => {
                    for (place, spot) in self.shape.spots_of(field) {
                        let text = self.text(place, spot);
                        self.one(out, &text, spot, &field.label_vi, item(field, self.form), field.required, &field.hint);
                    }
                }
            }
        }
        let section = self.shape.section;
        let open = |own: &&OwnField| own.section == section.key && own.field.sensitivity <= self.level && own.is_open(self.today);
        for own in self.own.iter().filter(open) {
            let spot = own.spot(self.shape.law, section);
            let typed = self.typed.and_then(|typed| typed.get(&own.column.name)).cloned();
            let text = typed.unwrap_or_else(|| self.stored.map(|line| value::edit(spot, &own.value(line))).unwrap_or_default());
            self.one(out, &text, spot, &own.field.label_vi, "", own.field.required, "");
        }
        out.raw("</div>");
    }

    fn group(&self, out: &mut Html, field: &Field) {
        let parts = if field.kind == Kind::Address { law::ADDRESS_PARTS } else { law::DECISION_PARTS };
        out.raw("<fieldset class=\"group wide\"><legend>");
        let number = item(field, self.form);
        if !number.is_empty() {
            out.text(number).raw(". ");
        }
        out.text(&field.label_vi).raw("</legend><div class=\"form-grid\">");
        if !field.hint.is_empty() {
            out.raw("<p class=\"hint wide\">").text(&field.hint).raw("</p>");
        }
        for (place, spot) in self.shape.spots().enumerate().filter(|(_, spot)| spot.field.key == field.key) {
            let label = parts.iter().find(|(part, _, _)| *part == spot.column.part).map_or("", |(_, _, label)| *label);
            self.one(out, &self.text(place, spot), spot, label, "", false, "");
        }
        out.raw("</div></fieldset>");
    }

    /// What stands in the field.
    fn text(&self, place: usize, spot: Spot<'_>) -> String {
        let name = &spot.column.name;
        if let Some(text) = self.typed.and_then(|typed| typed.get(name)) {
            return text.clone();
        }
        self.stored.map(|line| value::edit(spot, line.at(place))).unwrap_or_default()
    }

    #[allow(clippy::too_many_arguments, reason = "one call for each kind of field, all from one place")]
    fn one(&self, out: &mut Html, text: &str, spot: Spot<'_>, label: &str, number: &str, required: bool, hint: &str) {
        let (name, id) = (spot.column.name.as_str(), id(spot));
        let (problem, warning) = (about(self.problems, name), about(self.warnings, name));
        let long = spot.column.kind == Kind::Text && spot.field.kind == Kind::Text && (text.chars().count() > LONG || text.contains('\n'));
        let wide = long || matches!(spot.column.part, "as_written" | "current_equivalent");
        out.raw("<div class=\"field").raw(if problem.is_some() { " field-bad" } else { "" }).raw(if wide { " wide\">" } else { "\">" });
        out.raw("<label for=\"").raw(&id).raw("\">");
        if !number.is_empty() {
            out.text(number).raw(". ");
        }
        out.text(label)
            .raw(if required {
                " <span class=\"need\">*<span class=\"sr\"> cần có để hồ sơ đầy đủ</span></span>"
            } else {
                ""
            })
            .raw("</label>");
        let described = problem.is_some() || warning.is_some() || !self.hint(spot, hint).is_empty();
        let mut more = Html::default();
        if problem.is_some() {
            more.raw(" aria-invalid=\"true\"");
        }
        if described {
            more.raw(" aria-describedby=\"").raw(&id).raw("-gy\"");
        }
        self.control(out, spot, text, long, &more.0);
        match (problem, warning) {
            (Some(sentence), _) => out.raw("<p class=\"error\" id=\"").raw(&id).raw("-gy\">").text(sentence).raw("</p>"),
            (None, Some(sentence)) => out.raw("<p class=\"hint text-wait\" id=\"").raw(&id).raw("-gy\">").text(sentence).raw("</p>"),
            (None, None) if described => out.raw("<p class=\"hint\" id=\"").raw(&id).raw("-gy\">").text(&self.hint(spot, hint)).raw("</p>"),
            (None, None) => out,
        };
        out.raw("</div>");
    }

    fn hint(&self, spot: Spot<'_>, hint: &str) -> String {
        let shape = match spot.column.kind {
            Kind::Date => "dd/mm/yyyy",
            Kind::PartialDate => "dd/mm/yyyy, mm/yyyy hoặc yyyy",
            Kind::Decimal if hint.is_empty() => "ví dụ 2,34",
            _ if spot.field.multiple => "giữ Ctrl để chọn nhiều mục",
            _ => "",
        };
        [shape, hint].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
    }

    fn control(&self, out: &mut Html, spot: Spot<'_>, text: &str, long: bool, more: &str) {
        let (name, id) = (spot.column.name.as_str(), id(spot));
        let open = |out: &mut Html, tag: &str| {
            out.raw("<").raw(tag).raw(" class=\"input\" id=\"").raw(&id).raw("\" name=\"").raw(name).raw("\"").raw(more);
        };
        let plain = |out: &mut Html, mode: &str| {
            open(out, "input");
            out.raw(mode).attribute("value", text).raw(" autocomplete=\"off\">");
        };
        match spot.column.kind {
            Kind::Date | Kind::PartialDate => plain(out, " inputmode=\"numeric\" maxlength=\"20\""),
            Kind::Int | Kind::Decimal => plain(out, " inputmode=\"decimal\" maxlength=\"20\""),
            Kind::Bool => {
                open(out, "select");
                out.raw(">");
                for (value, label) in [("", "–"), ("true", "Có"), ("false", "Không")] {
                    option(out, value, label, text == value);
                }
                out.raw("</select>");
            }
            Kind::Enum if codes::is_short(spot) => self.choice(out, spot, text, more),
            Kind::Enum => {
                let known = codes::lists(spot).find_map(|list| list.item(text)).map(|item| format!("{}{MARK}{}", item.code, item.label_vi));
                self.sought(out, spot, known.as_deref().unwrap_or(text), more, spot.field.catalogue.as_deref().unwrap_or_default(), "");
            }
            _ if spot.field.kind == Kind::Address && spot.column.part == "model" => {
                open(out, "select");
                out.raw(">");
                option(out, "", "–", text.is_empty());
                for (value, label) in MODELS {
                    option(out, value, label, text == *value);
                }
                out.raw("</select>");
            }
            _ if codes::is_place(spot) => self.place(out, spot, text, more),
            _ if long => {
                open(out, "textarea");
                out.raw(" rows=\"3\">").text(text).raw("</textarea>");
            }
            _ => plain(out, ""),
        }
    }

    fn choice(&self, out: &mut Html, spot: Spot<'_>, text: &str, more: &str) {
        let name = spot.column.name.as_str();
        let stored = match self.stored.map(|line| line.value(self.shape, name)) {
            Some(Value::Text(stored)) => stored.as_str(),
            _ => "",
        };
        let chosen: Vec<&str> = text.split(',').map(str::trim).collect();
        if spot.field.multiple {
            // Nothing chosen must still be sent, to be told from a field that was not shown.
            out.raw("<input type=\"hidden\" name=\"").raw(name).raw("\" value=\"\">");
        }
        out.raw("<select class=\"input\" id=\"").raw(&id(spot)).raw("\" name=\"").raw(name).raw("\"").raw(more);
        out.raw(if spot.field.multiple { " multiple size=\"5\">" } else { "><option value=\"\">–</option>" });
        for item in codes::offered(spot, stored, self.today) {
            let gone =
                item.effective_to.filter(|until| *until < self.today).map(|until| format!(" (đến {})", crate::form::show_day(until)));
            let label = format!("{}{}", item.label_vi, gone.unwrap_or_default());
            option(out, &item.code, &label, chosen.contains(&item.code.as_str()));
        }
        out.raw("</select>");
    }

    /// A province, district or commune: searched inside what is chosen above it.
    fn place(&self, out: &mut Html, spot: Spot<'_>, text: &str, more: &str) {
        let model = self.beside(spot.field, "model");
        let label = codes::place_label(spot.law, spot.column.part, &model, text);
        let shown = if label == text { text.to_owned() } else { format!("{text}{MARK}{label}") };
        let list = codes::place_list(spot.law, spot.column.part, if model.is_empty() { "two_level" } else { &model });
        let catalogue = list.map_or("districts_until_2025_06_30", |list| list.key.as_str());
        self.sought(out, spot, &shown, more, catalogue, &spot.field.key);
    }

    fn beside(&self, field: &Field, part: &str) -> String {
        let column = format!("{}_{part}", field.key);
        let found = self.shape.spots().enumerate().find(|(_, spot)| spot.column.name == column);
        found.map(|(place, spot)| self.text(place, spot)).unwrap_or_default()
    }

    /// A field with suggestions out of a list that is too long to choose from.
    fn sought(&self, out: &mut Html, spot: Spot<'_>, text: &str, more: &str, catalogue: &str, address: &str) {
        let (name, id) = (spot.column.name.as_str(), id(spot));
        out.raw("<input class=\"input\" id=\"").raw(&id).raw("\" name=\"").raw(name).raw("\"").raw(more).attribute("value", text);
        out.raw(" list=\"ds-").raw(&id).raw("\" autocomplete=\"off\" placeholder=\"gõ để tìm\" hx-get=\"/danh-muc/").raw(catalogue);
        out.raw("/tim\" hx-trigger=\"input changed delay:250ms, focus once\" hx-target=\"#ds-");
        // The form around it swaps whole sections; a list of suggestions stays and gets new entries.
        out.raw(&id).raw("\" hx-swap=\"innerHTML\" hx-sync=\"this:replace\"");
        out.raw(" hx-vals='{\"o\":\"").raw(name).raw("\",\"muc\":\"").raw(&spot.section.key).raw("\"");
        if address.is_empty() {
            out.raw("}'");
        } else {
            // Only the codes above are sent along: an address of a request holds nothing about a person.
            let stem = format!("#{}-{address}", spot.section.key);
            out.raw(",\"dia_chi\":\"").raw(address).raw("\"}' hx-include=\"").raw(&stem).raw("_model, ").raw(&stem);
            out.raw("_province_code, ").raw(&stem).raw("_district_code\"");
        }
        out.raw("><datalist id=\"ds-").raw(&id).raw("\"></datalist>");
    }
}

/// Two sections may be open on one page, so the section is part of the id.
fn id(spot: Spot<'_>) -> String {
    format!("{}-{}", spot.section.key, spot.column.name)
}

/// One entry of a choice.
pub(crate) fn option(out: &mut Html, value: &str, label: &str, chosen: bool) {
    out.raw("<option").attribute("value", value).raw(if chosen { " selected>" } else { ">" }).text(label).raw("</option>");
}
