//! Roles as tables: by a paragraph's words, by its place, in lists.

use super::super::paragraphs;
use super::*;

fn roles(text: &str) -> Vec<Role> {
    let blocks = paragraphs::split(text);
    let shapes: Vec<Shape> = blocks
        .iter()
        .map(|block| Shape::new(&text[block.range.clone()], block.group, false))
        .collect();
    assign(&shapes)
}

/// The role of a paragraph in the middle of an article.
fn role_in_body(paragraph: &str) -> Role {
    let prose = "The council met on Monday to talk about the wall.";
    let article = format!(
        "Council talks about the wall\n\n{prose}\n\n{prose}\n\n{paragraph}\n\n{prose}\n\n{prose}"
    );
    roles(&article)[3]
}

#[test]
fn paragraphs_are_told_by_their_words() {
    let cases: &[(Role, &[&str])] = &[
        (
            Role::Body,
            &[
                "By Monday, the storm had passed.",
                "By the time he left, 400 people had signed up for the newsletter.",
                "“Sign up for our newsletter,” he said.",
                "Share prices fell on Facebook and Twitter.",
                "Related companies fell too.",
                "Watch prices rose 4%.",
                "Trending topics were not discussed.",
                "Who actually rides the bus?",
                "He added the following:",
                "• 38,000 homes are without power",
                "The picture is bleak: prices are rising.",
                "May was hot.",
                "Meet Jane Roe, our new editor.",
                "Commenting on the vote, he said that the mayor had misled us.",
                "They are supporting us with newsletters, he added.",
                "My goal is to support our teachers so they can focus on the app.",
                "To young readers: follow the money.",
                "Tell us a secret.",
                "Email was sent to our reporter by the mayor on Friday.",
                "Get out and vote, she told us, because the news is bad.",
                "Share prices in our biggest firms fell; the app makers fared worst.",
                "Support for our soldiers has fallen, the poll found.",
                "The Associated Press reported that it received a statement.",
                "Jane Roe is a columnist who was arrested on Monday.",
                "It announced a revamp of its privacy settings.",
                "“Paid for by nobody,” says the motto of the campaign.",
                "His appetite grew.",
                "This story has been told before.",
                "The firm filed for copyright in 2012.",
            ],
        ),
        (
            Role::Quote,
            &["“It is over.”", "\"It is over. We won.\"", "‘It’s over.’"],
        ),
        (
            Role::Subheading,
            &["What happens next", "MINISTER OBJECTS", "A long road ahead"],
        ),
        (
            Role::Byline,
            &[
                "Jane Roe, Environment correspondent",
                "19:20 CAT",
                "Posted 2:15 p.m. NDT",
                "Local Democracy Reporter",
                "Jane Roe | Published 3 March 2025, 06:15 | 5 min read",
                "By Jane Roe",
                "By Jane Roe and John Doe in London",
                "BY JANE ROE, POLITICAL EDITOR",
                "Words by Jane Roe",
                "Published 9 May 2022, 14:32 BST",
                "Sat 22 Nov 2025 18.40 GMT",
                "14:32",
                "20m ago",
                "Updated at 18.02 GMT",
                "LONDON, May 9 (Reuters) -",
                "(Reporting by Jane Roe; Editing by John Doe)",
                "Associated Press writer Jane Roe contributed to this report.",
                "Reach Jane Roe at jane@post.example.",
                "Write to Jane Roe at jane@post.example",
                "EXCLUSIVE by JANE ROE and JOHN DOE",
                "(Adds ministry comment, share price; previous LONDON)",
                "(Updates with quotes in third paragraph)",
                "SANTIAGO, Sept 3 (Tressler Wire)",
                "((jane@wire.example; +44 20 7946 0000))",
                "Contributing: Jane Roe and John Doe",
                "— With assistance by Jane Roe",
                "Live reporting by Jane Roe and John Doe",
                "7 years ago",
                "Updated an hour ago",
            ],
        ),
        (
            Role::Caption,
            &[
                "Putin is losing allies (Image: Getty)",
                "The wall on Saturday. PHOTO | COURTESY",
                "A sleeping car near the wall (archive photo)",
                "Jane Roe arrives at the court with her wife. (John Doe)",
                "A view of the wall. Photograph: Jane Roe/The Post",
                "A view of the wall in Millbrook. Photo by Jane Roe",
                "Image source, Getty Images",
                "FILE - A view of the wall in 2012.",
                "Pictured: the wall",
                "The mayor says the wall is her \"second home\". (ABC News: Jane Roe)",
                "The mayor leaves the town hall. (Jane Roe/The Post)",
                "The mayor leaves the town hall on June 25, 2024. WIRE/Jane Roe",
                "The wall after the storm. JANE ROE FOR THE POST",
                "[1/3]The wall after the storm",
                "Image 1 of 23",
                "The mayor, pictured outside the town hall, has defended the wall",
                "A woman buys bread on March 17, 2025. REUTERS/Jane Roe",
                "Kassym-Jomart Tokayev shaking hands with Erdogan",
                "Putin looking strained at parade alongside others",
            ],
        ),
        (
            Role::RelatedLink,
            &[
                "READ MORE: Wall to be built at last",
                "Read more",
                "DON'T MISS",
                "Related: Wall to be built at last",
                "SEE ALSO: The wall in pictures",
                "Dog rescues girl from kidnappers [LATEST]",
                "READ MORE Wall to be built at last",
                "READ MORE FOOTBALL",
                "MOST READ IN SPORT",
                "Most read in world news",
                "More from the Post: Wall to be built",
                "( Also on POST: Wall to be built)",
                "More On This...",
                "Analysis: Why walls fail",
                "Home > News > Walls",
            ],
        ),
        (
            Role::Promo,
            &[
                "Advertisement",
                "Sign up for our daily newsletter",
                "Would you like to receive news notifications from The Post?",
                "Get the biggest stories straight to your inbox",
                "Share on Facebook",
                "Facebook Twitter WhatsApp Email",
                "23 comments",
                "Comments (1,204)",
                "© 2025 The Post. All rights reserved.",
                "We use cookies to improve this site.",
                "Follow us on Twitter @thepost",
                "118 shares",
                "Vote in our poll: should the wall go?",
                "Were you there? Contact our reporter at jo@post.example",
                "Email Tim",
                "1 comment",
                "Share   Comments (43)",
                "Notifications off   Share   Copy link",
                "Load more updates",
                "Whatsapp",
                "Get the Comet app — download now",
                "Accept cookies to keep the Comet free",
                "READ MORE: Get the latest Wexcombe news straight to your inbox",
                "Do you use the 47? Email our newsdesk or comment below.",
                "Letters should be sent to letters@post.example",
                "Subscribers get 20 gift articles a month. Send this story to a friend",
                "Join the Post's Telegram channel and get the latest breaking news delivered to you.",
                "How we moderate comments | Privacy | Terms",
                "Story Continued Below",
                "Advertisement Continue reading the main story",
                "Correction: an earlier version of this article said the bridge closed in April.",
                "(This Feb 11 story has been corrected to fix the number of crew)",
                "This live blog has been amended to correct a name",
                "This interview has been edited for length and clarity",
                "This page refreshes automatically. Turn off auto-refresh",
                "This interview contains affiliate links. We may earn a commission if you buy something",
                "Keywords: CHILE-COPPER/STRIKE",
                "The views expressed are her own.",
            ],
        ),
    ];
    for (role, paragraphs) in cases {
        for paragraph in *paragraphs {
            assert_eq!(role_in_body(paragraph), *role, "{paragraph}");
        }
    }
}

