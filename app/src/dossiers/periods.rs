//! Rules over the rows of one list: periods that overlap, marks that only one row may carry.

use super::{
    checks::{After, Around, Checked},
    dates,
    line::Line,
    value,
};
use jiff::civil::Date;
use law::{Grade, NoOverlap};
use vault::{Value, folded};

/// Compares the row with the others of its section.
pub(super) fn check(after: &After<'_>, around: &Around<'_>, checked: &mut Checked) {
    let (section, rules) = (after.shape.section.key.as_str(), &after.shape.law.checks);
    for rule in rules.no_overlap.iter().filter(|rule| rule.section == section) {
        overlap(rule, after, around, checked);
    }
    for rule in rules.one_true.iter().filter(|rule| rule.at.section == section) {
        let counts = |group: &str| rule.values.iter().any(|value| value == group);
        let marked = *after.value(&rule.at.field) == Value::Bool(true) && counts(&after.text(&rule.group));
        let other = |line: &Line| {
            let group = matches!(line.value(after.shape, &rule.group), Value::Text(text) if counts(text));
            group && *line.value(after.shape, &rule.at.field) == Value::Bool(true)
        };
        if marked && around.others.iter().any(other) {
            checked.say(
                rule.grade,
                &rule.at.field,
                format!("Đã có dòng khác ghi “{}”. Chỉ một dòng được ghi như vậy", after.label(&rule.at.field)),
            );
        }
    }
}

struct Period {
    /// The latest day on which it may begin.
    from: Date,
    /// The earliest day on which it may end; nothing while it lasts.
    until: Option<Date>,
}

fn period(from: &str, until: &str) -> Option<Period> {
    let (_, from) = dates::span(from)?;
    Some(Period { from, until: dates::span(until).map(|(first, _)| first) })
}

/// Whether the two certainly overlap: a month that ends one and begins the other does not count.
fn certainly(one: &Period, other: &Period) -> bool {
    let before = |period: &Period, end: Option<Date>| end.is_none_or(|end| period.from < end);
    before(one, other.until) && before(other, one.until)
}

fn overlap(rule: &NoOverlap, after: &After<'_>, around: &Around<'_>, checked: &mut Checked) {
    let Some(own) = period(&after.text(&rule.from), &after.text(&rule.until)) else { return };
    let says = |text: &str| rule.unless.iter().any(|word| folded(text).contains(&folded(word)));
    let place = |column: &str| after.shape.spots().find(|spot| spot.column.name == column);
    let shown = |line: Option<&Line>, column: &str| {
        let value = line.map_or_else(|| after.value(column), |line| line.value(after.shape, column));
        place(column).map(|spot| value::show(spot, value)).unwrap_or_default()
    };
    let allowed = |line: Option<&Line>| rule.unless_in.iter().any(|column| says(&shown(line, column)));
    if allowed(None) {
        return;
    }
    for line in around.others.iter().filter(|line| !allowed(Some(line))) {
        let stored = |column: &str| match line.value(after.shape, column) {
            Value::Text(text) => text.clone(),
            Value::Date(day) => day.to_string(),
            _ => String::new(),
        };
        let Some(other) = period(&stored(&rule.from), &stored(&rule.until)) else { continue };
        if certainly(&own, &other) {
            let until = shown(Some(line), &rule.until);
            let until = if until.is_empty() { "nay".to_owned() } else { until };
            let open = own.until.is_none() || other.until.is_none();
            let grade = if open { Grade::Warn } else { rule.grade };
            let kinds = if rule.unless.is_empty() { "" } else { "; nếu là việc kiêm nhiệm, ghi rõ “kiêm nhiệm”" };
            let sentence = format!("Giai đoạn này chồng lên dòng {} đến {until}{kinds}", shown(Some(line), &rule.from));
            return checked.say(grade, &rule.from, sentence);
        }
    }
}
