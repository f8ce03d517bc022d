//! Where the data of a dossier differ from the valid paper: flagged with words, settled by a correction of that field or with a reason.

use super::checks::lower;
use crate::access::{EditRecord, ViewRecord};
use jiff::Timestamp;
use law::{Field, Law, Section, Sensitivity};
use vault::{Basis, Change, Grant, Read, Result, Row, Seen, Viewer};

/// Columns of a flag.
const COLUMNS: &str = "x.id, x.version, x.dossier_id, x.section, x.field, x.words, x.opened_by, x.created_at";
const OPEN: &str = "FROM {discrepancies} x WHERE x.state = 'open'";
const OPEN_BY_UNIT: &str = "
    SELECT r.unit_path, r.dossier_status, COUNT(DISTINCT x.dossier_id) AS flagged
    FROM {discrepancies} x JOIN {roster} r ON r.dossier_id = x.dossier_id
    WHERE x.state = 'open' AND r.state = 'active' AND r.unit_path >= $1 AND r.unit_path < $2 GROUP BY r.unit_path, r.dossier_status";

/// One open flag.
#[derive(Clone, Debug)]
pub(crate) struct Flag {
    /// The row.
    pub(crate) id: i64,
    /// The version that was read.
    pub(crate) version: i64,
    /// The dossier.
    pub(crate) dossier_id: i64,
    /// Key of the section.
    pub(crate) section: String,
    /// Key of the field; nothing for the section as a whole.
    pub(crate) field: Option<String>,
    /// What differs, in the words of whoever found it.
    pub(crate) words: String,
    /// Who found it.
    pub(crate) opened_by: String,
    /// When.
    pub(crate) opened_at: Timestamp,
}

/// What a flag is about.
#[derive(Clone, Copy)]
pub(crate) struct Spot<'a> {
    /// The section.
    pub(crate) section: &'a Section,
    /// The field; nothing for the section as a whole.
    pub(crate) field: Option<&'a Field>,
}

impl<'a> Spot<'a> {
    /// The place named `section.field` or `section`.
    pub(crate) fn named(law: &'a Law, name: &str) -> Option<Spot<'a>> {
        let (section, field) = name.split_once('.').map_or((name, None), |(section, field)| (section, Some(field)));
        let section = law.section(section)?;
        match field {
            Some(field) => section.field(field).map(|field| Spot { section, field: Some(field) }),
            None => Some(Spot { section, field: None }),
        }
    }

    /// The place in words.
    pub(crate) fn label(&self) -> String {
        self.field.map_or_else(|| self.section.label_vi.clone(), |field| format!("{}, {}", self.section.label_vi, lower(&field.label_vi)))
    }

    /// Whether somebody of this level may read of it; a section as a whole is read by those who read all of it.
    pub(crate) fn readable(&self, level: Sensitivity) -> bool {
        let highest = || self.section.fields.iter().map(|field| field.sensitivity).max();
        self.field.map(|field| field.sensitivity).or_else(highest).is_some_and(|needed| needed <= level)
    }
}

impl Flag {
    /// The flag in a row of [`select_open`].
    pub(crate) fn read(row: &Row) -> Result<Flag> {
        Ok(Flag {
            id: row.int("id")?,
            version: row.int("version")?,
            dossier_id: row.int("dossier_id")?,
            section: row.text("section")?,
            field: row.get("field")?,
            words: row.text("words")?,
            opened_by: row.text("opened_by")?,
            opened_at: row.get("created_at")?,
        })
    }

    /// The place it is about.
    pub(crate) fn spot<'a>(&self, law: &'a Law) -> Option<Spot<'a>> {
        let section = law.section(&self.section)?;
        let field = self.field.as_deref().map(|field| section.field(field));
        Some(Spot { section, field: field.flatten() })
    }

    /// Whether writing these columns of a section puts it right.
    fn is_settled_by(&self, dossier_id: i64, section: &Section, columns: &[&str]) -> bool {
        let field =
            |key: &String| section.field(key).is_some_and(|field| field.columns().iter().any(|own| columns.contains(&own.name.as_str())));
        self.dossier_id == dossier_id && self.section == section.key && self.field.as_ref().is_none_or(field)
    }
}

