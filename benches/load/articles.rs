//! Articles and requests to load the service with, and texts that are hard in one way each.

use newsprism::server::pb::{
    self, AnalysisFeatures, AnalyzeArticleRequest, EntityOptions, SegmentOptions, StanceOptions,
    StanceTarget, SummaryOptions,
};

const TEXTS: [&str; 4] = [
    include_str!("../../tests/articles/wire.txt"),
    include_str!("../../tests/articles/local.txt"),
    include_str!("../../tests/articles/opinion.txt"),
    include_str!("../../tests/articles/interview.txt"),
];

/// Kinds of text that are hard in one way each.
pub const KINDS: [&str; 10] = [
    "ordinary",
    "one-word",
    "one-sentence",
    "only-quotes",
    "only-capitals",
    "entities",
    "one-family",
    "one-country",
    "speakers",
    "punctuation",
];

/// A text of a kind, of exactly so many bytes.
pub fn text(kind: &str, bytes: usize) -> String {
    let numbered = |write: fn(usize) -> String| {
        let mut text = String::new();
        for index in 0.. {
            if text.len() >= bytes {
                break;
            }
            text.push_str(&write(index));
        }
        text
    };
    let mut text = match kind {
        "ordinary" => ordinary(bytes),
        // Of English all the same, so that it isn't refused for its language.
        "one-word" => format!("The mayor said: {}", "a".repeat(bytes)),
        "one-sentence" => ordinary(bytes).replace(['.', '!', '?', '\n', ':'], ","),
        "only-quotes" => "\u{201c}\u{2018}\u{201d}\"'\u{ab}\u{2019}\u{bb}".repeat(bytes / 8),
        "only-capitals" => ordinary(bytes).to_uppercase(),
        "entities" => {
            numbered(|index| format!("{} met the mayor of {}. ", name(index), place(index)))
        }
        "one-family" => {
            numbered(|index| format!("{} {} Smith said no. ", name(index), name(index / 7)))
        }
        "one-country" => numbered(|index| {
            let country = ["Peru", "Chile", "Kenya", "France"][index % 4];
            format!("In {country} the country and the west African nation voted, {country} said. ")
        }),
        "speakers" => numbered(|index| {
            format!(
                "\u{201c}The bank is a disgrace to Peru,\u{201d} said {}. ",
                name(index)
            )
        }),
        "punctuation" => ". , ; ! - ".repeat(bytes / 8),
        other => panic!("no kind {other}"),
    };
    if matches!(kind, "only-quotes" | "punctuation") {
        text.insert_str(0, "The mayor said that it was so. ");
    }
    text.truncate(text.floor_char_boundary(bytes));
    text
}

/// Whole paragraphs of the articles that the tests read, without headlines, bylines and the like, which cost less to read.
fn ordinary(bytes: usize) -> String {
    ordinary_from(0, bytes)
}

/// The same from the start of one of the articles on.
fn ordinary_from(first: usize, bytes: usize) -> String {
    const PROSE: usize = 120;
    let mut article = String::new();
    let texts = TEXTS.iter().cycle().skip(first);
    let paragraphs = texts.flat_map(|text| text.split("\n\n"));
    for paragraph in paragraphs.filter(|paragraph| paragraph.len() >= PROSE) {
        if article.len() >= bytes {
            break;
        }
        article.push_str(paragraph);
        article.push_str("\n\n");
    }
    article
}

/// Texts of a kind and length that are as good as each other: a short one may be of one sentence that is cheap or dear.
pub fn texts(kind: &str, bytes: usize) -> Vec<String> {
    if kind != "ordinary" {
        return vec![text(kind, bytes)];
    }
    let cut = |mut text: String| {
        text.truncate(text.floor_char_boundary(bytes));
        text
    };
    let starts = 0..TEXTS.len();
    starts
        .map(|first| cut(ordinary_from(first, bytes)))
        .collect()
}

/// Another name for each number.
fn name(index: usize) -> String {
    const SYLLABLES: [&str; 12] = [
        "ka", "ro", "mi", "ten", "vo", "la", "ser", "du", "ny", "bel", "gor", "ist",
    ];
    let mut rest = index + 200;
    let mut name = String::new();
    while rest > 0 {
        name.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    name[..1].to_uppercase() + &name[1..]
}

fn place(index: usize) -> String {
    format!("{}burg", name(index * 7 + 3))
}

/// One article of the traffic: mostly a few hundred words, now and then a sentence or a long read.
pub fn traffic(index: usize) -> pb::Article {
    let bytes = [1_500, 600, 3_000, 1_500, 250, 6_000, 1_500, 900][index % 8];
    article(&ordinary(bytes))
}

pub fn article(content: &str) -> pb::Article {
    pb::Article {
        content: content.to_owned(),
        ..pb::Article::default()
    }
}

/// Everything that can be asked of an article.
pub fn everything(article: pb::Article) -> AnalyzeArticleRequest {
    AnalyzeArticleRequest {
        article: Some(article),
        options: None,
        features: Some(AnalysisFeatures {
            summary: Some(SummaryOptions::default()),
            entities: Some(EntityOptions::default()),
            stance: Some(StanceOptions {
                targets: vec![StanceTarget {
                    text: "the council".to_owned(),
                    ..StanceTarget::default()
                }],
                ..StanceOptions::default()
            }),
            segments: Some(SegmentOptions {}),
        }),
    }
}

/// All but stance, whose passages are bounded however long the article is.
pub fn without_stance(article: pb::Article) -> AnalyzeArticleRequest {
    let mut request = everything(article);
    if let Some(features) = &mut request.features {
        features.stance = None;
    }
    request
}
