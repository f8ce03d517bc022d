//! Adding a code of a province's own, and ending one.

use super::own;
use crate::{
    App,
    access::{Grant, ManageCatalogues},
    error::{Error, Result},
    form::{self, Problems},
};
use jiff::civil::Date;
use law::Catalogue;
use serde::{Deserialize, Serialize};
use vault::{Seen, folded};

/// Before every own code, so that a code the State gives out later is never the same.
const MARK: &str = "rieng_";
/// Letters of a code.
const LONGEST: usize = 40;
/// Letters of a name.
const LONGEST_NAME: usize = 200;

/// A new code, as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CodeForm {
    pub(super) label: String,
    pub(super) basis: String,
    pub(super) from_on: String,
}

/// A new code, as meant.
#[derive(Debug)]
struct New {
    code: String,
    label: String,
    basis: String,
    from: Date,
}

fn plain(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl CodeForm {
    /// Reads what was typed; a name that the list has already is refused with the code that has it.
    fn check(&self, list: &Catalogue, today: Date) -> Result<New, Problems> {
        let mut problems = Problems::default();
        let (label, basis) = (plain(&self.label), plain(&self.basis));
        let sought = folded(&label);
        if sought.is_empty() {
            problems.add("label", "Nhập tên của mã, ví dụ Tổ trưởng tổ dân phố");
        } else if label.chars().count() > LONGEST_NAME {
            problems.add("label", format!("Tên dài quá {LONGEST_NAME} chữ. Rút gọn tên"));
        }
        let same = |item: &&law::Item| {
            let aliases = item.more.get("aliases").map(String::as_str).unwrap_or_default();
            folded(&item.label_vi) == sought || aliases.split("; ").any(|alias| folded(alias) == sought)
        };
        if let Some(known) = list.items.iter().find(same).filter(|_| !sought.is_empty()) {
            problems.add("label", format!("Danh mục đã có {} với mã {}. Dùng mã đó, hoặc nhập tên khác", known.label_vi, known.code));
        }
        let letters = sought.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
        let code: String = MARK.chars().chain(letters).take(LONGEST).collect();
        if list.item(&code).is_some() {
            problems.add("label", "Tên quá giống một mã riêng đã có. Thêm chữ để phân biệt");
        }
        if basis.is_empty() {
            problems.add("basis", "Nhập văn bản làm căn cứ, ví dụ Công văn 12/SNV-CCVC ngày 15/01/2026");
        }
        let from = if self.from_on.trim().is_empty() { Some(today) } else { form::day(&self.from_on) };
        if from.is_none() {
            problems.add("from_on", "Nhập ngày bắt đầu dùng, ví dụ 01/12/2026");
        }
        problems.or(from.map(|from| New { code, label, basis, from }))
    }
}

/// Adds a code to a list that takes them; every form offers it from then on.
pub(super) async fn add(app: &App, grant: &Grant<ManageCatalogues>, key: &str, form: &CodeForm) -> Result<Result<(), Problems>> {
    let list = app.law.catalogue(key).ok_or(Error::NotFound)?;
    if !list.takes_own_codes {
        return Err(Error::Conflict("Danh mục này do Nhà nước hoặc quy chế quy định, không thêm mã riêng".into()));
    }
    let new = match form.check(list, app.today()) {
        Ok(new) => new,
        Err(problems) => return Ok(Err(problems)),
    };
    let set: [(&str, vault::Value); 5] = [
        ("catalogue", key.into()),
        ("code", new.code.as_str().into()),
        ("label_vi", new.label.as_str().into()),
        ("basis", new.basis.as_str().into()),
        ("from_on", new.from.into()),
    ];
    let mut change = app.db.change(grant, "own_code.add").await?;
    change.insert("own_codes", &set).await?;
    change.commit().await?;
    own::learn(app).await?;
    Ok(Ok(()))
}

/// Ends a code: it is offered no more, dossiers that hold it keep it and show its name.
pub(super) async fn close(app: &App, grant: &Grant<ManageCatalogues>, key: &str, seen: Seen) -> Result<()> {
    let mut change = app.db.change(grant, "own_code.close").await?;
    let codes = own::all(&mut change).await?;
    let code = codes.iter().find(|code| code.seen.id == seen.id && code.catalogue == key).ok_or(Error::NotFound)?;
    if code.until.is_some() {
        return Err(Error::Conflict("Mã này đã ngừng dùng".into()));
    }
    let last = app.today().yesterday().unwrap_or(app.today());
    change.update("own_codes", seen, &[("until_on", last.into())]).await?;
    change.commit().await?;
    own::learn(app).await
}
