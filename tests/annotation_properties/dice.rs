//! Models that tag and judge at random, though the same text always alike.

use std::ops::Range;

use newsprism::model::manifest::TokenizerOptions;
use newsprism::model::phrases::labels;
use newsprism::model::tokenizer::{Tokenizer, Word};
use newsprism::model::{
    Manifest, ModelError, Models, Pair, PhraseWord, Polarity, Reading, Register, Scheme,
    SentenceState, Tokens,
};

pub const VOCABULARY: &str = "[UNK]\n[CLS]\n[SEP]\nthe\nmayor\nlib\n##rary\n.\n,\n“\n”\na\n##a\ne\n##e\ns\n##s\nsaid\nhe\nshe";
const WIDTH: usize = 4;

/// What they are made of.
pub struct Dice {
    manifest: Manifest,
    tokenizer: Tokenizer,
}

impl Dice {
    pub fn new(lowercase: bool) -> Self {
        let manifest = Manifest {
            tokenizer: options(lowercase),
            ..Manifest::default()
        };
        Dice {
            tokenizer: Tokenizer::new(VOCABULARY, &manifest.tokenizer).unwrap(),
            manifest,
        }
    }
}

pub fn options(lowercase: bool) -> TokenizerOptions {
    TokenizerOptions {
        lowercase,
        strip_accents: lowercase,
        max_pieces: 16,
        max_target_pieces: 4,
    }
}

fn throw(seed: impl Iterator<Item = u64>) -> fastrand::Rng {
    let seed = seed.fold(7, |seed: u64, next| {
        seed.wrapping_mul(31).wrapping_add(next)
    });
    fastrand::Rng::with_seed(seed)
}

fn polarity(rng: &mut fastrand::Rng) -> Polarity {
    let weights = [rng.f32(), rng.f32(), rng.f32() + 0.01];
    let sum: f32 = weights.iter().sum();
    Polarity {
        negative: weights[0] / sum,
        neutral: weights[1] / sum,
        positive: weights[2] / sum,
    }
}

impl Models for Dice {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn tokenize(&self, text: &str) -> Tokens {
        self.tokenizer.tokenize(text)
    }

    fn read(&self, tokens: &Tokens, words: Range<usize>) -> Result<Reading, ModelError> {
        let words = &tokens.words[words];
        let first = words[0].pieces.start;
        let pieces = words[words.len() - 1].pieces.end - first;
        let mut rng = throw(words.iter().map(|word| word.span.end as u64));
        let mut random = |width: usize| -> Vec<f32> {
            (0..(pieces + 2) * width)
                .map(|_| rng.f32() * 20.0 - 10.0)
                .collect()
        };
        let here = |word: &Word| Word {
            pieces: word.pieces.start - first..word.pieces.end - first,
            ..word.clone()
        };
        Ok(Reading::new(
            words.iter().map(here).collect(),
            WIDTH,
            random(WIDTH),
            random(Scheme::Newswire.tags()),
            random(Scheme::Conll.tags()),
        ))
    }

    fn sentiment(
        &self,
        _: &Reading,
        mentions: &[Range<usize>],
        _: Register,
    ) -> Result<Vec<Polarity>, ModelError> {
        let judge =
            |mention: &Range<usize>| polarity(&mut throw([mention.start as u64].into_iter()));
        Ok(mentions.iter().map(judge).collect())
    }

    fn phrases(&self, reading: &Reading) -> Result<Vec<PhraseWord>, ModelError> {
        let word = |word: &Word| {
            let mut rng = throw([word.span.start as u64].into_iter());
            let logits: Vec<f32> = labels().iter().map(|_| rng.f32() * 20.0 - 10.0).collect();
            PhraseWord::from_logits(&logits).unwrap()
        };
        Ok(reading.words.iter().map(word).collect())
    }

    fn links(&self, _: &[&[f32]], pairs: &[Pair]) -> Result<Vec<f32>, ModelError> {
        let score = |pair: &Pair| {
            let mut rng = throw([pair.anaphor as u64, pair.antecedent as u64].into_iter());
            rng.f32() * 20.0 - 10.0
        };
        Ok(pairs.iter().map(score).collect())
    }

    fn directed(
        &self,
        reading: &Reading,
        pairs: &[(Range<usize>, Range<usize>)],
    ) -> Result<Vec<Polarity>, ModelError> {
        let sentiment = |(holder, target): &(Range<usize>, Range<usize>)| {
            let seen = [reading.mention(holder), reading.mention(target)].concat();
            polarity(&mut throw(seen.iter().map(|x| u64::from(x.to_bits()))))
        };
        Ok(pairs.iter().map(sentiment).collect())
    }

    fn salience(&self, sentences: &[SentenceState]) -> Result<Vec<f32>, ModelError> {
        let score = |sentence: &SentenceState| {
            let mut rng = throw(sentence.state.iter().map(|x| u64::from(x.to_bits())));
            rng.f32() * 20.0 - 10.0
        };
        Ok(sentences.iter().map(score).collect())
    }

    fn stance(&self, target: &Tokens, passage: &Tokens) -> Result<Polarity, ModelError> {
        let ids = target.ids.iter().chain(&passage.ids);
        Ok(polarity(&mut throw(ids.map(|id| *id as u64))))
    }
}