/// The open flags of the dossier `$1`.
pub(super) fn select_open() -> String {
    format!("SELECT {COLUMNS} {OPEN} AND x.dossier_id = $1 ORDER BY x.id")
}

/// Dossiers of people present with an open flag, from a unit down: the unit's path, the status, how many.
pub(crate) async fn open_by_unit(from: &mut impl Read, top: &str) -> Result<Vec<(String, String, i64)>> {
    let until = format!("{}0", top.trim_end_matches('/'));
    let rows = from.rows(OPEN_BY_UNIT, &[top.into(), until.into()]).await?;
    let read =
        |row: &Row| Ok((row.text("unit_path")?, row.get::<Option<String>>("dossier_status")?.unwrap_or_default(), row.int("flagged")?));
    rows.iter().map(read).collect()
}

/// The open flags of one dossier.
pub(crate) async fn of_dossier(from: &mut impl Read, dossier_id: i64) -> Result<Vec<Flag>> {
    from.rows(&select_open(), &[dossier_id.into()]).await?.iter().map(Flag::read).collect()
}

/// All open flags of the area, for acts that write in many dossiers.
pub(crate) async fn all_open(from: &mut impl Read) -> Result<Vec<Flag>> {
    from.rows(&format!("SELECT {COLUMNS} {OPEN} ORDER BY x.id"), &[]).await?.iter().map(Flag::read).collect()
}

/// Flags a difference.
pub(crate) async fn flag(db: &vault::Db, grant: &Grant<ViewRecord>, dossier_id: i64, spot: Spot<'_>, words: &str) -> Result<()> {
    let mut change = db.change(grant, "discrepancy.open").await?;
    change.rests_on(Basis::Correction("ghi nhận sai lệch với hồ sơ giấy".into()));
    let set = [
        ("dossier_id", dossier_id.into()),
        ("section", spot.section.key.as_str().into()),
        ("field", spot.field.map(|field| field.key.clone()).into()),
        ("words", words.into()),
        ("state", "open".into()),
        ("opened_by", person(grant.viewer()).into()),
    ];
    change.insert("discrepancies", &set).await?;
    change.commit().await
}

/// Rejects a flag: the data agree with the paper, for a reason.
pub(crate) async fn reject(db: &vault::Db, grant: &Grant<EditRecord>, seen: Seen, reason: &str) -> Result<()> {
    let mut change = db.change(grant, "discrepancy.reject").await?;
    change.rests_on(Basis::Correction(reason.to_owned()));
    close(&mut change, seen, "rejected", reason, person(grant.viewer())).await?;
    change.commit().await
}

/// The flags that writing these columns puts right.
pub(crate) fn settled<'a>(flags: &'a [Flag], dossier_id: i64, section: &Section, columns: &[&str]) -> Vec<&'a Flag> {
    flags.iter().filter(|flag| flag.is_settled_by(dossier_id, section, columns)).collect()
}

/// Why a dossier is written, with the flags that this puts right.
pub(super) fn reason_with(reason: &str, flags: &[&Flag]) -> String {
    let days = flags.iter().map(|flag| crate::form::show_day(crate::day_of(flag.opened_at)));
    days.fold(reason.to_owned(), |reason, day| format!("{reason}; khắc phục sai lệch ghi nhận ngày {day}"))
}

/// Settles flags in the change that puts them right.
pub(crate) async fn settle(change: &mut Change, flags: &[&Flag], reason: &str, who: &str) -> Result<()> {
    for flag in flags {
        close(change, Seen { id: flag.id, version: flag.version }, "corrected", reason, who).await?;
    }
    Ok(())
}

async fn close(change: &mut Change, seen: Seen, outcome: &str, reason: &str, who: &str) -> Result<()> {
    let now = change.now();
    let set = [
        ("state", "settled".into()),
        ("outcome", outcome.into()),
        ("reason", reason.into()),
        ("settled_by", who.into()),
        ("settled_at", now.into()),
    ];
    change.update("discrepancies", seen, &set).await
}

/// The person who acts.
pub(crate) fn person(viewer: &Viewer) -> &str {
    viewer.operator().unwrap_or(viewer.name())
}
