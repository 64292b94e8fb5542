//! Words that end in a full stop without ending the sentence, by what may follow them.

/// What a full stop after a word says of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A name follows: `Dr. Smith`. The sentence never ends here.
    BeforeName,
    /// A number follows, or the stop is no abbreviation's: `No. 5`.
    BeforeNumber,
    /// The sentence ends here only before a word that starts sentences: `Acme Inc. said`, `Acme Inc. The`.
    Anywhere,
    /// A clock time: a weekday, a month or a zone may follow: `6 p.m. Tuesday`.
    Clock,
}

#[rustfmt::skip]
const BEFORE_NAME: &[&str] = &[
    "adm", "asst", "atty", "brig", "capt", "cdr", "cllr", "cmdr", "col", "cpl", "cpt", "det", "dr", "drs", "e.g", "ens",
    "esp", "fr", "ft", "gen", "gov", "hon", "i.e", "insp", "lieut", "lt", "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms",
    "mt", "mx", "pres", "prof", "profs", "pte", "pvt", "rep", "reps", "rev", "sen", "sens", "sgt", "sr", "st", "supt", "viz", "vs",
];

const BEFORE_NUMBER: &[&str] = &[
    "art", "ch", "fig", "figs", "no", "nos", "p", "pp", "para", "sec", "vol", "vols",
];

#[rustfmt::skip]
const ANYWHERE: &[&str] = &[
    "approx", "assn", "assoc", "ave", "bhd", "blvd", "bros", "c", "ca", "cf", "cie", "co", "corp", "dept", "dist", "est", "hwy", "inc",
    "jr", "ltd", "mfg", "plc", "rd", "univ",
    // Months and days.
    "apr", "aug", "dec", "feb", "fri", "jan", "jul", "jun", "mar", "mon", "nov", "oct", "sept", "sep", "thu", "thur", "thurs", "tue",
    "tues", "wed",
    // States, as agencies shorten them.
    "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "md", "mich", "minn", "miss", "mo",
    "mont", "neb", "nev", "okla", "ont", "ore", "pa", "que", "tenn", "tex", "va", "vt", "wis", "wyo",
];

/// Those that are everyday words too, and abbreviate only with a capital: `Sun. the 5th`.
#[rustfmt::skip]
const CAPITALISED_ONLY: &[&str] = &[
    "art", "ark", "col", "dec", "del", "fig", "ill", "ind", "mar", "mass", "miss", "mo", "mon", "pa", "rev", "wed",
];

#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "A", "About", "According", "After", "All", "Also", "Although", "Among", "An", "And", "Another", "Any", "As", "Asked", "At",
    "Because", "Before", "Both", "But", "By", "Despite", "During", "Each", "Earlier", "Even", "Every", "For", "From", "Had", "Has",
    "He", "Her", "Here", "His", "How", "However", "I", "If", "In", "Instead", "Is", "It", "Its", "Last", "Later", "Many", "Meanwhile",
    "More", "Most", "Mr", "Mrs", "Ms", "My", "No", "Not", "Nor", "Now", "Of", "On", "Once", "One", "Only", "Or", "Other", "Others",
    "Our", "Over", "Several", "She", "Since", "So", "Some", "Still", "Such", "That", "The", "Their", "Then", "There", "These", "They",
    "This", "Those", "Though", "Through", "Thus", "To", "Today", "Two", "Under", "Until", "We", "Were", "What", "When", "Where",
    "Whether", "Which", "While", "Who", "Why", "With", "Would", "Yet", "You", "Your",
];

#[rustfmt::skip]
const AFTER_CLOCK: &[&str] = &[
    "Central", "Eastern", "GMT", "UTC", "BST", "CET", "EDT", "EST", "ET", "CT", "CDT", "CST", "MT", "PT", "PDT", "PST", "IST", "JST",
    "Greenwich", "Pacific", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February",
    "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Jan", "Feb", "Mar", "Apr",
    "Aug", "Sept", "Oct", "Nov", "Dec",
];

/// What the full stop after `word` (given without it) says.
pub(super) fn classify(word: &str) -> Option<Abbreviation> {
    let folded = word.to_lowercase();
    let folded = folded.as_str();
    let capitalised = word.chars().next().is_some_and(char::is_uppercase);
    if matches!(folded, "a.m" | "p.m" | "am" | "pm") && word.contains('.') {
        return Some(Abbreviation::Clock);
    }
    if !capitalised && CAPITALISED_ONLY.contains(&folded) {
        return None;
    }
    if BEFORE_NAME.contains(&folded) || matches!(word, "eg" | "ie" | "v") {
        return Some(Abbreviation::BeforeName);
    }
    // "P." in a name isn't "p." before a page.
    if BEFORE_NUMBER.contains(&folded) && !is_initials(word) {
        return Some(Abbreviation::BeforeNumber);
    }
    if ANYWHERE.contains(&folded) || is_initials(word) {
        return Some(Abbreviation::Anywhere);
    }
    None
}

/// Whether a word is made of initials: `J`, `U.S`, `Ph.D`, `M.Sc`. The pronoun `I` isn't.
fn is_initials(word: &str) -> bool {
    let has_inner_stop = word.contains('.');
    let parts_are_short = word.split(['.', '-']).all(|part| {
        (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic)
    });
    let starts_upper = word.chars().next().is_some_and(char::is_uppercase);
    parts_are_short
        && (has_inner_stop
            || (starts_upper
                && word != "I"
                && word.chars().nth(1).is_none_or(|second| second == '-')))
}

/// Whether a capitalised word mostly opens a sentence, and seldom goes on a name.
pub(super) fn starts_sentences(word: &str) -> bool {
    STARTERS.contains(&word)
}

/// Whether a word goes on a clock time.
pub(super) fn follows_clock(word: &str) -> bool {
    AFTER_CLOCK.contains(&word)
}
