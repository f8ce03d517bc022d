//! What everybody signed in may do for their own account: change the password, look at sessions and end them.

use super::{password, queries};
use crate::{
    App,
    access::{self, Visitor},
    error::{Error, Result},
    form::Problems,
    page::Page,
};
use axum::{
    Form,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use vault::Ending;

#[derive(Serialize)]
pub(super) struct PasswordPage {
    forced: bool,
    least: usize,
    problems: Problems,
}

impl Page for PasswordPage {
    const TEMPLATE: &'static str = "accounts/password.html";

    fn samples() -> Vec<PasswordPage> {
        let mut problems = Problems::default();
        problems.add("chosen", "Mật khẩu có 3 ký tự, cần ít nhất 10");
        vec![
            PasswordPage { forced: true, least: password::LEAST, problems: Problems::default() },
            PasswordPage { forced: false, least: password::LEAST, problems },
        ]
    }
}

#[derive(Deserialize)]
pub(super) struct PasswordForm {
    current: String,
    chosen: String,
    again: String,
}

/// The form for a new password.
pub(super) async fn password(State(app): State<App>, visitor: Visitor) -> Result<Response> {
    PasswordPage { forced: visitor.viewer.must_change_password(), least: password::LEAST, problems: Problems::default() }
        .show(&app, &visitor)
}

/// Changes the password and ends the other sessions.
pub(super) async fn change_password(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(form): Form<PasswordForm>,
) -> Result<Response> {
    let login = queries::own_login(&app, &visitor).await?;
    let account = app.db.sign_in_lookup(&login).await?.ok_or(Error::NotFound)?;
    let mut problems = Problems::default();
    if let Some(objection) = password::objection(&form.chosen, &login) {
        problems.add("chosen", objection);
    }
    if form.chosen != form.again {
        problems.add("again", "Hai lần nhập mật khẩu mới khác nhau. Nhập lại cho giống nhau");
    }
    if form.chosen == form.current {
        problems.add("chosen", "Mật khẩu mới trùng mật khẩu đang dùng. Chọn mật khẩu khác");
    }
    if problems.is_empty() && !password::matches(account.password_hash, form.current).await? {
        problems.add("current", "Mật khẩu đang dùng không đúng. Nhập lại");
    }
    if !problems.is_empty() {
        let forced = visitor.viewer.must_change_password();
        return PasswordPage { forced, least: password::LEAST, problems }.show_again(&app, &visitor);
    }
    app.db.change_own_password(&visitor.viewer, &password::hash(&form.chosen)?).await?;
    if let Some(token) = access::token(&headers) {
        app.db.end_sessions(&visitor.viewer, Ending::Others(&token.hash())).await?;
    }
    Ok(Redirect::to("/").into_response())
}

#[derive(Serialize)]
pub(super) struct SessionsPage {
    sessions: Vec<queries::SessionLine>,
    idle_minutes: i64,
}

impl Page for SessionsPage {
    const TEMPLATE: &'static str = "accounts/sessions.html";

    fn samples() -> Vec<SessionsPage> {
        let line = queries::SessionLine {
            key: "ab".into(),
            created_at: "08:42 19/11/2026".into(),
            last_seen_at: "09:00 19/11/2026".into(),
            from_where: "10.0.0.2".into(),
            operator: String::new(),
            this_one: true,
        };
        vec![SessionsPage { sessions: vec![line], idle_minutes: 30 }]
    }
}

/// The sessions of the visitor's account.
pub(super) async fn sessions(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Result<Response> {
    let this = access::token(&headers).map(|token| token.hash()).unwrap_or_default();
    let sessions = queries::own_sessions(&app, &visitor, &this).await?;
    SessionsPage { sessions, idle_minutes: app.config.idle_minutes }.show(&app, &visitor)
}

#[derive(Deserialize)]
pub(super) struct EndForm {
    which: String,
}

/// Ends one session of the visitor's account, or all but this one.
pub(super) async fn end_sessions(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(form): Form<EndForm>,
) -> Result<Response> {
    let this = access::token(&headers).map(|token| token.hash()).unwrap_or_default();
    if form.which == "others" {
        app.db.end_sessions(&visitor.viewer, Ending::Others(&this)).await?;
        return Ok(Redirect::to("/phien").into_response());
    }
    let own = queries::own_session_token(&app, &visitor, &form.which).await?.ok_or(Error::NotFound)?;
    app.db.end_sessions(&visitor.viewer, Ending::One(&own)).await?;
    Ok(Redirect::to("/phien").into_response())
}
