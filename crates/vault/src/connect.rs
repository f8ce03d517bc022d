//! How PostgreSQL is reached: encryption and certificates as the address asks, and how long anything is waited for.
//!
//! `sslmode` means what it means to `psql`: `prefer` and `require` encrypt without looking at the certificate, `verify-ca`
//! and `verify-full` compare it with the file that `sslrootcert` names.

use crate::{Error, Result};
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};
use std::{sync::Arc, time::Duration};
use tokio_postgres::{Config, config::SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long anything is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For a connection to be made.
    pub connect: Duration,
    /// For one text; exports, copies and migrations may take longer.
    pub statement: Duration,
    /// For a connection that others use.
    pub wait: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience { connect: Duration::from_secs(5), statement: Duration::from_secs(60), wait: Duration::from_secs(10) }
    }
}

/// An address with everything needed to open connections.
#[derive(Clone)]
pub(crate) struct Way {
    config: Config,
    tls: MakeRustlsConnect,
    patience: Patience,
}

impl Way {
    /// Reads an address; what it says about certificates is checked at once.
    pub(crate) fn read(url: &str, patience: Patience) -> Result<Way> {
        let (bare, mode, roots) = split(url);
        let mut config: Config = bare.parse()?;
        let verify = matches!(mode, "verify-ca" | "verify-full");
        config.ssl_mode(match mode {
            "disable" => SslMode::Disable,
            "" | "allow" | "prefer" => SslMode::Prefer,
            "require" | "verify-ca" | "verify-full" => SslMode::Require,
            other => return Err(Error::Unavailable(format!("sslmode={other} is not known"))),
        });
        config.connect_timeout(patience.connect).keepalives_idle(Duration::from_secs(30));
        let roots = match roots {
            "" if verify => return Err(Error::Unavailable(format!("sslmode={mode} needs sslrootcert=FILE in the address"))),
            "" => None,
            file => Some(certificates(file)?),
        };
        Ok(Way { config, tls: MakeRustlsConnect::new(client(mode, roots)?), patience })
    }

    /// A pool of connections with these options; none is opened before it is needed.
    pub(crate) fn pool(&self, options: &str, size: usize, hurried: bool) -> Result<Pool> {
        let mut config = self.config.clone();
        let given = config.get_options().unwrap_or_default().to_owned();
        let limit = if hurried { self.patience.statement.as_millis() } else { 0 };
        config.options(format!("{given} {options} -c statement_timeout={limit}"));
        let manager = Manager::from_config(config, self.tls.clone(), ManagerConfig { recycling_method: RecyclingMethod::Fast });
        let pool = Pool::builder(manager)
            .max_size(size.max(1))
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(self.patience.wait))
            .create_timeout(Some(self.patience.connect))
            .recycle_timeout(Some(self.patience.connect));
        pool.build().map_err(|error| Error::Unavailable(error.to_string()))
    }
}

/// An address without what the driver does not know, its `sslmode` and its `sslrootcert`.
fn split(url: &str) -> (String, &str, &str) {
    let Some((bare, query)) = url.split_once('?') else { return (url.to_owned(), "", "") };
    let (mut mode, mut roots, mut kept) = ("", "", Vec::new());
    for pair in query.split('&') {
        match pair.split_once('=') {
            Some(("sslmode", value)) => mode = value,
            Some(("sslrootcert", value)) => roots = value,
            _ => kept.push(pair),
        }
    }
    let address = if kept.is_empty() { bare.to_owned() } else { format!("{bare}?{}", kept.join("&")) };
    (address, mode, roots)
}

fn certificates(file: &str) -> Result<RootCertStore> {
    let broken = |error: &dyn std::fmt::Display| Error::Unavailable(format!("sslrootcert {file}: {error}"));
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|error| broken(&error))? {
        roots.add(certificate.map_err(|error| broken(&error))?).map_err(|error| broken(&error))?;
    }
    if roots.is_empty() { Err(broken(&"no certificate in it")) } else { Ok(roots) }
}

fn client(mode: &str, roots: Option<RootCertStore>) -> Result<ClientConfig> {
    let broken = |error: &dyn std::fmt::Display| Error::Unavailable(format!("TLS: {error}"));
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone());
    let builder = builder.with_safe_default_protocol_versions().map_err(|error| broken(&error))?;
    if let (Some(roots), "verify-full") = (&roots, mode) {
        return Ok(builder.with_root_certificates(roots.clone()).with_no_client_auth());
    }
    let chain = match roots {
        Some(roots) => {
            let chain = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build();
            Some(chain.map_err(|error| broken(&error))?)
        }
        None => None,
    };
    Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(AnyName { chain, provider })).with_no_client_auth())
}

/// Accepts a certificate whatever name is on it; with a chain only one that its roots vouch for.
#[derive(Debug)]
struct AnyName {
    chain: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for AnyName {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Some(chain) = &self.chain else { return Ok(ServerCertVerified::assertion()) };
        match chain.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            Err(rustls::Error::InvalidCertificate(CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. })) => {
                Ok(ServerCertVerified::assertion())
            }
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_driver_does_not_know_is_taken_out_of_the_address() {
        let url = "postgres://hoso@db/hoso?sslmode=verify-full&options=-c%20search_path%3Da&sslrootcert=/etc/ca.pem";
        assert_eq!(split(url), ("postgres://hoso@db/hoso?options=-c%20search_path%3Da".to_owned(), "verify-full", "/etc/ca.pem"));
        assert_eq!(split("postgres://db/hoso?sslmode=disable"), ("postgres://db/hoso".to_owned(), "disable", ""));
    }

    #[test]
    fn a_certificate_that_cannot_be_compared_is_refused_before_anything_is_sent() {
        let read = |url: &str| Way::read(url, Patience::default()).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(read("postgres://db/hoso?sslmode=verify-full").contains("sslrootcert"));
        assert!(read("postgres://db/hoso?sslmode=verify-ca&sslrootcert=/nowhere/ca.pem").contains("/nowhere/ca.pem"));
        assert!(read("postgres://db/hoso?sslmode=perhaps").contains("perhaps"));
        assert_eq!(read("postgres://db/hoso?sslmode=require"), "");
    }
}
