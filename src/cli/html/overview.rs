//! What stands beside the article: summary, stances, who speaks, and who is spoken of.

use super::marks::mention_id;
use super::names::{self, Badge, Names};
use super::passages::Passages;
use super::score::Score;
use crate::analysis::result::{Entity, Mention, Speaker, StanceResult};
use crate::article::Span;
use crate::cli::labels;

/// Around a mention so many characters are shown to either side, and of what somebody says so many in all.
const CONTEXT: usize = 32;
const SNIPPET: usize = 90;

/// Somebody or something with a name.
pub struct Who {
    pub name: String,
    /// Where it is one of the entities.
    pub badge: Option<Badge>,
}

/// A line of a table of scores.
pub struct Row {
    pub who: Who,
    /// What it rests on; may be empty.
    pub basis: String,
    pub score: Score,
}

/// A sentence of the summary.
pub struct SummaryLine<'a> {
    pub passage: usize,
    pub text: &'a str,
}

/// The stance toward one target.
pub struct StanceCard<'a> {
    pub number: usize,
    pub target: &'a str,
    pub score: Score,
    /// Why there is none.
    pub why: Option<&'static str>,
    pub holders: Vec<Row>,
    pub evidence: Vec<EvidenceLine>,
}

/// A passage that a stance rests on.
pub struct EvidenceLine {
    pub passage: usize,
    pub text: String,
    /// Whose words; `None` for the article's.
    pub speaker: Option<String>,
    pub number: String,
}

/// What one voice says.
pub struct VoiceCard {
    pub number: usize,
    pub who: Who,
    pub lines: Vec<SaidLine>,
}

/// Words of a voice.
pub struct SaidLine {
    pub number: usize,
    pub text: String,
    pub how: &'static str,
}

/// One entity.
pub struct EntityCard<'a> {
    pub badge: Badge,
    pub entity: &'a Entity,
    pub prominent: bool,
    pub facts: String,
    pub mentions: Vec<MentionLine<'a>>,
    pub mention_count: String,
    pub rows: Vec<Row>,
}

/// A mention with the words around it.
pub struct MentionLine<'a> {
    pub id: String,
    pub before: String,
    pub text: &'a str,
    pub after: String,
    pub kind: &'static str,
    pub speaker: Option<&'a str>,
    pub score: Score,
}

