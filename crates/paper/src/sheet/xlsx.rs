//! Excel 2007 and later: the package, its list of sheets, and the table of shared texts.

use std::{collections::HashMap, sync::Arc};

use quick_xml::events::Event;

use super::{
    Limits, Refusal, Sheet,
    builder::{Budget, Builder},
    markup::{attribute, local, local_end},
    old_text::OldTexts,
    package::Package,
    rich_text::RichText,
    xlsx_cells,
    xlsx_styles::Styles,
};

/// Sheets beyond this number are not read.
const MOST_SHEETS: usize = 256;

/// What a workbook holds, and the old fonts its texts were under.
pub(super) struct Found {
    pub(super) sheets: Vec<Sheet>,
    pub(super) old_fonts: Vec<String>,
    pub(super) old: OldTexts,
}

/// What the sheets share.
pub(super) struct Shared {
    pub(super) texts: Vec<SharedText>,
    pub(super) styles: Styles,
    pub(super) from_1904: bool,
    pub(super) old: OldTexts,
    /// A person chose the encoding, so fonts are not asked.
    pub(super) ignore_fonts: bool,
}

pub(super) struct SharedText {
    pub(super) text: Arc<str>,
    /// Its runs named their old font, so it is Unicode already.
    pub(super) done: bool,
}

pub(super) fn read(bytes: &[u8], limits: &Limits, ignore_fonts: bool) -> Result<Found, Refusal> {
    let mut package = Package::open(bytes, limits)?;
    refuse_other_packages(&package)?;
    let workbook = workbook_part(&mut package)?;
    let folder = workbook.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let targets = relations(&mut package, &workbook)?;
    let (sheets, from_1904) = sheet_list(&mut package, &workbook)?;
    let styles_part = targets.values().find(|(kind, _)| kind.ends_with("/styles")).map(|(_, part)| part.clone());
    let texts_part = targets.values().find(|(kind, _)| kind.ends_with("/sharedStrings")).map(|(_, part)| part.clone());
    let styles = Styles::read(&mut package, &styles_part.unwrap_or_else(|| format!("{folder}/styles.xml")))?;
    let mut old_fonts = styles.old_fonts.clone();
    let mut budget = Budget::new(limits);
    let part = texts_part.unwrap_or_else(|| format!("{folder}/sharedStrings.xml"));
    let texts = shared_texts(&mut package, &part, &mut budget, ignore_fonts, &mut old_fonts)?;
    let mut shared = Shared { texts, styles, from_1904, ignore_fonts, old: OldTexts::default() };
    let mut found = Vec::new();
    for (name, hidden, relation) in sheets {
        let Some((kind, part)) = targets.get(&relation) else { continue };
        if !kind.ends_with("/worksheet") {
            continue;
        }
        let mut builder = Builder::new(name, hidden);
        xlsx_cells::read(&mut package, part, &mut shared, &mut budget, &mut builder)?;
        found.push(builder.finish());
    }
    Ok(Found { sheets: found, old_fonts, old: shared.old })
}

fn refuse_other_packages(package: &Package<'_>) -> Result<(), Refusal> {
    let has = |name| package.find(name).is_some();
    if has("xl/workbook.bin") {
        return Err(Refusal::SaveAnew { found: "tệp Excel nhị phân .xlsb" });
    }
    if has("word/document.xml") {
        return Err(Refusal::WrongType { found: "văn bản Word" });
    }
    if has("ppt/presentation.xml") {
        return Err(Refusal::WrongType { found: "tệp trình chiếu" });
    }
    if has("content.xml") && has("mimetype") {
        return Err(Refusal::SaveAnew { found: "tệp OpenDocument" });
    }
    if !has("_rels/.rels") && !has("xl/workbook.xml") {
        return Err(Refusal::WrongType { found: "tệp nén" });
    }
    Ok(())
}

fn workbook_part(package: &mut Package<'_>) -> Result<String, Refusal> {
    let mut part = None;
    package.read("_rels/.rels", |event| {
        if let Event::Start(tag) | Event::Empty(tag) = &event
            && attribute(tag, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        {
            part = attribute(tag, "Target");
        }
        Ok(())
    })?;
    let named = part.map(|part| part.trim_start_matches('/').to_owned());
    named.or_else(|| package.find("xl/workbook.xml")).filter(|part| package.find(part).is_some()).ok_or(Refusal::Damaged)
}

/// Relation id → kind and part.
fn relations(package: &mut Package<'_>, part: &str) -> Result<HashMap<String, (String, String)>, Refusal> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let mut targets = HashMap::new();
    package.read(&format!("{folder}/_rels/{file}.rels"), |event| {
        if let Event::Start(tag) | Event::Empty(tag) = &event
            && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
        {
            let part = match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None => format!("{folder}/{target}"),
            };
            targets.insert(id, (attribute(tag, "Type").unwrap_or_default(), part));
        }
        Ok(())
    })?;
    Ok(targets)
}

/// Name, whether hidden, relation id.
type Listed = (String, bool, String);

/// The sheets in order, and whether days count from 1904.
fn sheet_list(package: &mut Package<'_>, part: &str) -> Result<(Vec<Listed>, bool), Refusal> {
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    package.read(part, |event| {
        if let Event::Start(tag) | Event::Empty(tag) = &event {
            match local(tag) {
                b"workbookPr" => from_1904 = attribute(tag, "date1904").is_some_and(|value| value == "1" || value == "true"),
                b"sheet" if sheets.len() < MOST_SHEETS => {
                    let hidden = attribute(tag, "state").is_some_and(|state| state != "visible");
                    sheets.push((attribute(tag, "name").unwrap_or_default(), hidden, attribute(tag, "id").unwrap_or_default()));
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok((sheets, from_1904))
}

fn shared_texts(
    package: &mut Package<'_>,
    part: &str,
    budget: &mut Budget,
    ignore_fonts: bool,
    old_fonts: &mut Vec<String>,
) -> Result<Vec<SharedText>, Refusal> {
    let mut texts = Vec::new();
    let mut item = RichText::default();
    package.read(part, |event| {
        item.take(&event, old_fonts);
        match &event {
            Event::End(tag) if local_end(tag) == b"si" => {
                let (text, done) = item.finish(ignore_fonts);
                budget.take_text(text.len())?;
                texts.push(SharedText { text: Arc::from(text), done });
            }
            Event::Empty(tag) if local(tag) == b"si" => texts.push(SharedText { text: Arc::from(""), done: false }),
            _ => {}
        }
        Ok(())
    })?;
    Ok(texts)
}
