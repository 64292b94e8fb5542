//! The options of each analysis, checked.

use std::collections::HashSet;

use super::check::Check;
use super::offsets::Offsets;
use super::request::is_blank;
use crate::analysis::request::{
    EntityOptions, EntityOrder, EntityTarget, EntityType, StanceOptions, StanceTarget,
    SummaryBudget, SummaryOptions, SummaryOrder, TargetKind,
};
use crate::article::{Field, Span};
use crate::server::limits::Limits;
use crate::server::pb::summary_options::Budget;
use crate::server::pb::{self, ErrorReason};

pub(super) fn summary(
    check: &mut Check,
    path: &str,
    options: pb::SummaryOptions,
    limits: &Limits,
) -> SummaryOptions {
    let order = check.known(format!("{path}.order"), options.order);
    let focus_path = format!("{path}.focus");
    check.at_most_bytes(
        &focus_path,
        ErrorReason::OptionInvalid,
        &options.focus,
        limits.focus_bytes,
    );
    SummaryOptions {
        budget: options
            .budget
            .map_or(SummaryOptions::default().budget, |budget| {
                summary_budget(check, path, budget)
            }),
        order: match order {
            None | Some(pb::SummaryOrder::Unspecified | pb::SummaryOrder::Position) => {
                SummaryOrder::Position
            }
            Some(pb::SummaryOrder::Rank) => SummaryOrder::Rank,
        },
        focus: Some(options.focus).filter(|focus| !is_blank(focus)),
        quotes_excluded: options.quotes_excluded,
    }
}

fn summary_budget(check: &mut Check, path: &str, budget: Budget) -> SummaryBudget {
    let mut at_least_one = |name: &str, count: i32| {
        let count = usize::try_from(count).unwrap_or(0);
        if count == 0 {
            check.invalid(format!("{path}.{name}"), "must be at least 1");
        }
        count
    };
    match budget {
        Budget::MaxSentences(count) => {
            SummaryBudget::Sentences(at_least_one("max_sentences", count))
        }
        Budget::MaxCharacters(count) => {
            SummaryBudget::Characters(at_least_one("max_characters", count))
        }
        Budget::MaxRatio(ratio) => {
            // Written so that it holds for no NaN.
            if !(ratio > 0.0 && ratio <= 1.0) {
                check.invalid(format!("{path}.max_ratio"), "must be above 0 and at most 1");
            }
            SummaryBudget::Ratio(ratio)
        }
    }
}

/// `offsets` is called only where there are spans; without what it gives they are left unread.
pub(super) fn entities<'a>(
    check: &mut Check,
    path: &str,
    options: pb::EntityOptions,
    limits: &Limits,
    offsets: impl Fn() -> Option<Offsets<'a>>,
) -> EntityOptions {
    let types = options
        .types
        .iter()
        .enumerate()
        .filter_map(|(index, &number)| {
            let field = format!("{path}.types[{index}]");
            let known = entity_type(check.known(&field, number)?);
            if known.is_none() {
                check.invalid(field, "a type must be given");
            }
            known
        });
    let types = types.collect();
    let order = check.known(format!("{path}.order"), options.order);
    if options.max_entities < 0 {
        check.invalid(format!("{path}.max_entities"), "must not be negative");
    }
    let targets_path = format!("{path}.targets");
    check.at_most(&targets_path, options.targets.len(), limits.targets);
    let offsets = options
        .targets
        .iter()
        .any(|target| !target.spans.is_empty())
        .then(offsets)
        .flatten();
    let mut ids = Ids::default();
    let targets = options.targets.into_iter().take(limits.targets).enumerate();
    let targets = targets.map(|(index, target)| {
        let path = format!("{targets_path}[{index}]");
        let id = ids.take(check, &path, target.target_id, index, limits);
        if is_blank(&target.name) && target.spans.is_empty() {
            let description = "a target needs a name or spans";
            check.fault(
                format!("{path}.name"),
                ErrorReason::TargetEmpty,
                description,
                Vec::new(),
            );
        }
        let name_path = format!("{path}.name");
        check.at_most_bytes(
            &name_path,
            ErrorReason::TargetTooLong,
            &target.name,
            limits.target_bytes,
        );
        aliases(check, &path, &target.aliases, limits);
        let spans_path = format!("{path}.spans");
        check.at_most(&spans_path, target.spans.len(), limits.spans);
        let spans = target.spans.iter().take(limits.spans).enumerate();
        let spans = spans.filter_map(|(index, wanted)| {
            span(
                check,
                &format!("{spans_path}[{index}]"),
                wanted,
                offsets.as_ref()?,
            )
        });
        EntityTarget {
            id,
            spans: spans.collect(),
            name: target.name,
            aliases: target.aliases,
        }
    });
    EntityOptions {
        types,
        targets: targets.collect(),
        max_entities: usize::try_from(options.max_entities)
            .ok()
            .filter(|&count| count > 0),
        order: match order {
            None | Some(pb::EntityOrder::Unspecified | pb::EntityOrder::Salience) => {
                EntityOrder::Salience
            }
            Some(pb::EntityOrder::FirstMention) => EntityOrder::FirstMention,
        },
    }
}

