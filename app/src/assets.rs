//! Stylesheet, script and fonts, under an address that changes with the version so that browsers may keep them.

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/assets"]
struct Assets;

/// Where assets are served; the digest of all of them is part of it.
pub fn address() -> String {
    let mut digest = 0u64;
    for name in Assets::iter() {
        if let Some(file) = Assets::get(&name) {
            let hash = file.metadata.sha256_hash();
            digest = hash.iter().take(8).fold(digest.rotate_left(7), |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte)));
        }
    }
    format!("/tep/{digest:016x}")
}

/// One asset.
pub async fn serve(Path((_, name)): Path<(String, String)>) -> Response {
    match Assets::get(&name) {
        Some(file) => {
            let kind = file.metadata.mimetype().to_owned();
            let kind = if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind };
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable".into())], file.data)
                .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The address of the assets.
pub fn routes() -> crate::routes::Routes {
    crate::routes::Routes::default().get("/tep/{version}/{*name}", serve)
}
