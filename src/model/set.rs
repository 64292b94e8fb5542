//! One set of models, embedded or a folder's: verified against its manifest, loaded once, shared by all threads.

use std::ops::Range;
use std::path::PathBuf;

use super::files::{MANIFEST, ModelFiles};
use super::links::{FEATURES, Pair};
use super::load_error::{LoadError, Problem};
use super::phrases::{self, PhraseWord};
use super::port::Port;
use super::reading::{self, Reading};
use super::salience::{self, SentenceState};
use super::session::Session;
use super::tokenizer::{Tokenizer, Tokens, Word};
use super::{Manifest, ModelError, Models, Polarity, Register};

/// Models that are what their manifest says.
pub struct ModelSet {
    manifest: Manifest,
    tokenizer: Tokenizer,
    reader: Session,
    sentiment: Session,
    voiced: Session,
    directed: Session,
    phrases: Session,
    links: Session,
    salience: Session,
    judge: Session,
    stance: Session,
}

impl ModelSet {
    /// The models inside the binary. Takes some 100 ms.
    ///
    /// # Errors
    /// Only where the binary was built of files that don't belong together, or this processor computes something else.
    pub fn embedded() -> Result<Self, LoadError> {
        ModelSet::load(&ModelFiles::Embedded)
    }

    /// The models of a folder that holds a `manifest.json` and the files that it names.
    ///
    /// # Errors
    /// The first thing found that is wrong with one of the files.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, LoadError> {
        let files = ModelFiles::Folder(folder.into());
        let models = ModelSet::load(&files)?;
        let longest = models.read_longest();
        longest.map_err(|error| files.error(MANIFEST, error))?;
        Ok(models)
    }

    /// Checks digests, licences, labels, the graphs' inputs and outputs, and the answers to the manifest's self-test.
    fn load(files: &ModelFiles) -> Result<Self, LoadError> {
        let of_manifest = |problem| files.error(MANIFEST, problem);
        let manifest = Manifest::parse(&files.read(MANIFEST)?).map_err(of_manifest)?;

        let vocab = &manifest.vocab;
        let pieces = files.read_verified(vocab)?;
        let pieces = String::from_utf8_lossy(&pieces);
        let tokenizer = Tokenizer::new(&pieces, &manifest.tokenizer)
            .map_err(|problem| files.error(&vocab.file, problem))?;

        let session = |name, inputs: &[Port], outputs: &[Port]| {
            let file = &manifest.model(name).map_err(of_manifest)?.digest;
            let data = files.read_verified(file)?;
            Session::load(name, data, inputs, outputs)
                .map_err(|problem| files.error(&file.file, problem))
        };
        let reader = session(
            "reader",
            &[Port::ids("input_ids"), Port::ids("case_ids")],
            &[
                Port::states("states"),
                Port::scores("tags_world", super::Scheme::Newswire.tags()),
                Port::scores("tags_conll", super::Scheme::Conll.tags()),
            ],
        )?;
        let judge = session(
            "judge",
            &[Port::ids("input_ids"), Port::ids("token_type_ids")],
            &[Port::states("states")],
        )?;
        let head = |name, width| {
            let pooled = Port::pooled("pooled", width);
            session(name, &[pooled], &[Port::classes("logits", 3)])
        };
        let width = reader.width();
        let directed = session(
            "directed",
            &["holders", "targets", "between"].map(|name| Port::pooled(name, 2 * width)),
            &[Port::classes("logits", 3)],
        )?;
        let phrases = session(
            "phrases",
            &[Port::pooled("states", 3 * width)],
            &[Port::classes("scores", phrases::labels().len())],
        )?;
        let links = session(
            "links",
            &[
                Port::pooled("mentions", 2 * width),
                Port::indexes("anaphors"),
                Port::indexes("antecedents"),
                Port::pooled("features", FEATURES),
            ],
            &[Port::classes("scores", 1)],
        )?;
        let salience = session(
            "salience",
            &[Port::pooled("sentences", 2 * width + salience::FEATURES)],
            &[Port::classes("scores", 1)],
        )?;
        let models = ModelSet {
            directed,
            phrases,
            links,
            salience,
            sentiment: head("sentiment", 3 * reader.width())?,
            voiced: head("voiced", 3 * reader.width())?,
            stance: head("stance", 2 * judge.width())?,
            manifest: manifest.clone(),
            tokenizer,
            reader,
            judge,
        };
        models
            .manifest
            .self_test
            .run(&models)
            .map_err(of_manifest)?;
        Ok(models)
    }

    /// Runs both encoders over as many pieces as the manifest allows: more than they have positions for would fail in use.
    fn read_longest(&self) -> Result<(), Problem> {
        let ids = vec![self.tokenizer.cls; self.manifest.tokenizer.max_pieces + 2];
        let types = vec![0; ids.len()];
        for encoder in [&self.reader, &self.judge] {
            encoder.encode(&[&ids, &types]).map_err(|error| {
                let wrong = format!("is {}: {error}", self.manifest.tokenizer.max_pieces);
                Problem::field("tokenizer.max_pieces", wrong)
            })?;
        }
        Ok(())
    }

    /// `[M, 3]` logits of mentions, flat.
    pub(super) fn sentiment_logits(
        &self,
        reading: &Reading,
        mentions: &[Range<usize>],
        register: Register,
    ) -> Result<Vec<f32>, ModelError> {
        let pooled: Vec<f32> = mentions.iter().flat_map(|m| reading.pooled(m)).collect();
        let head = match register {
            Register::Narrated => &self.sentiment,
            Register::Said => &self.voiced,
        };
        head.classify(&[(&pooled, 3 * self.reader.width())])
    }

    /// `[P, 3]` logits of pairs of mentions, flat.
    pub(super) fn directed_logits(
        &self,
        reading: &Reading,
        pairs: &[(Range<usize>, Range<usize>)],
    ) -> Result<Vec<f32>, ModelError> {
        let (mut holders, mut targets, mut between) = (Vec::new(), Vec::new(), Vec::new());
        for (holder, target) in pairs {
            holders.extend(reading.mention(holder));
            targets.extend(reading.mention(target));
            between.extend(reading.between(holder, target));
        }
        let width = 2 * self.reader.width();
        self.directed
            .classify(&[(&holders, width), (&targets, width), (&between, width)])
    }

    /// `[words, labels]` logits of a passage's words, flat.
    pub(super) fn phrase_logits(&self, reading: &Reading) -> Result<Vec<f32>, ModelError> {
        self.phrases
            .classify(&[(&reading.word_states(), 3 * self.reader.width())])
    }

    /// `[3]` logits of a passage toward a target.
    pub(super) fn stance_logits(
        &self,
        target: &Tokens,
        passage: &Tokens,
    ) -> Result<Vec<f32>, ModelError> {
        let options = &self.manifest.tokenizer;
        let target = cut(&target.ids, options.max_target_pieces);
        // Three special tokens stand in the pair, where a passage alone has two.
        let passage = cut(&passage.ids, options.max_pieces - 1 - target.len());
        let (cls, sep) = (self.tokenizer.cls, self.tokenizer.sep);
        let ids = [&[cls], target, &[sep], passage, &[sep]].concat();
        let mut segments = vec![0; target.len() + 2];
        segments.resize(ids.len(), 1);
        let states = self.judge.encode(&[&ids, &segments])?;
        let states = states.first().map_or(&[][..], Vec::as_slice);
        let width = self.judge.width();
        let pooled = reading::pool(states, width, 0..target.len());
        self.stance.classify(&[(&pooled, 2 * width)])
    }
}

