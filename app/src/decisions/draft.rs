//! A decision under way: what was typed of it, checked into what is meant by the rules of its section.

use super::queries::Decision;
use crate::{
    App,
    dossiers::{Around, Html, Inputs, Person, Shape, Typed, check, lower},
    form::Problems,
    units::Place,
};
use jiff::civil::Date;
use law::{Kind, Section, Sensitivity};
use vault::Value;

/// The section of a dossier in which decisions stand.
pub(super) const SECTION: &str = "decisions";
/// What is not asked when a decision is entered: it says how one ends.
const LATER: &[&str] = &["revoked_on", "revoke_reason"];

/// The field of the written order on which an act passes a gate that eases it.
pub(super) const RELIEF: &str = "yeu_cau";

/// What was typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// Facts of the decision by column, and who is chosen among several at `nguoi-N`.
    pub(super) typed: Typed,
    /// People, one on a line.
    pub(super) people: String,
    /// A decision that stands already, to which people are added.
    pub(super) to: Option<i64>,
    /// What is unusual was looked at.
    pub(super) is_confirmed: bool,
    /// What the scan is declared to be.
    pub(super) declared: String,
}

/// The facts of a decision.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// Columns of the section and their values.
    pub(super) set: Vec<(String, Value)>,
    /// The unit to which people go by it.
    pub(super) receiving: Option<Place>,
}

impl Facts {
    /// The facts of a decision that stands.
    pub(super) fn of(decision: &Decision) -> Facts {
        let text = |column: &str, words: &str| (column.to_owned(), if words.is_empty() { Value::Null } else { words.into() });
        let mut set = vec![
            text("decision_type", &decision.kind),
            text("number", &decision.number),
            text("issuing_body", &decision.issuing_body),
            text("signer", &decision.signer),
            text("summary", &decision.summary),
        ];
        if let Some((signed_on, effective_on)) = decision.days {
            set.push(("signed_on".into(), signed_on.into()));
            set.push(("effective_on".into(), effective_on.into()));
        }
        Facts { set, receiving: None }
    }

    /// The words in a column.
    pub(super) fn text(&self, column: &str) -> String {
        if column == law::RECEIVING_UNIT {
            return self.receiving.as_ref().map(|unit| unit.name.clone()).unwrap_or_default();
        }
        match self.value(column) {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        }
    }

    /// The day in a column.
    pub(super) fn day(&self, column: &str) -> Option<Date> {
        match self.value(column) {
            Some(Value::Date(day)) => Some(*day),
            _ => None,
        }
    }

    fn value(&self, column: &str) -> Option<&Value> {
        self.set.iter().find(|(found, _)| found == column).map(|(_, value)| value)
    }

    /// Number and issuing body, however they were typed.
    pub(super) fn same_key(&self) -> String {
        let words = vault::folded(&format!("{} {}", self.text("number"), self.text("issuing_body")));
        words.chars().filter(|letter| letter.is_alphanumeric()).collect()
    }
}

/// The section, which is part of every installation's law.
pub(super) fn section(app: &App) -> crate::error::Result<&Section> {
    app.law.section(SECTION).ok_or(crate::error::Error::NotFound)
}

impl Draft {
    /// From the fields of a form.
    pub(super) fn of(fields: Typed) -> Draft {
        let text = |name: &str| fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        Draft {
            people: fields.get("people").cloned().unwrap_or_default(),
            to: text("qd").parse().ok(),
            is_confirmed: !text("xac_nhan").is_empty(),
            declared: text("loai_ban"),
            typed: fields,
        }
    }

    /// Key of what the decision does to the dossiers; empty when it is only kept.
    pub(super) fn effect(&self) -> &str {
        self.typed.get("effect").map(|key| key.trim()).unwrap_or_default()
    }

    /// The paper by which whoever did not issue the decision enters it.
    pub(super) fn delegation(&self) -> &str {
        self.typed.get("delegation").map(|text| text.trim()).unwrap_or_default()
    }

    /// The unit to which the people go.
    pub(super) fn receiving(&self) -> Option<i64> {
        self.typed.get(law::RECEIVING_UNIT)?.trim().parse().ok()
    }

    /// The written order on which an act passes a gate that eases it.
    pub(super) fn relief(&self) -> &str {
        self.typed.get(RELIEF).map(|text| text.trim()).unwrap_or_default()
    }