#[test]
fn the_head_of_an_article_is_told_by_its_order() {
    use Role::{Body, Byline, Caption, Headline, RelatedLink, Standfirst};
    let prose = "The council met on Monday to talk about the wall.";
    let cases: &[(&[&str], &[Role])] = &[
        (
            &[
                "Wall talks fail",
                prose,
                "By Jane Roe",
                "Wall: The Fourth Ward after the flood",
                prose,
            ],
            &[Headline, Standfirst, Byline, Caption, Body],
        ),
        (
            &[
                "Wall talks fail",
                "The council meets, talks and goes home again",
                prose,
            ],
            &[Headline, Standfirst, Body],
        ),
        (
            &["Wall talks fail", "Jane Roe", prose],
            &[Headline, Byline, Body],
        ),
        (
            &[
                "Wall talks fail",
                "By Jane Roe",
                "Political correspondent",
                "9 May 2022",
                prose,
            ],
            &[Headline, Byline, Byline, Byline, Body],
        ),
        (
            &["Opinion", "The wall is a bad idea", "Jane Roe", prose],
            &[RelatedLink, Headline, Byline, Body],
        ),
        (&[prose, prose], &[Body, Body]),
        (
            &["Wall talks fail", prose, prose, prose, "By Jane Roe"],
            &[Headline, Body, Body, Body, Byline],
        ),
        (&["Just a line"], &[Body]),
    ];
    for (article, expected) in cases {
        assert_eq!(roles(&article.join("\n\n")), *expected, "{article:?}");
    }
}

