//! TLS certificates that change under load, the way Kubernetes swaps a mounted secret, and one pair that doesn't fit.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use newsprism::server::pb::GetServiceInfoRequest;
use rcgen::{Certificate, KeyPair};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tonic::Code;

use self::certificates::Authority;
use super::articles::{article, text, without_stance};
use super::client::RoundRobin;
use super::report::Report;
use super::server::{PATIENT, Server};
use super::traffic::{Outcome, Tally, at_rate, timed};

#[allow(dead_code)]
#[path = "../../tests/certificates/mod.rs"]
mod certificates;

/// Calls a second over one connection, and over a new one each.
const RATES: (f64, f64) = (10.0, 20.0);
/// How long the server may take to see a change.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a bad pair is left in place: longer than the server takes to see it.
const BAD: Duration = Duration::from_secs(5);

pub async fn run(times: usize) -> Report {
    let found = measure(times).await;
    let mut report = Report::default();
    report.note("calls over one connection", &found.old);
    report.note("calls over a connection each", &found.new);
    let taken = found.taken;
    report.check(
        "certificates taken over",
        taken,
        &format!("{times}"),
        taken == times,
    );
    report.check(
        "a pair that doesn't fit changes nothing",
        found.bad_ignored,
        "true",
        found.bad_ignored,
    );
    let failed = found.old.others(&[Code::Ok]) + found.new.others(&[Code::Ok]);
    report.none("failed calls", failed);
    report
}

/// What a run found.
pub struct Found {
    pub old: Tally,
    pub new: Tally,
    /// Certificates that the server was seen to use.
    pub taken: usize,
    /// Whether the certificate before a bad pair was still used after it.
    pub bad_ignored: bool,
}

pub async fn measure(times: usize) -> Found {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new();
    let secret = Secret(folder.path());
    secret.put(0, &authority.issue().into());
    for name in ["tls.crt", "tls.key"] {
        symlink(format!("..data/{name}"), folder.path().join(name)).unwrap();
    }
    let path = |name| folder.path().join(name).to_str().unwrap().to_owned();
    let (certificate, key) = (path("tls.crt"), path("tls.key"));
    let mut arguments = vec!["--tls-cert", &certificate, "--tls-key", &key];
    arguments.extend(PATIENT);
    let server = Server::start(&arguments);
    let tls = Arc::new(authority.client(None));
    server.ready_over(Some(Arc::clone(&tls))).await;

    let address = server.address.clone();
    let (mut taken, mut bad_ignored) = (0, false);
    let rotating = async {
        for turn in 1..=times {
            let pair = Pair::from(authority.issue());
            secret.put(2 * turn, &pair);
            if is_used(&address, &tls, &pair.certificate).await {
                taken += 1;
            }
            if turn == times.div_ceil(2) {
                let bad = Pair {
                    key: authority.issue().1.serialize_pem(),
                    ..pair.clone()
                };
                secret.put(2 * turn + 1, &bad);
                tokio::time::sleep(BAD).await;
                bad_ignored = used(&address, &tls).await.as_ref() == Some(&pair.certificate);
            }
        }
    };
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let until = |mut stopped: tokio::sync::watch::Receiver<bool>| async move {
        let _ = stopped.wait_for(|stopped| *stopped).await;
    };
    let endpoint = std::slice::from_ref(&server.address);
    let one = RoundRobin::new(endpoint, Some(Arc::clone(&tls)));
    let (old, new, ()) = tokio::join!(
        at_rate(RATES.0, until(stopped.clone()), |_| analyze(one.clone())),
        at_rate(RATES.1, until(stopped), |_| {
            ask(RoundRobin::new(endpoint, Some(Arc::clone(&tls))))
        }),
        async {
            rotating.await;
            stop.send_replace(true);
        }
    );
    Found {
        old,
        new,
        taken,
        bad_ignored,
    }
}

async fn analyze(channel: RoundRobin) -> Outcome {
    let request = without_stance(article(&text("ordinary", 250)));
    timed(channel.client().analyze_article(request)).await
}

async fn ask(channel: RoundRobin) -> Outcome {
    let mut client = channel.client();
    timed(client.get_service_info(GetServiceInfoRequest {})).await
}

/// Whether a new connection is soon met with a certificate.
async fn is_used(address: &str, tls: &Arc<ClientConfig>, certificate: &[u8]) -> bool {
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if used(address, tls)
            .await
            .is_some_and(|used| used == certificate)
        {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    false
}

/// The certificate that a new connection is met with.
async fn used(address: &str, tls: &Arc<ClientConfig>) -> Option<Vec<u8>> {
    let stream = TcpStream::connect(address).await.ok()?;
    let name = ServerName::try_from("localhost").unwrap();
    let stream = TlsConnector::from(Arc::clone(tls))
        .connect(name, stream)
        .await
        .ok()?;
    let chain = stream.get_ref().1.peer_certificates();
    chain
        .and_then(<[CertificateDer<'_>]>::first)
        .map(|own| own.to_vec())
}

/// A certificate, DER, and both parts as they stand in files.
#[derive(Clone)]
struct Pair {
    certificate: Vec<u8>,
    chain: String,
    key: String,
}

/// A folder in which Kubernetes mounts a secret: the files are links through one link, which is swapped.
struct Secret<'a>(&'a Path);

impl Secret<'_> {
    fn put(&self, version: usize, pair: &Pair) {
        let name = format!("..version-{version}");
        let folder = self.0.join(&name);
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("tls.crt"), &pair.chain).unwrap();
        fs::write(folder.join("tls.key"), &pair.key).unwrap();
        let link = self.0.join("..data_tmp");
        symlink(name, &link).unwrap();
        fs::rename(link, self.0.join("..data")).unwrap();
    }
}

impl From<(Certificate, KeyPair)> for Pair {
    fn from((certificate, key): (Certificate, KeyPair)) -> Self {
        Pair {
            certificate: certificate.der().to_vec(),
            chain: certificate.pem(),
            key: key.serialize_pem(),
        }
    }
}
