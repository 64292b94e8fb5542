//! A client of the service: TLS and a bearer token.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};
use tonic::{Request, Status};

use crate::newsprism::article_analysis_service_client::ArticleAnalysisServiceClient;

/// An answer can have ten times the bytes of its article, more than the 4 MiB that gRPC takes unless told.
const MAX_ANSWER_BYTES: usize = 64 << 20;

pub type Service = ArticleAnalysisServiceClient<InterceptedService<Channel, Bearer>>;

/// Where the server is, and who is calling.
#[derive(Args)]
pub struct Connection {
    /// The server
    #[arg(long, value_name = "HOST:PORT", default_value = "localhost:50051")]
    server: String,
    /// The server's authority, PEM: speak TLS
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// This client's certificate, PEM: mutual TLS
    #[arg(long, value_name = "FILE", requires_all = ["ca", "key"])]
    cert: Option<PathBuf>,
    /// The certificate's key, PEM
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
    /// A bearer token
    #[arg(long, env = "NEWSPRISM_TOKEN", hide_env_values = true)]
    token: Option<String>,
}

impl Connection {
    pub fn open(&self) -> anyhow::Result<Service> {
        if self.token.is_some() && self.ca.is_none() {
            bail!("a token is sent over TLS only: give --ca");
        }
        let endpoint = match &self.ca {
            None => Endpoint::from_shared(format!("http://{}", self.server))?,
            Some(ca) => {
                let ca = Certificate::from_pem(fs::read(ca).context("--ca")?);
                let mut tls = ClientTlsConfig::new().ca_certificate(ca);
                if let (Some(cert), Some(key)) = (&self.cert, &self.key) {
                    let cert = fs::read(cert).context("--cert")?;
                    let key = fs::read(key).context("--key")?;
                    tls = tls.identity(Identity::from_pem(cert, key));
                }
                Endpoint::from_shared(format!("https://{}", self.server))?.tls_config(tls)?
            }
        };
        let token = self.token.as_ref().map(|token| format!("Bearer {token}"));
        let bearer = token.map(|token| token.parse()).transpose()?;
        let channel = endpoint.connect_lazy();
        let service = ArticleAnalysisServiceClient::with_interceptor(channel, Bearer(bearer));
        Ok(service.max_decoding_message_size(MAX_ANSWER_BYTES))
    }
}

/// A token that goes with every call.
#[derive(Clone)]
pub struct Bearer(Option<MetadataValue<Ascii>>);

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        if let Some(token) = &self.0 {
            request
                .metadata_mut()
                .insert("authorization", token.clone());
        }
        Ok(request)
    }
}
