//! What holds for every address, every page and every template.

use super::site::Site;
use crate::{all_routes, routes::Routes};
use axum::body::Body;
use axum::http::{Method, Request, header};

/// Addresses open to strangers; this list may only shrink.
const PUBLIC: &[&str] = &["/dang-nhap", "/tep/{version}/{*name}", "/suc-khoe"];

/// An address with its gaps filled: ids that no site has.
pub(super) fn filled(path: &str, id: i64) -> String {
    let parts = path.split('/').map(|part| match part.strip_prefix('{') {
        None => part.to_owned(),
        Some(name) if name.starts_with("section") || name.starts_with("muc") => "identity".into(),
        Some(name) if name.starts_with("key") || name.starts_with("code") => "genders".into(),
        Some(_) => id.to_string(),
    });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_address_turns_strangers_away() {
    let site = Site::yen_bai().await;
    let mut stranger = site.stranger();
    for (method, path) in all_routes().list().iter().filter(|(_, path)| !PUBLIC.contains(path)) {
        let address = filled(path, site.mai);
        let answer = match *method {
            Method::GET => stranger.open(&address).await,
            _ => stranger.submit(&address, &[]).await,
        };
        assert_eq!(answer.location(), Some("/dang-nhap"), "{method} {path} let a stranger in: {}", answer.status);
        answer.misses("Lò Thị Mai");
    }
}

#[tokio::test]
async fn no_act_is_taken_from_a_page_of_another_site() {
    let site = Site::yen_bai().await;
    let mut head = site.sign_in_as("system_admin", site.province).await;
    for (method, path) in all_routes().list().iter().filter(|(method, _)| *method == Method::POST) {
        let request = Request::builder()
            .method(method)
            .uri(filled(path, site.mai))
            .header(header::ORIGIN, "http://elsewhere.test")
            .body(Body::empty());
        assert_eq!(head.send(request.unwrap()).await.status.as_u16(), 403, "{path}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let site = Site::yen_bai().await;
    let answer = site.stranger().open("/dang-nhap").await;
    let policy = answer.headers.get("content-security-policy").unwrap().to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
    assert_eq!(answer.headers.get("x-content-type-options").unwrap(), "nosniff");
    answer.is(200).misses("<script>").misses(" style=").misses(" onclick=");
}

#[tokio::test]
async fn a_database_that_is_away_is_said_so_with_the_time_to_ask_again() {
    let site = Site::away().await;
    let mut clerk = site.stranger();
    let answer = clerk.submit("/dang-nhap", &[("login", "ai-do"), ("password", "mật khẩu nào đó")]).await;
    answer.is(503).sees("Cơ sở dữ liệu tạm thời không trả lời").sees("<h1>").misses("mã sự cố").misses("postgres");
    assert_eq!(answer.headers.get("retry-after").unwrap(), "10");
    assert!(answer.headers.contains_key("content-security-policy"));
    let watched = clerk.open("/suc-khoe").await;
    assert!(watched.is(503).body.contains("\"status\":\"database\""));
}

#[test]
fn no_address_is_listed_twice() {
    let routes: Routes = all_routes();
    let mut seen: Vec<_> = routes.list().iter().map(|(method, path)| format!("{method} {path}")).collect();
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count);
}

#[tokio::test]
async fn every_page_renders_its_samples() {
    let site = Site::yen_bai().await;
    let viewer = site.app.db.viewer(site.app.db.installation_account().await.unwrap().unwrap()).await.unwrap();
    let visitor = crate::access::Visitor { viewer, sign: Default::default(), path: "/".into() };
    crate::backups::show_samples(&site.app, &visitor);
    crate::history::show_samples(&site.app, &visitor);
    crate::dossiers::show_samples(&site.app, &visitor);
    crate::consents::show_samples(&site.app, &visitor);
    crate::decisions::show_samples(&site.app, &visitor);
    crate::reminders::show_samples(&site.app, &visitor);
    crate::reviews::show_samples(&site.app, &visitor);
    crate::transfers::show_samples(&site.app, &visitor);
    crate::declarations::show_samples(&site.app, &visitor);
    crate::discrepancies::show_samples(&site.app, &visitor);
    crate::exports::show_samples(&site.app, &visitor);
    crate::units::show_samples(&site.app, &visitor);
    crate::quotas::show_samples(&site.app, &visitor);
    crate::statistics::show_samples(&site.app, &visitor);
    crate::search::show_samples(&site.app, &visitor);
    crate::prints::show_samples(&site.app, &visitor);
    crate::imports::show_samples(&site.app, &visitor);
    crate::home::show_samples(&site.app, &visitor);
    crate::regulations::show_samples(&site.app, &visitor);
    crate::guide::show_samples(&site.app, &visitor);
    crate::accounts::show_samples(&site.app, &visitor);
    crate::catalogues::show_samples(&site.app, &visitor);
    crate::administration::show_samples(&site.app, &visitor);
}
