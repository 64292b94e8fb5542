//! The phases of the server, starting, serving and draining, and what health checks are told in each.

use std::sync::OnceLock;

use tokio::sync::watch;
use tonic_health::ServingStatus;
use tonic_health::server::HealthReporter;

use super::failure::Failure;
use super::pb::article_analysis_service_server::SERVICE_NAME;

/// The names under which health is told: the server as a whole, and its one service.
const HEALTH_NAMES: [&str; 2] = ["", SERVICE_NAME];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Starting,
    Serving,
    /// Still serving, but load balancers are told otherwise.
    LookingAway,
    /// Answering what has come, and what still comes from clients that have not heard of it yet.
    Draining,
    /// The same, with streams told to end.
    EndingStreams,
}

/// Holds what is ready once it is, and refuses calls before.
pub struct Lifecycle<T> {
    ready: OnceLock<T>,
    phase: watch::Sender<Phase>,
    health: HealthReporter,
}

impl<T> Lifecycle<T> {
    /// The starting phase: every name is NOT_SERVING from the first probe on.
    pub async fn starting(health: HealthReporter) -> Self {
        let lifecycle = Lifecycle {
            ready: OnceLock::new(),
            phase: watch::Sender::new(Phase::Starting),
            health,
        };
        lifecycle.tell(ServingStatus::NotServing).await;
        lifecycle
    }

    /// What is ready; the failure that says so where nothing is yet.
    ///
    /// A server that drains still admits: such calls were under way when their client was told to go elsewhere.
    pub fn admit(&self) -> Result<&T, Failure> {
        self.ready.get().ok_or_else(Failure::not_ready)
    }

    /// From starting to serving.
    pub async fn serve(&self, ready: T) {
        // Only ever called once, by the start.
        let _ = self.ready.set(ready);
        self.phase.send_replace(Phase::Serving);
        self.tell(ServingStatus::Serving).await;
    }

    /// Tells load balancers to look away while calls are still answered.
    pub async fn look_away(&self) {
        self.phase.send_replace(Phase::LookingAway);
        self.tell(ServingStatus::NotServing).await;
    }

    /// Whether load balancers should send calls here.
    pub fn is_serving(&self) -> bool {
        *self.phase.borrow() == Phase::Serving
    }

    /// Waits until streams must end.
    pub async fn ending_streams(&self) {
        // The sender lives as long as this does, so that this ends only when it is true.
        let mut phase = self.phase.subscribe();
        let _ = phase.wait_for(|phase| *phase == Phase::EndingStreams).await;
    }

    /// From serving to draining. Ends every open health watch, which would hold its connection for ever.
    pub async fn drain(&self) {
        self.phase.send_replace(Phase::Draining);
        let mut health = self.health.clone();
        for name in HEALTH_NAMES {
            health.clear_service_status(name).await;
        }
    }

    /// Tells the streams that are still open to end.
    pub fn end_streams(&self) {
        self.phase.send_replace(Phase::EndingStreams);
    }

    async fn tell(&self, status: ServingStatus) {
        for name in HEALTH_NAMES {
            self.health.set_service_status(name, status).await;
        }
    }
}
