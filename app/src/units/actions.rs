//! What changes the tree: each act one transaction, on the record.

use super::{
    forms::{Founding, identifier_fits},
    levels, queries,
};
use crate::{
    App,
    access::{Grant, ManageUnitTree},
    error::{Error, Result},
    form::Problems,
};
use jiff::civil::Date;
use law::Regulation;
use vault::{Read, Seen};

/// Who may do more than edit inner sections of their own unit holds this.
const WHOLE_TREE: &str = "manage_unit_tree";

/// The regulation in force at a unit today.
pub(super) async fn regulation<'a>(app: &'a App, path: &str) -> Result<Option<&'a Regulation>> {
    Ok(app.db.regulation_at(path, app.today()).await?.and_then(|code| app.law.regulation(&code)))
}

/// Founds a unit under another.
pub(super) async fn found(app: &App, grant: &Grant<ManageUnitTree>, parent: i64, given: Founding) -> Result<Result<i64, Problems>> {
    let mut problems = Problems::default();
    let mut change = app.db.change(grant, "unit.found").await?;
    let above = queries::find(&mut change, parent).await?;
    above.exists()?;
    let regulation = regulation(app, &above.path).await?;
    if !given.is_section && !grant.visitor.may(WHOLE_TREE) {
        let article = regulation.map(|regulation| regulation.model.article.clone()).unwrap_or_default();
        problems.add(
            "section",
            format!(
                "Tài khoản này chỉ được lập phòng, bộ phận bên trong đơn vị ({article}). Đề nghị nơi quản trị cây đơn vị lập đơn vị mới"
            ),
        );
    }
    if let Some(Err(refusal)) = regulation.map(|regulation| levels::fits(&app.law, regulation, &above, given.level_rank, given.is_section))
    {
        problems.add(refusal.field, refusal.sentence);
    }
    check_identifier(&mut change, given.identifier.as_deref(), None, regulation, &mut problems).await?;
    if !problems.is_empty() {
        return Ok(Err(problems));
    }

    let id = change
        .insert(
            "units",
            &[
                ("parent_id", parent.into()),
                ("name", given.name.as_str().into()),
                ("short_name", given.short_name.into()),
                ("type_code", given.type_code.into()),
                ("level_rank", given.level_rank.into()),
                ("identifier", given.identifier.into()),
                ("kind_is_section", given.is_section.into()),
                ("founded_on", given.founded_on.into()),
            ],
        )
        .await?;
    change.commit().await?;
    Ok(Ok(id))
}

/// Gives a unit a new name from a day; the former name stays with its last day.
pub(super) async fn rename(app: &App, grant: &Grant<ManageUnitTree>, seen: Seen, name: &str, on: Date, decision: &str) -> Result<()> {
    let mut change = app.db.change(grant, "unit.rename").await?;
    let unit = queries::find(&mut change, seen.id).await?;
    unit.exists()?;
    let before = queries::names(&mut change, seen.id).await?;
    let from_on = before.iter().find_map(|(_, _, until, _)| *until).and_then(|last| last.tomorrow().ok());

    let former = [
        ("unit_id", seen.id.into()),
        ("name", unit.name.as_str().into()),
        ("from_on", from_on.into()),
        ("until_on", on.yesterday().unwrap_or(on).into()),
        ("decision_number", decision.into()),
    ];
    change.insert("unit_names", &former).await?;
    change.update("units", seen, &[("name", name.into())]).await?;
    change.commit().await?;
    Ok(())
}

/// Sets or changes the unit's identifier.
pub(super) async fn identify(app: &App, grant: &Grant<ManageUnitTree>, seen: Seen, identifier: &str) -> Result<Result<(), Problems>> {
    let mut problems = Problems::default();
    let mut change = app.db.change(grant, "unit.identify").await?;
    let unit = queries::find(&mut change, seen.id).await?;
    let regulation = regulation(app, &unit.path).await?;
    check_identifier(&mut change, Some(identifier), Some(seen.id), regulation, &mut problems).await?;
    if !problems.is_empty() {
        return Ok(Err(problems));
    }

    change.update("units", seen, &[("identifier", identifier.into())]).await?;
    change.commit().await?;
    Ok(Ok(()))
}

