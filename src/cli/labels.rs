//! What a person reads for each class: the words that the terminal and the HTML page share.

use crate::analysis::request::EntityType;
use crate::analysis::result::{
    Abstention, Holder, HolderStance, MentionKind, SentimentLabel, Stance,
};
use crate::article::Role;

pub fn sentiment(label: SentimentLabel) -> &'static str {
    match label {
        SentimentLabel::Positive => "positive",
        SentimentLabel::Negative => "negative",
        SentimentLabel::Neutral => "neutral",
        SentimentLabel::Mixed => "mixed",
    }
}

pub fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Favor => "favour",
        Stance::Against => "against",
        Stance::Neutral => "neutral",
        Stance::None => "none",
    }
}

/// Why there is no stance, to stand after "none:".
pub fn abstention(reason: Abstention) -> &'static str {
    match reason {
        Abstention::TargetNotFound => "the article says nothing about it",
        Abstention::LowConfidence => "not sure enough",
        Abstention::ConflictingEvidence => "its passages contradict each other",
    }
}

pub fn holder(stance: &HolderStance) -> &str {
    let speaker = stance.speaker.as_ref().map(|speaker| speaker.name.as_str());
    match stance.holder {
        Holder::Article => "the article",
        Holder::Headline => "its headline",
        Holder::Source => speaker.unwrap_or("others it quotes"),
    }
}

pub fn entity_type(entity_type: EntityType) -> &'static str {
    match entity_type {
        EntityType::Person => "person",
        EntityType::Organization => "organisation",
        EntityType::Geopolitical => "country or town",
        EntityType::Location => "place",
        EntityType::Group => "group",
        EntityType::Event => "event",
        EntityType::Other => "other",
    }
}

/// How a mention names its entity.
pub fn mention_kind(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Proper => "name",
        MentionKind::Alias => "other name",
        MentionKind::Demonym => "people's name",
        MentionKind::Metonym => "seat of government",
        MentionKind::Pronoun => "pronoun",
        MentionKind::Nominal => "description",
    }
}

pub fn role(role: Role) -> &'static str {
    match role {
        Role::Headline => "headline",
        Role::Standfirst => "standfirst",
        Role::Byline => "by-line",
        Role::Body => "body",
        Role::Quote => "quote",
        Role::Subheading => "subheading",
        Role::Caption => "caption",
        Role::RelatedLink => "related link",
        Role::Promo => "promotion",
    }
}
