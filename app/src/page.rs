//! A page is a struct: its template may use its fields and nothing else.

use crate::{
    App,
    access::Visitor,
    error::{Error, Result},
    form,
};
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use rust_embed::RustEmbed;
use serde::Serialize;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates"]
struct Templates;

/// Something people look at.
pub trait Page: Serialize + Sized {
    /// The template, inside `templates/`.
    const TEMPLATE: &'static str;

    /// Pages as they may look, rendered by one test.
    #[cfg_attr(not(test), allow(dead_code))]
    fn samples() -> Vec<Self>;

    /// The page for somebody signed in.
    fn show(&self, app: &App, visitor: &Visitor) -> Result<Response> {
        self.show_as(app, visitor, StatusCode::OK)
    }

    /// The same page with the problems of a form: 422, what was typed kept.
    fn show_again(&self, app: &App, visitor: &Visitor) -> Result<Response> {
        self.show_as(app, visitor, StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// The page with a status of its own.
    fn show_as(&self, app: &App, visitor: &Visitor, status: StatusCode) -> Result<Response> {
        let html = render(app, Self::TEMPLATE, Value::from_serialize(self), Some(visitor))?;
        Ok((status, Html(html)).into_response())
    }

    /// The page for somebody who is not signed in.
    fn show_to_strangers(&self, app: &App, status: StatusCode) -> Result<Response> {
        Ok((status, Html(render(app, Self::TEMPLATE, Value::from_serialize(self), None)?)).into_response())
    }
}

/// A template with the fields of its page and `frame`: who looks, from which unit, what they may.
pub fn render(app: &App, template: &str, page: Value, visitor: Option<&Visitor>) -> Result<String> {
    let broken = |error: minijinja::Error| Error::Broken(Box::new(error));
    let found = app.templates.get_template(template).map_err(broken)?;
    let frame = visitor.map(|visitor| visitor.frame(app));
    found.render(context! { frame, ..page }).map_err(broken)
}

/// The templates, with the few filters they may use.
pub fn templates() -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_trim_blocks(true);
    env.set_lstrip_blocks(true);
    env.set_auto_escape_callback(|_| AutoEscape::Html);
    env.set_formatter(write_escaped);
    env.set_loader(|name| Ok(Templates::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned())));
    env.add_filter("day", |day: Option<String>| day.map(|day| show_date(&day)).unwrap_or_default());
    env.add_filter("thousands", |number: i64| thousands(number));
    env
}

/// Writes a value into HTML; the five characters that matter are escaped and, unlike the library's own way, no `/`.
fn write_escaped(out: &mut minijinja::Output<'_>, state: &minijinja::State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    let plain = value.as_str().filter(|_| !value.is_safe() && matches!(state.auto_escape(), AutoEscape::Html));
    let Some(text) = plain else { return minijinja::escape_formatter(out, state, value) };
    let mut written = 0;
    for (place, byte) in text.bytes().enumerate() {
        let Some(escaped) = escape(byte) else { continue };
        out.write_str(text.get(written..place).unwrap_or_default())?;
        out.write_str(escaped)?;
        written = place + 1;
    }
    Ok(out.write_str(text.get(written..).unwrap_or_default())?)
}

fn escape(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    }
}

/// Words as HTML, for the few pages that are written without a template.
pub fn escaped(text: &str, out: &mut String) {
    let mut written = 0;
    for (place, byte) in text.bytes().enumerate() {
        let Some(safe) = escape(byte) else { continue };
        out.push_str(text.get(written..place).unwrap_or_default());
        out.push_str(safe);
        written = place + 1;
    }
    out.push_str(text.get(written..).unwrap_or_default());
}

/// A stored day, month or year as people read it: `14/03/1985`, `03/1985`, `1985`.
pub fn show_date(stored: &str) -> String {
    match stored.parse::<jiff::civil::Date>() {
        Ok(day) => form::show_day(day),
        Err(_) => stored.split('-').rev().collect::<Vec<_>>().join("/"),
    }
}

/// `20005` as `20.005`.
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    if number < 0 { format!("-{out}") } else { out }
}

/// Renders every sample of a page, as somebody signed in and as a page that comes again.
#[cfg(test)]
pub fn show_samples<P: Page>(app: &App, visitor: &Visitor) {
    let samples = P::samples();
    assert!(!samples.is_empty(), "{} has no samples", P::TEMPLATE);
    for sample in samples {
        if let Err(error) = sample.show(app, visitor) {
            panic!("{}: {error:?}", P::TEMPLATE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_markup() {
        let mut env = templates();
        env.set_loader(|_| Ok(Some("{{ typed }} {{ safe|safe }}".into())));
        let html = env.get_template("x.html").unwrap().render(context! { typed => "<b>'01/07'&\"", safe => "<i>" }).unwrap();
        assert_eq!(html, "&lt;b&gt;&#39;01/07&#39;&amp;&quot; <i>");
        let mut out = String::new();
        escaped("<b>'&\"", &mut out);
        assert_eq!(out, "&lt;b&gt;&#39;&amp;&quot;");
    }

    #[test]
    fn numbers_and_dates_read_as_in_vietnamese_papers() {
        assert_eq!(thousands(20_005), "20.005");
        assert_eq!(thousands(-1_000_000), "-1.000.000");
        assert_eq!(show_date("1985-03"), "03/1985");
        assert_eq!(show_date("1985-03-14"), "14/03/1985");
    }
}
