//! Which phrases name somebody or something that can say a thing: people, bodies, papers. A wrong speaker is worse than none.

/// Nouns that say things, beside those that their endings tell; one form of each.
#[rustfmt::skip]
const NOUNS: [&str; 318] = [
    "academic", "academy", "agency", "aide", "airline", "alliance", "ally", "alumni", "analysis", "analyst", "apprentice", "archive", "army",
    "article", "assembly", "association", "attorney", "audience", "aunt", "authorities", "authority", "bank", "bishop", "bloc", "board",
    "body", "boss", "boy", "boyfriend", "brand", "bureau", "business", "cabinet", "campaign", "captain", "cardinal", "cast", "caucus",
    "census", "chain", "charity", "chief", "child", "church", "citizen", "city", "classmate", "cleric", "clerk", "club", "coach",
    "coalition", "colleague", "collective", "column", "commission", "committee", "community", "company", "conglomerate", "congress",
    "consortium", "consul", "contingent", "cop", "corporation", "correspondent", "council", "county", "couple", "court", "cousin", "crew",
    "critic", "crowd", "dad", "daily", "data", "deacon", "dean", "defence", "defense", "delegate", "delegation", "department", "deputy",
    "detective", "diplomat", "directive", "dispatch", "document", "duke", "duo", "editorial", "electorate", "email", "embassy",
    "employee", "envoy", "essay", "estimate", "executive", "expert", "faculty", "family", "fan", "federation", "feed", "fiancé", "figure",
    "filing", "firm", "force", "forecast", "foundation", "friend", "fund", "gang", "general", "girl", "government", "graduate", "group",
    "guard", "guest", "guide", "head", "headline", "hospital", "host", "hotline", "house", "hundreds", "husband", "index", "indictment",
    "industry", "inquiry", "inspectorate", "institute", "institution", "intelligence", "interview", "journal", "judge", "judgment",
    "junta", "jury", "justice", "kid", "king", "label", "lady", "landlord", "law", "lawsuit", "leadership", "leaflet", "league", "leak",
    "left", "lobby", "local", "magazine", "majority", "management", "manual", "marshal", "media", "memo", "message", "military",
    "millions", "ministry", "minority", "mob", "model", "mom", "monitor", "movement", "mum", "museum", "nation", "neighbour", "nephew", "office",
    "network", "niece", "nominee", "nonprofit", "note", "notice", "nurse", "official", "old", "operative", "opponent", "opposition",
    "organisation", "organization", "outlet", "page", "pair", "pal", "panel", "parent", "parish", "parliament", "party", "patient",
    "pentagon", "personnel", "petition", "pilot", "plaintiff", "police", "policy", "poll", "pontiff", "pope", "post", "presidency",
    "president", "press", "priest", "prince", "princess", "program", "programme", "prosecution", "publication", "pupil", "queen", "rabbi",
    "radio", "rank", "recruit", "refugee", "regime", "registrar", "regulation", "release", "report", "representative", "republican",
    "research", "resident", "residents", "review", "right", "rival", "rule", "ruling", "school", "secretary", "senate", "service",
    "sheriff", "side", "site", "sketch", "son", "source", "sources", "spouse", "squad", "staff", "startup", "state", "statement",
    "station", "statistics", "student", "studio", "study", "summary", "survey", "suspect", "syndicate", "tabloid", "tank", "taskforce",
    "team", "teammate", "teen", "telegram", "testimony", "text", "theory", "thousands", "town", "trade", "trainee", "transcript",
    "treasury", "tribunal", "trio", "trust", "trustee", "tweet", "uncle", "union", "unit", "university", "utility", "veteran", "victim",
    "village", "voice", "warden", "warning", "watchdog", "website", "wife", "wire", "witness", "workforce", "youth",
];

/// Endings of nouns for people: "teacher", "senator", "activist", "historian", "firefighter".
#[rustfmt::skip]
const ENDINGS: [&str; 12] = [
    "er", "or", "ist", "ian", "ant", "man", "men", "woman", "women", "person", "people", "crat",
];

/// Words with such an ending that name nobody.
#[rustfmt::skip]
const OTHERS: [&str; 222] = [
    "abdomen", "abundant", "acumen", "after", "anger", "another", "answer", "anterior", "ardor", "armor", "armour", "assist", "bar",
    "beer", "behavior", "behaviour", "better", "border", "bottom", "brilliant", "buyer", "candor", "car", "center", "centre", "chair",
    "chapter", "character", "checklist", "clear", "collar", "color", "colour", "computer", "condor", "consist", "constant", "corner",
    "corridor", "covenant", "cover", "crater", "cursor", "danger", "december", "decor", "detector", "dinner", "disaster", "dissent",
    "distant", "dominant", "door", "either", "elegant", "elephant", "elevator", "endeavor", "endeavour", "error", "exist", "exterior",
    "factor", "favor", "favour", "feather", "fever", "finger", "fir", "fist", "flavor", "flavour", "floor", "for", "former", "four",
    "further", "gender", "german", "gist", "glamour", "grant", "harbor", "harbour", "her", "higher", "honor", "honour", "hour", "however",
    "human", "humor", "humour", "hunger", "hydrant", "important", "indoor", "inferior", "insist", "instant", "interior", "item", "junior",
    "labor", "labour", "ladder", "larger", "later", "latter", "layer", "liquor", "list", "lower", "matter", "metaphor", "meter", "mirror",
    "mist", "monster", "motor", "murder", "mutant", "near", "never", "newer", "nor", "november", "october", "odor", "odour", "offer",
    "older", "omen", "or", "order", "other", "outer", "over", "parlor", "pennant", "pepper", "persist", "plant", "playlist", "pleasant",
    "poor", "posterior", "power", "prior", "proper", "quarter", "rather", "razor", "regimen", "relevant", "reluctant", "resist",
    "restaurant", "rigor", "rigour", "river", "roman", "rumor", "rumour", "sector", "senior", "sensor", "september", "shelter",
    "shortlist", "shower", "significant", "silver", "similar", "slaughter", "smaller", "specimen", "spider", "splendor", "stronger",
    "summer", "super", "superior", "tender", "tennant", "tenor", "terror", "theater", "theatre", "their", "thriller", "together", "tolerant",
    "tractor", "trailer", "transfer", "trigger", "tumor", "tumour", "twist", "under", "upper", "valor", "vapor", "vapour", "variant",
    "vector", "vigor", "want", "war", "warrant", "water", "weather", "whatever", "whether", "wider", "winter", "wishlist", "wonder",
    "year", "younger", "your",
];

