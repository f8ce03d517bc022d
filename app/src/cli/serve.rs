//! Running the server, until it is told to stop.

use crate::{
    App, all_routes, backups, catalogues,
    config::Config,
    decisions, dossiers,
    error::{Error, Result},
    reviews, server,
};
use std::{io::ErrorKind, net::SocketAddr, sync::Arc};
use tokio::net::TcpListener;
use vault::{Db, Settings};

/// Opens the vault of the settings and brings its schema up to date.
pub async fn vault(config: &Config, law: Arc<law::Law>) -> Result<Db> {
    std::fs::create_dir_all(&config.data)?;
    let chains = match (config.chains, config.postgres.is_empty()) {
        (0, true) => 1,
        (0, false) => 8,
        (chosen, _) => chosen,
    };
    let settings = Settings {
        url: config.database(),
        node: config.node,
        chains,
        readers: config.readers,
        clock: crate::clock,
        law,
        patience: config.patience(),
        files: config.data.join("files"),
        keys: config.data.join("keys"),
    };
    let db = Db::open(settings)?;
    db.migrate().await?;
    Ok(db)
}

/// Takes the address of the settings, so that a second server notices at once.
pub async fn listen(config: &Config) -> Result<TcpListener> {
    let address = format!("{}:{}", config.host, config.port);
    TcpListener::bind(&address).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            let next = config.port.checked_add(1).unwrap_or(config.port);
            Error::Refused(format!(
                "Cổng {address} đang có chương trình khác dùng. Dừng chương trình đó, hoặc chọn cổng khác, ví dụ --port {next}"
            ))
        }
        _ => Error::Refused(format!("Không mở được {address}: {error}. Chọn địa chỉ bằng --host, cổng bằng --port")),
    })
}

/// Serves until the process is asked to stop; requests under way are finished first.
pub async fn serve(config: Config) -> Result<()> {
    let listener = listen(&config).await?;
    on(super::open(config).await?, listener).await
}

/// Serves an open application where it listens.
pub async fn on(app: App, listener: TcpListener) -> Result<()> {
    backups::watch(app.clone(), backups::time_of_day(&app.config.backup_at)?);
    catalogues::watch(app.clone());
    decisions::watch(app.clone());
    reviews::watch(app.clone());
    dossiers::watch(app.clone());
    println!("hoso: http://{}", listener.local_addr()?);
    let router = server::router(app, all_routes());
    axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).with_graceful_shutdown(asked_to_stop()).await?;
    Ok(())
}

async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} },
        Err(_) => drop(interrupt.await),
    }
}
