//! Giving a consent and withdrawing it; the account meets the difference at its next request.

use super::{forms::Given, queries};
use crate::{
    App,
    access::{AssignRights, Grant},
    error::Result,
    form::Problems,
};
use vault::{Basis, Seen};

/// Opens one dossier to an account, as a paper says.
pub(super) async fn give(app: &App, grant: &Grant<AssignRights>, dossier_id: i64, given: &Given) -> Result<Result<(), Problems>> {
    let Some(account) = queries::account(&mut app.db.read(&**grant), &given.login).await? else {
        let mut problems = Problems::default();
        problems.add("login", "Không có tài khoản đang hoạt động nào với tên này. Xem tên đăng nhập ở trang Tài khoản");
        return Ok(Err(problems));
    };
    let mut change = app.db.change(&**grant, "consent.give").await?;
    change.rests_on(Basis::Correction(format!("văn bản đồng ý số {}", given.number)));
    let set = [
        ("dossier_id", dossier_id.into()),
        ("account_id", account.into()),
        ("level", given.level.as_str().into()),
        ("document_number", given.number.as_str().into()),
        ("document_signed_on", given.signed_on.into()),
        ("from_on", given.from_on.into()),
        ("until_on", given.until_on.into()),
        ("given_by", grant.visitor.sign.person.as_str().into()),
    ];
    change.insert("consents", &set).await?;
    change.commit().await?;
    Ok(Ok(()))
}

/// Withdraws one; the row stays.
pub(super) async fn withdraw(app: &App, grant: &Grant<AssignRights>, seen: Seen, reason: &str) -> Result<()> {
    let mut change = app.db.change(&**grant, "consent.withdraw").await?;
    change.rests_on(Basis::Correction(reason.to_owned()));
    let set = [
        ("withdrawn_at", app.now().into()),
        ("withdrawn_by", grant.visitor.sign.person.as_str().into()),
        ("withdrawn_reason", reason.into()),
    ];
    change.update("consents", seen, &set).await?;
    Ok(change.commit().await?)
}
