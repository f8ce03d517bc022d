//! What a decision will be placed into, line by line, and what it will change there.

use super::{
    draft::{Draft, Facts, section},
    effects::Plan,
    gates, grid,
    pages::{self, DecisionPage},
    people::{self, Named},
    queries::{self, Candidate, Decision},
};
use crate::{
    App,
    access::{EditRecord, Grant},
    dossiers::{Shape, copies, validity, value},
    error::Result,
    form::Problems,
    page::Page,
    units,
};
use axum::response::Response;
use law::Effect;
use serde::Serialize;
use std::collections::BTreeMap;

/// A line with those who may be meant.
#[derive(Clone, Debug, Default, Serialize)]
struct Line {
    place: usize,
    typed: String,
    /// The field of the choice.
    field: String,
    candidates: Vec<Shown>,
    problem: Option<String>,
    row: grid::Row,
}

/// Somebody who may be meant, in words.
#[derive(Clone, Debug, Default, Serialize)]
struct Shown {
    id: i64,
    name: String,
    born: String,
    number: String,
    unit: String,
    left: bool,
    chosen: bool,
}

#[derive(Serialize)]
pub(super) struct PreviewPage {
    /// Label and words.
    facts: Vec<(String, String)>,
    to: Option<Decision>,
    lines: Vec<Line>,
    carried: Vec<(String, String)>,
    effect: Option<grid::Shown>,
    /// Nothing has to be put right before it is placed.
    is_clear: bool,
    /// A scan must be sent: nobody whom the decision names already is inside the area.
    asks_scan: bool,
    /// Article by which an unsigned scan must be declared.
    validity: Option<String>,
    copies: Vec<(String, String)>,
    declared: String,
    problems: Problems,
}

impl Page for PreviewPage {
    const TEMPLATE: &'static str = "decisions/preview.html";

    fn samples() -> Vec<PreviewPage> {
        let shown =
            |id: i64| Shown {
                id, name: "Lò Thị Mai".into(), born: "28/02/1990".into(), left: id > 1, chosen: id > 1, ..Shown::default()
            };
        let difference =
            super::effects::Difference { label: "Lương hiện hưởng, bậc".into(), before: "3".into(), after: "4".into() };
        let cell = grid::Cell { name: "grade_step-1".into(), value: "4".into(), problem: Some("Nhập số".into()) };
        let line = |several: bool, problem: Option<&str>| Line {
            place: 1,
            typed: "Lò Thị Mai".into(),
            field: "nguoi-1".into(),
            candidates: if several { vec![shown(1), shown(2)] } else { vec![shown(1)] },
            problem: problem.map(str::to_owned),
            row: grid::Row { cells: vec![cell.clone()], differences: vec![difference.clone()], problem: problem.map(str::to_owned) },
        };
        let effect = grid::Shown {
            label: "Nâng bậc lương".into(),
            columns: vec![grid::Column { name: "grade_step".into(), label: "Bậc".into(), choices: vec![("1".into(), "Một".into())] }],
            later: Some("01/12/2026".into()),
            articles: vec!["YB-16.11".into()],
            ..grid::Shown::default()
        };
        let page = |to: Option<Decision>, lines: Vec<Line>, problem: Option<&str>| {
            let mut problems = Problems::default();
            if let Some(sentence) = problem {
                problems.add("tep", sentence);
                problems.add("loai_ban", sentence);
            }
            PreviewPage {
                facts: vec![("Số, ký hiệu".into(), "26/QĐ-UBND".into())],
                asks_scan: to.is_none(),
                effect: to.is_none().then(|| effect.clone()),
                is_clear: to.is_some(),
                to,
                lines,
                carried: vec![("people".into(), "Lò Thị Mai".into())],
                validity: problem.map(|_| "LS-7.3".into()),
                copies: vec![("original".into(), "Bản chính".into())],
                declared: "original".into(),
                problems,
            }
        };
        let bad = Some("Chọn người ở dòng 1");
        vec![page(None, vec![line(true, bad), line(false, None)], bad), page(Some(Decision::default()), vec![line(false, None)], None)]
    }
}

