//! What a regulation refuses before a decision is placed: a paper entered by who did not issue it, acts for people or units whose
//! dossiers are not in order. Each refusal says what to do and where it is written.

use super::{
    draft::{Draft, Facts},
    queries::{self, Candidate},
};
use crate::{
    App,
    access::{EditRecord, Grant},
    dossiers,
    error::Result,
    form::Problems,
};
use law::{Effect, Regulation, regulation::Gate};
use std::collections::BTreeMap;

/// Entered by neither issuer nor delegate.
const NOT_ISSUER: &str = "entry_by_non_issuer";
/// The person's dossier, and any dossier of the unit.
const PERSON: &str = "incomplete_person";
const UNIT: &str = "incomplete_unit";
/// The dossier was not gone through before deciding on it.
const CHECKED: &str = "check_before_processing";
/// Dossiers and fields named in a refusal.
const NAMED: usize = 5;

/// Whether the paper may be entered by this account; the sentence stands at the issuing body.
pub(super) async fn issuer(app: &App, grant: &Grant<EditRecord>, draft: &Draft, facts: &Facts, problems: &mut Problems) -> Result<()> {
    let viewer = &grant.visitor.viewer;
    let Some(regulation) = regulation(app, viewer.unit_path()).await? else { return Ok(()) };
    let Some(gate) = regulation.gates(NOT_ISSUER).next() else { return Ok(()) };
    let body = vault::folded(&facts.text("issuing_body"));
    let is_own = body == vault::folded(&grant.visitor.sign.unit_name);
    let is_delegate = gate.passed_by == "delegation" && !draft.delegation().is_empty();
    if !body.is_empty() && !is_own && !is_delegate {
        let sentence = format!(
            "Quyết định do cơ quan ban hành hoặc nơi được ủy quyền ghi. Nếu {} được ủy quyền, ghi số và ngày văn bản ủy quyền ({})",
            grant.visitor.sign.unit_name, gate.article
        );
        problems.add("delegation", sentence);
    }
    Ok(())
}

async fn regulation<'a>(app: &'a App, unit_path: &str) -> Result<Option<&'a Regulation>> {
    let code = app.db.regulation_at(unit_path, app.today()).await?;
    Ok(code.and_then(|code| app.law.regulation(&code)))
}

/// The gates of each unit met on the way, asked once.
#[derive(Default)]
pub(super) struct Gates<'a> {
    met: BTreeMap<String, (Vec<&'a Gate>, Option<String>)>,
}

impl<'a> Gates<'a> {
    /// Why an effect is refused for one person; nothing when it is not.
    pub(super) async fn refusal(
        &mut self,
        app: &'a App,
        grant: &Grant<EditRecord>,
        effect: &Effect,
        person: &Candidate,
        relief: &str,
    ) -> Result<Option<String>> {
        if effect.acts.is_empty() {
            return Ok(None);
        }
        if !self.met.contains_key(&person.unit_path) {
            let found = self.unit(app, grant, effect, &person.unit_path).await?;
            self.met.insert(person.unit_path.clone(), found);
        }
        let Some((gates, of_unit)) = self.met.get(&person.unit_path) else { return Ok(None) };
        if let Some(gate) = gates.iter().find(|gate| gate.code == CHECKED)
            && !person.is_checked
        {
            let sentence =
                "hồ sơ chưa được kiểm tra trước khi giải quyết, hoặc đã sửa sau khi kiểm tra. Mở hồ sơ, xác nhận đã kiểm tra rồi ghi";
            return Ok(Some(format!("{sentence} ({})", gate.article)));
        }
        // What is ordered in writing does not wait for the dossier.
        if !relief.is_empty() && gates.iter().any(|gate| eases(gate, effect)) {
            return Ok(None);
        }
        if let Some(gate) = gates.iter().find(|gate| gate.code == PERSON)
            && !person.is_in_order
        {
            return Ok(Some(missing(app, grant, person, &gate.article).await?));
        }
        Ok(of_unit.clone())
    }

