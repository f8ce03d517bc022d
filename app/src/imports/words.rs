//! What headings and abbreviations of staff lists mean, read from `data/imports/`.

use crate::{
    dossiers::{OWN_COLUMN, OwnField, own_with_column},
    error::{Error, Result},
};
use law::{DataSource, FieldRef, Law};
use serde::Deserialize;
use std::collections::HashMap;

/// Where the values of a column go.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// Nowhere.
    Skip,
    /// The unit that keeps the dossier, by name or identifier.
    Unit,
    /// Birth date or tick in the column of men.
    BirthMale,
    /// Birth date or tick in the column of women.
    BirthFemale,
    /// Family and middle names, where they stand apart.
    FamilyName,
    /// The given name, where it stands apart.
    GivenName,
    /// Rank, step and coefficient, where one cell holds them.
    Pay,
    /// A field of a section.
    Field(FieldRef),
    /// A tick that means this code of a field.
    Tick(FieldRef, String),
}

const SPECIAL: &[(&str, Target, &str)] = &[
    ("skip", Target::Skip, "(bỏ qua)"),
    ("unit", Target::Unit, "Đơn vị quản lý hồ sơ (tên hoặc mã)"),
    ("birth_male", Target::BirthMale, "Ngày sinh (giới tính Nam)"),
    ("birth_female", Target::BirthFemale, "Ngày sinh (giới tính Nữ)"),
    ("family_name", Target::FamilyName, "Họ và chữ đệm"),
    ("given_name", Target::GivenName, "Tên (đứng sau họ và chữ đệm)"),
    ("pay", Target::Pay, "Ngạch, bậc, hệ số lương trong một ô"),
];

impl Target {
    /// As forms and stored mappings write it.
    pub(super) fn code(&self) -> String {
        match self {
            Target::Field(at) => at.to_string(),
            Target::Tick(at, code) => format!("{at}={code}"),
            special => SPECIAL.iter().find(|(_, known, _)| known == special).map(|(code, _, _)| (*code).to_owned()).unwrap_or_default(),
        }
    }

    /// Back from [`Target::code`], if such a field may be imported.
    pub(super) fn read(text: &str, law: &Law) -> Option<Target> {
        if let Some((_, special, _)) = SPECIAL.iter().find(|(code, _, _)| *code == text) {
            return Some(special.clone());
        }
        let (at, code) = text.split_once('=').map_or((text, None), |(at, code)| (at, Some(code)));
        let at = FieldRef::try_from(at.to_owned()).ok()?;
        if at.field.starts_with(OWN_COLUMN) && code.is_none() {
            // A field of the province's own; one that is no longer filled in is left out when the file is read.
            return law.section(&at.section).filter(|section| super::targets::takes(section)).map(|_| Target::Field(at));
        }
        let field = law.section(&at.section)?.field(&at.field)?;
        match code {
            _ if !super::targets::is_open(field) => None,
            None => Some(Target::Field(at)),
            Some(code) => {
                let known = field.catalogue.as_deref().and_then(|key| law.catalogue(key))?.item(code).is_some();
                known.then(|| Target::Tick(at, code.to_owned()))
            }
        }
    }

    /// As people read it.
    pub(super) fn label(&self, law: &Law, own: &[OwnField]) -> String {
        let of = |at: &FieldRef| law.section(&at.section).and_then(|section| section.field(&at.field));
        match self {
            Target::Field(at) => {
                let field = of(at).or_else(|| own_with_column(own, &at.section, &at.field).map(|own| &own.field));
                field.map_or(at.to_string(), |field| field.label_vi.clone())
            }
            Target::Tick(at, code) => {
                let field = of(at);
                let list = field.and_then(|field| field.catalogue.as_deref()).and_then(|key| law.catalogue(key));
                let value = list.map_or(code.as_str(), |list| list.label(code));
                format!("{}: đánh dấu {value}", field.map_or(at.field.as_str(), |field| &field.label_vi))
            }
            special => SPECIAL.iter().find(|(_, known, _)| known == special).map(|(_, _, label)| (*label).to_owned()).unwrap_or_default(),
        }
    }

    /// The special targets, with their labels.
    pub(super) fn special() -> impl Iterator<Item = (String, String)> {
        SPECIAL.iter().map(|(code, _, label)| ((*code).to_owned(), (*label).to_owned()))
    }

