//! What a decision does to one dossier: planned from the data of the law, shown before it is written, written on its day.

use super::{draft::Facts, queries::Candidate};
use crate::{
    App,
    dossiers::{Around, Line, Person, Shape, Typed, check, value},
    error::Result,
    form::{Problems, show_day},
    movements::{self, Chain},
};
use law::{DECISION_PARTS, Effect, EffectInto, EffectWrite, Kind, Sensitivity};
use serde::Serialize;
use vault::{Change, Read, Seen, Value};

/// What will be written into one section of one dossier.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    /// The section.
    pub(super) section: String,
    /// The row that is written; a new one where there is none.
    row: Option<Seen>,
    set: Vec<(String, Value)>,
}

/// A field before and after.
#[derive(Clone, Debug, Default, Hash, Serialize)]
pub(super) struct Difference {
    /// Section and field.
    pub(super) label: String,
    /// What stands; empty for nothing.
    pub(super) before: String,
    /// What will stand.
    pub(super) after: String,
}

/// The plan for one person.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) writes: Vec<Planned>,
    pub(super) differences: Vec<Difference>,
    /// What keeps it from being written, by asked field; other fields at the empty name.
    pub(super) problems: Problems,
}

/// The name under which a plan says why a dossier cannot go where the decision sends it.
pub(super) const GOING: &str = "di-chuyen";

/// Plans an effect for one person; nothing is written.
pub(super) async fn plan(
    app: &App,
    from: &mut impl Read,
    effect: &Effect,
    facts: &Facts,
    typed: &Typed,
    person: &Candidate,
) -> Result<Plan> {
    let mut plan = Plan::default();
    for write in &effect.write {
        let Some(section) = app.law.section(&write.section) else { continue };
        let shape = Shape::new(&app.law, section);
        let rows = from.rows(&shape.select(), &[person.id.into()]).await?;
        let lines = rows.iter().map(|row| shape.line(row)).collect::<vault::Result<Vec<Line>>>()?;
        let stored = match write.into {
            EffectInto::Row => None,
            EffectInto::Record => lines.first(),
            EffectInto::Latest => lines.last(),
        };
        if write.into == EffectInto::Latest && stored.is_none() {
            plan.problems.add("", format!("Hồ sơ chưa có dòng nào ở mục {}. Nhập dòng đó trước", section.label_vi));
            continue;
        }
        let words = words(&shape, write, facts, typed);
        let born = Person { born: person.born.clone() };
        // A day to come is no mistake in a decision that takes effect then.
        let today = facts.day("effective_on").map_or(app.today(), |on| on.max(app.today()));
        let others: Vec<Line> = lines.iter().filter(|line| stored.is_none_or(|stored| stored.id != line.id)).cloned().collect();
        let around = Around { stored, others: &others, person: &born, today, level: Sensitivity::Secret };
        let checked = check(&shape, &words, &around);
        for (field, sentence) in checked.problems.iter() {
            let known = effect.asked.iter().any(|asked| asked == field);
            plan.problems.add(if known { field } else { "" }, sentence);
        }
        if write.into == EffectInto::Row {
            let blank = |field: &&String| words.get(*field).is_none_or(|text| text.trim().is_empty());
            let needed = write.asked.iter().filter(blank).filter_map(|field| section.field(field)).filter(|field| field.required);
            for field in needed {
                let verb = if field.kind == Kind::Enum { "Chọn" } else { "Nhập" };
                plan.problems.add(field.key.clone(), format!("{verb} {}", crate::dossiers::lower(&field.label_vi)));
            }
        }
        for (column, after) in &checked.set {
            let spot = shape.spots().find(|spot| spot.column.name == *column);
            let Some(spot) = spot else { continue };
            let before = stored.map(|line| value::show(spot, line.value(&shape, column))).unwrap_or_default();
            let label = format!("{}, {}", section.label_vi, crate::dossiers::lower(&spot.field.label_vi));
            plan.differences.push(Difference { label, before, after: value::show(spot, after) });
        }
        plan.writes.push(Planned {
            section: section.key.clone(),
            row: stored.map(|line| Seen { id: line.id, version: line.version }),
            set: checked.set,
        });
    }
    going(app, from, effect, facts, person, &mut plan).await?;
    if !plan.problems.is_empty() {
        plan.differences.clear();
    }
    Ok(plan)
}

/// Where the dossier goes by an effect, as a difference; what keeps it from going.
async fn going(app: &App, from: &mut impl Read, effect: &Effect, facts: &Facts, person: &Candidate, plan: &mut Plan) -> Result<()> {
    if !effect.to_unit && effect.leaves.is_none() {
        return Ok(());
    }
    if let Some(waiting) = movements::waiting_for(from, person.id).await?.first() {
        let sentence = format!(
            "hồ sơ đang chờ chuyển theo quyết định {} ngày {}. Chuyển xong hoặc thu hồi quyết định đó trước",
            waiting.number, waiting.signed
        );
        plan.problems.add(GOING, sentence);
    }
    let chain = Chain::at(app, &person.unit_path).await?;
    match (&facts.receiving, &effect.leaves) {
        (Some(unit), _) if unit.path == person.unit_path => plan.problems.add(GOING, "người này đang ở đơn vị nhận. Chọn đơn vị khác"),
        (Some(unit), _) => {
            let article = Some(chain.article).filter(|article| !article.is_empty() && article != "silent");
            let words = article.map(|article| format!(" ({article})")).unwrap_or_default();
            let after = format!("{}; hồ sơ do {} chuyển{words}", unit.name, crate::dossiers::lower(&chain.sender_vi));
            plan.differences.push(Difference { label: "Nơi quản lý hồ sơ".into(), before: person.unit.clone(), after });
        }
        (None, Some(_)) => {
            let after = format!("đã nghỉ, chuyển đi; {} khép hồ sơ", person.unit);
            plan.differences.push(Difference { label: "Tình trạng hồ sơ".into(), before: "đang theo dõi".into(), after });
        }
        (None, None) => {}
    }
    Ok(())
}

/// What would be typed into the section by hand.
fn words(shape: &Shape<'_>, write: &EffectWrite, facts: &Facts, typed: &Typed) -> Typed {
    let mut words = Typed::new();
    let fact = |column: &str| facts.day(column).map_or_else(|| facts.text(column), show_day);
    for field in &write.asked {
        // Left blank, what stands is kept.
        if let Some(text) = typed.get(field).filter(|text| !text.trim().is_empty()) {
            words.insert(field.clone(), text.clone());
        }
    }
    words.extend(write.fixed.iter().map(|(field, text)| (field.clone(), text.clone())));
    words.extend(write.from.iter().map(|(field, column)| (field.clone(), fact(column))));
    words.extend(write.clear.iter().map(|field| (field.clone(), String::new())));
    if let Some(field) = &write.decision {
        let parts = DECISION_PARTS.iter().map(|(part, _, _)| (format!("{field}_{part}"), fact(part)));
        words.extend(parts.filter(|(column, _)| shape.place(column).is_some()));
    }
    words
}

/// Writes a plan; the change already rests on the decision.
pub(super) async fn write(change: &mut Change, dossier: i64, plan: &Plan) -> vault::Result<()> {
    for planned in &plan.writes {
        let set: Vec<(&str, Value)> = planned.set.iter().map(|(column, value)| (column.as_str(), value.clone())).collect();
        if !set.is_empty() {
            change.write_section(dossier, &planned.section, planned.row, &set).await?;
        }
    }
    Ok(())
}
