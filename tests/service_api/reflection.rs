//! Reflection in both versions, with all that grpcurl needs to print errors.

use prost::Message;
use prost_types::FileDescriptorProto;

use crate::support::*;

/// The tests of one version; the generated types of the two differ in nothing but their paths.
macro_rules! tests {
    ($version:ident) => {
        mod $version {
            use tonic_reflection::pb::$version::ServerReflectionRequest;
            use tonic_reflection::pb::$version::server_reflection_client::ServerReflectionClient;
            use tonic_reflection::pb::$version::server_reflection_request::MessageRequest;
            use tonic_reflection::pb::$version::server_reflection_response::MessageResponse;

            use super::*;

            async fn ask(server: &TestServer, question: MessageRequest) -> MessageResponse {
                let request = tokio_stream::once(ServerReflectionRequest {
                    host: String::new(),
                    message_request: Some(question),
                });
                let mut client = ServerReflectionClient::new(server.channel());
                let answers = client.server_reflection_info(request).await.unwrap();
                let answer = answers.into_inner().message().await.unwrap().unwrap();
                answer.message_response.unwrap()
            }

            #[tokio::test]
            async fn lists_the_services() {
                let server = TestServer::start().await;
                let answer = ask(&server, MessageRequest::ListServices(String::new())).await;
                let MessageResponse::ListServicesResponse(list) = answer else {
                    panic!("{answer:?}")
                };
                let mut names: Vec<String> = list.service.into_iter().map(|s| s.name).collect();
                names.sort();
                let own = concat!(
                    "grpc.reflection.",
                    stringify!($version),
                    ".ServerReflection"
                );
                let expected = [
                    "grpc.health.v1.Health",
                    own,
                    "newsprism.v1.ArticleAnalysisService",
                ];
                assert_eq!(names, expected);
            }

            #[tokio::test]
            async fn describes_the_messages_and_the_error_details() {
                let server = TestServer::start().await;
                for symbol in [
                    "newsprism.v1.AnalyzeArticleRequest",
                    "newsprism.v1.ErrorReason",
                    "google.rpc.ErrorInfo",
                    "google.rpc.BadRequest",
                    "google.rpc.RetryInfo",
                ] {
                    let question = MessageRequest::FileContainingSymbol(symbol.to_owned());
                    let answer = ask(&server, question).await;
                    let MessageResponse::FileDescriptorResponse(files) = answer else {
                        panic!("{symbol}: {answer:?}")
                    };
                    let file = files.file_descriptor_proto[0].as_slice();
                    let file = FileDescriptorProto::decode(file).unwrap();
                    assert!(symbol.starts_with(file.package()), "{symbol}");
                }
            }
        }
    };
}

tests!(v1);
tests!(v1alpha);
