//! Flags as pages show them.

use crate::{
    App,
    dossiers::mismatches::{Flag, Spot},
    error::Result,
    form::{show_day, show_moment},
};
use jiff::Timestamp;
use law::Sensitivity;
use serde::Serialize;
use vault::{Read, Row};

const OPEN: &str = "
    SELECT x.id, x.version, x.dossier_id, x.section, x.field, x.words, x.opened_by, x.created_at, r.full_name, r.unit_name, r.unit_path
    FROM {discrepancies} x JOIN {roster} r ON r.dossier_id = x.dossier_id
    WHERE x.state = 'open' AND x.id > $1 ORDER BY x.id LIMIT $2";
const OF_DOSSIER: &str = "
    SELECT x.id, x.version, x.dossier_id, x.section, x.field, x.words, x.opened_by, x.created_at,
        x.outcome, x.reason, x.settled_by, x.settled_at
    FROM {discrepancies} x WHERE x.dossier_id = $1 ORDER BY x.id DESC LIMIT 200";

/// One flag.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct FlagLine {
    pub(super) id: i64,
    pub(super) version: i64,
    pub(super) dossier_id: i64,
    pub(super) name: String,
    pub(super) unit_name: String,
    pub(super) spot: String,
    /// Where it is corrected.
    pub(super) edit: String,
    pub(super) words: String,
    pub(super) opened_by: String,
    pub(super) opened_on: String,
    /// `open`, `corrected` or `rejected`.
    pub(super) outcome: String,
    /// Who settled it, when and why.
    pub(super) settled: String,
}

impl FlagLine {
    /// The flag as somebody of this level reads it.
    fn new(app: &App, flag: &Flag, level: Sensitivity) -> FlagLine {
        let spot = flag.spot(&app.law).filter(|spot: &Spot<'_>| spot.readable(level));
        let column = spot.and_then(|spot| spot.field?.columns().first()).map(|column| column.name.as_str());
        let section = format!("/ho-so/{}/muc/{}", flag.dossier_id, flag.section);
        FlagLine {
            id: flag.id,
            version: flag.version,
            dossier_id: flag.dossier_id,
            spot: spot.map_or_else(|| "Nội dung không thuộc quyền xem".into(), |spot| spot.label()),
            edit: column.map_or_else(|| section.clone(), |column| format!("{section}#{}-{column}", flag.section)),
            words: spot.map(|_| flag.words.clone()).unwrap_or_default(),
            opened_by: flag.opened_by.clone(),
            opened_on: show_day(crate::day_of(flag.opened_at)),
            outcome: "open".into(),
            ..FlagLine::default()
        }
    }
}

/// Open flags of the area behind one, oldest first.
pub(super) async fn open(
    app: &App,
    from: &mut impl Read,
    level: impl Fn(i64, &str) -> Sensitivity,
    behind: i64,
    limit: i64,
) -> Result<Vec<FlagLine>> {
    let rows = from.rows(OPEN, &[behind.into(), limit.into()]).await?;
    let line = |row: &Row| -> Result<FlagLine> {
        let flag = Flag::read(row)?;
        let name: Option<String> = row.get("full_name")?;
        let unit: Option<String> = row.get("unit_name")?;
        let line = FlagLine::new(app, &flag, level(flag.dossier_id, &row.text("unit_path")?));
        Ok(FlagLine { name: name.unwrap_or_default(), unit_name: unit.unwrap_or_default(), ..line })
    };
    rows.iter().map(line).collect()
}

/// All flags of one dossier, newest first.
pub(super) async fn of_dossier(app: &App, from: &mut impl Read, dossier_id: i64, level: Sensitivity) -> Result<Vec<FlagLine>> {
    let rows = from.rows(OF_DOSSIER, &[dossier_id.into()]).await?;
    let line = |row: &Row| -> Result<FlagLine> {
        let line = FlagLine::new(app, &Flag::read(row)?, level);
        let Some(outcome) = row.get::<Option<String>>("outcome")? else { return Ok(line) };
        let text = |column: &str| -> Result<String> { Ok(row.get::<Option<String>>(column)?.unwrap_or_default()) };
        let at = row.get::<Option<Timestamp>>("settled_at")?.map(show_moment).unwrap_or_default();
        // A reason may repeat what was wrong, so it is for those who may read the words.
        let why = if line.words.is_empty() { String::new() } else { format!(": {}", text("reason")?) };
        Ok(FlagLine { outcome, settled: format!("{}, {at}{why}", text("settled_by")?), ..line })
    };
    rows.iter().map(line).collect()
}