impl<'a> Names<'a> {
    pub fn summary(&self, passages: &Passages) -> Vec<SummaryLine<'a>> {
        let sentences = self.analysis.summary.iter().flat_map(|s| &s.sentences);
        let line = |span: Span| SummaryLine {
            passage: passages.number(span),
            text: self.analysis.document.text(span),
        };
        sentences.map(|sentence| line(sentence.span)).collect()
    }

    pub fn stances(&self, passages: &Passages) -> Vec<StanceCard<'a>> {
        let stances = self.analysis.stances.iter();
        (1..)
            .zip(stances)
            .map(|(number, stance)| self.stance(number, stance, passages))
            .collect()
    }

    fn stance(
        &self,
        number: usize,
        stance: &'a StanceResult,
        passages: &Passages,
    ) -> StanceCard<'a> {
        let holders = stance.holders.iter().map(|holder| Row {
            who: Who {
                name: labels::holder(holder).to_owned(),
                badge: holder.speaker.as_ref().and_then(|s| self.badge(s)),
            },
            basis: String::new(),
            score: Score::of_stance(holder.stance, holder.score),
        });
        let evidence = stance.evidence.iter().map(|evidence| EvidenceLine {
            passage: passages.number(evidence.span),
            text: snippet(self.analysis.document.text(evidence.span)),
            speaker: evidence.speaker.as_ref().map(|s| s.name.clone()),
            number: super::score::signed(evidence.score),
        });
        StanceCard {
            number,
            target: &stance.target,
            score: Score::of_stance(stance.stance, stance.score),
            why: stance.abstention.map(labels::abstention),
            holders: holders.collect(),
            evidence: evidence.collect(),
        }
    }

    pub fn voice_cards(&self) -> Vec<VoiceCard> {
        let mut cards: Vec<VoiceCard> = (1..)
            .zip(&self.voices)
            .map(|(number, owner)| VoiceCard {
                number,
                who: match owner {
                    Some(speaker) => self.who(speaker),
                    None => Who {
                        name: "speaker not known".to_owned(),
                        badge: None,
                    },
                },
                lines: Vec::new(),
            })
            .collect();
        for (number, said) in (1..).zip(&self.said) {
            if let Some(card) = cards.get_mut(said.voice) {
                card.lines.push(SaidLine {
                    number,
                    text: snippet(self.analysis.document.text(said.span)),
                    how: if said.quoted { "quoted" } else { "reported" },
                });
            }
        }
        cards
    }

    pub fn entity_cards(&self) -> Vec<EntityCard<'a>> {
        let entities = self.analysis.entities.iter().enumerate();
        entities
            .map(|(index, entity)| EntityCard {
                badge: Badge::of(index),
                entity,
                prominent: names::is_prominent(index),
                facts: facts(entity),
                mentions: (1..)
                    .zip(&entity.mentions)
                    .map(|(number, mention)| self.mention(mention_id(index, number), mention))
                    .collect(),
                mention_count: names::mentions(entity),
                rows: self.rows(entity),
            })
            .collect()
    }

    /// The sentiment toward an entity: over all, then voice by voice where others than the article speak of it, then what
    /// others are told to feel.
    fn rows(&self, entity: &Entity) -> Vec<Row> {
        let plain = |name: &str| Who {
            name: name.to_owned(),
            badge: None,
        };
        let mut rows = Vec::new();
        let mut add = |who, basis, sentiment| {
            rows.push(Row {
                who,
                basis,
                score: Score::of_sentiment(sentiment),
            });
        };
        if let Some(sentiment) = &entity.sentiment {
            add(plain("over all"), String::new(), sentiment);
        }
        if let Some(quoted) = &entity.quoted_sentiment {
            if let Some(sentiment) = &entity.narration_sentiment {
                add(plain("the article"), String::new(), sentiment);
            }
            for by in &entity.speaker_sentiments {
                add(
                    self.who(&by.speaker),
                    names::count(by.mentions, "mention"),
                    &by.sentiment,
                );
            }
            if entity.speaker_sentiments.is_empty() {
                add(plain("speakers not known"), String::new(), quoted);
            }
        }
        for attitude in &entity.attitudes {
            let who = Who {
                name: attitude.holder_name.clone(),
                badge: self.index_of(&attitude.holder_id).map(Badge::of),
            };
            add(who, "as one sentence tells".to_owned(), &attitude.sentiment);
        }
        rows
    }

    fn mention(&self, id: String, mention: &'a Mention) -> MentionLine<'a> {
        let document = &self.analysis.document;
        let source = document.source.field(mention.span.field());
        let before = source.get(..mention.span.start()).unwrap_or("");
        let after = source.get(mention.span.end()..).unwrap_or("");
        let before = before.rsplit('\n').next().unwrap_or("");
        let after = after.split('\n').next().unwrap_or("");
        MentionLine {
            id,
            before: last(before, CONTEXT),
            text: document.text(mention.span),
            after: first(after, CONTEXT),
            kind: labels::mention_kind(mention.kind),
            speaker: mention.speaker.as_ref().map(|s| s.name.as_str()),
            score: Score::of_sentiment(&mention.sentiment),
        }
    }

    fn who(&self, speaker: &Speaker) -> Who {
        Who {
            name: speaker.name.clone(),
            badge: self.badge(speaker),
        }
    }

    fn badge(&self, speaker: &Speaker) -> Option<Badge> {
        self.entity_of(speaker).map(Badge::of)
    }
}

fn facts(entity: &Entity) -> String {
    let share = 100.0 * entity.salience;
    let mut facts = format!(
        "{} · {share:.0} % of what it is about",
        labels::entity_type(entity.entity_type)
    );
    if !entity.aliases.is_empty() {
        facts.push_str(" · also ");
        facts.push_str(&entity.aliases.join(", "));
    }
    facts
}

fn snippet(text: &str) -> String {
    first(
        &text.split_whitespace().collect::<Vec<_>>().join(" "),
        SNIPPET,
    )
}

/// At most so many characters from the start, to the end of a word, with an ellipsis where there is more.
fn first(text: &str, most: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let text = text.get(..cut).unwrap_or(text);
    let text = text.rsplit_once(' ').map_or(text, |(words, _)| words);
    format!("{text}…")
}

/// The same from the end.
fn last(text: &str, most: usize) -> String {
    let Some((cut, _)) = text.char_indices().rev().nth(most) else {
        return text.to_owned();
    };
    let text = text.get(cut..).unwrap_or(text);
    let text = text.split_once(' ').map_or(text, |(_, words)| words);
    format!("…{text}")
}
