//! All SQL of this slice.

use super::checking::Check;
use crate::{error::Result, form::show_day};
use jiff::civil::Date;
use serde::Serialize;
use vault::{Read, Reader, Row, Value};

const PERSON: &str = "
    SELECT r.dossier_id AS id, r.full_name, r.birth_date, r.personal_id_number, r.officer_number, r.state, r.completeness, r.unit_id,
        u.name AS unit_name, u.path AS unit_path,
        CASE WHEN (SELECT MAX(k.created_at) FROM {record_checks} k WHERE k.dossier_id = r.dossier_id)
            >= (SELECT d.changed_at FROM {dossiers} d WHERE d.id = r.dossier_id) THEN 1 ELSE 0 END AS checked,
        CASE WHEN EXISTS (SELECT 1 FROM {discrepancies} x WHERE x.dossier_id = r.dossier_id AND x.state = 'open') THEN 1 ELSE 0 END AS flagged
    FROM {roster} r JOIN units u ON u.id = r.unit_id WHERE r.state <> 'hidden'";
/// People of one name who are offered at once.
const NAMESAKES: i64 = 50;
const ALIKE: &str = "SELECT d.id FROM {decisions} d WHERE d.same_key = $1 AND d.signed_on = $2 LIMIT 1";
const ONE: &str = "
    SELECT d.id, d.version, d.decision_type, d.number, d.signed_on, d.effective_on, d.issuing_body, d.signer, d.summary, d.entered_by,
        d.created_at, d.effect, d.delegation, d.withdrawal_asked_by, d.withdrawal_asked_at, d.withdrawal_reason, d.withdrawn_by, d.withdrawn_on,
        d.receiving_unit_id, d.relief, u.name AS unit_name
    FROM {decisions} d JOIN units u ON u.id = d.unit_id WHERE d.id = $1";
const PEOPLE: &str = "
    SELECT p.dossier_id AS id, p.row_id, p.file_id, p.applied_on, r.full_name, r.birth_date, r.state, u.name AS unit_name, u.path AS unit_path, f.name AS file_name
    FROM {decision_people} p JOIN {roster} r ON r.dossier_id = p.dossier_id JOIN units u ON u.id = r.unit_id
    JOIN {files} f ON f.id = p.file_id
    WHERE p.decision_id = $1 ORDER BY r.sort_name, p.dossier_id LIMIT $2";
const SCAN_OF: &str = "SELECT p.file_id FROM {decision_people} p WHERE p.decision_id = $1";
const SCAN: &str = "SELECT p.file_id FROM {decision_people} p WHERE p.decision_id = $1 ORDER BY p.id LIMIT 1";
const COUNT: &str = "SELECT COUNT(*) AS people FROM {decision_people} p WHERE p.decision_id = $1";
const NAMED: &str = "SELECT p.id FROM {decision_people} p WHERE p.decision_id = $1 AND p.dossier_id = $2";

/// Somebody who may be meant.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Candidate {
    /// The dossier.
    pub(super) id: i64,
    pub(super) name: String,
    /// Birth date as it is stored.
    pub(super) born: String,
    /// Number by which the person is known: personal identity, else officer.
    pub(super) number: String,
    pub(super) unit: String,
    pub(super) unit_path: String,
    #[serde(skip)]
    pub(super) unit_id: i64,
    /// No longer in service.
    pub(super) left: bool,
    /// Nothing is missing in the dossier, and nothing is said to differ from its paper.
    #[serde(skip)]
    pub(super) is_in_order: bool,
    /// Somebody went through the dossier before deciding, and nothing in it was written since.
    #[serde(skip)]
    pub(super) is_checked: bool,
}

impl Candidate {
    fn read(row: &Row) -> vault::Result<Candidate> {
        let text = |column: &str| row.get::<Option<String>>(column).map(Option::unwrap_or_default);
        let (personal, officer) = (text("personal_id_number")?, text("officer_number")?);
        Ok(Candidate {
            id: row.int("id")?,
            name: text("full_name")?,
            born: text("birth_date")?,
            number: if personal.is_empty() { officer } else { personal },
            unit: row.text("unit_name")?,
            unit_path: row.text("unit_path")?,
            unit_id: row.int("unit_id")?,
            is_checked: row.int("checked")? == 1,
            left: row.text("state")? == "left",
            is_in_order: row.get::<Option<i64>>("completeness")? == Some(100) && row.int("flagged")? == 0,
        })
    }
}

