//! The annotation of a golden article: `tests/golden/README.md` describes its lines.

use std::collections::HashSet;
use std::hash::Hash;
use std::ops::Range;

use super::fields::{self, Field};
use crate::analysis::request::{EntityType, TargetKind};
use crate::analysis::result::{MentionKind, SentimentLabel, Stance};
use crate::article::Role;

/// What is wrong in an annotation.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct AnnotationError {
    /// From 1; 0 for what is wrong in the whole.
    pub line: usize,
    /// For a person to read.
    pub message: String,
}

/// Who speaks, feels or holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Voice {
    /// The narration.
    Article,
    /// The headline.
    Headline,
    /// A speaker: an index into [`Annotation::entities`].
    Speaker(usize),
}

/// How somebody's words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// Whole sentences between marks.
    Direct,
    /// Some words between marks.
    Partial,
    /// Reported, without marks.
    Indirect,
}

/// An entity and all its mentions.
#[derive(Debug, PartialEq)]
pub struct GoldEntity {
    id: String,
    /// What kind of thing it is.
    pub entity_type: EntityType,
    /// Where it is mentioned, in bytes of the article.
    pub mentions: Vec<(Range<usize>, MentionKind)>,
}

/// One quote.
#[derive(Debug, PartialEq)]
pub struct GoldQuote {
    id: String,
    /// How it is given.
    pub kind: QuoteKind,
    /// Its stretches, in bytes of the article.
    pub parts: Vec<Range<usize>>,
    /// Who speaks, where that can be known: an index into [`Annotation::entities`].
    pub speaker: Option<usize>,
}

/// A target of stance.
#[derive(Debug, PartialEq)]
pub struct GoldTarget {
    id: String,
    /// What kind of target.
    pub kind: TargetKind,
    /// As a caller words it.
    pub text: String,
    /// Who takes which stance.
    pub holds: Vec<(Voice, Stance)>,
}

/// Everything annotated in one article.
#[derive(Debug, Default, PartialEq)]
pub struct Annotation {
    /// The role of each paragraph.
    pub paragraphs: Vec<Role>,
    /// The entities.
    pub entities: Vec<GoldEntity>,
    /// The quotes.
    pub quotes: Vec<GoldQuote>,
    /// How a voice feels about an entity (an index).
    pub sentiments: Vec<(usize, Voice, SentimentLabel)>,
    /// The targets of stance.
    pub targets: Vec<GoldTarget>,
    /// What no summary may hold, in bytes of the article.
    pub never: Vec<Range<usize>>,
}