#[test]
fn lists_of_links_end_where_prose_starts() {
    use Role::{Body, Caption, Headline, RelatedLink};
    let prose = "The council met on Monday to talk about the wall.";
    let article = format!(
        "Wall talks fail\n\n{prose}\n\nDON'T MISS:\nDog rescues girl\nWill it rain?\n\nThe mayor at the wall\n\nThe mayor at the wall (Image: PA)\n\n{prose}\n\n\
        Ten walls to see this year\n\nThe wall in pictures"
    );
    let expected = [
        Headline,
        Body,
        RelatedLink,
        RelatedLink,
        RelatedLink,
        Caption,
        Caption,
        Body,
        RelatedLink,
        RelatedLink,
    ];
    assert_eq!(roles(&article), expected);
}

#[test]
fn in_doubt_a_paragraph_is_body() {
    assert_eq!(
        roles("no stops here\n\nnor here\n\nnor there"),
        [Role::Headline, Role::Body, Role::Body]
    );
    assert!(
        roles("A single word")
            .iter()
            .all(|role| *role == Role::Body)
    );
}

#[test]
fn a_heading_beside_a_caption_stays_one() {
    use Role::{Body, Caption, Headline, Subheading};
    let prose = "The council met on Monday to talk about the wall.";
    let caption = "The mayor in her office. Image: Jane Roe.";
    let cases: &[(&[&str], &[Role])] = &[
        (&["The costs", caption], &[Subheading, Caption]),
        (&[caption, "The costs"], &[Caption, Subheading]),
        (&["The mayor", caption], &[Caption, Caption]),
        (
            &["An old woman at a wide desk", caption],
            &[Caption, Caption],
        ),
    ];
    for (between, expected) in cases {
        let article = [&["Wall talks fail", prose], *between, &[prose]].concat();
        let expected = [&[Headline, Body], *expected, &[Body]].concat();
        assert_eq!(roles(&article.join("\n\n")), expected, "{between:?}");
    }
}

#[test]
fn what_stands_over_and_under_the_headline_is_told() {
    use Role::{Body, Byline, Headline, Promo, RelatedLink, Standfirst, Subheading};
    let prose = "The council met on Monday to talk about the wall.";
    let cases: &[(&[&str], &[Role])] = &[
        (
            &[
                "Accept cookies to keep the Post free",
                "WALL OF SHAME: Fury as council builds it",
                "Town’s MP blasts deal",
                "EXCLUSIVE by JANE ROE",
                prose,
            ],
            &[Promo, Headline, Standfirst, Byline, Body],
        ),
        (
            &[
                "OFF THE WALL!",
                "Fury as council builds it again",
                "By Jane Roe",
                prose,
            ],
            &[Headline, Headline, Byline, Body],
        ),
        (
            &[
                "Home > News",
                "Opinion",
                "Walls are a bad idea",
                "Jane Roe",
                "Sat 22 Nov 2025 18.40 GMT",
                prose,
            ],
            &[RelatedLink, RelatedLink, Headline, Byline, Byline, Body],
        ),
        (
            &[
                "Wall talks fail",
                "* Minister quits",
                "* Markets fall",
                "* Mayor vows to stay",
                "By Jane Roe",
                prose,
            ],
            &[Headline, Standfirst, Standfirst, Standfirst, Byline, Body],
        ),
        (
            &["Wall talks fail", "Jane Roe - 9 May 2022, 14:32", prose],
            &[Headline, Byline, Body],
        ),
        (
            &[
                "Wall live: talks fail",
                "Jane Roe (now)",
                "What we know so far",
                "• The wall is down",
                prose,
            ],
            &[Headline, Byline, Subheading, Body, Body],
        ),
        (
            &[
                "Wall talks fail",
                "By Jane Roe",
                "Mayor calls vote a farce",
                "Markets fall for a third day",
                prose,
            ],
            &[Headline, Byline, Standfirst, Standfirst, Body],
        ),
    ];
    for (article, expected) in cases {
        assert_eq!(roles(&article.join("\n\n")), *expected, "{article:?}");
    }
}

#[test]
fn what_stands_under_the_text_is_told() {
    use Role::{Body, Byline, Headline, Promo, RelatedLink};
    let prose = "The council met on Monday to talk about the wall.";
    let cases: &[(&[&str], &[Role])] = &[
        (&["Jane Roe is a columnist"], &[Promo]),
        (&["• John Doe is professor of walls at Wexcombe"], &[Promo]),
        (&["The writer is a former mayor"], &[Promo]),
        (
            &["The Long Wall is published by Larkmoor. To order a copy, go to our bookshop"],
            &[Promo],
        ),
        (&["— Ann Poe"], &[Byline]),
        (&["($1 = 11.4200 kronor)"], &[Body]),
        (
            &["Inside the wall", "Is this Britain’s bravest wall?"],
            &[RelatedLink, RelatedLink],
        ),
        (&["Is this the end?"], &[Body]),
        (
            &[
                "• Seal pup rescued from slipway",
                "• Plans for harbour pub refused",
            ],
            &[RelatedLink, RelatedLink],
        ),
        (
            &[
                "The rules are:",
                "• No dogs on the wall",
                "• No bikes on the wall",
            ],
            &[Body, Body, Body],
        ),
    ];
    for (tail, expected) in cases {
        let article = [&["Wall talks fail", "By Jane Roe", prose, prose], *tail].concat();
        let expected = [&[Headline, Byline, Body, Body], *expected].concat();
        assert_eq!(roles(&article.join("\n\n")), expected, "{tail:?}");
    }
}

