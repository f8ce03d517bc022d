//! Walking the whole record in the background to see that nobody altered it.

use crate::{App, form::show_moment};
use std::sync::Mutex;

/// The last check that was asked for on this server.
#[derive(Default)]
pub struct RecordCheck(Mutex<State>);

/// How it stands.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub(super) running: bool,
    /// When the last one ended.
    pub(super) ended: String,
    /// Entries found whole, or what is wrong.
    pub(super) found: Option<Result<i64, String>>,
}

impl RecordCheck {
    pub(super) fn state(&self) -> State {
        self.0.lock().map(|state| state.clone()).unwrap_or_default()
    }

    fn with(&self, change: impl FnOnce(&mut State)) {
        if let Ok(mut state) = self.0.lock() {
            change(&mut state);
        }
    }
}

/// Begins a check; nothing when one is under way.
pub(super) fn begin(app: &App) -> bool {
    let mut free = false;
    app.record.with(|state| {
        free = !state.running;
        state.running = true;
    });
    if free {
        let app = app.clone();
        tokio::spawn(async move {
            let found = look(&app).await;
            app.record.with(|state| *state = State { running: false, ended: show_moment(app.now()), found: Some(found) });
        });
    }
    free
}

async fn look(app: &App) -> Result<i64, String> {
    match app.db.verify_chain(&[]).await {
        Ok(verified) => Ok(verified.entries),
        Err(vault::Error::Chain(fault)) => {
            tracing::error!(chain = fault.chain, seq = fault.seq, "the record was altered");
            Err(format!(
                "Nhật ký bị sửa đổi ở chuỗi {}, mục {}. Giữ nguyên máy chủ và báo người phụ trách an toàn thông tin",
                fault.chain, fault.seq
            ))
        }
        Err(error) => {
            tracing::error!(?error, "the record could not be checked");
            Err("Chưa kiểm tra được nhật ký. Xem nhật ký kỹ thuật của máy chủ rồi kiểm tra lại".into())
        }
    }
}
