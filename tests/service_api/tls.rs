//! TLS and mutual TLS: who can connect, and that certificates change under load.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper_util::rt::TokioIo;
use newsprism::server::pb::GetServiceInfoRequest;
use newsprism::server::{Reloaded, ServerConfig, Tls};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::crypto::ring;
use tonic::codegen::http::Uri;
use tonic::transport::Endpoint;
use tower::service_fn;

use crate::certificates::Authority;
use crate::support::*;

impl Authority {
    /// Writes a new pair, as a rotation does.
    fn rotate(&self, folder: &Path) {
        let (certificate, key) = self.issue();
        fs::write(folder.join("tls.crt"), certificate.pem()).unwrap();
        fs::write(folder.join("tls.key"), key.serialize_pem()).unwrap();
    }
}

fn with_tls(folder: &Path, files: &[&str]) -> impl FnOnce(&mut ServerConfig) + use<> {
    let files = files.iter().map(|name| folder.join(name)).collect();
    let tls = Reloaded::load(files, Tls::parse).unwrap();
    |config| config.tls = Some(Arc::new(tls))
}

/// One call over a connection of its own.
async fn call(server: &TestServer, client: &ClientConfig) -> Result<(), String> {
    let (connector, address) = (TlsConnector::from(Arc::new(client.clone())), server.address);
    let connect = service_fn(move |_: Uri| {
        let connector = connector.clone();
        async move {
            let stream = TcpStream::connect(address).await?;
            let name = "localhost".try_into().unwrap();
            connector.connect(name, stream).await.map(TokioIo::new)
        }
    });
    let endpoint = Endpoint::from_static("http://localhost");
    let channel = endpoint.connect_with_connector(connect).await;
    let channel = channel.map_err(|error| format!("{error:?}"))?;
    let mut client = Client::new(channel);
    let info = client.get_service_info(GetServiceInfoRequest {});
    info.await.map(drop).map_err(|error| format!("{error:?}"))
}

/// A server with TLS; it is ready when a call says so, since probes speak plain text.
async fn serve(change: impl FnOnce(&mut ServerConfig), client: &ClientConfig) -> TestServer {
    let server = TestServer::bind(change).await;
    server.load();
    eventually(async || call(&server, client).await.is_ok()).await;
    server
}

#[tokio::test]
async fn row_17_calls_are_encrypted_and_plain_text_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new();
    authority.rotate(folder.path());
    let tls = with_tls(folder.path(), &["tls.crt", "tls.key"]);
    let server = serve(tls, &authority.client(None)).await;
    assert!(call(&server, &Authority::new().client(None)).await.is_err());
    let mut plain = server.client();
    let info = GetServiceInfoRequest {};
    assert!(plain.get_service_info(info).await.is_err());
}

#[tokio::test]
async fn row_17_mutual_tls_lets_in_only_clients_of_its_authority() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new();
    authority.rotate(folder.path());
    fs::write(folder.path().join("ca.crt"), &authority.pem).unwrap();
    let tls = with_tls(folder.path(), &["tls.crt", "tls.key", "ca.crt"]);
    let server = serve(tls, &authority.client(Some(&authority))).await;
    for stranger in [None, Some(&Authority::new())] {
        assert!(call(&server, &authority.client(stranger)).await.is_err());
    }
}

#[tokio::test]
async fn row_17_certificates_change_under_load_and_a_bad_pair_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (Authority::new(), Authority::new());
    first.rotate(folder.path());
    let mut client = first.client(None);
    let tls = with_tls(folder.path(), &["tls.crt", "tls.key"]);
    let server = Arc::new(serve(tls, &client).await);

    // Trusts both authorities and calls without a pause, each time over a new connection.
    let mut roots = first.root.clone();
    roots.extend(second.root.roots.iter().cloned());
    client = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    client.alpn_protocols = vec![b"h2".to_vec()];
    let stop = Arc::new(AtomicBool::new(false));
    let load = tokio::spawn({
        let (server, stop) = (Arc::clone(&server), Arc::clone(&stop));
        async move {
            while !stop.load(Ordering::Relaxed) {
                call(&server, &client).await.unwrap();
            }
        }
    });
    second.rotate(folder.path());
    eventually(async || call(&server, &second.client(None)).await.is_ok()).await;
    // A key of another certificate's.
    let (_, key) = first.issue();
    fs::write(folder.path().join("tls.key"), key.serialize_pem()).unwrap();
    tokio::time::sleep(Duration::from_secs(3)).await;
    call(&server, &second.client(None)).await.unwrap();
    first.rotate(folder.path());
    eventually(async || call(&server, &first.client(None)).await.is_ok()).await;
    stop.store(true, Ordering::Relaxed);
    load.await.unwrap();
}

#[tokio::test]
async fn row_3_a_peer_that_does_not_shake_hands_in_time_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new();
    authority.rotate(folder.path());
    let tls = with_tls(folder.path(), &["tls.crt", "tls.key"]);
    let client = authority.client(None);
    let impatient = |config: &mut ServerConfig| {
        tls(config);
        config.connections.handshake = Duration::from_secs(2);
    };
    let server = serve(impatient, &client).await;
    // One that says nothing, one that stops within its first record, one that isn't speaking TLS at all.
    let begins: [&[u8]; 3] = [
        b"",
        b"\x16\x03\x01\x02\x00\x01",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ];
    for begin in begins {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(begin).await.unwrap();
        let mut rest = Vec::new();
        let closed = tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut rest));
        let _ = closed.await.unwrap();
        call(&server, &client).await.unwrap();
    }
}

#[tokio::test]
async fn row_17_a_mounted_secret_changes_by_its_symbolic_link() {
    // As Kubernetes does it: files are links into `..data`, itself a link that is swapped for one to a new folder.
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (Authority::new(), Authority::new());
    let version = |name: &str, authority: &Authority| {
        let version = folder.path().join(name);
        fs::create_dir(&version).unwrap();
        authority.rotate(&version);
        version
    };
    let data = folder.path().join("..data");
    symlink(version("..1", &first), &data).unwrap();
    for name in ["tls.crt", "tls.key"] {
        symlink(data.join(name), folder.path().join(name)).unwrap();
    }
    let tls = with_tls(folder.path(), &["tls.crt", "tls.key"]);
    let server = serve(tls, &first.client(None)).await;
    let swapped = folder.path().join("..data_tmp");
    symlink(version("..2", &second), &swapped).unwrap();
    fs::rename(swapped, data).unwrap();
    eventually(async || call(&server, &second.client(None)).await.is_ok()).await;
    assert!(call(&server, &first.client(None)).await.is_err());
}
