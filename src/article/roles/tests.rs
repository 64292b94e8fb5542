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
            ],
        ),
        (
            Role::Caption,
            &[
                "Putin is losing allies (Image: Getty)",
                "A view of the wall. Photograph: Jane Roe/The Post",
                "A view of the wall in Millbrook. Photo by Jane Roe",
                "Image source, Getty Images",
                "FILE - A view of the wall in 2012.",
                "Pictured: the wall",
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