/// What was typed, as far as it was understood.
pub(super) struct Meant<'a> {
    pub(super) section: &'a law::Section,
    pub(super) to: Option<Decision>,
    pub(super) facts: Facts,
    pub(super) effect: Option<&'a Effect>,
    pub(super) named: Vec<Named>,
}

impl<'a> Meant<'a> {
    /// Reads the facts and finds the people; the form again when something is wrong.
    pub(super) async fn read(app: &'a App, grant: &Grant<EditRecord>, draft: &Draft) -> Result<std::result::Result<Meant<'a>, Response>> {
        let section = section(app)?;
        let (mut problems, mut warnings) = (Problems::default(), Problems::default());
        let mut reader = app.db.read(&**grant);
        let (to, facts, effect) = match draft.to {
            Some(id) => {
                let decision = queries::one(&mut reader, id).await?;
                let facts = facts_of(&mut reader, &decision).await?;
                let effect = decision.effect.as_deref().and_then(|key| app.law.effect(key));
                (Some(pages::named(app, decision)), facts, effect)
            }
            None => {
                let mut facts = draft.check(app, section, &mut problems, &mut warnings);
                if let Some(unit) = draft.receiving() {
                    facts.receiving = Some(units::place(&mut reader, unit).await?);
                }
                gates::issuer(app, grant, draft, &facts, &mut problems).await?;
                (None, facts, app.law.effect(draft.effect()))
            }
        };
        let named = people::named(&mut reader, &draft.people, &mut problems).await?;
        if let (None, true, Some(signed_on)) = (&to, problems.is_empty(), facts.day("signed_on"))
            && let Some(known) = queries::alike(&mut reader, &facts.same_key(), signed_on).await?
        {
            problems.add("number", same(&queries::one(&mut reader, known).await?));
        }
        if !problems.is_empty() || (!warnings.is_empty() && !draft.is_confirmed) {
            let page = DecisionPage::new(app, grant, draft, problems, warnings).await?;
            return Ok(Err(page.answer(app, grant)?));
        }
        Ok(Ok(Meant { section, to, facts, effect, named }))
    }

    /// Who is meant on each line; what is not clear stands at the field of the line.
    pub(super) fn people(&self, draft: &Draft, problems: &mut Problems) -> Vec<(usize, &Candidate)> {
        let mut met: BTreeMap<i64, usize> = BTreeMap::new();
        let mut people = Vec::with_capacity(self.named.len());
        for line in &self.named {
            let chosen = draft.typed.get(&line.field()).map(|id| id.trim()).unwrap_or_default();
            match line.meant(chosen) {
                None => problems.add(line.field(), format!("Chọn người được nêu ở dòng {}", line.place)),
                Some(one) => match met.insert(one.id, line.place) {
                    Some(first) => {
                        problems.add(line.field(), format!("Dòng {}: trùng với người ở dòng {first}. Chọn người khác", line.place));
                    }
                    None => people.push((line.place, one)),
                },
            }
        }
        people
    }

    /// Whether the scan must be sent.
    pub(super) async fn asks_scan(&self, app: &App, grant: &Grant<EditRecord>) -> Result<bool> {
        match &self.to {
            Some(decision) => Ok(queries::scan(&mut app.db.read(&**grant), decision.id).await?.is_none()),
            None => Ok(true),
        }
    }

    /// The fields of the page in their order.
    fn order(&self) -> Vec<String> {
        let asked: &[String] = self.effect.map_or(&[], |effect| &effect.asked);
        let lines = self.named.iter().flat_map(|line| {
            let cells = asked.iter().map(|field| format!("{field}-{}", line.place));
            let choice = (line.candidates.len() > 1).then(|| line.field());
            choice.into_iter().chain(cells).chain(std::iter::once(line.field())).collect::<Vec<_>>()
        });
        let beside = ["thay-doi", law::RECEIVING_UNIT, super::draft::RELIEF].map(str::to_owned);
        let first = beside.into_iter().chain(asked.iter().cloned());
        first.chain(lines).chain(["tep".to_owned(), "loai_ban".to_owned()]).collect()
    }

    /// The page, with the plans that could be made.
    pub(super) async fn page(
        &self,
        app: &App,
        grant: &Grant<EditRecord>,
        draft: &Draft,
        mut problems: Problems,
        plans: &[(usize, Plan)],
    ) -> Result<PreviewPage> {
        let order = self.order();
        problems.arrange(order.iter().map(String::as_str));
        let shape = Shape::new(&app.law, self.section);
        let stands = |column: &str| self.facts.set.iter().find(|(found, _)| found == column).map(|(_, value)| value);
        let facts = shape.spots().filter_map(|spot| {
            let words = value::show(spot, stands(&spot.column.name)?);
            (!words.is_empty()).then(|| (spot.field.label_vi.clone(), words))
        });
        let line = |named: &Named| {
            let field = named.field();
            let chosen = draft.typed.get(&field).map(|id| id.trim().to_owned()).unwrap_or_default();
            let shown = |one: &Candidate| Shown {
                id: one.id,
                name: one.name.clone(),
                born: crate::page::show_date(&one.born),
                number: one.number.clone(),
                unit: one.unit.clone(),
                left: one.left,
                chosen: one.id.to_string() == chosen,
            };
            let plan = plans.iter().find(|(place, _)| *place == named.place).map(|(_, plan)| plan);
            Line {
                place: named.place,
                typed: named.typed.clone(),
                candidates: named.candidates.iter().map(shown).collect(),
                problem: problems.iter().find(|(found, _)| *found == field).map(|(_, sentence)| sentence.to_owned()),
                row: self.effect.map(|effect| grid::row(effect, draft, named.place, plan, &problems)).unwrap_or_default(),
                field,
            }
        };
        let paths: Vec<&str> = self.named.iter().flat_map(|named| &named.candidates).map(|one| one.unit_path.as_str()).collect();
        let code = app.db.regulation_at(grant.visitor.viewer.unit_path(), app.today()).await?.unwrap_or_default();
        let seen = grid::digest(plans);
        Ok(PreviewPage {
            facts: facts.collect(),
            to: self.to.clone(),
            lines: self.named.iter().map(line).collect(),
            carried: draft.carried(self.section),
            effect: match self.effect {
                Some(effect) => {
                    let mut shown = grid::shown(app, effect, &self.facts, draft, seen, &problems, &code);
                    if effect.to_unit && self.to.is_none() {
                        shown.units = units::choices(&mut app.db.read(&**grant)).await?;
                    }
                    shown.relief_article = gates::relief_article(app, effect, &paths).await?;
                    Some(shown)
                }
                None => None,
            },
            is_clear: self.effect.is_none() || (!plans.is_empty() && plans.len() == self.named.len() && problems.is_empty()),
            asks_scan: self.asks_scan(app, grant).await?,
            validity: demanding(app, &paths).await?,
            copies: copies(app).into_iter().map(|(code, label)| (code.to_owned(), label.to_owned())).collect(),
            declared: draft.declared.clone(),
            problems,
        })
    }
}

/// The facts of a decision that stands, with the unit to which people go by it.
pub(super) async fn facts_of(from: &mut impl vault::Read, decision: &Decision) -> Result<Facts> {
    let mut facts = Facts::of(decision);
    if let Some(unit) = decision.receiving {
        facts.receiving = Some(units::place(from, unit).await?);
    }
    Ok(facts)
}

/// The sentence about a decision that stands already.
pub(super) fn same(decision: &Decision) -> String {
    format!(
        "Quyết định số {} ngày {} của {} đã có trong sổ. Mở quyết định đó rồi bổ sung người, hoặc sửa số",
        decision.number, decision.signed, decision.issuing_body
    )
}

/// The first article by which one of these units demands that an unsigned scan is declared.
pub(super) async fn demanding(app: &App, paths: &[&str]) -> Result<Option<String>> {
    let mut asked: Vec<&str> = paths.to_vec();
    asked.sort_unstable();
    asked.dedup();
    for path in asked {
        if let Some(article) = validity(app, path).await? {
            return Ok(Some(article.to_owned()));
        }
    }
    Ok(None)
}
