//! Chains of candidates that stand for one thing, built from the first to the last.

use std::collections::BTreeMap;

use super::candidates::{Candidate, Form};
use super::features::Known;
use crate::analysis::pronouns::Class;
use crate::analysis::voices::gender::Gender;
use crate::article::Span;

/// How probable a chain must be for an anaphor to join it; chosen on the dev parts of GUM and GAP, for noun phrases on half of
/// the training articles by a head that was taught on the others. Of links of "he" and "she" about three in four are then right.
pub fn enough(form: Form) -> f32 {
    match form {
        Form::Pronoun(Class::Person(_)) => 0.25,
        Form::Pronoun(Class::Several) => 0.3,
        Form::Pronoun(Class::Speaker | Class::Hearer | Class::Speakers) => 0.3,
        Form::Pronoun(Class::Thing) => 0.35,
        Form::Nominal | Form::Name => 0.35,
    }
}

/// How probable a chain must be for a noun phrase that names who says something: somebody known, more often than others are.
pub const SPEAKING: f32 = 0.3;

/// What the score of a name gains as antecedent of "he", "she", "it" or "they": in an article pronouns stand for what it is
/// about more often than in the texts that the links were learnt from. All three chosen on half of
/// the training articles.
const NAME: f32 = 1.0;
/// As much more for the subject of the pronoun's own sentence,
const SUBJECT_OF_SAME: f32 = 1.5;
/// or of the sentence before, where the pronoun is a subject too (Grosz, Joshi & Weinstein 1995).
const SUBJECT_BEFORE: f32 = 1.5;

/// What the only person named in the sentence before gains as antecedent of a "he" or "she" that no name stands before in its
/// own sentence.
const ONLY_BEFORE: f32 = 2.0;

/// How probable a chain must be for a noun phrase of the same noun as one in it.
const SAME_NOUN: f32 = 0.25;

/// How sure it is that "I" in a quote is its speaker.
pub const SPEAKER: f32 = 0.9;

/// Candidates within one are among so many before and after it.
const WITHIN: usize = 5;

/// The chains so far.
pub struct Chains<'a> {
    candidates: &'a [Candidate],
    known: &'a Known,
    /// For each candidate the entity in whose words it stands.
    speakers: &'a [Option<usize>],
    /// For each candidate its chain, with the probability that it belongs there.
    of: Vec<(usize, f32)>,
    /// The gender of each chain's person, where known.
    genders: BTreeMap<usize, Gender>,
    /// The first candidate of each entity: the name of its chain.
    firsts: BTreeMap<usize, usize>,
}

impl<'a> Chains<'a> {
    /// Each candidate by itself, those of one entity together. A chain's number is that of its first candidate.
    pub fn new(
        candidates: &'a [Candidate],
        known: &'a Known,
        speakers: &'a [Option<usize>],
    ) -> Self {
        let mut firsts: BTreeMap<usize, usize> = BTreeMap::new();
        let mut genders = BTreeMap::new();
        let of = candidates
            .iter()
            .enumerate()
            .map(|(at, candidate)| {
                let chain = match candidate.entity {
                    Some(entity) => *firsts.entry(entity).or_insert(at),
                    None => at,
                };
                if let Some(gender) = known.gender_of(candidate) {
                    genders.insert(chain, gender);
                }
                (chain, 1.0)
            })
            .collect();
        Chains {
            candidates,
            known,
            speakers,
            of,
            genders,
            firsts,
        }
    }

    /// Joins an anaphor to the chain that its scored antecedents make most probable, if it is probable enough; less is enough
    /// where it `speaks`, naming who says something.
    ///
    /// A chain's probability is the sum of its candidates' in a softmax over all of them and a new chain, whose score is 0
    /// (Denis & Baldridge 2008; Lee et al. 2017).
    pub fn join(&mut self, at: usize, antecedents: &[(usize, f32)], speaks: bool) {
        let Some(own) = self.candidates.get(at) else {
            return;
        };
        let speaker = self.speakers.get(at).copied().flatten();
        if own.form == Form::Pronoun(Class::Speaker)
            && let Some(first) = speaker.and_then(|speaker| self.firsts.get(&speaker))
        {
            self.put(at, *first, SPEAKER);
            return;
        }
        let only = self.only_before(at, own, antecedents, speaker);
        let mut total = 1.0;
        let mut chains: BTreeMap<usize, f32> = BTreeMap::new();
        for (antecedent, score) in antecedents {
            if let Some((chain, _)) = self.of.get(*antecedent)
                && self.allows(at, own, *antecedent, *chain, speaker)
            {
                let near = if only == Some(*antecedent) {
                    ONLY_BEFORE
                } else {
                    0.0
                };
                let weight = (score + self.prominence(own, *antecedent) + near).exp();
                total += weight;
                *chains.entry(*chain).or_default() += weight;
            }
        }
        let best = chains.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((chain, weight)) = best
            && weight / total >= self.enough(own, chain, antecedents, speaks)
        {
            self.put(at, chain, weight / total);
        }
    }

    /// How probable a chain must be, less if it has a phrase of the same noun.
    fn enough(
        &self,
        own: &Candidate,
        chain: usize,
        antecedents: &[(usize, f32)],
        speaks: bool,
    ) -> f32 {
        if speaks {
            return SPEAKING;
        }
        let alike = own.form == Form::Nominal
            && antecedents.iter().any(|(antecedent, _)| {
                let other = self.candidates.get(*antecedent);
                let same = self
                    .of
                    .get(*antecedent)
                    .is_some_and(|(own, _)| *own == chain);
                same && other
                    .is_some_and(|other| other.form == Form::Nominal && other.head() == own.head())
            });
        if alike { SAME_NOUN } else { enough(own.form) }
    }

