//! A dossier about to be printed, and what of it goes onto paper.

use super::{
    fill::{Texts, Units},
    plain, press,
};
use crate::{
    App,
    access::{Grant, ViewRecord, Visitor},
    dossiers::{self, Dossier, Sheet},
    error::Result,
    form::show_day,
};
use jiff::civil::Date;
use law::Sensitivity;
use paper::forms::{Entry, Form, FormKind, Photo, Plain};
use vault::{Read, Reader, Value};

/// Section of the earlier supplements.
pub(super) const SUPPLEMENTS: &str = "supplement_forms";

const UNIT: &str = "SELECT u.name, u.kind_is_section FROM units u WHERE u.id = $1";

/// A dossier as its viewer may read it.
pub(super) struct Desk<'a> {
    pub(super) dossier: Dossier,
    pub(super) sheet: Sheet<'a>,
    pub(super) level: Sensitivity,
}

impl<'a> Desk<'a> {
    /// Opens it; not found outside the area.
    pub(super) async fn open(app: &'a App, grant: &Grant<ViewRecord>, reader: &mut Reader<'_>, id: i64) -> Result<Desk<'a>> {
        let dossier = dossiers::find(reader, id).await?;
        let level = dossiers::level(&grant.visitor.viewer, id, &dossier.unit_path);
        Ok(Desk { sheet: dossiers::sheet(reader, &app.law, id).await?, dossier, level })
    }

    /// The day after the last supplement, otherwise the first of the year.
    pub(super) fn period_begins(&self, today: Date) -> Date {
        let ends = self.sheet.section(SUPPLEMENTS).into_iter().flat_map(|(shape, lines)| {
            lines.iter().filter_map(|line| match line.value(shape, "period_to") {
                Value::Date(day) => day.tomorrow().ok(),
                _ => None,
            })
        });
        ends.filter(|day| *day <= today).max().unwrap_or_else(|| today.first_of_year())
    }

    /// The form on which the regulation has such a person declare, otherwise the one the dossier began with.
    pub(super) fn form<'f>(&'f self, app: &'f App, regulation: Option<&law::Regulation>) -> &'f str {
        let kind = match self.sheet.value("dossier_header", "personnel_type") {
            Some(Value::Text(kind)) => kind.as_str(),
            _ => "",
        };
        let declared = regulation.and_then(|regulation| app.law.declaration_form(regulation, kind));
        declared.map_or(self.dossier.form.as_str(), |form| form.key.as_str())
    }
}

/// The unit of a dossier and the body above it; inner sections are not named on a form's head.
pub(super) async fn units(reader: &mut Reader<'_>, dossier: &Dossier) -> Result<Units> {
    let ids: Vec<[Value; 1]> = dossier.unit_path.split('/').filter_map(|id| id.parse::<i64>().ok()).map(|id| [id.into()]).collect();
    let asks: Vec<(&str, &[Value])> = ids.iter().map(|id| (UNIT, id.as_slice())).collect();
    let mut bodies = Vec::new();
    for rows in reader.many(&asks).await? {
        for row in rows {
            if !row.bool("kind_is_section")? {
                bodies.push(row.text("name")?);
            }
        }
    }
    let using = bodies.pop().unwrap_or_else(|| dossier.unit_name.clone());
    Ok(Units { managing: bodies.pop().unwrap_or_else(|| using.clone()), using })
}

/// The filled form in the layout the press has for it, otherwise in one of the software.
pub(super) fn laid(app: &App, form: &law::Form, texts: Texts, photo: Option<Photo>, annex: Vec<Entry>, foot: String) -> press::Sheet {
    match FormKind::from_code(&form.key) {
        Some(kind) => press::Sheet::Laid(Form { kind, items: texts.items, tables: texts.tables, photo, annex, foot }),
        None => press::Sheet::Plain(Plain { foot, ..plain::lay(&app.law, form, &texts, photo, annex) }),
    }
}

/// What stands at the foot of every page: whose electronic CV it is, where and on which day it was printed, where it is kept.
pub(super) async fn foot(app: &App, visitor: &Visitor, dossier: &Dossier, units: &Units) -> Result<String> {
    let printed_at = &visitor.sign.unit_name;
    let elsewhere = if *printed_at == units.using { String::new() } else { format!(" tại {printed_at}") };
    let day = show_day(app.today());
    let address = app.address(dossiers::regulation(app, &dossier.unit_path).await?);
    let kept = if address.is_empty() { String::new() } else { format!("\nBản điện tử: {address}/ho-so/{}", dossier.id) };
    Ok(format!("Lý lịch điện tử do {} quản lý, in ngày {day}{elsewhere}{kept}", units.using))
}

/// The photo, for those who may see it; one that cannot be read leaves the frame to glue another in.
pub(super) async fn photo(reader: &mut Reader<'_>, desk: &Desk<'_>) -> Option<Photo> {
    let (shape, lines) = desk.sheet.section("dossier_header")?;
    let field = shape.section.field("photo").filter(|field| field.sensitivity <= desk.level)?;
    let Value::Int(file) = lines.first()?.value(shape, &field.key) else { return None };
    match reader.file(*file).await {
        Ok(stored) if matches!(stored.mime.as_str(), "image/jpeg" | "image/png") => Some(Photo(stored.bytes)),
        Ok(_) => None,
        Err(error) => {
            tracing::error!(?error, file, "a photo could not be read for a print");
            None
        }
    }
}
