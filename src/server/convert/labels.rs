//! The labels of results in the protocol: one match for each enum, so that a new label can't be forgotten.

use crate::analysis::request::{EntityType, TargetKind};
use crate::analysis::result::{
    Abstention, Holder, MentionKind, SentimentLabel, Stance, WarningKind,
};
use crate::article::Role;
use crate::article::offsets::OffsetEncoding;
use crate::server::pb;

pub(super) fn stance(stance: Stance) -> pb::Stance {
    match stance {
        Stance::Favor => pb::Stance::Favor,
        Stance::Against => pb::Stance::Against,
        Stance::Neutral => pb::Stance::Neutral,
        Stance::None => pb::Stance::None,
    }
}

pub(super) fn entity_type(entity_type: EntityType) -> pb::EntityType {
    match entity_type {
        EntityType::Person => pb::EntityType::Person,
        EntityType::Organization => pb::EntityType::Organization,
        EntityType::Geopolitical => pb::EntityType::Geopolitical,
        EntityType::Location => pb::EntityType::Location,
        EntityType::Group => pb::EntityType::Group,
        EntityType::Event => pb::EntityType::Event,
        EntityType::Other => pb::EntityType::Other,
    }
}

pub(super) fn segment_kind(role: Role) -> pb::SegmentKind {
    match role {
        Role::Headline => pb::SegmentKind::Headline,
        Role::Standfirst => pb::SegmentKind::Standfirst,
        Role::Byline => pb::SegmentKind::Byline,
        Role::Body => pb::SegmentKind::Body,
        Role::Quote => pb::SegmentKind::Quote,
        Role::Subheading => pb::SegmentKind::Subheading,
        Role::Caption => pb::SegmentKind::Caption,
        Role::RelatedLink => pb::SegmentKind::RelatedLink,
        Role::Promo => pb::SegmentKind::Promo,
    }
}

pub(super) fn mention_kind(kind: MentionKind) -> pb::MentionKind {
    match kind {
        MentionKind::Proper => pb::MentionKind::Proper,
        MentionKind::Alias => pb::MentionKind::Alias,
        MentionKind::Demonym => pb::MentionKind::Demonym,
        MentionKind::Metonym => pb::MentionKind::Metonym,
        MentionKind::Pronoun => pb::MentionKind::Pronoun,
        MentionKind::Nominal => pb::MentionKind::Nominal,
    }
}

pub(super) fn target_kind(kind: TargetKind) -> pb::TargetKind {
    match kind {
        TargetKind::Entity => pb::TargetKind::Entity,
        TargetKind::Proposition => pb::TargetKind::Proposition,
    }
}

pub(super) fn abstention(abstention: Option<Abstention>) -> pb::StanceAbstention {
    match abstention {
        None => pb::StanceAbstention::Unspecified,
        Some(Abstention::TargetNotFound) => pb::StanceAbstention::TargetNotFound,
        Some(Abstention::LowConfidence) => pb::StanceAbstention::LowConfidence,
        Some(Abstention::ConflictingEvidence) => pb::StanceAbstention::ConflictingEvidence,
    }
}

pub(super) fn offset_encoding(encoding: OffsetEncoding) -> pb::OffsetEncoding {
    match encoding {
        OffsetEncoding::Utf8 => pb::OffsetEncoding::Utf8Bytes,
        OffsetEncoding::Utf16 => pb::OffsetEncoding::Utf16CodeUnits,
        OffsetEncoding::CodePoint => pb::OffsetEncoding::UnicodeCodePoints,
    }
}

pub(super) fn warning_code(kind: WarningKind) -> pb::WarningCode {
    match kind {
        WarningKind::BoilerplateSkipped => pb::WarningCode::BoilerplateSkipped,
        WarningKind::SentenceSplit => pb::WarningCode::SentenceSplit,
        WarningKind::UnbalancedQuote => pb::WarningCode::UnbalancedQuote,
        WarningKind::LittleText => pb::WarningCode::LittleText,
        WarningKind::LanguageUncertain => pb::WarningCode::LanguageUncertain,
    }
}

pub(super) fn sentiment_label(label: SentimentLabel) -> pb::SentimentLabel {
    match label {
        SentimentLabel::Positive => pb::SentimentLabel::Positive,
        SentimentLabel::Neutral => pb::SentimentLabel::Neutral,
        SentimentLabel::Negative => pb::SentimentLabel::Negative,
        SentimentLabel::Mixed => pb::SentimentLabel::Mixed,
    }
}

pub(super) fn holder(holder: Holder) -> pb::StanceHolder {
    match holder {
        Holder::Article => pb::StanceHolder::Article,
        Holder::Headline => pb::StanceHolder::Headline,
        Holder::Source => pb::StanceHolder::Source,
    }
}