impl Annotation {
    /// Reads an annotation of an article.
    ///
    /// # Errors
    /// At the first line that is malformed, names what isn't there, or says again what was said.
    pub fn parse(article: &str, annotation: &str) -> Result<Self, AnnotationError> {
        let mut found = Annotation::default();
        for (at, line) in annotation.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            found
                .add(article, line)
                .map_err(|message| AnnotationError {
                    line: at + 1,
                    message,
                })?;
        }
        found
            .check(article)
            .map_err(|message| AnnotationError { line: 0, message })?;
        Ok(found)
    }

    fn add(&mut self, article: &str, line: &str) -> Result<(), String> {
        let fields = fields::split(line)?;
        let (keyword, rest) = fields.split_first().ok_or("no fields")?;
        match (keyword.word()?, rest) {
            ("paragraph", [number, role]) => {
                if number.word()?.parse() != Ok(self.paragraphs.len() + 1) {
                    return Err(format!(
                        "paragraph {} comes next",
                        self.paragraphs.len() + 1
                    ));
                }
                self.paragraphs.push(named(ROLES, role)?);
            }
            ("entity", [id, entity_type, name]) => {
                name.text()?;
                self.entities.push(GoldEntity {
                    id: id.word()?.to_owned(),
                    entity_type: named(TYPES, entity_type)?,
                    mentions: Vec::new(),
                });
            }
            ("mention", [entity, kind, text]) => {
                let mention = (text.place(article)?, named(KINDS, kind)?);
                let at = self.entity(entity)?;
                if let Some(entity) = self.entities.get_mut(at) {
                    entity.mentions.push(mention);
                }
            }
            ("quote", [id, kind, first, dots, last, speaker, who])
                if dots.word() == Ok("..") && speaker.word() == Ok("speaker") =>
            {
                self.quote(article, id, kind, first, last, who)?;
            }
            ("sentiment", [entity, voice, label]) => {
                let entity = self.entity(entity)?;
                let voice = self.voice(voice)?;
                self.sentiments.push((entity, voice, named(LABELS, label)?));
            }
            ("stance", [id, kind, text]) => self.targets.push(GoldTarget {
                id: id.word()?.to_owned(),
                kind: named(TARGETS, kind)?,
                text: text.text()?.to_owned(),
                holds: Vec::new(),
            }),
            ("holds", [target, voice, stance]) => {
                let hold = (self.voice(voice)?, named(STANCES, stance)?);
                let id = target.word()?;
                let target = self.targets.iter_mut().find(|target| target.id == id);
                target
                    .ok_or_else(|| format!("no target {id}"))?
                    .holds
                    .push(hold);
            }
            ("never", [text]) => self.never.push(text.place(article)?),
            (keyword, _) => return Err(format!("{keyword} with other fields than it has")),
        }
        Ok(())
    }

    fn quote(
        &mut self,
        article: &str,
        id: &Field,
        kind: &Field,
        first: &Field,
        last: &Field,
        who: &Field,
    ) -> Result<(), String> {
        let (id, kind) = (id.word()?, named(QUOTES, kind)?);
        let (start, end) = (first.place(article)?.start, last.place(article)?.end);
        if start >= end {
            return Err("the quote ends before it starts".to_owned());
        }
        let part = start..end;
        let speaker = match who.word()? {
            "unknown" => None,
            _ => Some(self.entity(who)?),
        };
        match self.quotes.iter_mut().find(|quote| quote.id == id) {
            Some(quote) if quote.speaker != speaker => {
                return Err(format!("{id} has two speakers"));
            }
            Some(quote) => quote.parts.push(part),
            None => self.quotes.push(GoldQuote {
                id: id.to_owned(),
                kind,
                parts: vec![part],
                speaker,
            }),
        }
        Ok(())
    }

    fn entity(&self, id: &Field) -> Result<usize, String> {
        let id = id.word()?;
        let found = self.entities.iter().position(|entity| entity.id == id);
        found.ok_or_else(|| format!("no entity {id}"))
    }

    fn voice(&self, voice: &Field) -> Result<Voice, String> {
        match voice.word()? {
            "article" => Ok(Voice::Article),
            "headline" => Ok(Voice::Headline),
            _ => self.entity(voice).map(Voice::Speaker),
        }
    }

    /// What a line alone doesn't show.
    fn check(&self, article: &str) -> Result<(), String> {
        let lines = article
            .lines()
            .filter(|line| !line.trim().is_empty())
            .count();
        if lines != self.paragraphs.len() {
            return Err(format!(
                "{} paragraphs of {lines} have a role",
                self.paragraphs.len()
            ));
        }
        once("entity", self.entities.iter().map(|entity| &entity.id))?;
        once("target", self.targets.iter().map(|target| &target.id))?;
        let mentions = self.entities.iter().flat_map(|entity| &entity.mentions);
        once("mention", mentions.map(|(span, _)| span))?;
        let felt = self
            .sentiments
            .iter()
            .map(|(entity, voice, _)| (entity, voice));
        once("sentiment", felt)?;
        for target in &self.targets {
            once("holder", target.holds.iter().map(|(voice, _)| voice))?;
        }
        once("sentence", self.never.iter())
    }
}

fn once<T: Eq + Hash + std::fmt::Debug>(
    what: &str,
    items: impl Iterator<Item = T>,
) -> Result<(), String> {
    let mut seen = HashSet::new();
    for item in items {
        let text = format!("{item:?}");
        if !seen.insert(item) {
            return Err(format!("{what} {text} stands there twice"));
        }
    }
    Ok(())
}

fn named<T: Copy>(names: &[(&str, T)], field: &Field) -> Result<T, String> {
    let word = field.word()?;
    let found = names.iter().find(|(name, _)| *name == word);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        format!("{word} is none of {}", known.join(", "))
    })
}

const ROLES: &[(&str, Role)] = &[
    ("headline", Role::Headline),
    ("standfirst", Role::Standfirst),
    ("byline", Role::Byline),
    ("body", Role::Body),
    ("quote", Role::Quote),
    ("subheading", Role::Subheading),
    ("caption", Role::Caption),
    ("related", Role::RelatedLink),
    ("promo", Role::Promo),
];

const TYPES: &[(&str, EntityType)] = &[
    ("person", EntityType::Person),
    ("organization", EntityType::Organization),
    ("geopolitical", EntityType::Geopolitical),
    ("location", EntityType::Location),
    ("group", EntityType::Group),
    ("event", EntityType::Event),
    ("other", EntityType::Other),
];

