//! Fonts that say how the text under them is written.

use super::Encoding;

/// What an old font says about its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OldFont {
    /// How the text under it is written.
    pub encoding: Encoding,
    /// Whether it draws small letters as capitals, as `.VnTimeH` does.
    pub capitals: bool,
}

/// What the name of a font says: `.VnTime` and its family are TCVN3, `VNI-Times` and its family VNI.
pub fn old_font(name: &str) -> Option<OldFont> {
    let name = name.trim().trim_matches(['"', '\'']);
    let lower = name.to_ascii_lowercase();
    if lower.starts_with(".vn") || lower.starts_with("vntime") || lower.starts_with("vnarial") {
        return Some(OldFont { encoding: Encoding::Tcvn3, capitals: name.ends_with('H') });
    }
    (lower.starts_with("vni-") || lower.starts_with("vni ")).then_some(OldFont { encoding: Encoding::Vni, capitals: false })
}

impl OldFont {
    /// Converts a text under this font, unless it already holds letters no old byte can mean.
    pub fn convert(self, text: &str) -> String {
        if !super::is_latin(text) {
            return super::compose(text).into_owned();
        }
        let converted = super::convert(self.encoding, text);
        if self.capitals { converted.to_uppercase() } else { converted }
    }
}
