//! The first start: a demo to look at, then the server. Later starts only serve.

use super::serve;
use crate::{config::Config, demo, error::Result};
use clap::Command;

/// `hoso run`.
pub fn command() -> Command {
    Command::new("run").about("Lần đầu nạp dữ liệu minh họa, rồi chạy máy chủ · Load the demo on the first start, then serve")
}

/// Loads the demo into a database that nobody has an account in, or finishes a load that was cut off, and serves.
///
/// The address is taken first: whoever starts it a second time must not wait for a demo to hear that the port is taken.
pub async fn run(config: Config) -> Result<()> {
    let listener = serve::listen(&config).await?;
    let app = super::open(config).await?;
    let told = match app.db.installation_account().await? {
        Some(_) if !demo::is_unfinished(&app) => None,
        None | Some(_) => demo::first_start(&app).await?,
    };
    match told {
        Some(accounts) => println!("{accounts}"),
        None => println!("Danh sách tài khoản: hoso account list"),
    }
    serve::on(app, listener).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_port_is_said_before_anything_is_loaded() {
        let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("var");
        let config = Config { data: data.clone(), port: taken.local_addr().unwrap().port(), ..Config::defaults() };
        let said = run(config).await.unwrap_err().to_string();
        assert!(said.contains("đang có chương trình khác dùng") && said.contains("--port"), "{said}");
        assert!(!data.exists());
    }
}
