//! What a caller hands over to be printed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Entry;

/// The forms the press knows. The codes are those of `data/dossier/forms/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FormKind {
    /// Sơ yếu lý lịch cán bộ, công chức, mẫu 2C-BNV/2008.
    #[serde(rename = "2C-2008")]
    TwoC2008,
    /// Sơ yếu lý lịch, phụ lục Thông tư 06/2023/TT-BNV.
    #[serde(rename = "TT06-2023")]
    Circular06Of2023,
    /// Sơ yếu lý lịch viên chức, mẫu HS02-VC/BNV. Item numbers follow the catalogue, which has them from memory.
    #[serde(rename = "HS02-VC")]
    Hs02PublicEmployee,
    /// Phiếu bổ sung lý lịch.
    #[serde(rename = "PBS")]
    Supplement,
}

impl FormKind {
    /// Every form, in the order in which they are offered.
    pub const ALL: [FormKind; 4] = [FormKind::TwoC2008, FormKind::Circular06Of2023, FormKind::Hs02PublicEmployee, FormKind::Supplement];

    /// The code under which the form is known in the data.
    pub const fn code(self) -> &'static str {
        match self {
            FormKind::TwoC2008 => "2C-2008",
            FormKind::Circular06Of2023 => "TT06-2023",
            FormKind::Hs02PublicEmployee => "HS02-VC",
            FormKind::Supplement => "PBS",
        }
    }

    /// The form with this code.
    pub fn from_code(code: &str) -> Option<FormKind> {
        FormKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A filled-in form. Every text is ready to print: dates as `19/11/2026`, `11/2026` or `2026`, figures as people write them,
/// codes replaced by their names. What is missing prints as a dotted line to fill in by hand.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Form {
    /// Which form to print.
    pub kind: FormKind,
    /// Texts by `section.field`, as in `identity.full_name`.
    #[serde(default)]
    pub items: BTreeMap<String, String>,
    /// Rows of the list sections by section; a row holds texts by field.
    #[serde(default)]
    pub tables: BTreeMap<String, Vec<BTreeMap<String, String>>>,
    /// The photo, if there is one. A frame to glue one in is printed otherwise.
    #[serde(default)]
    pub photo: Option<Photo>,
    /// What the form has no place for, on a sheet of its own behind the signatures; nothing without entries.
    #[serde(default)]
    pub annex: Vec<Entry>,
    /// Small at the foot of every page: who printed it, on which day; may be empty.
    #[serde(default)]
    pub foot: String,
}

impl Form {
    /// A form with nothing filled in.
    pub fn blank(kind: FormKind) -> Form {
        Form { kind, items: BTreeMap::new(), tables: BTreeMap::new(), photo: None, annex: Vec::new(), foot: String::new() }
    }

    /// Puts `text` under `section.field`.
    pub fn set(&mut self, key: &str, text: impl Into<String>) -> &mut Form {
        self.items.insert(key.to_owned(), text.into());
        self
    }

    /// Adds a row of texts by field to a list section.
    pub fn add_row<const N: usize>(&mut self, section: &str, row: [(&str, &str); N]) -> &mut Form {
        let row = row.into_iter().map(|(field, text)| (field.to_owned(), text.to_owned())).collect();
        self.tables.entry(section.to_owned()).or_default().push(row);
        self
    }
}

/// A JPEG or PNG picture, as stored.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo(pub Vec<u8>);

impl std::fmt::Debug for Photo {
    /// A face has no place in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Photo({} bytes)", self.0.len())
    }
}

impl Photo {
    /// The ending of a file with this picture in it, from its first bytes.
    pub(super) fn extension(&self) -> Option<&'static str> {
        if self.0.starts_with(&[0xff, 0xd8, 0xff]) {
            Some("jpg")
        } else if self.0.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some("png")
        } else {
            None
        }
    }
}