pub(super) fn stance(
    check: &mut Check,
    path: &str,
    options: pb::StanceOptions,
    limits: &Limits,
) -> StanceOptions {
    let targets_path = format!("{path}.targets");
    if options.targets.is_empty() {
        let description = "stance needs at least one target";
        check.fault(
            &targets_path,
            ErrorReason::TargetEmpty,
            description,
            Vec::new(),
        );
    }
    check.at_most(&targets_path, options.targets.len(), limits.targets);
    if let Some(confidence) = options.min_confidence
        && !(0.0..=1.0).contains(&confidence)
    {
        check.invalid(format!("{path}.min_confidence"), "must be from 0 to 1");
    }
    let mut ids = Ids::default();
    let targets = options.targets.into_iter().take(limits.targets).enumerate();
    let targets = targets.map(|(index, target)| {
        let path = format!("{targets_path}[{index}]");
        let id = ids.take(check, &path, target.target_id, index, limits);
        let text_path = format!("{path}.text");
        if is_blank(&target.text) {
            let description = "a target must not be blank";
            check.fault(
                &text_path,
                ErrorReason::TargetEmpty,
                description,
                Vec::new(),
            );
        }
        check.at_most_bytes(
            &text_path,
            ErrorReason::TargetTooLong,
            &target.text,
            limits.target_bytes,
        );
        aliases(check, &path, &target.aliases, limits);
        let kind = check.known(format!("{path}.kind"), target.kind);
        StanceTarget {
            id,
            text: target.text,
            aliases: target.aliases,
            kind: match kind {
                None | Some(pb::TargetKind::Unspecified) => None,
                Some(pb::TargetKind::Entity) => Some(TargetKind::Entity),
                Some(pb::TargetKind::Proposition) => Some(TargetKind::Proposition),
            },
        }
    });
    StanceOptions {
        targets: targets.collect(),
    }
}

fn aliases(check: &mut Check, path: &str, aliases: &[String], limits: &Limits) {
    check.at_most(&format!("{path}.aliases"), aliases.len(), limits.aliases);
    for (index, alias) in aliases.iter().take(limits.aliases).enumerate() {
        let path = format!("{path}.aliases[{index}]");
        if is_blank(alias) {
            let description = "an alias must not be blank";
            check.fault(&path, ErrorReason::TargetEmpty, description, Vec::new());
        }
        check.at_most_bytes(
            &path,
            ErrorReason::TargetTooLong,
            alias,
            limits.target_bytes,
        );
    }
}

fn span(
    check: &mut Check,
    path: &str,
    wanted: &pb::TextSpan,
    offsets: &Offsets<'_>,
) -> Option<Span> {
    let field = match check.known(format!("{path}.field"), wanted.field)? {
        pb::SourceField::Unspecified | pb::SourceField::Content => Field::Content,
        pb::SourceField::Title => Field::Title,
    };
    let Some(span) = offsets.read(field, wanted.start_offset, wanted.end_offset) else {
        let length = offsets.length(field);
        let description = format!(
            "{}..{} is empty, reversed, off a character boundary or outside the field's length of {length}",
            wanted.start_offset, wanted.end_offset
        );
        let metadata = vec![("length", length.to_string())];
        check.fault(path, ErrorReason::SpanOutOfRange, description, metadata);
        return None;
    };
    if !wanted.text.is_empty() && offsets.write(span).text != wanted.text {
        let description = "the text between the offsets is not the span's own text";
        check.fault(
            format!("{path}.text"),
            ErrorReason::SpanTextMismatch,
            description,
            Vec::new(),
        );
        return None;
    }
    Some(span)
}

/// The ids of a request's targets, which must differ.
#[derive(Default)]
struct Ids(HashSet<String>);

impl Ids {
    /// The caller's id of a target, or one by its place.
    fn take(
        &mut self,
        check: &mut Check,
        path: &str,
        id: String,
        index: usize,
        limits: &Limits,
    ) -> String {
        let field = format!("{path}.target_id");
        check.at_most_bytes(&field, ErrorReason::OptionInvalid, &id, limits.id_bytes);
        let id = if id.is_empty() {
            format!("t{}", index + 1)
        } else {
            id
        };
        if !self.0.insert(id.clone()) {
            check.invalid(field, "another target has this id");
        }
        id
    }
}

fn entity_type(entity_type: pb::EntityType) -> Option<EntityType> {
    match entity_type {
        pb::EntityType::Unspecified => None,
        pb::EntityType::Person => Some(EntityType::Person),
        pb::EntityType::Organization => Some(EntityType::Organization),
        pb::EntityType::Geopolitical => Some(EntityType::Geopolitical),
        pb::EntityType::Location => Some(EntityType::Location),
        pb::EntityType::Group => Some(EntityType::Group),
        pb::EntityType::Event => Some(EntityType::Event),
        pb::EntityType::Other => Some(EntityType::Other),
    }
}