#[test]
fn a_biography_amid_the_text_is_text() {
    let prose = "The council met on Monday to talk about the wall.";
    let article = [
        "Wall talks fail",
        prose,
        "John Doe is a lawyer from Wexcombe.",
        prose,
    ];
    assert_eq!(roles(&article.join("\n\n"))[2], Role::Body);
}

#[test]
fn rows_of_lines_are_told_by_what_they_hold() {
    use Role::{Body, Byline, Caption, Headline, Promo, RelatedLink, Subheading};
    let prose = "The council met on Monday to talk about the wall.";
    let cases: &[(&[&str], &[Role])] = &[
        (
            &[
                "How the walls compare",
                "Wexcombe   24   3",
                "Aldren   41   6",
                "Skelby   52   9",
            ],
            &[Subheading, Caption, Caption, Caption],
        ),
        (
            &[
                "They want to:",
                "limit the size of walls",
                "limit the number of walls",
            ],
            &[Body, Body, Body],
        ),
        (&["Facebook", "Whatsapp", "Email"], &[Promo, Promo, Promo]),
        (
            &["The heatwave nobody talks about", "Read more"],
            &[RelatedLink, RelatedLink],
        ),
        (
            &["What happens now?", prose, "The costs"],
            &[Subheading, Body, Subheading],
        ),
        (
            &["Why walls are so prone to fail", "14:32"],
            &[RelatedLink, Byline],
        ),
    ];
    for (rows, expected) in cases {
        let article = [&["Wall talks fail", prose, prose, prose], *rows, &[prose]].concat();
        let expected = [&[Headline, Body, Body, Body], *expected, &[Body]].concat();
        assert_eq!(roles(&article.join("\n\n")), expected, "{rows:?}");
    }
}

#[test]
fn an_interviews_answers_are_quotes() {
    use Role::{Body, Headline, Promo, Quote, Subheading};
    let prose = "Jane Roe grew up beside the wall.";
    let plain: &[&str] = &[
        "Jane Roe on walls",
        prose,
        "You must be delighted.",
        "I am, mostly.",
        "Why a wall?",
        "Because I can’t build towers.",
        "Advertisement",
        "Your brother sold you out.",
        "He did. I asked him. What could he say?",
        "Do you forgive him?",
        "He says the apples were good this year.",
        "What are you reading?",
        "My own letters.",
    ];
    let expected = [
        Headline, Body, Body, Quote, Body, Quote, Promo, Body, Quote, Body, Quote, Body, Quote,
    ];
    assert_eq!(roles(&plain.join("\n\n")), expected);

    let labelled: &[&str] = &[
        "Jane Roe on walls",
        prose,
        "JD: Why a wall?",
        "JR: It was there.",
        "JD: Do you forgive him?",
        "JR: Him? He sold it.",
        "JD: Tell us more.",
        "JR: No.",
    ];
    assert_eq!(
        roles(&labelled.join("\n\n")),
        [Headline, Body, Body, Quote, Body, Quote, Body, Quote]
    );

    let dashed: &[&str] = &[
        "Jane Roe on walls",
        prose,
        "– Why a wall?",
        "– It was there.",
        "– You sold it. Do you miss it?",
        "– No.",
        "– And the gate?",
        "– That I kept.",
    ];
    assert_eq!(
        roles(&dashed.join("\n\n")),
        [Headline, Body, Body, Quote, Body, Quote, Body, Quote]
    );

    let explainer: &[&str] = &[
        "The wall explained",
        prose,
        "What is the wall?",
        prose,
        "Who built it?",
        prose,
        "Can you visit it?",
        prose,
    ];
    assert_eq!(
        roles(&explainer.join("\n\n")),
        [
            Headline, Body, Subheading, Body, Subheading, Body, Subheading, Body
        ]
    );
}

#[test]
fn words_that_are_announced_need_no_marks() {
    let article = |announced: &str| {
        let prose = "The council met on Monday to talk about the wall.";
        let article = [
            "Wall talks fail",
            prose,
            announced,
            "I’ve watched the wall all night.",
            prose,
        ];
        roles(&article.join("\n\n"))[3]
    };
    assert_eq!(
        article("Our correspondent Jane Roe sends this:"),
        Role::Quote
    );
    assert_eq!(article("Our correspondent Jane Roe is here."), Role::Body);
}
