//! From a cookie to a visitor, once for each request.

use super::{Sign, Visitor};
use crate::{App, error::Error};
use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use std::{convert::Infallible, net::SocketAddr, sync::Arc};
use vault::Read;

/// Cookie of the session.
pub const SESSION: &str = "hoso";
/// Cookie of a browser that has signed in before.
pub const MARK: &str = "hoso-quen";
/// Pages open to somebody who must change an issued password first.
const BEFORE_CHANGE: &[&str] = &["/mat-khau", "/dang-xuat", "/dang-nhap"];
/// Names in the bar are read anew after this long.
const SIGN_KEPT: SignedDuration = SignedDuration::from_secs(5);

const UNIT: &str = "SELECT u.name FROM units u WHERE u.id = $1";

/// The secret of one session; the database keeps only its hash.
pub struct Token(String);

impl Token {
    /// A new one.
    pub fn new() -> Token {
        Token(rand::random::<[u8; 32]>().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// As the browser keeps it.
    pub fn text(&self) -> String {
        self.0.clone()
    }

    /// As the database keeps it.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

/// The session's token, if the request carries one.
pub fn token(headers: &HeaderMap) -> Option<Token> {
    cookie(headers, SESSION).filter(|text| !text.is_empty()).map(Token)
}

/// A cookie by its name.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value.to_owned())
}

/// A cookie that scripts cannot read and other sites cannot send with an act; for the browser session unless `seconds` says.
pub fn set_cookie(app: &App, name: &str, value: &str, seconds: Option<i64>) -> HeaderValue {
    let secure = if app.config.is_encrypted() { "; Secure" } else { "" };
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    HeaderValue::from_str(&line).unwrap_or(HeaderValue::from_static(""))
}

/// Where a request comes from, for the record.
#[derive(Clone, Debug)]
pub struct From(pub String);

impl FromRequestParts<App> for From {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<From, Infallible> {
        Ok(From(address(&parts.headers, parts.extensions.get::<ConnectInfo<SocketAddr>>(), app)))
    }
}

/// The peer, or what the proxy in front of the server says of it.
fn address(headers: &HeaderMap, peer: Option<&ConnectInfo<SocketAddr>>, app: &App) -> String {
    let said = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok()).and_then(|line| line.rsplit(',').next());
    match (app.config.behind_proxy, said) {
        (true, Some(said)) => said.trim().to_owned(),
        _ => peer.map_or_else(|| "?".to_owned(), |ConnectInfo(peer)| peer.ip().to_string()),
    }
}

/// Finds the visitor behind the cookie; without one the request goes on as a stranger's.
pub async fn recognise(State(app): State<App>, mut request: Request, next: Next) -> Response {
    if let Some(token) = token(request.headers()) {
        let from = address(request.headers(), request.extensions().get(), &app);
        let path = request.uri().path().to_owned();
        match visitor(&app, &token, from, path).await {
            Ok(Some(visitor)) => {
                let path = visitor.path.as_str();
                if visitor.viewer.must_change_password() && !BEFORE_CHANGE.contains(&path) && !path.starts_with("/tep/") {
                    return Redirect::to("/mat-khau").into_response();
                }
                request.extensions_mut().insert(visitor);
            }
            Ok(None) => {}
            Err(error) => return error.into_response(),
        }
    }
    next.run(request).await
}

async fn visitor(app: &App, token: &Token, from: String, path: String) -> Result<Option<Visitor>, Error> {
    let idle = SignedDuration::from_mins(app.config.idle_minutes);
    let Some(session) = app.db.session(&token.hash(), idle).await? else { return Ok(None) };
    let viewer = session.viewer.from_where(&from);
    let sign = sign(app, &viewer).await?;
    Ok(Some(Visitor { viewer, sign, path }))
}

/// What the bar says, kept for a few seconds because every page shows it.
async fn sign(app: &App, viewer: &vault::Viewer) -> Result<Arc<Sign>, Error> {
    let key = (viewer.account_id(), viewer.operator().map(str::to_owned));
    let now = app.now();
    let kept = app.signs.lock().ok().and_then(|signs| signs.get(&key).cloned());
    if let Some((_, sign)) = kept.filter(|(at, _)| now.duration_since(*at) < SIGN_KEPT) {
        return Ok(sign);
    }
    let unit_name = match viewer.unit_id() {
        Some(unit) => app.db.read(&viewer.signed_in()).one(UNIT, &[unit.into()]).await?.text("name")?,
        None => "Quản trị hệ thống".to_owned(),
    };
    let regulation = viewer.regulation().and_then(|code| app.law.regulation(code));
    let role_name = |held: &vault::HeldRole| {
        let regulation = app.law.regulation(&held.regulation)?;
        regulation.roles.iter().find(|role| role.code == held.role).map(|role| role.name_vi.clone())
    };
    let sign = Arc::new(Sign {
        person: viewer.operator().unwrap_or(viewer.name()).to_owned(),
        role: viewer.roles().iter().filter_map(role_name).collect::<Vec<_>>().join("; "),
        unit_name,
        regulation: regulation.map(|found| format!("Quy chế {}", found.identity.number)).unwrap_or_default(),
    });
    if let Ok(mut signs) = app.signs.lock() {
        if signs.len() > 10_000 {
            signs.clear();
        }
        signs.insert(key, (now, sign.clone()));
    }
    Ok(sign)
}