    /// The gates of a unit that refuse the effect, and the refusal for the unit as a whole.
    async fn unit(&self, app: &'a App, grant: &Grant<EditRecord>, effect: &Effect, path: &str) -> Result<(Vec<&'a Gate>, Option<String>)> {
        let Some(regulation) = regulation(app, path).await? else { return Ok((Vec::new(), None)) };
        let refuses = |gate: &&Gate| gate.blocks.iter().any(|act| effect.acts.contains(act));
        let gates: Vec<&Gate> = regulation.gates.iter().filter(refuses).collect();
        let gate = gates.iter().find(|gate| gate.code == UNIT).filter(|gate| is_at_stage(regulation, grant, gate));
        let Some(gate) = gate else { return Ok((gates, None)) };
        let limit = i64::try_from(NAMED + 1).unwrap_or(i64::MAX);
        let names = queries::out_of_order(&mut app.db.read(&**grant), path, limit).await?;
        let article = gate.article.clone();
        let refusal = (!names.is_empty()).then(|| {
            let more = if names.len() > NAMED { " và người khác" } else { "" };
            let named = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
            format!("Đơn vị còn hồ sơ chưa đầy đủ, chính xác: {named}{more}. Đề nghị đơn vị hoàn thiện rồi ghi ({article})")
        });
        Ok((gates, refusal))
    }
}

/// Whether a written order lets an effect pass a gate.
fn eases(gate: &Gate, effect: &Effect) -> bool {
    gate.relief_acts.iter().any(|act| effect.acts.contains(act))
}

/// The article of a gate at one of the units that a written order lets the effect pass.
pub(super) async fn relief_article(app: &App, effect: &Effect, paths: &[&str]) -> Result<Option<String>> {
    for path in paths {
        let Some(regulation) = regulation(app, path).await? else { continue };
        if let Some(gate) = regulation.gates.iter().find(|gate| eases(gate, effect)) {
            return Ok(Some(gate.article.clone()));
        }
    }
    Ok(None)
}

/// Whether the account acts at the stage of a gate: one of its roles is held by the body that the stage names.
fn is_at_stage(regulation: &Regulation, grant: &Grant<EditRecord>, gate: &Gate) -> bool {
    let Some(stage) = &gate.stage else { return true };
    let held = grant.visitor.viewer.roles().iter().filter_map(|held| regulation.role(&held.role));
    held.flat_map(|role| &role.holders).any(|holder| holder.ends_with(stage.as_str()))
}

/// The article by which whoever did not issue a decision must name a delegation, under the regulation of the account.
pub(super) async fn delegation_article(app: &App, grant: &Grant<EditRecord>) -> Result<Option<String>> {
    let regulation = regulation(app, grant.visitor.viewer.unit_path()).await?;
    Ok(regulation.and_then(|regulation| regulation.gates(NOT_ISSUER).next()).map(|gate| gate.article.clone()))
}

/// What is missing in a dossier, in a sentence.
async fn missing(app: &App, grant: &Grant<EditRecord>, person: &Candidate, article: &str) -> Result<String> {
    let mut reader = app.db.read(&**grant);
    let dossier = dossiers::find(&mut reader, person.id).await?;
    let sheet = dossiers::sheet(&mut reader, &app.law, person.id).await?;
    let gaps = sheet.completeness(&app.law, &dossier.form).missing;
    if gaps.is_empty() {
        return Ok(format!("hồ sơ đang có sai lệch với hồ sơ giấy. Đính chính hoặc bác bỏ sai lệch rồi ghi ({article})"));
    }
    let label = |gap: &law::Gap<'_>| match gap.field {
        Some(field) => format!("{}, {}", gap.section.label_vi, dossiers::lower(&field.label_vi)),
        None => gap.section.label_vi.clone(),
    };
    let named: Vec<String> = gaps.iter().take(NAMED).map(label).collect();
    let more = gaps.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" và {more} chỗ khác") } else { String::new() };
    Ok(format!("hồ sơ chưa đầy đủ, còn thiếu: {}{more}. Hoàn thiện hồ sơ rồi ghi ({article})", named.join("; ")))
}
