//! Tags and words of a web page, as loosely as old programs write them. Nothing is kept, so depth costs nothing.

/// One piece of a page.
pub(super) enum Piece<'a> {
    Open {
        name: &'a str,
        attributes: &'a str,
    },
    Close(&'a str),
    Words(&'a str),
    /// The inside of a `style` element.
    Style(&'a str),
}

pub(super) struct Pieces<'a> {
    rest: &'a str,
    style_next: bool,
}

pub(super) fn pieces(page: &str) -> Pieces<'_> {
    Pieces { rest: page, style_next: false }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if std::mem::take(&mut self.style_next) {
            let inside = self.until_ignoring_case("</style");
            return Some(Piece::Style(inside));
        }
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if !self.rest.starts_with('<') {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Piece::Words(self.take(end)));
            }
            if self.rest.starts_with("<!--") {
                let end = self.rest.find("-->").map_or(self.rest.len(), |end| end + 3);
                self.take(end);
                continue;
            }
            let starts_tag = self.rest.get(1..).and_then(|after| after.chars().next());
            if !starts_tag.is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, '/' | '!' | '?')) {
                let end = self.rest.get(1..).and_then(|after| after.find('<')).map_or(self.rest.len(), |end| end + 1);
                return Some(Piece::Words(self.take(end)));
            }
            let end = tag_end(self.rest);
            let tag = self.take(end).trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
            if tag.starts_with(['!', '?']) {
                continue;
            }
            if let Some(name) = tag.strip_prefix('/') {
                return Some(Piece::Close(name.trim()));
            }
            let (name, attributes) = tag.split_once(|letter: char| letter.is_ascii_whitespace()).unwrap_or((tag, ""));
            if name.eq_ignore_ascii_case("script") {
                self.until_ignoring_case("</script");
            }
            self.style_next = name.eq_ignore_ascii_case("style");
            return Some(Piece::Open { name, attributes });
        }
    }
}

impl<'a> Pieces<'a> {
    fn take(&mut self, end: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn until_ignoring_case(&mut self, mark: &str) -> &'a str {
        let length = mark.len();
        let end = self.rest.as_bytes().windows(length).position(|window| window.eq_ignore_ascii_case(mark.as_bytes()));
        self.take(end.unwrap_or(self.rest.len()))
    }
}

/// The end of a tag; a sign within quotes does not end it, unless the quote never closes.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    // A tag longer than this is no tag but a lost quote.
    for (place, byte) in text.bytes().enumerate().take(8_192) {
        match (quote, byte) {
            (None, b'>') => return place + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.find('>').map_or(text.len(), |end| end + 1)
}

/// The value of an attribute, entities resolved.
pub(super) fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes.trim_start();
    while !rest.is_empty() {
        let name_end = rest.find(|letter: char| letter == '=' || letter.is_ascii_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(name_end)?;
        let after = after.trim_start();
        let Some(value) = after.strip_prefix('=') else {
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inside = value.get(1..)?;
                inside.split_once(quote).unwrap_or((inside, ""))
            }
            _ => value.split_at_checked(value.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(value.len()))?,
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(resolve(value));
        }
        rest = after.trim_start();
    }
    None
}

/// Resolves entities by number and the Latin ones Vietnamese pages use.
pub(super) fn resolve(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.bytes().take(10).position(|byte| byte == b';');
        match end.and_then(|end| Some((entity(after.get(..end)?)?, after.get(end + 1..)?))) {
            Some((letter, tail)) => {
                out.push(letter);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|letter| *letter != '\0');
    }
    match name {
        "nbsp" => return Some(' '),
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        "ndash" => return Some('–'),
        "mdash" => return Some('—'),
        "ETH" => return Some('Ð'),
        "eth" => return Some('ð'),
        _ => {}
    }
    let mut letters = name.chars();
    let base = letters.next().filter(char::is_ascii_alphabetic)?;
    let mark = match letters.as_str() {
        "grave" => '\u{300}',
        "acute" => '\u{301}',
        "circ" => '\u{302}',
        "tilde" => '\u{303}',
        "uml" => '\u{308}',
        "ring" => '\u{30A}',
        _ => return None,
    };
    unicode_normalization::char::compose(base, mark)
}
