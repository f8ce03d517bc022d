//! One entry of a list as people read it.

use super::own::OwnCode;
use crate::form::show_day;
use jiff::civil::Date;
use law::{Item, Law};
use serde::Serialize;
use vault::folded;

/// One entry.
#[derive(Serialize)]
pub(super) struct Entry {
    pub(super) code: String,
    pub(super) label: String,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) origin: String,
    pub(super) article: String,
    /// Written down from memory, not yet compared with the text.
    pub(super) unchecked: bool,
    /// Of the province's own: the row and its version, for ending it.
    pub(super) own: Option<(i64, i64)>,
    pub(super) ended: bool,
}

/// Keys of an entry under which its article or decree stands.
const ARTICLES: &[&str] = &["legal_basis", "reference", "basis"];

impl Entry {
    /// An entry with its source in words.
    pub(super) fn new(law: &Law, item: &Item, own: &[OwnCode], today: Date) -> Entry {
        let day = |day: Option<Date>| day.map(show_day).unwrap_or_default();
        let own = own.iter().find(|own| own.code == item.code).map(|own| (own.seen.id, own.seen.version));
        // Where the source itself was never compared with a text, its name says so.
        let origin = law.sources.get(&item.source).unwrap_or(&item.source).clone();
        let unchecked = item.confidence == "from-memory" && !origin.contains("chưa đối chiếu");
        let article = ARTICLES.iter().find_map(|key| item.more.get(*key)).cloned().unwrap_or_default();
        Entry {
            code: item.code.clone(),
            label: item.label_vi.clone(),
            from: day(item.effective_from),
            until: day(item.effective_to),
            origin,
            article,
            unchecked,
            own,
            ended: item.effective_to.is_some_and(|until| until < today),
        }
    }

    /// An entry as it may look.
    pub(super) fn sample(own: Option<(i64, i64)>) -> Entry {
        Entry {
            code: "truong_phong".into(),
            label: "Trưởng phòng".into(),
            from: "01/07/2025".into(),
            until: String::new(),
            origin: "Danh mục mẫu".into(),
            article: "Điều 3".into(),
            unchecked: own.is_none(),
            own,
            ended: false,
        }
    }
}

/// Whether code or name of an entry holds what is looked for, diacritics aside.
pub(super) fn holds(item: &Item, sought: &str) -> bool {
    sought.is_empty() || item.code.to_lowercase().contains(sought) || folded(&item.label_vi).contains(sought)
}
