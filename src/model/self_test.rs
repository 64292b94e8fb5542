//! What a set of models must answer to one sentence and one pair of its manifest's.
//!
//! Digests show that the files are those that were meant; this shows that here they compute what they did where they were
//! exported: a runtime may load a graph and run an operator of it wrongly.

use serde::Deserialize;

use super::links::{FEATURES, Pair};
use super::load_error::Problem;
use super::phrases;
use super::salience::{self, SentenceState};
use super::set::ModelSet;
use super::{Models, Polarity, Register};

/// The question and the answers. Probabilities are those before any calibration.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct SelfTest {
    /// A short sentence.
    pub text: String,
    /// Its pieces, `[CLS]` and `[SEP]` left out.
    pub pieces: Vec<i32>,
    /// The tags' logits of some words.
    pub words: Vec<WordLogits>,
    /// The bytes in the sentence of the mention that the sentiment is toward.
    pub mention: (usize, usize),
    /// Probabilities: negative, neutral, positive.
    pub sentiment: [f32; 3],
    /// The same if the sentence were somebody's words.
    pub voiced: [f32; 3],
    /// What one mention feels about another.
    pub directed: DirectedSentiment,
    /// The phrase head's logits of some words.
    pub phrases: Vec<PhraseLogits>,
    /// The link head's score of two mentions, of pairs whose features are all 0.
    pub link: LinkScore,
    /// The salience head's score of the sentence, with features of 0.
    pub salience: f32,
    /// A target for the stance.
    pub target: String,
    /// A passage for the stance.
    pub passage: String,
    /// Probabilities: against, neutral, favour.
    pub stance: [f32; 3],
    /// How far answers may lie from these.
    pub tolerance: Tolerance,
}

/// The logits of one word's first piece, by tag.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct WordLogits {
    /// The word's number in the sentence, from 0.
    pub word: usize,
    /// Of the newswire scheme's tags.
    pub tags_world: Vec<f32>,
    /// Of the CoNLL scheme's.
    pub tags_conll: Vec<f32>,
}

/// The sentiment of one mention toward another.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct DirectedSentiment {
    /// The bytes in the sentence of the mention that feels something.
    pub holder: (usize, usize),
    /// Of the other.
    pub target: (usize, usize),
    /// Negative, neutral, positive.
    pub probabilities: [f32; 3],
}

/// The phrase head's logits of one word.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PhraseLogits {
    /// The word's number in the sentence, from 0.
    pub word: usize,
    /// By label.
    pub scores: Vec<f32>,
}

/// The link head's score of one pair.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct LinkScore {
    /// The bytes in the sentence of the mention whose meaning is sought.
    pub anaphor: (usize, usize),
    /// Of the other.
    pub antecedent: (usize, usize),
    /// The score.
    pub score: f32,
}

/// How far answers may lie from those expected: runtimes round int8 activations differently.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub struct Tolerance {
    /// Of a logit.
    pub logits: f32,
    /// Of a probability.
    pub probabilities: f32,
}

impl SelfTest {
    /// Whether the test can tell right answers from wrong ones.
    pub(super) fn check(&self) -> Result<(), Problem> {
        const MOST: Tolerance = Tolerance {
            logits: 2.0,
            probabilities: 0.2,
        };
        if self.words.is_empty() {
            return Err(Problem::field("self_test.words", "is empty"));
        }
        for (kind, own, most) in [
            ("logits", self.tolerance.logits, MOST.logits),
            (
                "probabilities",
                self.tolerance.probabilities,
                MOST.probabilities,
            ),
        ] {
            if !(0.0..=most).contains(&own) {
                let field = format!("self_test.tolerance.{kind}");
                let wrong = format!("is {own}, not within 0..={most}");
                return Err(Problem::field(field, wrong));
            }
        }
        Ok(())
    }