const KINDS: &[(&str, MentionKind)] = &[
    ("proper", MentionKind::Proper),
    ("alias", MentionKind::Alias),
    ("demonym", MentionKind::Demonym),
    ("metonym", MentionKind::Metonym),
    ("nominal", MentionKind::Nominal),
    ("pronoun", MentionKind::Pronoun),
];

const QUOTES: &[(&str, QuoteKind)] = &[
    ("direct", QuoteKind::Direct),
    ("partial", QuoteKind::Partial),
    ("indirect", QuoteKind::Indirect),
];

const LABELS: &[(&str, SentimentLabel)] = &[
    ("positive", SentimentLabel::Positive),
    ("neutral", SentimentLabel::Neutral),
    ("negative", SentimentLabel::Negative),
    ("mixed", SentimentLabel::Mixed),
];

const TARGETS: &[(&str, TargetKind)] = &[
    ("entity", TargetKind::Entity),
    ("proposition", TargetKind::Proposition),
];

const STANCES: &[(&str, Stance)] = &[
    ("favor", Stance::Favor),
    ("against", Stance::Against),
    ("neutral", Stance::Neutral),
    ("none", Stance::None),
];

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    const ARTICLE: &str = "Mayor quits\n\nMayor Ida Lund quit. \"I failed,\" she said.\n";
    const GOLD: &str = r#"# An annotation.
paragraph 1 headline
paragraph 2 body
entity lund person "Ida Lund"
mention lund proper "Ida Lund"
mention lund pronoun "she"
quote q1 direct "I failed" .. "failed," speaker lund
sentiment lund article neutral
stance t1 proposition "The mayor failed"
holds t1 lund favor
never "Mayor quits"
"#;

    #[test]
    fn an_annotation_is_read() {
        let found = Annotation::parse(ARTICLE, GOLD).unwrap();
        assert_eq!(found.paragraphs, [Role::Headline, Role::Body]);
        let mentions = &found.entities[0].mentions;
        assert_eq!(&ARTICLE[mentions[0].0.clone()], "Ida Lund");
        assert_eq!(&ARTICLE[found.quotes[0].parts[0].clone()], "I failed,");
        assert_eq!(found.quotes[0].speaker, Some(0));
        let holds = [(Voice::Speaker(0), Stance::Favor)];
        assert_eq!(found.targets[0].holds, holds);
    }

    #[test]
    fn a_malformed_annotation_is_refused_with_its_line() {
        for (line, wrong) in [
            (3, "paragraph 3 body"),
            (2, "paragraph 1 title"),
            (4, "entity lund man \"Ida Lund\""),
            (5, "mention doe proper \"Ida Lund\""),
            (5, "mention lund proper \"Ida Berg\""),
            (5, "mention lund proper Ida"),
            (7, "quote q1 direct \"failed,\" .. \"I\"@1 speaker lund"),
            (7, "quote q1 direct \"I failed\" speaker lund"),
            (8, "sentiment lund article fine"),
            (10, "holds t2 lund favor"),
            (11, "ever \"Mayor quits\""),
        ] {
            let mut lines: Vec<&str> = GOLD.lines().collect();
            lines[line - 1] = wrong;
            let error = Annotation::parse(ARTICLE, &lines.join("\n")).unwrap_err();
            assert_eq!(error.line, line, "{wrong}: {error}");
        }
    }

    #[test]
    fn what_is_said_twice_or_not_at_all_is_refused() {
        let twice = format!("{GOLD}mention lund alias \"Ida Lund\"\n");
        assert_eq!(Annotation::parse(ARTICLE, &twice).unwrap_err().line, 0);
        let short = GOLD.replace("paragraph 2 body\n", "");
        assert_eq!(Annotation::parse(ARTICLE, &short).unwrap_err().line, 0);
    }

    #[test]
    fn every_golden_article_has_an_annotation_without_errors() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        for half in ["seen", "unseen"] {
            let entries = fs::read_dir(folder.join(half)).unwrap();
            let paths = entries.map(|entry| entry.unwrap().path());
            let articles: Vec<_> = paths
                .filter(|p| p.extension().is_some_and(|e| e == "txt"))
                .collect();
            assert_eq!(articles.len(), 24, "{half}");
            for path in articles {
                let article = fs::read_to_string(&path).unwrap();
                let gold = fs::read_to_string(path.with_extension("gold")).unwrap();
                let parsed = Annotation::parse(&article, &gold);
                assert!(parsed.is_ok(), "{}: {:?}", path.display(), parsed.err());
            }
        }
    }
}
