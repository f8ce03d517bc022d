//! What is read of a dossier.

use super::{
    line::{Line, Shape},
    mismatches::{self, Flag},
    own::{self, OwnField},
    sheet::Sheet,
};
use crate::{
    App,
    error::{Error, Result},
};
use law::Law;
use std::collections::HashMap;
use vault::{Read, Reader, Row, Value};

const FIND: &str = "
    SELECT d.id, d.unit_id, d.unit_path, d.form, d.state, u.name AS unit_name
    FROM {dossiers} d JOIN units u ON u.id = d.unit_id WHERE d.id = $1";
const FILES: &str = "SELECT f.id, f.name, f.mime FROM {files} f WHERE f.dossier_id = $1";
const PROOFS: &str = "SELECT p.file_id, p.signature, p.declared FROM {file_proofs} p WHERE p.dossier_id = $1";
const SAME_NAME: &str = "
    SELECT r.dossier_id AS id, r.full_name, r.birth_date, r.unit_name
    FROM {roster} r WHERE r.folded_name = $1 AND r.birth_date = $2 AND r.state = 'active' LIMIT 5";
const CLOSED: &str = "
    SELECT r.dossier_id AS id, u.name AS unit_name FROM {roster} r JOIN units u ON u.id = r.unit_id
    WHERE r.personal_id_number = $1 AND r.state = 'left' ORDER BY r.dossier_id DESC LIMIT 1";
const NAME: &str = "SELECT t.full_name FROM {s_identity} t WHERE t.dossier_id = $1";
const UNITS: &str = "
    SELECT u.id, u.name, u.path FROM units u
    WHERE u.path >= $1 AND u.path < $2 AND u.dissolved_on IS NULL ORDER BY u.path LIMIT $3";
const UNIT: &str = "SELECT u.name, u.path FROM units u WHERE u.id = $1";

/// The dossier itself.
#[derive(Clone, Debug)]
pub(crate) struct Dossier {
    /// Its id.
    pub(crate) id: i64,
    /// The unit that keeps it.
    pub(crate) unit_id: i64,
    /// Path of that unit.
    pub(crate) unit_path: String,
    /// Its name.
    pub(crate) unit_name: String,
    /// Key of the form by which its completeness is measured.
    pub(crate) form: String,
    /// `active`, `left` or `hidden`.
    pub(crate) state: String,
}

/// A stored file, as pages name it.
#[derive(Clone, Debug)]
pub(crate) struct FileName {
    /// The name it came with.
    pub(crate) name: String,
    /// What it is.
    pub(crate) mime: String,
    /// What proves it, where that was asked when it came.
    pub(crate) proof: Option<Proof>,
}

/// What proves a file.
#[derive(Clone, Debug)]
pub(crate) struct Proof {
    /// How its signatures were found: `none`, `intact`, `broken`, `unknown`.
    pub(crate) signature: String,
    /// Code of what it was declared to be.
    pub(crate) declared: Option<String>,
}

/// The dossier, or not found.
pub(crate) async fn find(from: &mut impl Read, id: i64) -> Result<Dossier> {
    dossier(id, &from.rows(FIND, &[id.into()]).await?)
}

fn dossier(id: i64, rows: &[Row]) -> Result<Dossier> {
    let row = rows.first().ok_or(Error::NotFound)?;
    Ok(Dossier {
        id,
        unit_id: row.int("unit_id")?,
        unit_path: row.text("unit_path")?,
        unit_name: row.text("unit_name")?,
        form: row.text("form")?,
        state: row.text("state")?,
    })
}

/// A dossier with what its pages need around its sections.
pub(crate) struct Folder {
    /// The dossier.
    pub(crate) dossier: Dossier,
    /// Names and kinds of its files.
    pub(crate) files: HashMap<i64, FileName>,
    /// Fields of a province's own.
    pub(crate) own: Vec<OwnField>,
    /// Open differences with the paper.
    pub(crate) flags: Vec<Flag>,
    /// Keys of sections about which a declaration waits.
    pub(crate) pending: Vec<String>,
}

