//! The page of guidance, and whether keys of one letter work in this browser.

use crate::{
    App,
    access::{Visitor, cookie},
    error::Result,
    page::Page,
};
use axum::{
    Form,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};

/// Keys that work everywhere, and what they do.
const KEYS: &[(&str, &str)] = &[
    ("Tab", "Đến ô hoặc liên kết kế tiếp; Shift+Tab để lùi"),
    ("Ctrl+Enter", "Lưu biểu mẫu đang nhập"),
    ("Esc", "Đóng trình đơn đang mở"),
];

/// Keys of one letter, which may be turned off.
const LETTERS: &[(&str, &str)] = &[
    ("/", "Đến ô tìm nhanh"),
    ("j", "Trong danh sách: xuống người kế tiếp"),
    ("k", "Trong danh sách: lên người phía trên"),
    ("Enter", "Mở người đang đứng"),
    ("x", "Chọn hoặc bỏ chọn người đang đứng"),
];

/// Cookie of a browser in which letters are turned off. The script of the pages reads it; it says nothing of a person.
const COOKIE: &str = "hoso-phim";
const OFF: &str = "tat";
/// A year, in seconds.
const KEPT: i64 = 31_536_000;

#[derive(Serialize)]
pub(super) struct GuidePage {
    keys: &'static [(&'static str, &'static str)],
    letter_keys: &'static [(&'static str, &'static str)],
    letters_on: bool,
    may_search: bool,
    may_create: bool,
    own: Option<i64>,
}

impl Page for GuidePage {
    const TEMPLATE: &'static str = "guide/show.html";

    fn samples() -> Vec<GuidePage> {
        let page = |may: bool| GuidePage {
            keys: KEYS,
            letter_keys: LETTERS,
            letters_on: may,
            may_search: may,
            may_create: may,
            own: (!may).then_some(1),
        };
        vec![page(true), page(false)]
    }
}

/// Guidance for what the visitor may do.
pub(super) async fn guide(visitor: Visitor, State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    let page = GuidePage {
        keys: KEYS,
        letter_keys: LETTERS,
        letters_on: cookie(&headers, COOKIE).as_deref() != Some(OFF),
        may_search: visitor.may("search"),
        may_create: visitor.may("create_record"),
        own: visitor.viewer.dossier_id(),
    };
    page.show(&app, &visitor)
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct LettersForm {
    phim: String,
}

/// Turns keys of one letter on or off in this browser.
pub(super) async fn letters(_visitor: Visitor, State(app): State<App>, Form(form): Form<LettersForm>) -> Result<Response> {
    let (value, kept) = if form.phim == OFF { (OFF, KEPT) } else { ("", 0) };
    let secure = if app.config.is_encrypted() { "; Secure" } else { "" };
    let line = format!("{COOKIE}={value}; Path=/; SameSite=Strict; Max-Age={kept}{secure}");
    let mut response = Redirect::to("/huong-dan#phim-tat").into_response();
    if let Ok(line) = HeaderValue::from_str(&line) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::site::Site;

    #[tokio::test]
    async fn the_guide_lists_the_keys_and_what_the_visitor_may_do() {
        let site = Site::yen_bai().await;
        let mut clerk = site.sign_in_as("operator", site.hospital).await;
        let page = clerk.open("/huong-dan").await;
        page.is(200).sees("Ctrl+Enter").sees("Nhập từ Excel");
        assert_eq!(GuidePage::samples().len(), 2);
        let mut head = site.sign_in_as("unit_head", site.hospital).await;
        head.open("/huong-dan").await.is(200).misses("/nhap-excel").sees("<kbd>g</kbd> <kbd>d</kbd>").misses("<kbd>g</kbd> <kbd>n</kbd>");
    }

    #[tokio::test]
    async fn keys_of_one_letter_can_be_turned_off_and_on_again() {
        let site = Site::yen_bai().await;
        let mut clerk = site.sign_in_as("operator", site.hospital).await;
        clerk.open("/huong-dan").await.sees("Tắt phím một chữ");
        let off = clerk.submit("/huong-dan/phim-tat", &[("phim", "tat")]).await;
        let line = off.is(303).headers.get("set-cookie").unwrap().to_str().unwrap();
        assert!(line.starts_with("hoso-phim=tat;") && !line.contains("HttpOnly"), "{line}");
        clerk.follow(&off).await.sees("Bật phím một chữ");
        clerk.submit("/huong-dan/phim-tat", &[("phim", "bat")]).await.is(303);
        clerk.open("/huong-dan").await.sees("Tắt phím một chữ");
    }
}
