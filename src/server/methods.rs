//! The methods that the server has, by path: the only names that calls are counted under.

use std::collections::HashMap;
use std::sync::LazyLock;

use prost_reflect::{DescriptorPool, MethodDescriptor, ServiceDescriptor};

use super::pb::DESCRIPTORS;
use crate::telemetry::metrics::Method;

/// What calls of any other path are counted under, so that callers can't make series.
pub const UNKNOWN: Method = Method {
    grpc_service: "unknown",
    grpc_method: "unknown",
};

/// Service and method of each path, read from the descriptors of all services that are served.
static METHODS: LazyLock<HashMap<String, (String, String)>> = LazyLock::new(|| {
    let sets = [
        DESCRIPTORS,
        tonic_health::pb::FILE_DESCRIPTOR_SET,
        tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET,
        tonic_reflection::pb::v1alpha::FILE_DESCRIPTOR_SET,
    ];
    let mut methods = HashMap::new();
    // They are compiled in: a broken one would fail the start of reflection.
    for pool in sets.iter().flat_map(|set| DescriptorPool::decode(*set)) {
        let of = |service: ServiceDescriptor| service.methods().collect::<Vec<MethodDescriptor>>();
        for method in pool.services().flat_map(of) {
            let service = method.parent_service().full_name().to_owned();
            let name = method.name().to_owned();
            methods.insert(format!("/{service}/{name}"), (service, name));
        }
    }
    methods
});

/// What calls of a path are counted under.
pub fn method(path: &str) -> Method {
    METHODS.get(path).map_or(UNKNOWN, of)
}

/// All methods.
pub fn methods() -> Vec<Method> {
    METHODS.values().map(of).collect()
}

fn of((service, name): &'static (String, String)) -> Method {
    Method {
        grpc_service: service,
        grpc_method: name,
    }
}
