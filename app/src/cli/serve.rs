//! Running the server, until it is told to stop.

use crate::{
    all_routes,
    config::Config,
    error::{Error, Result},
    server,
};
use std::{net::SocketAddr, sync::Arc};
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
        files: config.data.join("files"),
        keys: config.data.join("keys"),
    };
    let db = Db::open(settings)?;
    db.migrate().await?;
    Ok(db)
}

/// Serves until the process is asked to stop; requests under way are finished first.
pub async fn serve(config: Config) -> Result<()> {
    let address = format!("{}:{}", config.host, config.port);
    let app = super::open(config).await?;
    let router = server::router(app, all_routes());
    let taken = |error| Error::Refused(format!("Không mở được {address}: {error}. Chọn cổng khác bằng --port"));
    let listener = tokio::net::TcpListener::bind(&address).await.map_err(taken)?;
    println!("hoso: http://{address}");
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