/// Declarations about a dossier that wait to be checked or approved.
const PENDING: &str = "SELECT c.id, c.section FROM {declarations} c WHERE c.dossier_id = $1 AND c.state IN ('sent', 'verified')";

/// A dossier with what its pages need, and the answers to more texts about it, all in one question to the database.
pub(crate) async fn folder(from: &mut impl Read, id: i64, more: &[String]) -> Result<(Folder, Vec<Vec<Row>>)> {
    let args = [Value::Int(id)];
    let open = mismatches::select_open();
    let first: [(&str, &[Value]); 6] = [(FIND, &args), (FILES, &args), (PROOFS, &args), (&open, &args), (PENDING, &args), (own::ALL, &[])];
    let asks: Vec<(&str, &[Value])> = first.into_iter().chain(more.iter().map(|text| (text.as_str(), args.as_slice()))).collect();
    let mut answers = from.many(&asks).await?;
    let rest = answers.split_off(first.len());
    let [dossiers, files, proofs, flags, pending, own] = answers.as_slice() else { return Err(Error::NotFound) };
    let flags = flags.iter().map(Flag::read).collect::<vault::Result<_>>()?;
    let mut pending = pending.iter().map(|row| row.text("section")).collect::<vault::Result<Vec<_>>>()?;
    pending.sort();
    pending.dedup();
    let folder = Folder { dossier: dossier(id, dossiers)?, files: file_names(files, proofs)?, own: own::read(own)?, flags, pending };
    Ok((folder, rest))
}

/// All sections of a dossier as they are now, with what its page needs around them.
pub(crate) async fn whole<'a>(from: &mut impl Read, law: &'a Law, id: i64) -> Result<(Folder, Sheet<'a>)> {
    let shapes: Vec<Shape<'a>> = law.sections.iter().map(|section| Shape::new(law, section)).collect();
    let texts: Vec<String> = shapes.iter().map(Shape::select).collect();
    let (folder, answers) = folder(from, id, &texts).await?;
    Ok((folder, filled(shapes, &answers)?))
}

fn filled<'a>(shapes: Vec<Shape<'a>>, answers: &[Vec<Row>]) -> Result<Sheet<'a>> {
    let mut lines = Vec::with_capacity(answers.len());
    for (shape, rows) in shapes.iter().zip(answers) {
        lines.push(rows.iter().map(|row| shape.line(row)).collect::<vault::Result<Vec<Line>>>()?);
    }
    Ok(Sheet { shapes, lines })
}

/// The name of the person.
pub(crate) async fn name(from: &mut impl Read, id: i64) -> Result<String> {
    let found = from.rows(NAME, &[id.into()]).await?;
    Ok(found.first().and_then(|row| row.get::<Option<String>>("full_name").ok().flatten()).unwrap_or_default())
}

/// All sections of a dossier as they are now.
pub(crate) async fn sheet<'a>(from: &mut impl Read, law: &'a Law, id: i64) -> Result<Sheet<'a>> {
    let shapes: Vec<Shape<'a>> = law.sections.iter().map(|section| Shape::new(law, section)).collect();
    let texts: Vec<String> = shapes.iter().map(Shape::select).collect();
    let args = [Value::Int(id)];
    let asks: Vec<(&str, &[Value])> = texts.iter().map(|text| (text.as_str(), args.as_slice())).collect();
    let answers = from.many(&asks).await?;
    filled(shapes, &answers)
}

/// All sections as they were known at a moment.
pub(crate) async fn sheet_known<'a>(from: &mut Reader<'_>, law: &'a Law, id: i64, at: jiff::Timestamp) -> Result<Sheet<'a>> {
    let shapes: Vec<Shape<'a>> = law.sections.iter().map(|section| Shape::new(law, section)).collect();
    let mut lines = Vec::with_capacity(shapes.len());
    for shape in &shapes {
        let known = from.as_known(id, &shape.section.table(), at).await?;
        lines.push(known.iter().map(|row| shape.known(row)).collect());
    }
    Ok(Sheet { shapes, lines })
}