    /// Asks the models and compares.
    ///
    /// # Errors
    /// The first difference found, or a graph's failure.
    pub fn run(&self, models: &ModelSet) -> Result<(), Problem> {
        let tokens = models.tokenize(&self.text);
        if tokens.ids != self.pieces {
            return Err(Problem::SelfTestPieces {
                found: tokens.ids,
                expected: self.pieces.clone(),
            });
        }
        let reading = models.read(&tokens, 0..tokens.words.len())?;
        let tolerance = self.tolerance.logits;
        for expected in &self.words {
            let found = reading.logits_of(expected.word);
            let (world, conll) = found.ok_or_else(|| {
                Problem::field("self_test.words", format!("has no word {}", expected.word))
            })?;
            let what = format!("tags_world of word {}", expected.word);
            compare(&what, world, &expected.tags_world, tolerance)?;
            let what = format!("tags_conll of word {}", expected.word);
            compare(&what, conll, &expected.tags_conll, tolerance)?;
        }

        let scores = models.phrase_logits(&reading)?;
        let labels = phrases::labels().len();
        for expected in &self.phrases {
            let own = scores.get(expected.word * labels..(expected.word + 1) * labels);
            let what = format!("phrases of word {}", expected.word);
            compare(&what, own.unwrap_or(&[]), &expected.scores, tolerance)?;
        }
        let states = [self.link.anaphor, self.link.antecedent]
            .map(|(start, end)| reading.mention(&(start..end)));
        let pair = Pair {
            anaphor: 0,
            antecedent: 1,
            features: [0.0; FEATURES],
        };
        let score = models.links(&states.each_ref().map(Vec::as_slice), &[pair])?;
        compare("link", &score, &[self.link.score], tolerance)?;
        let sentence = SentenceState {
            state: reading.whole(),
            features: [0.0; salience::FEATURES],
        };
        let score = models.salience(&[sentence])?;
        compare(
            "salience",
            &score,
            &[self.salience],
            self.tolerance.probabilities,
        )?;

        let tolerance = self.tolerance.probabilities;
        let (start, end) = self.mention;
        let mention = start..end;
        let own = std::slice::from_ref(&mention);
        let logits = models.sentiment_logits(&reading, own, Register::Narrated)?;
        compare("sentiment", &plain(&logits), &self.sentiment, tolerance)?;
        let logits = models.sentiment_logits(&reading, own, Register::Said)?;
        compare("voiced", &plain(&logits), &self.voiced, tolerance)?;
        let DirectedSentiment {
            holder,
            target,
            probabilities,
        } = &self.directed;
        let pair = (holder.0..holder.1, target.0..target.1);
        let logits = models.directed_logits(&reading, &[pair])?;
        compare("directed", &plain(&logits), probabilities, tolerance)?;

        let (target, passage) = (
            models.tokenize(&self.target),
            models.tokenize(&self.passage),
        );
        let logits = models.stance_logits(&target, &passage)?;
        compare("stance", &plain(&logits), &self.stance, tolerance)
    }
}

/// Probabilities without calibration.
fn plain(logits: &[f32]) -> [f32; 3] {
    let polarity = Polarity::from_logits(logits, 1.0);
    [polarity.negative, polarity.neutral, polarity.positive]
}

fn compare(what: &str, found: &[f32], expected: &[f32], tolerance: f32) -> Result<(), Problem> {
    if found.len() != expected.len() {
        let wrong = format!("are {}, the models give {}", expected.len(), found.len());
        return Err(Problem::field(format!("self_test: {what}"), wrong));
    }
    let apart = |(found, expected): &(&f32, &f32)| {
        let apart = (*found - *expected).abs();
        apart.is_nan() || apart > tolerance
    };
    match found.iter().zip(expected).find(apart) {
        None => Ok(()),
        Some((&found, &expected)) => Err(Problem::SelfTest {
            what: what.to_owned(),
            found,
            expected,
            tolerance,
        }),
    }
}