/// Words that stand for people without a noun: "many", "some of them", "others".
#[rustfmt::skip]
const PRONOUNS: [&str; 20] = [
    "all", "both", "everybody", "everyone", "few", "many", "most", "one", "others", "several", "some", "somebody", "someone", "those",
    "two", "three", "four", "five", "another", "neither",
];
/// Those that stand for no one in particular.
#[rustfmt::skip]
const INDEFINITE: [&str; 14] = [
    "all", "another", "everybody", "everyone", "few", "many", "most", "one", "others", "several", "some", "somebody", "someone", "those",
];
/// Nouns with the ending of one for people that are for bodies and papers.
#[rustfmt::skip]
const IMPERSONAL: [&str; 18] = [
    "newspaper", "paper", "letter", "carrier", "carmaker", "automaker", "broadcaster", "retailer", "insurer", "regulator", "lender",
    "publisher", "airliner", "chapter", "folder", "register", "newsletter", "monitor",
];
/// Nouns for one person beside those that their endings tell.
#[rustfmt::skip]
const PERSONS: [&str; 52] = [
    "academic", "aide", "ally", "attorney", "aunt", "boss", "boy", "captain", "chief", "classmate", "coach", "colleague", "cop", "cousin",
    "critic", "dad", "deputy", "detective", "diplomat", "employee", "envoy", "executive", "expert", "father", "friend", "girl", "graduate",
    "guest", "guide", "husband", "judge", "kid", "mom", "mother", "mum", "neighbour", "nurse", "official", "parent", "patient", "pilot",
    "priest", "pupil", "refugee", "resident", "source", "student", "teen", "veteran", "victim", "wife", "witness",
];

/// Whether a noun phrase may be a source: its last word is a name or a noun for somebody or something that says things.
///
/// One capitalised word that `opens` its sentence may be any word.
pub(super) fn can_speak(phrase: &str, opens: bool) -> bool {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return false;
    };
    let first = first.to_lowercase();
    let owner = ["'s", "’s"].iter().any(|ending| last.ends_with(ending));
    let head = last.trim_matches(|c: char| !c.is_alphanumeric());
    if first.ends_with("ing") || owner {
        return false;
    }
    let capital = head.starts_with(char::is_uppercase);
    // "LUND", "MPs"
    let upper = head.chars().skip(1).any(char::is_uppercase);
    let named = capital && (upper || words.len() > 1 || !opens);
    let lower = head.to_lowercase();
    named || PRONOUNS.contains(&lower.as_str()) || says(&lower)
}

/// Whether a noun, singular or plural, is for somebody or something that says things.
fn says(noun: &str) -> bool {
    let one = match noun.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => noun.strip_suffix('s').unwrap_or(noun).to_owned(),
    };
    // "Bosses", "churches"
    let short = one.strip_suffix('e').unwrap_or(&one);
    let forms = [noun, one.as_str(), short];
    let known = |list: &[&str]| forms.iter().any(|form| list.contains(form));
    let person = ENDINGS
        .iter()
        .any(|ending| noun.ends_with(ending) || one.ends_with(ending));
    known(&NOUNS) || person && !known(&OTHERS)
}

/// Whether a phrase is a word that stands for no one in particular: "many".
pub(super) fn is_indefinite(phrase: &str) -> bool {
    INDEFINITE.contains(&phrase.to_lowercase().as_str())
}

/// Whether a phrase is for one person, without a name: "a retired teacher", "the 34-year-old".
pub(super) fn names_one(phrase: &str) -> bool {
    let lower = phrase.to_lowercase();
    let Some(head) = lower.rsplit(' ').next() else {
        return false;
    };
    let ended = ENDINGS.iter().any(|ending| head.ends_with(ending));
    let person = ended && !OTHERS.contains(&head) && !IMPERSONAL.contains(&head);
    let many = head.ends_with("people") || head.ends_with("men");
    let capital = phrase
        .rsplit(' ')
        .next()
        .is_some_and(|head| head.starts_with(char::is_uppercase));
    !capital && !many && (person || PERSONS.contains(&head) || head.ends_with("-year-old"))
}

#[cfg(test)]
mod tests {
    use super::can_speak;

    #[test]
    fn people_bodies_and_papers_speak_and_fragments_do_not() {
        for phrase in [
            "the firefighter",
            "Two former ministers",
            "some residents",
            "Police",
            "a new study",
            "many",
            "LUND",
            "MPs",
            "the Harbour Trust",
            "state authorities",
        ] {
            assert!(can_speak(phrase, true), "{phrase}");
        }
        for phrase in [
            "Moved by a",
            "the very",
            "Also",
            "likely to fuel growing public",
            "Spurred",
            "there's no direct evidence",
            "the weather",
            "The minister's",
            "",
        ] {
            assert!(!can_speak(phrase, true), "{phrase}");
        }
        assert!(can_speak("Roe", false));
    }
}