    /// Whether two columns of one file may both have it.
    pub(super) fn repeats(&self) -> bool {
        matches!(self, Target::Skip | Target::Tick(..))
    }
}

/// One way of writing a heading.
#[derive(Debug)]
pub(super) struct Spoken {
    /// What a heading above must hold.
    pub(super) outer: Option<String>,
    /// The heading itself.
    pub(super) leaf: String,
    /// The heading as it is written, in small letters.
    pub(super) written: String,
}

/// A value that another one brings along, or that a new dossier begins with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Brought {
    /// The field that brings it; nothing for a beginning.
    pub(super) at: Option<FieldRef>,
    /// The field that gets it.
    pub(super) set: FieldRef,
    /// The value, as it would be typed.
    pub(super) value: String,
}

/// All of it.
pub(super) struct Words {
    /// Target and the headings that mean it.
    pub(super) headings: Vec<(Target, Vec<Spoken>)>,
    /// Code list and folded words, with the code they mean.
    codes: HashMap<String, HashMap<String, String>>,
    /// Values that follow from others.
    pub(super) implied: Vec<Brought>,
    /// Values a new dossier begins with.
    pub(super) initial: Vec<Brought>,
    /// Form of a dossier for which the regulation names none.
    pub(super) fallback_form: String,
    /// Fields of which a new dossier needs one beside the name, so that the person is recognised again.
    pub(super) recognised_by: Vec<FieldRef>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadingFile {
    fallback_form: String,
    recognised_by: Vec<FieldRef>,
    heading: Vec<HeadingRow>,
    implied: Vec<Brought>,
    initial: Vec<Brought>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadingRow {
    at: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    word: Vec<WordRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordRow {
    catalogue: String,
    code: String,
    words: Vec<String>,
}

impl Words {
    /// Reads both files; a target or a code that does not exist is a fault.
    pub(super) fn load(source: &DataSource, law: &Law) -> Result<Words> {
        let fault = |fault: law::Fault| Error::broken(fault.to_string());
        let file: HeadingFile = source.parse("imports/headings.toml").map_err(fault)?;
        let mut headings = Vec::with_capacity(file.heading.len());
        for row in file.heading {
            let unknown = || Error::broken(format!("imports/headings.toml: {}: không có trường này", row.at));
            let target = Target::read(&row.at, law).ok_or_else(unknown)?;
            let spoken = row.words.iter().map(|words| match words.split_once('>') {
                Some((outer, leaf)) => Spoken { outer: Some(plain(outer)), leaf: plain(leaf), written: leaf.trim().to_lowercase() },
                None => Spoken { outer: None, leaf: plain(words), written: words.to_lowercase() },
            });
            headings.push((target, spoken.collect()));
        }
        law.form(&file.fallback_form).ok_or_else(|| Error::broken("imports/headings.toml: fallback_form: không có mẫu này"))?;
        let known = |at: &FieldRef| law.section(&at.section).is_some_and(|section| section.field(&at.field).is_some());
        if let Some(at) = file.recognised_by.iter().find(|at| !known(at)) {
            return Err(Error::broken(format!("imports/headings.toml: recognised_by: không có trường {at}")));
        }
        let mut codes: HashMap<String, HashMap<String, String>> = HashMap::new();
        let words: WordFile = source.parse("imports/words.toml").map_err(fault)?;
        for row in words.word {
            if law.catalogue(&row.catalogue).is_none_or(|list| list.item(&row.code).is_none()) {
                return Err(Error::broken(format!("imports/words.toml: {}: không có mã {}", row.catalogue, row.code)));
            }
            let of = codes.entry(row.catalogue).or_default();
            of.extend(row.words.iter().map(|words| (plain(words), row.code.clone())));
        }
        Ok(Words {
            headings,
            codes,
            implied: file.implied,
            initial: file.initial,
            fallback_form: file.fallback_form,
            recognised_by: file.recognised_by,
        })
    }

    /// The code that a word means in a code list.
    pub(super) fn code(&self, catalogue: &str, text: &str) -> Option<&str> {
        self.codes.get(catalogue)?.get(&plain(text)).map(String::as_str)
    }
}

/// Words without case, diacritics and punctuation: what headings are compared by.
pub(super) fn plain(text: &str) -> String {
    let folded = vault::folded(text);
    let spaced: String = folded.chars().map(|c| if c.is_alphanumeric() || c == '%' || c == '+' { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}
