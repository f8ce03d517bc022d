//! Writing in a dossier: one act, one change, one reason.

use super::{
    line::Line,
    mismatches::{self, Flag},
    newcomers::{self, Why},
    papers::Paper,
    queries::Dossier,
};
use crate::{
    App,
    access::{CreateRecord, EditRecord},
    error::Result,
    form::Problems,
};
use jiff::civil::Date;
use law::Section;
use vault::{Basis, Permission, Seen, Value};

/// The reason on record when nothing that was filled changes.
const ADDED: &str = "bổ sung nội dung còn thiếu";

/// What a new dossier begins with.
pub(super) struct Beginning {
    /// The unit that will keep it.
    pub(super) unit_id: i64,
    /// Its path.
    pub(super) unit_path: String,
    /// Form by which its completeness is measured.
    pub(super) form: String,
    /// Section and columns.
    pub(super) sections: Vec<(String, Vec<(String, Value)>)>,
    /// Why, and the day from which its terms are counted.
    pub(super) why: Why,
    pub(super) counted_from: Date,
}

/// How a row was written, or why not.
pub(super) enum Written {
    /// It stands.
    Done,
    /// Somebody wrote it first.
    Overtaken,
    /// A value is another's.
    Refused(Problems),
}

fn outcome(done: vault::Result<()>) -> Result<Written> {
    match done {
        Ok(()) => Ok(Written::Done),
        Err(vault::Error::Conflict { .. }) => Ok(Written::Overtaken),
        Err(vault::Error::Taken(what)) => {
            let mut problems = Problems::default();
            let field = what.rsplit('.').next().unwrap_or_default().to_owned();
            problems.add(field, format!("{}. Kiểm tra lại số vừa nhập", crate::error::Error::from(vault::Error::Taken(what))));
            Ok(Written::Refused(problems))
        }
        Err(other) => Err(other.into()),
    }
}

/// Writes a row of a section: a new one, or columns of the one that was seen.
pub(super) async fn write(
    app: &App,
    grant: &vault::Grant<EditRecord>,
    dossier: &Dossier,
    section: &Section,
    stored: Option<&Line>,
    set: &[(String, Value)],
    reason: &str,
) -> Result<Written> {
    let set: Vec<(&str, Value)> = set.iter().map(|(column, value)| (column.as_str(), value.clone())).collect();
    let seen = stored.map(|line| Seen { id: line.id, version: line.version });
    let done = async {
        let mut change = app.db.change(grant, if stored.is_some() { "section.correct" } else { "section.add" }).await?;
        let columns: Vec<&str> = set.iter().map(|(column, _)| *column).collect();
        let righted = Righted::by(&mut change, dossier.id, section, &columns, if reason.is_empty() { ADDED } else { reason }).await?;
        change.write_section(dossier.id, &section.key, seen, &set).await?;
        righted.commit(change, grant).await
    };
    finished(app, grant, dossier, outcome(done.await)?).await
}

/// What was written may have been the last that was missing.
async fn finished(app: &App, grant: &vault::Grant<EditRecord>, dossier: &Dossier, written: Written) -> Result<Written> {
    if matches!(written, Written::Done) {
        newcomers::finish(app, grant, dossier.id).await?;
    }
    Ok(written)
}

/// Flags that an act puts right, and why it is done.
struct Righted {
    flags: Vec<Flag>,
    reason: String,
}

impl Righted {
    /// Finds the flags, and states the basis that says so.
    async fn by(change: &mut vault::Change, dossier: i64, section: &Section, columns: &[&str], reason: &str) -> vault::Result<Righted> {
        let open = mismatches::of_dossier(change, dossier).await?;
        let flags = mismatches::settled(&open, dossier, section, columns);
        change.rests_on(Basis::Correction(mismatches::reason_with(reason, &flags)));
        Ok(Righted { flags: flags.into_iter().cloned().collect(), reason: reason.to_owned() })
    }

    /// Settles them in the same transaction.
    async fn commit(self, mut change: vault::Change, grant: &vault::Grant<EditRecord>) -> vault::Result<()> {
        let flags: Vec<&Flag> = self.flags.iter().collect();
        mismatches::settle(&mut change, &flags, &self.reason, mismatches::person(grant.viewer())).await?;
        change.commit().await
    }
}

/// Takes a row out of what is true now.
pub(super) async fn retract(
    app: &App,
    grant: &vault::Grant<EditRecord>,
    dossier: &Dossier,
    section: &Section,
    seen: Seen,
    reason: &str,
) -> Result<Written> {
    let done = async {
        let mut change = app.db.change(grant, "section.retract").await?;
        let all = section.columns();
        let columns: Vec<&str> = all.iter().map(|column| column.name.as_str()).collect();
        let righted = Righted::by(&mut change, dossier.id, section, &columns, reason).await?;
        change.retract(&section.table(), seen).await?;
        righted.commit(change, grant).await
    };
    outcome(done.await)
}

/// Stores a file and binds it to the row it proves.
#[allow(clippy::too_many_arguments, reason = "row, column and file are given apart")]
pub(super) async fn attach(
    app: &App,
    grant: &vault::Grant<EditRecord>,
    dossier: &Dossier,
    section: &Section,
    stored: Option<&Line>,
    column: &str,
    paper: &Paper,
    reason: &str,
) -> Result<Written> {
    let seen = stored.map(|line| Seen { id: line.id, version: line.version });
    let done = async {
        let mut change = app.db.change(grant, "file.attach").await?;
        let righted = Righted::by(&mut change, dossier.id, section, &[column], if reason.is_empty() { ADDED } else { reason }).await?;
        let id = paper.keep(&mut change, dossier.id, grant.viewer()).await?;
        change.write_section(dossier.id, &section.key, seen, &[(column, id.into())]).await?;
        righted.commit(change, grant).await
    };
    finished(app, grant, dossier, outcome(done.await)?).await
}

/// Opens a dossier.
pub(super) async fn open(app: &App, grant: &vault::Grant<CreateRecord>, given: Beginning) -> Result<Result<i64, Written>> {
    let done = async {
        let mut change = app.db.change(grant, "dossier.open").await?;
        change.rests_on(Basis::Correction("lập hồ sơ mới".into()));
        let id = change.open_dossier(given.unit_id, &given.form, given.sections).await?;
        Ok((change, id))
    };
    let done: vault::Result<(vault::Change, i64)> = done.await;
    let (mut change, id) = match done {
        Ok(opened) => opened,
        Err(error) => return Ok(Err(outcome(Err(error))?)),
    };
    newcomers::begin(app, &mut change, id, (given.unit_id, &given.unit_path), given.why, given.counted_from).await?;
    match change.commit().await {
        Ok(()) => Ok(Ok(id)),
        Err(error) => Ok(Err(outcome(Err(error))?)),
    }
}

/// The sentence that says where a person's dossier already is, with the article that allows only one.
pub(super) async fn where_kept<P: Permission>(
    app: &App,
    grant: &vault::Grant<P>,
    regulation: Option<&law::Regulation>,
    number: &str,
) -> Result<Option<String>> {
    let Some(unit) = app.db.holder(grant, number).await? else { return Ok(None) };
    let article = regulation.map(|known| format!(" ({})", known.uniqueness.article)).unwrap_or_default();
    Ok(Some(format!(
        "Người có số này đang có hồ sơ tại {unit}; mỗi người chỉ có một hồ sơ đang hoạt động{article}. Đề nghị nơi đó chuyển hồ sơ"
    )))
}
