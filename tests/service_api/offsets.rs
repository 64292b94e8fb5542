//! Offsets in each encoding, on the way in and on the way out: `text[span] == span.text` in the caller's own unit.

use newsprism::server::pb::{
    self, AnalysisFeatures, AnalysisOptions, AnalyzeArticleRequest, OffsetEncoding, TextSpan,
};

use crate::support::*;

const TEXT: &str = "The \u{201c}naïve\u{201d} mayor 👩‍👧 of Springfield e\u{301}tait there, said the council.\r\n\r\n\
    The council of Springfield will vote on the new\u{a0}library 📚 next week, the mayor said.";

/// The stretch of a text between two offsets, as a client in that encoding's language slices it.
fn slice(text: &str, encoding: OffsetEncoding, start: usize, end: usize) -> String {
    match encoding {
        OffsetEncoding::Unspecified | OffsetEncoding::Utf8Bytes => text[start..end].to_owned(),
        OffsetEncoding::Utf16CodeUnits => {
            let units: Vec<u16> = text.encode_utf16().collect();
            String::from_utf16(&units[start..end]).unwrap()
        }
        OffsetEncoding::UnicodeCodePoints => text.chars().skip(start).take(end - start).collect(),
    }
}

fn length(text: &str, encoding: OffsetEncoding) -> usize {
    match encoding {
        OffsetEncoding::Unspecified | OffsetEncoding::Utf8Bytes => text.len(),
        OffsetEncoding::Utf16CodeUnits => text.encode_utf16().count(),
        OffsetEncoding::UnicodeCodePoints => text.chars().count(),
    }
}

#[tokio::test]
async fn spans_fit_the_callers_own_text_both_ways() {
    let server = TestServer::start().await;
    let mut client = server.client();
    for encoding in [
        OffsetEncoding::Unspecified,
        OffsetEncoding::Utf8Bytes,
        OffsetEncoding::Utf16CodeUnits,
        OffsetEncoding::UnicodeCodePoints,
    ] {
        let mine = |wanted: &str| {
            let start = TEXT.find(wanted).unwrap();
            TextSpan {
                start_offset: length(&TEXT[..start], encoding) as i32,
                end_offset: length(&TEXT[..start + wanted.len()], encoding) as i32,
                text: wanted.to_owned(),
                field: pb::SourceField::Content.into(),
            }
        };
        let sent = vec![mine("👩‍👧"), mine("Springfield"), mine("library 📚")];
        let answer = client.analyze_article(AnalyzeArticleRequest {
            article: Some(article(TEXT)),
            options: Some(AnalysisOptions {
                offset_encoding: encoding.into(),
                ..Default::default()
            }),
            features: Some(AnalysisFeatures {
                entities: Some(pb::EntityOptions {
                    targets: vec![pb::EntityTarget {
                        spans: sent.clone(),
                        ..Default::default()
                    }],
                    ..Default::default()
                }),
                segments: Some(pb::SegmentOptions {}),
                ..Default::default()
            }),
        });
        let answer = answer.await.unwrap().into_inner();
        let mentions: Vec<TextSpan> = answer.entities[0]
            .mentions
            .iter()
            .map(|mention| mention.span.clone().unwrap())
            .collect();
        assert_eq!(mentions, sent, "{encoding:?}");
        assert_eq!(answer.entities[0].target_id, "t1");
        assert_eq!(answer.segments.len(), 2);
        for segment in answer.segments {
            let span = segment.span.unwrap();
            let sliced = slice(
                TEXT,
                encoding,
                span.start_offset as usize,
                span.end_offset as usize,
            );
            assert_eq!(sliced, span.text, "{encoding:?}");
        }
    }
}
