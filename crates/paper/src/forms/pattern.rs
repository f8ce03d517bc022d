//! The little language of the layouts: `"{identity.birth_date|words}"`, `"{from_date}[ - {to_date}]"`.
//!
//! `{key}` is replaced by the text under the key. `[…]` is left out unless a text inside it is filled in. `|upper` writes in
//! capitals; `|words` writes a date as “19 tháng 11 năm 2026” and leaves dots for what is missing of it.

/// Dots where a part of a date is filled in by hand.
const GAP: &str = "……";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Field(String, Style),
    Optional(Pattern),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Upper,
    DateInWords,
}

impl Pattern {
    pub fn parse(text: &str) -> Result<Pattern, String> {
        let mut rest = text;
        let pattern = Pattern::parse_until(&mut rest, false)?;
        if rest.is_empty() { Ok(pattern) } else { Err(format!("“]” without “[” in “{text}”")) }
    }

    fn parse_until(rest: &mut &str, inside: bool) -> Result<Pattern, String> {
        let mut pieces = Vec::new();
        loop {
            let (words, tail) = rest.split_at(rest.find(['{', '[', ']']).unwrap_or(rest.len()));
            if !words.is_empty() {
                pieces.push(Piece::Words(words.to_owned()));
            }
            if let Some(tail) = tail.strip_prefix('{') {
                let (field, tail) = tail.split_once('}').ok_or_else(|| format!("“{{” without “}}” in “{rest}”"))?;
                pieces.push(parse_field(field)?);
                *rest = tail;
            } else if let Some(tail) = tail.strip_prefix('[') {
                *rest = tail;
                pieces.push(Piece::Optional(Pattern::parse_until(rest, true)?));
                *rest = rest.strip_prefix(']').ok_or("“[” without “]”")?;
            } else {
                *rest = tail;
                return if inside || tail.is_empty() { Ok(Pattern(pieces)) } else { Err("“]” without “[”".to_owned()) };
            }
        }
    }

    /// Every key the pattern asks for.
    pub fn keys(&self) -> Vec<&str> {
        self.0
            .iter()
            .flat_map(|piece| match piece {
                Piece::Words(_) => Vec::new(),
                Piece::Field(key, _) => vec![key.as_str()],
                Piece::Optional(inner) => inner.keys(),
            })
            .collect()
    }

    /// The text, or nothing when none of its keys is filled in.
    pub fn fill<'a>(&self, text_of: &dyn Fn(&str) -> Option<&'a str>) -> Option<String> {
        let filled = self.assemble(text_of)?;
        // The separator of a second text has nothing to separate when the first is missing.
        let first_is_missing = self.0.first().is_some_and(|piece| Pattern(vec![piece.clone()]).assemble(text_of).is_none());
        let separators: &[char] = if first_is_missing { &[',', ';', ':', '–', ' '] } else { &[' '] };
        Some(filled.trim_start_matches(separators).trim_end().to_owned())
    }

    fn assemble<'a>(&self, text_of: &dyn Fn(&str) -> Option<&'a str>) -> Option<String> {
        let mut filled = String::new();
        let mut any = self.keys().is_empty();
        for piece in &self.0 {
            match piece {
                Piece::Words(words) => filled.push_str(words),
                Piece::Field(key, style) => {
                    let text = text_of(key).map(str::trim).filter(|text| !text.is_empty());
                    any |= text.is_some() || *style == Style::DateInWords;
                    filled.push_str(&style.apply(text.unwrap_or_default()));
                }
                Piece::Optional(inner) => {
                    if let Some(text) = inner.assemble(text_of) {
                        any |= !inner.keys().is_empty();
                        filled.push_str(&text);
                    }
                }
            }
        }
        any.then_some(filled)
    }
}

impl Style {
    fn apply(self, text: &str) -> String {
        match self {
            Style::Plain => text.to_owned(),
            Style::Upper => text.to_uppercase(),
            Style::DateInWords => date_in_words(text),
        }
    }
}

fn parse_field(field: &str) -> Result<Piece, String> {
    let (key, style) = match field.split_once('|') {
        None => (field, Style::Plain),
        Some((key, "upper")) => (key, Style::Upper),
        Some((key, "words")) => (key, Style::DateInWords),
        Some((_, style)) => return Err(format!("unknown style “{style}”")),
    };
    Ok(Piece::Field(key.to_owned(), style))
}

/// `19/11/2026`, `11/2026` or `2026` as people say it; what is not a date stays as it is.
fn date_in_words(text: &str) -> String {
    let parts: Vec<&str> = text.split('/').map(str::trim).filter(|part| !part.is_empty()).collect();
    if !parts.iter().all(|part| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit())) {
        return text.to_owned();
    }
    let (day, month, year) = match parts.as_slice() {
        [] => (GAP, GAP, GAP),
        [year] => (GAP, GAP, *year),
        [month, year] => (GAP, *month, *year),
        [day, month, year] => (*day, *month, *year),
        _ => return text.to_owned(),
    };
    format!("{day} tháng {month} năm {year}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(pattern: &str, texts: &[(&str, &str)]) -> Option<String> {
        Pattern::parse(pattern).unwrap().fill(&|key| texts.iter().find(|(k, _)| *k == key).map(|(_, text)| *text))
    }

    #[test]
    fn a_bracket_is_left_out_unless_something_in_it_is_filled_in() {
        assert_eq!(filled("{from}[ - {to}]", &[("from", "01/2010"), ("to", "12/2012")]).unwrap(), "01/2010 - 12/2012");
        assert_eq!(filled("{from}[ - {to}]", &[("from", "01/2010")]).unwrap(), "01/2010");
        assert_eq!(filled("{from}[ – {to}]", &[("to", "12/2012")]).unwrap(), "12/2012");
        assert_eq!(filled("[{place}, ]ngày {d}", &[("place", "Huế"), ("d", "1/1")]).unwrap(), "Huế, ngày 1/1");
        assert_eq!(filled("{from}[ - {to}]", &[]), None);
    }

    #[test]
    fn a_date_is_said_in_words_with_dots_for_what_is_missing() {
        assert_eq!(filled("{d|words}", &[("d", "10/03/1985")]).unwrap(), "10 tháng 03 năm 1985");
        assert_eq!(filled("{d|words}", &[("d", "1985")]).unwrap(), "…… tháng …… năm 1985");
        assert_eq!(filled("{d|words}", &[]).unwrap(), "…… tháng …… năm ……");
        assert_eq!(filled("{d|words}", &[("d", "không rõ")]).unwrap(), "không rõ");
    }

    #[test]
    fn typed_braces_and_brackets_are_not_read_as_pattern() {
        assert_eq!(filled("{a}", &[("a", "{b} [c] |upper"), ("b", "x")]).unwrap(), "{b} [c] |upper");
    }

    #[test]
    fn a_broken_pattern_is_refused() {
        for broken in ["{a", "[{a}", "{a}]", "{a|loud}"] {
            assert!(Pattern::parse(broken).is_err(), "{broken} was taken");
        }
    }
}