impl Models for ModelSet {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn tokenize(&self, text: &str) -> Tokens {
        self.tokenizer.tokenize(text)
    }

    fn read(&self, tokens: &Tokens, words: Range<usize>) -> Result<Reading, ModelError> {
        let words = tokens.words.get(words).unwrap_or(&[]);
        let first = words.first().map_or(0, |word| word.pieces.start);
        let last = words.last().map_or(first, |word| word.pieces.end);
        let mut ids = vec![self.tokenizer.cls];
        ids.extend(tokens.ids.get(first..last).unwrap_or(&[]));
        ids.push(self.tokenizer.sep);
        let mut cases = vec![0];
        cases.extend(
            words
                .iter()
                .flat_map(|word| word.pieces.clone().map(|_| word.case as i32)),
        );
        cases.push(0);
        let outputs = self.reader.encode(&[&ids, &cases])?;
        let [states, newswire, conll] = <[_; 3]>::try_from(outputs).map_err(|_| ModelError {
            model: "reader",
            message: "it doesn't have three outputs".to_owned(),
        })?;
        let words = words
            .iter()
            .map(|word| Word {
                pieces: word.pieces.start - first..word.pieces.end - first,
                ..word.clone()
            })
            .collect();
        let width = self.reader.width();
        Ok(Reading::new(words, width, states, newswire, conll))
    }

