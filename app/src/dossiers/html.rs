//! Pages with hundreds of fields are written here instead of through templates; everything from outside is escaped.

use crate::page::escaped;

/// HTML under way.
#[derive(Default)]
pub(crate) struct Html(pub(crate) String);

impl Html {
    /// Markup of our own.
    pub(crate) fn raw(&mut self, markup: &str) -> &mut Html {
        self.0.push_str(markup);
        self
    }

    /// Words from outside, in text or in a quoted attribute.
    pub(crate) fn text(&mut self, words: &str) -> &mut Html {
        escaped(words, &mut self.0);
        self
    }

    /// Words on several lines.
    pub(crate) fn lines(&mut self, words: &str) -> &mut Html {
        for (place, line) in words.lines().enumerate() {
            if place > 0 {
                self.0.push_str("<br>");
            }
            escaped(line, &mut self.0);
        }
        self
    }

    /// A number.
    pub(crate) fn number(&mut self, number: impl std::fmt::Display) -> &mut Html {
        self.0.push_str(&number.to_string());
        self
    }

    /// ` name="value"`.
    pub(crate) fn attribute(&mut self, name: &str, value: &str) -> &mut Html {
        self.raw(" ").raw(name).raw("=\"").text(value).raw("\"")
    }
}
