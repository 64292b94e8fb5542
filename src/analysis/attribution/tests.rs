//! Attributions of sentences made up for the purpose.

use super::*;
use crate::article::{ReadOptions, Source, read};

fn document(text: &str) -> Document {
    read(
        Source::new("", text),
        &ReadOptions {
            boilerplate_included: true,
        },
    )
}

/// Each attribution as `source: content / content`, with `?` for a source that isn't named.
fn attributions(text: &str) -> Vec<String> {
    let document = document(text);
    let found = find(&document).narrated;
    let written = found.iter().map(|a| {
        let content: Vec<&str> = a.content.iter().map(|span| document.text(*span)).collect();
        let source = a.source.map_or("?", |span| document.text(span));
        format!("{source}: {}", content.join(" / "))
    });
    written.collect()
}

#[test]
fn finds_who_says_what() {
    let cases: &[(&str, &[&str])] = &[
        // Direct speech, its source before, after and between.
        (
            "“We will rebuild the pier,” Mayor Ada Lund said.",
            &["Mayor Ada Lund: “We will rebuild the pier,”"],
        ),
        (
            "“We will rebuild the pier,” said Ada Lund, the mayor.",
            &["Ada Lund: “We will rebuild the pier,”"],
        ),
        (
            "Ada Lund said: “We will rebuild the pier.”",
            &["Ada Lund: “We will rebuild the pier.”"],
        ),
        (
            "Ada Lund said, “We will rebuild the pier.”",
            &["Ada Lund: “We will rebuild the pier.”"],
        ),
        (
            "“We will rebuild,” Lund said, “and we will do it soon.”",
            &["Lund: “We will rebuild,” / “and we will do it soon.”"],
        ),
        (
            "“We will rebuild,” she said. “Nobody will stop us.”",
            &["she: “We will rebuild,”", "she: “Nobody will stop us.”"],
        ),
        ("\"It leaks,\" he added.", &["he: \"It leaks,\""]),
        ("“It leaks,” she shot back.", &["she: “It leaks,”"]),
        (
            "“It leaks,” the union's secretary, Ada Lund, told the Post.",
            &["Ada Lund: “It leaks,”"],
        ),
        (
            "The pier loses support “in its own town” as the ferry stops, a professor said.",
            &["a professor: The pier loses support “in its own town” as the ferry stops"],
        ),
        (
            "“It leaks,” reads a statement from the union.",
            &["the union: “It leaks,”"],
        ),
        (
            "Asked whether it floats, Lund smiled: “It leaks.”",
            &["Lund: “It leaks.”"],
        ),
        (
            "Lund likened the pier to “a sieve with a view”.",
            &["Lund: the pier to “a sieve with a view”"],
        ),
        ("''It leaks,'' Mr. Roe said.", &["Mr. Roe: ''It leaks,''"]),
        (
            "“Will it float?” asked the captain.",
            &["the captain: “Will it float?”"],
        ),
        (
            "Lund told reporters on Monday: “It will float.”",
            &["Lund: “It will float.”"],
        ),
        (
            "In a statement, the company wrote: “It floats.”",
            &["the company: “It floats.”"],
        ),
        (
            "Lund, who chairs the board, said: “It floats.”",
            &["Lund: “It floats.”"],
        ),
        ("“It floats.” — Ada Lund", &["Ada Lund: “It floats.”"]),
        // When it was said stands before the rest, or before the source.
        (
            "Harbour Rail must pay nine million euros, the court said on Monday, the largest fine so far.",
            &["the court: Harbour Rail must pay nine million euros"],
        ),
        (
            "Last week Ada Lund stood on the pier and announced that it was safe.",
            &["Ada Lund: that it was safe"],
        ),
        (
            "The pier is old, and according to the harbour master it is “falling down”.",
            &["the harbour master: it is “falling down”"],
        ),
        // A think tank thinks nothing by that, and a question reports nothing.
        (
            "“It floats,” said Ada Lund of the Pier Trust, a think tank. “We know it floats.”",
            &[
                "Ada Lund of the Pier Trust: “It floats,”",
                "Ada Lund of the Pier Trust: “We know it floats.”",
            ],
        ),
        ("Did you think of closing?", &[]),
        (
            "Executive producer Ada Lund paid tribute to the crew, calling it “a family”.",
            &["Executive producer Ada Lund: it “a family”"],
        ),
        ("“Never again,” she grins.", &["she: “Never again,”"]),
        // A label that names nobody.
        (
            "A: Lund says that the pier is safe.",
            &["Lund: that the pier is safe"],
        ),
        // Partial quotes.
        (
            "Critics called it “a disgrace”.",
            &["Critics: it “a disgrace”"],
        ),
        (
            "Critics called him “a tired man”.",
            &["Critics: him “a tired man”"],
        ),
        (
            "Afterwards she insisted her husband had been wronged.",
            &["she: her husband had been wronged"],
        ),
        (
            "“Why can’t we?” she asked in Selin last week.",
            &["she: “Why can’t we?”"],
        ),
        (
            "Close it, Lady Lund says; the pier was a folly.",
            &["Lady Lund: Close it / the pier was a folly"],
        ),
        (
            "Lund said the plan was “dead on arrival” and would never pass.",
            &["Lund: the plan was “dead on arrival” and would never pass"],
        ),
        (
            "The plan “is dead,” Lund said.",
            &["Lund: The plan “is dead,”"],
        ),
        // Indirect speech.
        (
            "Lund said that the pier would open in May.",
            &["Lund: that the pier would open in May"],
        ),
        (
            "Lund said the pier would open in May.",
            &["Lund: the pier would open in May"],
        ),
        (
            "The mayor told reporters that the pier was safe.",
            &["The mayor: that the pier was safe"],
        ),
        (
            "The mayor told the council the pier was safe.",
            &["The mayor: the pier was safe"],
        ),
        ("She told him he was wrong.", &["She: he was wrong"]),
        (
            "The ministry announced on Friday that fares would rise.",
            &["The ministry: that fares would rise"],
        ),
        (
            "Fares would rise in June, the ministry said.",
            &["the ministry: Fares would rise in June"],
        ),
        (
            "Fares would rise in June, the ministry said on Friday.",
            &["the ministry: Fares would rise in June"],
        ),
        (
            "Fares would rise in June, said Ada Lund.",
            &["Ada Lund: Fares would rise in June"],
        ),
        (
            "Fares, the ministry said, would rise in June.",
            &["the ministry: Fares / would rise in June"],
        ),
        (
            "The ministry has repeatedly said it will not raise fares.",
            &["The ministry: it will not raise fares"],
        ),
        (
            "As Lund noted, the pier is old.",
            &["Lund: the pier is old"],
        ),
        (
            "According to the ministry, fares fell.",
            &["the ministry: fares fell"],
        ),
        (
            "Fares fell, according to the ministry.",
            &["the ministry: Fares fell"],
        ),
        (
            "Fares fell by a third, according to figures from the ministry.",
            &["figures: Fares fell by a third"],
        ),
        (
            "PORT SELIN (Reuters) – Lund said fares fell.",
            &["Lund: fares fell"],
        ),
        (
            "Lund believes that fares will fall.",
            &["Lund: that fares will fall"],
        ),
        (
            "Osman insisted that nobody had been told.",
            &["Osman: that nobody had been told"],
        ),
        // One clause after another.
        (
            "Lund said fares would fall, adding that trains would run on time.",
            &[
                "Lund: fares would fall",
                "Lund: that trains would run on time",
            ],
        ),
        (
            "Lund said fares would fall, but Osman said they would rise.",
            &["Lund: fares would fall", "Osman: they would rise"],
        ),
        (
            "Lund called for lower fares and said that trains would run on time.",
            &["Lund: lower fares", "Lund: that trains would run on time"],
        ),
        (
            "Osman left early, saying that he was ill.",
            &["Osman: that he was ill"],
        ),
        (
            "Osman, who said he was ill, left early.",
            &["Osman: he was ill"],
        ),
        (
            "Lund, 52, the mayor of Selin, said fares fell.",
            &["Lund: fares fell"],
        ),
        (
            "The plan was criticised by Osman as “a waste”.",
            &["Osman: as “a waste”"],
        ),
        // Questions and answers.
        (
            "LUND: We never agreed to that.",
            &["LUND: We never agreed to that."],
        ),
        // What says when, where or by what it is said.
        (
            "Lund complained on Monday in a letter that the pier was unsafe.",
            &["Lund: that the pier was unsafe"],
        ),
        (
            "Lund said on Friday he would resign.",
            &["Lund: he would resign"],
        ),
        (
            "Lund pledged the old pier would open.",
            &["Lund: the old pier would open"],
        ),
        (
            "In remarks at the pier, Lund said, “It leaks.”",
            &["Lund: “It leaks.”"],
        ),
        // Where a source begins and ends.
        (
            "“We won,” Ada Lund, a member of the board, told the Selin Post.",
            &["Ada Lund: “We won,”"],
        ),
        (
            "Senator Lund (R) of Iowa said the pier leaks.",
            &["Senator Lund (R) of Iowa: the pier leaks"],
        ),
        (
            "Mayor Jan de Roe closed the pier, calling it “a ruin”.",
            &["Mayor Jan de Roe: it “a ruin”"],
        ),
        (
            "Republican lawmakers left early, warning that it would rain.",
            &["Republican lawmakers: that it would rain"],
        ),
        (
            "Finnish coast guards left early, warning that it would rain.",
            &["Finnish coast guards: that it would rain"],
        ),
        (
            "However many believe that the pier will close.",
            &["many: that the pier will close"],
        ),
        (
            "The Selin Post welcomed both, saying that it was wrong.",
            &["The Selin Post: that it was wrong"],
        ),
        (
            "The Trust – which owns the pier – said that it leaks.",
            &["The Trust: that it leaks"],
        ),
        (
            "The company issued a statement saying that the pier was safe.",
            &["The company: that the pier was safe"],
        ),
        (
            "Lund visited the site saying that it was mad.",
            &["Lund: that it was mad"],
        ),
        (
            "The Post quoted Lund as saying that it leaked.",
            &["Lund: that it leaked"],
        ),
        (
            "Roe, who sat on the board and said that it leaked, left.",
            &["Roe: that it leaked"],
        ),
        (
            "This summer, the Trust, a charity, said that it would close.",
            &["the Trust: that it would close"],
        ),
        (
            "Ada Lund, the mayor, countered the claim.",
            &["Ada Lund: the claim"],
        ),
        // Other ways to give somebody's words.
        (
            "In the words of Lund, the pier is “a ruin”.",
            &["Lund: the pier is “a ruin”"],
        ),
        (
            "As Lund put it to the board, “the pier is a ruin.”",
            &["Lund: “the pier is a ruin.”"],
        ),
        (
            "“The pier is a ruin,” as Lund put it.",
            &["Lund: “The pier is a ruin,”"],
        ),
        (
            "According to Lund, “it leaks. It always leaked.”",
            &["Lund: “it leaks. It always leaked.”"],
        ),
        (
            "The plan covers, according to Lund, “the whole pier.”",
            &["Lund: The plan covers / “the whole pier.”"],
        ),
        (
            "Lund once referred to the pier as “a ruin”.",
            &["Lund: the pier as “a ruin”"],
        ),
        (
            "A plan dubbed “the folly” by Lund has failed.",
            &["Lund: “the folly”"],
        ),
        ("“It floats,” beamed Ada Lund.", &["Ada Lund: “It floats,”"]),
        ("“It floats,” Lund fumed.", &["Lund: “It floats,”"]),
        ("Lund thundered: “It leaks.”", &["Lund: “It leaks.”"]),
        (
            "Lund applauded the board for its “hard work”.",
            &["Lund: the board for its “hard work”"],
        ),
        (
            "“It floats,” comments Ada Lund.",
            &["Ada Lund: “It floats,”"],
        ),
        // Nobody's words.
        ("Rot of this kind is called “wet rot”.", &[]),
        ("The ministry responded with unwavering calm.", &[]),
        ("Ada Lund wrote in the new paper.", &[]),
        ("The pier opened in May.", &[]),
        ("He wore a “lucky” hat.", &[]),
        ("The train left at noon, and the next one came late.", &[]),
    ];
    let wrong: Vec<_> = cases
        .iter()
        .map(|(text, expected)| (*text, attributions(text), *expected))
        .filter(|(_, found, expected)| found != expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_speaker_named_before_goes_on() {
    let text = "Mayor Ada Lund said: “We will rebuild the pier.\n\n“And we will do it soon.”\n\n“Nobody will stop us now.”";
    assert_eq!(
        attributions(text),
        [
            "Mayor Ada Lund: “We will rebuild the pier.",
            "Mayor Ada Lund: “And we will do it soon.”",
            "Mayor Ada Lund: “Nobody will stop us now.”",
        ]
    );
}

#[test]
fn tells_how_words_are_given() {
    for (text, kind) in [
        ("“It floats,” Lund said.", Kind::Direct),
        ("Lund said it was “afloat”.", Kind::Partial),
        ("Lund said it floats.", Kind::Indirect),
    ] {
        let document = document(text);
        let kinds: Vec<Kind> = find(&document).narrated.iter().map(|a| a.kind).collect();
        assert_eq!(kinds, [kind], "{text}");
    }
}

#[test]
fn quotes_report_others() {
    for (text, said) in [
        (
            "“He told me he was ill, and I believed him,” Lund said.",
            vec!["He: he was ill, and I believed him"],
        ),
        (
            "Lund said: “The minister says that the pier is safe.”",
            vec!["The minister: that the pier is safe"],
        ),
        ("Lund said: “The pier is safe.”", vec![]),
    ] {
        let document = document(text);
        let found = find(&document).quoted;
        let written = found.iter().map(|a| {
            let source = a.source.map_or("?", |span| document.text(span));
            format!("{source}: {}", document.text(a.content[0]))
        });
        assert_eq!(written.collect::<Vec<_>>(), said, "{text}");
    }
}
