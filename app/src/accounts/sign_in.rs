//! The door: signing in and out.

use super::{password, throttle::Source};
use crate::{
    App,
    access::{self, Visitor, cookie},
    error::{Error, Result},
    page::Page,
};
use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use vault::{AccountKind, Attempt, Ending, SignInAccount};

/// One sentence for a wrong login and for a wrong password, so that nobody learns which logins exist.
const WRONG: &str = "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi nhập lại";
const UNASSIGNED: &str = "Tài khoản đơn vị này chưa có quyết định phân công người sử dụng còn hiệu lực. Đề nghị thủ trưởng đơn vị ban hành quyết định và gửi nơi quản lý tài khoản";

#[derive(Serialize)]
pub(super) struct SignInPage {
    login: String,
    problem: Option<String>,
    told: Option<String>,
    assets: String,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "accounts/sign_in.html";

    fn samples() -> Vec<SignInPage> {
        let page = |login: &str, problem: Option<&str>| SignInPage {
            login: login.into(),
            problem: problem.map(str::to_owned),
            told: None,
            assets: String::new(),
        };
        vec![page("", None), page("yb.van-thu", Some(WRONG))]
    }
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    xong: String,
}

#[derive(Deserialize)]
pub(super) struct SignInForm {
    login: String,
    password: String,
}

/// The sign-in page; whoever is signed in goes home.
pub(super) async fn show(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    visitor: Option<axum::Extension<Visitor>>,
) -> Result<Response> {
    if visitor.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    let told = match asked.xong.as_str() {
        "dang-xuat" => Some("Đã đăng xuất"),
        "mat-khau" => Some("Đã đổi mật khẩu. Đăng nhập lại bằng mật khẩu mới"),
        _ => None,
    };
    let page = SignInPage { login: String::new(), problem: None, told: told.map(str::to_owned), assets: app.assets.clone() };
    page.show_to_strangers(&app, StatusCode::OK)
}

/// Checks login and password and begins a session.
pub(super) async fn enter(
    State(app): State<App>,
    headers: HeaderMap,
    from: access::From,
    Form(form): Form<SignInForm>,
) -> Result<Response> {
    let login = form.login.trim().to_lowercase();
    let mark = cookie(&headers, access::MARK);
    let source = Source { login: &login, address: &from.0, mark: mark.as_deref() };
    let again = |problem: String, status| {
        SignInPage { login: form.login.trim().to_owned(), problem: Some(problem), told: None, assets: app.assets.clone() }
            .show_to_strangers(&app, status)
    };
    if let Some(until) = app.throttle.waits(&source, app.now()) {
        let minutes = (until.duration_since(app.now()).as_secs() / 60).max(0) + 1;
        return again(format!("Đã nhập sai nhiều lần từ máy này. Thử lại sau {minutes} phút"), StatusCode::TOO_MANY_REQUESTS);
    }
    let account = app.db.sign_in_lookup(&login).await?;
    let stored = account.as_ref().filter(|account| account.active).and_then(|account| account.password_hash.clone());
    if !password::matches(stored, form.password).await? {
        app.throttle.failed(&source, app.now());
        if let Some(account) = account {
            let locked_until = app.throttle.waits(&source, app.now());
            app.db.record_sign_in(account.id, &from.0, Attempt::Failed { locked_until }).await?;
        }
        return again(WRONG.into(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let account = account.ok_or_else(|| Error::broken("a password matched no account"))?;
    let operator = match operator(&account) {
        Ok(operator) => operator,
        Err(problem) => return again(problem, StatusCode::UNPROCESSABLE_ENTITY),
    };
    app.throttle.succeeded(&source);
    let token = access::Token::new();
    let attempt = Attempt::Succeeded { token_hash: &token.hash(), operator };
    app.db.record_sign_in(account.id, &from.0, attempt).await?;
    let to = if account.must_change_password { "/mat-khau" } else { "/" };
    let session = access::set_cookie(&app, access::SESSION, &token.text(), None);
    let mark = access::set_cookie(&app, access::MARK, &app.throttle.mark(&login), Some(MARK_SECONDS));
    let mut response = Redirect::to(to).into_response();
    response.headers_mut().append(header::SET_COOKIE, session);
    response.headers_mut().append(header::SET_COOKIE, mark);
    Ok(response)
}

/// A browser is remembered as known for this long.
const MARK_SECONDS: i64 = 180 * 24 * 3600;

/// The person who will act; a unit's account needs one named by a decision in force.
fn operator(account: &SignInAccount) -> Result<Option<&str>, String> {
    match account.kind {
        AccountKind::Personal | AccountKind::Installation => Ok(None),
        AccountKind::Unit => match account.operators.last() {
            Some(name) => Ok(Some(name)),
            None => Err(UNASSIGNED.into()),
        },
    }
}

/// Ends this session.
pub(super) async fn leave(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Result<Response> {
    if let Some(token) = access::token(&headers) {
        app.db.end_sessions(&visitor.viewer, Ending::One(&token.hash())).await?;
    }
    let mut response = Redirect::to("/dang-nhap?xong=dang-xuat").into_response();
    response.headers_mut().append(header::SET_COOKIE, access::set_cookie(&app, access::SESSION, "", Some(0)));
    Ok(response)
}