fn candidates(rows: &[Row]) -> Result<Vec<Candidate>> {
    Ok(rows.iter().map(Candidate::read).collect::<vault::Result<_>>()?)
}

/// Who has a number.
pub(super) async fn by_number(reader: &mut Reader<'_>, number: &str) -> Result<Vec<Candidate>> {
    for column in ["personal_id_number", "officer_number"] {
        let rows = reader.rows(&format!("{PERSON} AND r.{column} = $1 LIMIT 5"), &[number.into()]).await?;
        if !rows.is_empty() {
            return candidates(&rows);
        }
    }
    Ok(Vec::new())
}

/// Who has a name, with diacritics or without.
pub(super) async fn by_name(reader: &mut Reader<'_>, name: &str) -> Result<Vec<Candidate>> {
    let names = reader.names(name).await?;
    let sql = format!("{PERSON} AND r.folded_name = $1 AND {} ORDER BY r.dossier_id LIMIT $2", names.condition(3));
    let args: Vec<Value> = [vault::folded(name).into(), NAMESAKES.into()].into_iter().chain(names.values()).collect();
    candidates(&reader.rows(&sql, &args).await?)
}

/// One person inside the area.
pub(super) async fn by_id(reader: &mut Reader<'_>, id: i64) -> Result<Option<Candidate>> {
    let rows = reader.rows(&format!("{PERSON} AND r.dossier_id = $1"), &[id.into()]).await?;
    Ok(candidates(&rows)?.pop())
}

/// The same decision, if it was entered inside the area.
pub(super) async fn alike(from: &mut impl Read, same_key: &str, signed_on: Date) -> Result<Option<i64>> {
    let rows = from.rows(ALIKE, &[same_key.into(), signed_on.into()]).await?;
    Ok(rows.first().map(|row| row.int("id")).transpose()?)
}

/// A decision as it was entered.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Decision {
    pub(super) id: i64,
    /// Code of its type.
    pub(super) kind: String,
    pub(super) number: String,
    pub(super) signed: String,
    pub(super) effective: String,
    pub(super) issuing_body: String,
    pub(super) signer: String,
    pub(super) summary: String,
    /// The unit that entered it.
    pub(super) unit: String,
    pub(super) entered_by: String,
    pub(super) entered_at: String,
    /// Key of what it does to the dossiers.
    pub(super) effect: Option<String>,
    /// The unit to which people go by it.
    #[serde(skip)]
    pub(super) receiving: Option<i64>,
    /// The written order on which it passed a gate.
    pub(super) relief: String,
    /// The paper by which somebody other than its issuer entered it.
    pub(super) delegation: String,
    /// Who asked that it be withdrawn, when and why.
    pub(super) asked: Option<(String, String, String)>,
    /// Who withdrew it, and when.
    pub(super) withdrawn: Option<(String, String)>,
    #[serde(skip)]
    pub(super) version: i64,
    /// The days themselves.
    #[serde(skip)]
    pub(super) days: Option<(Date, Date)>,
}

impl Decision {
    pub(super) fn read(row: &Row) -> vault::Result<Decision> {
        let (signed_on, effective_on) = (row.get::<Date>("signed_on")?, row.get::<Date>("effective_on")?);
        let text = |column: &str| row.get::<Option<String>>(column).map(Option::unwrap_or_default);
        let asked_at: Option<jiff::Timestamp> = row.get("withdrawal_asked_at")?;
        let asked = match asked_at {
            Some(at) => Some((text("withdrawal_asked_by")?, crate::form::show_moment(at), text("withdrawal_reason")?)),
            None => None,
        };
        let withdrawn_on: Option<Date> = row.get("withdrawn_on")?;
        let by = text("withdrawn_by")?;
        Ok(Decision {
            id: row.int("id")?,
            kind: row.text("decision_type")?,
            number: row.text("number")?,
            signed: show_day(signed_on),
            effective: show_day(effective_on),
            issuing_body: row.text("issuing_body")?,
            signer: row.get::<Option<String>>("signer")?.unwrap_or_default(),
            summary: row.text("summary")?,
            unit: row.text("unit_name")?,
            entered_by: row.text("entered_by")?,
            entered_at: crate::form::show_moment(row.get("created_at")?),
            effect: row.get("effect")?,
            receiving: row.get("receiving_unit_id")?,
            relief: text("relief")?,
            delegation: text("delegation")?,
            asked,
            withdrawn: withdrawn_on.map(|on| (by, show_day(on))),
            version: row.int("version")?,
            days: Some((signed_on, effective_on)),
        })
    }
}

