//! The whole application behind one router, with what every answer carries.

use crate::{App, access, error::Mishap, page, routes::Routes};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{Html, IntoResponse, Response},
};
use minijinja::context;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

/// Nothing runs or loads but what this server sends; no page of another host may show ours.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; frame-src 'self'; object-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

/// Headers of every answer.
const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Every address of the application, in a router ready to serve.
pub fn router(app: App, routes: Routes) -> Router {
    routes
        .into_router()
        .fallback(|| async { crate::error::Error::NotFound })
        .layer(middleware::from_fn_with_state(app.clone(), access::recognise))
        .layer(middleware::from_fn(same_origin))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), finish))
        .layer(CompressionLayer::new())
        .with_state(app)
}

/// Refuses an act that another site's page asked for.
///
/// Browsers say where a request comes from (`Sec-Fetch-Site` on encrypted addresses, `Origin` on every act), and no page
/// can change that, so no secret needs to travel in each form.
async fn same_origin(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    match safe || comes_from_here(request.headers()) {
        true => next.run(request).await,
        false => (StatusCode::FORBIDDEN, "Yêu cầu không đến từ trang này").into_response(),
    }
}

fn comes_from_here(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let origin = text(header::ORIGIN).and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    origin.is_some() && origin == text(header::HOST)
}

/// Security headers on every answer, a page around every mishap.
async fn finish(State(app): State<App>, request: Request, next: Next) -> Response {
    let wants_json = request.uri().path() == "/suc-khoe";
    let mut response = next.run(request).await;
    if let Some(mishap) = response.extensions_mut().remove::<Mishap>().filter(|_| !wants_json) {
        let status = response.status();
        let assets = app.assets.as_str();
        let context = context! { status => status.as_u16(), sentence => mishap.sentence, incident => mishap.incident, assets };
        match page::render(&app, "errors/plain.html", context, None) {
            Ok(html) => {
                let retry = response.headers_mut().remove(header::RETRY_AFTER);
                response = (status, Html(html)).into_response();
                response.headers_mut().extend(retry.map(|retry| (header::RETRY_AFTER, retry)));
            }
            Err(error) => {
                tracing::error!(?error, "the error page broke");
                *response.body_mut() = Body::from(mishap.sentence);
            }
        }
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(*name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if app.config.is_encrypted() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn an_act_must_come_from_a_page_of_this_server() {
        assert!(comes_from_here(&headers(&[("sec-fetch-site", "same-origin"), ("host", "a")])));
        assert!(!comes_from_here(&headers(&[("sec-fetch-site", "cross-site"), ("origin", "http://a"), ("host", "a")])));
        assert!(comes_from_here(&headers(&[("origin", "http://a:8080"), ("host", "a:8080")])));
        assert!(!comes_from_here(&headers(&[("origin", "http://b"), ("host", "a")])));
        assert!(!comes_from_here(&headers(&[("host", "a")])));
    }
}
