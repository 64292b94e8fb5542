//! Detects the language of an article, and refuses what surely isn't English.

use thiserror::Error;
use whatlang::Lang;

use super::source::{Field, Source};

/// How much of an article is read to tell its language, in bytes. More changes nothing but the time.
const SAMPLE: usize = 20_000;
/// Fewer letters than this in a Latin script tell names from languages no better than chance.
const FEWEST_LATIN_LETTERS: usize = 60;
/// A text mostly in another script needs fewer letters, since the script itself speaks.
const FEWEST_OTHER_LETTERS: usize = 6;
/// The share of [`FUNCTION_WORDS`] above which a text holds English: running English has about a third, other languages
/// up to a tenth by coincidence of spelling.
const ENGLISH_SHARE: f32 = 0.12;

#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    "the", "of", "and", "to", "that", "for", "was", "with", "by", "from", "it", "has", "have", "had", "is", "are", "were", "be", "been",
    "he", "she", "they", "his", "her", "their", "this", "not", "but", "which", "who", "will", "would", "said", "says", "after", "on", "in",
    "at", "as", "a", "an", "its", "we", "you", "our", "what", "how", "when", "about",
];

/// What language a text seems to be in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// Two-letter code (ISO 639-1, as in BCP 47); `cmn` becomes `zh`; `und` where nothing was detected.
    pub code: &'static str,
    /// From 0 to 1, by the detector's own reckoning.
    pub confidence: f32,
    /// Whether the detector trusts itself.
    pub reliable: bool,
}

/// The article is in a language that isn't read here.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
#[error(
    "the article's language is not supported: detected {detected} with confidence {confidence:.2}, supported: en"
)]
pub struct LanguageUnsupported {
    /// Two-letter code, or `und` where only the script is sure.
    pub detected: &'static str,
    /// From 0 to 1.
    pub confidence: f32,
}

/// The language a text seems to be in, by its character trigrams (the whatlang crate) over its first 20 kB.
pub fn detect(text: &str) -> Detection {
    let sample = text.split_at(text.floor_char_boundary(SAMPLE)).0;
    match whatlang::detect(sample) {
        Some(found) => Detection {
            code: code(found.lang()),
            confidence: found.confidence() as f32,
            reliable: found.is_reliable(),
        },
        None => Detection {
            code: "und",
            confidence: 0.0,
            reliable: false,
        },
    }
}

/// Refuses an article that surely isn't English.
///
/// Where the text is short, laden with names, or holds English beside another language, it is let through: a wrong refusal
/// costs the caller the article, a wrong admission costs one poor answer that the detection in it explains.
pub fn check_english(source: &Source) -> Result<Detection, LanguageUnsupported> {
    let content = source.field(Field::Content);
    let text = if content.trim().is_empty() {
        source.field(Field::Title)
    } else {
        content
    };
    let sample = text.split_at(text.floor_char_boundary(SAMPLE)).0;
    let detection = detect(sample);
    let letters = sample
        .chars()
        .filter(|character| character.is_alphabetic())
        .count();
    let latin = sample
        .chars()
        .filter(|character| is_latin(*character))
        .count();
    if latin * 2 < letters && letters >= FEWEST_OTHER_LETTERS {
        return Err(LanguageUnsupported {
            detected: detection.code,
            confidence: detection.confidence,
        });
    }
    let foreign = detection.code != "en" && detection.reliable && letters >= FEWEST_LATIN_LETTERS;
    if foreign && english_share(sample) < ENGLISH_SHARE {
        return Err(LanguageUnsupported {
            detected: detection.code,
            confidence: detection.confidence,
        });
    }
    Ok(detection)
}

/// The letters of Latin scripts lie in these blocks, in every language that whatlang knows.
fn is_latin(character: char) -> bool {
    character.is_alphabetic()
        && (character < '\u{250}' || ('\u{1E00}'..'\u{1F00}').contains(&character))
}

/// The share of a text's words that are English function words.
fn english_share(text: &str) -> f32 {
    let words = || {
        text.split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
    };
    let english = words()
        .filter(|word| FUNCTION_WORDS.contains(&word.to_lowercase().as_str()))
        .count();
    english as f32 / words().count().max(1) as f32
}

/// The two-letter code of a language.
fn code(language: Lang) -> &'static str {
    match language {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_and_what_may_be_english_is_let_through() {
        let texts = [
            "The council voted late on Tuesday to send the plan back to the committee, leaving residents without a flood wall.",
            "Putin humiliated",
            "Stocks fall as Fed holds",
            "Bayern München 2-1 Real Madrid",
            "Kassym-Jomart Tokayev, Recep Tayyip Erdogan, Vladimir Putin, Volodymyr Zelenskyy, Alexander Lukashenko, Xi Jinping",
            "The president said that the vote would go on. “No hay alternativa, y lo saben todos los que han visto cómo vive la gente en este \
                país desde hace años”, he told reporters in the capital.",
            "",
            "2025 12 31 14:05 3.7 99%",
            "😀😀😀",
        ];
        for text in texts {
            assert!(
                check_english(&Source::new("", text)).is_ok(),
                "{text}: {:?}",
                detect(text)
            );
        }
    }

    #[test]
    fn another_language_is_refused() {
        let texts = [
            (
                "de",
                "Der Stadtrat hat am Dienstagabend beschlossen, den Plan an den Ausschuss zurückzugeben, und die Anwohner warten weiter auf die Mauer.",
            ),
            (
                "fr",
                "Le conseil municipal a décidé mardi soir de renvoyer le projet en commission, et les habitants attendent toujours le mur promis.",
            ),
            (
                "es",
                "El ayuntamiento decidió el martes por la noche devolver el plan a la comisión, y los vecinos siguen esperando el muro prometido.",
            ),
            (
                "ru",
                "Городской совет во вторник вечером решил вернуть план в комитет, и жители по-прежнему ждут обещанную стену.",
            ),
            (
                "zh",
                "市议会周二晚间决定将该计划退回委员会，居民们仍在等待承诺的防洪墙。",
            ),
            (
                "ar",
                "قرر مجلس المدينة مساء الثلاثاء إعادة الخطة إلى اللجنة، ولا يزال السكان ينتظرون الجدار الموعود.",
            ),
            ("ru", "Москва отвергла обвинения"),
        ];
        for (code, text) in texts {
            let refused = check_english(&Source::new("", text)).map_err(|refusal| refusal.detected);
            assert_eq!(refused.err(), Some(code), "{text}");
        }
        // Kazakh isn't among the detector's languages; its script is enough to refuse it.
        let kazakh =
            "Қалалық кеңес сейсенбі күні кешке жоспарды комитетке қайтаруға шешім қабылдады.";
        assert!(check_english(&Source::new("", kazakh)).is_err());
    }

    #[test]
    fn the_title_speaks_where_there_is_no_content() {
        assert!(check_english(&Source::new("Москва отвергла обвинения", " ")).is_err());
    }
}