/// A decision, or not found.
pub(super) async fn one(from: &mut impl Read, id: i64) -> Result<Decision> {
    let rows = from.rows(ONE, &[id.into()]).await?;
    let row = rows.first().ok_or(crate::error::Error::NotFound)?;
    Ok(Decision::read(row)?)
}

/// Somebody named, as the page shows it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct PersonLine {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) born: String,
    pub(super) unit: String,
    #[serde(skip)]
    pub(super) unit_path: String,
    pub(super) left: bool,
    /// When what it does was written; nothing while its day lies ahead.
    pub(super) applied: Option<String>,
    /// The scan in this dossier and its name; nothing for those who may not read it.
    pub(super) scan: Option<(i64, String)>,
}

/// The first so many named people inside the area, in the order of names, and how many there are.
pub(super) async fn people(from: &mut impl Read, decision: i64, limit: i64) -> Result<(Vec<PersonLine>, i64)> {
    let rows = from.rows(PEOPLE, &[decision.into(), limit.into()]).await?;
    let count = from.rows(COUNT, &[decision.into()]).await?.first().map_or(Ok(0), |row| row.int("people"))?;
    let line = |row: &Row| -> vault::Result<PersonLine> {
        Ok(PersonLine {
            id: row.int("id")?,
            name: row.get::<Option<String>>("full_name")?.unwrap_or_default(),
            born: row.get::<Option<String>>("birth_date")?.map(|born| crate::page::show_date(&born)).unwrap_or_default(),
            unit: row.text("unit_name")?,
            unit_path: row.text("unit_path")?,
            left: row.text("state")? == "left",
            applied: row.get::<Option<Date>>("applied_on")?.map(show_day),
            scan: Some((row.int("file_id")?, row.text("file_name")?)),
        })
    };
    Ok((rows.iter().map(line).collect::<vault::Result<_>>()?, count))
}

/// The scan of a decision in one of the dossiers inside the area.
pub(super) async fn scan(from: &mut impl Read, decision: i64) -> Result<Option<i64>> {
    let rows = from.rows(SCAN, &[decision.into()]).await?;
    Ok(rows.first().map(|row| row.int("file_id")).transpose()?)
}

/// The scan of a decision in one dossier.
pub(crate) async fn scan_for(from: &mut impl Read, decision: i64, dossier: i64) -> Result<Option<i64>> {
    let rows = from.rows(&format!("{SCAN_OF} AND p.dossier_id = $2"), &[decision.into(), dossier.into()]).await?;
    Ok(rows.first().map(|row| row.int("file_id")).transpose()?)
}

const CHECKS: &str = "
    SELECT k.id, k.checked_by, k.checked_on, k.note,
        CASE WHEN k.created_at >= (SELECT d.changed_at FROM {dossiers} d WHERE d.id = k.dossier_id) THEN 1 ELSE 0 END AS stands
    FROM {record_checks} k WHERE k.dossier_id = $1 ORDER BY k.id DESC LIMIT 20";
const FLAGS: &str = "SELECT COUNT(*) AS flags FROM {discrepancies} x WHERE x.dossier_id = $1 AND x.state = 'open'";

/// Who went through a dossier before something was decided, the latest first.
pub(super) async fn checks(from: &mut impl Read, dossier: i64) -> Result<Vec<Check>> {
    Ok(from.rows(CHECKS, &[dossier.into()]).await?.iter().map(Check::read).collect::<vault::Result<_>>()?)
}

