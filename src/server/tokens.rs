//! Bearer tokens: which callers are let in.

use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};
use tonic::codegen::http::{HeaderMap, header};

/// Shorter ones can be guessed.
const SHORTEST: usize = 16;

/// The tokens that are let in, by their digests: of one length, so that comparing them tells nothing of a token's.
pub struct Tokens(Vec<[u8; 32]>);

impl Tokens {
    /// Reads a token from each line but blank ones and those that begin with `#`. Errors name lines, never tokens.
    pub fn parse(contents: &[Vec<u8>]) -> Result<Self, String> {
        let mut tokens = Vec::new();
        for content in contents {
            let text = str::from_utf8(content).map_err(|_| "it is no text".to_owned())?;
            for (index, line) in text.lines().enumerate() {
                let token = line.trim();
                if token.is_empty() || token.starts_with('#') {
                    continue;
                }
                let graphic = token.bytes().all(|byte| byte.is_ascii_graphic());
                if token.len() < SHORTEST || !graphic {
                    let line = index + 1;
                    return Err(format!(
                        "line {line}: a token needs at least {SHORTEST} visible ASCII characters"
                    ));
                }
                tokens.push(digest(token));
            }
        }
        if tokens.is_empty() {
            return Err("there is no token in it".to_owned());
        }
        Ok(Tokens(tokens))
    }

    /// Whether a call's headers bear one of them. Takes the same time whichever it is, or none.
    pub fn admit(&self, headers: &HeaderMap) -> bool {
        let presented = headers.get(header::AUTHORIZATION);
        let presented = presented.and_then(|value| bearer(value.to_str().ok()?));
        let Some(presented) = presented.map(digest) else {
            return false;
        };
        let found = |found: Choice, token: &[u8; 32]| found | token.ct_eq(&presented);
        self.0.iter().fold(Choice::from(0), found).into()
    }
}

/// The token of `Bearer TOKEN`, whose scheme has no case.
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim_start_matches(' '))
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Tokens, String> {
        Tokens::parse(&[text.as_bytes().to_vec()])
    }

    #[test]
    fn one_of_the_tokens_is_let_in_and_nothing_else_is() {
        let tokens = parse("# old\nfirst-token-of-16+\r\n\n  second-token-of-16+ \n").unwrap();
        let table = [
            ("Bearer first-token-of-16+", true),
            ("bearer second-token-of-16+", true),
            ("Bearer  first-token-of-16+", true),
            ("Bearer first-token-of-16", false),
            ("Bearer first-token-of-16++", false),
            ("Basic first-token-of-16+", false),
            ("first-token-of-16+", false),
            ("Bearer # old", false),
            ("Bearer ", false),
            ("", false),
        ];
        for (value, admitted) in table {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, value.parse().unwrap());
            assert_eq!(tokens.admit(&headers), admitted, "{value:?}");
        }
        assert!(!tokens.admit(&HeaderMap::new()));
    }

    #[test]
    fn a_file_without_good_tokens_is_refused_without_quoting_it() {
        for text in [
            "",
            "# nothing\n",
            "good-enough-token-1\nshort",
            "good-enough tokén",
        ] {
            let error = parse(text).map(|_| ()).unwrap_err();
            assert!(
                !error.contains("short") && !error.contains("good"),
                "{error}"
            );
        }
        assert!(Tokens::parse(&[vec![0xff]]).is_err());
    }
}
