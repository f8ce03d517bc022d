//! The page of guidance.

use crate::{App, access::Visitor, error::Result, page::Page};
use axum::{extract::State, response::Response};
use serde::Serialize;

/// Keys and what they do.
const KEYS: &[(&str, &str)] = &[
    ("/", "Đến ô tìm nhanh"),
    ("Tab", "Đến ô hoặc liên kết kế tiếp; Shift+Tab để lùi"),
    ("Ctrl+Enter", "Lưu biểu mẫu đang nhập"),
    ("Esc", "Đóng trình đơn đang mở"),
];

#[derive(Serialize)]
pub(super) struct GuidePage {
    keys: &'static [(&'static str, &'static str)],
    may_search: bool,
    may_create: bool,
    own: Option<i64>,
}

impl Page for GuidePage {
    const TEMPLATE: &'static str = "guide/show.html";

    fn samples() -> Vec<GuidePage> {
        let page = |may: bool| GuidePage { keys: KEYS, may_search: may, may_create: may, own: (!may).then_some(1) };
        vec![page(true), page(false)]
    }
}

/// Guidance for what the visitor may do.
pub(super) async fn guide(visitor: Visitor, State(app): State<App>) -> Result<Response> {
    GuidePage { keys: KEYS, may_search: visitor.may("search"), may_create: visitor.may("create_record"), own: visitor.viewer.dossier_id() }
        .show(&app, &visitor)
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
        head.open("/huong-dan").await.is(200).misses("/nhap-excel");
    }
}