    fn sentiment(
        &self,
        reading: &Reading,
        mentions: &[Range<usize>],
        register: Register,
    ) -> Result<Vec<Polarity>, ModelError> {
        if mentions.is_empty() {
            return Ok(Vec::new());
        }
        let logits = self.sentiment_logits(reading, mentions, register)?;
        let temperature = match register {
            Register::Narrated => self.manifest.calibration.sentiment.temperature,
            Register::Said => 1.0,
        };
        let each = logits.chunks(3);
        Ok(each
            .map(|logits| Polarity::from_logits(logits, temperature))
            .collect())
    }

    fn directed(
        &self,
        reading: &Reading,
        pairs: &[(Range<usize>, Range<usize>)],
    ) -> Result<Vec<Polarity>, ModelError> {
        if pairs.is_empty() {
            return Ok(Vec::new());
        }
        let logits = self.directed_logits(reading, pairs)?;
        let each = logits.chunks(3);
        Ok(each
            .map(|logits| Polarity::from_logits(logits, 1.0))
            .collect())
    }

    fn phrases(&self, reading: &Reading) -> Result<Vec<PhraseWord>, ModelError> {
        if reading.words.is_empty() {
            return Ok(Vec::new());
        }
        let logits = self.phrase_logits(reading)?;
        let each = logits.chunks(phrases::labels().len());
        Ok(each.filter_map(PhraseWord::from_logits).collect())
    }

    fn links(&self, mentions: &[&[f32]], pairs: &[Pair]) -> Result<Vec<f32>, ModelError> {
        if pairs.is_empty() {
            return Ok(Vec::new());
        }
        let number = |at: usize| i32::try_from(at).unwrap_or(i32::MAX);
        let anaphors: Vec<i32> = pairs.iter().map(|pair| number(pair.anaphor)).collect();
        let antecedents: Vec<i32> = pairs.iter().map(|pair| number(pair.antecedent)).collect();
        let features: Vec<f32> = pairs.iter().flat_map(|pair| pair.features).collect();
        self.links.compare(
            (&mentions.concat(), 2 * self.reader.width()),
            [&anaphors, &antecedents],
            (&features, FEATURES),
        )
    }

    fn salience(&self, sentences: &[SentenceState]) -> Result<Vec<f32>, ModelError> {
        if sentences.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<f32> = sentences
            .iter()
            .flat_map(|sentence| sentence.state.iter().chain(&sentence.features))
            .copied()
            .collect();
        let width = 2 * self.reader.width() + salience::FEATURES;
        self.salience.classify(&[(&rows, width)])
    }

    fn stance(&self, target: &Tokens, passage: &Tokens) -> Result<Polarity, ModelError> {
        let logits = self.stance_logits(target, passage)?;
        let temperature = self.manifest.calibration.stance.temperature;
        Ok(Polarity::from_logits(&logits, temperature))
    }
}

fn cut(ids: &[i32], most: usize) -> &[i32] {
    ids.get(..most).unwrap_or(ids)
}
