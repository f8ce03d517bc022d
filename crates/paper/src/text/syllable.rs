//! Which words can be Vietnamese: the measure by which one reading of unknown bytes is better than another.

use std::{collections::HashSet, sync::LazyLock};

use unicode_normalization::UnicodeNormalization as _;

const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s",
    "t", "v", "x", "",
];

/// Everything after the first consonants, without tone.
const RIMES: &str = " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot \
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut \
    uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y ych ynh yt yêm yên yêng yêt yêu ";

/// Whether a word has the shape of one Vietnamese syllable: known consonants, known rime, a tone the ending allows.
pub fn is_syllable(word: &str) -> bool {
    let mut tones = 0;
    let mut sharp_or_heavy = true;
    let toneless: String = word
        .chars()
        .take(9)
        .flat_map(char::to_lowercase)
        .nfd()
        .filter(|mark| {
            let tone = matches!(mark, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
            if tone {
                tones += 1;
                sharp_or_heavy = matches!(mark, '\u{301}' | '\u{323}');
            }
            !tone
        })
        .nfc()
        .collect();
    let stopped = toneless.ends_with(['c', 'p', 't']) || toneless.ends_with("ch");
    if tones > 1 || word.chars().count() > 8 || (tones == 1 && stopped && !sharp_or_heavy) {
        return false;
    }
    ONSETS.iter().any(|onset| toneless.strip_prefix(onset).is_some_and(is_rime))
}

fn is_rime(rime: &str) -> bool {
    static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| RIMES.split_ascii_whitespace().collect());
    KNOWN.contains(rime)
}