/// Differences with the paper that nobody settled.
pub(super) async fn open_flags(from: &mut impl Read, dossier: i64) -> Result<usize> {
    let rows = from.rows(FLAGS, &[dossier.into()]).await?;
    Ok(usize::try_from(rows.first().map_or(Ok(0), |row| row.int("flags"))?).unwrap_or_default())
}

/// Whether a decision names somebody already.
pub(super) async fn names(from: &mut impl Read, decision: i64, dossier: i64) -> Result<bool> {
    Ok(!from.rows(NAMED, &[decision.into(), dossier.into()]).await?.is_empty())
}

/// The unit that keeps a dossier.
pub(super) async fn unit_of(from: &mut impl Read, dossier: i64) -> Result<i64> {
    Ok(from.one("SELECT d.unit_id FROM {dossiers} d WHERE d.id = $1", &[dossier.into()]).await?.int("unit_id")?)
}

/// Decisions of the register, newest first.
pub(super) struct Wanted<'a> {
    /// Part of number, issuing body or summary.
    pub(super) words: &'a str,
    /// Code of the type; empty for all.
    pub(super) kind: &'a str,
    /// The last of the page before.
    pub(super) after: Option<(Date, i64)>,
    /// How many.
    pub(super) limit: i64,
}

/// A decision in the register, with how many people inside the area it names.
pub(super) async fn register(from: &mut impl Read, wanted: &Wanted<'_>) -> Result<Vec<(Decision, i64)>> {
    let mut args: Vec<Value> = vec![wanted.limit.into()];
    let mut more = String::new();
    if !wanted.words.is_empty() {
        args.push(format!("%{}%", vault::folded(wanted.words).replace(['%', '_'], "")).into());
        more.push_str(&format!(" AND d.folded LIKE ${}", args.len()));
    }
    if !wanted.kind.is_empty() {
        args.push(wanted.kind.into());
        more.push_str(&format!(" AND d.decision_type = ${}", args.len()));
    }
    if let Some((day, id)) = wanted.after {
        args.push(day.into());
        args.push(id.into());
        let (day, id) = (args.len() - 1, args.len());
        more.push_str(&format!(" AND (d.signed_on < ${day} OR (d.signed_on = ${day} AND d.id < ${id}))"));
    }
    let sql = format!(
        "SELECT d.id, d.version, d.decision_type, d.number, d.signed_on, d.effective_on, d.issuing_body, d.signer, d.summary, d.entered_by,
            d.created_at, d.effect, d.delegation, d.withdrawal_asked_by, d.withdrawal_asked_at, d.withdrawal_reason, d.withdrawn_by, d.withdrawn_on,
            d.receiving_unit_id, d.relief, u.name AS unit_name,
            (SELECT COUNT(*) FROM {{decision_people}} p WHERE p.decision_id = d.id) AS people
        FROM {{decisions}} d JOIN units u ON u.id = d.unit_id WHERE d.id > 0{more} ORDER BY d.signed_on DESC, d.id DESC LIMIT $1"
    );
    let rows = from.rows(&sql, &args).await?;
    Ok(rows.iter().map(|row| Ok((Decision::read(row)?, row.int("people")?))).collect::<vault::Result<_>>()?)
}

const OUT_OF_ORDER: &str = "
    SELECT r.dossier_id AS id, r.full_name FROM {roster} r
    WHERE r.unit_path = $1 AND r.state = 'active' AND (r.completeness < 100
        OR EXISTS (SELECT 1 FROM {discrepancies} x WHERE x.dossier_id = r.dossier_id AND x.state = 'open'))
    ORDER BY r.sort_name LIMIT $2";

/// People present in a unit whose dossiers are incomplete or differ from the paper, by name.
pub(super) async fn out_of_order(from: &mut impl Read, unit_path: &str, limit: i64) -> Result<Vec<String>> {
    let rows = from.rows(OUT_OF_ORDER, &[unit_path.into(), limit.into()]).await?;
    Ok(rows.iter().map(|row| row.get::<Option<String>>("full_name").map(Option::unwrap_or_default)).collect::<vault::Result<_>>()?)
}
