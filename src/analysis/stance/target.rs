//! What a target is, and how it is put to the judge: a bare name as a claim, a negated proposition by what it negates.

use crate::analysis::request::TargetKind;
use crate::analysis::result::Entity;

/// A target that is an entity of the article, or is written as a name, is an entity; any other is a proposition.
pub(super) fn kind_of(text: &str, entity: Option<&Entity>) -> TargetKind {
    let mut words = text.split_whitespace();
    let name = words.all(|word| word.chars().next().is_some_and(char::is_uppercase));
    if entity.is_some() || name {
        TargetKind::Entity
    } else {
        TargetKind::Proposition
    }
}

/// For a target that claims nothing, the claim that it is good: the judge reads blame of a claim better than of a name.
pub(super) fn claim_of(text: &str) -> Option<String> {
    const VERBS: [&str; 17] = [
        "is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "will", "would",
        "should", "must", "can", "could", "to",
    ];
    // A headline claims something with whatever verb it has.
    const MOST_WORDS: usize = 6;
    let mut words = text.split_whitespace();
    let long = words.clone().count() > MOST_WORDS;
    let claims = words.any(|word| VERBS.contains(&word.to_lowercase().as_str()));
    (!long && !claims).then(|| format!("{} is good", text.trim()))
}

/// What a negated proposition negates: "Kazakhstan should cancel the parade" for "Kazakhstan should not cancel it".
/// `None` for a proposition that isn't negated, or is so twice.
pub(super) fn affirmative_of(text: &str) -> Option<String> {
    const NEGATIONS: [&str; 3] = ["not", "never", "no longer"];
    const CONTRACTED: [(&str, &str); 3] =
        [("can't", "can"), ("won't", "will"), ("shan't", "shall")];
    let plain = text.replace('’', "'");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut kept: Vec<String> = Vec::with_capacity(words.len());
    let mut negations = 0;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let lower = word.to_lowercase();
        let pair = words
            .get(at + 1)
            .map(|next| format!("{lower} {}", next.to_lowercase()));
        at += 1;
        if NEGATIONS.contains(&lower.as_str()) {
            negations += 1;
        } else if pair.is_some_and(|pair| NEGATIONS.contains(&pair.as_str())) {
            negations += 1;
            at += 1;
        } else if lower == "cannot" {
            negations += 1;
            kept.push("can".to_owned());
        } else if let Some((_, positive)) =
            CONTRACTED.iter().find(|(negative, _)| *negative == lower)
        {
            negations += 1;
            kept.push((*positive).to_owned());
        } else if let Some(stem) = lower.strip_suffix("n't") {
            negations += 1;
            kept.push(stem.to_owned());
        } else {
            kept.push((*word).to_owned());
        }
    }
    (negations == 1 && !kept.is_empty()).then(|| kept.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bare_name_is_made_a_claim() {
        assert_eq!(
            claim_of("solar power").as_deref(),
            Some("solar power is good")
        );
        assert_eq!(claim_of("Kazakhstan should cancel the parade"), None);
        assert_eq!(
            claim_of("Kazakhstan cancels Victory Day parade over virus"),
            None
        );
    }

    #[test]
    fn a_negated_proposition_has_an_affirmative_form() {
        for (negated, affirmative) in [
            (
                "Veltria should not cancel the parade",
                Some("Veltria should cancel the parade"),
            ),
            ("Taxes shouldn’t rise", Some("Taxes should rise")),
            ("Taxes can't rise", Some("Taxes can rise")),
            ("Lund cannot win", Some("Lund can win")),
            ("Lund is no longer mayor", Some("Lund is mayor")),
            ("Lund will never win", Some("Lund will win")),
            ("Veltria should cancel the parade", None),
            ("It is not true that taxes should not rise", None),
            ("Not", None),
        ] {
            assert_eq!(affirmative_of(negated).as_deref(), affirmative, "{negated}");
        }
    }
}
