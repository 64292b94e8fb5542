//! What holds of every request about every text, whatever the models make of it: a refusal that names what is wrong, or an
//! answer whose spans point into the text as sent.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod dice;
mod requests;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use newsprism::analysis::{AnalyzeError, Analyzer, Uninterrupted};
use newsprism::model::Models;
use newsprism::model::manifest::TokenizerOptions;
use newsprism::model::tokenizer::Tokenizer;
use newsprism::server::convert::{Rules, Wanted, check, respond};
use newsprism::server::json::to_json;
use newsprism::server::limits::Limits;
use newsprism::server::pb::{AnalyzeArticleRequest, AnalyzeArticleResponse};
use newsprism::server::status::status;
use proptest::collection::vec;
use proptest::prelude::*;
use prost::Message;
use serde_json::Value;
use tonic::Code;

use self::dice::{Dice, VOCABULARY, options};
use self::requests::{mended, requests, texts};

/// Why a request isn't answered.
#[derive(Debug)]
enum Refused {
    /// For what it asks.
    AsRequest(Code),
    /// For what its text turns out to be.
    AsText(AnalyzeError),
}

/// What the server does with a request, but for the transport.
fn answer(
    request: AnalyzeArticleRequest,
    lowercase: bool,
) -> Result<AnalyzeArticleResponse, Refused> {
    let limits = Limits::default();
    let rules = Rules {
        limits: &limits,
        pipeline_version: "1",
    };
    let wanted = Wanted::from(request.features.unwrap_or_default());
    let checked = check(request.article, request.options, wanted, &rules)
        .map_err(|failure| Refused::AsRequest(status(failure, "id").code()))?;
    let models = Arc::new(Dice::new(lowercase));
    let analyzer = Analyzer::new(Arc::clone(&models) as Arc<dyn Models>);
    let analysis = analyzer.analyze(&checked.request, &Uninterrupted);
    let analysis = analysis.map_err(Refused::AsText)?;
    Ok(respond(&analysis, checked.shape, models.manifest(), "1"))
}

/// Each object of an answer that is a span, and each that has a part of this name.
fn walk<'a>(value: &'a Value, found: &mut impl FnMut(&'a serde_json::Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            found(object);
            object.values().for_each(|value| walk(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| walk(value, found)),
        _ => {}
    }
}

/// The text between two offsets of a unit, by the unit's own means.
fn slice(text: &str, encoding: i32, range: Range<usize>) -> Option<String> {
    match encoding {
        2 => String::from_utf16(text.encode_utf16().collect::<Vec<_>>().get(range)?).ok(),
        3 => Some(text.chars().skip(range.start).take(range.len()).collect()),
        _ => text.get(range).map(str::to_owned),
    }
}

proptest! {
    #[test]
    fn any_request_is_refused_for_a_reason_or_answered_with_spans_that_hold(
        request in requests(), mend in 0..4u8, lowercase: bool,
    ) {
        let good = mend > 0;
        let request = if good { mended(request) } else { request };
        let article = request.article.clone().unwrap();
        let encoding = request.options.clone().unwrap().offset_encoding;
        let targets = request.features.iter().flat_map(|f| &f.stance).map(|s| s.targets.len()).sum::<usize>();
        match answer(request, lowercase) {
            Err(Refused::AsRequest(code)) => prop_assert!(!good && code == Code::InvalidArgument, "{code:?}"),
            Err(Refused::AsText(AnalyzeError::LanguageUnsupported { .. } | AnalyzeError::Empty)) => {}
            Err(Refused::AsText(error)) => prop_assert!(false, "{error:?}"),
            Ok(response) => {
                prop_assert_eq!(response.stances.len(), targets);
                let again = AnalyzeArticleResponse::decode(response.encode_to_vec().as_slice()).unwrap();
                prop_assert!(again == response);
                let json = to_json(&response).unwrap();
                let ids: HashSet<&str> = response.entities.iter().map(|entity| entity.entity_id.as_str()).collect();
                walk(&json, &mut |object| {
                    if let Some(end) = object.get("endOffset").and_then(Value::as_u64) {
                        let start = object.get("startOffset").and_then(Value::as_u64).unwrap_or(0);
                        let field = if object["field"] == "SOURCE_FIELD_TITLE" { &article.title } else { &article.content };
                        let cut = slice(field, encoding, start as usize..end as usize);
                        assert_eq!(cut.as_deref(), object["text"].as_str(), "{object:?}");
                    }
                    let referred = object.get("entityIds").and_then(Value::as_array).into_iter().flatten();
                    for id in referred.chain(object.get("entityId")).filter_map(Value::as_str) {
                        assert!(ids.contains(id), "{id} of {ids:?} in {object:?}");
                    }
                });
            }
        }
    }

    #[test]
    fn any_bytes_are_no_request_or_one_that_is_checked(bytes in vec(any::<u8>(), 0..400)) {
        if let Ok(request) = AnalyzeArticleRequest::decode(bytes.as_slice()) {
            let _ = answer(request, true);
        }
    }

    #[test]
    fn a_request_with_any_byte_changed_is_no_request_or_one_that_is_checked(
        request in requests(), at: proptest::sample::Index, byte: u8,
    ) {
        let mut bytes = request.encode_to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(request) = AnalyzeArticleRequest::decode(bytes.as_slice()) {
            let _ = answer(request, true);
        }
    }

    #[test]
    fn tokens_lie_in_any_text(text in texts(), lowercase: bool, strip_accents: bool) {
        let options = TokenizerOptions { lowercase, strip_accents, ..options(true) };
        let tokens = Tokenizer::new(VOCABULARY, &options).unwrap().tokenize(&text);
        let known = i32::try_from(VOCABULARY.lines().count()).unwrap();
        prop_assert!(tokens.ids.iter().all(|id| (0..known).contains(id)));
        let (mut at, mut piece) = (0, 0);
        for word in &tokens.words {
            prop_assert!(word.span.start >= at && !text[word.span.clone()].is_empty());
            prop_assert!(word.pieces.start == piece && !word.pieces.is_empty());
            (at, piece) = (word.span.end, word.pieces.end);
        }
        prop_assert_eq!(piece, tokens.ids.len());
    }
}
