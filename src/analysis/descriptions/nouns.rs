//! Nouns that describe people, bodies and places, and which of them imply one another.

/// General nouns with narrower ones that imply them, and short ones with those that they stand for.
#[rustfmt::skip]
const BROADER: [(&str, &[&str]); 49] = [
    ("player", &["striker", "midfielder", "defender", "goalkeeper", "winger", "forward", "batsman", "bowler", "quarterback", "footballer"]),
    ("forward", &["striker"]),
    ("boss", &["manager", "coach", "executive", "ceo"]),
    ("gaffer", &["manager", "boss"]),
    ("ceo", &["executive"]),
    ("executive", &["ceo"]),
    ("vessel", &["ship", "tanker", "ferry", "trawler", "freighter", "frigate", "destroyer", "carrier", "yacht", "submarine", "boat"]),
    ("ship", &["vessel", "tanker", "ferry", "freighter", "frigate", "destroyer", "liner", "carrier"]),
    ("boat", &["trawler", "yacht", "ferry", "dinghy"]),
    ("company", COMPANIES),
    ("firm", COMPANIES),
    ("business", COMPANIES),
    ("group", &["company", "organization", "organisation", "charity", "coalition", "band", "alliance"]),
    ("politician", &["mp", "senator", "congressman", "congresswoman", "councillor", "lawmaker", "legislator"]),
    ("lawmaker", &["mp", "senator", "congressman", "congresswoman", "legislator", "representative"]),
    ("senator", &["sen"]),
    ("governor", &["gov"]),
    ("president", &["pres"]),
    ("representative", &["rep"]),
    ("doctor", &["dr", "surgeon", "physician", "paediatrician"]),
    ("professor", &["prof"]),
    ("councillor", &["cllr"]),
    ("mp", &["member"]),
    ("scientist", &["physicist", "chemist", "biologist", "glaciologist", "geologist", "astronomer", "virologist", "epidemiologist", "climatologist"]),
    ("academic", &["professor", "lecturer", "historian", "sociologist", "economist"]),
    ("author", &["novelist", "writer", "poet"]),
    ("writer", &["novelist", "author", "poet", "journalist"]),
    ("artist", &["painter", "sculptor", "photographer"]),
    ("musician", &["singer", "guitarist", "pianist", "drummer", "rapper"]),
    ("star", &["actor", "actress", "singer"]),
    ("dad", &["father"]),
    ("father", &["dad"]),
    ("mum", &["mother", "mom"]),
    ("mother", &["mum", "mom"]),
    ("union", &["federation", "brotherhood"]),
    ("agency", &["administration", "bureau", "centers", "commission", "service"]),
    ("department", &["ministry"]),
    ("ministry", &["department"]),
    ("authority", &["council"]),
    ("charity", &["foundation", "trust"]),
    ("paper", &["newspaper", "times", "post", "journal", "gazette", "herald", "tribune"]),
    ("newspaper", &["times", "post", "journal", "gazette", "herald", "tribune"]),
    ("lender", &["bank"]),
    ("airline", &["airways", "airlines"]),
    ("carrier", &["airline", "airways", "airlines"]),
    ("team", &["club"]),
    ("side", &["club"]),
    ("lawyer", &["attorney", "barrister", "solicitor"]),
    ("attorney", &["lawyer"]),
];
/// Short descriptions, and the long ones that they stand for.
pub const SHORT: [(&str, &[&str]); 2] = [
    ("pm", &["prime", "minister"]),
    ("ex-pm", &["prime", "minister"]),
];
/// Nouns that close the name of a place or a ship, and are said of it alone: "the Cerro Pardo mine".
#[rustfmt::skip]
pub const CLOSING: [&str; 42] = [
    "mine", "pit", "ferry", "tanker", "ship", "vessel", "island", "glacier", "river", "hotel", "hospital", "school", "prison", "airport",
    "factory", "plant", "dam", "bridge", "stadium", "museum", "park", "theatre", "theater", "reservoir", "valley", "mountain", "volcano",
    "refinery", "lake", "pub", "farm", "estate", "camp", "village", "town", "province", "region", "district", "festival", "newspaper",
    "university", "club",
];
/// Companies by what they do.
#[rustfmt::skip]
const COMPANIES: &[&str] = &[
    "company", "firm", "airline", "bank", "retailer", "supermarket", "carmaker", "manufacturer", "maker", "miner", "operator", "startup",
    "start-up", "brewer", "publisher", "developer", "insurer", "giant", "chain", "broadcaster", "contractor", "supplier", "producer",
];
/// The last word of a company's name.
#[rustfmt::skip]
pub const CORPORATE: [&str; 40] = [
    "inc", "ltd", "plc", "corp", "co", "llc", "company", "corporation", "holdings", "airlines", "airways", "lines", "motors", "energy",
    "oil", "petroleum", "buses", "marine", "pharmaceuticals", "foods", "stores", "systems", "technologies", "software", "industries",
    "railways", "metals", "mining", "gas", "electric", "telecom", "networks", "studios", "entertainment", "semiconductor", "steel",
    "logistics", "shipping", "enterprises", "brands",
];

/// Words of a company's name, and what the company is called by its trade.
#[rustfmt::skip]
pub const TRADES: [(&str, &str); 11] = [
    ("mining", "miner"), ("mines", "miner"), ("airways", "airline"), ("airlines", "airline"), ("motors", "carmaker"), ("bank", "bank"),
    ("stores", "retailer"), ("supermarkets", "retailer"), ("pharmaceuticals", "drugmaker"), ("brewery", "brewer"), ("insurance", "insurer"),
];

/// The last word of a football or rugby club's name.
#[rustfmt::skip]
pub const SPORTING: [&str; 10] = ["rovers", "wanderers", "athletic", "albion", "rangers", "hotspur", "fc", "rfc", "afc", "club"];

/// Nouns that imply this one, or mean the same.
pub fn narrower(noun: &str) -> &'static [&'static str] {
    let known = BROADER.iter().find(|(broad, _)| *broad == noun);
    known.map_or(&[][..], |(_, narrower)| narrower)
}