/// Names and kinds of the files of a dossier.
pub(crate) async fn files(from: &mut impl Read, id: i64) -> Result<HashMap<i64, FileName>> {
    let args = [id.into()];
    let answers = from.many(&[(FILES, &args), (PROOFS, &args)]).await?;
    let [files, proofs] = answers.as_slice() else { return Ok(HashMap::new()) };
    file_names(files, proofs)
}

fn file_names(files: &[Row], proofs: &[Row]) -> Result<HashMap<i64, FileName>> {
    let mut named: HashMap<i64, FileName> = HashMap::with_capacity(files.len());
    for row in files {
        named.insert(row.int("id")?, FileName { name: row.text("name")?, mime: row.text("mime")?, proof: None });
    }
    for row in proofs {
        if let Some(file) = named.get_mut(&row.int("file_id")?) {
            file.proof = Some(Proof { signature: row.text("signature")?, declared: row.get("declared")? });
        }
    }
    Ok(named)
}

/// Where a file stands: section and field of the rows that show it now.
pub(crate) async fn file_fields<'a>(from: &mut impl Read, law: &'a Law, id: i64, file: i64) -> Result<Vec<&'a law::Field>> {
    let all = law.sections.iter().flat_map(|section| section.fields.iter().map(move |field| (section, field)));
    let spots: Vec<_> = all.filter(|(_, field)| field.kind == law::Kind::File).collect();
    let text = |(section, field): &(&law::Section, &law::Field)| {
        format!("SELECT t.id FROM {{{}}} t WHERE t.dossier_id = $1 AND t.{} = $2", section.table(), field.key)
    };
    let texts: Vec<String> = spots.iter().map(text).collect();
    let args = [Value::Int(id), Value::Int(file)];
    let asks: Vec<(&str, &[Value])> = texts.iter().map(|text| (text.as_str(), args.as_slice())).collect();
    let answers = from.many(&asks).await?;
    Ok(spots.iter().zip(answers).filter(|(_, rows)| !rows.is_empty()).map(|((_, field), _)| *field).collect())
}

/// People of the same name and birth date inside the area: id, name, unit.
pub(crate) async fn same_name(from: &mut impl Read, name: &str, born: &str) -> Result<Vec<(i64, String, String)>> {
    let rows = from.rows(SAME_NAME, &[vault::folded(name).into(), born.into()]).await?;
    rows.iter().map(|row| Ok((row.int("id")?, row.text("full_name")?, row.text("unit_name")?))).collect()
}

/// Units from these paths down that are not dissolved: id, name, path.
pub(crate) async fn units(from: &mut impl Read, tops: &[&str], limit: i64) -> Result<Vec<(i64, String, String)>> {
    let mut found = Vec::new();
    for top in tops {
        let until = format!("{}0", top.trim_end_matches('/'));
        let rows = from.rows(UNITS, &[(*top).into(), until.as_str().into(), limit.into()]).await?;
        for row in rows {
            found.push((row.int("id")?, row.text("name")?, row.text("path")?));
        }
    }
    Ok(found)
}

/// Name and path of a unit.
pub(crate) async fn unit(from: &mut impl Read, id: i64) -> Result<(String, String)> {
    let row = from.one(UNIT, &[id.into()]).await?;
    Ok((row.text("name")?, row.text("path")?))
}

/// The regulation in force at a unit today.
pub(crate) async fn regulation<'a>(app: &'a App, unit_path: &str) -> Result<Option<&'a law::Regulation>> {
    let code = app.db.regulation_at(unit_path, app.today()).await?;
    Ok(code.and_then(|code| app.law.regulation(&code)))
}

/// The closed dossier inside the area of somebody with this number: its id and the unit that keeps it.
pub(super) async fn closed(from: &mut impl Read, number: &str) -> Result<Option<(i64, String)>> {
    if number.is_empty() {
        return Ok(None);
    }
    let rows = from.rows(CLOSED, &[number.into()]).await?;
    Ok(rows.first().map(|row| Ok::<_, vault::Error>((row.int("id")?, row.text("unit_name")?))).transpose()?)
}
