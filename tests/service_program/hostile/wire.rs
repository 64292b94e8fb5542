//! Bytes that are no request, or only just: broken framing, broken protobuf, and what is valid but absurd.

use newsprism::server::pb;
use prost::Message;

use super::frame;
use super::requests::Parts;

/// A name and the bytes of a body.
pub fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    let good = Parts::good().request().encode_to_vec();
    let article = Parts::good().article.encode_to_vec();
    let field = |number: u8, wire: u8| number << 3 | wire;
    // Field 1, the article in each request, with these bytes in it.
    let with_article =
        |bytes: &[u8]| [&[field(1, 2), u8::try_from(bytes.len()).unwrap()], bytes].concat();
    let content = |bytes: &[u8]| {
        with_article(&[&[field(3, 2), u8::try_from(bytes.len()).unwrap()], bytes].concat())
    };
    let unknown = |size: usize| {
        let mut bytes = good.clone();
        prost::encoding::bytes::encode(1000, &vec![7u8; size], &mut bytes);
        bytes
    };
    let mut doubled = good.clone();
    doubled.extend(&good);
    let nested = [field(15, 3)].repeat(5000);
    let mut many_articles = Vec::new();
    for _ in 0..10_000 {
        prost::encoding::bytes::encode(1, &article, &mut many_articles);
    }
    vec![
        ("no body", Vec::new()),
        ("half a frame's head", vec![0, 0, 0]),
        ("an empty message", frame(&[])),
        (
            "a compressed flag and no compression",
            [&[1, 0, 0, 0, 4], &b"\x1f\x8b\x08\0"[..]].concat(),
        ),
        ("an unknown flag", [&[255, 0, 0, 0, 1], &[0][..]].concat()),
        (
            "a length of 4 GiB",
            vec![0, 0xff, 0xff, 0xff, 0xff, 1, 2, 3],
        ),
        (
            "a length of 2 GiB",
            vec![0, 0x7f, 0xff, 0xff, 0xff, 1, 2, 3],
        ),
        (
            "a length past the body",
            [&[0, 0, 0, 1, 0], &good[..20]].concat(),
        ),
        (
            "a message and half of one",
            [&frame(&good)[..], &[0, 0, 0, 9, 9, 1]].concat(),
        ),
        ("two messages", [frame(&good), frame(&good)].concat()),
        ("a thousand empty messages", frame(&[]).repeat(1000)),
        ("zeros", frame(&[0; 64])),
        ("ones", frame(&[0xff; 64])),
        ("text", frame(b"{\"article\": {\"content\": \"a\"}}")),
        ("a varint without end", frame(&[0x80; 64])),
        (
            "a varint of eleven bytes",
            frame(&[&[field(7, 0)], &[0xff; 10][..], &[1]].concat()),
        ),
        ("a field of number 0", frame(&[field(0, 0), 1])),
        ("wire type 6", frame(&[field(1, 6), 1])),
        ("wire type 7", frame(&[field(1, 7), 1])),
        ("a number for a message", frame(&[field(1, 0), 1])),
        (
            "a fixed number for a message",
            frame(&[field(1, 5), 1, 2, 3, 4]),
        ),
        (
            "an article longer than its message",
            frame(&[field(1, 2), 100, 1]),
        ),
        (
            "an article of a negative length",
            frame(&[&[field(1, 2)], &[0xff; 9][..], &[1]].concat()),
        ),
        ("a field cut off", frame(&good[..good.len() - 3])),
        ("bytes for text", frame(&content(&[0xff, 0xfe]))),
        ("an overlong slash", frame(&content(&[0xc0, 0xaf]))),
        (
            "half a surrogate pair",
            frame(&content(&[0xed, 0xa0, 0x80])),
        ),
        (
            "a code point too great",
            frame(&content(&[0xf4, 0x90, 0x80, 0x80])),
        ),
        (
            "text cut within a character",
            frame(&content(&[0xf0, 0x9f, 0x98])),
        ),
        ("a number for text", frame(&with_article(&[field(3, 0), 1]))),
        ("an end of no group", frame(&[field(1, 4)])),
        (
            "a group without end",
            frame(&[field(15, 3), field(1, 0), 1]),
        ),
        ("groups 5,000 deep", frame(&nested)),
        (
            "a message within itself",
            frame(&with_article(&with_article(&with_article(&[])))),
        ),
        ("a request twice in one", frame(&doubled)),
        ("10,000 articles", frame(&many_articles)),
        ("a mebibyte of an unknown field", frame(&unknown(1 << 20))),
        ("a message over the limit", frame(&unknown(8 << 20))),
        ("a good request", frame(&good)),
    ]
}

/// A name and a batch.
pub fn batches() -> Vec<(&'static str, pb::BatchAnalyzeArticlesRequest)> {
    let request = Parts::good().request();
    let of = |articles: Vec<pb::Article>| pb::BatchAnalyzeArticlesRequest {
        articles,
        options: request.options.clone(),
        features: request.features.clone(),
    };
    let good = Parts::good().article;
    let with = |content: &str| pb::Article {
        content: content.to_owned(),
        ..Default::default()
    };
    vec![
        ("a batch of none", of(Vec::new())),
        ("a batch of 33", of(vec![good.clone(); 33])),
        (
            "a batch of 100,000 empty ones",
            of(vec![pb::Article::default(); 100_000]),
        ),
        ("a batch of bad ones", of(vec![with("\0"); 32])),
        (
            "a batch of one good among bad ones",
            of(vec![with("\u{301}"), good.clone(), with("שלום")]),
        ),
        (
            "a batch without features",
            pb::BatchAnalyzeArticlesRequest {
                features: None,
                ..of(vec![good])
            },
        ),
    ]
}
