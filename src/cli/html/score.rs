//! A score between -1 and 1 as words and as a bar to either side of a middle line.

use crate::analysis::result::{Sentiment, SentimentLabel, Stance};
use crate::cli::labels;

/// Half the width of a bar's picture, in its own units.
const HALF: f32 = 50.0;

/// What the page shows of a score.
pub struct Score {
    /// The class that the answer falls in: `positive`, `against`, ….
    pub label: &'static str,
    /// The score with its sign: `+0.35`.
    pub number: String,
    /// Where it leads: the style class of the bar.
    pub side: Side,
    /// The bar's left end and width, in units of which the whole picture has 100.
    pub x: f32,
    /// See `x`.
    pub width: f32,
}

/// Which way an answer points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// For, favourable.
    Up,
    /// Against, unfavourable.
    Down,
    /// Neither, both or unknown.
    Level,
}

impl Side {
    /// The style class.
    pub fn class(self) -> &'static str {
        match self {
            Side::Up => "up",
            Side::Down => "down",
            Side::Level => "level",
        }
    }

    /// A sign that says the same without colour; nothing for neither.
    pub fn sign(self) -> &'static str {
        match self {
            Side::Up => "▴",
            Side::Down => "▾",
            Side::Level => "",
        }
    }
}

impl Score {
    fn new(label: &'static str, side: Side, score: f32) -> Self {
        let score = score.clamp(-1.0, 1.0);
        Score {
            label,
            number: signed(score),
            side,
            x: HALF + HALF * score.min(0.0),
            width: HALF * score.abs(),
        }
    }

    /// Of a sentiment.
    pub fn of_sentiment(sentiment: &Sentiment) -> Self {
        let side = match sentiment.label {
            SentimentLabel::Positive => Side::Up,
            SentimentLabel::Negative => Side::Down,
            SentimentLabel::Neutral | SentimentLabel::Mixed => Side::Level,
        };
        Score::new(labels::sentiment(sentiment.label), side, sentiment.score)
    }

    /// Of a stance.
    pub fn of_stance(stance: Stance, score: f32) -> Self {
        let side = match stance {
            Stance::Favor => Side::Up,
            Stance::Against => Side::Down,
            Stance::Neutral | Stance::None => Side::Level,
        };
        Score::new(labels::stance(stance), side, score)
    }
}

/// Two decimals with a sign, a real minus and no "-0.00".
pub fn signed(score: f32) -> String {
    let text = format!("{score:+.2}");
    match text.strip_prefix('-') {
        Some("0.00") => "0.00".to_owned(),
        Some(digits) => format!("−{digits}"),
        None if text == "+0.00" => "0.00".to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_have_a_sign_and_a_bar() {
        for (score, number, x, width) in [
            (0.5, "+0.50", 50.0, 25.0),
            (-1.0, "−1.00", 0.0, 50.0),
            (-0.001, "0.00", 49.95, 0.05),
            (0.0, "0.00", 50.0, 0.0),
        ] {
            let shown = Score::of_stance(Stance::Neutral, score);
            assert_eq!(shown.number, number);
            assert!((shown.x - x).abs() < 0.01 && (shown.width - width).abs() < 0.01);
        }
    }
}