    /// Whether a candidate has been put into a chain before it.
    pub fn is_joined(&self, at: usize) -> bool {
        self.of.get(at).is_some_and(|(chain, _)| *chain != at)
    }

    /// The gender of an entity's chain, where known.
    pub fn gender_of(&self, entity: usize) -> Option<Gender> {
        self.genders.get(self.firsts.get(&entity)?).copied()
    }

    /// Joins a candidate to an entity that something else tells.
    pub fn join_entity(&mut self, at: usize, entity: usize, probability: f32) {
        if let Some(first) = self.firsts.get(&entity).copied() {
            self.put(at, first, probability);
        }
    }

    /// The name of the only person whom the sentence before names, where this one names nobody before the pronoun.
    fn only_before(
        &self,
        at: usize,
        own: &Candidate,
        antecedents: &[(usize, f32)],
        speaker: Option<usize>,
    ) -> Option<usize> {
        let Form::Pronoun(Class::Person(_)) = own.form else {
            return None;
        };
        let mut found: Option<(usize, usize)> = None;
        for (antecedent, _) in antecedents {
            let other = self.candidates.get(*antecedent)?;
            let (chain, _) = self.of.get(*antecedent)?;
            let before = *antecedent < at && other.sentence + 1 >= own.sentence;
            if !before || other.form != Form::Name {
                continue;
            }
            if other.sentence == own.sentence {
                return None;
            }
            if self.allows(at, own, *antecedent, *chain, speaker) {
                if found.is_some_and(|(_, known)| known != *chain) {
                    return None;
                }
                found = Some((*antecedent, *chain));
            }
        }
        found.map(|(antecedent, _)| antecedent)
    }

    /// What a pronoun's antecedent gains by being a name, and a subject.
    fn prominence(&self, own: &Candidate, antecedent: usize) -> f32 {
        let Form::Pronoun(Class::Person(_) | Class::Thing | Class::Several) = own.form else {
            return 0.0;
        };
        let named = self.candidates.get(antecedent);
        // "Residents … their letterboxes"
        let several = own.form == Form::Pronoun(Class::Several);
        let Some(other) = named.filter(|other| {
            (other.entity.is_some()
                || several && other.form == Form::Nominal && other.plural == Some(true))
                && (other.span.field(), other.span.start()) < (own.span.field(), own.span.start())
        }) else {
            return 0.0;
        };
        NAME * (1.0 - other.possessive())
            + if other.sentence == own.sentence {
                SUBJECT_OF_SAME * other.subject()
            } else if other.sentence + 1 == own.sentence {
                SUBJECT_BEFORE * other.subject() * own.subject()
            } else {
                0.0
            }
    }

    fn allows(
        &self,
        at: usize,
        own: &Candidate,
        antecedent: usize,
        chain: usize,
        speaker: Option<usize>,
    ) -> bool {
        let class = match own.form {
            Form::Pronoun(class) => class,
            // "His birth certificate" is not he.
            _ => return !self.is_inside(at, own, chain),
        };
        match class {
            // Nobody says "he" of himself.
            Class::Person(gender) => {
                let speaks = speaker.and_then(|speaker| self.firsts.get(&speaker));
                self.genders
                    .get(&chain)
                    .is_none_or(|known| *known == gender)
                    && !(own.quoted && speaks == Some(&chain))
            }
            // "I" here and "I" there are one only in the same voice.
            Class::Speaker | Class::Speakers | Class::Hearer => {
                let other = self.candidates.get(antecedent);
                // Nobody says "you" to himself.
                let to_itself = class == Class::Hearer
                    && speaker.is_some_and(|speaker| self.firsts.get(&speaker) == Some(&chain));
                !to_itself
                    && self.speakers.get(antecedent) == self.speakers.get(at)
                    && other.is_some_and(|other| other.quoted == own.quoted)
            }
            Class::Thing | Class::Several => true,
        }
    }

    /// Whether a chain has a candidate inside this one.
    fn is_inside(&self, at: usize, own: &Candidate, chain: usize) -> bool {
        let first = at.saturating_sub(WITHIN);
        let near = self.candidates.iter().zip(&self.of).skip(first);
        near.take(2 * WITHIN)
            .any(|(other, (known, _))| *known == chain && own.span.contains(other.span))
    }

    fn put(&mut self, at: usize, chain: usize, probability: f32) {
        if let Some(place) = self.of.get_mut(at) {
            *place = (chain, probability);
        }
        if let Some(gender) = self
            .candidates
            .get(at)
            .and_then(|c| self.known.gender_of(c))
        {
            self.genders.insert(chain, gender);
        }
    }

    /// The entity whose chain a candidate is in, and how probably.
    pub fn entity_of(&self, at: usize) -> Option<(usize, f32)> {
        let (chain, probability) = *self.of.get(at)?;
        Some((self.candidates.get(chain)?.entity?, probability))
    }

    /// The candidates' spans, chain by chain.
    pub fn spans(&self) -> Vec<Vec<Span>> {
        let mut chains: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
        for ((chain, _), candidate) in self.of.iter().zip(self.candidates) {
            chains.entry(*chain).or_default().push(candidate.span);
        }
        chains.into_values().collect()
    }
}

#[cfg(test)]
mod tests;
