//! From sections to the texts of a form, field by field, for whoever may read them.

use crate::dossiers::{Line, Shape, Sheet};
use law::{Field, Kind, Sensitivity};
use std::collections::BTreeMap;

/// Stands where a field is above what the viewer may read, whether it is filled in or not.
pub(super) const WITHHELD: &str = "(không thuộc phạm vi được xem)";
/// Marks the row of a list that holds now, where a list says so.
const CURRENT: &str = "is_current";

/// Texts ready to print: of fields by `section.field`, of lists by section.
#[derive(Default)]
pub(super) struct Texts {
    pub(super) items: BTreeMap<String, String>,
    pub(super) tables: BTreeMap<String, Vec<BTreeMap<String, String>>>,
}

/// The unit of a dossier and the body above it, as the head of a form names them.
pub(super) struct Units {
    pub(super) using: String,
    pub(super) managing: String,
}

/// Everything of a dossier that somebody of this level may read.
pub(super) fn texts(sheet: &Sheet<'_>, level: Sensitivity, units: &Units) -> Texts {
    let mut texts = Texts::default();
    for (shape, lines) in sheet.sections() {
        let section = &shape.section.key;
        if shape.section.is_single() {
            texts.items.extend(record(shape, lines.first(), level).map(|(field, text)| (format!("{section}.{field}"), text)));
            continue;
        }
        let rows: Vec<BTreeMap<String, String>> = match (shape.readable(level).next(), shape.section.fields.first()) {
            (None, Some(first)) => vec![BTreeMap::from([(first.key.clone(), WITHHELD.to_owned())])],
            _ => lines.iter().map(|line| row(shape, line, level)).collect(),
        };
        if let Some(line) = lines.iter().find(|line| *line.value(shape, CURRENT) == vault::Value::Bool(true)) {
            texts.items.extend(row(shape, line, level).into_iter().map(|(field, text)| (format!("{section}.{field}"), text)));
        }
        if !rows.is_empty() {
            texts.tables.insert(section.clone(), rows);
        }
    }
    for (key, text) in [("using_unit", &units.using), ("managing_authority", &units.managing)] {
        texts.items.entry(format!("dossier_header.{key}")).or_insert_with(|| text.clone());
    }
    texts
}

/// Fields of a single section; those above the level say so, empty ones are left for a pen.
fn record(shape: &Shape<'_>, line: Option<&Line>, level: Sensitivity) -> impl Iterator<Item = (String, String)> {
    let fields = shape.section.fields.iter().filter(|field| field.kind != Kind::File);
    fields.filter_map(move |field| {
        let text = match (field.sensitivity <= level, line) {
            (false, _) => WITHHELD.to_owned(),
            (true, Some(line)) => shown(shape, line, field),
            (true, None) => String::new(),
        };
        (!text.is_empty()).then(|| (field.key.clone(), text))
    })
}

/// Readable fields of one row of a list.
fn row(shape: &Shape<'_>, line: &Line, level: Sensitivity) -> BTreeMap<String, String> {
    let pair = |field: &Field| (field.key.clone(), shown(shape, line, field));
    shape.readable(level).filter(|field| field.kind != Kind::File).map(pair).filter(|(_, text)| !text.is_empty()).collect()
}

/// What people read; a field that asks for a code (`rank_code`, “Mã số”) prints the code, not its name.
fn shown(shape: &Shape<'_>, line: &Line, field: &Field) -> String {
    match line.value(shape, &field.key) {
        vault::Value::Text(code) if field.kind == Kind::Enum && field.key.ends_with("_code") => code.clone(),
        _ => line.show(shape, field),
    }
}
