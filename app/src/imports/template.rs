//! hoso's own sheet to fill in: headings that the mapping understands, and the codes that may be written.

use super::{actions, pages::workbook, returned::broken, targets::is_open};
use crate::{
    App,
    access::{CreateRecord, Grant},
    dossiers::OwnField,
    error::{Error, Result},
};
use axum::{extract::State, response::Response};
use law::{FieldRef, Kind as FieldKind, Law};
use paper::sheet::{Cell, Column, Kind, Plan, Writer};
use std::io::Read;

/// The columns, in the order of the forms.
const COLUMNS: &[&str] = &[
    "identity.full_name",
    "identity.birth_date",
    "identity.gender",
    "identity.personal_id_number",
    "identity.ethnicity",
    "identity.religion",
    "origin_and_residence.birth_place",
    "origin_and_residence.hometown",
    "origin_and_residence.permanent_residence",
    "origin_and_residence.current_residence",
    "contact.mobile_phone",
    "contact.official_email",
    "insurance_tax_bank.social_insurance_number",
    "insurance_tax_bank.health_insurance_number",
    "insurance_tax_bank.tax_code",
    "dossier_header.personnel_type",
    "dossier_header.officer_number",
    "recruitment.first_recruitment_date",
    "recruitment.recruiting_body",
    "recruitment.recruitment_method",
    "recruitment.current_unit_join_date",
    "current_position.department",
    "current_position.position",
    "current_position.appointed_on",
    "current_position.main_work",
    "current_position.job_position_name",
    "rank_current.rank_code",
    "rank_current.rank_appointed_on",
    "salary_current.grade_step",
    "salary_current.coefficient",
    "salary_current.grade_effective_date",
    "salary_current.overgrade_percent",
    "salary_current.position_allowance",
    "education_summary.general_education",
    "education_summary.highest_qualification",
    "education_summary.highest_qualification_major",
    "education_summary.political_theory",
    "education_summary.state_management",
    "education_summary.foreign_language",
    "education_summary.it_level",
    "party_membership.admitted_on",
    "party_membership.official_on",
];
/// Heading of the column of row numbers.
const NUMBER: &str = "STT";

/// Field and heading of every column.
pub(super) fn columns(law: &Law) -> Vec<(FieldRef, &law::Field)> {
    let field = |text: &&str| {
        let at = FieldRef::try_from((*text).to_owned()).ok()?;
        let field = law.section(&at.section)?.field(&at.field)?;
        Some((at, field))
    };
    COLUMNS.iter().filter_map(field).collect()
}

/// The workbook; fields of the province's own stand last.
pub(super) fn template(law: &Law, own: &[OwnField]) -> Result<Vec<u8>> {
    let own = own.iter().filter(|own| is_open(&own.field) && law.section(&own.section).is_some_and(|section| section.is_single()));
    let fields: Vec<&law::Field> = columns(law).into_iter().map(|(_, field)| field).chain(own.map(|own| &own.field)).collect();
    let mut columns = vec![Column::new(NUMBER, Kind::Number)];
    columns.extend(fields.iter().map(|field| {
        let kind = match field.kind {
            FieldKind::Decimal => Kind::Hundredths,
            FieldKind::Int => Kind::Number,
            _ => Kind::Text,
        };
        Column::new(field.label_vi.clone(), kind)
    }));
    let people = Plan { sheet: "Danh sách".into(), columns, ..Plan::default() };
    let coded: Vec<(&str, &law::Catalogue)> =
        fields.iter().filter_map(|field| Some((field.label_vi.as_str(), law.catalogue(field.catalogue.as_deref()?)?))).collect();
    let heads = ["Cột", "Mã", "Nội dung"].map(|heading| Column::new(heading, Kind::Text)).to_vec();
    let codes = Plan { sheet: "Danh mục mã".into(), columns: heads, ..Plan::default() };
    let mut writer = Writer::new(people).map_err(broken)?;
    writer.sheet(codes).map_err(broken)?;
    for (label, list) in coded {
        for item in &list.items {
            writer.row(&[Cell::text(label), Cell::text(&item.code), Cell::text(&item.label_vi)]).map_err(broken)?;
        }
    }
    let mut finished = writer.finish().map_err(broken)?;
    let mut bytes = Vec::new();
    finished.file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The sheet to fill in.
pub(super) async fn download(grant: Grant<CreateRecord>, State(app): State<App>) -> Result<Response> {
    let (law, own) = (app.law.clone(), actions::own_fields(&app, &grant).await?);
    let bytes = tokio::task::spawn_blocking(move || template(&law, &own)).await.map_err(|error| Error::Broken(Box::new(error)))??;
    Ok(workbook("hoso-mau-nhap.xlsx", bytes))
}
