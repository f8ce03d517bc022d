//! Whether the server lives: for the machine that watches it, without a word about data.

use crate::App;
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// `{"status":"ok"}`, or 503 when the database does not answer.
pub(super) async fn health(State(app): State<App>) -> Response {
    let version = env!("CARGO_PKG_VERSION");
    // Looking for an account is the lightest question that reaches the database.
    match app.db.installation_account().await {
        Ok(_) => Json(json!({ "status": "ok", "version": version })).into_response(),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "database", "version": version }))).into_response()
        }
    }
}
