//! What a full analysis costs, by the article's length, beside what the encoder alone costs on the same sentences.
//!
//! One thread. Items are word pieces for the encoder and words for the analyses, so that divan prints both per second.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::sync::{Arc, LazyLock};

use divan::Bencher;
use divan::counter::ItemsCount;
use newsprism::analysis::request::{EntityOptions, StanceOptions, StanceTarget, SummaryOptions};
use newsprism::analysis::{AnalysisRequest, Analyzer, Uninterrupted};
use newsprism::article::{self, ReadOptions, Source};
use newsprism::model::{ModelSet, Models, passages};

const WORDS: [usize; 3] = [250, 1_000, 4_000];

/// Rounds of what takes up to a second each: their spread is a few percent, and a hundred would take minutes.
const SAMPLES: u32 = 12;

static MODELS: LazyLock<Arc<ModelSet>> =
    LazyLock::new(|| Arc::new(ModelSet::embedded().expect("the embedded models load")));

/// An article of about so many words: whole paragraphs of the articles that the tests read.
fn article(words: usize) -> String {
    let texts = [
        include_str!("../tests/articles/wire.txt"),
        include_str!("../tests/articles/local.txt"),
        include_str!("../tests/articles/opinion.txt"),
        include_str!("../tests/articles/interview.txt"),
    ];
    let mut article = String::new();
    for paragraph in texts.iter().cycle().flat_map(|text| text.split("\n\n")) {
        if article.split_whitespace().count() >= words {
            break;
        }
        article.push_str(paragraph);
        article.push_str("\n\n");
    }
    article
}

#[divan::bench(args = WORDS, sample_count = SAMPLES)]
fn analysis(bencher: Bencher<'_, '_>, words: usize) {
    let text = article(words);
    let target = StanceTarget {
        id: "t1".to_owned(),
        text: "the council".to_owned(),
        aliases: Vec::new(),
        kind: None,
    };
    let request = AnalysisRequest {
        summary: Some(SummaryOptions::default()),
        entities: Some(EntityOptions::default()),
        stance: Some(StanceOptions {
            targets: vec![target],
        }),
        ..AnalysisRequest::of(Source::new("", text.as_str()))
    };
    let analyzer = Analyzer::new(Arc::clone(&MODELS) as Arc<dyn Models>);
    bencher
        .counter(ItemsCount::new(text.split_whitespace().count()))
        .bench_local(|| {
            analyzer
                .analyze(&request, &Uninterrupted)
                .expect("an analysis")
        });
}

#[divan::bench(args = WORDS, sample_count = SAMPLES)]
fn encoder(bencher: Bencher<'_, '_>, words: usize) {
    let document = article::read(Source::new("", article(words)), &ReadOptions::default());
    let sentences: Vec<_> = document
        .sentences
        .iter()
        .map(|sentence| MODELS.tokenize(document.text(sentence.span)))
        .collect();
    let pieces: usize = sentences.iter().map(|tokens| tokens.ids.len()).sum();
    bencher.counter(ItemsCount::new(pieces)).bench_local(|| {
        for tokens in &sentences {
            for words in passages(tokens, MODELS.max_pieces()) {
                divan::black_box(MODELS.read(tokens, words).expect("a reading"));
            }
        }
    });
}

#[divan::bench(args = WORDS)]
fn reading(bencher: Bencher<'_, '_>, words: usize) {
    let source = Source::new("", article(words));
    bencher
        .counter(ItemsCount::new(words))
        .bench_local(|| article::read(source.clone(), &ReadOptions::default()));
}

fn main() {
    divan::main();
}