/// Puts a unit with everything below it under another.
pub(super) async fn relocate(app: &App, grant: &Grant<ManageUnitTree>, seen: Seen, parent: i64) -> Result<()> {
    let mut change = app.db.change(grant, "unit.move").await?;
    let unit = queries::find(&mut change, seen.id).await?;
    unit.exists()?;
    let above = queries::find(&mut change, parent).await?;
    above.exists()?;
    if let Some(regulation) = regulation(app, &above.path).await? {
        levels::fits(&app.law, regulation, &above, unit.level_rank, unit.is_section)
            .map_err(|refusal| Error::Conflict(refusal.sentence))?;
    }

    change.move_unit(seen, parent).await?;
    change.commit().await?;
    Ok(())
}

/// Ends a unit on a day; nobody may be left in it.
pub(super) async fn dissolve(app: &App, grant: &Grant<ManageUnitTree>, seen: Seen, last: Date) -> Result<()> {
    let mut change = app.db.change(grant, "unit.dissolve").await?;
    let unit = queries::find(&mut change, seen.id).await?;
    unit.exists()?;
    let left: i64 = queries::present(&mut change, &unit.path).await?.iter().map(|(_, count)| count).sum();
    if left > 0 {
        return Err(Error::Conflict(format!(
            "Còn {left} người ở đơn vị này và đơn vị trực thuộc. Điều chuyển hoặc chuyển tình trạng hồ sơ trước khi giải thể"
        )));
    }
    if queries::below(&mut change, &unit.path).await?.iter().any(|below| below.id != unit.id && below.dissolved_on.is_empty()) {
        return Err(Error::Conflict("Còn đơn vị trực thuộc đang hoạt động. Giải thể hoặc chuyển các đơn vị đó trước".into()));
    }

    change.update("units", seen, &[("dissolved_on", last.into())]).await?;
    change.commit().await?;
    Ok(())
}

/// Attaches a regulation from a day; the one before ends the day before.
pub(super) async fn attach_regulation(
    app: &App,
    grant: &Grant<ManageUnitTree>,
    unit: i64,
    code: &str,
    from_on: Date,
) -> Result<Result<(), Problems>> {
    let mut problems = Problems::default();
    if !grant.visitor.may(WHOLE_TREE) {
        return Err(Error::Forbidden);
    }
    if app.law.regulation(code).is_none() {
        problems.add("regulation", "Chọn một quy chế trong danh sách");
    }
    let mut change = app.db.change(grant, "unit.attach_regulation").await?;
    let attached = queries::regulations(&mut change, unit).await?;
    if attached.first().is_some_and(|(_, _, _, from, _)| *from >= from_on) {
        problems.add("on", "Đã có quy chế gắn từ ngày này hoặc sau đó. Chọn ngày muộn hơn");
    }
    if !problems.is_empty() {
        return Ok(Err(problems));
    }

    for (id, version, _, _, until) in attached {
        if until.is_none() {
            change.update("unit_regulations", Seen { id, version }, &[("until_on", from_on.yesterday().unwrap_or(from_on).into())]).await?;
        }
    }
    change.insert("unit_regulations", &[("unit_id", unit.into()), ("regulation_code", code.into()), ("from_on", from_on.into())]).await?;
    change.commit().await?;
    Ok(Ok(()))
}

async fn check_identifier(
    from: &mut impl Read,
    identifier: Option<&str>,
    own: Option<i64>,
    regulation: Option<&Regulation>,
    problems: &mut Problems,
) -> Result<()> {
    let Some(identifier) = identifier else { return Ok(()) };
    if let Err(sentence) = identifier_fits(identifier, regulation) {
        problems.add("identifier", sentence);
    }
    if let Some((_, name)) = queries::holder_of(from, identifier).await?.filter(|(id, _)| Some(*id) != own) {
        problems.add("identifier", format!("Mã này đang là của {name}. Nhập mã khác"));
    }
    Ok(())
}