    /// What was typed of the effect, for a page that does not show it.
    pub(super) fn of_effect(&self, app: &App) -> Vec<(String, String)> {
        let asked = app.law.effect(self.effect()).map(|effect| effect.asked.clone()).unwrap_or_default();
        let is_asked = |name: &str| {
            asked.iter().any(|field| name == field || name.strip_prefix(field.as_str()).is_some_and(|rest| rest.starts_with('-')))
        };
        let is_beside = |name: &str| name == law::RECEIVING_UNIT || name == RELIEF;
        self.typed
            .iter()
            .filter(|(name, text)| (is_asked(name) || is_beside(name)) && !text.is_empty())
            .map(|(name, text)| (name.clone(), text.clone()))
            .collect()
    }

    /// Fields that the next page carries along.
    pub(super) fn carried(&self, section: &Section) -> Vec<(String, String)> {
        let facts = section.fields.iter().filter(|field| field.kind != Kind::File).filter_map(|field| {
            let text = self.typed.get(&field.key)?;
            Some((field.key.clone(), text.clone()))
        });
        let rest = [
            ("people", self.people.clone()),
            ("effect", self.effect().to_owned()),
            ("delegation", self.delegation().to_owned()),
            ("qd", self.to.map(|to| to.to_string()).unwrap_or_default()),
        ];
        let confirmed = self.is_confirmed.then(|| ("xac_nhan".to_owned(), "1".to_owned()));
        facts.chain(rest.map(|(name, text)| (name.to_owned(), text))).chain(confirmed).collect()
    }

    /// Reads the facts; a required field left blank is refused, since what is placed stands in many dossiers.
    pub(super) fn check(&self, app: &App, section: &Section, problems: &mut Problems, warnings: &mut Problems) -> Facts {
        let shape = Shape::new(&app.law, section);
        let mut typed = self.typed.clone();
        let blank = |typed: &Typed, key: &str| typed.get(key).is_none_or(|text| text.trim().is_empty());
        if blank(&typed, "effective_on") {
            // Without a day of its own a decision takes effect when it is signed.
            let signed = typed.get("signed_on").cloned().unwrap_or_default();
            typed.insert("effective_on".into(), signed);
        }
        let asked = || section.fields.iter().filter(|field| field.kind != Kind::File && !LATER.contains(&field.key.as_str()));
        for field in asked().filter(|field| field.required && field.key != "effective_on" && blank(&typed, &field.key)) {
            let verb = if field.kind == Kind::Enum { "Chọn" } else { "Nhập" };
            problems.add(field.key.clone(), format!("{verb} {}", lower(&field.label_vi)));
        }
        let kind = typed.get("decision_type").map(|code| code.trim().to_owned()).unwrap_or_default();
        if !self.effect().is_empty() && !kind.is_empty() && !app.law.effects_of(&kind).any(|effect| effect.key == self.effect()) {
            let may: Vec<String> = app.law.effects_of(&kind).map(|effect| lower(&effect.label_vi)).collect();
            problems.add(
                "effect",
                match may.is_empty() {
                    true => "Loại quyết định này chỉ được lưu, không thay đổi hồ sơ. Chọn “Chỉ lưu quyết định”".to_owned(),
                    false => format!("Loại quyết định này có thể: {}. Chọn lại", may.join("; ")),
                },
            );
        }
        let person = Person::default();
        let around = Around { stored: None, others: &[], person: &person, today: app.today(), level: Sensitivity::Secret };
        let checked = check(&shape, &typed, &around);
        checked.problems.iter().for_each(|(field, sentence)| problems.add(field, sentence));
        checked.warnings.iter().for_each(|(field, sentence)| warnings.add(field, sentence));
        let kept = checked.set.into_iter().filter(|(column, _)| asked().any(|field| field.key == *column));
        Facts { set: kept.collect(), receiving: None }
    }

    /// The fields of the decision, as they are in the form of its section.
    pub(super) fn inputs(&self, app: &App, section: &Section, problems: &Problems, warnings: &Problems) -> String {
        let shape = Shape::new(&app.law, section);
        let mut out = Html::default();
        let inputs = Inputs {
            shape: &shape,
            stored: None,
            typed: Some(&self.typed),
            problems,
            warnings,
            level: Sensitivity::Secret,
            form: "",
            today: app.today(),
            own: &[],
            without: LATER,
        };
        inputs.all(&mut out);
        out.0
    }
}
